import assert from "node:assert/strict"
import { test } from "node:test"
import { layOut, windowAt } from "../../viz/client/scenes/scaling/layout.js"

/** @param {number} n_stages @returns {any} */
const model = (n_stages, wafers = false) => ({
  run: { duration: 10000 },
  median: 20,
  wafers,
  stages: Array.from({ length: n_stages }, (_, stage) => ({
    stage,
    lanes: ["compute", "tensor-parallel", "pipeline", "data-parallel"].map((name, k) => ({
      lane: 5 * stage + k,
      name,
    })),
  })),
  nodes: wafers
    ? [{ kind: "memory" }, { kind: "switch" }, ...Array(16).fill({ kind: "wafer" })]
    : [...Array(n_stages).fill({ kind: "stage" }), ...Array(8).fill({ kind: "replica" })],
})

test("the part of the step that is shown holds the present and stays within the step", () => {
  const { timeline } = layOut({ width: 700, height: 200, theme: { textScale: 1 } }, model(6))
  assert.ok(timeline.window < 10000)
  for (let t = 0; t <= 10000; t += 100) {
    const [from, to] = windowAt(timeline, 10000, t)
    assert.ok(from >= 0 && from <= t && t <= to && to <= 10000 + 1e-9)
  }
})

test("rows and nodes lie on the stage, whatever its size and the number of stages", () => {
  for (const [width, height] of [
    [700, 168],
    [1240, 570],
    [360, 320],
    [853, 300],
  ]) {
    for (const textScale of [1, 1.3]) {
      for (const one of [model(1), model(12), model(64), model(1, true)]) {
        const { timeline, nodes } = layOut({ width, height, theme: { textScale } }, one)
        for (const row of timeline.rows) assert.ok(row.y >= 0 && row.y + row.height <= height)
        for (const { x, y, side, hidden } of nodes.nodes)
          assert.ok(
            hidden || (x - side / 2 >= 0 && x + side / 2 <= width && y - side / 2 >= 0 && y + side / 2 <= height),
          )
      }
    }
  }
})
