// What a planned training says in words: lengths, a sentence on a time, and the card of a cell.

import { DAY } from "./model.js"

/**
 * @import { Inspection } from "../../kit/types"
 * @import { Layout } from "./calendar.js"
 * @import { Lane, Model } from "./model.js"
 */

/** @type {Record<string, string>} */
const DOING = {
  training: "training",
  "lost work": "training, but what it does will be lost",
  unnoticed: "standing still, and nobody has noticed",
  restart: "starting again",
  queue: "waiting in the queue",
  compile: "compiling",
  "first checkpoint": "writing the first checkpoint",
  initialisation: "initialising",
  weights: "loading weights",
}

/**
 * A share as a percentage that never rounds to all.
 * @param {number} share
 */
export const percent = (share) => `${Math.min(Math.floor(share * 100 + 1e-9), share >= 1 ? 100 : 99)} %`

/**
 * So many ticks (minutes) in words: "12 min", "3.4 h", "5.2 days".
 * @param {number} ticks
 */
export function length(ticks) {
  if (ticks < 60) return `${Math.round(ticks)} min`
  return ticks < 2 * DAY ? `${(ticks / 60).toFixed(1)} h` : `${(ticks / DAY).toFixed(1)} days`
}

/**
 * What a lane does at t.
 * @param {Pick<Lane, "kind">} lane
 * @param {number} t
 */
export const doingAt = ({ kind }, t) => DOING[kind(t)]

/** @param {{name: string}} unit */
export const cellIs = ({ name }) =>
  `a cell is ${{ hour: "an ", day: "a ", week: "a ", "quarter of a day": "a " }[name] ?? ""}${name}`

/**
 * A sentence for each lane.
 * @param {Model} model
 * @param {number} t
 */
export function describe({ lanes, no_other }, t) {
  const parts = lanes.map((lane) => {
    if (t >= lane.end) return `${lane.name} are done after ${length(lane.end)}.`
    const n = lane.interruptions(t)
    const so = n === 1 ? ", one interruption so far" : n ? `, ${n} interruptions so far` : ""
    return `On ${lane.name} ${percent(lane.done(t))} is done; it is ${doingAt(lane, t)}${so}.`
  })
  if (lanes.length < 2) parts.push(`The other kind of cluster cannot do this: ${no_other}.`)
  return parts.join(" ")
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
  const name =
    unit.name === "day" || unit.name === "hour" || unit.name === "week"
      ? `${unit.name[0].toUpperCase()}${unit.name.slice(1)} ${cell + 1}`
      : `${length(from)} to ${length(to)}`
  const state = t < from ? "still ahead" : t >= to ? `${percent(lane.done(to))} done` : doingAt(lane, t)
  /** @type {Inspection["rows"]} */
  const rows = [["state", state]]
  for (const [kind, spent] of Object.entries(sums)) rows.push([kind, length(spent)])
  if (written)
    rows.push([
      "checkpoints",
      lane.checkpoint_stride > 1 ? `about ${written * lane.checkpoint_stride}` : String(written),
    ])
  if (failed) rows.push(["failures", String(failed)])
  return { title: `${name}, ${lane.name}`, state, rows, lines: [] }
}
