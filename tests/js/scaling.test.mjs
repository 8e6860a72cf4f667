import assert from "node:assert/strict"
import { test } from "node:test"
import { speak } from "../../viz/client/kit/language.js"
import { boxOf, layOut, windowAt } from "../../viz/client/scenes/scaling/layout.js"
import { createModel } from "../../viz/client/scenes/scaling/model.js"
import { create } from "../../viz/client/scenes/scaling/renderer.js"
import {
  curve,
  describe,
  doing,
  inspectLane,
  inspectNode,
  label,
  longLabel,
} from "../../viz/client/scenes/scaling/words.js"
import { recorder, theme, withoutBrowser } from "./recorder.mjs"
import { texts } from "./texts.mjs"

withoutBrowser()

/** @param {number} n_stages @returns {any} */
const model = (n_stages, wafers = false) => ({
  run: { duration: 10000 },
  median: 20,
  wafers,
  stages: Array.from({ length: n_stages }, (_, stage) => ({
    stage,
    lanes: ["compute", "tensor", "pipeline", "data"].map((name, k) => ({
      lane: 5 * stage + k,
      name,
    })),
  })),
  nodes: wafers
    ? [{ kind: "memory" }, { kind: "switch" }, ...Array(16).fill({ kind: "wafer" })]
    : [...Array(n_stages).fill({ kind: "stage" }), ...Array(8).fill({ kind: "replica" })],
})

test("the part of the step that is shown holds the present and stays within the step", () => {
  const { timeline } = layOut({ width: 700, height: 200, theme: { textScale: 1 } }, model(6))
  assert.ok(timeline.window < 10000)
  for (let t = 0; t <= 10000; t += 100) {
    const [from, to] = windowAt(timeline, 10000, t)
    assert.ok(from >= 0 && from <= t && t <= to && to <= 10000 + 1e-9)
  }
})

test("rows and nodes lie on the stage, whatever its size and the number of stages", () => {
  for (const [width, height] of [
    [700, 168],
    [1240, 570],
    [360, 320],
    [853, 300],
  ]) {
    for (const textScale of [1, 1.3]) {
      for (const one of [model(1), model(12), model(64), model(1, true)]) {
        const { timeline, nodes } = layOut({ width, height, theme: { textScale } }, one)
        for (const row of timeline.rows) assert.ok(row.y >= 0 && row.y + row.height <= height)
        for (const { x, y, side, hidden } of nodes.nodes)
          assert.ok(
            hidden || (x - side / 2 >= 0 && x + side / 2 <= width && y - side / 2 >= 0 && y + side / 2 <= height),
          )
      }
    }
  }
})

/** @param {any} found @param {Record<string, number>} expected */
const lies = (found, expected) => {
  for (const [name, value] of Object.entries(expected))
    assert.ok(Math.abs(found[name] - value) < 1e-9, `${name} is ${found[name]}, not ${value}`)
}
// On a stage of this size a length of the layout is as many pixels; 456 are the timeline's.
const STAGE = { width: 760, height: 300, theme: { textScale: 1 } }

test("the rows of the timeline are the lanes of each stage where there is room for all", () => {
  const { timeline, topology, s, wide } = layOut(STAGE, model(2))
  assert.deepEqual([s, wide, timeline.full, timeline.left, timeline.rows.length], [1, true, true, 96, 8])
  lies(timeline, { x: 0, width: 456, height: 300, span: 348, bottom: 248 + 23.4 })
  lies(timeline.overview, { y: 10, height: 10 })
  lies(topology, { x: 456, y: 0, width: 304, height: 300 })
  timeline.rows.forEach((row, k) => {
    lies(row, { y: 32 + 30 * k + (k < 4 ? 0 : 6), height: 23.4 })
    assert.deepEqual([row.first, row.stage, row.lane], [k % 4 === 0, k < 4 ? 0 : 1, k < 4 ? k : k + 1])
  })
  lies(layOut(STAGE, model(1)).timeline.rows[3], { y: 212, height: 46.8 }) // no row is higher than 60
  lies(layOut({ ...STAGE, height: 200 }, model(2)).timeline.rows[1], { y: 32 + 19.25 })
  lies(layOut({ ...STAGE, theme: { textScale: 2 } }, model(1)).timeline.rows[1], { y: 64 + 55 })
})

