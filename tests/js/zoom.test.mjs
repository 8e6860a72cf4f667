import assert from "node:assert/strict"
import { test } from "node:test"
import { between, boxOf, holds, layPart, layWindow, windowAround } from "../../viz/client/scenes/fabric/layout.js"
import { createModel, recordedPart } from "../../viz/client/scenes/fabric/model.js"
import { covers, createPlaces, spanned } from "../../viz/client/scenes/fabric/places.js"
import { inspect } from "../../viz/client/scenes/fabric/words.js"
import { theme } from "./recorder.mjs"

/**
 * @import { View } from "../../viz/client/kit/types"
 * @import { Panelled } from "../../viz/client/scenes/fabric/types"
 */

const PANEL = { x: 100, y: 40, width: 320, height: 320 }

test("a window stays in the mesh, holds its cell, and is smaller only where the mesh is", () => {
  for (const [width, height, size] of [
    [750, 994, 32],
    [70, 65, 64],
    [600, 9, 32],
  ]) {
    for (const cell of [0, width - 1, (height - 1) * width, width * height - 1, Math.floor(height / 2) * width + 7]) {
      const window = windowAround(cell, size, width, height)
      assert.ok(holds(window, cell, width))
      assert.deepEqual([window.columns, window.rows], [Math.min(size, width), Math.min(size, height)])
      assert.ok(
        window.x >= 0 && window.x + window.columns <= width && window.y >= 0 && window.y + window.rows <= height,
      )
    }
  }
})

test("a window fills its panel, and its part lies where the whole has it", () => {
  const window = { x: 368, y: 480, columns: 32, rows: 32 }
  const layout = layWindow(window, PANEL, 750, 994)
  const [first, last] = [480 * 750 + 368, 511 * 750 + 399].map((cell) => boxOf(layout, cell))
  assert.deepEqual([first.x, first.y, last.x + last.width, last.y + last.height], [100, 40, 420, 360])
  const part = layPart(layout, { west: 367, north: 479, columns: 34, rows: 34 })
  const same = boxOf(part, 5 * 34 + 9)
  const of = boxOf(layout, (479 + 5) * 750 + 367 + 9)
  /** @type {("x" | "y" | "width" | "height")[]} */
  const sides = ["x", "y", "width", "height"]
  for (const name of sides) assert.ok(Math.abs(same[name] - of[name]) < 1e-6)
})

test("a window that is not as wide as its panel lies in the middle of it", () => {
  const window = { x: 2, y: 1, columns: 4, rows: 4 }
  const [wide, high] = [
    { ...PANEL, height: 200 },
    { ...PANEL, width: 200 },
  ].map((panel) => layWindow(window, panel, 10, 10))
  assert.deepEqual([wide.x, wide.y, wide.px, wide.py, wide.detail], [60, -10, 50, 50, "full"])
  assert.deepEqual([high.x, high.y], [0, 50])
  assert.deepEqual(
    [12, 15, 42, 45, 11, 16, 2, 52, 55].map((cell) => holds(window, cell, 10)),
    [true, true, true, true, false, false, false, false, false],
  )
})

test("a way between two layouts starts at one, ends at the other, and keeps one point where it is", () => {
  const whole = layWindow({ x: 0, y: 0, columns: 750, rows: 994 }, { x: 0, y: 0, width: 700, height: 450 }, 750, 994)
  const near = layWindow({ x: 368, y: 480, columns: 32, rows: 32 }, PANEL, 750, 994)
  /** @param {any} a @param {any} b */
  const close = (a, b) => ["x", "y", "px", "py"].forEach((name) => assert.ok(Math.abs(a[name] - b[name]) < 1e-6, name))
  close(between(whole, near, 0), whole)
  close(between(whole, near, 1), near)
  // The column that both show at the same place is there on the whole way.
  const column = (near.x - whole.x) / (whole.px - near.px)
  for (const share of [0.2, 0.5, 0.9]) {
    const now = between(whole, near, share)
    assert.ok(Math.abs(now.x + column * now.px - (whole.x + column * whole.px)) < 1e-6)
  }
  close(between(near, { ...near, x: near.x + 50 }, 0.5), { ...near, x: near.x + 25 })
  assert.deepEqual(between(whole, near, 0.5).panel, { x: 50, y: 20, width: 510, height: 385 })
})

/** @param {number} width @param {number} height @param {Partial<View>} [more] @returns {View} */
const view = (width, height, more = {}) => ({
  width,
  height,
  dpr: 1,
  theme,
  selected: null,
  hover: null,
  ...more,
})
const places = createPlaces({ width: 100, height: 50 }, true, () => ({ width: 100 }))
/** @param {Panelled} layout what tells where it lies */
const lies = ({ x, y, px, panel }) => [x, y, px, panel.x, panel.y, panel.width, panel.height]
/** @param {number[]} found @param {number[]} expected */
const near = (found, expected) =>
  found.forEach((value, k) => assert.ok(Math.abs(value - expected[k]) < 1e-9, `${found} is not ${expected}`))

