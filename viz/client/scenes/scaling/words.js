// What a training step says in words: names of tasks, a sentence on a time, and the cards of lanes and nodes.

import { quantity, t } from "../../kit/language.js"

/**
 * @import { Inspection, Message } from "../../kit/types"
 * @import { Model } from "./model.js"
 */

/** What stands on a task before its number. @type {Record<string, string>} */
const LETTERS = { forward: "F", backward: "B", recompute: "R" }
const NAMED = ["tensor", "expert", "context", "pipeline", "data", "optimiser", "weights", "gradients"] // by a short name

/**
 * What stands on a task wherever it is drawn: "F1", or nothing.
 * @param {Model} model
 * @param {number} row
 */
export function label(model, row) {
  const letter = LETTERS[model.kinds[model.tasks.kind[row]]] ?? ""
  const layer = model.layerOf(row)
  const n = model.wafers ? layer : (model.batchOf(row) ?? layer)
  return letter && n !== null ? `${letter}${n}` : letter
}

/**
 * What stands on a task of the timeline.
 * @param {Model} model
 * @param {number} row
 */
export function longLabel(model, row) {
  const kind = model.kinds[model.tasks.kind[row]]
  const layer = model.layerOf(row)
  if (!NAMED.includes(kind)) return label(model, row)
  return model.wafers && layer !== null ? String(layer) : t(`scaling_short_${kind}`)
}

/**
 * What is done in a task, or in none (-1).
 * @param {Model} model
 * @param {number} row
 */
export function doing(model, row) {
  const { kinds, layout, looks, stages, tasks, wafers } = model
  if (row < 0) return t("scaling_idle")
  if (looks[tasks.kind[row]] === "wait")
    return t(model.reason(row) === "bubble" ? "scaling_waits_bubble" : "scaling_waits_communication")
  const layer = model.layerOf(row)
  const batch = model.batchOf(row)
  const whole = wafers || stages.length === 1
  /** @type {Message[]} */
  const parts = [{ id: `scaling_does_${kinds[tasks.kind[row]]}` }]
  if (layer !== null && (whole || (layout.interleave ?? 1) > 1))
    parts.push({ id: whole ? "scaling_layer" : "scaling_chunk", n: layer })
  if (batch !== null) parts.push({ id: "scaling_micro_batch", n: batch })
  return t("scaling_doing", { parts })
}

/**
 * One sentence on a time, or two.
 * @param {Model} model
 * @param {number} time
 */
export function describe(model, time) {
  const { computes, kinds, moves, run, shown, stages, wafers } = model
  if (time >= run.duration) return t("scaling_done")
  const moving = new Set(model.inFlight(time).map((i) => kinds[moves.kind[i]]))
  const ring = moving.has("data") ? [t("scaling_ring")] : []
  if (moving.has("expert")) ring.push(t("scaling_tokens_cross"))
  if (moving.has("context")) ring.push(t("scaling_keys_round"))
  if (wafers || stages.length === 1) {
    const said = [t("scaling_says", { who: whose(model, 0), doing: doing(model, model.rowAt(computes[0], time)) })]
    if (moving.has("weights")) said.push(t("scaling_weights_come"))
    if (moving.has("gradients")) said.push(t("scaling_gradients_go"))
    return [...said, ...ring].join(" ")
  }
  const looks = computes.map((lane) => model.lookAt(lane, time))
  /** @type {Message[]} */
  const counts = ["forward", "backward", "recompute", "optimiser", "wait"].flatMap((look) => {
    const n = looks.filter((one) => one === look).length
    return n ? [{ id: `scaling_count_${look}`, n }] : []
  })
  const some = { id: shown.stages < shown.of_stages ? "scaling_of_drawn" : "scaling_of_stages", n: computes.length }
  const said = counts.length ? t("scaling_counts", { stages: some, counts }) : t("scaling_none_works", { stages: some })
  return [said, ...ring].join(" ")
}

