// What a memory run says at a time: requests under way, what each unit computes, how much is done. No words, no canvas, no DOM.

import { indexIntervals } from "../../kit/intervals.js"
import { rounded } from "../../kit/quantities.js"

/**
 * @import { Column } from "../../kit/types"
 * @import { Level, MemoryRun } from "./types"
 * @typedef {ReturnType<typeof createModel>} Model
 */

const COMPUTING = 2
const DOTS = 150 // of the machine that has most under way: one dot is as many bytes on all machines

/**
 * Index the tables of a run of the scene "memory".
 * @param {MemoryRun} run
 */
export function createModel(run) {
  const { tables, meta, duration, tick } = run
  const { requests, compute, pipe } = tables
  const shown = meta.n_shown
  const moving = indexIntervals(
    requests.t0,
    requests.t1.map((t) => Math.min(t, duration + 1)),
  )

  const machines = meta.machines.map((machine, m) => {
    const rows = rowsOf(requests.machine, m)
    const returned = totals(rows, requests.t1, requests.n)
    const units = Array.from({ length: shown }, (_, unit) => {
      const spans = rowsOf(compute.machine, m).filter((i) => compute.unit[i] === unit && compute.kind[i] === COMPUTING)
      const t0 = Float64Array.from(spans, (i) => compute.t0[i])
      const t1 = Float64Array.from(spans, (i) => compute.t1[i])
      const before = new Float64Array(spans.length + 1)
      spans.forEach((_, k) => {
        before[k + 1] = before[k] + t1[k] - t0[k]
      })
      return { t0, t1, before }
    })
    const samples = rowsOf(pipe.machine, m)
    // Bytes that a request stands for: each unit that is shown stands for as many others.
    const weight = machine.request_bytes * (machine.n_units / shown)
    const home = /** @type {Level} */ (machine.levels.find((level) => level.name === machine.home))
    const end = machine.time_s / tick.seconds
    return {
      ...machine,
      home,
      returned,
      units,
      samples,
      first: rows[0] ?? 0,
      weight,
      most: mostAtOnce(rows, requests) * weight,
      end,
      exchange: end - machine.exchange_s / tick.seconds,
      travel: machine.travel_s / tick.seconds,
    }
  })

  const dot = rounded(Math.max(...machines.map(({ most }) => most)) / DOTS || 1, 1)

  /**
   * Ticks that a unit has spent computing before t.
   * @param {{t0: Float64Array, t1: Float64Array, before: Float64Array}} spans
   * @param {number} t
   */
  const computed = ({ t0, t1, before }, t) => {
    const k = below(t0, t)
    return k === 0 ? 0 : before[k - 1] + Math.min(t, t1[k - 1]) - t0[k - 1]
  }
  const span = Math.max(1, duration / 50)
  /**
   * Share of the last fiftieth of the recording that a unit spent computing.
   * @param {number} m
   * @param {number} unit
   * @param {number} t
   */
  const busy = (m, unit, t) => {
    const machine = machines[m]
    const to = Math.min(t, machine.end, duration)
    const from = Math.max(0, to - span)
    return to > from ? (computed(machine.units[unit], to) - computed(machine.units[unit], from)) / (to - from) : 0
  }
  /** @param {number} m @param {number} t */
  const busyOfAll = (m, t) => {
    let sum = 0
    for (let unit = 0; unit < shown; unit++) sum += busy(m, unit, t)
    return sum / shown
  }
  /** @param {Column} column @param {number} m @param {number} t */
  const sampled = (column, m, t) => {
    const { samples, end } = machines[m]
    return t >= end ? 0 : column[samples[Math.min(samples.length - 1, Math.floor((t / duration) * samples.length))]]
  }
  /** Bytes under way. @param {number} m @param {number} t */
  const underWay = (m, t) => sampled(pipe.in_flight, m, t) * machines[m].weight
  /** @param {number} m @param {number} t */
  const utilisation = (m, t) => sampled(pipe.busy, m, t)
  /** @param {number} m @param {number} t */
  const done = (m, t) => {
    const { end, returned, n_requests } = machines[m]
    if (t >= end) return 1
    const seen = Math.min(1, returned(Math.min(t, duration)) / shown / n_requests)
    return t <= duration ? seen : seen + ((1 - seen) * (t - duration)) / (end - duration) // as it went on
  }
  /**
   * "waits", "computes", "exchanges" or "done".
   * @param {number} m
   * @param {number} t
   */
  const state = (m, t) => {
    if (t >= machines[m].end) return "done"
    if (machines[m].exchange_s && t >= machines[m].exchange) return "exchanges"
    return busyOfAll(m, t) > 0.5 ? "computes" : "waits"
  }

  return {
    machines,
    requests,
    moving,
    shown,
    duration,
    /** Bytes of one dot. */
    dot,
    busy,
    busyOfAll,
    underWay,
    /**
     * Dots that a row of `requests` is drawn as: now and then one more, so that their sum is right.
     * @param {number} i
     */
    dots(i) {
      const { weight, first } = machines[requests.machine[i]]
      const each = (requests.n[i] * weight) / dot
      return Math.floor((i - first + 1) * each) - Math.floor((i - first) * each)
    },
    done,
    state,
    arriving: utilisation,
    /**
     * Share of the time up to t that a unit has computed.
     * @param {number} m
     * @param {number} unit
     * @param {number} t
     */
    busySoFar(m, unit, t) {
      const to = Math.min(t, machines[m].end)
      return t > 0 ? computed(machines[m].units[unit], to) / to : 0
    },
    /**
     * What was sampled of a machine, from the start on.
     * @param {number} m
     * @param {"in_flight" | "computing"} name
     */
    history: (m, name) => ({
      t: machines[m].samples.map((i) => pipe.t[i]),
      v: machines[m].samples.map((i) => pipe[name][i]),
    }),
    /**
     * Ticks at which a unit starts or stops computing, sorted.
     * @param {number} m
     * @param {number} unit
     */
    changes(m, unit) {
      const { t0, t1 } = machines[m].units[unit]
      return Float64Array.from(new Set([...t0, ...t1])).sort()
    },
  }
}

/**
 * How many of the sorted values lie at or before t.
 * @param {ArrayLike<number>} sorted
 * @param {number} t
 */
export function below(sorted, t) {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= t) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Most requests that are under way at a time.
 * @param {number[]} rows
 * @param {MemoryRun["tables"]["requests"]} requests
 */
function mostAtOnce(rows, { t0, t1, n }) {
  const leave = Float64Array.from(rows, (i) => t0[i]).sort()
  const back = Float64Array.from(rows, (i) => t1[i]).sort()
  let most = 0
  for (let k = 0; k < leave.length; k++) most = Math.max(most, k + 1 - below(back, leave[k]))
  return most * rows.reduce((each, i) => Math.max(each, n[i]), 0)
}

/** @param {Column} column @param {number} value */
const rowsOf = (column, value) => {
  const rows = []
  for (let i = 0; i < column.length; i++) if (column[i] === value) rows.push(i)
  return rows
}

/**
 * A function of t: the sum of `weight` over the rows whose `time` is not later.
 * @param {number[]} rows
 * @param {Column} time
 * @param {Column} weight
 */
function totals(rows, time, weight) {
  const order = [...rows].sort((a, b) => time[a] - time[b])
  const times = Float64Array.from(order, (i) => time[i])
  const sums = new Float64Array(order.length + 1)
  order.forEach((i, k) => {
    sums[k + 1] = sums[k] + weight[i]
  })
  return (/** @type {number} */ t) => sums[below(times, t)]
}
