import assert from "node:assert/strict"
import { test } from "node:test"
import { boxOf, cellAt, labelStep, layOut, neighbourCell } from "../../viz/client/scenes/fabric/layout.js"
import { createModel } from "../../viz/client/scenes/fabric/model.js"
import { describe, inspect } from "../../viz/client/scenes/fabric/words.js"
import { cyclesOf, dropControls, occupancy, queueTimes, waits } from "../../viz/client/scenes/fabric/queues.js"
import { indexIntervals } from "../../viz/client/kit/intervals.js"
import { quantity } from "../../viz/client/kit/language.js"
import { SPEEDS, neighbour, pace, passed, spoken, stepped, stride, when } from "../../viz/client/player/timeline.js"

// A small generator of equal numbers everywhere.
/** @param {number} seed @returns {(n: number) => number} */
const randomly = (seed) => (n) => (seed = (seed * 48271) % 2147483647) % n

test("an index finds exactly the intervals that hold, in their order", () => {
  const random = randomly(7)
  for (let trial = 0; trial < 30; trial++) {
    const t0 = Array.from({ length: 1 + random(200) }, () => random(300)).sort((a, b) => a - b)
    const t1 = t0.map((t) => t + random([2, 20, 400][trial % 3]))
    const index = indexIntervals(t0, t1)
    for (let tick = 0; tick < 720; tick += 7) {
      const found = [...index.at(tick)].filter((i) => t0[i] <= tick && tick < t1[i])
      const expected = [...t0.keys()].filter((i) => t0[i] <= tick && tick < t1[i])
      assert.deepEqual(found, expected)
    }
  }
})

test("an index of long intervals stays small", () => {
  const t0 = new Uint32Array(5000)
  const t1 = t0.map((_, i) => 10000 + i)
  assert.equal(indexIntervals(t0, t1).at(50).length, 5000)
  assert.equal(indexIntervals([], []).at(0).length, 0)
})

test("an index files a row only where it is near, and nothing before or after all rows", () => {
  // Ten hold at each tick; a bucket of three ticks, a quarter of the length, holds two more.
  const t0 = Array.from({ length: 10000 }, (_, i) => i)
  const index = indexIntervals(
    t0,
    t0.map((t) => t + 10),
  )
  assert.deepEqual([index.at(5000).length, index.at(-50).length, index.at(99999).length], [12, 0, 0])
})

test("a step lands on the next whole tick and stays in the run", () => {
  assert.equal(stepped(3, 1, 9), 4)
  assert.equal(stepped(3.4, 1, 9), 4)
  assert.equal(stepped(3.4, -1, 9), 3)
  assert.equal(stepped(0, -1, 9), 0)
  assert.equal(stepped(9, 1, 9), 9)
})

test("a step by hand is a cycle, or a share of a run whose ticks are no cycles", () => {
  assert.equal(stride({ tick: { unit: "cycle", seconds: 1 }, duration: 1e6 }), 1)
  assert.equal(stride({ tick: { unit: "µs", seconds: 1e-6 }, duration: 4e6 }), 1e4)
  assert.equal(stride({ tick: { unit: "µs", seconds: 1e-6 }, duration: 12 }), 1)
})

test("stepping by event goes to the neighbouring tick, else to the ends", () => {
  const ticks = [2, 5, 5, 9]
  assert.deepEqual(
    [0, 2, 5, 9].map((t) => neighbour(ticks, t, 1, 12)),
    [2, 5, 9, 12],
  )
  assert.deepEqual(
    [12, 9, 5, 2].map((t) => neighbour(ticks, t, -1, 12)),
    [9, 5, 2, 0],
  )
})

test("marks are passed once", () => {
  const marks = [{ t: 1 }, { t: 2 }, { t: 3 }]
  assert.deepEqual(
    passed(marks, 1, 2).map((/** @type {any} */ mark) => mark.t),
    [2],
  )
})

