// What the modules of the client hand to each other. Checked by TypeScript over the JSDoc of the modules; nothing here is served.

/** Numbers of one column of a table: any typed array. */
export interface Column extends Iterable<number> {
  readonly length: number
  readonly [index: number]: number
  subarray(from?: number, to?: number): Column
  slice(from?: number, to?: number): Column
  map(change: (value: number, index: number) => number): Column
}

/** A table of a run: how many rows it has, and beside that its columns by name. */
export type Table<Columns extends string = never> = { group?: string; rows: number } & Record<Columns, Column>

/** A named time with a sentence. */
export interface Mark {
  t: number
  name: string
  text: string
}

/** A named result of a run, see engine/run.py. */
export interface Figure {
  value: number | string | boolean
  unit: string
  label: string
  source: string
  kind: "measured" | "claimed" | "modelled"
  low?: number
  high?: number
}

/** What one tick is called, and how long it is. */
export interface Tick {
  unit: string
  seconds: number
}

/** An unpacked run, see engine/trace.py: `meta` and `tables` are for the renderer of its scene. */
export interface Run<Meta = any, Tables = any> {
  scene: string
  title: string
  scenario: Record<string, any>
  figures: Record<string, Figure>
  duration: number
  tick: Tick
  marks: Mark[]
  meta: Meta & { step?: number }
  tables: Tables
}

/** Paints by name, and how large letters and lines are: see kit/theme.js. */
export interface Theme {
  font: string
  textScale: number
  strokeScale: number
  paper: string
  card: string
  ink: string
  ink2: string
  ink3: string
  line: string
  line2: string
  accent: string
  compute: string
  memory: string
  fabric: string
  stall: string
  linear: string
  computeSoft: string
  memorySoft: string
  fabricSoft: string
  stallSoft: string
  pe: string
  peEdge: string
  flow2: string
  flow3: string
  flow4: string
  danger: string
}

/** A canvas's context as far as kit/svg.js can write it too. Whatever is drawn is drawn with this. */
export interface Pen extends Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "globalAlpha"
  | "font"
  | "textAlign"
  | "textBaseline"
  | "lineCap"
  | "lineJoin"
  | "lineDashOffset"
  | "imageSmoothingEnabled"
  | "save"
  | "restore"
  | "translate"
  | "scale"
  | "rotate"
  | "beginPath"
  | "closePath"
  | "moveTo"
  | "lineTo"
  | "quadraticCurveTo"
  | "bezierCurveTo"
  | "rect"
  | "arc"
  | "ellipse"
  | "fillRect"
  | "strokeRect"
  | "clearRect"
> {
  setLineDash(dash: number[]): void
  roundRect(x: number, y: number, width: number, height: number, radius?: number | number[]): void
  fill(): void
  stroke(): void
  clip(): void
  fillText(text: string, x: number, y: number, most?: number): void
  measureText(text: string): { width: number }
  drawImage(image: HTMLCanvasElement, x: number, y: number, width?: number, height?: number): void
  drawImage(image: HTMLCanvasElement, ...part: [number, number, number, number, number, number, number, number]): void
  createPattern(tile: HTMLCanvasElement, repeat: "repeat"): CanvasPattern | null
}

/** How large the stage is, and what lies on it. A new object means that more than `selected` and `hover` changed. */
export interface View {
  width: number
  height: number
  dpr: number
  theme: Theme
  card?: boolean
  overlays?: Set<string>
  concealed?: boolean
  selected: number | null
  hover: number | null
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export type Point = [x: number, y: number]

/** An entry of a legend; shapes as in player.css (.ws-key). */
export interface Key {
  label: string
  paint: string
  shape: string
}

/** What can be laid over a picture. */
export interface Overlay {
  name: string
  label: string
  key: string
  title: string
  legend: Key[]
}

/** Values over time. */
export interface Curve {
  label: string
  t: ArrayLike<number>
  v: ArrayLike<number>
}

/** A curve of the inspector, with its value now. */
export interface Line extends Curve {
  key: string
  unit: string
  now: number
  max: number
}

/** What the inspector shows. */
export interface Inspection {
  title: string
  state: string
  rows: [label: string, text: string][]
  lines: Line[]
}

export type ArrowKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"

/** The parameters of a run of which a renderer would like to have a recording. */
export interface WantedWindow {
  window: number
  window_x: number
  window_y: number
}

/** What draws the picture of a scene. Pictures depend on (run, t, view) alone: seeking twice gives equal pixels. */
export interface Renderer {
  /** Paint the picture of time t, any real in [0, duration], in CSS pixels. */
  draw(ctx: Pen, t: number, view: View): void
  /** One sentence on what happens at t. */
  describe(t: number): string
  legend: Key[]
  overlays?: Overlay[]
  /** Activity behind the time bar. */
  curve?: Curve
  /** Id at a point, or null; ids are non-negative integers. */
  hit(x: number, y: number): number | null
  /** Where an id is drawn. */
  place(id: number): Box
  /** Id to start from when the keyboard selects. */
  middle(): number
  /** Id reached by an arrow key. */
  move(id: number, key: string): number
  inspect(id: number, t: number): Inspection
  /** Sorted ticks at which something changes for an id; `[` and `]` stop there too. */
  changes(id: number): Iterable<number>

