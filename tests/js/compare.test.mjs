import assert from "node:assert/strict"
import { test } from "node:test"
import { lineOf, pathOn, placeOn, scales, spansOn, tellingLine } from "../../viz/client/scenes/fabric/space_time.js"
import { inWords, joined, parted } from "../../viz/client/pages/beside.js"
import { difference } from "../../viz/client/pages/figures.js"
import { differing, timeOfA } from "../../viz/client/player/beside.js"
import { countLinks, levelOf, linksOverlay } from "../../viz/client/scenes/fabric/links.js"
import { pathSaid, staysOf, stepAt } from "../../viz/client/scenes/fabric/path.js"

test("on one clock the shorter run waits at its end; stretched, both end together", () => {
  assert.equal(timeOfA(50, 100, 200, false), 50)
  assert.equal(timeOfA(150, 100, 200, false), 100)
  assert.equal(timeOfA(150, 100, 200, true), 75)
  assert.equal(timeOfA(200, 100, 200, true), 100)
})

test("two runs are named by what their scenarios differ in", () => {
  /** @type {Record<string, any>} */
  const fields = {
    algorithm: { label: "Algorithm", unit: "", options: [["two_phase", "Two phase"]] },
    device: { label: "Device", unit: "", options: [["cs2", "CS-2"]], others: [["a100_80", "A100 80 GB"]] },
    words: { label: "Words", unit: "word" },
  }
  const said = (/** @type {string} */ name, /** @type {any} */ value) =>
    name in fields ? inWords(fields[name], value) : ""
  assert.deepEqual(
    differing(
      { algorithm: null, words: 8, width: 3, tp: 1 },
      { algorithm: "two_phase", words: 1600, width: 3, tp: 2 },
      said,
    ),
    ["Algorithm: auto, Words: 8 words", "Algorithm: Two phase, Words: 1,600 words"],
  )
  assert.deepEqual(differing({ width: 3 }, { width: 3 }, said), ["", ""])
  // What one of them has need not be a choice in the form of the other.
  assert.deepEqual(differing({ device: "a100_80" }, { device: "cs2" }, said), ["Device: A100 80 GB", "Device: CS-2"])
})

test("an address that pins is put together as it was taken apart", () => {
  for (const search of [
    "",
    "?width=8",
    "?width=8&theme=dark&beside=words%3D4%26width%3D9&clock=ends",
    "?beside=",
    "?machines=a,b&beside=machines%3Da,b",
  ]) {
    assert.equal(joined(parted(search)), search)
  }
  assert.equal(parted("?width=8").beside, null)
  assert.equal(parted("?beside=").beside, "")
  assert.equal(joined({ ...parted("?width=8&beside=words%3D4&clock=ends"), beside: null }), "?width=8")
})

test("a difference has its sign, its unit and its ratio, in words where there is no number", () => {
  /** @param {number|string} value @returns {any} */
  const figure = (value, unit = "cycles") => ({ value, unit })
  assert.deepEqual(difference(figure(200), figure(300)), ["+100", "cycles", "1.5×"])
  assert.deepEqual(difference(figure(300), figure(200)), ["−100", "cycles", "0.667×"])
  assert.deepEqual(difference(figure(0.25, "share"), figure(0.5, "share")), ["+25", "points", "2×"])
  assert.deepEqual(difference(figure(0), figure(7)), ["+7", "cycles", ""])
  assert.deepEqual(difference(figure(7), figure(7)), ["same", "", ""])
  assert.deepEqual(difference(figure("memory", ""), figure("compute", "")), ["differs", "", ""])
  assert.deepEqual(difference(undefined, figure(7)), ["in one run only", "", ""])
  /** @param {number} value @param {string} base @returns {any} */
  const over = (value, base) => ({ ...figure(value, ""), source: `against ${base}` })
  assert.deepEqual(difference(over(8, "48 GPUs"), over(32, "48 GPUs")), ["+24", "", "4×"])
  assert.deepEqual(difference(over(8, "48 GPUs"), over(314, "1 wafer")), ["different baseline", "", ""])
})

/** @param {number[][]} rows @returns {any} a table */
const path = (rows) => ({
  rows: rows.length,
  ...Object.fromEntries(["t0", "t1", "source", "cell", "part"].map((name, k) => [name, rows.map((row) => row[k])])),
})

