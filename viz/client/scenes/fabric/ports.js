// What numbers in the trace of a fabric mean: the ports of a router, where each leads, and what is not there.

/** The names of ports; those before `UP` are links. */
export const PORTS = ["north", "east", "south", "west", "the ramp"]
/** From the compute element into the router, and back. */
export const [UP, DOWN] = [4, 5]
/** Columns and rows to the neighbour behind a link. */
export const DX = [0, 1, 0, -1]
export const DY = [-1, 0, 1, 0]
/** In place of a cycle or an index: there is none. */
export const NONE = 0xffffffff
