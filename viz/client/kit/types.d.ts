// What the modules of the client hand to each other. Checked by TypeScript over the JSDoc of the modules; nothing here is served.

/** Something to say, in no language yet: the name of a message, and the values of its placeholders. */
export type Message = { id: string } & { [name: string]: Value }

/** A number with its unit, as the value of a message. */
export interface Quantity {
  value: number
  unit: string
  /** Significant digits, two if not given. */
  digits?: number
}

/** What a placeholder of a message takes; a string stays as it is in every language, a list is written with commas. */
export type Value = string | number | boolean | Quantity | Message | Value[]

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
  /** What people read instead of a value that is a name. */
  said?: string
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
  /** Who has won and by how much, or how long it takes; null where there is nothing to tell. */
  verdict: string | null
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
  waiting: string
  flow2: string
  flow3: string
  flow4: string
  flow5: string
  wafer: string
  gpu: string
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
  /** Whether the inspector lies on the picture. */
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

/** Room around the frame of a chart [px]. */
export interface Frame {
  left: number
  right: number
  top: number
  bottom: number
}

/** An entry of a legend; shapes as in player.css (.ws-key). */
export interface Key {
  label: string
  /** What is said of it where there is room. */
  more?: string
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

/** What goes on when a recording has ended. */
export interface Rest {
  /** Where it ends too [tick]. */
  until: number
  /** Whose rest it is. */
  who: string
}

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
  /** Where a picture goes on after the recording: until when `draw` and `describe` know what happens. */
  rest?: Rest
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

/** A packed run: where it is, or its bytes. */
export type Source = string | ArrayBuffer | Uint8Array<ArrayBuffer>

/** What a player does for a key, and how its sheet of keys names it. */
export interface KeyEntry {
  on: string[]
  shown: string[]
  label: string
  run: () => unknown
  /** Whether it does anything now; without it, always. */
  when?: () => boolean
}

/** What a player tells: the detail of each event. */
export interface PlayerEvents {
  ready: { run: Run }
  /** t is what the picture shows, tick the nearest whole one. */
  time: { t: number; tick: number }
  mark: Mark
  select: { id: number | null; inspect: Inspection | null }
  play: {}
  pause: {}
  end: {}
  speed: { speed: number }
  error: { message: string }
  overlay: { name: string; on: boolean }
  /** The window of which the renderer would like to have a recording, null for the whole run. */
  look: WantedWindow | null
}

/** An event of a player as arguments: what `onEvent` is called with. */
export type PlayerEvent = { [Name in keyof PlayerEvents]: [name: Name, detail: PlayerEvents[Name]] }[keyof PlayerEvents]

/** The element of a player: its events are dispatched there and do not bubble. */
export type PlayerElement = {
  addEventListener<Name extends keyof PlayerEvents>(
    name: Name,
    listener: (event: CustomEvent<PlayerEvents[Name]>) => unknown,
    options?: { signal: AbortSignal },
  ): void
  removeEventListener<Name extends keyof PlayerEvents>(
    name: Name,
    listener: (event: CustomEvent<PlayerEvents[Name]>) => unknown,
  ): void
} & HTMLElement & { player: Player }

export interface PlayerOptions {
  src?: string
  data?: Source
  /** Start playing, never with reduced motion. */
  autoplay?: boolean
  controls?: "full" | "mini" | "none"
  /** The heading that shows the title of the run, "" for none. */
  heading?: "h1" | "h2" | "h3" | ""
  /** Show the card of what is selected on the stage. */
  inspector?: boolean
  /** Start time [tick]. */
  t?: number
  /** ¼, ½, 1, 2 or 4 times the pace of the run. */
  speed?: number
  /** What is selected at first. */
  selected?: number | null
  /** Of this player; else the page's. */
  theme?: "light" | "dark" | "projector"
  /** "auto" is as the system says. */
  motion?: "auto" | "reduced" | "full"
  /** "self": while the player has the focus. */
  keys?: "self" | "off"
  /** Name of the player for assistive technology. */
  label?: string
  /** Further keys. */
  actions?: KeyEntry[]
  /** The player whose clock this one is told by: keys of time go to it. */
  lead?: Player
  /** Whether the page answers `look` with a run of that window. */
  looks?: boolean
  onEvent?: (...event: PlayerEvent) => void
}

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

/** What player/player.js makes. */
export interface Player {
  readonly root: PlayerElement
  readonly state: PlayerState
  readonly run: Run | null
  readonly renderer: Renderer | null
  play(): void
  pause(): void
  toggle(): void
  /** The same run from its start. */
  reset(): void
  /** Go to a time, Infinity for the end. */
  seek(t: number): void
  seekMark(name: string): void
  step(n: number): void
  /** To the next mark or change of what is selected, 1, or the previous one, -1. */
  stepEvent(direction: number): void
  setSpeed(speed: number): void
  select(id: number | null): void
  /** Lay something over the picture, or take it away; without `on` the other of both. */
  overlay(name: string, on?: boolean): void
  /** One level in, at an id or what is selected; whether it did something. */
  enter(id?: number | null): boolean
  /** One level out; whether it did something. */
  leave(): boolean
  /** Swap the run; the old picture stays until the new one is there. */
  load(source: Source, place?: { t?: number; selected?: number | null }): Promise<boolean>
  /** Show another player left of this one, with time up to `until` [tick]; null takes it away. */
  beside(element: HTMLElement | null, until?: number): void
  /** What this one is called where two are beside each other; without arguments nothing. */
  name(letter?: string, text?: string): void
  /** Show a time that another player's clock says, and say nothing. */
  follow(t: number): void
  /** Leave out of the picture what only the end of the run tells, while somebody predicts it. */
  conceal(yes: boolean): void
  /** Open the sheet of keys. */
  help(): void
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
