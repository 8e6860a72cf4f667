// What numbers in the trace of a fabric mean: the ports of a router, where each leads, and what is not there.

/** Messages with the names of ports; those before `UP` are links. */
export const PORTS = [
  "fabric_stage_north",
  "fabric_stage_east",
  "fabric_stage_south",
  "fabric_stage_west",
  "fabric_stage_ramp",
]
/** From the compute element into the router, and back. */
export const [UP, DOWN] = [4, 5]
/** Columns and rows to the neighbour behind a link. */
export const DX = [0, 1, 0, -1]
export const DY = [-1, 0, 1, 0]
/** In place of a cycle or an index: there is none. */
export const NONE = 0xffffffff
