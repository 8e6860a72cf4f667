// What Panel hands to the module of a component.

/** The parameters of a component in Python, both ways, and its messages. */
export type Model<Parameters> = Parameters & {
  /** Hear of a change of a parameter, or of "remove", when the component goes. */
  on(name: (keyof Parameters & string) | "remove", heard: () => void): void
  send_msg(message: object): void
}

export interface Rendered<Parameters> {
  model: Model<Parameters>
  el: HTMLElement
}
