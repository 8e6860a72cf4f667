// What the renderers of the fabric draw: where, in which paint, at which cycle. Layouts are chosen so that numbers are round.

import assert from "node:assert/strict"
import { test } from "node:test"
import { createMesh } from "../../viz/client/scenes/fabric/mesh.js"
import {
  COMPUTING,
  DONE,
  IDLE,
  RECEIVING,
  SENDING,
  STALLED,
  createModel,
} from "../../viz/client/scenes/fabric/model.js"
import { describe } from "../../viz/client/scenes/fabric/words.js"
import { geometry } from "../../viz/client/scenes/fabric/pe.js"
import { middles, recorder, theme, withoutBrowser } from "./recorder.mjs"

/**
 * @import { View } from "../../viz/client/kit/types"
 * @import { Layout } from "../../viz/client/scenes/fabric/types"
 * @import { Drawn } from "./recorder.mjs"
 */

withoutBrowser()
const [NORTH, EAST, SOUTH, WEST, UP, DOWN] = [0, 1, 2, 3, 4, 5]

// 3 × 3 PEs; rows of wavelets are [cell, port, t0, n, color], of activity [cell, kind, t0, t1].
/**
 * @param {number[][]} wavelets
 * @param {number[][]} [activity]
 * @returns {any} a run
 */
const fabric = (wavelets, activity = [], extra = {}) => {
  /** @param {number[][]} rows @param {number} k @param {any} Type */
  const column = (rows, k, Type) => Type.from(rows, (/** @type {number[]} */ row) => row[k] ?? 0)
  return {
    duration: 40,
    meta: {
      width: 3,
      height: 3,
      ramp_latency: 3,
      programs: [["Send."]],
      colors: [
        { id: 0, name: "west" },
        { id: 1, name: "east, odd" },
        { id: 2, name: "down" },
      ],
      ...extra,
    },
    tables: {
      wavelets: {
        rows: wavelets.length,
        cell: column(wavelets, 0, Uint32Array),
        port: column(wavelets, 1, Uint8Array),
        t0: column(wavelets, 2, Uint32Array),
        n: column(wavelets, 3, Uint32Array),
        color: column(wavelets, 4, Uint8Array),
        value: new Uint32Array(wavelets.length).fill(0xffffffff),
      },
      activity: {
        rows: activity.length,
        op: new Uint8Array(activity.length),
        cell: column(activity, 0, Uint32Array),
        kind: column(activity, 1, Uint8Array),
        t0: column(activity, 2, Uint32Array),
        t1: column(activity, 3, Uint32Array),
      },
      routes: { rows: 0, cell: [] },
    },
  }
}
/** @param {number} pitch @returns {Layout} */
const layout = (pitch) => ({
  x: 10,
  y: 20,
  px: pitch,
  py: pitch,
  columns: 3,
  rows: 3,
  detail: pitch >= 44 ? "full" : "plain",
})
/** @type {View} */
const view = { width: 400, height: 400, dpr: 1, theme, overlays: new Set(), selected: null, hover: null }
/** @param {any} run @param {number} t @param {number} [pitch] @param {number|null} [selected] */
const draw = (run, t, pitch = 100, selected = null) => {
  const ctx = recorder()
  createMesh(run).draw(ctx, t, view, layout(pitch), selected, null)
  return ctx.drawn
}
/** @param {Drawn[]} drawn @param {string} paint */
const dots = (drawn, paint) =>
  drawn
    .filter(
      ({ op, fillStyle, path }) =>
        op === "fill" && fillStyle === paint && path.some(([name]) => name === "arc" || name === "lineTo"),
    )
    .flatMap(({ path }) => middles(path))
/** @param {number[][]} found @param {number[][]} expected */
const close = (found, expected) => {
  assert.equal(found.length, expected.length, JSON.stringify(found))
  found.forEach((point, i) =>
    point.forEach((value, k) => assert.ok(Math.abs(value - expected[i][k]) < 1e-9, JSON.stringify([found, expected]))),
  )
}

