import assert from "node:assert/strict"
import { test } from "node:test"
import { createModel } from "../../viz/client/scenes/memory/model.js"
import { curve, describe, inspect, rest } from "../../viz/client/scenes/memory/words.js"

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
        short: "A GPU",
        family: "gpu",
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
          {
            name: "hbm",
            label: "hbm",
            latency_s: 20e-9,
            bandwidth_bytes_per_s: 2e12,
            sheet_bytes_per_s: 3e12,
            capacity_bytes: 8e10,
            bytes: 5,
          },
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
  assert.match(describe(model, 5), /A GPU computes 0 % of the time, with 1\.9 kB under way\./)
  assert.match(describe(model, 95), /has finished, after 90 ns/)
})

test("a unit and its memory can be inspected, and a unit has its changes", () => {
  const model = createModel(run)
  assert.equal(inspect(model, 0, 1, 5).title, "SM 2 of A GPU")
  assert.deepEqual(inspect(model, 0, null, 60).lines[0].v, [3, 1])
  assert.deepEqual([...model.changes(0, 0)], [20, 22, 30, 32])
})

/** The run with one thing about its machine changed. @param {object} change @param {object} [meta] @returns {any} */
const changed = (change, meta) => ({
  ...run,
  meta: { ...run.meta, ...meta, machines: [{ ...run.meta.machines[0], ...change }] },
})

test("the card of a memory says what it can and how much of it is in use", () => {
  const model = createModel(run)
  assert.deepEqual(inspect(model, 0, null, 60), {
    title: "HBM of A GPU",
    state: "25 % in use",
    rows: [
      ["Bandwidth", "2 TB/s"],
      ["Data sheet", "3 TB/s"],
      ["Round trip", "20 ns"],
      ["Holds", "80 GB"],
      ["This kernel moves", "5 B"],
      ["One request", "128 B"],
    ],
    lines: [{ key: "in_flight", label: "Under way", unit: "request", t: [50, 100], v: [3, 1], now: 3, max: 3 }],
  })
  assert.deepEqual(
    [10, 49, 50, 99, 100].map((t) => inspect(model, 0, null, t).lines[0].now),
    [3, 3, 3, 3, 1],
  )
  assert.deepEqual(
    [49, 50, 90].map((t) => inspect(model, 0, null, t).state),
    ["50 % in use", "25 % in use", "0 % in use"],
  )
  assert.equal(createModel(changed({ time_s: 200e-9 })).arriving(0, 100), 0.25)
  const home = {
    name: "hbm",
    label: "outside",
    latency_s: 2e-8,
    bandwidth_bytes_per_s: 1,
    sheet_bytes_per_s: 1,
    bytes: 1,
  }
  assert.equal(inspect(createModel(changed({ levels: [home] })), 0, null, 1).rows[3][1], "nothing of its own")
})

test("the card of a unit says what it has computed, now and so far", () => {
  const model = createModel(run)
  assert.deepEqual(inspect(model, 0, 0, 31), {
    title: "SM 1 of A GPU",
    state: "computes 50 %",
    rows: [
      ["Stands for", "10 of them; 2 are shown"],
      ["Data from", "HBM, 20 ns there and back"],
      ["Computing so far", "9.68 %"],
      ["Bound by", "latency"],
      ["Whole kernel", "90 ns"],
    ],
    lines: [{ key: "computing", label: "Computing, all shown", unit: "%", t: [50, 100], v: [2, 0], now: 2, max: 2 }],
  })
  assert.deepEqual(
    [0, 20, 100].map((t) => model.busySoFar(0, 0, t)),
    [0, 0, 4 / 90],
  )
  assert.equal(inspect(model, 0, 0, 90).state, "done")
})

test("a machine computes where more than half of what is shown does, and exchanges only where it must", () => {
  assert.equal(createModel(run).state(0, 22), "waits")
  assert.equal(createModel(changed({}, { n_shown: 1 })).state(0, 22), "computes")
  assert.deepEqual(
    [79, 80].map((t) => createModel(run).state(0, t)),
    ["waits", "exchanges"],
  )
  assert.equal(createModel(changed({ exchange_s: 0 })).state(0, 90 - 1e-6), "waits")
  assert.equal(
    describe(createModel(run), 85),
    "A GPU has its data; what is left is the time its steps spend waiting for one another.",
  )
  assert.equal(describe(createModel(changed({ flop: 0 })), 30), "A GPU has read 25 %, with 1.9 kB under way.")
})

/** Machines that differ in their time alone. @param {Record<string, number>} times [s] by label @returns {any} */
const racing = (times) => ({
  ...run,
  meta: {
    ...run.meta,
    machines: Object.entries(times).map(([label, time_s]) => ({
      ...run.meta.machines[0],
      label,
      short: label.replace(/ .*/, ""),
      family: label.startsWith("WSE") ? "wafer" : "gpu",
      time_s,
    })),
  },
})

test("a dot is as many bytes on all machines, and all dots together what is under way", () => {
  const two = racing({ A: 1e-6, B: 1e-6 })
  // As many requests of as many bytes, but each stands for a hundred times as many units.
  two.meta.machines[1].n_units = 1000
  const { requests, pipe } = run.tables
  const twice = (/** @type {any} */ table) =>
    Object.fromEntries(
      Object.entries(table).map(([name, column]) => [
        name,
        name === "rows"
          ? 2 * column
          : [...column, ...column.map((/** @type {number} */ v) => (name === "machine" ? 1 : v))],
      ]),
    )
  two.tables = { ...run.tables, requests: twice(requests), pipe: twice(pipe) }
  const model = createModel(two)
  const dots = [0, 1].map((m) => [0, 1, 2].reduce((sum, i) => sum + model.dots(3 * m + i), 0))
  const bytes = [10, 1000].map((n_units) => (4 * 128 * n_units) / 2)
  dots.forEach((n, m) => assert.ok(Math.abs(n - bytes[m] / model.dot) < 2, `${n} dots of machine ${m}`))
  assert.ok(dots[1] > 50 * dots[0])
})

test("what is not recorded goes on as before until its end", () => {
  const long = racing({ "WSE-2 (CS-2)": 90e-9, "A100 SXM 80 GB": 1100e-9 })
  const model = createModel(long)
  assert.deepEqual(rest(model), { until: 1100, who: "A100" })
  const seen = model.done(1, 100)
  assert.equal(model.done(1, 600), (1 + seen) / 2)
  assert.deepEqual([model.done(1, 1100), model.state(1, 1100), model.done(0, 600)], [1, "done", 1])
  assert.equal(rest(createModel(run)), undefined)
})

test("the time bar shows the machine that asks farthest", () => {
  const far = { name: "far", label: "far", latency_s: 5e-8 }
  const [near] = run.meta.machines
  const machines = [near, { ...near, home: "far", levels: [far] }]
  const pipe = {
    rows: 3,
    machine: [0, 1, 1],
    t: [50, 40, 80],
    busy: [0, 0, 0],
    computing: [0, 0, 0],
    in_flight: [3, 7, 9],
  }
  const model = createModel({ ...run, meta: { ...run.meta, machines }, tables: { ...run.tables, pipe } })
  assert.deepEqual(curve(model), { label: "requests under way", t: [40, 80], v: [7, 9] })
})
