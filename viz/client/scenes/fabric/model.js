// What a fabric run says at a cycle: states of PEs, wavelets on links and ramps, queues. No words, no canvas, no DOM.

import { createFaults } from "./faults.js"
import { cyclesOf, dropControls, queueTimes, waits } from "./queues.js"
import { indexIntervals } from "../../kit/intervals.js"
import { NONE, UP } from "./ports.js"

/**
 * @import { Table } from "../../kit/types"
 * @import { FabricRun, Moves, Part, Tables } from "./types"
 * @typedef {ReturnType<typeof createModel>} Model
 */

/** States of a PE: the kinds of the trace, and done: nothing left to do. */
export const [IDLE, RECEIVING, COMPUTING, SENDING, STALLED, DONE] = [0, 1, 2, 3, 4, 5]
/** Cycles for which a link remembers that a wavelet passed. */
export const TRAIL = 4
// Of operations that overlap on one PE the picture shows the one that says most.
const RANK = new Uint8Array([0, 1, 4, 2, 3, 0])

/**
 * What was recorded with every wavelet: the whole mesh, or of a large one a window and the PEs next to it.
 * @param {Pick<FabricRun, "meta" | "tables">} run
 * @returns {Part|null}
 */
export function recordedPart({ meta, tables }) {
  const { width, height, window } = meta
  if (!tables.wavelets) return null
  if (!window)
    return { west: 0, north: 0, columns: width, rows: height, window: { x: 0, y: 0, columns: width, rows: height } }
  const { x, y, across, down, west, north, columns, rows } = window
  return { west, north, columns, rows, window: { x, y, columns: across, rows: down } }
}

/**
 * Index the tables of a run recorded with every wavelet. Cells count within the recorded part.
 * @param {Pick<FabricRun, "meta" | "tables" | "duration">} run
 */
export function createModel(run) {
  const { meta, tables, duration } = run
  const part = recordedPart(run)
  if (!part || !tables.wavelets || !tables.activity) throw new Error("This run does not hold every wavelet.")
  const { west, north, columns: width, rows: height, window } = part
  const cells = width * height
  const { hop_latency: hop, ramp_latency: latency } = meta
  const moves = tables.wavelets
  const spans = tables.activity
  const faults = createFaults(run, part)
  const queues = lazily(() => {
    const found = queueTimes(moves, width, cells, hop, latency, faults)
    if (!meta.deadlock?.length) for (const queue of found.values()) dropControls(queue)
    return found
  })
  const waiting = lazily(() => {
    const wait = waits(queues(), inside, duration)
    return { ...wait, at: indexIntervals(wait.t0, wait.t1).at }
  })

  // 1 for the PEs of the window; of those next to it what happens is known, but not what reaches them.
  const inside = new Uint8Array(cells)
  for (let cell = 0; cell < cells; cell++) {
    const [x, y] = [west + (cell % width) - window.x, north + Math.floor(cell / width) - window.y]
    inside[cell] = Number(x >= 0 && x < window.columns && y >= 0 && y < window.rows)
  }
  /** @param {number} cell */
  const local = (cell) => {
    const [x, y] = [(cell % meta.width) - west, Math.floor(cell / meta.width) - north]
    return x >= 0 && x < width && y >= 0 && y < height ? y * width + x : -1
  }
  /** @type {[cell: number, color: number, other: number][]} who waits on which color for whom */
  const deadlock = []
  for (const [cell, color, other] of meta.deadlock ?? [])
    if (local(cell) >= 0 && local(other) >= 0) deadlock.push([local(cell), color, local(other)])

  /**
   * What an operation says of itself.
   * @param {number} i
   */
  const sentence = (i) =>
    i < 0
      ? undefined
      : meta.operations[meta.programs[tables.programs ? tables.programs.program[spans.cell[i]] : 0]?.[spans.op[i]]]

  return {
    west,
    north,
    width,
    height,
    cells,
    hop,
    latency,
    duration,
    words: meta.words,
    moves,
    spans,
    faults,
    tables,
    sentence,
    ...rolesOf(meta.colors),
    ...createStates(spans, cells),
    ...createTraffic(moves, hop, latency, faults, inside),
    routesOf: byCell(tables.routes),
    memoryOf: byCell(tables.memory),
    queues,
    waiting,
    duplex: isDuplex(moves, width, cells),
    inside,
    deadlock,
    values: tables.values?.value ?? null,
    /**
     * What waits in the queues of a router at a cycle, first in first: {port, color, values}, NaN where not recorded.
     * @param {number} cell
     * @param {number} cycle
     */
    waitingAt(cell, cycle) {
      const found = []
      for (const { cell: owner, color, port, arrive, leave, first } of queues().values()) {
        if (owner !== cell) continue
        /** @type {[cycle: number, value: number][]} */
        const come = []
        first.forEach((value, i) => {
          for (let k = 0; k < arrive[2 * i + 1]; k++)
            come.push([arrive[2 * i] + k, value === NONE || !tables.values ? NaN : tables.values.value[value + k]])
        })
        const arrived = come
          .sort((a, b) => a[0] - b[0])
          .filter(([at], k) => at <= cycle && (k === 0 || at !== come[k - 1][0]))
        const gone = cyclesOf(leave).filter((at) => at <= cycle).length
        const values = arrived.slice(gone).map(([, value]) => value)
        found.push({ port, color, values })
      }
      return found
    },
  }
}

/**
 * Colors of one role look alike: what they carry matters, not their number.
 * @param {FabricRun["meta"]["colors"]} colors
 */
