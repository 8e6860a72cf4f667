// What a run of the scene "scaling" holds, see engine/cluster/recording.py.

import type { Run, Table } from "../../kit/types"

/** A row of work on one machine of a stage. */
export interface Lane {
  stage: number
  name: string
}

export interface Node {
  name: string
  kind: "stage" | "replica" | "memory" | "switch" | "wafer"
}

export interface Meta {
  lanes: Lane[]
  /** Names of the kinds of work, as `kind` of the tables counts them. */
  kinds: string[]
  nodes: Node[]
  layout: { interleave?: number }
  /** How many of how many are drawn. */
  shown: { stages: number; of_stages: number; replicas: number; of_replicas: number }
}

export interface Tables {
  tasks: Table<"lane" | "kind" | "t0" | "t1" | "microbatch" | "layer">
  moves: Table<"from" | "to" | "kind" | "t0" | "t1" | "bytes">
}

export type ScalingRun = Run<Meta, Tables>

/** Paints of a kind of work. */
export interface Paints {
  fill: string | CanvasPattern
  edge: string
  ink: string
}

export type Look = "forward" | "backward" | "recompute" | "fabric" | "optimiser" | "wait" | "host"
