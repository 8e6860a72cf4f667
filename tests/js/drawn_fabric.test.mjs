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
import { drawPath, staysOf } from "../../viz/client/scenes/fabric/path.js"
import { geometry } from "../../viz/client/scenes/fabric/pe.js"
import { labelled, outline, target } from "../../viz/client/scenes/fabric/signs.js"
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
      hop_latency: 1,
      ramp_latency: 3,
      operations: ["Send."],
      programs: [[0]],
      colors: [
        { id: 0, role: "west", name: "west" },
        { id: 1, role: "east", name: "east, odd" },
        { id: 2, role: "down", name: "down" },
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

test("a wavelet crosses a link in as many cycles as a hop takes, on the picture and in the count", () => {
  // Two wavelets go east from cycle 5; each takes 2 cycles.
  const run = fabric([[3, EAST, 5, 2]], [], { hop_latency: 2 })
  const model = createModel(run)
  const counts = [4, 5, 6, 7, 8]
  assert.deepEqual(
    counts.map((cycle) => model.crossing(cycle)),
    [0, 1, 2, 1, 0],
  )
  assert.deepEqual(
    counts.map((cycle) => dots(draw(run, cycle), "fabric").length),
    [0, 1, 2, 1, 0],
  )
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

test("lanes are two where a link is used both ways", () => {
  /** @param {number[][]} wavelets */
  const duplex = (...wavelets) => createModel(fabric(wavelets.map(([cell, port]) => [cell, port, 1, 1]))).duplex
  assert.equal(duplex([0, EAST], [1, WEST]), true)
  assert.equal(duplex([1, SOUTH], [4, NORTH]), true)
  assert.equal(duplex([0, EAST], [1, EAST]), false)
  assert.equal(duplex([0, EAST], [4, WEST]), false)
  assert.equal(duplex([1, SOUTH], [5, NORTH]), false)
  assert.equal(duplex([2, EAST], [3, WEST]), false) // the end of a row is not next to the beginning of the next
})

test("long operations hold from their first cycle up to their last, too", () => {
  const model = createModel(fabric([], [[4, SENDING, 2, 50], [4, STALLED, 60, 90]])) // prettier-ignore
  const cycles = [1, 2, 49, 50, 59, 60, 89, 90]
  const expected = [IDLE, SENDING, SENDING, IDLE, IDLE, STALLED, STALLED, DONE]
  assert.deepEqual(cycles.map((cycle) => model.statesOf(cycle)[4]), expected) // prettier-ignore
  assert.deepEqual(cycles.map((cycle) => model.stateOf(4, cycle)), expected) // prettier-ignore
  assert.deepEqual([model.operation(4, 2), model.operation(4, 50), model.sentence(-1)], [0, -1, undefined])
})

test("a link counts each of its wavelets once, and ramps are counted for themselves", () => {
  const model = createModel(fabric([[4, EAST, 5, 3], [4, UP, 6, 1]])) // prettier-ignore
  assert.deepEqual([4, 5, 6, 7, 8].map((cycle) => model.crossing(cycle)), [0, 1, 1, 1, 0]) // prettier-ignore
  assert.deepEqual([5, 6, 8, 9].map((cycle) => model.onRamps(cycle)), [0, 1, 1, 0]) // prettier-ignore
})

test("a run without its wavelets has no such model", () => {
  const { wavelets, activity, ...rest } = fabric([]).tables
  assert.throws(() => createModel({ ...fabric([]), tables: { ...rest, activity } }), /does not hold every wavelet/)
  assert.throws(() => createModel({ ...fabric([]), tables: { ...rest, wavelets } }), /does not hold every wavelet/)
})

// The path comes to PE (1, 0), stays there for twenty cycles, and goes on to PE (1, 1).
const path = /** @type {any} */ ({
  rows: 5,
  t0: [0, 5, 6, 26, 27],
  t1: [5, 6, 26, 27, 32],
  source: [0, 0, 1, 1, 4],
  cell: [0, 1, 1, 4, 4],
  part: [1, 0, 2, 0, 3],
})
/** @param {any} path @param {number} t */
const drawnPath = (path, t) => {
  const ctx = recorder()
  drawPath(ctx, path, staysOf(path), layout(100), -10, t, /** @type {any} */ (theme))
  return ctx.drawn
}

test("the path is strong as far as it has come, and a ring is the larger the longer it stays", () => {
  const drawn = drawnPath(path, 16)
  const lines = drawn.filter(({ op, path: [[name]] = [[]] }) => op === "stroke" && name === "moveTo")
  const [ahead, been] = [
    [["moveTo", 150, 60], ["lineTo", 150, 160]],
    [["moveTo", 50, 60], ["lineTo", 150, 60]],
  ] // prettier-ignore
  assert.deepEqual(
    lines.map(({ path, strokeStyle, lineWidth, globalAlpha }) => [path, strokeStyle, lineWidth, globalAlpha]),
    [
      [ahead, "card", 11, 0.35],
      [ahead, "ink", 5, 0.35],
      [been, "card", 11, 1],
      [been, "ink", 5, 1],
    ],
  )
  const rings = drawn.filter(({ op, strokeStyle, path: [[name]] = [[]] }) => op === "stroke" && name === "arc" && strokeStyle === "ink") // prettier-ignore
  assert.deepEqual(
    rings.map(({ path: [[, x, y, r]], lineWidth, globalAlpha }) => [x, y, r, lineWidth, globalAlpha]),
    [
      [50, 60, 13, 3.5, 1],
      [150, 60, 26, 3.5, 1],
      [150, 160, 13, 3.5, 0.35],
    ],
  )
})

test("where the path is now it names what it waits for, on the side where there is room", () => {
  /** @param {any} path @param {number} t */
  const head = (path, t) => {
    const drawn = drawnPath(path, t)
    const [dot] = drawn.filter(({ op, fillStyle }) => op === "fill" && fillStyle === "linear")
    const [ground, words] = drawn.slice(-2)
    assert.deepEqual([ground.fillStyle, words.fillStyle, words.font], ["ink", "card", "600 12px sans-serif"])
    return [dot.path[0].slice(1, 4), ground.path[0].slice(1), words.args]
  }
  assert.deepEqual(head(path, 16), [[150, 60, 13], [171, 50, 44, 20, 6], ["depth", 178, 60.5]]) // prettier-ignore
  assert.deepEqual(head(path, 5.25), [[75, 60, 13], [96, 50, 62, 20, 6], ["distance", 103, 60.5]]) // prettier-ignore
  const edge = /** @type {any} */ ({ rows: 1, t0: [0], t1: [10], source: [2], cell: [2], part: [2] })
  assert.deepEqual(head(edge, 4), [[250, 60, 13], [185, 50, 44, 20, 6], ["depth", 192, 60.5]]) // prettier-ignore
  assert.deepEqual(head(path, 99)[0], [150, 160, 6.5])
})

test("a window has an outline on a pale ground, and what is selected a target", () => {
  const ctx = recorder()
  outline(ctx, layout(100), { x: 1, y: 0, columns: 2, rows: 3 }, "ink", theme)
  target(ctx, { x: 100, y: 50, width: 40, height: 20 }, theme)
  const [ground, line, cross] = ctx.drawn
  assert.deepEqual([ground, line].map(({ args, strokeStyle, lineWidth }) => [args, strokeStyle, lineWidth]), [
    [[109, 19, 202, 302], "card", 3.5],
    [[109, 19, 202, 302], "ink", 1.5],
  ]) // prettier-ignore
  assert.deepEqual([cross.strokeStyle, cross.lineWidth], ["linear", 2.5])
  assert.deepEqual(cross.path, [
    ["arc", 120, 60, 8, 0, 7],
    ["moveTo", 128, 60],
    ["lineTo", 136, 60],
    ["moveTo", 112, 60],
    ["lineTo", 104, 60],
    ["moveTo", 120, 68],
    ["lineTo", 120, 76],
    ["moveTo", 120, 52],
    ["lineTo", 120, 44],
  ])
  const box = { x: 100, y: 40, width: 320, height: 300 }
  assert.deepEqual(labelled(box, { theme: { textScale: 2 } }), { x: 32, y: 0, width: 388, height: 340 })
})
