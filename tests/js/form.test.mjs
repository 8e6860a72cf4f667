import assert from "node:assert/strict"
import { test } from "node:test"
import { position, valueAt, unitBeside } from "../../viz/client/components/controls.js"

const even = { low: 10, high: 60, kind: "number" } // a ratio of 6: evenly spaced
const wide = { low: 1, high: 10000, kind: "number" } // a ratio of 10,000: by the logarithm

test("a slider spaces values evenly up to a ratio of fifty, and by their logarithm beyond", () => {
  assert.deepEqual(
    [10, 35, 60].map((value) => position(even, value)),
    [0, 50, 100],
  )
  assert.deepEqual(
    [1, 10, 100, 1000, 10000].map((value) => Math.round(position(wide, value))),
    [0, 25, 50, 75, 100],
  )
  assert.equal(position({ low: 1, high: 50 }, 25.5), 50)
  assert.equal(Math.round(position({ low: 1, high: 64 }, 8)), 50)
  assert.equal(Math.round(position({ low: 2, high: 20000 }, 200)), 50)
  assert.equal(valueAt({ low: 2, high: 20000, kind: "number" }, 50), 200)
  assert.equal(position({ low: 0, high: 1000 }, 500), 50) // nothing has no logarithm
})

test("a place on a slider is read back as the value that stands there", () => {
  assert.deepEqual(
    [0, 50, 100].map((at) => valueAt(even, at)),
    [10, 35, 60],
  )
  assert.deepEqual(
    [0, 25, 50, 75, 100].map((at) => valueAt(wide, at)),
    [1, 10, 100, 1000, 10000],
  )
  for (const field of [even, wide])
    for (const value of [12, 33.3, 59]) assert.equal(valueAt(field, position(field, value)), value)
})

test("whole numbers are rounded to the nearest, others keep three digits", () => {
  const whole = { low: 0, high: 10, kind: "integer" }
  assert.deepEqual(
    [24, 26, 34, 36].map((at) => valueAt(whole, at)),
    [2, 3, 3, 4],
  )
  assert.equal(valueAt({ low: 0, high: 1, kind: "number" }, 12.3456), 0.123)
})

test("the unit beside a field counts one, and no millions", () => {
  assert.equal(unitBeside(1, "word"), "word")
  assert.equal(unitBeside(16, "word"), "words")
  assert.equal(unitBeside(null, "word"), "words")
  assert.equal(unitBeside(3e11, "token"), "tokens")
})
