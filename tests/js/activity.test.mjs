// What the chart of links and PEs at work draws: which shares, where, in which paint. Sizes are chosen so that numbers are round.

import assert from "node:assert/strict"
import { test } from "node:test"
import { activityOf, drawActivity, scales } from "../../viz/client/scenes/fabric/activity_chart.js"
import { recorder, theme } from "./recorder.mjs"

/**
 * @import { View } from "../../viz/client/kit/types"
 * @import { Drawn } from "./recorder.mjs"
 */

/** @type {any} */
const RUN = {
  duration: 31,
  tables: { utilisation: { rows: 3, t: [0, 10, 20], links: [0.25, 0.5, 0], pes: [1, 0, 0.75] } },
}
/** @type {View} */
const VIEW = { width: 366, height: 250, dpr: 1, theme, selected: null, hover: null } // ten pixels a cycle, two a percent

const drawn = () => {
  const ctx = recorder()
  /** @type {number[]} */
  let dash = []
  const dashes = new Map()
  const { stroke } = ctx
  ctx.setLineDash = (next) => (dash = next)
  ctx.stroke = () => {
    stroke()
    dashes.set(ctx.drawn.at(-1), dash)
  }
  drawActivity(ctx, VIEW, activityOf(RUN), RUN.duration)
  return { painted: ctx.drawn, dashes }
}

test("a share holds from the start of its window to the start of the next, the last to the end of the run", () => {
  const [links, pes] = activityOf(RUN)
  assert.deepEqual(links.corners, [[0, 25], [10, 25], [10, 50], [20, 50], [20, 0], [31, 0]]) // prettier-ignore
  assert.deepEqual(pes.corners[0], [0, 100])
})

test("links are a solid line in the paint of the fabric, PEs a dashed one in that of computing", () => {
  const { painted, dashes } = drawn()
  /** @param {string} paint */
  const lineOf = (paint) =>
    painted.find(({ op, strokeStyle, path }) => op === "stroke" && strokeStyle === paint && path.length === 6)
  const [links, pes] = [lineOf(theme.fabric), lineOf(theme.compute)]
  /** @param {Drawn|undefined} line */
  const at = (line) => line?.path.map(([, x, y]) => [x, y])
  assert.deepEqual(at(links), [[46, 160], [146, 160], [146, 110], [246, 110], [246, 210], [356, 210]]) // prettier-ignore
  assert.deepEqual(at(pes), [[46, 10], [146, 10], [146, 210], [246, 210], [246, 60], [356, 60]]) // prettier-ignore
  assert.deepEqual([dashes.get(links), dashes.get(pes)], [[], [6, 6]])
})

test("axes say percent and cycles where they are, and the legend names both lines", () => {
  const { painted } = drawn()
  const texts = painted.filter(({ op }) => op === "fillText").map(({ args }) => args)
  const at = Object.fromEntries(texts.map(([text, x, y]) => [text, [x, y]]))
  assert.deepEqual(texts.slice(0, 6).map(([text, , y]) => [text, y]), [["0", 210], ["20", 170], ["40", 130], ["60", 90], ["80", 50], ["100", 10]]) // prettier-ignore
  assert.deepEqual(texts.slice(6, 10).map(([text, x]) => [text, x]), [["0", 46], ["10", 146], ["20", 246], ["30", 346]]) // prettier-ignore
  assert.equal(at.cycle[0], 201)
  for (const name of ["%", "links", "PEs"]) assert.ok(at[name], name)
})

test("a larger type makes room for itself", () => {
  const scale = scales({ width: 366, height: 250, theme: { textScale: 1.25 } }, 31)
  assert.deepEqual([scale.left, scale.bottom, scale.x(31), scale.y(0)], [57.5, 200, 356, 200])
})