  // Where a picture has levels; each function says whether it did something.
  /** One level in, at an id or null. */
  enter?(id: number | null): boolean
  /** One level out. */
  leave?(): boolean
  /** A rectangle is drawn from one point of the stage to another; `done`: look into it. */
  span?(from: Point, to: Point, done: boolean): boolean
  /** A point that stands for more than an id. */
  tap?(x: number, y: number): boolean
  /** Go on where another renderer of the same run stands, so that time stays too. */
  follow?(other: Renderer): boolean
  /** Go to the inside of a PE at once. */
  lookInto?(x: number, y: number): void
  /** Names from the outermost level to the present one. */
  readonly levels?: string[]
  /** Whether `enter` leads on. */
  readonly deeper?: boolean
  /** Whether the picture moves by itself. */
  readonly gliding?: boolean
  /** The id whose inside is shown, or null. */
  readonly focus?: number | null
  /** What `look` shall ask for. */
  readonly wanted?: WantedWindow | null
}

/** What a renderer is made with: whether other windows can be had, and whether nothing shall glide. */
export interface RendererOptions {
  looks?: boolean
  still?: () => boolean
}

/** The module of a scene's renderer exports this as `create`. */
export type CreateRenderer = (run: Run, options?: RendererOptions) => Renderer

/** A snapshot of a player. */
export interface PlayerState {
  t: number
  duration: number
  playing: boolean
  speed: number
  selected: number | null
  src: string | null
  overlays: string[]
  ready: boolean
  frames: number
}

/** A player as its page knows it; see the head of player/player.js. */
export interface Player {
  /** The element, which carries the events; it does not change. */
  root: HTMLElement
  readonly state: PlayerState
  readonly run: Run | null
  readonly renderer: Renderer | null
  play(): void
  pause(): void
  toggle(): void
  reset(): void
  seek(t: number): void
  seekMark(name: string): void
  step(n: number): void
  stepEvent(direction: number): void
  setSpeed(speed: number): void
  select(id: number | null): void
  overlay(name: string, on?: boolean): void
  beside(element: HTMLElement | null, until?: number): void
  name(letter?: string, text?: string): void
  follow(t: number): void
  enter(id?: number | null): void
  leave(): void
  conceal(yes: boolean): void
  help(): void
  load(from: string | ArrayBuffer | Uint8Array, at?: { t?: number; selected?: number | null }): Promise<boolean>
  destroy(): void
}

/** What an element is made with: listeners, properties of CSS, attributes; nothing is set for false, undefined and null. */
export type Props = {
  [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => unknown
} & {
  style?: Record<string, string>
  [attribute: string]: unknown
}
export type Child = Node | string | number | null | undefined

declare global {
  /** The player that a page shows before Panel is there. */
  var waferscopeStage: Promise<Player> | null | undefined
  /** What kit/translate.js leaves to modules. */
  var waferscopeLanguage: { code: string; translate(text: string): string; missing: Set<string> } | undefined
}

/** A chart beside a player that a module draws from its run. */
export interface Chart {
  /** Draw a run. */
  show(run: Run): void
  /** Show the player's time, any real in [0, duration]. */
  clock?(t: number): void
  /** Something else is inspected, or nothing. */
  follow?(id: number | null): void
}

/** The module of a chart, as its class in viz/charts names it, exports this as `create`. */
export type CreateChart = (place: HTMLElement, player: Player) => Chart
