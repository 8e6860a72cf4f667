// What a run of the scene "memory" holds, see engine/memory/recording.py.

import type { Run, Table } from "../../kit/types"

/** A place where data lie, with its distance and its bandwidth. */
export interface Level {
  name: string
  /** Its name among those of the message `memory_level`. */
  label: string
  latency_s: number
  bandwidth_bytes_per_s: number
  sheet_bytes_per_s: number
  latency_assumed: boolean
  capacity_bytes: number | null
  bytes: number
}

export interface Machine {
  name: string
  label: string
  /** Its name where there is little room. */
  short: string
  family: "wafer" | "gpu"
  unit: string
  n_units: number
  /** Of the memory beside a unit. */
  local_bytes: number
  home: string
  levels: Level[]
  n_requests: number
  request_bytes: number
  requests_per_row: number
  time_s: number
  exchange_s: number
  travel_s: number
  flop: number
  bound: string
}

export interface Meta {
  n_shown: number
  slow_down: number
  machines: Machine[]
}

export interface Tables {
  requests: Table<"machine" | "unit" | "t0" | "tp" | "t1" | "n">
  compute: Table<"machine" | "unit" | "kind" | "t0" | "t1">
  pipe: Table<"machine" | "t" | "busy" | "computing" | "in_flight">
}

export type MemoryRun = Run<Meta, Tables>
