// A training step as its renderer asks for it: lanes of tasks, nodes, and what moves between them. No words, no canvas, no DOM.

import { indexIntervals } from "../../kit/intervals.js"

/**
 * @import { Look, ScalingRun } from "./types"
 * @typedef {ReturnType<typeof createModel>} Model
 */

const NONE = 65535
const BUCKETS = 160
/**
 * What each kind of work looks like.
 * @type {Record<string, Look>}
 */
const LOOKS = {
  forward: "forward",
  backward: "backward",
  recompute: "recompute",
  tensor: "fabric",
  expert: "fabric",
  context: "fabric",
  pipeline: "fabric",
  data: "fabric",
  optimiser: "optimiser",
  wait: "wait",
  weights: "fabric",
  gradients: "fabric",
}

/** @param {ScalingRun} run */
export function createModel(run) {
  const { tasks, moves } = run.tables
  const { lanes, kinds, nodes, layout, shown } = run.meta
  const looks = kinds.map((kind) => LOOKS[kind] ?? "host")
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
    return row < 0 ? null : looks[tasks.kind[row]]
  }

  // Layers and micro-batches count from 1 in all that is shown; null where a task has none.
  /** @param {number} value */
  const number = (value) => (value === NONE ? null : value + 1)
  /** @param {number} row */
  const layerOf = (row) => number(tasks.layer[row])
  /** @param {number} row */
  const batchOf = (row) => number(tasks.microbatch[row])

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
    return row === undefined ? null : batchOf(row)
  }

  const computes = lanes.map((_, lane) => lane).filter((lane) => isCompute[lane] && used[lane])
  /**
   * Percentage of the time in which some lanes are at work, for the curve behind the time bar and the inspector.
   * @param {number[]} chosen
   */
  const busy = (chosen) => {
    const width = run.duration / BUCKETS || 1
    const times = new Float64Array(BUCKETS)
    for (const lane of chosen) {
      for (let [row, end] = rowsOf(lane); row < end; row++) {
        if (looks[tasks.kind[row]] === "wait") continue
        for (let b = Math.floor(tasks.t0[row] / width); b < BUCKETS && b * width < tasks.t1[row]; b++) {
          times[b] += Math.min(tasks.t1[row], (b + 1) * width) - Math.max(tasks.t0[row], b * width)
        }
      }
    }
    const t = Array.from(times, (_, b) => Math.round(b * width))
    return { t, v: Array.from(times, (time) => (100 * time) / (width * chosen.length)) }
  }

  const durations = []
  for (const lane of computes)
    for (let [row, end] = rowsOf(lane); row < end; row++)
      if (looks[tasks.kind[row]] !== "wait") durations.push(tasks.t1[row] - tasks.t0[row])
  durations.sort((a, b) => a - b)

  const moving = indexIntervals(moves.t0, moves.t1)

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
    rowsOf,
    firstAfter,
    rowAt,
    lookAt,
    layerOf,
    batchOf,
    reason,
    carried,
    busy,
    /** @param {string} name */
    kindOf: (name) => kinds.indexOf(name),
    /**
     * Moves under way at t.
     * @param {number} t
     */
    inFlight: (t) => [...moving.at(t)].filter((i) => moves.t0[i] <= t && t < moves.t1[i]),
    /** @param {number} lane */
    changes: (lane) => {
      const [row, end] = rowsOf(lane)
      return Array.from(tasks.t0.subarray(row, end))
    },
    /**
     * The lane that shows what a node does, null for the switch.
     * @param {number} node
     */
    laneOf(node) {
      const { kind } = nodes[node]
      if (kind === "switch") return null
      if (kind === "memory") return lanes.findIndex(({ name }) => name === "memory")
      return kind === "stage" ? stages[node].lanes[0].lane : computes[0]
    },
  }
}
