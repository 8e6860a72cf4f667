// What is used of @fluent/bundle.

export class FluentResource {
  constructor(source: string)
}

export class FluentNumber {
  constructor(value: number)
  value: number
  toString(scope?: unknown): string
}

export class FluentBundle {
  constructor(locale: string, options?: { useIsolating?: boolean })
  addResource(resource: FluentResource): Error[]
  hasMessage(id: string): boolean
  getMessage(id: string): { value: unknown; attributes: Record<string, unknown> } | undefined
  formatPattern(pattern: unknown, values: Record<string, string | FluentNumber>, errors: Error[]): string
}
