// The way of one wavelet, from the compute element that sent it to those that take it, from what links and ramps carried: queues
// are first in, first out, so the k-th to arrive is the k-th to leave. Where that leaves a doubt the way ends. No words, no canvas,
// no DOM.

import { cyclesOf } from "./queues.js"
import { DOWN, DX, DY, NONE, UP } from "./ports.js"

/**
 * @import { Model } from "./model.js"
 * @typedef {ReturnType<typeof createChosen>} Chosen
 * @typedef {{move: number, k: number}} Wavelet the k-th of a row of the trace's wavelets
 * @typedef {Wavelet & {cell: number, port: number, to: number, t0: number, t1: number, waited: number}} Leg
 *   from the router of `cell`, or on its ramp, to `to`, in the cycles from t0 to t1; before it stood `waited` cycles in a queue
 * @typedef {{cell: number, t: number, how: "taken"|"dropped"|"waits"|"beyond"}} End
 * @typedef {object} Journey
 * @property {number} color
 * @property {number} value NaN where it is not recorded
 * @property {Leg[]} legs by the cycle in which they begin
 * @property {{cell: number, t: number, sent: boolean}} source a compute element, or where it comes from what is not recorded
 * @property {End[]} ends where it is taken by a compute element, dropped as a control, still waiting, or lost from sight
 */

/**
 * The journeys of a model's wavelets.
 * @param {Model} model
 */
