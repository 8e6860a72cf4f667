// What glows on a wafer, and in which shares it works: pure, without a canvas.

import assert from "node:assert/strict"
import { test } from "node:test"
import { createGlow, fading } from "../../viz/client/scenes/fabric/glow.js"
import { COMPUTES, MOVES, spellsOf } from "../../viz/client/scenes/fabric/spells.js"

const NEVER = 0xffffffff

/** Four PEs in two rows: one sends and computes, one computes late, one is passed only, one does nothing. @returns {any} */
const run = () => ({
  duration: 400,
  meta: { width: 2, height: 2 },
  tables: {
    cells: { rows: 4, done: [30, 300, NEVER, NEVER], spells: [2, 1, 0, 0], passes: [0, 0, 1, 0] },
    spells: { rows: 3, t0: [0, 200, 20], length: [5, 100, 10], does: [MOVES, COMPUTES, COMPUTES] },
    passes: { rows: 1, t0: [10], length: [10] },
  },
})
const palette = Uint32Array.from({ length: 3 * 32 * 32 }, (_, i) => i) // so that a word says what it stands for

/** What the pixels are at a cycle: [idle 0, waiting 1 or done 2, level of what moves, of what computes]. */
function seen(/** @type {ReturnType<typeof createGlow>} */ glow, /** @type {number} */ t) {
  const words = new Uint32Array(glow.columns * glow.rows)
  const lit = glow.paint(t, words, palette)
  return { lit, pixels: Array.from(words, (word) => [word >> 10, (word >> 5) & 31, word & 31]) }
}

test("a PE glows as long as its spell lasts, and fades to a third in as many cycles as the legend says", () => {
  const glow = createGlow(run(), spellsOf(run()), 1)
  assert.deepEqual(seen(glow, 4).pixels[0], [1, 31, 0])
  assert.deepEqual(seen(glow, 5 + fading(run())).pixels[0], [
    2,
    Math.round(31 / Math.E),
    Math.round(31 * Math.exp(-15 / 40)),
  ])
  assert.deepEqual(seen(glow, 399).pixels[0], [2, 0, 0])
})

test("a PE is idle before its first spell, though its router is passed", () => {
  const glow = createGlow(run(), spellsOf(run()), 1)
  const { pixels } = seen(glow, 15)
  assert.deepEqual(pixels[1], [0, 0, 0])
  assert.deepEqual(pixels[2], [0, 31, 0])
  assert.deepEqual(pixels[3], [0, 0, 0])
})

test("a pixel of several PEs takes the brightest of them, and is done when the last is", () => {
  const glow = createGlow(run(), spellsOf(run()), 2)
  assert.deepEqual([glow.columns, glow.rows], [1, 1])
  assert.deepEqual(seen(glow, 250), { lit: 1, pixels: [[1, 0, 31]] })
  assert.equal(seen(glow, 300).pixels[0][0], 2)
})

test("going back gives the same picture as having come from the start", () => {
  const [there, back] = [createGlow(run(), spellsOf(run()), 1), createGlow(run(), spellsOf(run()), 1)]
  seen(back, 399)
  for (const t of [250, 40, 25, 0, 12]) {
    const fresh = createGlow(run(), spellsOf(run()), 1)
    assert.deepEqual(seen(back, t), seen(fresh, t))
  }
  for (let t = 0; t < 400; t += 7) assert.deepEqual(seen(there, t), seen(createGlow(run(), spellsOf(run()), 1), t))
})

test("the shares of a cycle count every PE once, and routers apart", () => {
  const { shares } = spellsOf(run())
  const at = (/** @type {number} */ t) =>
    [shares.computing, shares.moving, shares.passing, shares.begun, shares.done].map((count) => count[t])
  assert.deepEqual(at(0), [0, 1, 0, 1, 0])
  assert.deepEqual(at(15), [0, 0, 1, 1, 0])
  assert.deepEqual(at(25), [1, 0, 0, 1, 0])
  assert.deepEqual(at(250), [1, 0, 0, 2, 1])
  assert.deepEqual(at(399), [0, 0, 0, 2, 2])
})

test("PEs in whose spell both sums and moves are count as computing, and are told apart", () => {
  const mixed = run()
  mixed.tables.spells.does = [MOVES, COMPUTES, MOVES | COMPUTES]
  const { computing, both } = spellsOf(mixed).shares
  assert.deepEqual([computing[25], both[25]], [1, 1])
  assert.deepEqual([computing[250], both[250]], [1, 0])
})
