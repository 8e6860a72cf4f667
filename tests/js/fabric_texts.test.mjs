// What the scene "fabric" says is said in every language: no text is missing, and none lacks a value.

import assert from "node:assert/strict"
import { readFileSync, readdirSync } from "node:fs"
import { test } from "node:test"
import { speak } from "../../viz/client/kit/language.js"
import { createFaults } from "../../viz/client/scenes/fabric/faults.js"
import { createField } from "../../viz/client/scenes/fabric/field.js"
import { createInside } from "../../viz/client/scenes/fabric/inside.js"
import { linksOverlay } from "../../viz/client/scenes/fabric/links.js"
import { COMPUTING, RECEIVING, SENDING, STALLED, createModel } from "../../viz/client/scenes/fabric/model.js"
import { PARTS, pathOverlay, pathSaid } from "../../viz/client/scenes/fabric/path.js"
import { createStand } from "../../viz/client/scenes/fabric/stand.js"
import { describe, inspect } from "../../viz/client/scenes/fabric/words.js"
import { texts } from "./texts.mjs"

const [EAST, UP] = [1, 4]
const NEVER = 0xffffffff
const CLIENT = new URL("../../viz/client/scenes/fabric/", import.meta.url)

/** @param {Record<string, number[]>} columns @returns {any} */
const table = (columns) => ({ rows: Object.values(columns)[0].length, ...columns })

/** Three PEs in a row. @param {number[][]} moves [cell, port, t0, n] @param {number[][]} spans [cell, kind, t0, t1] @returns {any} */
const run = (moves, spans = [], meta = {}, tables = {}) => ({
  duration: 12,
  meta: {
    width: 3,
    height: 1,
    hop_latency: 1,
    ramp_latency: 2,
    colors: [{ id: 0, role: "x", name: "x" }],
    operations: ["Send."],
    programs: [[0]],
    ...meta,
  },
  tables: {
    wavelets: table({
      ...Object.fromEntries(["cell", "port", "t0", "n"].map((name, k) => [name, moves.map((move) => move[k])])),
      color: moves.map(() => 0),
      value: moves.map(() => NEVER),
    }),
    activity: table({
      ...Object.fromEntries(["cell", "kind", "t0", "t1"].map((name, k) => [name, spans.map((span) => span[k])])),
      op: spans.map(() => 0),
    }),
    ...tables,
  },
})
const CHIP = {
  die: [2, 2],
  width: 3,
  height: 1,
  area: 46225,
  wafer: 300,
  gpu: { name: "A100", area: 826, source: "NVIDIA" },
}
const FAULTS = {
  unused: table({ cell: [1, 2], defective: [1, 0] }),
  long_links: table({ cell: [0, 0, 0], port: [0, 1, 2], to: [2, 2, 2], extra: [1, 2, 255], dead: [0, 1, 1] }),
}

/** Said on cycles, about all that can happen. */
function* said() {
  const busy = createModel(
    run([[0, EAST, 4, 2], [1, EAST, 5, 1]], [[0, SENDING, 4, 6], [1, COMPUTING, 4, 7], [2, STALLED, 4, 7], [1, STALLED, 8, 9], [2, STALLED, 8, 9], [0, RECEIVING, 9, 10]]), // prettier-ignore
  )
  for (const cycle of [0, 4, 5, 8, 9, 12]) yield describe(busy, cycle)
  const ramp = createModel(run([[1, UP, 2, 2]]))
  for (const cycle of [2, 3]) yield describe(ramp, cycle)
  for (const deadlock of [
    [[0, 3, 1]],
    [
      [0, 3, 1],
      [1, 3, 0],
    ],
  ])
    // prettier-ignore
    for (const tables of [{}, FAULTS]) yield describe(createModel(run([], [], { deadlock }, tables)), 12)
  const inside = createInside(createModel(run([[0, EAST, 1, 2], [1, EAST, 9, 2]]))) // prettier-ignore
  for (const cycle of [0, 4]) yield inside.describe(1, cycle, "(1, 0)")
  const path = table({ cell: [0, 0, 0, 0, 0], part: [0, 1, 2, 3, 4], t0: [0, 1, 2, 3, 4], t1: [1, 2, 3, 4, 5] })
  for (let t = 0; t < Object.keys(PARTS).length; t++) yield pathSaid(path, t, (cell) => `(${cell}, 0)`)
  const cells = table({ done: [9, 11, NEVER], spells: [3, 1, 0], passes: [0, 0, 1] })
  const spells = table({ t0: [0, 4, 5, 8], length: [2, 7, 2, 1], does: [1, 2, 2, 3] })
  const passes = table({ t0: [4], length: [2] })
  const field = createField(run([], [], { chip: CHIP, mesh: 2 }, { cells, spells, passes, ...FAULTS }))
  for (const t of [0, 5, 8, 11]) yield field.describe(t)
  yield* field.legend.map(({ label }) => label)
  for (const cell of [0, 1, 2]) yield JSON.stringify(field.inspect(cell, 5))
  const part = { west: 0, north: 0, columns: 8, rows: 8, window: { x: 0, y: 0, columns: 8, rows: 8 } }
  for (const looks of [true, false])
    for (const recorded of [part, null]) {
      const stand = createStand(/** @type {any} */ ({ width: 99, height: 99 }), recorded, true, looks)
      yield stand.levels.join()
      stand.lookAt({ x: 9, y: 9, columns: 8, rows: 8 })
      yield stand.missing
      stand.wanted = null
      yield stand.missing
      stand.lookInside(0)
      yield stand.levels.join()
    }
  for (const most of [1, 3, 9]) yield JSON.stringify(linksOverlay({ most }, 20))
  yield JSON.stringify(pathOverlay())
}

