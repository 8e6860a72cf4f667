// What the renderers of memory, scaling and planner draw: where, in which paint, at chosen instants.

import assert from "node:assert/strict"
import { test } from "node:test"
import { create as memory } from "../../viz/client/scenes/memory/renderer.js"
import { cellBox, drawLane, layOut } from "../../viz/client/scenes/planner/calendar.js"
import { createModel as planned } from "../../viz/client/scenes/planner/model.js"
import { createModel as scaled } from "../../viz/client/scenes/scaling/model.js"
import { create as scaling } from "../../viz/client/scenes/scaling/renderer.js"
import { describe, doing, label } from "../../viz/client/scenes/scaling/words.js"
import { middles, recorder, theme, view, withoutBrowser } from "./recorder.mjs"

/**
 * @import { View } from "../../viz/client/kit/types"
 * @import { Drawn } from "./recorder.mjs"
 */

withoutBrowser()
/** @param {number} a @param {number} b @param {string} what */
const near = (a, b, what) => assert.ok(Math.abs(a - b) < 1e-3, `${what}: ${a} is not ${b}`)
/** @param {Drawn[]} drawn */
const texts = (drawn) => drawn.filter(({ op }) => op === "fillText").map(({ args }) => args[0])

// ------------------------------------------------------------------ memory

// Two machines, of which the second has a tenth of the bandwidth and a hundred times the round trip.
/** @param {string} name @param {number} latency_s @param {number} bandwidth_bytes_per_s @param {number} time_s */
const machine = (name, latency_s, bandwidth_bytes_per_s, time_s) => ({
  name,
  label: name,
  unit: "PE",
  n_units: 1000,
  home: "sram",
  n_requests: 2,
  time_s,
  exchange_s: 0,
  travel_s: latency_s / 4,
  flop: 1,
  bound: "latency",
  request_bytes: 128,
  requests_per_row: 1,
  levels: [
    { name: "register", label: "registers", latency_s: 1e-9 },
    {
      name: "sram",
      label: "sram",
      latency_s,
      bandwidth_bytes_per_s,
      sheet_bytes_per_s: 2 * bandwidth_bytes_per_s,
      capacity_bytes: 1e9,
      bytes: 5,
    },
  ],
})
/** @type {any} */
const race = {
  duration: 200,
  tick: { unit: "ns", seconds: 1e-9 },
  meta: { n_shown: 2, slow_down: 1e7, machines: [machine("A", 2e-9, 2e13, 40e-9), machine("B", 200e-9, 2e12, 900e-9)] },
  tables: {
    requests: {
      rows: 3,
      machine: [0, 1, 1],
      unit: [0, 0, 1],
      t0: [0, 0, 0],
      tp: [1, 100, 60],
      t1: [2, 200, 160],
      n: [1, 1, 1],
    },
    compute: { rows: 3, machine: [0, 0, 1], unit: [0, 1, 1], kind: [2, 2, 4], t0: [2, 2, 0], t1: [40, 3, 200] },
    pipe: {
      rows: 4,
      machine: [0, 0, 1, 1],
      t: [100, 200, 100, 200],
      busy: [0.5, 0.25, 0.5, 0.5],
      computing: [0.02, 0, 0, 0],
      in_flight: [3, 1, 2, 2],
    },
  },
}
race.meta.machines[0].request_bytes *= 150 // so that a request of B is one dot
/** @param {number} t @param {Partial<View>} [more] */
const racing = (t, more) => {
  const ctx = recorder()
  const renderer = memory(race)
  renderer.draw(ctx, t, view(1000, 480, more))
  const [
    {
      args: [ground],
    },
  ] = ctx.drawn.filter(({ op }) => op === "drawImage")
  return { drawn: ctx.drawn, ground: /** @type {Drawn[]} */ (ground.ctx.drawn), renderer }
}

test("memory: data come back from the memory to the unit at an even pace", () => {
  const { renderer } = racing(0)
  const far = renderer.place(5) // the memory of B
  /** @param {number} t */
  const data = (t) =>
    racing(t)
      .drawn.filter(
        ({ op, fillStyle, path }) => op === "fill" && fillStyle === "memory" && path.every(([name]) => name === "rect"),
      )
      .flatMap(({ path }) => middles(path))
  const [first, ...others] = data(100) // the reply of unit 0 sets out; that of unit 1 is under way since 60
  assert.equal(others.length, 1)
  near(first[0], far.x - 4, "where it sets out")
  const [[half]] = data(150)
  const [[end]] = data(199.999999)
  near(half - end, first[0] - half, "half of the way in half of the time")
  assert.equal(data(160).length, 1)
  assert.equal(data(200).length, 0)
})

test("memory: requests go out, then wait at the end of the pipe", () => {
  const { renderer } = racing(0)
  const far = renderer.place(5)
  /** @param {number} t */
  const rings = (t) =>
    racing(t)
      .drawn.filter(({ op, fillStyle, path }) => op === "fill" && fillStyle === "card" && path.length)
      .flatMap(({ path }) => middles(path))
  const out = rings(25)
  assert.equal(out.length, 2)
  const start = rings(0.000001)[0][0]
  near(out[0][0] - start, (far.x - 4 - start) / 2, "halfway to the memory after half of its travel")
  assert.ok(rings(55).every(([x]) => x > far.x - 20 && x < far.x))
})

