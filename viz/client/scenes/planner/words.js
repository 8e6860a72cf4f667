// What a planned training says in words: lengths, a sentence on a time, and the card of a cell.

import { between, number, quantity, t as text } from "../../kit/language.js"

/**
 * @import { Inspection, Quantity } from "../../kit/types"
 * @import { Layout } from "./calendar.js"
 * @import { Lane, Model } from "./model.js"
 */

export const MINUTE_S = 60
const COUNTED = ["hour", "day", "week"] // cells that have a number

/**
 * So many ticks (minutes), written.
 * @param {number} ticks
 */
export const length = (ticks) => quantity(ticks * MINUTE_S, "s")

/**
 * What a lane runs on, to be said.
 * @param {Pick<Lane, "n_devices" | "device">} lane
 * @returns {Quantity}
 */
export const devicesOf = ({ n_devices, device }) => ({ value: n_devices, unit: device })

/** @param {number} value @returns {Quantity} */
const share = (value) => ({ value, unit: "share" })

/**
 * What a lane does at t.
 * @param {Pick<Lane, "kind">} lane
 * @param {number} t
 */
export const doingAt = ({ kind }, t) => text(`planner_does_${kind(t)}`)

/** @param {{name: string}} unit */
export const cellIs = ({ name }) => text(`planner_cell.${name}`)

/**
 * A sentence for each lane.
 * @param {Model} model
 * @param {number} t
 */
export function describe({ lanes, no_other }, t) {
  const said = lanes.map((lane) => {
    const devices = devicesOf(lane)
    if (t >= lane.end) return text("planner_says_over", { devices, time: { value: lane.end * MINUTE_S, unit: "s" } })
    const n = lane.interruptions(t)
    const values = { devices, done: share(lane.done(t)), doing: doingAt(lane, t) }
    return n ? text("planner_says_interrupted", { ...values, n }) : text("planner_says", values)
  })
  if (no_other) said.push(text("planner_alone", { reason: no_other }))
  return said.join(" ")
}

/**
 * What the inspector shows of a cell of a lane.
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} laneIndex
 * @param {number} cell
 * @param {number} t
 * @returns {Inspection}
 */
export function inspect(model, layout, laneIndex, cell, t) {
  const { unit } = layout
  const lane = model.lanes[laneIndex]
  const from = cell * unit.length
  const to = Math.min(from + unit.length, lane.end)
  const { sums, written, failed } = model.account(lane, from, to, t)
  const devices = devicesOf(lane)
  const title = COUNTED.includes(unit.name)
    ? text(`planner_card.${unit.name}`, { n: cell + 1, devices })
    : text("planner_card.span", { span: between(from * MINUTE_S, to * MINUTE_S, "s"), devices })
  const state =
    t < from
      ? text("planner_state.ahead")
      : t >= to
        ? text("planner_state.done", { share: share(lane.done(to)) })
        : doingAt(lane, t)
  /** @type {Inspection["rows"]} */
  const rows = [[text("planner_state"), state]]
  for (const [kind, spent] of Object.entries(sums)) rows.push([text(`planner_phase_${kind}`), length(spent)])
  const stride = lane.checkpoint_stride
  const checkpoints = stride > 1 ? text("planner_checkpoints.about", { n: written * stride }) : number(written)
  if (written) rows.push([text("planner_checkpoints"), checkpoints])
  if (failed) rows.push([text("planner_failures"), number(failed)])
  return { title, state, rows, lines: [] }
}
