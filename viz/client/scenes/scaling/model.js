// A training step as its renderer asks for it: lanes of tasks, nodes, and what moves between them. No canvas, no DOM.

import { indexIntervals } from "../../kit/intervals.js"
import { seconds } from "../../kit/formats.js"

/**
 * @import { Inspection } from "../../kit/types"
 * @import { Look, ScalingRun } from "./types"
 */

const NONE = 65535
const BUCKETS = 160
/** @type {[number, string][]} */
const SIZES = [
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
]

/**
 * What a kind of work is drawn as: its paint, and the letter on it.
 * @type {Record<string, {look: Look, letter: string, word: string}>}
 */
const LOOKS = {
  forward: { look: "forward", letter: "F", word: "forward" },
  backward: { look: "backward", letter: "B", word: "backward" },
  recompute: { look: "recompute", letter: "R", word: "computes activations again" },
  "tensor-parallel communication": { look: "fabric", letter: "", word: "tensor-parallel communication" },
  "pipeline communication": { look: "fabric", letter: "", word: "sends activations on" },
  "data-parallel communication": { look: "fabric", letter: "", word: "data-parallel communication" },
  optimiser: { look: "optimiser", letter: "", word: "updates weights" },
  wait: { look: "wait", letter: "", word: "waits" },
  "stream weights": { look: "fabric", letter: "", word: "receives weights" },
  "stream gradients": { look: "fabric", letter: "", word: "sends gradients" },
  host: { look: "host", letter: "", word: "host works" },
}
/** @type {{look: Look, letter: string, word: string}} */
const UNKNOWN = { look: "host", letter: "", word: "works" }