test("memory: a unit that computes fills as far as it has computed of late, one that has finished is empty", () => {
  const { drawn, renderer } = racing(20)
  /** @param {Drawn[]} list */
  const bars = (list) =>
    list.filter(({ op, fillStyle }) => op === "fillRect" && fillStyle === "compute").map(({ args }) => args)
  const box = renderer.place(0)
  assert.deepEqual(bars(drawn), [[box.x, box.y, box.width, box.height]]) // unit 1 has not computed in the last 4 ticks
  assert.deepEqual(bars(racing(40).drawn), [])
})

test("memory: a pipe is as high as the logarithm of its bandwidth, and as long as its round trip", () => {
  const { ground, renderer } = racing(0)
  const heights = ground
    .filter(({ op, fillStyle }) => op === "fill" && fillStyle === "memorySoft")
    .map(({ path }) => {
      const ends = path.filter(([name]) => name === "lineTo").map(([, , y]) => y)
      return Math.max(...ends) - Math.min(...ends)
    })
  // No height at 10^10.6 B/s, and as much for every decade above it.
  near(heights[0] / heights[1], (Math.log10(2e13) - 10.6) / (Math.log10(2e12) - 10.6), "two pipes")
  const start = renderer.place(0).x + renderer.place(0).width + 6
  const { renderer: straight } = racing(0, { overlays: new Set(["distance"]) })
  near((straight.place(4).x - start) / (straight.place(5).x - start), 2 / 200, "in true proportion")
  assert.ok(renderer.place(4).x > straight.place(4).x)
})

test("memory: it says how much is done, and when it has finished after how long", () => {
  assert.ok(texts(racing(45).drawn).includes("40 ns"))
  assert.ok(texts(racing(45).drawn).includes("and all the work is done"))
  for (const text of ["25 %", "of the work done"]) assert.ok(texts(racing(160).drawn).includes(text))
})

// ------------------------------------------------------------------ scaling

// Two stages: F1 and F2 on stage 1, B1 on stage 2, a wait between; a micro-batch goes on from 10 to 20.
const NONE = 65535
/** @type {any} */
const step = {
  duration: 100,
  tick: { unit: "ms", seconds: 1e-3 },
  meta: {
    kinds: ["forward", "backward", "wait", "pipeline"],
    lanes: [
      { stage: 0, name: "compute" },
      { stage: 0, name: "pipeline" },
      { stage: 1, name: "compute" },
      { stage: 1, name: "pipeline" },
    ],
    nodes: [
      { kind: "stage", name: "stage 1" },
      { kind: "stage", name: "stage 2" },
    ],
    layout: {},
    shown: { stages: 2, of_stages: 2, of_replicas: 1 },
  },
  tables: {
    tasks: {
      rows: 5,
      lane: [0, 0, 1, 2, 2],
      kind: [0, 0, 3, 2, 1],
      t0: Uint32Array.of(0, 20, 10, 0, 20),
      t1: Uint32Array.of(10, 40, 20, 20, 60),
      microbatch: [0, 1, 0, NONE, 0],
      layer: [0, 0, NONE, NONE, 0],
    },
    moves: { rows: 1, from: [0], to: [1], kind: [3], t0: [10], t1: [20], bytes: [2.5e6] },
  },
}

test("scaling: a task holds from its first tick up to its last, not at its end", () => {
  const model = scaled(step)
  assert.deepEqual(
    [0, 9.9, 10, 15, 20, 39, 40].map((t) => model.rowAt(0, t)),
    [0, 0, -1, -1, 1, 1, -1],
  )
  assert.deepEqual(
    [0, 19, 20, 59, 60].map((t) => model.lookAt(2, t)),
    ["wait", "wait", "backward", "backward", null],
  )
})

test("scaling: tasks are named by kind and micro-batch, waiting by its reason", () => {
  const model = scaled(step)
  assert.deepEqual(
    [0, 1, 4].map((row) => label(model, row)),
    ["F1", "F2", "B1"],
  )
  assert.deepEqual(
    [0, 1, 2, 4].map((row) => doing(model, row)),
    [
      "computes forward, micro-batch 1",
      "computes forward, micro-batch 2",
      "sends activations on, micro-batch 1",
      "computes backward, micro-batch 1",
    ],
  )
  assert.equal(doing(model, 3), "waits: a bubble")
  assert.equal(doing(model, -1), "is idle")
})