test("without room for all lanes a stage has two tracks, or one where even these are too thin", () => {
  const { timeline } = layOut(STAGE, model(6))
  assert.deepEqual([timeline.full, timeline.left, timeline.rows.length], [false, 56, 24])
  lies(timeline.rows[4], { y: 73, height: 24.6 })
  for (const thin of [5, 6, 7]) lies(timeline.rows[thin], { y: 73 + 25.83, height: 9.02, stage: 1 })
  assert.deepEqual(timeline.rows.slice(4, 6).map(({ first, thin, lane }) => [first, thin ?? false, lane]), [[true, false, 5], [false, true, 6]]) // prettier-ignore
  const many = layOut(STAGE, model(64)).timeline
  assert.equal(many.rows.length, 64)
  lies(many.rows[1], { y: 32 + 246 / 64, height: (0.8 * 246) / 64 })
})

test("the timeline shows the whole step where most of it fits, else so much that a task can carry its name", () => {
  /** @param {number} duration */
  const window = (duration) => layOut(STAGE, { ...model(6), run: { duration } }).timeline.window
  const fitting = (20 * 388) / 34
  lies({ short: window(300), long: window(1000), longest: window(10000) }, { short: 300, long: fitting, longest: 10000 / 14 }) // prettier-ignore
  assert.deepEqual(windowAt({ window: 100 }, 1000, 500), [460, 560])
  assert.deepEqual([windowAt({ window: 100 }, 1000, 10)[0], windowAt({ window: 100 }, 1000, 990)[0]], [0, 900])
  assert.deepEqual(windowAt({ window: 100 }, 50, 20), [0, 100])
})

test("on a narrow stage the topology stands under the timeline", () => {
  const { timeline, topology, wide } = layOut({ ...STAGE, width: 519 }, model(2))
  assert.equal(wide, false)
  lies(timeline, { x: 0, y: 0, width: 519, height: 150 })
  lies(topology, { x: 0, y: 150, width: 519, height: 150 })
  assert.equal(layOut({ ...STAGE, width: 520 }, model(2)).wide, true)
  assert.deepEqual([[1140, 900], [760, 400], [1520, 300]].map(([width, height]) => layOut({ ...STAGE, width, height }, model(2)).s), [1.5, 1, 1]) // prettier-ignore
})

test("stages are read like a text, and replicas stand on a ring under them", () => {
  const { nodes, pipe, ring } = layOut(STAGE, model(6)).nodes
  lies(pipe, { x: 456, y: 22, width: 304, height: 0.42 * 278 - 6 })
  lies(ring, { x: 456, y: 148.76, width: 304, height: 145.24, rx: 128, ry: 59.62 })
  const [pitch, side] = [284 / 6, (0.66 * 284) / 6]
  for (let k = 0; k < 6; k++) lies(nodes[k], { x: 466 + (k + 0.5) * pitch, y: 22 + 0.55 * 110.76, side })
  assert.equal(nodes.length, 14)
  lies(nodes[6], { x: 608, y: 148.76 + 72.62 - 59.62, side: 22 })
  lies(nodes[8], { x: 736, y: 148.76 + 72.62 })
  lies(nodes[12], { x: 480, y: 148.76 + 72.62 })
  const two = layOut(STAGE, model(12)).nodes.nodes
  lies(two[6], { x: 466 + 0.5 * pitch, y: 22 + 1.55 * 55.38, side: 27.69 })
})

test("a stage that is alone is not drawn, nor is a replica that is", () => {
  const { nodes, pipe, ring } = layOut(STAGE, model(1)).nodes
  assert.deepEqual([nodes[0].hidden, pipe], [true, null])
  lies(ring, { y: 14, height: 280, rx: 128, ry: 127 })
  const alone = { ...model(6), nodes: [...Array(6).fill({ kind: "stage" }), { kind: "replica" }] }
  const found = layOut(STAGE, alone).nodes
  assert.deepEqual([found.ring, found.nodes[6].hidden], [null, true])
  lies(found.pipe, { height: 272 })
})

test("wafers stand in rows under MemoryX and SwarmX, the last row in the middle", () => {
  const { nodes, pipe, ring } = layOut(STAGE, model(1, true)).nodes
  assert.deepEqual([nodes.length, pipe, ring], [18, null, null])
  lies(nodes[0], { x: 608, y: 29, side: 34, wide: 92 })
  lies(nodes[1], { x: 608, y: 119, side: 27.2, wide: 78 })
  const pitch = 110.6 / 3 // three rows of six hold the largest squares
  lies(nodes[2], { x: 608 - 2.5 * 48, y: 181.4 + 0.5 * pitch, side: 0.8 * pitch })
  lies(nodes[17], { x: 608 + 1.5 * 48, y: 181.4 + 2.5 * pitch })
  assert.deepEqual(boxOf(nodes[0]), { x: 562, y: 12, width: 92, height: 34 })
  assert.deepEqual(boxOf({ x: 10, y: 20, side: 6 }), { x: 7, y: 17, width: 6, height: 6 })
})

