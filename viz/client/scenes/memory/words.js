// What a memory run says in words: quantities, a sentence on a time, and the cards of units and memories.

import { below } from "./model.js"
import { seconds } from "../../kit/formats.js"

/**
 * @import { Inspection } from "../../kit/types"
 * @import { Model } from "./model.js"
 */

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
 * One sentence on a time.
 * @param {Model} model
 * @param {number} t
 */
export function describe(model, t) {
  const parts = model.machines.map((machine, m) => {
    switch (model.state(m, t)) {
      case "done":
        return `${machine.label} has finished, after ${seconds(machine.time_s)}`
      case "exchanges":
        return `${machine.label} has its data; now the units combine their results`
      default:
        return machine.flop
          ? `${machine.label} computes ${percent(model.busyOfAll(m, t))} of the time with ${model.underWay(m, t)} requests under way`
          : `${machine.label} has read ${percent(model.done(m, t))}, with ${model.underWay(m, t)} requests under way`
    }
  })
  return `${parts.join("; ")}.`
}

/**
 * What the inspector shows of a unit, or of the memory of a machine where `unit` is null.
 * @param {Model} model
 * @param {number} m
 * @param {number|null} unit
 * @param {number} t
 * @returns {Inspection}
 */
export function inspect(model, m, unit, t) {
  const machine = model.machines[m]
  const { home } = machine
  if (unit === null) {
    return {
      title: `${home.label} of ${machine.label}`,
      state: `${percent(model.arriving(m, t))} in use`,
      rows: [
        ["Bandwidth", quantity(home.bandwidth_bytes_per_s, "B/s")],
        ["Round trip", nanoseconds(home.latency_s)],
        ["Holds", home.capacity_bytes ? quantity(home.capacity_bytes, "B") : "nothing of its own"],
        ["This kernel moves", quantity(home.bytes, "B")],
        ["One request", `${machine.request_bytes} B`],
      ],
      lines: [line("in_flight", "Under way", "requests", model.history(m, "in_flight"), t)],
    }
  }
  const { t: times, v } = model.history(m, "computing")
  const shares = { t: times, v: v.map((part) => Math.round(1000 * part) / 10) }
  return {
    title: `${machine.unit[0].toUpperCase()}${machine.unit.slice(1)} ${unit + 1} of ${machine.label}`,
    state: model.state(m, t) === "done" ? "done" : `computes ${percent(model.busy(m, unit, t))}`,
    rows: [
      ["Stands for", `${machine.n_units.toLocaleString("en")} of them; ${model.shown} are shown`],
      ["Data from", `${home.label}, ${nanoseconds(home.latency_s)} there and back`],
      ["Computing so far", percent(model.busySoFar(m, unit, t))],
      ["Bound by", machine.bound],
      ["Whole kernel", seconds(machine.time_s)],
    ],
    lines: [line("computing", "Computing, all shown", "%", shares, t)],
  }
}

/**
 * @param {string} key
 * @param {string} label
 * @param {string} unit
 * @param {{t: number[], v: number[]}} history
 * @param {number} t
 */
const line = (key, label, unit, { t: times, v }, t) => ({
  key,
  label,
  unit,
  t: times,
  v,
  now: v[Math.max(0, below(times, t) - 1)] ?? 0,
  max: Math.max(...v),
})

/**
 * Requests under way on the machine that asks farthest, for the time bar.
 * @param {Model} model
 */
export function curve({ history, machines }) {
  const latencies = machines.map(({ home }) => home.latency_s)
  return { label: "requests under way", ...history(latencies.indexOf(Math.max(...latencies)), "in_flight") }
}