test("a wavelet is halfway over its link in its cycle, on the right of its direction of travel", () => {
  const g = geometry(layout(100), true)
  const hub = [10 + 150 + g.router, 20 + 150 + g.router] // the router of PE (1, 1)
  for (const [port, dx, dy] of [
    [NORTH, 0, -1],
    [EAST, 1, 0],
    [SOUTH, 0, 1],
    [WEST, -1, 0],
  ]) {
    const drawn = draw(fabric([[4, port, 7, 1]]), 7)
    close(dots(drawn, "fabric"), [[hub[0] + 50 * dx - g.lane * dy, hub[1] + 50 * dy + g.lane * dx]])
  }
})

test("a wavelet glides from router to router within its cycle and is gone after it", () => {
  const run = fabric([[4, EAST, 7, 1]])
  const g = geometry(layout(100), true)
  /** @param {number} t */
  const at = (t) => dots(draw(run, t), "fabric").map(([x]) => x - (160 + g.router))
  close([at(6.5)], [[0]])
  close([at(7.25)], [[75]])
  assert.deepEqual(at(6.25), [])
  assert.deepEqual(dots(draw(run, 8), "fabric").length, 0)
})

test("a link keeps a trail for four cycles after the last wavelet, fainter each time", () => {
  const run = fabric([[4, EAST, 7, 1]])
  /** @param {number} t */
  const trail = (t) =>
    draw(run, t)
      .filter(
        ({ op, fillStyle, path }) => op === "fill" && fillStyle === "fabric" && path.every(([name]) => name === "rect"),
      )
      .map(({ globalAlpha }) => globalAlpha)
  assert.deepEqual([8, 9, 10, 11, 12].map(trail), [[0.38], [0.24], [0.13], [0.06], []])
})

test("what waits at a port lies on the side of the link on which it came in", () => {
  // A wavelet enters PE (1, 1) from the west at cycle 5 and leaves to the east at cycle 9.
  const run = fabric([
    [3, EAST, 4, 1],
    [4, EAST, 9, 1],
    [4, WEST, 30, 1],
  ])
  const drawn = dots(draw(run, 7), "fabric")
  const g = geometry(layout(100), true)
  const hub = [160 + g.router, 170 + g.router]
  close(drawn, [[hub[0] - 0.16 * g.p, hub[1] + g.lane]])
})

test("flows differ by paint and by shape", () => {
  const run = fabric([
    [0, EAST, 7, 1, 0],
    [3, EAST, 7, 1, 1],
    [6, EAST, 7, 1, 2],
  ])
  /** @param {any[][]} path */
  const isTrail = (path) => path.length === 1 && path[0][0] === "rect" && Math.min(path[0][3], path[0][4]) < 6
  /** @param {any[][]} path */
  const shape = (path) =>
    path.some(([name]) => name === "arc") ? "circle" : path.some(([name]) => name === "lineTo") ? "diamond" : "square"
  const shapes = draw(run, 7).filter(
    ({ op, fillStyle, path }) => op === "fill" && ["fabric", "flow2", "flow3"].includes(fillStyle) && !isTrail(path),
  )
  assert.deepEqual(
    shapes.map(({ fillStyle, path }) => [fillStyle, shape(path)]),
    [
      ["fabric", "circle"],
      ["flow2", "diamond"],
      ["flow3", "square"],
    ],
  )
})

test("wavelets are on a ramp from their first cycle to their last, on the picture and in the count", () => {
  // Two wavelets go up from cycle 5; each takes 3 cycles.
  const run = fabric([[4, UP, 5, 2]])
  const model = createModel(run)
  const counts = [4, 5, 6, 7, 8, 9]
  assert.deepEqual(
    counts.map((cycle) => model.onRamps(cycle)),
    [0, 1, 2, 2, 1, 0],
  )
  assert.deepEqual(
    counts.map((cycle) => dots(draw(run, cycle), "fabric").length),
    [0, 1, 2, 2, 1, 0],
  )
  const g = geometry(layout(100), true)
  /** @param {number} cycle @param {number} k */
  const share = (cycle, k) => (cycle + 0.5 - 5 - k) / 3
  close(dots(draw(run, 8), "fabric"), [
    [0, 1].map((axis) => [160, 170][axis] + g.router + (g.element - g.router) * share(8, 1)),
  ])
  // Down, from the router to the compute element, the same way back.
  const down = dots(draw(fabric([[4, DOWN, 5, 1]]), 5), "fabric")
  close(down, [[0, 1].map((axis) => [160, 170][axis] + g.router + (g.element - g.router) * (1 - share(5, 0)))])
})