test("short runs play four ticks a second, long ones last twenty seconds", () => {
  assert.equal(pace(40), 4)
  assert.equal(2000 / pace(2000), 20)
})

test("times are spoken in the run's unit", () => {
  assert.equal(when(61.2, { unit: "cycle", seconds: 1e-9 }), "cycle 61")
  assert.equal(when(1742, { unit: "ns", seconds: 1e-9 }), "1.74 µs")
  assert.equal(quantity(7200, "s"), "2 h")
  assert.deepEqual(spoken(61.2, { unit: "cycle", seconds: 1e-9 }, "It ends."), ["At cycle 61:", "It ends."])
  assert.deepEqual(spoken(2, { unit: "ns", seconds: 1e-9 }, "It ends."), ["After 2 ns:", "It ends."])
})

test("a speed is called by its number, and each is twice the one before", () => {
  const numbers = SPEEDS.map(([, label]) => Number(label.replace("¼", "0.25").replace("½", "0.5").replace("×", "")))
  assert.deepEqual(
    SPEEDS.map(([speed]) => speed),
    numbers,
  )
  assert.deepEqual(numbers, [0.25, 0.5, 1, 2, 4])
})

test("every cell of a layout is hit in its middle, and the mesh lies inside the stage", () => {
  for (const [width, height, columns, rows] of [
    [730, 500, 24, 14],
    [354, 520, 64, 64],
    [900, 300, 512, 1],
    [480, 270, 1, 40],
  ]) {
    const layout = layOut(width, height, columns, rows)
    for (let cell = 0; cell < columns * rows; cell++) {
      const box = boxOf(layout, cell)
      assert.equal(cellAt(layout, box.x + box.width / 2, box.y + box.height / 2), cell)
      assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height)
    }
    assert.equal(cellAt(layout, 1, 1), null)
  }
})

test("a mesh is centred, its cells are square or up to twice as high, and those of a line are stretched across it", () => {
  /** @param {Parameters<typeof layOut>} stage @returns {any[]} */
  const laid = (...stage) => {
    const { x, y, px, py, detail } = layOut(...stage)
    return [x, y, px, py, detail]
  }
  assert.deepEqual(laid(444, 338, 10, 5), [30, 24, 40, 60, "plain"])
  assert.deepEqual(laid(444, 338, 10, 4), [30, 24, 40, 75, "plain"])
  assert.deepEqual(laid(244, 438, 5, 10), [30, 24, 40, 40, "plain"])
  assert.deepEqual(laid(1044, 1038, 2, 2), [370, 364, 160, 160, "full"])
  assert.deepEqual(laid(444, 338, 200, 5), [30, 164, 2, 4, "dense"])
  assert.deepEqual(laid(444, 338, 200, 4), [30, 142, 2, 16, "dense"])
  assert.deepEqual(laid(444, 338, 80, 1), [30, 154, 5, 40, "dense"])
  assert.deepEqual(laid(444, 62, 50, 2), [30, 24, 8, 20, "dense"])
  assert.deepEqual(laid(474, 262, 10, 5, 2), [60, 48, 40, 40, "plain"])
  assert.deepEqual(laid(50, 30, 4, 4), [30, 24, 10, 10, "plain"])
  assert.deepEqual([laid(220, 214, 4, 4)[4], laid(219, 214, 4, 4)[4]], ["full", "plain"])
  assert.deepEqual([laid(89, 438, 5, 4)[4], laid(88, 438, 5, 4)[4]], ["plain", "dense"])
})

test("a point beside the mesh is in no cell", () => {
  const layout = { x: 30, y: 24, px: 40, py: 40, columns: 10, rows: 5 }
  /** @type {[x: number, y: number][]} */
  const points = [[30, 24], [429, 223], [29, 30], [430, 30], [40, 23], [30, 224]] // prettier-ignore
  assert.deepEqual(
    points.map(([x, y]) => cellAt(layout, x, y)),
    [0, 49, null, null, null, null],
  )
})