const NONE = 65535
/** A table of rows. @param {string[]} names @param {number[][]} rows @returns {any} */
const table = (names, rows) => ({
  rows: rows.length,
  ...Object.fromEntries(names.map((name, k) => [name, Uint32Array.from(rows, (row) => row[k])])),
})
const TASKS = ["lane", "kind", "t0", "t1", "microbatch", "layer"]
const MOVES = ["from", "to", "kind", "t0", "t1", "bytes"]
// Stage 1 works on two micro-batches and waits while it sends the first; stage 2 waits for it.
/** @type {any} */
const gpus = {
  duration: 320,
  tick: { unit: "ms", seconds: 1e-3 },
  meta: {
    kinds: ["forward", "backward", "wait", "pipeline", "data"],
    lanes: ["compute", "pipeline", "compute", "pipeline"].map((name, k) => ({ stage: k >> 1, name })),
    nodes: [
      { kind: "stage", name: "Stage 1" },
      { kind: "stage", name: "Stage 2" },
      { kind: "replica", name: "Replica 2" },
    ],
    layout: {},
    shown: { stages: 2, of_stages: 2, of_replicas: 1 },
  },
  tables: {
    tasks: table(TASKS, [
      [0, 0, 0, 20, 0, 0],
      [0, 2, 20, 30, NONE, NONE],
      [0, 0, 30, 40, 1, 0],
      [1, 3, 20, 30, 0, NONE],
      [2, 2, 0, 30, NONE, NONE],
      [2, 1, 30, 71, 0, 0],
    ]),
    moves: table(MOVES, [
      [0, 1, 3, 20, 30, 2.5e6],
      [1, 0, 4, 40, 50, 999],
    ]),
  },
}
/** @param {any} run @param {object} meta @returns {any} */
const but = (run, meta) => ({ ...run, meta: { ...run.meta, ...meta } })

test("stages have the lanes that are used, and a node shows the first of its stage", () => {
  const model = createModel(gpus)
  assert.deepEqual(
    model.stages.map(({ stage, lanes }) => [stage, lanes.map(({ lane, name }) => `${lane} ${name}`)]),
    [
      [0, ["0 compute", "1 pipeline"]],
      [1, ["2 compute"]],
    ],
  )
  assert.deepEqual([model.computes, model.used, model.median], [[0, 2], [true, true, true, false], 20])
  assert.deepEqual([0, 1, 2].map((node) => model.laneOf(node)), [0, 2, 0]) // prettier-ignore
  assert.deepEqual([model.changes(0), model.changes(3), model.kindOf("backward")], [[0, 20, 30], [], 1])
})

test("a move is under way from its first tick up to its last, and carries what was sent then", () => {
  const model = createModel(gpus)
  assert.deepEqual([19, 20, 29, 30, 40, 49, 50].map((t) => model.inFlight(t)), [[], [0], [0], [], [1], [1], []]) // prettier-ignore
  assert.deepEqual([model.carried(0), model.carried(1)], [1, null])
})

test("a stage waits for its own communication, else it is a bubble", () => {
  const model = createModel(gpus)
  assert.deepEqual([1, 4].map((row) => doing(model, row)), ["waits for communication", "waits: a bubble"]) // prettier-ignore
})

test("lanes at work are counted by time, waiting left out", () => {
  const model = createModel(gpus) // two ticks in each share
  const [one, both] = [model.busy([0]), model.busy([0, 2])]
  assert.deepEqual([0, 9, 10, 14, 15, 19, 20, 159].map((k) => one.v[k]), [100, 100, 0, 0, 100, 100, 0, 0]) // prettier-ignore
  assert.deepEqual([0, 12, 15, 25, 35, 36].map((k) => both.v[k]), [50, 0, 100, 50, 25, 0]) // prettier-ignore
  assert.deepEqual([one.t.length, one.t[0], one.t[159]], [160, 0, 318])
  assert.deepEqual(curve(model), { label: "GPUs computing", ...both })
})