export function createJourneys(model) {
  const { moves, width, cells, hop, latency, faults, inside } = model
  /** Rows by the router and color, cell * 256 + color, that they leave and that they come to. @type {Map<number, number[]>[]} */
  const [from, into] = [new Map(), new Map()]
  /** @param {Map<number, number[]>} index @param {number} key @param {number} i */
  const put = (index, key, i) => {
    const rows = index.get(key)
    if (rows) rows.push(i)
    else index.set(key, [i])
  }
  /** Where a row leads, -1 beyond what is recorded. @param {number} i */
  const next = (i) => {
    const [cell, port] = [moves.cell[i], moves.port[i]]
    if (port >= UP) return cell
    const long = faults?.link(cell, port)
    if (long) return long.to
    const x = (cell % width) + DX[port]
    const to = cell + DX[port] + DY[port] * width
    return x < 0 || x >= width || to < 0 || to >= cells ? -1 : to
  }
  /** @param {number} i */
  const way = (i) =>
    moves.port[i] < UP ? hop * (1 + (faults?.link(moves.cell[i], moves.port[i])?.extra ?? 0)) : latency
  for (let i = 0; i < moves.rows; i++) {
    const to = next(i)
    if (moves.port[i] !== DOWN) put(from, moves.cell[i] * 256 + moves.color[i], i)
    if (moves.port[i] !== UP && to >= 0) put(into, to * 256 + moves.color[i], i)
  }
  /** The port by which a row comes to a router. @param {number} i */
  const input = (i) => (moves.port[i] === DOWN ? UP : (moves.port[i] + 2) % 4)
  /** @typedef {{came: [port: number, t: number][], leave: Uint32Array}} Passed what came to the router of a color, and when the k-th of it left */
  /** @type {Map<number, Passed|null>} */
  const known = new Map()
  /** @param {number} key @returns {Passed|null} */
  const read = (key) => {
    const found = model.queues().get(key)
    if (!found || !inside[key >> 8]) return null // of a PE beside the window not all is known
    const rows = into.get(key) ?? []
    const leave = cyclesOf(found.leave)
    const ports = new Set(rows.map(input))
    if (ports.size <= 1) return { came: Array.from(cyclesOf(found.arrive), (t) => [[...ports][0], t]), leave } // without dropped controls
    // Each port has a queue, and the switch goes from one to the next: that is known where each has its turn once.
    const { routes } = model.tables
    const turns = model
      .routesOf(key >> 8)
      .filter((r) => routes?.color[r] === (key & 255))
      .sort((one, other) => (routes?.position[one] ?? 0) - (routes?.position[other] ?? 0))
      .map((r) => routes?.input[r] ?? UP)
    /** @type {[number, number][]} */
    const came = turns.flatMap((port) => {
      const runs = rows.filter((i) => input(i) === port).flatMap((i) => [moves.t0[i] + way(i), moves.n[i]])
      return Array.from(cyclesOf(runs), (t) => /** @type {[number, number]} */ ([port, t]))
    })
    const fits = came.length === leave.length && came.every(([, t], k) => t <= leave[k])
    return fits && new Set(turns).size === turns.length ? { came, leave } : null
  }
  /** @param {number} key */
  const queue = (key) => {
    if (!known.has(key)) known.set(key, read(key))
    return known.get(key) ?? null
  }
  /** Of rows those that have a wavelet at a cycle. @param {number[]} rows @param {number} t @param {(i: number) => number} late @returns {Wavelet[]} */
  const at = (rows, t, late) =>
    rows
      .filter((i) => moves.t0[i] + late(i) <= t && t < moves.t0[i] + late(i) + moves.n[i])
      .map((i) => ({ move: i, k: t - moves.t0[i] - late(i) }))
  /** @param {Wavelet} wavelet @param {number} waited @returns {Leg} */
  const leg = ({ move, k }, waited) => {
    const t0 = moves.t0[move] + k
    const [cell, port] = [moves.cell[move], moves.port[move]]
    return { move, k, cell, port, to: next(move), t0, t1: t0 + way(move), waited }
  }
  /** The leg before one, or null. @param {Leg} one */
  const before = ({ move, cell, port, t0 }) => {
    const key = cell * 256 + moves.color[move]
    const cycles = port === DOWN ? null : queue(key)
    const place = cycles ? cycles.leave.indexOf(t0) : -1
    if (!cycles || place < 0) return null
    const [by, t] = cycles.came[place]
    const [came] = at(
      (into.get(key) ?? []).filter((i) => input(i) === by),
      t,
      way,
    )
    return came ? leg(came, 0) : null
  }
  /** The legs after one, or how it ends there. @param {Leg} one @returns {Leg[] | End} */
  const after = ({ move, port, to, cell, t1 }) => {
    if (port === UP) return { cell, t: t1, how: "taken" }
    const key = to * 256 + moves.color[move]
    const cycles = to < 0 ? null : queue(key)
    if (!cycles) return { cell: to < 0 ? cell : to, t: t1, how: "beyond" }
    const by = input(move)
    const place = cycles.came.findIndex(([port, t]) => port === by && t === t1)
    if (place < 0) return { cell: to, t: t1, how: "dropped" }
    const t = cycles.leave[place]
    if (t === undefined) return { cell: to, t: t1, how: "waits" }
    return at(from.get(key) ?? [], t, () => 0).map((wavelet) => leg(wavelet, t - t1))
  }

  return {
    /**
     * The wavelets that come to the router of a PE, in order: from `t` to `until` they stand in a queue of it.
     * @param {number} cell
     * @returns {(Wavelet & {color: number, t: number, until: number})[]}
     */
    of(cell) {
      const found = []
      for (let color = 0; color < 256; color++)
        for (const move of into.get(cell * 256 + color) ?? []) {
          const cycles = queue(cell * 256 + color)
          for (let k = 0; k < moves.n[move]; k++) {
            const t = moves.t0[move] + k + way(move)
            const place = cycles ? cycles.came.findIndex(([port, when]) => port === input(move) && when === t) : -1
            const until = cycles && place >= 0 ? (cycles.leave[place] ?? Infinity) : t
            found.push({ move, k, color, t, until })
          }
        }
      return found.sort((a, b) => a.t - b.t)
    },
    /** The same wavelet where it comes to the router: one of `of(cell)`. @param {Wavelet} wavelet @param {number} cell */
    arriving(wavelet, cell) {
      const one = leg(wavelet, 0)
      const came = one.to === cell && one.port !== UP ? one : before(one)
      return came && { move: came.move, k: came.k }
    },
    /**
     * The whole way of a wavelet.
     * @param {Wavelet} wavelet
     * @returns {Journey}
     */
    follow(wavelet) {
      let first = leg(wavelet, 0)
      for (let one = before(first); one; one = before(first)) first = one
      const legs = [first]
      /** @type {End[]} */
      const ends = []
      for (const one of legs) {
        const on = after(one)
        if (Array.isArray(on)) legs.push(...on)
        else ends.push(on)
      }
      legs.sort((a, b) => a.t0 - b.t0)
      const { move, k } = first
      const row = moves.value[move]
      return {
        color: moves.color[move],
        value: row === NONE || !model.values ? NaN : model.values[row + k],
        legs,
        source: { cell: first.cell, t: first.t0, sent: first.port === DOWN },
        ends,
      }
    },
  }
}