test("the step of the path at a time is the last that has begun", () => {
  const found = path([
    [0, 5, 0, 0, 1],
    [5, 6, 0, 1, 0],
    [6, 12, 1, 1, 2],
  ])
  assert.deepEqual(
    [0, 4.9, 5, 5.5, 6, 99].map((t) => stepAt(found, t)),
    [0, 0, 1, 1, 2, 2],
  )
  assert.deepEqual(
    [...staysOf(found)],
    [
      [0, 5],
      [1, 6],
    ],
  )
  assert.equal(
    pathSaid(found, 7, (cell) => `(${cell}, 0)`),
    "The critical path is at PE (1, 0): depth.",
  )
})

test("links are counted by direction, without ramps, and the busiest has the highest level", () => {
  /** @type {any} */
  const moves = { rows: 4, cell: [0, 0, 1, 0], port: [1, 1, 3, 4], n: [3, 4, 2, 9] }
  const links = countLinks(moves, 2)
  assert.deepEqual([...links.carried], [0, 7, 0, 0, 0, 0, 0, 2])
  assert.equal(levelOf(7, links.most), 5)
  assert.equal(levelOf(2, links.most), 2)
  assert.equal(levelOf(0, 0), 0)
  assert.match(linksOverlay(links, 14).legend.at(-1)?.label ?? "", /to 7, 50 % of the cycles/)
})

test("the lines of a mesh meet each of their cells once", () => {
  const mesh = { width: 5, height: 3 }
  /** @type {[axis: "row"|"column", n: number][]} */
  const axes = [
    ["row", 3],
    ["column", 5],
  ]
  for (const [axis, n] of axes) {
    const seen = new Set()
    for (let index = 0; index < n; index++) {
      const line = lineOf({ axis, index }, mesh)
      for (let cell = 0; cell < 15; cell++) if (placeOn(line, cell) >= 0) seen.add(cell)
    }
    assert.equal(seen.size, 15)
  }
  assert.equal(placeOn(lineOf({ axis: "column", index: 2 }, mesh), 7), 1)
  assert.equal(placeOn(lineOf({ axis: "column", index: 2 }, mesh), 8), -1)
})

test("the line that tells most is where the path spends its time; without a path it is the middle row", () => {
  /** @type {any} */
  const meta = { width: 4, height: 4 }
  assert.deepEqual(tellingLine({ meta, tables: {} }), { axis: "row", index: 2 })
  const down = path([
    [0, 9, 1, 1, 1],
    [9, 10, 1, 5, 0],
    [10, 20, 5, 5, 2],
  ])
  assert.deepEqual(tellingLine({ meta, tables: { path: down } }), { axis: "column", index: 1 })
  const line = lineOf({ axis: "column", index: 1 }, meta)
  assert.deepEqual(
    pathOn({ tables: { path: down } }, line).map(({ from, to, waits }) => [from, to, waits]),
    [
      [0, 0, true],
      [0, 1, false],
      [1, 1, false],
    ],
  )
})

test("the spells of a field are spans, and so is what passes a router", () => {
  /** @type {any} */
  const tables = {
    cells: { done: [9, 0xffffffff, 0xffffffff], spells: [2, 1, 0], passes: [0, 1, 0] },
    spells: { rows: 3, t0: [0, 4, 5], length: [2, 2, 4], does: [1, 2, 3] },
    passes: { rows: 1, t0: [6], length: [3] },
  }
  const run = { meta: /** @type {any} */ ({ width: 3, height: 1 }), tables, duration: 20 }
  assert.deepEqual(
    spansOn(run, { first: 0, step: 1, n: 3 }).map(({ k, kind, t0, t1 }) => [k, kind, t0, t1]),
    [
      [0, 3, 0, 2],
      [0, 2, 5, 9],
      [1, 1, 6, 9],
      [1, 2, 4, 6],
    ],
  )
})

test("a point of the diagram is the PE and the time that are drawn there", () => {
  const { x, y, at } = scales({ width: 300, height: 200 }, 24, 207)
  const { k, t } = at(x(7.5), y(100))
  assert.equal(k, 7)
  assert.ok(Math.abs(t - 100) < 1e-9)
})