test("arrows stop at the edges of the mesh", () => {
  assert.deepEqual(
    ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => neighbourCell(0, key, 3, 2)),
    [0, 1, 0, 3],
  )
  assert.equal(neighbourCell(5, "ArrowRight", 3, 2), 5)
  assert.deepEqual(
    ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => neighbourCell(4, key, 3, 3)),
    [3, 5, 1, 7],
  )
  assert.equal(neighbourCell(7, "ArrowDown", 3, 3), 7)
})

test("labels keep their distance in steps of 1, 2, 5", () => {
  assert.deepEqual(
    [30, 12, 6, 2, 1.2].map((pitch) => labelStep(pitch, 28)),
    [1, 5, 5, 20, 50],
  )
  assert.equal(labelStep(14, 28), 2)
})

/** @param {string} group @param {Record<string, number[]>} columns */
const table = (group, columns) => ({ group, rows: Object.values(columns)[0].length, ...columns })

test("a wavelet sent to two neighbours leaves its queue once, and one that is held waits", () => {
  /** @type {any} */
  const run = {
    duration: 12,
    meta: {
      width: 3,
      height: 1,
      hop_latency: 1,
      ramp_latency: 2,
      colors: [{ id: 0, role: "x", name: "x" }],
      operations: [],
      programs: [],
    },
    tables: {
      // Down the ramp of PE 1 at 0, in its router at 2, held until 5, then to both sides at once.
      wavelets: table("move", {
        cell: [1, 1, 1],
        port: [5, 1, 3],
        color: [0, 0, 0],
        t0: [0, 5, 5],
        n: [1, 1, 1],
        value: [0, 0, 0],
      }),
      activity: table("span", { cell: [1, 1], kind: [3, 4], op: [0, 0], t0: [0, 2], t1: [1, 5] }),
    },
  }
  const model = createModel(run)
  const waiting = model.waiting()
  assert.deepEqual([waiting.cell[0], waiting.t0[0], waiting.t1[0]], [1, 2, 5])
  const [line] = inspect(model, 1, 3).lines
  assert.deepEqual([line.now, line.max], [1, 1])
  assert.equal(inspect(model, 1, 5).lines[0].now, 0)
  assert.equal(describe(model, 3), "PE (1, 0) is stalled.")
  assert.equal(describe(model, 5), "2 wavelets cross links.")
  assert.deepEqual([...model.changes(1)], [0, 1, 2, 5])
})

const [NORTH, EAST, SOUTH, WEST, UP, DOWN] = [0, 1, 2, 3, 4, 5]
const NEVER = 0xffffffff
/** Runs of wavelets: [cell, port, color, t0, n, value]. @param {number[][]} rows @returns {any} */
const moving = (...rows) =>
  table(
    "move",
    Object.fromEntries(
      ["cell", "port", "color", "t0", "n", "value"].map((name, k) => [name, rows.map((row) => row[k])]),
    ),
  )
/** A queue. @param {number[]} arrive @param {number[]} leave @param {number[]} [first] */
const queue = (arrive, leave, first = []) => ({ cell: 0, color: 0, port: WEST, arrive, leave, first })

test("a wavelet is in the queue of its neighbour a cycle after it has left, and nowhere beyond the mesh", () => {
  // Three columns and two rows: what leaves at an edge is not followed.
  const moves = moving(
    [0, EAST, 0, 5, 2, 10],
    [2, EAST, 0, 5, 1, 0],
    [3, WEST, 0, 5, 1, 0],
    [1, NORTH, 0, 5, 1, 0],
    [5, SOUTH, 0, 5, 1, 0],
    [4, DOWN, 1, 7, 3, 20],
    [4, UP, 1, 9, 1, 0],
    [3, NORTH, 2, 1, 1, 30],
  )
  assert.deepEqual(
    [...queueTimes(moves, 3, 6, 1, 2, null)],
    [
      [256, { cell: 1, color: 0, port: WEST, arrive: [6, 2], first: [10], leave: [] }],
      [0, { cell: 0, color: 0, port: UP, arrive: [], first: [], leave: [5, 2] }],
      [1025, { cell: 4, color: 1, port: UP, arrive: [9, 3], first: [20], leave: [9, 1] }],
      [2, { cell: 0, color: 2, port: SOUTH, arrive: [2, 1], first: [30], leave: [] }],
      [770, { cell: 3, color: 2, port: UP, arrive: [], first: [], leave: [1, 1] }],
    ],
  )
})

