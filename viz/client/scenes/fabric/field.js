// The event times of a large mesh: one pixel a PE, any instant in one pass over the cells, drawn at any size. Where a pixel
// of the screen holds four PEs or more, every second column and row is enough.

import { contextOf } from "../../kit/canvas.js"
import { t as text } from "../../kit/language.js"
import { createFaults, drawFieldFaults } from "./faults.js"
import { NONE } from "./ports.js"

/**
 * @import { Column, Inspection, Key, Pen, Theme, View } from "../../kit/types"
 * @import { FabricRun, Layout, Spread } from "./types"
 * @typedef {ReturnType<typeof createField>} Field
 */

const LATE = 0x7fffffff // after every run
const GLOW = 40 // cycles for which what has just happened stays brighter than what has been for long
const [REACHED, STARTED, DONE] = [1, GLOW + 2, 2 * GLOW + 3] // where their ages begin in the palette; 0 is idle
const SMALL = 200 // columns and rows that a small picture has at most
const APART = 6 // pixels a PE from which on they are drawn apart

/** @param {FabricRun} run */
const timesOf = (run) => /** @type {NonNullable<FabricRun["tables"]["cells"]>} */ (run.tables.cells)

/**
 * The picture of a run that recorded event times. `draw` and `drawSmall` take a layout of the whole mesh.
 * @param {FabricRun} run
 */
export function createField(run) {
  const { width, height, die } = run.meta
  const { first, starts, done } = timesOf(run)
  const faults = createFaults(run, { west: 0, north: 0, columns: width, rows: height })
  const cells = first.length - (run.tables.unused?.rows ?? 0)
  const counts = [first, starts, done].map((times) => cumulative(times, run.duration))
  const painters = new Map()
  /** @param {Pen} ctx @param {number} t @param {View} view @param {Spread} layout @param {number} step */
  const paint = (ctx, t, view, { x, y, px, py }, step) => {
    if (!painters.has(step)) painters.set(step, createPainter(run, step))
    const image = painters.get(step)(show(t), view.theme)
    ctx.drawImage(image, x, y, image.width * step * px, image.height * step * py)
  }
  /** @param {number} t */
  const show = (t) => Math.floor(t + 0.5)
  /** @param {number} n */
  const share = (n) => ({ value: n / cells, unit: "share" })

  return {
    legend: [
      { label: text("fabric_stage_arriving"), paint: "--fabric", shape: "square" },
      { label: text("fabric_stage_computing_or_waiting"), paint: "--compute", shape: "square" },
      { label: text("fabric_stage_done"), paint: "--compute-soft", shape: "square" },
      { label: text("fabric_stage_idle"), paint: "--pe", shape: "idle" },
      ...(faults?.legend.filter(({ shape }) => shape !== "dotted") ?? []),
      ...(die ? [{ label: text("fabric_stage_dies"), paint: "--ink3", shape: "line" }] : []),
    ],
    /** @param {number} t */
    describe(t) {
      const [reached, started, finished] = counts.map((count) => count[Math.min(show(t), run.duration)])
      if (finished === cells) return text("fabric_stage_field_done", { n: cells })
      const shares = { reached: share(reached), computing: share(started - finished), done: share(finished) }
      return text("fabric_stage_field", { n: cells, ...shares })
    },
    /** @param {number} cell @param {number} t @returns {Inspection} */
    inspect(cell, t) {
      const cycle = show(t)
      /** @param {number} value */
      const time = (value) =>
        value === NONE ? text("fabric_stage_never") : text("fabric_stage_at_cycle", { t: value })
      const state = text(
        cycle < first[cell]
          ? "fabric_stage_idle"
          : cycle >= done[cell]
            ? "fabric_stage_done"
            : cycle >= starts[cell]
              ? "fabric_stage_computing_or_waiting"
              : "fabric_stage_reached",
      )
      /** @type {Inspection["rows"]} */
      const rows = [
        [text("fabric_stage_now"), state],
        [text("fabric_stage_first_wavelet"), time(first[cell])],
        [text("fabric_stage_starts"), time(starts[cell])],
        [text("fabric_stage_ends"), time(done[cell])],
        ...(faults?.rows(cell) ?? []),
      ]
      const title = text("fabric_stage_pe", { at: `(${cell % width}, ${Math.floor(cell / width)})` })
      return { title, state, rows, lines: [] }
    },
    /** @param {number} cell */
    changes: (cell) =>
      Uint32Array.from(new Set([first[cell], starts[cell], done[cell]]))
        .filter((t) => t !== NONE)
        .sort(),
    /** @param {Pen} ctx @param {number} t @param {View} view @param {Layout} layout */
    draw(ctx, t, view, layout) {
      const { x, y, px, py } = layout
      ctx.imageSmoothingEnabled = px * view.dpr < 2
      paint(ctx, t, view, layout, px * view.dpr <= 0.5 ? 2 : 1)
      if (px >= APART) drawApart(ctx, layout, view)
      if (die) drawDies(ctx, layout, die, view.theme)
      if (faults) drawFieldFaults(ctx, faults, layout, view.theme)
      ctx.strokeStyle = view.theme.peEdge
      ctx.lineWidth = 1
      ctx.strokeRect(x - 0.5, y - 0.5, width * px + 1, height * py + 1)
    },
    /** @param {Pen} ctx @param {number} t @param {View} view @param {Spread} layout */
    drawSmall(ctx, t, view, layout) {
      ctx.imageSmoothingEnabled = true
      paint(ctx, t, view, layout, Math.ceil(Math.max(width, height) / SMALL))
    },
  }
}

