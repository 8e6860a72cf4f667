// What the page of a lesson holds, as viz/documents/lesson.py writes it, and what a browser remembers of it.

import type { Field } from "../components/controls.js"
import type { Attempt } from "../kit/tasks.js"
import type { Player } from "../kit/types"
import type { createCurve } from "./curve.js"
import type { createStage } from "./lesson_stage.js"

/** A question with options, of which one is right; before "ask" nothing is shown of the run. */
export interface ChoiceQuestion {
  kind: "ask" | "transfer" | "recall"
  right: number
}

/** One that is drawn: a height for each x, the first of which is given. */
export interface CurveQuestion {
  kind: "draw"
  x: number[]
  y: number[]
  x_label: string
  y_label: string
  /** Of y. */
  unit: string
  runs: string[]
  /** Of a speed-up: the straight line. */
  line: number[] | null
  /** The role of its colour. */
  paint: "gpu" | "wafer" | "compute"
  /** On which it is drawn, and which values are named. */
  axes: Record<"x" | "y", { low: number; high: number; log: boolean; ticks: number[] }>
}

export type Question = ChoiceQuestion | CurveQuestion

/** A part of a lesson; the last has no question, and only steps have a run. */
export interface Part {
  question: Question | null
  scene?: string
  query?: string
  src?: string
  evidence?: Evidence | null
  /** Its exercise as the address of a scene names it, "" for none. */
  task: string
}

/** What the stage shows once a prediction is made. */
export interface Evidence {
  /** Whether the run is part of it; if not, values are all there is. */
  plays: boolean
  /** Mark or tick, "" for the end. */
  run_to: string
  /** Address of a second run on the same clock, and what names the parameters in which both differ. */
  beside?: string
  fields?: Pick<Field, "name" | "label" | "unit" | "options" | "others">[]
  /** Module that draws a chart of the run. */
  chart?: string
}

/** The data of the page. */
export interface LessonData {
  slug: string
  parts: Part[]
  glossary: Record<string, { name: string; text: string }>
  seat: { code: string; role: "student" | "teacher" } | null
  hosts: string[] | null
  /** Where scenes open, "" for the lesson's own site. */
  site: string
}

/** What was answered to a part: the number of an option, or a height for each x; null and nothing where it was shown. */
export interface Answer {
  choice?: number | null
  /** In a class, once it votes a second time: the choice or the curve of the first vote. */
  first?: number | number[] | null
  curve?: number[] | null
  why?: number | null
  /** Whether the reason was chosen or shown. */
  why_shown?: boolean
}

/** What a browser remembers of a lesson; answers by part, from 1. */
export interface Memory {
  page: number
  answers: Record<string, Answer>
  /** What became of exercises, by part. */
  tasks?: Record<string, Attempt>
  done?: boolean
  /** In a class: where it is, and by what name the room knows this student. */
  state?: RoomState
  student?: string
}

/** Where a class is: the part that all see, whether it takes no more answers, and which parts are revealed. */
export interface RoomState {
  page: number
  locked: boolean
  revealed: number[]
  /** Parts on which the class votes a second time, or has. */
  again: number[]
}

/** What the teacher sees beside that: how many are there, and what they answered to the part. */
export interface RoomCounts {
  present: number
  answered: number
  /** How many of those who are there have not answered. */
  waiting: number
  /** By option, or the curves; null without a question. In a second vote it is that vote's, and the first one's is `first`. */
  tally: number[] | number[][] | null
  first?: number[] | number[][] | null
  reasons?: number[] | null
  /** How many have tried the exercise, and how many of them reached its goal; null without one. */
  tasks?: [tried: number, reached: number] | null
}

/** A lesson for those who take part from outside: a class, or a host around the frame. */
export interface Lesson {
  slug: string
  parts: Part[]
  memory: Memory
  /** Its part that is shown, from 1. */
  readonly page: number
  readonly stage: ReturnType<typeof createStage>
  /** What is drawn on, if that part asks for it. */
  readonly curve: ReturnType<typeof createCurve> | null
  remember(): void
  forget(): void
  go(to: number, focus?: boolean): void
  section(): HTMLElement
  /** Show the result of the present part beside what was answered, as if it were committed now. */
  reveal(): void | Promise<void>
}

/** The seat of a class: what lesson.js asks it and tells it. */
export interface Seat {
  /** The answer that may be shown beside the result of a part. */
  settled(part: number): Answer | undefined
  /** Somebody turns pages by hand. */
  turn(to: number): void
  /** Somebody commits the number of an option, or a curve. */
  answer(value: number | number[]): void
  /** Something beside the answer is known: a reason that was chosen or shown, an exercise that was tried. */
  more(): void
  /** A part is on the screen. */
  shown(part: number): void
}

/** What the dialog "Share & embed" is about; without a title and a search, those of the page. */
export interface Shared {
  scene: string
  /** None where no player shows it yet. */
  player: Player | null
  search?: string
  title?: string
  /** The address that people open, and that of its code. */
  link?: string
  qr?: string
  /** The address of a frame of the whole page, in a theme. */
  whole?: (theme: string) => string
}