test("of operations that overlap on a PE the one that says most is shown", () => {
  const says = [COMPUTING, STALLED, SENDING, RECEIVING, IDLE] // in falling order
  for (let more = 0; more < says.length; more++) {
    for (let less = more + 1; less < says.length; less++) {
      for (const [first, second] of [
        [says[more], says[less]],
        [says[less], says[more]],
      ]) {
        const model = createModel(
          fabric(
            [],
            [
              [4, first, 2, 9],
              [4, second, 2, 9],
            ],
          ),
        )
        assert.equal(model.statesOf(5)[4], says[more])
        assert.equal(model.stateOf(4, 5), says[more])
      }
    }
  }
})

test("a state holds from its first cycle up to its last, and a PE without further work is done", () => {
  const model = createModel(
    fabric(
      [],
      [
        [4, SENDING, 2, 5],
        [4, STALLED, 7, 9],
      ],
    ),
  )
  assert.deepEqual(
    [1, 2, 4, 5, 6, 7, 8, 9].map((cycle) => model.statesOf(cycle)[4]),
    [IDLE, SENDING, SENDING, IDLE, IDLE, STALLED, STALLED, DONE],
  )
  assert.deepEqual([...model.changes(4)], [2, 5, 7, 9])
})

test("states are drawn on the boxes of their PEs, each in its paint", () => {
  const drawn = draw(
    fabric(
      [],
      [
        [0, COMPUTING, 2, 9],
        [5, COMPUTING, 2, 9],
        [8, SENDING, 2, 9],
      ],
    ),
    4,
    30,
  )
  const boxes = drawn
    .filter(({ op, fillStyle }) => op === "fill" && fillStyle === "compute")
    .flatMap(({ path }) => middles(path))
  close(boxes, [
    [25, 35],
    [85, 65],
  ])
  const edges = drawn
    .filter(({ op, strokeStyle }) => op === "stroke" && strokeStyle === "fabric")
    .flatMap(({ path }) => middles(path))
  close(edges, [[85, 95]])
})

test("a deadlock is drawn when the run has ended, as arrows from who waits to who is waited for", () => {
  const run = fabric([], [], { deadlock: [[0, 0, 2]] })
  /** @param {number} t */
  const heads = (t) =>
    draw(run, t)
      .filter(({ op, fillStyle }) => op === "fill" && fillStyle === "danger")
      .map(({ path }) => path[0])
  assert.deepEqual(heads(39), [])
  assert.deepEqual(heads(40), [["lineTo", 260, 70]])
  const lines = draw(run, 40)
    .filter(({ op, strokeStyle }) => op === "stroke" && strokeStyle === "danger")
    .map(({ path }) => path)
  assert.deepEqual(lines, [
    [
      ["moveTo", 60, 70],
      ["lineTo", 260, 70],
    ],
  ])
})

test("the PE that is selected has a ring of its own", () => {
  /** @param {number|null} selected */
  const ring = (selected) =>
    draw(fabric([]), 0, 100, selected).filter(({ op, strokeStyle }) => op === "stroke" && strokeStyle === "linear")
  assert.equal(ring(null).length, 0)
  const [{ path, lineWidth }] = ring(5)
  assert.equal(lineWidth, 3)
  close(middles(path), [[260, 170]])
})

test("a sentence counts what crosses links in a cycle, and what PEs do", () => {
  const model = createModel(
    fabric(
      [
        [0, EAST, 3, 2],
        [3, EAST, 4, 1],
      ],
      [
        [4, COMPUTING, 4, 6],
        [8, STALLED, 4, 6],
      ],
    ),
  )
  assert.equal(model.crossing(3), 1)
  assert.equal(describe(model, 4), "2 wavelets cross links, 1 PE computes and PE (2, 2) is stalled.")
  assert.equal(describe(model, 40), "The run has ended; every PE is idle.")
})
