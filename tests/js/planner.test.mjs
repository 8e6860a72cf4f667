import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { speak } from "../../viz/client/kit/language.js"
import { cellBox, layOut } from "../../viz/client/scenes/planner/calendar.js"
import { drawBand, drawPlayed } from "../../viz/client/scenes/planner/futures.js"
import { createModel, lastAt, unitFor } from "../../viz/client/scenes/planner/model.js"
import { cellIs, describe, inspect, length } from "../../viz/client/scenes/planner/words.js"
import { recorder, theme } from "./recorder.mjs"
import { texts } from "./texts.mjs"

/** @param {Record<string, number[]>} columns */
const table = (columns) => ({ rows: Object.values(columns)[0].length, ...columns })

// Ten minutes of queue, a hundred of training of which the last twenty are lost, a standstill, a restart, and the rest.
/** @type {any} */
const run = {
  duration: 260,
  tick: { unit: "min", seconds: 60 },
  meta: {
    kinds: ["queue", "training", "lost_work", "unnoticed", "restart"],
    lanes: [
      { device: "boxes", n_devices: 2, days_low: 0.15, days_high: 0.25, checkpoint_hours: 0.5, checkpoint_stride: 1 },
    ],
    no_other: "n_devices must be more, got 1",
  },
  tables: {
    phases: table({
      lane: [0, 0, 0, 0, 0, 0],
      kind: [0, 1, 2, 3, 4, 1],
      t0: [0, 10, 90, 110, 130, 140],
      t1: [10, 90, 110, 130, 140, 260],
    }),
    checkpoints: table({ lane: [0, 0], t0: [49, 89], t1: [50, 90] }),
    failures: table({ lane: [0], t0: [110], t1: [140], lost: [1 / 3] }),
    futures: table({ lane: [0], days: [260 / 1440], interruptions: [1] }),
  },
}

test("on a stage that is too low cells and futures are thin, and none is turned over", () => {
  const model = createModel(run)
  for (const [width, height] of [
    [774, 80],
    [500, 80],
    [500, 240],
    [1280, 400],
  ]) {
    // prettier-ignore
    const layout = layOut({ width, height, theme: { textScale: 1.6 } }, model)
    const box = cellBox(layout, 0, 0)
    assert.ok(box.width > 0 && box.height > 0)
    assert.ok(layout.future.top < layout.future.bottom)
  }
})

test("the share done falls back to the last checkpoint and ends at one", () => {
  const [lane] = createModel(run).lanes
  assert.equal(lane.done(5), 0)
  assert.equal(lane.done(90), 0.4)
  assert.equal(lane.done(100), 0.45)
  for (const t of [110, 120, 135, 140]) assert.equal(lane.done(t), 0.4)
  assert.equal(lane.done(200), 0.7)
  assert.equal(lane.done(260), 1)
  assert.equal(lane.interruptions(109), 0)
  assert.equal(lane.interruptions(110), 1)
})

test("a cell accounts for what happened in it so far", () => {
  const model = createModel(run)
  assert.deepEqual(model.account(model.lanes[0], 60, 120, 260), {
    sums: { training: 30, lost_work: 20, unnoticed: 10 },
    written: 1,
    failed: 1,
  })
  assert.deepEqual(model.account(model.lanes[0], 60, 120, 70).sums, { training: 10 })
})

test("the sentence names what it does, and why it is alone", () => {
  const text = describe(createModel(run), 120)
  assert.match(text, /2 boxes: 40 % done, now standing still, and nobody has noticed yet; one interruption so far\./)
  assert.match(text, /cannot do this: n_devices must be more, got 1\.$/)
})

test("in every language a cell and its lane say what happened in them", () => {
  for (const code of ["en", "de", "fr"]) {
    speak(code, texts(code))
    const errors = mock.method(console, "error", () => {})
    const model = createModel(run)
    for (const ticks of [600, 1260, 9000, 36000, 200000, 1e6]) {
      const layout = /** @type {any} */ ({ unit: unitFor(ticks, 126) })
      for (const t of [0, 30, 100, 120, 135, 260]) {
        assert.ok(describe(model, t))
        assert.ok(cellIs(layout.unit))
        for (const cell of [0, 1]) assert.ok(inspect(model, layout, 0, cell, t).title)
      }
    }
    assert.deepEqual(
      errors.mock.calls.map(({ arguments: [said] }) => said),
      [],
    )
    errors.mock.restore()
  }
  speak("en", texts("en"))
  const layout = /** @type {any} */ ({ unit: unitFor(600, 126) })
  assert.deepEqual(inspect(createModel(run), layout, 0, 9, 260), {
    title: "90 to 100 min, 2 boxes",
    state: "45 % done",
    rows: [
      ["state", "45 % done"],
      ["lost work", "10 min"],
      ["checkpoints", "1"],
    ],
    lines: [],
  })
})

