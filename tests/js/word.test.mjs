import assert from "node:assert/strict"
import { test } from "node:test"
import { createChosen, createJourneys, legAt, reach } from "../../viz/client/scenes/fabric/journey.js"
import { createModel } from "../../viz/client/scenes/fabric/model.js"
import { changesOf, describeWord, drawWord, inspectWord } from "../../viz/client/scenes/fabric/word.js"
import { recorder, theme } from "./recorder.mjs"

/** @typedef {[cell: number, port: number, t0: number, n: number, value?: number]} Move */
const [EAST, SOUTH, UP, DOWN] = [1, 2, 4, 5]

/** Three by two PEs, ramps of two cycles. @param {Move[]} moves @param {any} [meta] @param {number} [duration] */
function modelOf(moves, meta = {}, duration = 40) {
  /** @param {number} k @param {any} Type @param {number} [missing] */
  const column = (k, Type, missing = 0) => Type.from(moves, (/** @type {Move} */ move) => move[k] ?? missing)
  return createModel({
    duration,
    meta: {
      width: 3,
      height: 2,
      words: 1,
      start: 0,
      hop_latency: 1,
      ramp_latency: 2,
      colors: [{ id: 0, role: "sum", name: "sum" }],
      operations: [],
      programs: [[]],
      ...meta,
    },
    tables: /** @type {any} */ ({
      wavelets: {
        rows: moves.length,
        cell: column(0, Uint32Array),
        port: column(1, Uint8Array),
        color: new Uint8Array(moves.length),
        t0: column(2, Uint32Array),
        n: column(3, Uint32Array),
        value: column(4, Uint32Array, 0xffffffff),
      },
      values: { rows: 3, value: Float32Array.of(7, 8, 9) },
      activity: { rows: 0, cell: [], kind: [], op: [], t0: [], t1: [] },
      routes: { rows: 0, cell: [] },
    }),
  })
}

// PE 0 sends two words to PE 2; in the router of PE 1 both wait three cycles.
/** @type {Move[]} */
const CHAIN = [
  [0, DOWN, 0, 2, 0],
  [0, EAST, 2, 2, 0],
  [1, EAST, 6, 2, 0],
  [2, UP, 7, 2, 0],
]

test("a word has the same way from wherever it is looked at: its sender, its hops and waits, and who takes it", () => {
  const model = modelOf(CHAIN)
  const journeys = createJourneys(model)
  const ways = [0, 1, 2].map((cell) => journeys.follow(journeys.of(cell)[1]))
  for (const way of ways) assert.deepEqual(way, ways[0])
  const { source, ends, value, legs } = ways[0]
  assert.deepEqual([source, ends, value], [{ cell: 0, t: 1, sent: true }, [{ cell: 2, t: 10, how: "taken" }], 8])
  assert.deepEqual(
    legs.map(({ cell, port, t0, t1, waited }) => [cell, port, t0, t1, waited]),
    [
      [0, DOWN, 1, 3, 0],
      [0, EAST, 3, 4, 0],
      [1, EAST, 7, 8, 3],
      [2, UP, 8, 10, 0],
    ],
  )
  assert.deepEqual(reach(ways[0], 3), { x: 0, y: 0, columns: 3, rows: 1 })
  assert.deepEqual([...changesOf(ways[0])], [1, 3, 4, 7, 8, 10])
  assert.deepEqual([0, 1, 5, 7].map((cycle) => legAt(ways[0], cycle)?.t0), [undefined, 1, 3, 7]) // prettier-ignore
  const rows = Object.fromEntries(inspectWord(model, ways[0], 5).rows)
  assert.equal(rows.Now, "waits in the router of PE (1, 0)")
  assert.equal(rows.To, "compute element of PE (2, 0), cycle 10")
  assert.deepEqual([rows.Hops, rows["On its way"], rows.Waiting], ["2", "9 cycles", "3 cycles"])
  assert.equal(describeWord(model, ways[0], 7), "Word 8: leaves PE (1, 0) to east.")
  assert.equal(describeWord(model, ways[0], 0), "Word 8: not sent yet.")
  assert.equal(describeWord(model, ways[0], 20), "Word 8: has arrived.")
})

