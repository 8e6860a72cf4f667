// What a memory run says in words: sentences on a time, and the cards of units and memories.

import { below } from "./model.js"
import { number, quantity, t } from "../../kit/language.js"
import { FIGURE } from "../../kit/quantities.js"

/**
 * @import { Inspection } from "../../kit/types"
 * @import { Model } from "./model.js"
 */

/** The machine that somebody has typed in. */
export const CUSTOM = "custom"

/**
 * One sentence on a time for each machine.
 * @param {Model} model
 * @param {number} time
 */
export function describe(model, time) {
  const sentences = model.machines.map(({ label: machine, flop, time_s }, m) => {
    const state = model.state(m, time)
    if (state === "done") return t("memory_done", { machine, time: { value: time_s, unit: "s", digits: FIGURE } })
    if (state === "exchanges") return t("memory_exchanges", { machine })
    const bytes = { value: model.underWay(m, time), unit: "B" }
    return flop
      ? t("memory_computes", { machine, share: { value: model.busyOfAll(m, time), unit: "share" }, bytes })
      : t("memory_reads", { machine, share: { value: model.done(m, time), unit: "share" }, bytes })
  })
  return sentences.join(" ")
}

/**
 * What the inspector shows of a unit, or of the memory of a machine where `unit` is null.
 * @param {Model} model
 * @param {number} m
 * @param {number|null} unit
 * @param {number} time
 * @returns {Inspection}
 */
export function inspect(model, m, unit, time) {
  const machine = model.machines[m]
  const { home, label } = machine
  if (unit === null) {
    return {
      title: t("memory_level_of", { level: home.label, machine: label }),
      state: t("memory_in_use", { share: { value: model.arriving(m, time), unit: "share" } }),
      rows: [
        [t("memory_bandwidth"), quantity(home.bandwidth_bytes_per_s, "B/s")],
        [t("memory_sheet"), quantity(home.sheet_bytes_per_s, "B/s")],
        [t("memory_trip"), quantity(home.latency_s, "s")],
        [t("memory_holds"), home.capacity_bytes ? quantity(home.capacity_bytes, "B") : t("memory_holds_nothing")],
        [t("memory_moves"), quantity(home.bytes, "B")],
        [t("memory_one_request"), quantity(machine.request_bytes, "B")],
      ],
      lines: [line("in_flight", t("memory_requests_line"), "request", model.history(m, "in_flight"), time)],
    }
  }
  const { t: times, v } = model.history(m, "computing")
  const shares = { t: times, v: v.map((part) => Math.round(1000 * part) / 10) }
  const away = { value: home.latency_s, unit: "s", digits: FIGURE }
  return {
    title: t("memory_unit_of", { unit: machine.unit, n: unit + 1, machine: label }),
    state:
      model.state(m, time) === "done"
        ? t("memory_unit_done")
        : t("memory_unit_computes", { share: { value: model.busy(m, unit, time), unit: "share" } }),
    rows: [
      [t("memory_stands_for"), t("memory_stands_for_all", { n: machine.n_units, shown: model.shown })],
      [t("memory_data_from"), t("memory_data_from_level", { level: home.label, time: away })],
      [t("memory_computed_so_far"), quantity(model.busySoFar(m, unit, time), "share")],
      [t("memory_bound_by"), number(machine.bound)],
      [t("memory_whole_kernel"), quantity(machine.time_s, "s")],
    ],
    lines: [line("computing", t("memory_computing_line"), "%", shares, time)],
  }
}

/**
 * @param {string} key
 * @param {string} label
 * @param {string} unit
 * @param {{t: number[], v: number[]}} history
 * @param {number} time
 */
const line = (key, label, unit, history, time) => ({
  key,
  label,
  unit,
  ...history,
  now: history.v[Math.max(0, below(history.t, time) - 1)] ?? 0,
  max: Math.max(...history.v),
})

/**
 * Requests under way on the machine that asks farthest, for the time bar.
 * @param {Model} model
 */
export function curve({ history, machines }) {
  const latencies = machines.map(({ home }) => home.latency_s)
  return { label: t("memory_requests"), ...history(latencies.indexOf(Math.max(...latencies)), "in_flight") }
}

/**
 * What the last machine has still to do when the recording ends.
 * @param {Model} model
 */
export function rest({ machines, duration }) {
  const until = Math.max(...machines.map(({ end }) => end))
  const last = machines.findIndex(({ end }) => end === until)
  return until > duration ? { until, who: machines[last].short } : undefined
}
