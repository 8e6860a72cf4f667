// The scene "inference": what is written at a time, where a pass is, and what is drawn.

import assert from "node:assert/strict"
import { test } from "node:test"
import { createModel } from "../../viz/client/scenes/inference/model.js"
import { create } from "../../viz/client/scenes/inference/renderer.js"
import { recorder, view, withoutBrowser } from "./recorder.mjs"

/** @import { View } from "../../viz/client/kit/types" */

withoutBrowser()

/** @param {Record<string, unknown>} more */
const system = (more) => ({
  name: "wse3",
  label: "WSE-3",
  family: "wafer",
  device: "CS-3",
  n: 1,
  first_s: 100e-6,
  token_s: 50e-6,
  output_tokens: 6,
  pass_s: 50e-6,
  bandwidth_share: 0.01,
  tokens_per_s: 20000,
  ...more,
})

/** @type {any} */
const run = {
  scene: "inference",
  duration: 1000,
  tick: { unit: "µs", seconds: 1e-6 },
  meta: {
    slow_down: 20,
    systems: [system({}), system({ name: "h100", family: "gpu", device: "H100", token_s: 400e-6 })],
  },
  tables: {
    tokens: { rows: 3, system: [0, 0, 1], t0: [0, 100, 0], t1: [100, 150, 100] },
    parts: {
      rows: 4,
      system: [0, 0, 0, 1],
      step: ["norms", "attention", "norms", "output"],
      part: ["distance", "distance", "scalar", "weights"],
      seconds: [10e-6, 10e-6, 30e-6, 50e-6],
    },
  },
}

test("tokens come one after the other, from when the prompt is read until the answer is complete", () => {
  const [wafer] = createModel(run).systems
  assert.deepEqual([0, 99, 100, 149, 150, 349, 350, 1000].map(wafer.written), [0, 0, 1, 1, 2, 5, 6, 6])
  assert.equal(wafer.share(50), null)
  assert.ok(Math.abs(Number(wafer.share(125)) - 0.5) < 1e-9)
  assert.equal(wafer.share(400), null)
})

test("parts of a pass are shares of it, the longest first, and know their steps", () => {
  const [{ parts }] = createModel(run).systems
  assert.deepEqual(
    parts.map(({ part }) => part),
    ["scalar", "distance"],
  )
  assert.ok(Math.abs(parts[1].to - 1) < 1e-9)
  assert.equal(parts[0].to, parts[1].from)
  assert.deepEqual(parts[1].steps, [
    ["norms", 10e-6],
    ["attention", 10e-6],
  ])
})

for (const [width, height] of [
  [900, 500],
  [360, 420],
])
  test(`at ${width} × ${height} more is written later, nothing while it is concealed, and parts are where they are hit`, () => {
    const renderer = create(run)
    /** @param {number} t @param {Partial<View>} [more] */
    const words = (t, more) => {
      const pen = recorder()
      renderer.draw(pen, t, view(width, height, more))
      return pen.drawn.filter(({ op }) => op === "fillText").map(({ args }) => String(args[0]))
    }
    const [early, late] = [words(0), words(1000)]
    assert.ok(late.join(" ").length > early.join(" ").length)
    assert.ok(words(1000, { concealed: true }).length < early.length)
    for (const id of [0, 1, 16]) {
      const box = renderer.place(id)
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height)
      assert.equal(renderer.hit(box.x + box.width / 2, box.y + box.height / 2), id)
    }
    assert.equal(renderer.move(0, "ArrowRight"), 1)
    assert.equal(renderer.move(1, "ArrowDown"), 16)
    assert.match(renderer.inspect(1, 0).state, /40/)
    assert.deepEqual(renderer.changes(0), [100, 150])
  })

test("what is not written when the recording ends is the rest, and a recording of everything has none", () => {
  assert.deepEqual(create(run).rest, { until: 100 + 5 * 400, who: "1 H100" })
  assert.equal(create({ ...run, duration: 2100 }).rest, undefined)
})