test("the card of a lane says what it does, for how long, and what comes then", () => {
  const model = createModel(gpus)
  const { title, state, rows, lines } = inspectLane(model, 0, 5)
  assert.deepEqual([title, state], ["Stage 1: compute", "computes forward, micro-batch 1"])
  assert.deepEqual(rows, [
    ["now", "computes forward, micro-batch 1"],
    ["for", "20 ms"],
    ["then", "waits for communication"],
  ])
  const { t: _t, v: _v, ...line } = lines[0]
  assert.deepEqual(line, { key: "busy", label: "busy", unit: "%", now: 100, max: 100 })
  assert.deepEqual(inspectLane(model, 0, 35).rows.slice(1), [["for", "10 ms"]])
  assert.deepEqual(inspectLane(model, 0, 50).rows, [["now", "is idle"]])
  assert.deepEqual([25, 320].map((t) => inspectLane(model, 0, t).lines[0].now), [0, 0]) // prettier-ignore
  assert.deepEqual(inspectLane(model, 1, 5).rows, [
    ["now", "is idle"],
    ["then", "sends activations on, micro-batch 1"],
  ])
})

test("the card of a node says what it sends and receives", () => {
  const model = createModel(gpus)
  assert.deepEqual(inspectNode(model, 0, 25).rows.slice(2), [
    ["then", "computes forward, micro-batch 2"],
    ["sends", "2.5 MB, micro-batch 1"],
  ])
  const there = inspectNode(model, 1, 25)
  assert.deepEqual([there.title, there.state, there.lines.length], ["Stage 2", "waits: a bubble", 1])
  assert.deepEqual(there.rows.at(-1), ["receives", "2.5 MB, micro-batch 1"])
  assert.deepEqual(inspectNode(model, 0, 45).rows, [
    ["now", "is idle"],
    ["receives", "999 B"],
  ])
  assert.deepEqual(inspectNode(model, 2, 45).lines, [])
})

test("a sentence says what the stages do, which of them are drawn, and that chunks go round", () => {
  const said = (/** @type {any} */ run, /** @type {number} */ t) => describe(createModel(run), t)
  assert.equal(said(gpus, 45), "Of 2 stages, 1 backward. Chunks go round the ring of replicas.")
  assert.equal(said(gpus, 100), "Of 2 stages, none works.")
  assert.equal(said(but(gpus, { shown: { stages: 2, of_stages: 9, of_replicas: 1 } }), 5), "Of 2 stages drawn, 1 forward, 1 waiting.") // prettier-ignore
  const kinds = ["recompute", "optimiser", "wait", "host", "host"]
  assert.equal(said(but(gpus, { kinds }), 35), "Of 2 stages, 1 computing again, 1 updating weights.")
})

test("of one stage a sentence says what each GPU does, and layers are named", () => {
  const tables = {
    tasks: table(TASKS, [[0, 0, 0, 20, 1, 2], [0, 1, 20, 30, NONE, NONE]]), // prettier-ignore
    moves: table(MOVES, [[0, 1, 4, 0, 9, 1]]),
  }
  const model = createModel({ ...gpus, tables })
  assert.equal(describe(model, 5), "Each GPU computes forward, layer 3, micro-batch 2. Chunks go round the ring of replicas.") // prettier-ignore
  assert.equal(describe(model, 25), "Each GPU computes backward.")
  assert.equal(describe(model, 40), "Each GPU is idle.")
  const chunks = createModel(but(gpus, { layout: { interleave: 2 } }))
  assert.equal(doing(chunks, 0), "computes forward, chunk 1, micro-batch 1")
})

// Two wafers work on layer 1 while the weights of layer 2 come from MemoryX, and wait for the rest of them.
/** @type {any} */
const wafers = {
  ...gpus,
  meta: {
    kinds: ["forward", "weights", "gradients", "wait", "host"],
    lanes: ["compute", "memory"].map((name) => ({ stage: 0, name })),
    nodes: [
      { kind: "memory", name: "MemoryX" },
      { kind: "switch", name: "SwarmX" },
      { kind: "wafer", name: "Wafer 1" },
      { kind: "wafer", name: "Wafer 2" },
    ],
    layout: {},
    shown: { stages: 1, of_stages: 1, of_replicas: 2 },
  },
  tables: {
    tasks: table(TASKS, [
      [0, 0, 0, 10, NONE, 0],
      [0, 3, 10, 20, NONE, NONE],
      [0, 4, 20, 25, NONE, NONE],
      [1, 1, 0, 12, NONE, 1],
    ]),
    moves: table(MOVES, [
      [0, 1, 1, 0, 12, 1.2e9],
      [2, 1, 2, 5, 8, 4500],
    ]),
  },
}

