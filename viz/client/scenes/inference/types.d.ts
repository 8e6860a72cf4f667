// What a run of the scene "inference" holds, see engine/inference/recording.py. A tick is a microsecond.

import type { Run, Table } from "../../kit/types"
import type { Family } from "../../kit/identity.js"

export interface SystemInfo {
  name: string
  label: string
  family: Family
  /** What a machine is called. */
  device: string
  n: number
  /** Until a prompt is read. */
  first_s: number
  /** From one token of an answer to the next. */
  token_s: number
  output_tokens: number
  /** Of a pass through the model, which may yield several tokens. */
  pass_s: number
  bandwidth_share: number
  /** Of all users. */
  tokens_per_s: number
}

export interface Meta {
  slow_down: number
  systems: SystemInfo[]
}

export interface Tables {
  tokens: Table<"system" | "t0" | "t1">
  parts: Table<"system" | "seconds"> & { step: string[]; part: string[] }
}

export type InferenceRun = Run<Meta, Tables>