/**
 * What the time bar shows.
 * @param {Model} model
 */
export const curve = (model) => ({
  label: t(model.wafers ? "scaling_wafers_computing" : "scaling_gpus_computing"),
  ...model.busy(model.computes),
})

/**
 * What the inspector shows of a lane.
 * @param {Model} model
 * @param {number} lane
 * @param {number} time
 * @returns {Inspection}
 */
export function inspectLane(model, lane, time) {
  const { stage, name } = model.lanes[lane]
  return {
    title: t("scaling_lane", { who: whose(model, stage), lane: laneName(name) }),
    state: doing(model, model.rowAt(lane, time)),
    rows: rowsOf(model, lane, time),
    lines: [busyLine(model, lane, time)],
  }
}

/**
 * What the inspector shows of a node.
 * @param {Model} model
 * @param {number} node
 * @param {number} time
 * @returns {Inspection}
 */
export function inspectNode(model, node, time) {
  const { moves } = model
  const { name, kind } = model.nodes[node]
  const lane = model.laneOf(node)
  const here = model.inFlight(time)
  const comes = here.find((i) => moves.to[i] === node)
  const goes = here.find((i) => moves.from[i] === node)
  /** @type {Inspection["rows"]} */
  const rows = []
  if (comes !== undefined) rows.push([t("scaling_receives"), load(model, comes)])
  if (goes !== undefined) rows.push([t("scaling_sends"), load(model, goes)])
  if (lane !== null)
    return {
      title: name,
      state: doing(model, model.rowAt(lane, time)),
      rows: [...rowsOf(model, lane, time), ...rows],
      lines: kind === "replica" ? [] : [busyLine(model, lane, time)],
    }
  const state =
    comes !== undefined
      ? t("scaling_receives_load", { load: load(model, comes) })
      : goes !== undefined
        ? t("scaling_sends_load", { load: load(model, goes) })
        : t("scaling_nothing_moves")
  return { title: name, state, rows, lines: [] }
}

/**
 * The name of a lane.
 * @param {string} name
 */
export const laneName = (name) => t(`scaling_lane_${name}`)

/**
 * @param {Model} model
 * @param {number} lane
 * @param {number} time
 */
function rowsOf(model, lane, time) {
  const { run, tasks } = model
  const row = model.rowAt(lane, time)
  const next = row < 0 ? model.firstAfter(lane, time) : row + 1
  /** @type {Inspection["rows"]} */
  const rows = [[t("scaling_now"), doing(model, row)]]
  if (row >= 0) rows.push([t("scaling_for"), quantity((tasks.t1[row] - tasks.t0[row]) * run.tick.seconds, "s")])
  if (next < model.rowsOf(lane)[1]) rows.push([t("scaling_then"), doing(model, next)])
  return rows
}

/**
 * @param {Model} model
 * @param {number} lane
 * @param {number} time
 */
function busyLine(model, lane, time) {
  const { t: times, v } = model.busy([lane])
  const at = Math.min(v.length - 1, Math.floor((time / Math.max(1, model.run.duration)) * v.length))
  return { key: "busy", label: t("scaling_busy"), unit: "%", t: times, v, now: Math.round(v[at]), max: 100 }
}

/**
 * What a move carries.
 * @param {Model} model
 * @param {number} move
 */
function load(model, move) {
  const size = quantity(model.moves.bytes[move], "B")
  const batch = model.carried(move)
  return batch === null ? size : t("scaling_load", { size, n: batch })
}

/**
 * Who does what is done in a stage.
 * @param {Model} model
 * @param {number} stage
 * @returns {Message}
 */
function whose({ shown, stages, wafers }, stage) {
  if (!wafers) return stages.length > 1 ? { id: "scaling_stage", n: stage + 1 } : { id: "scaling_each_gpu" }
  return shown.of_replicas > 1 ? { id: "scaling_each_wafer", n: shown.of_replicas } : { id: "scaling_the_wafer" }
}