// A function that gives the image of a cycle, of every `step`-th PE of both directions.
/** @param {FabricRun} run @param {number} step */
function createPainter(run, step) {
  const { meta } = run
  const [columns, rows] = [Math.ceil(meta.width / step), Math.ceil(meta.height / step)]
  const { first: firsts, starts: begins, done: ends } = timesOf(run)
  const [first, starts, done] = [firsts, begins, ends].map((all) => {
    const some = new Uint32Array(columns * rows)
    for (let i = 0; i < some.length; i++) {
      const time = all[step === 1 ? i : Math.floor(i / columns) * step * meta.width + (i % columns) * step]
      some[i] = time === NONE ? LATE : time
    }
    return some
  })
  const image = document.createElement("canvas")
  image.width = columns
  image.height = rows
  const onto = contextOf(image)
  const pixels = onto.createImageData(columns, rows)
  const words = new Uint32Array(pixels.data.buffer)
  let painted = -1
  /** @type {Theme|null} */
  let theme = null
  let palette = new Uint32Array(0)
  /** @param {number} cycle @param {Theme} wanted */
  return (cycle, wanted) => {
    if (theme !== wanted) {
      theme = wanted
      palette = paletteOf(wanted)
      painted = -1
    }
    if (painted === cycle) return image
    painted = cycle
    const colours = palette
    const idle = colours[0]
    // Ages are whole numbers of 32 bits, which is twice as fast as others; they are negative before something happens.
    for (let i = 0, n = words.length | 0, now = cycle | 0; i < n; i++) {
      const ended = (now - done[i]) | 0
      if (ended >= 0) {
        words[i] = colours[DONE + (ended < GLOW ? ended : GLOW)]
        continue
      }
      const started = (now - starts[i]) | 0
      if (started >= 0) {
        words[i] = colours[STARTED + (started < GLOW ? started : GLOW)]
        continue
      }
      const reached = (now - first[i]) | 0
      words[i] = reached < 0 ? idle : colours[REACHED + (reached < GLOW ? reached : GLOW)]
    }
    onto.putImageData(pixels, 0, 0)
    return image
  }
}

// How many events have happened up to each cycle.
/** @param {Column} times @param {number} duration */
function cumulative(times, duration) {
  const count = new Uint32Array(duration + 2)
  for (let i = 0; i < times.length; i++) if (times[i] <= duration) count[times[i]]++
  for (let t = 1; t < count.length; t++) count[t] += count[t - 1]
  return count
}

/** @param {Theme} theme */
function paletteOf(theme) {
  const [idle, front, reached, compute, done, card] = [
    theme.pe,
    theme.fabric,
    theme.fabricSoft,
    theme.compute,
    theme.computeSoft,
    theme.card,
  ].map(rgb)
  /** @param {number[]} a @param {number[]} b @param {number} share */
  const mix = (a, b, share) => a.map((part, k) => Math.round(part * share + b[k] * (1 - share)))
  const found = new Uint32Array(3 * GLOW + 4)
  found[0] = word(idle)
  for (let age = 0; age <= GLOW; age++) {
    const fresh = Math.exp(-age / (GLOW / 3))
    found[REACHED + age] = word(mix(front, reached, fresh))
    found[STARTED + age] = word(mix(compute, mix(compute, card, 0.55), fresh))
    found[DONE + age] = word(mix(front, done, 0.8 * fresh))
  }
  return found
}

/** @param {number[]} parts */
const word = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r

/** @param {string} colour */
function rgb(colour) {
  const ctx = contextOf(document.createElement("canvas"))
  ctx.fillStyle = colour
  ctx.fillRect(0, 0, 1, 1)
  return [...ctx.getImageData(0, 0, 1, 1).data].slice(0, 3)
}

// Of a magnified field the lines between the PEs in sight.
/** @param {Pen} ctx @param {Layout} layout @param {View} view */
function drawApart(ctx, { x, y, px, py, columns, rows }, { width, height, theme }) {
  /** @param {number} from @param {number} pitch @param {number} most @param {number} end */
  const seen = (from, pitch, most, end) => [
    Math.max(0, Math.floor(-from / pitch)),
    Math.min(most, Math.ceil((end - from) / pitch)),
  ]
  const [left, right] = seen(x, px, columns, width)
  const [top, bottom] = seen(y, py, rows, height)
  ctx.strokeStyle = theme.card
  ctx.lineWidth = 0.3 * px
  ctx.beginPath()
  for (let k = left; k <= right; k++) {
    ctx.moveTo(x + k * px, y + top * py)
    ctx.lineTo(x + k * px, y + bottom * py)
  }
  for (let k = top; k <= bottom; k++) {
    ctx.moveTo(x + left * px, y + k * py)
    ctx.lineTo(x + right * px, y + k * py)
  }
  ctx.stroke()
}

/**
 * The edges of dies, `die` PEs wide and high.
 * @param {Pen} ctx
 * @param {Spread} layout
 * @param {[number, number]} die
 * @param {Theme} theme
 */
export function drawDies(ctx, { x, y, px, py, columns, rows }, [across, down], theme) {
  ctx.strokeStyle = theme.ink3
  ctx.globalAlpha = 0.55
  ctx.lineWidth = theme.strokeScale
  ctx.beginPath()
  for (let k = across; k < columns; k += across) {
    ctx.moveTo(x + k * px, y)
    ctx.lineTo(x + k * px, y + rows * py)
  }
  for (let k = down; k < rows; k += down) {
    ctx.moveTo(x, y + k * py)
    ctx.lineTo(x + columns * px, y + k * py)
  }
  ctx.stroke()
  ctx.globalAlpha = 1
}
