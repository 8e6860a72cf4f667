import assert from "node:assert/strict"
import { test } from "node:test"
import { figuresCsv } from "../../viz/client/embed/copy.js"
import { createSettings } from "../../viz/client/embed/settings.js"

const { timeOf, loopOf, fits, read } = createSettings({
  marks: [
    { t: 12, name: "half", text: "Half." },
    { t: 30, name: "last", text: "Last." },
  ],
  duration: 40,
  rules: { t: "^(?:[0-9.]+|m:[a-z0-9_]+)$", speed: "^(?:1|2)$", loop: "^.+$" },
})

test("a time is a tick within the run, a numeral, or the name of a mark", () => {
  assert.deepEqual([7, "7", "7.5", -3, 99, "m:half", "m:none", "", "soon", null, undefined].map(timeOf), [
    7,
    7,
    7.5,
    0,
    40,
    12,
    null,
    null,
    null,
    null,
    null,
  ])
})

test("a loop is the whole run or lies between two times that come in order", () => {
  assert.deepEqual(loopOf("all"), { from: 0, to: 40 })
  assert.deepEqual(loopOf("5..m:half"), { from: 5, to: 12 })
  for (const word of ["m:half..5", "5..5", "5..m:none", "soon..5", "5", "", undefined]) assert.equal(loopOf(word), null)
})

test("a setting takes what its rule allows, and names only marks that there are", () => {
  assert.ok(fits("speed", "2"))
  assert.ok(fits("t", "m:last"))
  for (const [name, value] of [
    ["speed", "3"],
    ["speed", 2],
    ["t", "m:none"],
    ["loop", "1..m:none"],
    ["toString", "1"],
    ["unknown", "1"],
  ])
    assert.ok(!fits(String(name), value), `${name}=${value}`)
})

test("a hash is parted into what is understood and what is not", async () => {
  assert.deepEqual(await read("#speed=2&t=m:half&speed3=1&t=late"), {
    found: { speed: "2", t: "m:half" },
    wrong: ["speed3=1", "t=late"],
  })
})

test("figures are a table in which commas, quotes and new lines are quoted", () => {
  /** @type {any} */
  const figures = {
    cycles: { value: 207, unit: "cycles", label: "cycles, with start-up", kind: "modelled", source: 'a "rule"' },
  }
  assert.equal(
    figuresCsv(figures),
    'name,value,unit,label,kind,source\ncycles,207,cycles,"cycles, with start-up",modelled,"a ""rule"""\n',
  )
})
