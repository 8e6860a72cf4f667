import assert from "node:assert/strict"
import { test } from "node:test"
import { createModel, lastAt, unitFor } from "../../viz/client/scenes/planner/model.js"
import { describe, length, percent } from "../../viz/client/scenes/planner/words.js"

/** @param {Record<string, number[]>} columns */
const table = (columns) => ({ rows: Object.values(columns)[0].length, ...columns })

// Ten minutes of queue, a hundred of training of which the last twenty are lost, a standstill, a restart, and the rest.
/** @type {any} */
const run = {
  duration: 260,
  tick: { unit: "min", seconds: 60 },
  meta: {
    kinds: ["queue", "training", "lost work", "unnoticed", "restart"],
    lanes: [{ name: "2 boxes", checkpoint_hours: 0.5, checkpoint_stride: 1 }],
    no_other: "n_devices must be more, got 1",
  },
  tables: {
    phases: table({
      lane: [0, 0, 0, 0, 0, 0],
      kind: [0, 1, 2, 3, 4, 1],
      t0: [0, 10, 90, 110, 130, 140],
      t1: [10, 90, 110, 130, 140, 260],
    }),
    checkpoints: table({ lane: [0, 0], t0: [49, 89], t1: [50, 90] }),
    failures: table({ lane: [0], t0: [110], t1: [140], lost: [1 / 3] }),
    futures: table({ lane: [0], days: [260 / 1440], interruptions: [1] }),
  },
}

test("the share done falls back to the last checkpoint and ends at one", () => {
  const [lane] = createModel(run).lanes
  assert.equal(lane.done(5), 0)
  assert.equal(lane.done(90), 0.4)
  assert.equal(lane.done(100), 0.45)
  for (const t of [110, 120, 135, 140]) assert.equal(lane.done(t), 0.4)
  assert.equal(lane.done(200), 0.7)
  assert.equal(lane.done(260), 1)
  assert.equal(lane.interruptions(109), 0)
  assert.equal(lane.interruptions(110), 1)
})

test("a cell accounts for what happened in it so far", () => {
  const model = createModel(run)
  assert.deepEqual(model.account(model.lanes[0], 60, 120, 260), {
    sums: { training: 30, "lost work": 20, unnoticed: 10 },
    written: 1,
    failed: 1,
  })
  assert.deepEqual(model.account(model.lanes[0], 60, 120, 70).sums, { training: 10 })
})

test("the sentence names what it does, and why it is alone", () => {
  const text = describe(createModel(run), 120)
  assert.match(text, /On 2 boxes 40 % is done; it is standing still, and nobody has noticed, one interruption so far\./)
  assert.match(text, /cannot do this: n_devices must be more, got 1\.$/)
})

test("cells are as fine as their number allows", () => {
  assert.equal(unitFor(600, 126).length, 10)
  assert.equal(unitFor(36000, 126).length, 1440)
  assert.equal(unitFor(1e9, 126).length, 43200)
})

test("words and searches", () => {
  assert.deepEqual([length(12), length(90), length(14400)], ["12 min", "1.5 h", "10.0 days"])
  assert.deepEqual([percent(0), percent(0.999), percent(1)], ["0 %", "99 %", "100 %"])
  assert.deepEqual([lastAt([1, 3, 3, 8], 0), lastAt([1, 3, 3, 8], 3), lastAt([1, 3, 3, 8], 9)], [-1, 2, 3])
})
