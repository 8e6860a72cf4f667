import assert from "node:assert/strict"
import { test } from "node:test"
import { judge, judged, stroke } from "../../viz/client/kit/guess.js"
import { scale, ticks } from "../../viz/client/kit/scale.js"

const log = { low: 1, high: 256, log: true }
const linear = (/** @type {number} */ high) => ({ low: 0, high, log: false })
const onLogs = (/** @type {number[]} */ y) => ({ x: [1, 4, 16, 64, 256], y, line: null, axes: { x: log, y: log } })
const speedUp = (/** @type {number[]} */ y) => {
  const x = [1, 256, 512, 768, 1024]
  return { x, y, line: x, axes: { x: linear(1024), y: linear(1200) } }
}
const BENT = [1, 230, 380, 450, 490]

test("a learner is told where a drawn curve differs: left, right, on both sides, or in the middle alone", () => {
  const rising = onLogs([1, 4, 16, 64, 256])
  /** @type {[number[], string, string, string][]} */
  const cases = [
    [[1, 4.4, 15, 70, 250], "near", "near", "near"],
    [[1, 1, 2, 8, 20], "below", "below", "below"],
    [[1, 4, 16, 200, 900], "above", "near", "above"],
    [[1, 1, 16, 200, 900], "mixed", "below", "above"],
    [[1, 4, 90, 64, 256], "above", "near", "near"],
    [[99, 4, 16, 64, 256], "near", "near", "near"], // the first point is given
  ]
  for (const [guess, verdict, left, right] of cases) {
    const found = judge(guess, rising)
    assert.deepEqual([found.verdict, found.left, found.right], [verdict, left, right], String(guess))
  }
  assert.equal(judge([1, 4, 16, 200, 256], rising).worst, 3)
})

test("on linear axes what counts is the distance on the chart, not the factor", () => {
  assert.equal(judge([1, 255, 400, 440, 500], speedUp(BENT)).verdict, "near")
  const straight = judge([1, 256, 512, 768, 1024], speedUp(BENT))
  assert.deepEqual([straight.verdict, straight.left, straight.right, straight.worst], ["above", "near", "above", 4])
})

test("a speed-up above the line is impossible, unless the runs are there too; so is nothing on a linear axis", () => {
  const above = judge([1, 256, 600, 900, 1000], speedUp(BENT))
  assert.deepEqual([above.verdict, above.worst], ["impossible", 2])
  assert.notEqual(judge([1, 256, 600, 900, 1000], speedUp([1, 256, 600, 900, 1000])).verdict, "impossible")
  assert.deepEqual(judge([1, 200, 300, 0, 400], speedUp(BENT)).worst, 3)
  const units = { x: "GPU", y: "" }
  assert.match(judged([1, 256, 600, 900, 1000], speedUp(BENT), units).join(), /At 512 GPUs.* 600 is impossible.*line/)
  assert.match(judged([1, 200, 300, 0, 400], speedUp(BENT), units).join(), /768 GPUs.* impossible: it is zero/)
})

test("a straight guess is told that the runs bend, and a bend in the wrong place where the right one is", () => {
  const units = { x: "", y: "" }
  const valley = onLogs([100, 10, 1, 10, 100])
  assert.deepEqual(judge([100, 100, 100, 100, 100], valley).bends, { own: -1, found: 2 })
  assert.match(judged([100, 100, 100, 100, 100], valley, units).join(" "), /bends at 16, and yours does not/)
  assert.match(judged([100, 1, 10, 30, 100], valley, units).join(" "), /bends most at 16, yours at 4/)
  assert.match(judged([1, 256, 512, 768, 1024], speedUp([1, 230, 410, 545, 640]), units).join(" "), /straight/)
  assert.match(
    judged([1, 4, 16, 200, 900], onLogs([1, 4, 16, 64, 256]), units).join(" "),
    /On the left, .* about right; on the right, it is too high\. At 256 you drew 900, and the simulation says 256/,
  )
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