test("the wafer fills the stage, below the trail of levels where the stage is narrow", () => {
  near(lies(places.wafer(view(1000, 600))), [18, 50, 9.64, 0, 0, 1000, 600])
  near(lies(places.wafer(view(560, 600))), [18, 160, 5.24, 0, 0, 560, 600])
  near(lies(places.wafer(view(400, 600))), [18, 220, 3.64, 0, 0, 400, 600])
  near(lies(places.wafer(view(1000, 306))), [240, 14, 5.2, 0, 0, 1000, 306])
})

test("a region and the PEs next to it fill a square beside the minimap, in the middle where there is room", () => {
  const region = { x: 40, y: 20, columns: 8, rows: 8 }
  /** @param {Parameters<typeof view>} stage */
  const panel = (...stage) => Object.values(places.region(view(...stage), region).panel)
  const { x, y, px, columns, rows } = places.region(view(1000, 600), region)
  near([x, y, px, columns, rows], [226 - 39 * 54.8, 26 - 19 * 54.8, 54.8, 100, 50])
  assert.deepEqual(panel(1000, 600), [226, 26, 548, 548])
  assert.deepEqual(panel(400, 600), [162, 66, 224, 224])
  assert.deepEqual(panel(600, 700), [162, 26, 424, 424])
  assert.deepEqual(panel(200, 600), [106, 66, 80, 80])
  assert.deepEqual(panel(1000, 600, { theme: { ...theme, textScale: 2 } }), [252, 52, 496, 496])
})

test("where all wavelets are recorded the region is the whole mesh", () => {
  const all = createPlaces({ width: 10, height: 5 }, false, () => ({ width: 0 }))
  const laid = all.region(view(444, 338), { x: 0, y: 0, columns: 10, rows: 5 })
  near(lies(laid), [30, 24, 40, 0, 0, 444, 338])
})

test("the inside of a PE fills what the minimap and the inspector leave", () => {
  const [cell, x, y] = [203, 3.5, 2.5] // where its middle lies in the mesh
  /** @param {Parameters<typeof view>} stage */
  const inside = (...stage) => lies(places.inside(view(...stage), cell))
  near(inside(1000, 600), [557 - x * 636, 300 - y * 636, 636, 128, 0, 858, 600])
  near(inside(1000, 600, { card: true }), [441 - x * 636, 300 - y * 636, 636, 128, 0, 626, 600])
  near(inside(560, 600, { card: true }).slice(2), [1.06 * 1.12 * 186, 128, 0, 186, 600])
  near(inside(400, 600), [200 - x * 441.6384, 320 - y * 441.6384, 441.6384, 14, 40, 372, 560])
  near(inside(100, 160).slice(2), [127.2, 14, 40, 72, 120])
  const { columns, rows, detail, py } = places.inside(view(1000, 600), cell)
  assert.deepEqual([columns, rows, detail, py], [100, 50, "full", 636])
})

test("a window that is drawn is a square around both corners, from 8 to 64 PEs a side, within the mesh", () => {
  /** @type {any} */
  const layout = { x: 10, y: 20, px: 5, py: 4, columns: 100, rows: 80 }
  /** @param {number} x @param {number} y @returns {[x: number, y: number]} */
  const at = (x, y) => [10 + 5 * (x + 0.4), 20 + 4 * (y + 0.4)]
  assert.deepEqual(spanned([at(10, 10), at(25, 15)], layout), { x: 10, y: 5, columns: 16, rows: 16 })
  assert.deepEqual(spanned([at(15, 35), at(10, 20)], layout), { x: 5, y: 20, columns: 16, rows: 16 })
  assert.deepEqual(spanned([at(10, 10), at(10, 10)], layout), { x: 6, y: 6, columns: 8, rows: 8 })
  assert.deepEqual(spanned([at(-30, -30), at(4, 2)], layout), { x: 0, y: 0, columns: 8, rows: 8 })
  assert.deepEqual(spanned([at(20, 0), at(500, 500)], layout), { x: 28, y: 8, columns: 64, rows: 64 })
})

test("a part covers a region only where its window is just that", () => {
  const region = { x: 4, y: 5, columns: 6, rows: 7 }
  /** @param {Partial<typeof region>} [change] */
  const part = (change) => ({ west: 3, north: 4, columns: 8, rows: 9, window: { ...region, ...change } })
  assert.deepEqual(
    [null, part(), part({ x: 3 }), part({ y: 4 }), part({ columns: 5 }), part({ rows: 6 })].map((one) =>
      covers(one, region),
    ),
    [false, true, false, false, false, false],
  )
})

