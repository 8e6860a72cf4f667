import assert from "node:assert/strict"
import { test } from "node:test"
import { duration, skipped } from "../../viz/client/kit/rest.js"

test("a time of who watches is whole in its smaller unit", () => {
  assert.deepEqual([59.9, 89, 91, 3600, 3571, 36_240].map(duration), [
    "59 s",
    "1 min",
    "2 min",
    "1 h",
    "1 h",
    "10 h 4 min",
  ])
})

test("what is skipped begins and ends slowly, never goes back, and jumps where nothing may move", () => {
  const times = Array.from({ length: 41 }, (_, k) => skipped(2, 1002, 80 * k, false))
  assert.deepEqual([times[0], times[20], times[40]], [2, 502, 1002])
  const steps = times.slice(1).map((time, k) => time - times[k])
  assert.ok(Math.min(...steps) > 0 && steps[0] < steps[19] / 10 && steps[39] < steps[19] / 10)
  assert.equal(skipped(2, 1002, 9e9, false), 1002)
  assert.equal(skipped(2, 1002, 0, true), 1002)
})
