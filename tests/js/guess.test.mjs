import assert from "node:assert/strict"
import { test } from "node:test"
import { distance, stroke } from "../../viz/client/kit/guess.js"
import { scale, ticks } from "../../viz/client/kit/scale.js"

test("a learner is told whether the drawn curve lies below, above or near the runs", () => {
  const runs = [1, 4, 16]
  assert.deepEqual(distance([1, 2, 8], runs), { factor: 2, verdict: "below" })
  assert.deepEqual(distance([1, 8, 32], runs), { factor: 2, verdict: "above" })
  assert.equal(distance([1, 4.4, 15], runs).verdict, "near")
  assert.equal(distance([99, 4, 16], runs).factor, 1) // the first point is given
})

test("a place and its value are inverse to each other, on both kinds of axis", () => {
  for (const log of [false, true]) {
    const axis = scale(0.9, 300, 0, 1, log)
    for (const share of [0, 0.25, 1]) assert.ok(Math.abs(axis.at(axis.value(share)) - share) < 1e-12)
  }
  assert.deepEqual([scale(1, 9, 0, 1).log, scale(1, 10, 0, 1).log], [false, true])
  assert.ok(Math.abs(scale(1, 100, 0, 200).at(10) - 100) < 1e-9)
  assert.equal(scale(2, 6, 100, 300).at(3), 150)
  assert.equal(scale(2, 6, 100, 300).value(150), 3)
})

test("ticks are round: multiples of a step, or in decades, closer where there are few", () => {
  assert.deepEqual(ticks(3, 17), [5, 10, 15])
  assert.deepEqual(ticks(4, 60), [5, 10, 20, 50])
  assert.deepEqual(ticks(0.03, 100), [0.1, 1, 10, 100])
})

test("a fast stroke sets every point that it passes over, but never the first", () => {
  const xs = [0, 0.25, 0.5, 0.75, 1]
  assert.deepEqual(stroke([0, 0, 0, 0, 0], xs, { x: 0, y: 0 }, { x: 1, y: 1 }), [0, 0.25, 0.5, 0.75, 1])
  assert.deepEqual(stroke([0, 0, 0, 0, 0], xs, { x: 1, y: 1 }, { x: 0.5, y: 0 }), [0, 0, 0, 0.5, 1])
  assert.deepEqual(stroke([0, 0, 0], [0, 0.5, 1], { x: 0, y: 0.7 }, { x: 0, y: 0.7 }, 0.03), [0, 0, 0])
  assert.deepEqual(stroke([9, 9, 9, 9, 9], xs, { x: 0, y: 1 }, { x: 0.5, y: 3 }), [9, 2, 3, 9, 9])
  assert.deepEqual(stroke([9, 9, 9, 9, 9], xs, { x: 0.5, y: 1 }, { x: 1, y: 3 }), [9, 9, 1, 2, 3])
})

test("a tap sets the point under it alone, or the nearest where any distance will do", () => {
  const tap = { x: 0.3, y: 0.7 }
  assert.deepEqual(stroke([0, 0, 0], [0, 0.5, 1], { ...tap, x: 0.49 }, { ...tap, x: 0.49 }, 0.03), [0, 0.7, 0])
  assert.deepEqual(stroke([0, 0, 0], [0, 0.5, 1], tap, tap, 0.03), [0, 0, 0])
  assert.deepEqual(stroke([0, 0, 0], [0, 0.5, 1], tap, tap), [0, 0.7, 0])
  const [near, on] = [0.1, 0.5].map((x) => ({ x, y: 0.7 }))
  assert.deepEqual(stroke([0, 0, 0], [0, 0.5, 1], near, near), [0, 0.7, 0]) // the first point is nearer, but given
  assert.deepEqual(stroke([0, 0, 0], [0, 0.5, 1], on, on), [0, 0.7, 0])
})