test("what leaves to several neighbours in a cycle leaves once", () => {
  const moves = moving([1, EAST, 0, 8, 1, 0], [1, SOUTH, 0, 8, 1, 0], [1, UP, 0, 9, 1, 0], [1, WEST, 0, 9, 2, 0])
  assert.deepEqual(queueTimes(moves, 3, 6, 1, 2, null).get(256)?.leave, [8, 1, 9, 1, 9, 2])
})

test("a long link ends where it leads, and takes its time", () => {
  /** @type {any} */
  const faults = { link: (/** @type {number} */ cell) => (cell === 0 ? { to: 2, extra: 3 } : undefined) }
  for (const hop of [1, 2]) {
    const queues = queueTimes(moving([0, EAST, 0, 5, 1, 7]), 3, 3, hop, 2, faults)
    const arrive = [5 + 4 * hop, 1]
    assert.deepEqual(queues.get(512), { cell: 2, color: 0, port: WEST, arrive, first: [7], leave: [] })
  }
})

test("a control wavelet that is dropped is the earliest without which the others come before they leave", () => {
  /** @param {Parameters<typeof queue>} runs */
  const left = (...runs) => {
    const found = queue(...runs)
    dropControls(found)
    return [found.arrive, found.first]
  }
  assert.deepEqual(left([0, 1, 2, 1, 4, 1], [3, 1, 5, 1], [10, 11, 12]), [[2, 1, 4, 1], [11, 12]]) // prettier-ignore
  assert.deepEqual(left([0, 1, 2, 1, 4, 1], [1, 1, 5, 1], [10, 11, 12]), [[0, 1, 4, 1], [10, 12]]) // prettier-ignore
  assert.deepEqual(left([0, 3], [1, 2], [10]), [[1, 1, 2, 1], [11, 12]]) // prettier-ignore
  assert.deepEqual(left([4, 1, 0, 2], [3, 2], [NEVER, 10]), [[1, 1, 4, 1], [11, NEVER]]) // prettier-ignore
  assert.deepEqual(left([0, 1, 1, 1, 2, 1], [2, 1], [10, 11, 12]), [[2, 1], [12]]) // prettier-ignore
  assert.deepEqual(left([0, 2], [1, 2], [10]), [[0, 2], [10]]) // nothing is dropped
})

test("cycles of runs come once each, in order", () => {
  assert.deepEqual([...cyclesOf([5, 2, 1, 1, 6, 1, 10, 1])], [1, 5, 6, 10])
})

test("what has come and not left waits, to the end where it never leaves", () => {
  const queues = new Map(
    [
      queue([2, 1, 4, 1], [3, 1]),
      queue([2, 1], [2, 1]),
      queue([2, 1, 3, 1], [2, 2]),
      { ...queue([2, 1], [9, 1]), cell: 1 },
    ].map((one, k) => [k, one]),
  )
  assert.deepEqual(waits(queues, Uint8Array.of(1, 0), 10), {
    cell: [0, 0],
    port: [WEST, WEST],
    color: [0, 0],
    t0: [2, 4],
    t1: [3, 11],
  })
})

test("the occupancy of a queue is a step line", () => {
  const line = { t: [0, 1, 2, 3, 10], v: [0, 1, 2, 1, 1], max: 2 }
  for (const [cycle, now] of [
    [0, 0],
    [1, 1],
    [2, 2],
    [6, 1],
  ])
    // prettier-ignore
    assert.deepEqual(occupancy([1, 2, 5], [3, 5], 10, cycle), { ...line, now })
})
