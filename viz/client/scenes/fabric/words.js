// What a run recorded with every wavelet says in words: a sentence on a cycle, and the card of a PE.

import { number, t } from "../../kit/language.js"
import { COMPUTING, RECEIVING, SENDING, STALLED } from "./model.js"
import { cyclesOf, occupancy } from "./queues.js"
import { PORTS } from "./ports.js"

/**
 * @import { Inspection, Message } from "../../kit/types"
 * @import { Model } from "./model.js"
 */

/** Messages with the names of states. */
export const DOING = [
  "fabric_stage_idle",
  "fabric_stage_receiving",
  "fabric_stage_computing",
  "fabric_stage_sending",
  "fabric_stage_stalled",
  "fabric_stage_done",
]

/** @type {[state: number, id: string][]} */
const ACTS = [
  [COMPUTING, "fabric_stage_n_compute"],
  [SENDING, "fabric_stage_n_send"],
  [RECEIVING, "fabric_stage_n_receive"],
]

/**
 * One sentence on a cycle.
 * @param {Model} model
 * @param {number} cycle
 */
export function describe(model, cycle) {
  const { deadlock, duration, inside } = model
  const count = new Uint32Array(6)
  let stalled = -1
  const now = model.statesOf(cycle)
  for (let cell = 0; cell < model.cells; cell++) {
    if (!inside[cell]) continue
    count[now[cell]]++
    if (now[cell] === STALLED && stalled < 0) stalled = cell
  }
  if (deadlock.length && cycle >= duration) {
    const [cell, color, other] = deadlock[0]
    const values = { at: at(model, cell), color, other: at(model, other), n: deadlock.length }
    return t(model.faults ? "fabric_stage_deadlock_of_fault" : "fabric_stage_deadlock", values)
  }
  const crossing = model.crossing(cycle)
  /** @type {Message[]} */
  const parts = []
  if (crossing) parts.push({ id: "fabric_stage_crossing", n: crossing })
  for (const [state, id] of ACTS) if (count[state]) parts.push({ id, n: count[state] })
  if (count[STALLED]) parts.push({ id: "fabric_stage_n_stalled", n: count[STALLED], at: at(model, stalled) })
  const ramps = parts.length ? 0 : model.onRamps(cycle)
  if (ramps) parts.push({ id: "fabric_stage_on_ramps", n: ramps })
  const last = parts.pop()
  if (!last) return t(cycle >= duration ? "fabric_stage_ended" : "fabric_stage_still")
  return parts.length ? t("fabric_stage_said_and", { some: parts, last }) : t("fabric_stage_said", { what: last })
}

/**
 * What the inspector shows of a PE.
 * @param {Model} model
 * @param {number} cell
 * @param {number} cycle
 * @returns {Inspection}
 */
export function inspect(model, cell, cycle) {
  const { spans } = model
  const { memory } = model.tables
  const i = model.operation(cell, cycle)
  const doing = t(DOING[model.stateOf(cell, cycle)])
  const now =
    i < 0 ? doing : t("fabric_stage_doing", { doing, cycle: cycle - spans.t0[i] + 1, total: spans.t1[i] - spans.t0[i] })
  /** @type {Inspection["rows"]} */
  const rows = [[t("fabric_stage_now"), now]]
  const operation = model.sentence(i)
  if (operation) rows.push([t("fabric_stage_operation"), operation])
  if (model.faults) rows.push(...model.faults.rows(cell))
  rows.push(...routes(model, cell))
  const words = model.memoryOf(cell)
  if (memory && words.length) {
    /** @param {ArrayLike<number>} column */
    const some = (column) => [...words.map((m) => number(column[m])), ...(words.length < model.words ? ["…"] : [])]
    rows.push([t("fabric_stage_words_before"), some(memory.before).join(" ")])
    rows.push([t("fabric_stage_words_after"), some(memory.after).join(" ")])
  }
  /** @type {Inspection["lines"]} */
  const lines = []
  for (const [key, { cell: owner, color, arrive, leave }] of model.queues()) {
    if (owner !== cell) continue
    const line = occupancy(cyclesOf(arrive), cyclesOf(leave), model.duration, cycle)
    if (line.max) lines.push({ key: String(key), label: t("fabric_stage_queue", { color }), unit: "wavelet", ...line })
  }
  return { title: t("fabric_stage_pe", { at: at(model, cell) }), state: doing, rows, lines }
}

/**
 * Where the colors of a router lead.
 * @param {Model} model
 * @param {number} cell
 * @returns {Inspection["rows"]}
 */
function routes(model, cell) {
  const { routes } = model.tables
  if (!routes) return []
  return model.routesOf(cell).map((r) => {
    /** @type {Message[]} */
    const ways = PORTS.filter((_, port) => routes.outputs[r] & (1 << port)).map((port) => ({ id: `${port}.to` }))
    const to = ways.length
      ? ways.reduce((one, other) => ({ id: "fabric_stage_and", one, other }))
      : { id: "fabric_stage_to_nowhere" }
    const values = { from: { id: `${PORTS[routes.input[r]]}.from` }, to }
    const position = routes.position[r]
    return [
      t("fabric_stage_color", { color: routes.color[r] }),
      position ? t("fabric_stage_route_switched", { ...values, position }) : t("fabric_stage_route", values),
    ]
  })
}

/** @param {Model} model @param {number} cell */
const at = ({ west, north, width }, cell) => `(${west + (cell % width)}, ${north + Math.floor(cell / width)})`