/**
 * The leg that a wavelet is on at a cycle, or whose end it waits at; null before it is sent. Of several branches the one that began last.
 * @param {Journey} journey
 * @param {number} cycle
 */
export const legAt = ({ legs }, cycle) => legs.findLast(({ t0 }) => t0 <= cycle) ?? null

/**
 * The rectangle of PEs that a journey touches, as the recorded part counts them.
 * @param {Journey} journey
 * @param {number} width of the recorded part
 */
export function reach({ legs, source }, width) {
  const touched = [source.cell, ...legs.flatMap(({ cell, to }) => (to < 0 ? [cell] : [cell, to]))]
  const [xs, ys] = [touched.map((cell) => cell % width), touched.map((cell) => Math.floor(cell / width))]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, columns: Math.max(...xs) - x + 1, rows: Math.max(...ys) - y + 1 }
}

/**
 * The words of one PE, and the one of them that is looked at.
 * @param {Model|null} model
 */
export function createChosen(model) {
  /** @type {ReturnType<typeof createJourneys>|null} */
  let journeys = null
  /** @type {ReturnType<ReturnType<typeof createJourneys>["of"]>} */
  let words = []
  let owner = -1
  let which = 0
  /** @param {number} cell of the recorded part */
  const of = (cell) => {
    if (model && cell !== owner) {
      journeys ??= createJourneys(model)
      words = journeys.of(cell)
      owner = cell
    }
    return words
  }
  /** The way of a word, which is looked at from now on. @param {number} place @returns {Journey} */
  const choose = (place) => {
    which = Math.min(Math.max(place, 0), words.length - 1)
    return /** @type {NonNullable<typeof journeys>} */ (journeys).follow(words[which])
  }
  return {
    of,
    choose,
    /** The way of the word before or after it. @param {number} by */
    step: (by) => choose(which + by),
    /**
     * The place among the words of a PE of this one, or of the one that is there in a cycle or comes next; null for none.
     * @param {number} cell
     * @param {number} cycle
     * @param {Wavelet|null} [word]
     */
    find(cell, cycle, word) {
      if (word === null) return null
      const found = of(cell).findIndex(({ move, k, until }) =>
        word ? move === word.move && k === word.k : until >= cycle,
      )
      if (found < 0 && (word || !words.length)) return null
      return found < 0 ? words.length - 1 : found
    },
    /**
     * The word of a PE that is the k-th of a row, or the k-th that waits in the queue of a color.
     * @param {number} cell
     * @param {number} cycle
     * @param {{i: number, k: number} | {color: number, k: number}} at
     * @returns {Wavelet|null}
     */
    pointed(cell, cycle, at) {
      const all = of(cell)
      if ("i" in at) return journeys?.arriving({ move: at.i, k: at.k }, cell) ?? null
      return all.filter(({ color, t, until }) => color === at.color && t <= cycle && cycle < until)[at.k] ?? null
    },
  }
}
