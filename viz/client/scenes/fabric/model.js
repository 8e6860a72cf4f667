// @ts-nocheck
// What a fabric run says at a cycle: states of PEs, wavelets on links and ramps, queues, words. No canvas, no DOM.

import { createFaults } from "./faults.js"
import { cyclesOf, dropControls, occupancy, queueTimes, waits } from "./queues.js"
import { indexIntervals } from "../../kit/intervals.js"
import { NONE, PORTS, UP } from "./ports.js"

/** Ports of a router, as the trace numbers them. */
/** States of a PE: the kinds of the trace, and done: nothing left to do. */
export const [IDLE, RECEIVING, COMPUTING, SENDING, STALLED, DONE] = [0, 1, 2, 3, 4, 5]
/** Cycles for which a link remembers that a wavelet passed. */
export const TRAIL = 4
// Of operations that overlap on one PE the picture shows the one that says most.
const RANK = new Uint8Array([0, 1, 4, 2, 3, 0])
/** States in a word. */
export const DOING = ["idle", "receiving", "computing", "sending", "stalled", "done"]

/**
 * What was recorded with every wavelet: the whole mesh, or of a large one a window and the PEs next to it.
 * @returns {{west: number, north: number, columns: number, rows: number, window: object}|null} the recorded rectangle,
 *   and in `window` the {x, y, columns, rows} that were asked for
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
 * @param {object} run an unpacked run of the scene "fabric"
 */
