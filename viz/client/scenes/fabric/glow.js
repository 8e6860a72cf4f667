// The moving picture of a wafer: what works glows and fades, drawn from its spells, as an image of any number of PEs a pixel.
//
// A pixel takes the brightest of its PEs, so that a single column is not lost. Where so few work that nobody would find them,
// there is a halo around them.

import { contextOf } from "../../kit/canvas.js"

/**
 * @import { Pen, Theme } from "../../kit/types"
 * @import { Spells } from "./spells.js"
 * @import { FabricRun, Spread } from "./types"
 */

const LEVELS = 32 // of a glow; the last one is at work
const LIT = LEVELS / 2 // from which on a pixel is lit
const LONG_AGO = -(1 << 30)
const FEW = 0.004 // share of the pixels that are lit, up to which there is a halo; it is gone at twice as many
const HALO = 0.69 // how much of the hue a halo has at most
const SPOT = 4 // pixels of the screen for one of the halo, and ...
const REACH = 4 // ... how many of these it reaches
const SPREAD = 1.5 // its standard deviation in these
/** Cycles: pauses up to which are left out of every recording. */
export const SHORT = 16
const SHARP = 3 // pixels a PE from which on a PE is seen without a halo

/**
 * Cycles after which a glow is down to 1/e: enough for the eye, however many cycles go by in a frame; and where longer pauses
 * are left out for want of room, as of a PE that works again and again, so many that the wafer does not flash.
 * @param {Pick<FabricRun, "duration" | "meta">} run
 */
export const fading = ({ duration, meta: { pause = SHORT } }) =>
  Math.max(40, Math.round(duration / 200), pause > SHORT ? 2 * pause : 0)

/**
 * How bright a PE is `age` cycles after its last spell, from 0 to LEVELS - 1; the last entry stands for all later ones.
 * @param {Pick<FabricRun, "duration" | "meta">} run
 */
function levelsOf(run) {
  const cycles = fading(run)
  const level = new Uint8Array(Math.ceil(cycles * Math.log(2 * LEVELS)) + 1)
  for (let age = 0; age < level.length - 1; age++) level[age] = Math.round((LEVELS - 1) * Math.exp(-age / cycles))
  return level
}

/**
 * What is seen of some PEs a pixel: their glow, as of any cycle. No canvas.
 * @param {FabricRun} run
 * @param {Spells} spells
 * @param {number} step PEs of a pixel in both directions
 */
export function createGlow(run, spells, step) {
  const { meta, duration } = run
  const [columns, rows] = [Math.ceil(meta.width / step), Math.ceil(meta.height / step)]
  const n = columns * rows
  const place = new Uint32Array(spells.n)
  for (let cell = 0; cell < place.length; cell++)
    place[cell] = Math.floor(Math.floor(cell / meta.width) / step) * columns + Math.floor((cell % meta.width) / step)
  // When the first of its PEs begins, and the last is done.
  const [begins, done] = [new Int32Array(n).fill(duration + 1), new Int32Array(n)]
  const first = spells.begins
  for (let cell = 0; cell < place.length; cell++) {
    const i = place[cell]
    begins[i] = Math.min(begins[i], first[cell])
    if (first[cell] <= duration) done[i] = Math.max(done[i], Math.min(spells.done[cell], duration + 1))
  }
  // Until when the latest spell lasts that has begun.
  const [moves, computes] = [new Int32Array(n), new Int32Array(n)]
  const lit = new Uint32Array(Math.ceil(2 * FEW * n))
  const level = levelsOf(run)
  const oldest = level.length - 1
  let now = -1

  /** @param {number} cycle */
  function go(cycle) {
    if (cycle < now || now < 0) {
      moves.fill(LONG_AGO)
      computes.fill(LONG_AGO)
      now = -1
    }
    const { at, cell, end } = spells
    for (let i = at[now + 1], stop = at[cycle + 1]; i < stop; i++) {
      const until = spells.computes[i] ? computes : moves
      const pixel = place[cell[i]]
      if (until[pixel] < end[i]) until[pixel] = end[i]
    }
    now = cycle
  }

  return {
    columns,
    rows,
    lit,
    /** The level of a pixel's glow. @param {Int32Array} until @param {number} i */
    levelAt: (until, i) => level[Math.min(Math.max(now - until[i], 0), oldest)],
    moves,
    computes,
    /**
     * Write the words of the pixels at a cycle; returns how many are lit, of which the first are listed in `lit`.
     * @param {number} cycle
     * @param {Uint32Array} words
     * @param {Uint32Array} palette see paletteOf
     */
    paint(cycle, words, palette) {
      go(cycle)
      let found = 0
      // Whole numbers of 32 bits are twice as fast as others.
      for (let i = 0, all = n | 0, t = cycle | 0; i < all; i++) {
        let moved = (t - moves[i]) | 0
        moved = level[moved < 0 ? 0 : moved > oldest ? oldest : moved]
        let computed = (t - computes[i]) | 0
        computed = level[computed < 0 ? 0 : computed > oldest ? oldest : computed]
        if ((moved | computed) >= LIT) {
          if (found < lit.length) lit[found] = i
          found++
        }
        const base = t < begins[i] ? 0 : t < done[i] ? 1 : 2
        words[i] = palette[(base * LEVELS + moved) * LEVELS + computed]
      }
      return found
    },
  }
}

/**
 * The colours of pixels by what they are (idle, waiting, done), how brightly they glow for wavelets, and for sums.
 * @param {Theme} theme
 */