test("cells are as fine as their number allows", () => {
  assert.equal(unitFor(600, 126).length, 10)
  assert.equal(unitFor(36000, 126).length, 1440)
  assert.equal(unitFor(1e9, 126).length, 43200)
  assert.deepEqual([1260, 1261, 7560, 7561, 18144, 18145].map((ticks) => unitFor(ticks, 126).length), [10, 60, 60, 360, 360, 1440]) // prettier-ignore
})

test("words and searches", () => {
  assert.deepEqual([length(12), length(90), length(14400)], ["12 min", "90 min", "10 days"])
  assert.deepEqual([lastAt([1, 3, 3, 8], 0), lastAt([1, 3, 3, 8], 3), lastAt([1, 3, 3, 8], 9)], [-1, 2, 3])
})

test("two lanes are told one after the other, with their interruptions, until they are done", () => {
  const two = {
    ...run,
    meta: {
      ...run.meta,
      lanes: [...run.meta.lanes, { device: "wafer", n_devices: 1, checkpoint_hours: 1, checkpoint_stride: 1 }],
      no_other: null,
    },
    tables: {
      ...run.tables,
      phases: table({ lane: [0, 0, 1], kind: [0, 1, 1], t0: [0, 10, 0], t1: [10, 260, 100] }),
      failures: table({ lane: [0, 0, 1], t0: [20, 30, 40], t1: [25, 35, 45], lost: [0, 0, 0] }),
    },
  }
  assert.equal(describe(createModel(two), 50), "2 boxes: 16 % done, now training; 2 interruptions so far. 1 wafer: 50 % done, now training; one interruption so far.") // prettier-ignore
  assert.equal(describe(createModel(two), 110), "2 boxes: 40 % done, now training; 2 interruptions so far. 1 wafer is done after 100 min.") // prettier-ignore
  assert.equal(createModel(two).lanes[1].done(110), 1)
})

// A stage on which a minute is two pixels, and all that is done two hundred.
/** @type {any} */
const layout = { s: 1, future: { left: 100, right: 500, top: 20, bottom: 220 }, narrow: false }
/** @type {any} */
const lanes = [
  {
    family: "gpu",
    device: "boxes",
    n_devices: 2,
    futures: [150, 120, 180],
    interval: [110, 190],
    end: 160,
    done: (/** @type {number} */ t) => t / 160,
  },
  {
    family: "wafer",
    device: "wafer",
    n_devices: 1,
    futures: [40],
    interval: [30, 60],
    end: 40,
    done: (/** @type {number} */ t) => t / 40,
  },
]
/** @type {any} */
const band = {
  rows: 4,
  t: [0, 50, 100, 200],
  low: [0, 0.1, 0.5, 1],
  median: [0, 0.2, 1, 1],
  high: [0, 0.3, 1, 1],
  other_low: [0, 0.5, 1, 1],
  other_median: [0, 0.75, 1, 1],
  other_high: [0, 1, 1, 1],
}
/** @param {string} paint @param {import("./recorder.mjs").Drawn[]} drawn @param {string} op */
const pathsIn = (paint, drawn, op) =>
  drawn
    .filter((one) => one.op === op && one[op === "fill" ? "fillStyle" : "strokeStyle"] === paint)
    .map(({ path }) => path.map(([, ...numbers]) => numbers))

