// What the page of a lesson holds, as viz/documents/lesson.py writes it, and what a browser remembers of it.

/** A question with options, of which one is right, or one that is drawn. */
export type Question =
  | { kind: "choose" | "predict" | "recall"; right: number }
  | { kind: "draw"; x: number[]; y: number[]; x_label: string; y_label: string; runs: string[] }

/** A part of a lesson; the last has no question, and only steps have a run. */
export interface Part {
  question: Question | null
  scene?: string
  query?: string
  src?: string
  run_to?: string | null
}

/** What was answered to a part: the number of an option, or a height for each x; null and nothing where it was shown. */
export interface Answer {
  choice?: number | null
  curve?: number[] | null
  why?: number | null
}

/** What a browser remembers of a lesson; answers by part, from 1. */
export interface Memory {
  page: number
  answers: Record<string, Answer>
  done?: boolean
}