// Eight PEs in a row of 100, of which 40 to 43 were asked for: two wavelets of PE 39 go east as far as PE 42.
/** @type {any} */
const run = {
  duration: 12,
  meta: {
    width: 100,
    height: 1,
    hop_latency: 1,
    ramp_latency: 2,
    colors: [{ id: 0, role: "east", name: "east" }],
    operations: ["Send."],
    programs: [[0]],
    deadlock: [
      [41, 0, 42],
      [90, 0, 91],
    ],
    window: { x: 40, y: 0, across: 4, down: 1, west: 39, north: 0, columns: 6, rows: 1 },
  },
  tables: {
    cells: {},
    wavelets: {
      rows: 4,
      cell: Uint32Array.of(0, 1, 2, 5),
      port: Uint8Array.of(1, 1, 1, 1),
      color: new Uint8Array(4),
      t0: Uint32Array.of(0, 1, 4, 5),
      n: Uint32Array.of(2, 2, 2, 2),
      value: Uint32Array.of(0, 2, 4, 6),
    },
    values: { value: Float32Array.of(7, 8, 7, 8, 7, 8, 1, 2) },
    activity: { rows: 0, cell: [], kind: [], op: [], t0: [], t1: [] },
    routes: { rows: 0, cell: [] },
  },
}

test("a window counts what happens inside of it and names PEs as the mesh does", () => {
  const model = createModel(run)
  assert.deepEqual(recordedPart(run)?.window, { x: 40, y: 0, columns: 4, rows: 1 })
  assert.deepEqual([...model.inside], [0, 1, 1, 1, 1, 0])
  assert.equal(model.crossing(0), 0) // it leaves PE 39, which is beside the window
  assert.equal(model.crossing(1), 1)
  assert.equal(inspect(model, 2, 0).title, "PE (41, 0)")
  assert.deepEqual(model.deadlock, [[2, 0, 3]])
})

test("of a deadlock the waits are kept of which both ends are recorded", () => {
  // Of 10 × 10 PEs four by four are recorded, and two by two were asked for.
  const window = { x: 4, y: 4, across: 2, down: 2, west: 3, north: 3, columns: 4, rows: 4 }
  const pairs = [[33, 34], [43, 33], [66, 65], [32, 33], [33, 32], [23, 33], [37, 36], [73, 63], [33, 83]] // prettier-ignore
  const model = createModel({
    ...run,
    meta: { ...run.meta, width: 10, height: 10, window, deadlock: pairs.map(([cell, other]) => [cell, 0, other]) },
  })
  assert.deepEqual(model.deadlock, [[0, 0, 1], [4, 0, 0], [15, 0, 14]]) // prettier-ignore
  assert.deepEqual([...model.inside], [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0])
})

test("what waits is in the order in which it came, and has no number where none was recorded", () => {
  const wavelets = {
    rows: 3,
    cell: Uint32Array.of(1, 1, 1),
    port: Uint8Array.of(1, 1, 1),
    color: new Uint8Array(3),
    t0: Uint32Array.of(6, 2, 4),
    n: Uint32Array.of(1, 1, 1),
    value: Uint32Array.of(0, 1, 0xffffffff),
  }
  const model = createModel({
    ...run,
    meta: { ...run.meta, deadlock: [[41, 0, 42]] },
    tables: { ...run.tables, wavelets },
  })
  assert.deepEqual(model.waitingAt(2, 9), [{ port: 3, color: 0, values: [8, NaN, 7] }])
})

test("what waits in a queue has its value, first in first, and nothing beyond the window waits", () => {
  const model = createModel(run)
  /** @param {number} cell @param {number} cycle */
  const values = (cell, cycle) => model.waitingAt(cell, cycle).map(({ port, values }) => [port, values])
  assert.deepEqual(values(2, 1), [[3, []]])
  assert.deepEqual(values(2, 2), [[3, [7]]])
  assert.deepEqual(values(2, 3), [[3, [7, 8]]])
  assert.deepEqual(values(2, 4), [[3, [8]]])
  assert.deepEqual(values(2, 5), [[3, []]])
  assert.ok([...model.waiting().cell].every((cell) => model.inside[cell]))
})

test("a control wavelet that is dropped does not wait for ever", () => {
  // PE 1 hears two numbers and a control wavelet, which ends there; later two more pass.
  /** @param {number} cell @param {number} port @param {number} t0 @param {number} n */
  const one = (cell, port, t0, n) => ({ cell, port, t0, n })
  const moves = [one(0, 1, 0, 3), one(1, 4, 1, 2), one(0, 1, 10, 2), one(1, 1, 11, 2)]
  /** @param {string} name @param {any} Type */
  const column = (name, Type) => Type.from(moves, (/** @type {any} */ move) => move[name] ?? 0)
  const wavelets = {
    rows: moves.length,
    cell: column("cell", Uint32Array),
    port: column("port", Uint8Array),
    color: new Uint8Array(4),
    t0: column("t0", Uint32Array),
    n: column("n", Uint32Array),
    value: new Uint32Array(4).fill(0xffffffff),
  }
  const meta = { ...run.meta, width: 3, window: undefined, deadlock: [] }
  const model = createModel({
    duration: 20,
    meta,
    tables: { ...run.tables, values: undefined, cells: undefined, wavelets },
  })
  for (let cycle = 0; cycle < 20; cycle++) assert.deepEqual(model.waitingAt(1, cycle)[0].values, [])
})