/** @param {ScalingRun} run */
export function createModel(run) {
  const { tasks, moves } = run.tables
  const { lanes, kinds, nodes, layout, shown } = run.meta
  const looks = kinds.map((kind) => LOOKS[kind] ?? UNKNOWN)
  const wafers = nodes.some(({ kind }) => kind === "wafer")
  const laneEnd = new Uint32Array(lanes.length + 1)
  for (let i = 0; i < tasks.rows; i++) laneEnd[tasks.lane[i] + 1] = i + 1
  for (let lane = 1; lane <= lanes.length; lane++) laneEnd[lane] = Math.max(laneEnd[lane], laneEnd[lane - 1])
  const used = lanes.map((_, lane) => laneEnd[lane + 1] > laneEnd[lane])
  const isCompute = lanes.map(({ name }) => name === "compute")
  /** @type {{stage: number, lanes: {lane: number, name: string}[]}[]} */
  const stages = []
  lanes.forEach(({ stage, name }, lane) => {
    if (!used[lane]) return
    if (stages.at(-1)?.stage !== stage) stages.push({ stage, lanes: [] })
    stages[stages.length - 1].lanes.push({ lane, name })
  })

  // Rows of a lane lie one after another, by time.
  /** @param {number} lane */
  const rowsOf = (lane) => /** @type {const} */ ([laneEnd[lane], laneEnd[lane + 1]])
  /**
   * First row of a lane that ends after t.
   * @param {number} lane
   * @param {number} t
   */
  const firstAfter = (lane, t) => {
    let [low, high] = rowsOf(lane)
    while (low < high) {
      const middle = (low + high) >> 1
      if (tasks.t1[middle] <= t) low = middle + 1
      else high = middle
    }
    return low
  }
  /**
   * Row that holds at t in a lane, or -1.
   * @param {number} lane
   * @param {number} t
   */
  const rowAt = (lane, t) => {
    const row = firstAfter(lane, t)
    return row < laneEnd[lane + 1] && tasks.t0[row] <= t ? row : -1
  }
  /** @param {number} lane @param {number} t */
  const lookAt = (lane, t) => {
    const row = rowAt(lane, t)
    return row < 0 ? null : looks[tasks.kind[row]].look
  }

  /** @param {number} value */
  const number = (value) => (value === NONE ? null : value + 1)
  /** @param {number} row */
  const label = (row) => {
    const { letter } = looks[tasks.kind[row]]
    const n = wafers ? number(tasks.layer[row]) : (number(tasks.microbatch[row]) ?? number(tasks.layer[row]))
    return letter && n !== null ? `${letter}${n}` : letter
  }
  /** @param {number} row */
  const words = (row) => {
    if (row < 0) return "idle"
    const { word, look } = looks[tasks.kind[row]]
    if (look === "wait") return reason(row) === "bubble" ? "waits: a bubble" : "waits for communication"
    const batch = number(tasks.microbatch[row])
    const layer = number(tasks.layer[row])
    const parts = [
      layer !== null && `${wafers || stages.length === 1 ? "layer" : "chunk"} ${layer}`,
      batch !== null && `micro-batch ${batch}`,
    ].filter(Boolean)
    if (!wafers && stages.length > 1 && (layout.interleave ?? 1) <= 1 && layer !== null) parts.shift()
    return parts.length ? `${word}, ${parts.join(", ")}` : word
  }

  /**
   * Why a compute lane stands still: "waits" for communication of its own stage, else a "bubble".
   * @param {number} row
   */
  const reason = (row) => {
    const middle = (tasks.t0[row] + tasks.t1[row]) / 2
    const own = stages.find((one) => one.stage === lanes[tasks.lane[row]].stage)?.lanes ?? []
    return wafers || stages.length === 1 || own.some(({ lane }) => lane !== tasks.lane[row] && rowAt(lane, middle) >= 0)
      ? "waits"
      : "bubble"
  }

  // The micro-batch that travels: the row of the pipeline lane that sends it.
  const sending = new Map()
  lanes.forEach(({ name }, lane) => {
    if (name !== "pipeline") return
    const node = stages.findIndex((one) => one.lanes.some((other) => other.lane === lane))
    for (let [row, end] = rowsOf(lane); row < end; row++) sending.set(node * 2 ** 32 + tasks.t0[row], row)
  })
  /** @param {number} move */
  const carried = (move) => {
    const row = sending.get(moves.from[move] * 2 ** 32 + moves.t0[move])
    return row === undefined ? null : number(tasks.microbatch[row])
  }

  // Share of the compute lanes at work, for the curve behind the time bar and the inspector.
  /** @param {number[]} chosen @param {(look: string) => boolean} counts */
  const busyIn = (chosen, counts) => {
    const width = run.duration / BUCKETS || 1
    const busy = new Float64Array(BUCKETS)
    for (const lane of chosen) {
      for (let [row, end] = rowsOf(lane); row < end; row++) {
        if (!counts(looks[tasks.kind[row]].look)) continue
        for (let b = Math.floor(tasks.t0[row] / width); b < BUCKETS && b * width < tasks.t1[row]; b++) {
          busy[b] += Math.min(tasks.t1[row], (b + 1) * width) - Math.max(tasks.t0[row], b * width)
        }
      }
    }
    const t = Array.from(busy, (_, b) => Math.round(b * width))
    return { t, v: Array.from(busy, (time) => (100 * time) / (width * chosen.length)) }
  }
  const computes = lanes.map((_, lane) => lane).filter((lane) => isCompute[lane] && used[lane])
  /** @param {string} look */
  const working = (look) => look !== "wait"

  const durations = []
  for (const lane of computes)
    for (let [row, end] = rowsOf(lane); row < end; row++)
      if (looks[tasks.kind[row]].look !== "wait") durations.push(tasks.t1[row] - tasks.t0[row])
  durations.sort((a, b) => a - b)

  /** @param {number} lane @param {number} t */
  const inLane = (lane, t) => {
    const row = rowAt(lane, t)
    const next = row < 0 ? firstAfter(lane, t) : row + 1
    /** @type {Inspection["rows"]} */
    const rows = [["now", words(row)]]
    if (row >= 0) rows.push(["for", seconds((tasks.t1[row] - tasks.t0[row]) * run.tick.seconds)])
    if (next < laneEnd[lane + 1]) rows.push(["then", words(next)])
    return rows
  }
  /** @param {number} lane @param {number} t */
  const line = (lane, t) => {
    const { t: times, v } = busyIn([lane], working)
    const at = Math.min(BUCKETS - 1, Math.floor((t / Math.max(1, run.duration)) * BUCKETS))
    return { key: "busy", label: "busy", unit: "%", t: times, v, now: Math.round(v[at]), max: 100 }
  }
  /** @param {number} stage */
  const stageName = (stage) =>
    wafers
      ? shown.of_replicas > 1
        ? `each of ${shown.of_replicas} wafers`
        : "the wafer"
      : stages.length > 1
        ? `stage ${stage + 1}`
        : "each GPU"

  /** @param {string} name */
  const kindOf = (name) => kinds.indexOf(name)
  return {
    run,
    tasks,
    moves,
    lanes,
    kinds,
    nodes,
    layout,
    shown,
    looks,
    wafers,
    stages,
    used,
    computes,
    median: durations[durations.length >> 1] ?? run.duration,
    moving: indexIntervals(moves.t0, moves.t1),
    rowsOf,
    firstAfter,
    rowAt,
    lookAt,
    label,
    words,
    reason,
    carried,
    kindOf,
    stageName,
    curve: () => ({ label: wafers ? "wafers computing" : "GPUs computing", ...busyIn(computes, working) }),
    /** @param {number} lane */
    changes: (lane) => {
      const [row, end] = rowsOf(lane)
      return Array.from(tasks.t0.subarray(row, end))
    },
    /** @param {number} lane @param {number} t @returns {Inspection} */
    inspectLane(lane, t) {
      const { stage, name } = lanes[lane]
      const title = `${capital(stageName(stage))}: ${name}`
      return { title, state: words(rowAt(lane, t)), rows: inLane(lane, t), lines: [line(lane, t)] }
    },
    /** @param {number} node @param {number} t @returns {Inspection} */
    inspectNode(node, t) {
      const { name, kind } = nodes[node]
      const lane = this.laneOf(node)
      const here = [...this.moving.at(t)].filter((i) => moves.t0[i] <= t && t < moves.t1[i])
      /** @type {Inspection["rows"]} */
      const both = [
        ["receives", bytes(here.find((i) => moves.to[i] === node))],
        ["sends", bytes(here.find((i) => moves.from[i] === node))],
      ]
      const rows = both.filter(([, text]) => text)
      const state = lane === null ? (rows[0]?.join(" ") ?? "nothing moves") : words(rowAt(lane, t))
      return {
        title: capital(name),
        state,
        rows: [...(lane === null ? [] : inLane(lane, t)), ...rows],
        lines: lane === null || kind === "replica" ? [] : [line(lane, t)],
      }
    },
    /**
     * The lane that shows what a node does, null for the switch.
     * @param {number} node
     */
    laneOf(node) {
      const { kind } = nodes[node]
      if (kind === "switch") return null
      if (kind === "memory") return lanes.findIndex(({ name }) => name === "MemoryX")
      return kind === "stage" ? stages[node].lanes[0].lane : computes[0]
    },
    /** @param {number} t */
    describe(t) {
      if (t >= run.duration) return "The step is done."
      const states = computes.map((lane) => lookAt(lane, t))
      const moving = [...this.moving.at(t)].filter((i) => moves.t0[i] <= t && t < moves.t1[i])
      const kindsNow = new Set(moving.map((i) => kinds[moves.kind[i]]))
      if (wafers) {
        const parts = [`${capital(stageName(0))} ${verb(words(rowAt(computes[0], t)))}`]
        if (kindsNow.has("stream weights")) parts.push("weights of the next layer stream in")
        if (kindsNow.has("stream gradients")) parts.push("gradients are added up on the way to MemoryX")
        return `${parts.join("; ")}.`
      }
      if (stages.length === 1) {
        const parts = [`${capital(stageName(0))} ${verb(words(rowAt(computes[0], t)))}`]
        if (kindsNow.has("data-parallel communication")) parts.push("chunks go round the ring of replicas")
        return `${parts.join("; ")}.`
      }
      /** @param {string} look */
      const count = (look) => states.filter((state) => state === look).length
      const said = [
        ["forward", "forward"],
        ["backward", "backward"],
        ["recompute", "computing again"],
        ["optimiser", "updating weights"],
        ["wait", "waiting"],
      ]
        .map(([look, word]) => [count(look), word])
        .filter(([n]) => n)
        .map(([n, word]) => `${n} ${word}`)
      const ring = kindsNow.has("data-parallel communication") ? " Gradients go round the ring of replicas." : ""
      const some = shown.stages < shown.of_stages ? " drawn" : ""
      return `Of ${computes.length} stages${some}, ${said.join(", ") || "none works"}.${ring}`
    },
  }

  /** @param {number | undefined} move */
  function bytes(move) {
    if (move === undefined) return ""
    const size = moves.bytes[move]
    const [scale, unit] = SIZES.find(([least]) => size >= least) ?? [1, "B"]
    const what = carried(move)
    return `${Number((size / scale).toPrecision(3))} ${unit}${what === null ? "" : `, micro-batch ${what}`}`
  }
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