function rolesOf(colors) {
  const names = [...new Set(colors.map(({ role }) => role))]
  const roleOf = new Uint8Array(256)
  for (const { id, role } of colors) roleOf[id] = names.indexOf(role)
  return { names, roleOf }
}

/**
 * Whether a link is used both ways at some time; only then does the picture need two lanes.
 * @param {Moves} moves
 * @param {number} width
 * @param {number} cells
 */
function isDuplex(moves, width, cells) {
  const used = new Uint8Array(cells) // bit p: the link on side p carries something at some time
  for (let i = 0; i < moves.rows; i++) if (moves.port[i] < UP) used[moves.cell[i]] |= 1 << moves.port[i]
  return used.some(
    (sides, cell) => ((cell + 1) % width && sides & 2 && used[cell + 1] & 8) || (sides & 4 && used[cell + width] & 1),
  )
}

/**
 * What PEs do: of operations that overlap on one, the one that says most.
 * @param {NonNullable<Tables["activity"]>} spans
 * @param {number} cells
 */
function createStates(spans, cells) {
  const active = indexIntervals(spans.t0, spans.t1)
  const spansOf = byCell(spans)
  const ends = new Uint32Array(cells).fill(NONE) // of the last operation of each PE
  for (let i = 0; i < spans.rows; i++) {
    const cell = spans.cell[i]
    if (ends[cell] === NONE || spans.t1[i] > ends[cell]) ends[cell] = spans.t1[i]
  }
  const states = new Uint8Array(cells)
  let statesAt = -1
  /**
   * Index of the operation that a PE works on at a cycle in `activity`, or -1.
   * @param {number} cell
   * @param {number} cycle
   */
  const operation = (cell, cycle) => {
    let best = -1
    for (const i of spansOf(cell)) {
      if (spans.t0[i] <= cycle && cycle < spans.t1[i] && (best < 0 || RANK[spans.kind[i]] > RANK[spans.kind[best]]))
        best = i
    }
    return best
  }
  return {
    operation,
    /**
     * The state of every PE at a cycle; the array is reused.
     * @param {number} cycle
     */
    statesOf(cycle) {
      if (cycle === statesAt) return states
      for (let cell = 0; cell < cells; cell++) states[cell] = cycle >= ends[cell] ? DONE : IDLE
      for (const i of active.at(cycle)) {
        if (spans.t0[i] > cycle || spans.t1[i] <= cycle) continue
        const cell = spans.cell[i]
        if (RANK[spans.kind[i]] > RANK[states[cell]]) states[cell] = spans.kind[i]
      }
      statesAt = cycle
      return states
    },
    /**
     * The state of one PE at a cycle.
     * @param {number} cell
     * @param {number} cycle
     */
    stateOf(cell, cycle) {
      const i = operation(cell, cycle)
      return i < 0 ? (cycle >= ends[cell] ? DONE : IDLE) : spans.kind[i]
    },
    /**
     * Cycles at which the activity of a PE changes, sorted.
     * @param {number} cell
     */
    changes(cell) {
      const times = spansOf(cell).flatMap((i) => [spans.t0[i], spans.t1[i]])
      return Uint32Array.from(new Set(times)).sort()
    },
  }
}

/**
 * Wavelets on links, where they leave a trail, and on ramps.
 * @param {Moves} moves
 * @param {number} hop cycles of a hop
 * @param {number} latency of a ramp
 * @param {ReturnType<typeof createFaults>} faults
 * @param {Uint8Array} inside
 */
function createTraffic(moves, hop, latency, faults, inside) {
  /** How many cycles a wavelet is on its way. @param {number} i */
  const wayOf = (i) =>
    moves.port[i] < UP ? hop * (1 + (faults?.link(moves.cell[i], moves.port[i])?.extra ?? 0)) : latency
  const end = new Uint32Array(moves.rows)
  for (let i = 0; i < moves.rows; i++)
    end[i] = moves.t0[i] + moves.n[i] + wayOf(i) + (moves.port[i] < UP ? TRAIL - 1 : 0)
  const moving = indexIntervals(moves.t0, end)
  /** @param {number} cycle @param {boolean} onRamps */
  const count = (cycle, onRamps) => {
    let sum = 0
    for (const i of moving.at(cycle)) {
      const age = cycle - moves.t0[i]
      if (moves.port[i] >= UP !== onRamps || age < 0 || !inside[moves.cell[i]]) continue
      sum += Math.max(0, Math.min(age, moves.n[i] - 1) - Math.max(0, age - wayOf(i) + 1) + 1)
    }
    return sum
  }
  return {
    moving,
    /**
     * Wavelets that cross links in a cycle.
     * @param {number} cycle
     */
    crossing: (cycle) => count(cycle, false),
    /**
     * Wavelets on ramps in a cycle.
     * @param {number} cycle
     */
    onRamps: (cycle) => count(cycle, true),
  }
}

/**
 * A function that gives the rows of a table that belong to a cell; they are looked up when it is first asked.
 * @param {Table<"cell"> | undefined} table
 * @returns {(cell: number) => number[]}
 */
function byCell(table) {
  const index = lazily(() => {
    /** @type {Map<number, number[]>} */
    const found = new Map()
    for (let i = 0; i < (table?.rows ?? 0); i++) {
      const cell = /** @type {Table<"cell">} */ (table).cell[i]
      const list = found.get(cell)
      if (list) list.push(i)
      else found.set(cell, [i])
    }
    return found
  })
  return (cell) => index().get(cell) ?? []
}

/**
 * A function that makes a value when it is first asked.
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function lazily(make) {
  /** @type {{value: T} | undefined} */
  let made
  return () => (made ??= { value: make() }).value
}
