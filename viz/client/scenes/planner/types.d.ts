// What a run of the scene "planner" holds, see engine/cluster/planner/recording.py. A tick is a minute.

import type { Run, Table } from "../../kit/types"

export interface LaneInfo {
  /** Kind of cluster: "gpu" or "cs". */
  family: string
  /** What a device is called. */
  device: string
  n_devices: number
  /** Of its price. */
  price_year: number
  /** Nine cases in ten end between these. */
  days_low: number
  days_high: number
  checkpoint_hours: number
  checkpoint_stride: number
}

export interface Meta {
  lanes: LaneInfo[]
  /** Names of the phases, as `kind` of the table counts them. */
  kinds: string[]
  /** Why the other kind of cluster cannot do this, where there is one lane. */
  no_other: string | null
}

export interface Tables {
  phases: Table<"lane" | "kind" | "t0" | "t1">
  checkpoints: Table<"lane" | "t0" | "t1">
  failures: Table<"lane" | "t0" | "t1" | "lost">
  futures: Table<"lane" | "days">
  band: Table<"t" | "low" | "median" | "high" | "other_low" | "other_median" | "other_high">
  progress: Table<"t" | "this" | "other">
}

export type PlannerRun = Run<Meta, Tables>

/** A phase of a lane, with the shares of the work that are done when it begins and ends. */
export interface Phase {
  kind: string
  t0: number
  t1: number
  from: number
  to: number
}
