import assert from "node:assert/strict"
import { test } from "node:test"
import { createModel } from "../../viz/client/scenes/memory/model.js"
import { describe, inspect, nanoseconds, percent, quantity } from "../../viz/client/scenes/memory/words.js"

// Two units of one machine: unit 0 asks twice and computes twice, unit 1 asks once and only waits.
/** @type {any} */
const run = {
  duration: 100,
  tick: { unit: "ns", seconds: 1e-9 },
  meta: {
    n_shown: 2,
    machines: [
      {
        name: "gpu",
        label: "A GPU",
        unit: "SM",
        n_units: 10,
        home: "hbm",
        n_requests: 4,
        time_s: 90e-9,
        exchange_s: 10e-9,
        travel_s: 5e-9,
        flop: 1,
        bound: "latency",
        request_bytes: 128,
        levels: [
          { name: "register", latency_s: 1e-9 },
          { name: "hbm", label: "HBM", latency_s: 20e-9, bandwidth_bytes_per_s: 2e12, capacity_bytes: 8e10, bytes: 5 },
        ],
      },
    ],
  },
  tables: {
    requests: {
      rows: 3,
      machine: [0, 0, 0],
      unit: [0, 0, 1],
      t0: [0, 10, 0],
      tp: [5, 15, 8],
      t1: [20, 30, 40],
      n: [1, 1, 2],
    },
    compute: {
      rows: 4,
      machine: [0, 0, 0, 0],
      unit: [0, 0, 0, 1],
      kind: [4, 2, 2, 4],
      t0: [0, 20, 30, 0],
      t1: [20, 22, 32, 90],
    },
    pipe: { rows: 2, machine: [0, 0], t: [50, 100], busy: [0.5, 0.25], computing: [0.02, 0], in_flight: [3, 1] },
  },
}

test("a unit's share is what it computed in the last fiftieth of the recording", () => {
  const model = createModel(run)
  assert.equal(model.busy(0, 0, 22), 1)
  assert.equal(model.busy(0, 0, 31), 0.5)
  assert.equal(model.busy(0, 0, 28), 0)
  assert.equal(model.busyOfAll(0, 22), 0.5)
})

test("progress counts the requests that are back", () => {
  const model = createModel(run)
  assert.deepEqual(
    [19, 20, 30, 40].map((t) => model.done(0, t)),
    [0, 1 / 8, 2 / 8, 4 / 8],
  )
  assert.equal(model.done(0, 90), 1)
})

test("a machine waits, computes, exchanges and is done, and the sentence says so", () => {
  const model = createModel(run)
  assert.deepEqual(
    [5, 85, 90].map((t) => model.state(0, t)),
    ["waits", "exchanges", "done"],
  )
  assert.match(describe(model, 5), /A GPU computes 0 % of the time with 3 requests under way\./)
  assert.match(describe(model, 95), /has finished, after 90 ns/)
})

test("a unit and its memory can be inspected, and a unit has its changes", () => {
  const model = createModel(run)
  assert.equal(inspect(model, 0, 1, 5).title, "SM 2 of A GPU")
  assert.deepEqual(inspect(model, 0, null, 60).lines[0].v, [3, 1])
  assert.deepEqual([...model.changes(0, 0)], [20, 22, 30, 32])
})

test("quantities keep three digits and shares never round to none or all", () => {
  assert.equal(quantity(2.039e12, "B/s"), "2.04 TB/s")
  assert.equal(quantity(47058, "B"), "47.1 kB")
  assert.equal(nanoseconds(9.09e-10), "0.91 ns")
  assert.deepEqual([0, 0.00001, 0.0022, 0.05, 0.886, 0.9999, 1].map(percent), [
    "0 %",
    "< 0.01 %",
    "0.22 %",
    "5.0 %",
    "89 %",
    "99.9 %",
    "100 %",
  ])
})
