// What a training step says in words: names of tasks, a sentence on a time, and the cards of lanes and nodes.

import { seconds } from "../../kit/formats.js"

/**
 * @import { Inspection } from "../../kit/types"
 * @import { Model } from "./model.js"
 */

/** @type {[number, string][]} */
const SIZES = [
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
]

/**
 * What is said of a kind of work, and what stands on its tasks: a letter before a number, or where there is none a
 * short name.
 * @type {Record<string, {doing: string, letter?: string, short?: string}>}
 */
const KINDS = {
  forward: { doing: "forward", letter: "F" },
  backward: { doing: "backward", letter: "B" },
  recompute: { doing: "computes activations again", letter: "R" },
  "tensor-parallel communication": { doing: "tensor-parallel communication", short: "TP" },
  "pipeline communication": { doing: "sends activations on", short: "PP" },
  "data-parallel communication": { doing: "data-parallel communication", short: "DP" },
  optimiser: { doing: "updates weights", short: "update" },
  "stream weights": { doing: "receives weights", short: "weights" },
  "stream gradients": { doing: "sends gradients", short: "gradients" },
  host: { doing: "host works" },
}

/** @param {Model} model @param {number} row */
const saidOf = ({ kinds, tasks }, row) => KINDS[kinds[tasks.kind[row]]] ?? { doing: "works" }

/**
 * What stands on a task wherever it is drawn: "F1", or nothing.
 * @param {Model} model
 * @param {number} row
 */
export function label(model, row) {
  const { letter = "" } = saidOf(model, row)
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
  const { short = "" } = saidOf(model, row)
  const layer = model.layerOf(row)
  return label(model, row) || (short && model.wafers && layer !== null ? String(layer) : short)
}

/**
 * What is done in a task, or in none (-1).
 * @param {Model} model
 * @param {number} row
 */
export function doing(model, row) {
  const { layout, looks, stages, tasks, wafers } = model
  if (row < 0) return "idle"
  if (looks[tasks.kind[row]] === "wait")
    return model.reason(row) === "bubble" ? "waits: a bubble" : "waits for communication"
  const layer = model.layerOf(row)
  const batch = model.batchOf(row)
  const whole = wafers || stages.length === 1
  const parts = [saidOf(model, row).doing]
  if (layer !== null && (whole || (layout.interleave ?? 1) > 1)) parts.push(`${whole ? "layer" : "chunk"} ${layer}`)
  if (batch !== null) parts.push(`micro-batch ${batch}`)
  return parts.join(", ")
}

/**
 * One sentence on a time.
 * @param {Model} model
 * @param {number} t
 */
export function describe(model, t) {
  const { computes, kinds, moves, run, shown, stages, wafers } = model
  if (t >= run.duration) return "The step is done."
  const moving = new Set(model.inFlight(t).map((i) => kinds[moves.kind[i]]))
  if (wafers || stages.length === 1) {
    const parts = [`${capital(stageName(model, 0))} ${verb(doing(model, model.rowAt(computes[0], t)))}`]
    if (moving.has("stream weights")) parts.push("weights of the next layer stream in")
    if (moving.has("stream gradients")) parts.push("gradients are added up on the way to MemoryX")
    if (moving.has("data-parallel communication")) parts.push("chunks go round the ring of replicas")
    return `${parts.join("; ")}.`
  }
  const looks = computes.map((lane) => model.lookAt(lane, t))
  const said = [
    ["forward", "forward"],
    ["backward", "backward"],
    ["recompute", "computing again"],
    ["optimiser", "updating weights"],
    ["wait", "waiting"],
  ].flatMap(([look, word]) => {
    const n = looks.filter((one) => one === look).length
    return n ? `${n} ${word}` : []
  })
  const ring = moving.has("data-parallel communication") ? " Gradients go round the ring of replicas." : ""
  const some = shown.stages < shown.of_stages ? " drawn" : ""
  return `Of ${computes.length} stages${some}, ${said.join(", ") || "none works"}.${ring}`
}

/**
 * What the time bar shows.
 * @param {Model} model
 */
export const curve = (model) => ({
  label: model.wafers ? "wafers computing" : "GPUs computing",
  ...model.busy(model.computes),
})

/**
 * What the inspector shows of a lane.
 * @param {Model} model
 * @param {number} lane
 * @param {number} t
 * @returns {Inspection}
 */
export function inspectLane(model, lane, t) {
  const { stage, name } = model.lanes[lane]
  return {
    title: `${capital(stageName(model, stage))}: ${name}`,
    state: doing(model, model.rowAt(lane, t)),
    rows: rowsOf(model, lane, t),
    lines: [busyLine(model, lane, t)],
  }
}

/**
 * What the inspector shows of a node.
 * @param {Model} model
 * @param {number} node
 * @param {number} t
 * @returns {Inspection}
 */
export function inspectNode(model, node, t) {
  const { moves } = model
  const { name, kind } = model.nodes[node]
  const lane = model.laneOf(node)
  const here = model.inFlight(t)
  /** @type {Inspection["rows"]} */
  const both = [
    [
      "receives",
      load(
        model,
        here.find((i) => moves.to[i] === node),
      ),
    ],
    [
      "sends",
      load(
        model,
        here.find((i) => moves.from[i] === node),
      ),
    ],
  ]
  const rows = both.filter(([, text]) => text)
  return {
    title: capital(name),
    state: lane === null ? (rows[0]?.join(" ") ?? "nothing moves") : doing(model, model.rowAt(lane, t)),
    rows: lane === null ? rows : [...rowsOf(model, lane, t), ...rows],
    lines: lane === null || kind === "replica" ? [] : [busyLine(model, lane, t)],
  }
}

/**
 * @param {Model} model
 * @param {number} lane
 * @param {number} t
 */
function rowsOf(model, lane, t) {
  const { run, tasks } = model
  const row = model.rowAt(lane, t)
  const next = row < 0 ? model.firstAfter(lane, t) : row + 1
  /** @type {Inspection["rows"]} */
  const rows = [["now", doing(model, row)]]
  if (row >= 0) rows.push(["for", seconds((tasks.t1[row] - tasks.t0[row]) * run.tick.seconds)])
  if (next < model.rowsOf(lane)[1]) rows.push(["then", doing(model, next)])
  return rows
}

/**
 * @param {Model} model
 * @param {number} lane
 * @param {number} t
 */
function busyLine(model, lane, t) {
  const { t: times, v } = model.busy([lane])
  const at = Math.min(v.length - 1, Math.floor((t / Math.max(1, model.run.duration)) * v.length))
  return { key: "busy", label: "busy", unit: "%", t: times, v, now: Math.round(v[at]), max: 100 }
}

/**
 * What a move carries, nothing without one.
 * @param {Model} model
 * @param {number | undefined} move
 */
function load(model, move) {
  if (move === undefined) return ""
  const size = model.moves.bytes[move]
  const [scale, unit] = SIZES.find(([least]) => size >= least) ?? [1, "B"]
  const batch = model.carried(move)
  return `${Number((size / scale).toPrecision(3))} ${unit}${batch === null ? "" : `, micro-batch ${batch}`}`
}

/** @param {Model} model @param {number} stage */
function stageName({ shown, stages, wafers }, stage) {
  if (wafers) return shown.of_replicas > 1 ? `each of ${shown.of_replicas} wafers` : "the wafer"
  return stages.length > 1 ? `stage ${stage + 1}` : "each GPU"
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1)

/** @param {string} text */
const verb = (text) =>
  /^(waits|updates|receives|sends|computes|works|host)/.test(text)
    ? text
    : text === "idle"
      ? "is idle"
      : `computes ${text}`
