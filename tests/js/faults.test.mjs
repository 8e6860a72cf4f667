import assert from "node:assert/strict"
import { test } from "node:test"
import { createFaults, pointOf } from "../../viz/client/scenes/fabric/faults.js"
import { createModel } from "../../viz/client/scenes/fabric/model.js"

/** @import { Faults, Link } from "../../viz/client/scenes/fabric/faults.js" */

// Two rows of four PEs and a spare: PE 1 is defective, and in row 1 the link between columns 2 and 3 is dead.
/** @type {any} */
const run = {
  meta: { width: 5, mesh: 4, slow: [[7, 4]] },
  tables: {
    unused: { rows: 2, cell: [1, 9], defective: [1, 0] },
    long_links: {
      rows: 4,
      cell: [0, 2, 7, 8],
      port: [1, 3, 1, 3],
      to: [2, 0, 8, 7],
      extra: [1, 1, 255, 255],
      dead: [0, 0, 1, 1],
    },
  },
}

const WHOLE = { west: 0, north: 0, columns: 5, rows: 2 }

test("links are found from both ends and every fault is told", () => {
  const faults = /** @type {Faults} */ (createFaults(run, WHOLE))
  assert.equal(faults.link(0, 1).to, 2)
  assert.equal(faults.link(2, 3).to, 0)
  assert.equal(faults.link(2, 1), undefined)
  assert.deepEqual(faults.rows(1), [["Fault", "defective: rows go past it"]])
  assert.deepEqual(faults.rows(9), [["Spare", "not in use"]])
  assert.deepEqual(faults.rows(0), [["East", "2 hops to PE (2, 0)"]])
  assert.deepEqual(faults.rows(7), [
    ["Fault", "4 cycles for each element"],
    ["East", "dead, and no way around"],
  ])
  assert.deepEqual(
    faults.legend.map(({ label }) => label),
    ["defective", "spare", "detour", "dead link", "slow"],
  )
  assert.equal(createFaults({ meta: /** @type {any} */ ({}), tables: {} }, WHOLE), null)
})

test("a wavelet on a long link crosses it for as many cycles as it has hops", () => {
  const wavelets = { rows: 1, cell: [0], port: [1], color: [0], t0: [5], n: [2], value: [0] }
  const activity = { rows: 0, cell: [], kind: [], op: [], t0: [], t1: [] }
  const meta = { ...run.meta, height: 2, hop_latency: 1, ramp_latency: 2, colors: [], programs: [] }
  const model = createModel({ duration: 20, meta, tables: { ...run.tables, wavelets, activity } })
  assert.deepEqual(
    [4, 5, 6, 7, 8].map((cycle) => model.crossing(cycle)),
    [0, 1, 2, 1, 0],
  )
})

test("a way past a PE begins and ends in the middle of its ends and bows around what lies between", () => {
  const layout = { columns: 5, px: 40, py: 40 }
  const faults = /** @type {Faults} */ (createFaults(run, WHOLE))
  /** @param {number} share */
  const east = (share) => pointOf(/** @type {Link} */ (faults.link(0, 1)), 0, 1, [20, 20], layout, 3, share)
  assert.deepEqual(east(0), [20, 23])
  assert.deepEqual(east(1), [100, 23])
  assert.ok(east(0.5)[1] > 35)
  const [, west] = pointOf(/** @type {Link} */ (faults.link(2, 3)), 2, 3, [100, 20], layout, 3, 0.5)
  assert.ok(west < 5)
  const bent = pointOf({ to: 6, extra: 1, dead: false }, 2, 2, [100, 20], layout, 0, 0.5)
  assert.deepEqual(bent, [80, 40])
})

test("faults of a part are numbered within it, and those elsewhere are left out", () => {
  const faults = /** @type {Faults} */ (createFaults(run, { west: 1, north: 1, columns: 3, rows: 1 }))
  assert.deepEqual([faults.defective.size, faults.spare.size, [...faults.slow]], [0, 0, [[1, 4]]])
  assert.equal(faults.link(1, 1).to, 2)
  assert.equal(faults.spares, null)
  assert.equal(faults.rows(1)[1][1], "dead, and no way around")
})
