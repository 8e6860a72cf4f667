import assert from "node:assert/strict"
import { test } from "node:test"
import { along } from "../../viz/client/pages/curve.js"
import { withoutBrowser } from "./recorder.mjs"

withoutBrowser()

/** @type {(y_label: string, unit: string, ticks: number[]) => import("../../viz/client/pages/types").CurveQuestion} */
const question = (y_label, unit, ticks) => {
  const ends = { low: 1, high: 10, log: true, ticks }
  return {
    kind: "draw",
    x: [],
    y: [],
    x_label: "",
    y_label,
    unit,
    runs: [],
    line: null,
    paint: "compute",
    axes: { x: ends, y: ends },
  }
}

test("a unit that all ticks of an axis share stands once, with its name, and others stand at each tick", () => {
  const days = along(question("time from start to end", "s", [0, 864_000, 1_728_000]))
  assert.equal(days.name, "time from start to end (days)")
  assert.deepEqual(days.ticks.slice(1), [
    [864_000, "10"],
    [1_728_000, "20"],
  ])
  assert.equal(along(question("Cycles until all is done", "cycle", [10, 100])).name, "Cycles until all is done")
  assert.equal(along(question("times as fast", "", [0, 500])).name, "times as fast")
  const mixed = along(question("bandwidth", "B/s", [1e11, 1e12]))
  assert.equal(mixed.name, "bandwidth")
  assert.deepEqual(mixed.ticks, [
    [1e11, "100 GB/s"],
    [1e12, "1 TB/s"],
  ])
})
