// What a run of the scene "fabric" holds, see engine/fabric/trace/tables.py. Of a large run only a window is recorded with every
// wavelet; beside it stand the times of events of all cells.

import type { Box, Renderer, Run, Table } from "../../kit/types"

/** A rectangle of PEs. */
export interface Rectangle {
  x: number
  y: number
  columns: number
  rows: number
}

/** What is recorded with every wavelet, and in `window` what was asked for. */
export interface Part {
  west: number
  north: number
  columns: number
  rows: number
  window: Rectangle
}

/** What is known of the chip: PEs of a die, PEs in all, mm2, mm across the slice that it is cut from, and a GPU's die. */
export interface Chip {
  die: [number, number]
  width: number
  height: number
  area: number
  wafer: number
  gpu: { name: string; area: number; source: string }
}

export interface Meta {
  width: number
  height: number
  /** Columns that the program sees; spare ones lie beyond. */
  mesh?: number
  hop_latency: number
  ramp_latency: number
  start: number
  words: number
  colors: { id: number; role: string; name: string }[]
  /** What operations say of themselves. */
  operations: string[]
  /** The operations of each program, as places in this list. */
  programs: number[][]
  /** Who waits on which color for whom: [PE, color, PE]. */
  deadlock?: [number, number, number][]
  window?: {
    x: number
    y: number
    across: number
    down: number
    west: number
    north: number
    columns: number
    rows: number
  }
  /** Cycles up to which pauses between spells are left out. */
  pause?: number
  chip?: Chip
  /** Slow PEs and their cycles for an element. */
  slow?: [number, number][]
}

export type Moves = Table<"cell" | "port" | "color" | "t0" | "n" | "value">
export type PathTable = Table<"cell" | "source" | "part" | "t0" | "t1">

export interface Tables {
  wavelets?: Moves
  values?: Table<"value">
  activity?: Table<"cell" | "kind" | "op" | "t0" | "t1">
  programs?: Table<"program">
  routes?: Table<"cell" | "color" | "position" | "input" | "outputs">
  memory?: Table<"cell" | "before" | "after">
  cells?: Table<"done" | "spells" | "passes">
  /** When CEs were at work: the first spell of every cell, then the second, and so on; and when wavelets passed routers. */
  spells?: Table<"t0" | "length" | "does">
  passes?: Table<"t0" | "length">
  utilisation?: Table<"t" | "links" | "pes">
  path?: PathTable
  unused?: Table<"cell" | "defective">
  long_links?: Table<"cell" | "port" | "to" | "extra" | "dead">
}

export type FabricRun = Run<Meta, Tables>

export type Detail = "full" | "plain" | "dense"

/** Where the cells of a mesh lie on a stage: the top left corner and the pitch of cells [px]. */
export interface Spread {
  x: number
  y: number
  px: number
  py: number
  columns: number
  rows: number
}

/** The same, and how much of a PE there is room for. */
export type Layout = Spread & { detail: Detail }

/** A layout within a part of the stage. */
export type Panelled = Layout & { panel: Box }
