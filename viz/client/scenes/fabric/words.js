// What a run recorded with every wavelet says in words: a sentence on a cycle, and the card of a PE.

import { COMPUTING, RECEIVING, SENDING, STALLED } from "./model.js"
import { cyclesOf, occupancy } from "./queues.js"
import { PORTS } from "./ports.js"

/**
 * @import { Inspection } from "../../kit/types"
 * @import { Model } from "./model.js"
 */

/** States in a word. */
export const DOING = ["idle", "receiving", "computing", "sending", "stalled", "done"]

/** @type {[state: number, one: string, many: string][]} */
const ACTS = [
  [COMPUTING, "computes", "compute"],
  [SENDING, "sends", "send"],
  [RECEIVING, "receives", "receive"],
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
    return `Deadlock: PE ${at(model, cell)} waits on color ${color} for PE ${at(model, other)}, and ${plural(deadlock.length, "PE")} ${deadlock.length === 1 ? "waits" : "wait"} ${model.faults ? "in all." : "in a circle."}`
  }
  const crossing = model.crossing(cycle)
  const parts = []
  if (crossing) parts.push(`${plural(crossing, "wavelet")} ${crossing === 1 ? "crosses a link" : "cross links"}`)
  for (const [state, one, many] of ACTS)
    if (count[state]) parts.push(`${plural(count[state], "PE")} ${count[state] === 1 ? one : many}`)
  if (count[STALLED])
    parts.push(
      count[STALLED] === 1
        ? `PE ${at(model, stalled)} is stalled`
        : `${count[STALLED]} PEs are stalled, the first at ${at(model, stalled)}`,
    )
  const ramps = parts.length ? 0 : model.onRamps(cycle)
  if (ramps) parts.push(`${plural(ramps, "wavelet")} ${ramps === 1 ? "is on a ramp" : "are on ramps"}`)
  if (!parts.length)
    return cycle >= duration ? "The run has ended; every PE is idle." : "Every PE waits; nothing moves."
  const last = parts.pop()
  return `${parts.length ? `${parts.join(", ")} and ` : ""}${last}.`
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
  const { routes, memory } = model.tables
  const i = model.operation(cell, cycle)
  const doing = DOING[model.stateOf(cell, cycle)]
  /** @type {Inspection["rows"]} */
  const rows = [["Now", i < 0 ? doing : `${doing}, cycle ${cycle - spans.t0[i] + 1} of ${spans.t1[i] - spans.t0[i]}`]]
  const operation = model.sentence(i)
  if (operation) rows.push(["Operation", operation])
  if (model.faults) rows.push(...model.faults.rows(cell))
  if (routes)
    for (const r of model.routesOf(cell)) {
      const to = PORTS.filter((_, port) => routes.outputs[r] & (1 << port)).join(" and ")
      const where = routes.position[r] ? `, switch position ${routes.position[r]}` : ""
      rows.push([`Color ${routes.color[r]}`, `from ${PORTS[routes.input[r]]} to ${to || "nowhere"}${where}`])
    }
  const words = model.memoryOf(cell)
  if (memory && words.length) {
    rows.push(["Words before", words.map((m) => short(memory.before[m])).join("  ")])
    rows.push(["Words after", words.map((m) => short(memory.after[m])).join("  ")])
  }
  /** @type {Inspection["lines"]} */
  const lines = []
  for (const [key, { cell: owner, color, arrive, leave }] of model.queues()) {
    if (owner !== cell) continue
    const line = occupancy(cyclesOf(arrive), cyclesOf(leave), model.duration, cycle)
    if (line.max) lines.push({ key: String(key), label: `Queue of color ${color}`, unit: "wavelets", ...line })
  }
  return { title: `PE ${at(model, cell)}`, state: doing, rows, lines }
}

/** @param {Model} model @param {number} cell */
const at = ({ west, north, width }, cell) => `(${west + (cell % width)}, ${north + Math.floor(cell / width)})`

/** @param {number} n @param {string} noun */
const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`

/**
 * A value in at most four digits.
 * @param {number} value
 */
export const short = (value) =>
  Number.isInteger(value) && Math.abs(value) < 1e5 ? String(value) : String(Number(value.toPrecision(3)))