test("a word that goes to several PEs ends at each of them", () => {
  /** @type {Move[]} */
  const moves = [
    [0, DOWN, 0, 1],
    [0, EAST, 2, 1],
    [0, SOUTH, 2, 1],
    [1, UP, 3, 1],
    [3, UP, 5, 1],
  ]
  const journeys = createJourneys(modelOf(moves))
  const way = journeys.follow(journeys.of(3)[0])
  assert.deepEqual(way.ends.map(({ cell, t }) => [cell, t]).sort(), [
    [1, 5],
    [3, 7],
  ])
  assert.ok(Number.isNaN(way.value)) // it was not recorded
  assert.equal(way.legs.filter(({ port }) => port === DOWN).length, 1)
})

test("a control ends in its router, and what nobody takes still waits there", () => {
  const dropped = createJourneys(modelOf([...CHAIN.slice(0, 1), [0, EAST, 2, 1]]))
  const [control] = dropped.of(0).filter(({ until, t }) => until === t && t === 3)
  assert.deepEqual(dropped.follow(control).ends, [{ cell: 0, t: 3, how: "dropped" }])
  const stuck = createJourneys(modelOf(CHAIN.slice(0, 2), { deadlock: [[1, 0, 2]] }))
  assert.deepEqual(stuck.follow(stuck.of(1)[0]).ends, [{ cell: 1, t: 3, how: "waits" }])
})

test("of a window the way is known as far as it is recorded, and the rest is not made up", () => {
  const window = { x: 11, y: 10, across: 1, down: 2, west: 10, north: 10, columns: 3, rows: 2 }
  const model = modelOf(CHAIN, { width: 20, height: 20, window })
  const journeys = createJourneys(model)
  const way = journeys.follow(journeys.of(1)[0])
  assert.deepEqual([way.source, way.ends], [{ cell: 0, t: 2, sent: false }, [{ cell: 2, t: 7, how: "beyond" }]])
  const rows = Object.fromEntries(inspectWord(model, way, 2).rows)
  assert.equal(rows.From, "router of PE (10, 10), cycle 2; what lies beyond is not recorded")
})

test("the word that is there now comes first, then the next, then the last; steps stay within those of the PE", () => {
  const chosen = createChosen(modelOf(CHAIN))
  assert.deepEqual([0, 6, 7, 30].map((cycle) => chosen.find(1, cycle)), [0, 0, 1, 1]) // prettier-ignore
  assert.equal(chosen.choose(0).value, 7)
  assert.deepEqual([chosen.step(1).value, chosen.step(1).value, chosen.step(-1).value], [8, 8, 7])
  const [, waiting] = chosen.of(1)
  assert.deepEqual(chosen.pointed(1, 5, { color: 0, k: 1 }), waiting)
  assert.deepEqual(chosen.pointed(1, 7, { i: 2, k: 1 })?.move, waiting.move) // as it leaves it is the one that came
  assert.equal(chosen.find(5, 0), null) // nothing comes to that PE
})

test("the way is strong as far as the word has come, and its value stands where it is", () => {
  const model = modelOf(CHAIN)
  const journeys = createJourneys(model)
  const way = journeys.follow(journeys.of(1)[0])
  const panel = { x: 0, y: 0, width: 300, height: 200 }
  /** @type {any} */
  const layout = { x: 0, y: 0, px: 100, py: 100, columns: 3, rows: 2, detail: "full", panel }
  /** @type {any} */
  const view = { width: 300, height: 200, dpr: 1, theme, selected: null, hover: null }
  /** @param {number} t */
  const drawn = (t) => {
    const ctx = recorder()
    drawWord(ctx, model, way, t, view, layout)
    const value = ctx.drawn.findLast(({ op, args }) => op === "fillText" && args[0] === "7")
    const strong = ctx.drawn.find(({ op, lineWidth }) => op === "stroke" && lineWidth === 4.5)
    return { x: value?.args[1], legs: strong?.path.filter(([name]) => name === "moveTo").length, ctx }
  }
  const [before, onLink, waits, after] = [-1, 2, 4, 30].map(drawn)
  assert.equal(before.legs, 0)
  assert.equal(onLink.legs, 2)
  assert.ok(onLink.x > 60 && onLink.x < 100 && waits.x > 100 && waits.x < 160, `${onLink.x} ${waits.x}`)
  assert.equal(after.legs, 4)
  const texts = after.ctx.drawn.filter(({ op }) => op === "fillText").map(({ args }) => args[0])
  assert.deepEqual(texts, ["cycle 0", "cycle 9", "7"])
})