function paletteOf(theme) {
  const [moves, computes] = [theme.fabric, theme.compute].map(rgb)
  const found = new Uint32Array(3 * LEVELS * LEVELS)
  ;[theme.pe, theme.waiting, theme.computeSoft].map(rgb).forEach((base, k) => {
    for (let moved = 0; moved < LEVELS; moved++)
      for (let computed = 0; computed < LEVELS; computed++) {
        const lower = mix(moves, base, moved / (LEVELS - 1))
        found[(k * LEVELS + moved) * LEVELS + computed] = word(mix(computes, lower, computed / (LEVELS - 1)))
      }
  })
  return found
}

/** @param {number[]} a @param {number[]} b @param {number} share */
const mix = (a, b, share) => a.map((part, k) => Math.round(part * share + b[k] * (1 - share)))

/** @param {number[]} parts */
const word = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r

/** @param {string} colour */
function rgb(colour) {
  const ctx = contextOf(document.createElement("canvas"))
  ctx.fillStyle = colour
  ctx.fillRect(0, 0, 1, 1)
  return [...ctx.getImageData(0, 0, 1, 1).data].slice(0, 3)
}

/**
 * What draws the picture of a cycle, of `step` PEs a pixel in both directions.
 * @param {FabricRun} run
 * @param {Spells} spells
 * @param {number} step
 */
export function createPainter(run, spells, step) {
  const glow = createGlow(run, spells, step)
  const { canvas, onto, pixels } = imageOf(glow.columns, glow.rows)
  const words = new Uint32Array(pixels.data.buffer)
  /** @type {ReturnType<typeof createHalo> | null} */
  let halo = null
  /** @type {Theme|null} */
  let theme = null
  let palette = new Uint32Array(0)
  /** @type {number[][]} */
  let hues = []
  let painted = -1
  let lit = 0
  /**
   * @param {Pen} ctx
   * @param {number} cycle
   * @param {Theme} wanted
   * @param {Spread} layout of the whole mesh
   */
  return (ctx, cycle, wanted, { x, y, px, py }) => {
    if (theme !== wanted) {
      theme = wanted
      palette = paletteOf(wanted)
      hues = [wanted.fabric, wanted.compute].map(rgb)
      painted = -1
    }
    if (painted !== cycle) {
      lit = glow.paint(cycle, words, palette)
      onto.putImageData(pixels, 0, 0)
      painted = cycle
    }
    ctx.drawImage(canvas, x, y, glow.columns * step * px, glow.rows * step * py)
    const strength = Math.min(1, 2 - lit / (FEW * words.length))
    if (!lit || strength <= 0 || px > SHARP) return
    const spot = Math.max(1, Math.round(SPOT / (step * px)))
    if (halo?.spot !== spot) halo = createHalo(glow, spot)
    halo.draw(ctx, lit, HALO * strength, hues, { x, y, px: px * step, py: py * step })
  }
}

/** @param {number} width @param {number} height */
function imageOf(width, height) {
  const canvas = document.createElement("canvas")
  canvas.width = width
  canvas.height = height
  const onto = contextOf(canvas)
  return { canvas, onto, pixels: onto.createImageData(width, height) }
}

/**
 * The halo around what is lit: a coarse image, which is drawn smoothly.
 * @param {ReturnType<typeof createGlow>} glow
 * @param {number} spot pixels of the glow for one of the halo
 */
function createHalo(glow, spot) {
  const columns = Math.ceil(glow.columns / spot) + 2 * REACH
  const rows = Math.ceil(glow.rows / spot) + 2 * REACH
  const { canvas, onto, pixels } = imageOf(columns, rows)
  const [moves, computes] = [new Float32Array(columns * rows), new Float32Array(columns * rows)]
  const bell = (/** @type {number} */ distance) => Math.exp(-((distance / SPREAD) ** 2) / 2)

  /** @param {Float32Array} onto @param {number} i a pixel of the glow @param {number} bright */
  function put(onto, i, bright) {
    const [x, y] = [(i % glow.columns) / spot + REACH, Math.floor(i / glow.columns) / spot + REACH]
    const [left, top] = [Math.floor(x), Math.floor(y)]
    for (let v = top - REACH + 1; v < top + REACH; v++) {
      const part = bright * bell(v - y)
      for (let u = left - REACH + 1; u < left + REACH; u++) {
        const value = part * bell(u - x)
        if (value > onto[v * columns + u]) onto[v * columns + u] = value
      }
    }
  }

  return {
    spot,
    /**
     * @param {Pen} ctx
     * @param {number} lit pixels of the glow
     * @param {number} strength
     * @param {number[][]} hues of what moves and what computes
     * @param {{x: number, y: number, px: number, py: number}} layout of a pixel of the glow
     */
    draw(ctx, lit, strength, [moving, computing], { x, y, px, py }) {
      moves.fill(0)
      computes.fill(0)
      for (let k = 0; k < lit; k++) {
        const i = glow.lit[k]
        for (const [until, onto] of /** @type {[Int32Array, Float32Array][]} */ ([
          [glow.moves, moves],
          [glow.computes, computes],
        ])) {
          const level = glow.levelAt(until, i)
          if (level >= LIT) put(onto, i, level / (LEVELS - 1))
        }
      }
      for (let i = 0; i < moves.length; i++) {
        const bright = Math.max(moves[i], computes[i])
        pixels.data[4 * i + 3] = 255 * strength * bright
        const share = bright && computes[i] / (moves[i] + computes[i])
        for (let k = 0; bright && k < 3; k++) pixels.data[4 * i + k] = computing[k] * share + moving[k] * (1 - share)
      }
      onto.putImageData(pixels, 0, 0)
      const smooth = ctx.imageSmoothingEnabled
      ctx.imageSmoothingEnabled = true
      const [across, down] = [spot * px, spot * py]
      ctx.drawImage(canvas, x - REACH * across, y - REACH * down, columns * across, rows * down)
      ctx.imageSmoothingEnabled = smooth
    },
  }
}