/** @param {string} code @param {() => void} run */
function speaking(code, run) {
  const { error } = console
  try {
    console.error = (/** @type {string} */ text) => assert.fail(`${code}: ${text}`)
    speak(code, texts(code))
    run()
  } finally {
    console.error = error
    speak("en", texts("en"))
  }
}

for (const code of ["en", "de", "fr"])
  test(`nothing is missing from what is said in ${code}`, () => {
    speaking(code, () => {
      for (const text of said()) assert.doesNotMatch(text, /undefined|NaN|fabric_/)
      const routes = { cell: [0, 0], color: [3, 4], position: [0, 1], input: [4, 3], outputs: [0b10110, 0] }
      const memory = { cell: [0, 0], before: [1.5, -12345], after: [0.0123456, 2e-9] }
      const tables = { routes: table(routes), memory: table(memory), ...FAULTS }
      const model = createModel(run([[0, EAST, 3, 1]], [[0, SENDING, 2, 5]], { slow: [[0, 4]], mesh: 2 }, tables))
      for (const cell of [0, 1, 2])
        assert.doesNotMatch(JSON.stringify(inspect(model, cell, 4)), /undefined|NaN|fabric_/)
      assert.equal(createFaults(run([], [], { slow: [[0, 4]], mesh: 2 }, FAULTS), {
        west: 0, north: 0, columns: 3, rows: 1 })?.legend.length, 5) // prettier-ignore
    })
  })

test("sentences agree with their numbers in German and in French", () => {
  const ramp = createModel(run([[1, UP, 2, 2]]))
  const deadlock = createModel(run([], [], { deadlock: [[0, 3, 1], [1, 3, 0]] })) // prettier-ignore
  speaking("de", () => {
    assert.equal(describe(ramp, 2), "1 Wavelet ist auf einer Rampe.")
    assert.equal(describe(ramp, 3), "2 Wavelets sind auf Rampen.")
    assert.equal(
      describe(deadlock, 12),
      "Deadlock: PE (0, 0) wartet auf Color 3 auf PE (1, 0), und 2 PEs warten im Kreis.",
    )
  })
  speaking("fr", () => {
    assert.equal(describe(ramp, 2), "1 wavelet est sur une rampe.")
    assert.equal(describe(ramp, 3), "2 wavelets sont sur des rampes.")
  })
})

test("every text that a module names exists, and every text of the scene is named", () => {
  const folders = [CLIENT, new URL("../../viz/charts/fabric/", import.meta.url)]
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)))
  const sources = files.filter(({ href }) => /\.(js|py)$/.test(href)).map((file) => readFileSync(file, "utf8"))
  const named = new Set(sources.flatMap((source) => source.match(/\bfabric_(?:stage|chart)_\w+/g) ?? []))
  const there = texts("en").match(/^fabric_(?:stage|chart)_\w+(?= =)/gm)
  assert.deepEqual([...named].sort(), there?.sort())
})
