// The input queues of routers, from the wavelets that cross links and ramps. No canvas, no DOM.

import { DOWN, DX, DY, NONE, UP } from "./ports.js"

/**
 * @import { Faults } from "./faults.js"
 * @import { Moves } from "./types"
 * @typedef {{cell: number, color: number, port: number, arrive: number[], first: number[], leave: number[]}} Queue
 */

/**
 * The input queues, each of one color in one router: the runs (first cycle, wavelets) that arrive in it and that leave it.
 * @returns {Map<number, Queue>} by cell * 256 + color
 * @param {Moves} moves
 * @param {number} width
 * @param {number} cells
 * @param {number} hop cycles of a hop
 * @param {number} latency of a ramp
 * @param {Faults | null} faults
 */
export function queueTimes(moves, width, cells, hop, latency, faults) {
  const queues = new Map()
  /** @param {number} cell @param {number} color */
  const queue = (cell, color) => {
    const key = cell * 256 + color
    let found = queues.get(key)
    if (!found) queues.set(key, (found = { cell, color, port: UP, arrive: [], first: [], leave: [] }))
    return found
  }
  for (let i = 0; i < moves.rows; i++) {
    const [cell, port, color, t0, n] = [moves.cell[i], moves.port[i], moves.color[i], moves.t0[i], moves.n[i]]
    if (port < UP) {
      const long = faults?.link(cell, port)
      const x = (cell % width) + DX[port]
      const beyond = long ? long.to : cell + DX[port] + DY[port] * width
      if (!long && (x < 0 || x >= width || beyond < 0 || beyond >= cells)) continue
      const to = queue(beyond, color)
      to.port = (port + 2) % 4
      to.arrive.push(t0 + hop * (1 + (long ? long.extra : 0)), n)
      to.first.push(moves.value[i])
    } else if (port === DOWN) {
      const to = queue(cell, color)
      to.arrive.push(t0 + latency, n)
      to.first.push(moves.value[i])
    }
    if (port === DOWN) continue
    const { leave } = queue(cell, color)
    // One wavelet that leaves to several neighbours leaves once.
    if (leave.at(-2) !== t0 || leave.at(-1) !== n) leave.push(t0, n)
  }
  return queues
}

/**
 * Take from a queue what is dropped. A control wavelet that ends at a ramp is dropped there and leaves nothing. In a run that
 * ends well it is one of those that arrive and do not leave: the earliest without which all that leave have still come before.
 * @param {Queue} queue
 */
export function dropControls(queue) {
  /** @param {ArrayLike<number>} runs */
  const n = (runs) => Array.from(runs).reduce((sum, count, k) => sum + (k % 2 ? count : 0), 0)
  const surplus = n(queue.arrive) - n(queue.leave)
  if (surplus <= 0) return
  const leave = cyclesOf(queue.leave)
  /** @type {[cycle: number, value: number][]} */
  const come = []
  queue.first.forEach((value, i) => {
    for (let k = 0; k < queue.arrive[2 * i + 1]; k++)
      come.push([queue.arrive[2 * i] + k, value === NONE ? NONE : value + k])
  })
  come.sort((a, b) => a[0] - b[0])
  // fits[k]: with so many dropped, arrivals from k on are not later than the leaves that they go with.
  /** @param {number} dropped */
  const fitting = (dropped) => {
    const fits = new Uint8Array(come.length + 1).fill(1)
    for (let k = come.length - 1; k >= 0; k--) fits[k] = Number(fits[k + 1] && !(come[k][0] > leave[k - dropped]))
    return fits
  }
  let fits = fitting(1)
  let dropped = 0
  queue.arrive = []
  queue.first = []
  come.forEach(([cycle, value], k) => {
    if (dropped < surplus && fits[k + 1]) {
      dropped++
      if (dropped < surplus) fits = fitting(dropped + 1)
    } else {
      queue.arrive.push(cycle, 1)
      queue.first.push(value)
    }
  })
}

/**
 * The cycles of runs, each once, in order.
 * @param {ArrayLike<number>} runs
 */
export function cyclesOf(runs) {
  const cycles = []
  for (let i = 0; i < runs.length; i += 2) for (let k = 0; k < runs[i + 1]; k++) cycles.push(runs[i] + k)
  const sorted = Uint32Array.from(cycles).sort()
  return sorted.filter((cycle, k) => k === 0 || cycle !== sorted[k - 1])
}

/**
 * What waits: first in, first out, so the k-th to arrive is the k-th to leave, and it waits where these differ.
 * @param {Map<number, Queue>} queues
 * @param {Uint8Array} inside
 * @param {number} duration
 */
export function waits(queues, inside, duration) {
  /** @type {Record<"cell" | "port" | "color" | "t0" | "t1", number[]>} */
  const found = { cell: [], port: [], color: [], t0: [], t1: [] }
  for (const { cell, color, port, arrive, leave } of queues.values()) {
    if (!inside[cell]) continue
    if (arrive.length === leave.length && arrive.every((value, k) => value === leave[k])) continue
    const from = cyclesOf(arrive)
    const until = cyclesOf(leave)
    for (let k = 0; k < from.length; k++) {
      const end = until[k] ?? duration + 1
      if (end <= from[k]) continue
      found.cell.push(cell)
      found.port.push(port)
      found.color.push(color)
      found.t0.push(from[k])
      found.t1.push(end)
    }
  }
  return found
}

/**
 * Occupancy of a queue as a step line, and its value at a cycle.
 * @param {ArrayLike<number>} arrive
 * @param {ArrayLike<number>} leave
 * @param {number} duration
 * @param {number} cycle
 */
export function occupancy(arrive, leave, duration, cycle) {
  const times = [0]
  const values = [0]
  let a = 0
  let l = 0
  let now = 0
  let most = 0
  while (a < arrive.length || l < leave.length) {
    const t = Math.min(arrive[a] ?? NONE, leave[l] ?? NONE)
    while (arrive[a] === t) a++
    while (leave[l] === t) l++
    const value = Math.max(0, a - l)
    if (value !== values.at(-1)) {
      times.push(t)
      values.push(value)
    }
    if (t <= cycle) now = value
    if (value > most) most = value
  }
  times.push(duration)
  values.push(values[values.length - 1])
  return { t: times, v: values, now, max: most }
}