test("futures are a band from low to high, a median that stops when all is done, and ticks for the ends on the line of the interval", () => {
  const ctx = recorder()
  /** @type {any[]} */
  const dashes = []
  ctx.setLineDash = (dash) => dashes.push(dash)
  drawBand(ctx, /** @type {any} */ ({ lanes }), layout, theme, band, 200)
  const { drawn } = ctx
  const round = [[100, 220], [200, 200], [300, 120], [500, 20], [500, 20], [300, 20], [200, 160], [100, 220], []] // prettier-ignore
  assert.deepEqual(pathsIn("gpu", drawn, "fill").slice(0, 1), [round])
  assert.deepEqual(pathsIn("wafer", drawn, "fill")[0].slice(1, 3), [[200, 120], [300, 20]]) // prettier-ignore
  const [median, interval, ends] = pathsIn("gpu", drawn, "stroke")
  assert.deepEqual(median, [[100, 220], [200, 180], [300, 20]]) // prettier-ignore
  assert.deepEqual(interval, [[320, 14], [480, 14], [320, 11], [320, 17], [480, 11], [480, 17]]) // prettier-ignore
  assert.deepEqual(ends, [[400, 10], [400, 18], [340, 10], [340, 18], [460, 10], [460, 18]]) // prettier-ignore
  assert.deepEqual(pathsIn("wafer", drawn, "stroke")[2], [[180, 0], [180, 8]]) // prettier-ignore
  assert.deepEqual(dashes, [[8, 5], [], [], []])
  const alphas = drawn.filter(({ globalAlpha }) => globalAlpha < 1).map(({ op, globalAlpha }) => `${op} ${globalAlpha}`)
  assert.deepEqual(alphas, ["fill 0.22", "fill 0.22", "stroke 0.7", "stroke 0.7"])
})

test("the axes of the futures say shares and times, and beside them stands between which times each lane ends", () => {
  const ctx = recorder()
  drawBand(ctx, /** @type {any} */ ({ lanes }), layout, theme, band, 200)
  const said = ctx.drawn.filter(({ op }) => op === "fillText").map(({ args }) => args)
  assert.deepEqual(said.slice(0, 3), [["0 %", 94, 220], ["50 %", 94, 120], ["100 %", 94, 20]]) // prettier-ignore
  assert.deepEqual(said.slice(3, 5), [["30 min", 160, 235], ["60 min", 220, 235]]) // prettier-ignore
  assert.equal(said.filter(([text]) => text.endsWith(" min")).length, 7) // 30 to 180, and an end
  assert.deepEqual(said.slice(-7), [
    ["Line: nine cases in ten, errors of the model included.", 498, 201],
    ["Ticks: fifty futures, which differ only in what fails.", 498, 214],
    ["Done after", 14, 24],
    ["2 boxes", 26, 40],
    ["1.83 to 3.17 h", 14, 53],
    ["1 wafer", 26, 67],
    ["30 to 60 min", 14, 80],
  ])
  const narrow = recorder()
  drawBand(narrow, /** @type {any} */ ({ lanes }), { ...layout, narrow: true }, theme, band, 5760)
  const ticks = narrow.drawn.filter(({ op }) => op === "fillText").map(({ args: [text] }) => text)
  assert.deepEqual(ticks.slice(3, -1), ["1 day", "2 days", "3 days"])
})

test("where the foot is low, an interval stands beside its mark, and no key lies over the lines", () => {
  const ctx = recorder()
  const low = { ...layout, future: { ...layout.future, bottom: 50 } }
  drawBand(ctx, /** @type {any} */ ({ lanes }), low, theme, band, 200)
  const said = ctx.drawn.filter(({ op }) => op === "fillText").map(({ args }) => args)
  assert.deepEqual(said.slice(-3), [["Done after", 14, 24], ["1.83 to 3.17 h", 26, 40], ["30 to 60 min", 26, 55]]) // prettier-ignore
  assert.ok(!said.some(([text]) => /^(Line|Ticks): /.test(text)))
})

test("the future that plays comes as far as the time, and no farther than its end", () => {
  const ctx = recorder()
  /** @type {any} */
  const progress = { rows: 4, t: [0, 50, 100, 150], this: [0, 0.25, 0.5, 0.9], other: [0, 1, 1, 1] }
  drawPlayed(ctx, /** @type {any} */ ({ lanes }), layout, 80, theme, progress, 200)
  const [mine, dot, other, end] = ctx.drawn.filter(({ op }) => op === "stroke")
  assert.deepEqual(mine.path, [["lineTo", 100, 220], ["lineTo", 200, 170], ["lineTo", 260, 120]]) // prettier-ignore
  assert.deepEqual([mine.strokeStyle, mine.lineWidth, dot.lineWidth], ["gpu", 2.4, 2.2])
  assert.deepEqual(dot.path[0], ["roundRect", 255.8, 115.8, 8.4, 8.4, 4.2 * 0.36])
  assert.deepEqual(other.path, [["lineTo", 100, 220], ["lineTo", 180, 20]]) // prettier-ignore
  assert.deepEqual([other.strokeStyle, end.path[0].slice(1, 3)], ["wafer", [180, 20]])
})
