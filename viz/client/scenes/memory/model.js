// What a memory run says at a time: requests under way, what each unit computes, how much is done. No canvas, no DOM.

import { indexIntervals } from "../../kit/intervals.js"
import { seconds } from "../../kit/formats.js"

/**
 * @import { Column, Inspection } from "../../kit/types"
 * @import { Level, MemoryRun } from "./types"
 */

const COMPUTING = 2
/** @type {[number, string][]} */
const PREFIXES = [
  [1e15, "P"],
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
  [1, ""],
]

/**
 * A quantity with a prefix and three digits: "2.04 TB/s".
 * @param {number} value
 * @param {string} unit
 */
export function quantity(value, unit) {
  const [scale, prefix] = PREFIXES.find(([size]) => value >= size * 0.9995) ?? [1, ""]
  return `${Number((value / scale).toPrecision(3))} ${prefix}${unit}`
}

/**
 * A share as a percentage that never rounds to nothing or to all.
 * @param {number} share
 */
export function percent(share) {
  if (share <= 0) return "0 %"
  if (share < 0.0001) return "< 0.01 %"
  const digits = share < 0.01 ? 2 : share < 0.1 ? 1 : 0
  return `${(Math.min(share, share < 1 ? 0.999 : 1) * 100).toFixed(share > 0.985 && share < 1 ? 1 : digits)} %`
}

/**
 * A time as seconds() writes it, but in ns down to a tenth of one: "0.91 ns".
 * @param {number} value [s]
 */
export const nanoseconds = (value) =>
  value < 1e-9 && value >= 1e-10 ? `${(value * 1e9).toFixed(2)} ns` : seconds(value)

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
    const home = /** @type {Level} */ (machine.levels.find((level) => level.name === machine.home))
    const end = machine.time_s / tick.seconds
    return {
      ...machine,
      home,
      returned,
      units,
      samples,
      end,
      exchange: end - machine.exchange_s / tick.seconds,
      travel: machine.travel_s / tick.seconds,
    }
  })

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
    const to = Math.min(t, machine.end)
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
  /** @param {number} m @param {number} t */
  const underWay = (m, t) => sampled(pipe.in_flight, m, t)
  /** @param {number} m @param {number} t */
  const utilisation = (m, t) => sampled(pipe.busy, m, t)
  /** @param {number} m @param {number} t */
  const done = (m, t) =>
    t >= machines[m].end ? 1 : Math.min(1, machines[m].returned(t) / shown / machines[m].n_requests)
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
    busy,
    busyOfAll,
    underWay,
    done,
    state,
    arriving: utilisation,
    /**
     * One sentence on a time.
     * @param {number} t
     */
    describe(t) {
      return (
        machines
          .map((machine, m) => {
            switch (state(m, t)) {
              case "done":
                return `${machine.label} has finished, after ${seconds(machine.time_s)}`
              case "exchanges":
                return `${machine.label} has its data; now the units combine their results`
              default:
                return machine.flop
                  ? `${machine.label} computes ${percent(busyOfAll(m, t))} of the time with ${underWay(m, t)} requests under way`
                  : `${machine.label} has read ${percent(done(m, t))}, with ${underWay(m, t)} requests under way`
            }
          })
          .join("; ") + "."
      )
    },
    /**
     * What the inspector shows of a unit, or of the memory of a machine where `unit` is null.
     * @param {number} m
     * @param {number|null} unit
     * @param {number} t
     * @returns {Inspection}
     */
    inspect(m, unit, t) {
      const machine = machines[m]
      const { home } = machine
      /** @param {string} key @param {string} label @param {string} unit @param {Column} column */
      const line = (key, label, unit, column) => {
        const ticks = machine.samples.map((i) => pipe.t[i])
        const v = machine.samples.map((i) => column[i])
        return { key, label, unit, t: ticks, v, now: v[Math.max(0, below(ticks, t) - 1)] ?? 0, max: Math.max(...v) }
      }
      if (unit === null) {
        return {
          title: `${home.label} of ${machine.label}`,
          state: `${percent(utilisation(m, t))} in use`,
          rows: [
            ["Bandwidth", quantity(home.bandwidth_bytes_per_s, "B/s")],
            ["Round trip", nanoseconds(home.latency_s)],
            ["Holds", home.capacity_bytes ? quantity(home.capacity_bytes, "B") : "nothing of its own"],
            ["This kernel moves", quantity(home.bytes, "B")],
            ["One request", `${machine.request_bytes} B`],
          ],
          lines: [line("in_flight", "Under way", "requests", pipe.in_flight)],
        }
      }
      const share = busy(m, unit, t)
      return {
        title: `${capital(machine.unit)} ${unit + 1} of ${machine.label}`,
        state: state(m, t) === "done" ? "done" : `computes ${percent(share)}`,
        rows: [
          ["Stands for", `${machine.n_units.toLocaleString("en")} of them; ${shown} are shown`],
          ["Data from", `${home.label}, ${nanoseconds(home.latency_s)} there and back`],
          [
            "Computing so far",
            percent(t > 0 ? computed(machine.units[unit], Math.min(t, machine.end)) / Math.min(t, machine.end) : 0),
          ],
          ["Bound by", machine.bound],
          ["Whole kernel", seconds(machine.time_s)],
        ],
        lines: [
          line(
            "computing",
            "Computing, all shown",
            "%",
            pipe.computing.map((part) => Math.round(1000 * part) / 10),
          ),
        ],
      }
    },
    /**
     * Ticks at which a unit starts or stops computing, sorted.
     * @param {number} m
     * @param {number} unit
     */
    changes(m, unit) {
      const { t0, t1 } = machines[m].units[unit]
      return Float64Array.from(new Set([...t0, ...t1])).sort()
    },
    /** Requests under way on the machine that asks farthest, for the time bar. */
    curve() {
      const farthest = machines.reduce((a, b) => (b.home.latency_s > a.home.latency_s ? b : a))
      return {
        label: "requests under way",
        t: farthest.samples.map((i) => pipe.t[i]),
        v: farthest.samples.map((i) => pipe.in_flight[i]),
      }
    },
  }
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1)

/**
 * How many of the sorted values lie at or before t.
 * @param {ArrayLike<number>} sorted
 * @param {number} t
 */
function below(sorted, t) {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= t) low = middle + 1
    else high = middle
  }
  return low
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