export function createModel(run) {
  const { meta, tables, duration } = run
  const part = recordedPart(run)
  const { west, north, columns: width, rows: height, window } = part
  const cells = width * height
  const latency = meta.ramp_latency
  const moves = tables.wavelets
  const spans = tables.activity
  const rows = moves.rows
  const faults = createFaults(run, part)
  const extraOf = (i) => (moves.port[i] < UP && faults?.link(moves.cell[i], moves.port[i])?.extra) || 0

  const moveEnd = new Uint32Array(rows)
  for (let i = 0; i < rows; i++)
    moveEnd[i] = moves.t0[i] + moves.n[i] + (moves.port[i] < UP ? TRAIL + extraOf(i) : latency)
  const moving = indexIntervals(moves.t0, moveEnd)
  const active = indexIntervals(spans.t0, spans.t1)

  // Colors of one role look alike: what they carry matters, not their number. "row sum west, odd" has the role before
  // the comma.
  const role = (name) => name.split(",")[0]
  const names = [...new Set(meta.colors.map((color) => role(color.name)))]
  const roleOf = new Uint8Array(256)
  for (const { id, name } of meta.colors) {
    roleOf[id] = names.indexOf(role(name))
  }

  // Bit p of `used`: the link on side p carries something at some time. Only links used both ways need two lanes.
  const used = new Uint8Array(cells)
  for (let i = 0; i < rows; i++) if (moves.port[i] < UP) used[moves.cell[i]] |= 1 << moves.port[i]
  let duplex = false
  for (let cell = 0; cell < cells && !duplex; cell++) {
    const east = (cell + 1) % width && used[cell] & 2 && used[cell + 1] & 8
    duplex = east || (used[cell] & 4 && used[cell + width] & 1)
  }

  const ends = new Uint32Array(cells).fill(NONE) // of the last operation of each PE
  for (let i = 0; i < spans.rows; i++) {
    const cell = spans.cell[i]
    if (ends[cell] === NONE || spans.t1[i] > ends[cell]) ends[cell] = spans.t1[i]
  }

  const states = new Uint8Array(cells)
  let statesAt = -1
  /** The state of every PE at a cycle; the array is reused. */
  const statesOf = (cycle) => {
    if (cycle === statesAt) return states
    for (let cell = 0; cell < cells; cell++) states[cell] = cycle >= ends[cell] ? DONE : IDLE
    for (const i of active.at(cycle)) {
      if (spans.t0[i] > cycle || spans.t1[i] <= cycle) continue
      const cell = spans.cell[i]
      if (RANK[spans.kind[i]] > RANK[states[cell]]) states[cell] = spans.kind[i]
    }
    statesAt = cycle
    return states
  }

  const rowsOf = (table) => {
    const found = new Map()
    if (table)
      for (let i = 0; i < table.rows; i++) {
        const list = found.get(table.cell[i])
        list ? list.push(i) : found.set(table.cell[i], [i])
      }
    return (cell) => found.get(cell) ?? []
  }
  const lazily = (make) => {
    let made
    return (...args) => (made ??= make())(...args)
  }
  const spansOf = lazily(() => rowsOf(spans))
  const routesOf = lazily(() => rowsOf(tables.routes))
  const memoryOf = lazily(() => rowsOf(tables.memory))
  const queues = lazily(() => {
    const found = queueTimes(moves, width, cells, latency, faults)
    if (!meta.deadlock?.length) for (const queue of found.values()) dropControls(queue)
    return () => found
  })
  const waiting = lazily(() => {
    const wait = waits(queues(), inside, duration)
    const index = indexIntervals(wait.t0, wait.t1)
    return () => ({ ...wait, at: index.at })
  })

  const at = (cell) => `(${west + (cell % width)}, ${north + Math.floor(cell / width)})`
  // 1 for the PEs of the window; of those next to it what happens is known, but not what reaches them.
  const inside = new Uint8Array(cells)
  for (let cell = 0; cell < cells; cell++) {
    const [x, y] = [west + (cell % width) - window.x, north + Math.floor(cell / width) - window.y]
    inside[cell] = x >= 0 && x < window.columns && y >= 0 && y < window.rows
  }
  const local = (cell) => {
    const [x, y] = [(cell % meta.width) - west, Math.floor(cell / meta.width) - north]
    return x >= 0 && x < width && y >= 0 && y < height ? y * width + x : -1
  }
  const deadlock = (meta.deadlock ?? [])
    .map(([cell, color, other]) => [local(cell), color, local(other)])
    .filter(([cell, , other]) => cell >= 0 && other >= 0)

  /** Index of the operation that a PE works on at a cycle in `activity`, or -1. */
  const operation = (cell, cycle) => {
    let best = -1
    for (const i of spansOf(cell)) {
      if (spans.t0[i] <= cycle && cycle < spans.t1[i] && (best < 0 || RANK[spans.kind[i]] > RANK[spans.kind[best]]))
        best = i
    }
    return best
  }
  const sentence = (i) => meta.programs[tables.programs ? tables.programs.program[spans.cell[i]] : 0]?.[spans.op[i]]

  return {
    west,
    north,
    width,
    height,
    cells,
    latency,
    duration,
    names,
    roleOf,
    moves,
    spans,
    moving,
    faults,
    statesOf,
    routesOf,
    waiting,
    duplex,
    inside,
    deadlock,
    values: tables.values?.value ?? null,
    /** Wavelets that cross links in a cycle. */
    crossing(cycle) {
      let count = 0
      for (const i of moving.at(cycle)) {
        const age = cycle - moves.t0[i]
        if (moves.port[i] < UP && age >= 0 && inside[moves.cell[i]])
          count += Math.max(0, Math.min(age, moves.n[i] - 1) - Math.max(0, age - extraOf(i)) + 1)
      }
      return count
    },
    /** Wavelets on ramps in a cycle. */
    onRamps(cycle) {
      let count = 0
      for (const i of moving.at(cycle)) {
        const age = cycle - moves.t0[i]
        if (moves.port[i] >= UP && age >= 0 && inside[moves.cell[i]])
          count += Math.max(0, Math.min(age, moves.n[i] - 1) - Math.max(0, age - latency + 1) + 1)
      }
      return count
    },
    /** One sentence on a cycle. */
    describe(cycle) {
      const count = new Uint32Array(6)
      let stalled = -1
      const now = statesOf(cycle)
      for (let cell = 0; cell < cells; cell++) {
        if (!inside[cell]) continue
        count[now[cell]]++
        if (now[cell] === STALLED && stalled < 0) stalled = cell
      }
      if (this.deadlock.length && cycle >= duration) {
        const [cell, color, other] = this.deadlock[0]
        return `Deadlock: PE ${at(cell)} waits on color ${color} for PE ${at(other)}, and ${plural(this.deadlock.length, "PE")} ${this.deadlock.length === 1 ? "waits" : "wait"} ${faults ? "in all." : "in a circle."}`
      }
      const crossing = this.crossing(cycle)
      const parts = []
      if (crossing) parts.push(`${plural(crossing, "wavelet")} ${crossing === 1 ? "crosses a link" : "cross links"}`)
      for (const [state, one, many] of [
        [COMPUTING, "computes", "compute"],
        [SENDING, "sends", "send"],
        [RECEIVING, "receives", "receive"],
      ]) {
        if (count[state]) parts.push(`${plural(count[state], "PE")} ${count[state] === 1 ? one : many}`)
      }
      if (count[STALLED])
        parts.push(
          `${count[STALLED] === 1 ? `PE ${at(stalled)} is stalled` : `${count[STALLED]} PEs are stalled, the first at ${at(stalled)}`}`,
        )
      const ramps = parts.length ? 0 : this.onRamps(cycle)
      if (ramps) parts.push(`${plural(ramps, "wavelet")} ${ramps === 1 ? "is on a ramp" : "are on ramps"}`)
      if (!parts.length)
        return cycle >= duration ? "The run has ended; every PE is idle." : "Every PE waits; nothing moves."
      const last = parts.pop()
      return `${parts.length ? `${parts.join(", ")} and ` : ""}${last}.`
    },
    /** What waits in the queues of a router at a cycle, first in first: {port, color, values}, NaN where not recorded. */
    waitingAt(cell, cycle) {
      const found = []
      for (const { cell: owner, color, port, arrive, leave, first } of queues().values()) {
        if (owner !== cell) continue
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
    /** The state of one PE at a cycle. */
    stateOf(cell, cycle) {
      const i = operation(cell, cycle)
      return i < 0 ? (cycle >= ends[cell] ? DONE : IDLE) : spans.kind[i]
    },
    /** Rows of `memory` that belong to a PE. */
    memoryOf: (cell) => memoryOf(cell),
    /** What the inspector shows of a PE. */
    inspect(cell, cycle) {
      const list = []
      const i = operation(cell, cycle)
      const state = this.stateOf(cell, cycle)
      list.push([
        "Now",
        i < 0 ? DOING[state] : `${DOING[state]}, cycle ${cycle - spans.t0[i] + 1} of ${spans.t1[i] - spans.t0[i]}`,
      ])
      if (i >= 0 && sentence(i)) list.push(["Operation", sentence(i)])
      if (faults) list.push(...faults.rows(cell))
      for (const r of routesOf(cell)) {
        const { color, position, input, outputs } = tables.routes
        const to = PORTS.filter((_, port) => outputs[r] & (1 << port)).join(" and ")
        const where = position[r] ? `, switch position ${position[r]}` : ""
        list.push([`Color ${color[r]}`, `from ${PORTS[input[r]]} to ${to || "nowhere"}${where}`])
      }
      const words = memoryOf(cell)
      if (words.length) {
        list.push(["Words before", words.map((m) => short(tables.memory.before[m])).join("  ")])
        list.push(["Words after", words.map((m) => short(tables.memory.after[m])).join("  ")])
      }
      const lines = []
      for (const [key, { cell: owner, color, arrive, leave }] of queues()) {
        if (owner !== cell) continue
        const line = occupancy(cyclesOf(arrive), cyclesOf(leave), duration, cycle)
        if (line.max) lines.push({ key, label: `Queue of color ${color}`, unit: "wavelets", ...line })
      }
      return { title: `PE ${at(cell)}`, state: DOING[state], rows: list, lines }
    },
    /** Cycles at which the activity of a PE changes, sorted. */
    changes(cell) {
      const times = spansOf(cell).flatMap((i) => [spans.t0[i], spans.t1[i]])
      return Uint32Array.from(new Set(times)).sort()
    },
  }
}

const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`

/** A value in at most four digits. */
export const short = (value) =>
  Number.isInteger(value) && Math.abs(value) < 1e5 ? String(value) : String(Number(value.toPrecision(3)))