test("of wafers a sentence says what each does and what streams", () => {
  const model = createModel(wafers)
  assert.deepEqual([6, 9, 15, 22, 30].map((t) => describe(model, t)), [
    "Each of 2 wafers computes forward, layer 1. Weights stream in as a layer needs them. Gradients are added up on the way to MemoryX.",
    "Each of 2 wafers computes forward, layer 1. Weights stream in as a layer needs them.",
    "Each of 2 wafers waits for communication.",
    "Each of 2 wafers works on the host.",
    "Each of 2 wafers is idle.",
  ]) // prettier-ignore
  const one = createModel(but(wafers, { shown: { stages: 1, of_stages: 1, of_replicas: 1 } }))
  assert.equal(describe(one, 30), "The wafer is idle.")
  assert.equal(curve(model).label, "wafers computing")
})

test("MemoryX shows its lane, SwarmX what passes it, a wafer what it computes", () => {
  const model = createModel(wafers)
  assert.deepEqual([0, 1, 2].map((node) => model.laneOf(node)), [1, null, 0]) // prettier-ignore
  const { title, state, rows, lines } = inspectNode(model, 1, 6)
  assert.deepEqual([title, state, rows, lines], ["SwarmX", "receives 1.2 GB", [["receives", "1.2 GB"]], []])
  assert.equal(inspectNode(model, 1, 30).state, "nothing moves")
  assert.deepEqual([inspectNode(model, 0, 6).title, inspectNode(model, 0, 6).state], ["MemoryX", "receives weights, layer 2"]) // prettier-ignore
  assert.deepEqual(inspectNode(model, 2, 6).rows.at(-1), ["sends", "4.5 kB"])
})

test("a task carries a letter and its number, or a short name", () => {
  const [here, there] = [createModel(gpus), createModel(wafers)]
  assert.deepEqual([0, 1, 2, 3].map((row) => label(here, row)), ["F1", "", "F2", ""]) // prettier-ignore
  assert.deepEqual([0, 1, 3].map((row) => longLabel(here, row)), ["F1", "", "PP"]) // prettier-ignore
  assert.deepEqual([0, 2, 3].map((row) => longLabel(there, row)), ["F1", "", "2"]) // prettier-ignore
})

const KINDS = ["forward", "backward", "recompute", "tensor", "pipeline", "data", "optimiser", "wait", "weights", "gradients", "host"] // prettier-ignore
const LANES = ["tensor", "pipeline", "data", "host", "weights", "gradients", "memory"]

/** Say about all that can be said of a step. @param {any} run */
function sayAll(run) {
  for (let turn = 0; turn < KINDS.length; turn++) {
    const kinds = [...KINDS.slice(turn), ...KINDS.slice(0, turn)]
    const model = createModel(but(run, { kinds }))
    for (let row = 0; row < model.tasks.rows; row++) longLabel(model, row)
    for (let t = 0; t <= 320; t += 10) {
      describe(model, t)
      for (let lane = 0; lane < model.lanes.length; lane++) inspectLane(model, lane, t)
      for (let node = 0; node < model.nodes.length; node++) inspectNode(model, node, t)
    }
  }
  const view = { width: 1000, height: 400, dpr: 1, theme, overlays: new Set() }
  for (let t = 0; t <= 320; t += 10) create(run).draw(recorder(), t, /** @type {any} */ (view))
  for (const name of LANES) inspectLane(createModel(but(run, { lanes: [run.meta.lanes[0], { stage: 0, name }] })), 1, 5)
}

test("all of it is said in every language: no text is missing, and none lacks a value", () => {
  const [stage, , replica] = gpus.meta.nodes
  const alone = {
    tasks: table(TASKS, [[0, 0, 0, 20, 1, 2], [0, 1, 20, 30, NONE, NONE], [1, 4, 0, 9, NONE, NONE]]), // prettier-ignore
    moves: table(MOVES, [[1, 2, 4, 0, 9, 1]]),
  }
  const runs = [gpus, wafers].flatMap((run) => [
    but(run, { layout: { interleave: 2 } }),
    but(run, { shown: { stages: 2, of_stages: 9, replicas: 2, of_replicas: 1000 } }),
  ])
  runs.push({ ...but(gpus, { nodes: [stage, replica, replica] }), tables: alone })
  /** @type {string[]} */
  const missing = []
  const { error } = console
  console.error = (text) => missing.push(text)
  for (const code of ["de", "fr", "en"]) {
    speak(code, texts(code))
    runs.forEach(sayAll)
  }
  console.error = error
  assert.deepEqual(missing, [])
})
