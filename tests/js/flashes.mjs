// node flashes.mjs FILE…: how often the wafer of each packed run darkens in any second of playing at speeds ½ to 8, as JSON.
//
// It darkens where the share of lit pixels, or of those that show computing, falls by a tenth or more from one peak to the next
// valley (WCAG 2.3.1 counts pairs of opposing changes of a tenth, and allows three in a second).

import { readFileSync } from "node:fs"
import { unpack } from "../../viz/client/kit/trace.js"
import { pace } from "../../viz/client/player/timeline.js"
import { createGlow } from "../../viz/client/scenes/fabric/glow.js"
import { spellsOf } from "../../viz/client/scenes/fabric/spells.js"

const FALL = 0.1
const HALF = 16 // of 32 levels

/** The cycles in which a curve has fallen far enough. @param {number[]} shares */
function falls(shares) {
  /** @type {number[]} */
  const found = []
  let [peak, valley] = [shares[0], shares[0]]
  shares.forEach((share, t) => {
    if (share > valley + FALL) peak = valley = share // it has risen again
    peak = Math.max(peak, share)
    if (peak - share >= FALL && share < valley) {
      if (peak - valley < FALL) found.push(t)
      valley = share
    }
    if (share > peak - FALL && peak - valley < FALL) valley = peak
  })
  return found
}

for (const file of process.argv.slice(2)) {
  const run = /** @type {any} */ (await unpack(readFileSync(file)))
  const glow = createGlow(run, spellsOf(run), 1)
  const words = new Uint32Array(glow.columns * glow.rows)
  const palette = Uint32Array.from({ length: 3 * 32 * 32 }, (_, i) => i)
  /** @type {number[][]} */
  const curves = [[], []]
  for (let t = 0; t <= run.duration; t++) {
    const lit = glow.paint(t, words, palette)
    curves[0].push(lit / words.length)
    curves[1].push(words.reduce((sum, word) => sum + Number((word & 31) >= HALF), 0) / words.length)
  }
  let most = 0
  for (const cycles of curves.map(falls))
    for (const speed of [0.5, 1, 2, 4, 8])
      for (const from of cycles)
        most = Math.max(most, cycles.filter((t) => t >= from && t < from + pace(run.duration) * speed).length)
  console.log(JSON.stringify({ file, most, falls: curves.map((curve) => falls(curve).length), cycles: run.duration }))
}