test("scaling: a box is as long as its task, in the paint of its work", () => {
  const ctx = recorder()
  scaling(step).draw(ctx, 50, view(1000, 400))
  /** @param {string} paint */
  const boxes = (paint) =>
    ctx.drawn
      .filter(
        ({ op, fillStyle, path }) =>
          op === "fill" &&
          fillStyle === paint &&
          path.length &&
          path.every(([name]) => name === "roundRect" || name === "rect"),
      )
      .flatMap(({ path }) => path)
  const forward = boxes("compute").filter(([, , , width]) => width > 20)
  assert.equal(forward.length, 2)
  const [[, x1, , w1], [, x2, , w2]] = forward
  const scale = (x2 - x1) / 20 // F2 begins 20 ticks after F1
  near(w1, 10 * scale - 1.2, "ten ticks, but for the gap")
  near(w2, 20 * scale - 1.2, "twenty ticks, but for the gap")
  const backward = boxes("computeSoft").filter(([, , , width]) => width > 40 * scale - 2)
  near(backward[0][1], x1 + 20 * scale, "B1 begins at 20")
  assert.ok(texts(ctx.drawn).includes("F2"))
})

test("scaling: a micro-batch is on its way between its stages in proportion to the time", () => {
  /** @param {number} t */
  const at = (t) => {
    const ctx = recorder()
    const renderer = scaling(step)
    renderer.draw(ctx, t, view(1000, 400))
    const dots = ctx.drawn
      .filter(({ op, path }) => op === "fill" && path.some(([name]) => name === "arc"))
      .flatMap(({ path }) => middles(path))
    const [from, to] = [4, 5].map((id) => renderer.place(id)).map(({ x, width }) => x + width / 2)
    return dots.map(([x]) => (x - from) / (to - from))
  }
  assert.ok(
    at(12.5).some((share) => Math.abs(share - 0.25) < 1e-9),
    `${at(12.5)}`,
  )
  assert.ok(!at(20).some((share) => share > 0.01 && share < 0.99), `${at(20)}`)
})

test("scaling: the sentence counts what the stages do", () => {
  const model = scaled(step)
  assert.equal(describe(model, 5), "Of 2 stages, 1 forward, 1 waiting.")
  assert.equal(describe(model, 100), "The step is done.")
})

// ------------------------------------------------------------------ planner

/** @param {Record<string, number[]>} columns */
const table = (columns) => ({ rows: Object.values(columns)[0].length, ...columns })
// An hour in the queue, a day of training in which an hour is lost to a failure, and the rest.
/** @type {any} */
const training = {
  duration: 2940,
  tick: { unit: "min", seconds: 60 },
  meta: {
    kinds: ["queue", "training", "lost_work", "restart"],
    lanes: [{ device: "boxes", n_devices: 2, checkpoint_hours: 12, checkpoint_stride: 1 }],
  },
  tables: {
    phases: table({
      lane: [0, 0, 0, 0, 0],
      kind: [0, 1, 2, 3, 1],
      t0: [0, 60, 1380, 1440, 1500],
      t1: [60, 1380, 1440, 1500, 2940],
    }),
    checkpoints: table({ lane: [0], t0: [1370], t1: [1380] }),
    failures: table({ lane: [0], t0: [1440], t1: [1500], lost: [1] }),
    futures: table({ lane: [0], days: [2940 / 1440], interruptions: [1] }),
  },
}

test("planner: what happens lies in its cells, and the level rises with the share that is done", () => {
  const model = planned(training)
  const layout = layOut(view(1000, 480), model)
  assert.equal(layout.unit.name, "hour")
  const ctx = recorder()
  drawLane(ctx, model.lanes[0], layout, 0, theme, { lost: "lost", unnoticed: "unnoticed" })
  const first = cellBox(layout, 0, 0)
  const grounds = ctx.drawn.filter(({ op }) => op === "fillRect")
  assert.deepEqual(grounds[0].args, [first.x, first.y, first.width, first.height])
  assert.equal(grounds[0].fillStyle, "fabricSoft")
  const lost = grounds.filter(({ fillStyle }) => fillStyle === "lost").map(({ args }) => args)
  const cell = cellBox(layout, 0, 23) // ticks 1380 to 1440
  assert.equal(lost.length, 1)
  ;[cell.x, cell.y, cell.width, cell.height].forEach((value, k) => near(lost[0][k], value, "the hour that is lost"))
  // The cell in which training goes from 60 to 120: from nothing to 60 of 2,760 minutes.
  const second = cellBox(layout, 0, 1)
  const rise = ctx.drawn.find(
    ({ op, fillStyle, path }) => op === "fill" && fillStyle === "compute" && Math.abs(path[0][1] - second.x) < 1e-9,
  )
  assert.ok(rise)
  near(rise.path[1][2], second.y + second.height, "where the level begins")
  near(rise.path[2][2], second.y + second.height * (1 - 60 / 2760), "where it ends")
})

test("planner: a failure is a triangle at its moment", () => {
  const model = planned(training)
  const layout = layOut(view(1000, 480), model)
  const ctx = recorder()
  drawLane(ctx, model.lanes[0], layout, 0, theme, { lost: "lost", unnoticed: "unnoticed" })
  const [mark] = ctx.drawn.filter(({ op, fillStyle }) => op === "fill" && fillStyle === "danger")
  near(mark.path[0][1], cellBox(layout, 0, 24).x, "the beginning of its hour")
})
