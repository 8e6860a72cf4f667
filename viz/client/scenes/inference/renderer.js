// Renderer of the scene "inference": systems that write, side by side and on one clock. Below the text of each stands where
// the time of a pass through the model goes, with a pointer at what is computed now, and how much of its bandwidth it uses.

import { drawChosen, grown } from "../../kit/canvas.js"
import { drawMark } from "../../kit/identity.js"
import { quantity, t as text } from "../../kit/language.js"
import { createModel } from "./model.js"
import { describe, inspect, rateOf, rest, sample } from "./words.js"

/**
 * @import { Box, Pen, Renderer, Theme, View } from "../../kit/types"
 * @import { Model, System } from "./model.js"
 * @import { InferenceRun } from "./types"
 * @typedef {ReturnType<typeof layOut>} Layout
 * @typedef {Layout["columns"][number]} Column
 * @typedef {Exclude<keyof Theme, "textScale" | "strokeScale">} Hue
 */

/** @type {Record<string, {paint: Hue, ink: Hue, key: string}>} paints of the parts of a pass */
const LOOKS = {
  distance: { paint: "fabric", ink: "card", key: "--fabric" },
  contention: { paint: "stall", ink: "card", key: "--stall" },
  depth: { paint: "fabricSoft", ink: "ink", key: "--fabric-soft" },
  compute: { paint: "compute", ink: "card", key: "--compute" },
  startup: { paint: "stallSoft", ink: "ink", key: "--stall-soft" },
  scalar: { paint: "computeSoft", ink: "ink", key: "--compute-soft" },
  wafers: { paint: "wafer", ink: "card", key: "--wafer" },
  weights: { paint: "memory", ink: "card", key: "--memory" },
  cache: { paint: "memorySoft", ink: "ink", key: "--memory-soft" },
  launches: { paint: "stallSoft", ink: "ink", key: "--stall-soft" },
  sums: { paint: "fabric", ink: "card", key: "--fabric" },
}
const NARROW = 560
const EACH = 16 // ids of a system
const FAST = 1.5 // times as slow as it is, below which nothing is slowed

/**
 * @see Renderer
 * @param {InferenceRun} run
 * @returns {Renderer}
 */
export function create(run) {
  const model = createModel(run)
  const { systems } = model
  const { tokens } = run.tables
  const words = sample()
  let layout = layOut({ width: 800, height: 450, theme: { textScale: 1 } }, model)
  /** @type {View | null} */
  let seen = null
  /** @type {Map<number, Lines>} the lines of each column, by its place */
  let written = new Map()
  const systemOf = (/** @type {number} */ id) => Math.min(systems.length - 1, Math.floor(id / EACH))
  const partOf = (/** @type {number} */ id) => Math.min(systems[systemOf(id)].parts.length - 1, id % EACH)
  /** @param {number} id @returns {Box} */
  const place = (id) => {
    const { bar } = layout.columns[systemOf(id)]
    const { from, to } = systems[systemOf(id)].parts[partOf(id)]
    return { x: bar.x + from * bar.width, y: bar.y, width: (to - from) * bar.width, height: bar.height }
  }
  const parts = [...new Set(systems.flatMap((system) => system.parts.map(({ part }) => part)))]
  const own = Array.from({ length: tokens.rows }, (_, i) => i).filter((i) => tokens.system[i] === 0)

  return {
    legend: [
      ...parts.map((part) => ({ label: text(`inference_part_${part}`), paint: LOOKS[part].key, shape: "square" })),
      { label: text("inference_key_now"), paint: "--ink", shape: "line" },
    ],
    rest: rest(model),
    curve: { label: text("inference_curve"), t: own.map((i) => tokens.t1[i]), v: own.map((_, i) => i + 1) },
    describe: (t) => describe(model, t),
    middle: () => 0,
    hit(x, y) {
      for (const [i, system] of systems.entries())
        for (const j of system.parts.keys()) {
          const box = place(i * EACH + j)
          if (x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height) return i * EACH + j
        }
      return null
    },
    place,
    move(id, key) {
      const [i, j] = [systemOf(id), partOf(id)]
      if (key === "ArrowLeft") return i * EACH + Math.max(0, j - 1)
      if (key === "ArrowRight") return i * EACH + Math.min(systems[i].parts.length - 1, j + 1)
      const to = key === "ArrowDown" ? Math.min(systems.length - 1, i + 1) : Math.max(0, i - 1)
      return to * EACH + Math.min(j, systems[to].parts.length - 1)
    },
    inspect: (id) => inspect(systems[systemOf(id)], partOf(id)),
    changes(id) {
      const i = systemOf(id)
      return Array.from({ length: tokens.rows }, (_, row) => row)
        .filter((row) => tokens.system[row] === i)
        .map((row) => tokens.t1[row])
    },
    draw(ctx, t, view) {
      if (seen !== view) {
        layout = layOut(view, model)
        written = new Map(layout.columns.map((_, i) => [i, new Lines(words)]))
        seen = view
      }
      ctx.clearRect(0, 0, view.width, view.height)
      for (const [i, system] of systems.entries()) {
        const column = layout.columns[i]
        drawHead(ctx, system, column, layout, view.theme, view.concealed ? null : t)
        if (view.concealed) continue
        drawText(ctx, /** @type {Lines} */ (written.get(i)), system.written(t), column, layout, view.theme)
        drawPass(ctx, system, column, layout, view.theme, system.share(t))
      }
      if (model.slow_down > FAST) {
        const times = { value: model.slow_down, unit: "", digits: 2 }
        type(ctx, view.theme, 11 * layout.s)
        ctx.textAlign = "right"
        ctx.textBaseline = "alphabetic"
        ctx.fillStyle = view.theme.ink3
        ctx.fillText(text("inference_slowed", { times }), view.width - layout.edge, view.height - 5 * layout.s)
      }
      if (!view.concealed) drawChosen(ctx, view, (id) => (systemOf(id) < systems.length ? grown(place(id), 2) : null))
    },
  }
}

/** A text of tokens in lines of a width, broken as far as it is read. */
class Lines {
  /** @param {string[]} words which come again and again */
  constructor(words) {
    this.words = words
    /** @type {number[]} first token of each line */
    this.starts = [0]
    this.next = 0
    this.width = 0
    /** @type {Map<string, number>} */
    this.widths = new Map()
  }

  /** @param {number} i */
  word(i) {
    return this.words[i % this.words.length]
  }

  /**
   * Break lines up to a token.
   * @param {Pen} ctx with the type of the text
   * @param {number} n
   * @param {number} room
   */
  reach(ctx, n, room) {
    for (; this.next < n; this.next++) {
      const word = this.word(this.next)
      let width = this.widths.get(word)
      if (width === undefined) this.widths.set(word, (width = ctx.measureText(word).width))
      if (this.width + width > room && this.width) {
        this.starts.push(this.next)
        this.width = 0
      }
      this.width += width
    }
  }
}

/**
 * Where everything is: columns beside each other, or on a narrow stage one above the other.
 * @param {Pick<View, "width" | "height"> & {theme: Pick<Theme, "textScale">}} view
 * @param {Pick<Model, "systems">} model
 */
function layOut({ width, height, theme }, { systems }) {
  const narrow = width < NARROW
  const n = systems.length
  const s = theme.textScale * Math.min(1.2, Math.max(0.86, Math.min(width / (narrow ? 420 : 900), height / 430)))
  const edge = 12 * s
  const gap = 22 * s
  const foot = 16 * s
  const across = narrow ? width - 2 * edge : (width - 2 * edge - (n - 1) * gap) / n
  const down = narrow ? (height - foot - (n - 1) * 8 * s) / n : height - foot
  const below = (narrow ? 46 : 62) * s
  const columns = systems.map((_, i) => {
    const x = narrow ? edge : edge + i * (across + gap)
    const y = narrow ? i * (down + 8 * s) : 0
    const bar = { x, y: y + down - below + 18 * s, width: across, height: (narrow ? 13 : 20) * s }
    const top = y + (narrow ? 22 : 46) * s
    return { x, y, width: across, bar, body: { x, y: top, width: across, height: bar.y - 18 * s - top } }
  })
  return { s, edge, narrow, columns }
}

/** @param {Pen} ctx @param {Theme} theme @param {number} size @param {number} [weight] */
function type(ctx, theme, size, weight = 400) {
  ctx.font = `${weight} ${size}px ${theme.font}`
}

/**
 * What a system is and how fast it writes.
 * @param {Pen} ctx
 * @param {System} system
 * @param {Column} column
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {number | null} t null where nothing shall be told
 */
function drawHead(ctx, system, { x, y, width }, { s, narrow }, theme, t) {
  const line = y + (narrow ? 14 : 18) * s
  ctx.textBaseline = "alphabetic"
  ctx.textAlign = "left"
  drawMark(ctx, theme, system.family, x + 6 * s, line - 5 * s, 6 * s)
  type(ctx, theme, 14 * s, 650)
  ctx.fillStyle = theme.ink
  ctx.fillText(quantity(system.n, system.device), x + 18 * s, line)
  if (t === null) return
  const n = system.written(t)
  const far = n
    ? text("inference_written", { n: { value: n, unit: "", digits: 12 }, total: system.output_tokens })
    : text("inference_reading")
  type(ctx, theme, 12 * s)
  ctx.fillStyle = theme.ink2
  ctx.textAlign = "right"
  ctx.fillText(far, x + width, line)
  if (narrow) return
  ctx.textAlign = "left"
  ctx.fillText(text("inference_per_user", { rate: rateOf(system) }), x + 18 * s, line + 16 * s)
}

/**
 * The last lines of a text, the newest token in the hue of the system.
 * @param {Pen} ctx
 * @param {Lines} lines
 * @param {number} n tokens
 * @param {Column} column
 * @param {Layout} layout
 * @param {Theme} theme
 */
function drawText(ctx, lines, n, { body }, { s }, theme) {
  const size = 13 * s
  const pitch = 1.45 * size
  type(ctx, theme, size)
  ctx.textAlign = "left"
  ctx.textBaseline = "alphabetic"
  lines.reach(ctx, n, body.width)
  let last = lines.starts.length - 1
  while (last > 0 && lines.starts[last] >= n) last--
  const rows = Math.max(1, Math.floor(body.height / pitch))
  const first = Math.max(0, last + 1 - rows)
  for (let row = first; row <= last; row++) {
    const from = lines.starts[row]
    const to = Math.min(n, row < last ? lines.starts[row + 1] : n)
    let line = ""
    for (let i = from; i < to; i++) line += lines.word(i)
    ctx.fillStyle = row < last ? theme.ink2 : theme.ink
    ctx.fillText(line, body.x, body.y + (row - first + 0.8) * pitch)
  }
}

/**
 * Where the time of a pass goes, what is computed now, and how much of the bandwidth is used.
 * @param {Pen} ctx
 * @param {System} system
 * @param {Column} column
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {number | null} share of the present token
 */
function drawPass(ctx, system, { bar }, { s, narrow }, theme, share) {
  type(ctx, theme, 11 * s)
  ctx.textAlign = "left"
  ctx.textBaseline = "alphabetic"
  ctx.fillStyle = theme.ink3
  const time = { value: system.pass_s, unit: "s", digits: 3 }
  ctx.fillText(text("inference_pass", { time }), bar.x, bar.y - 5 * s, bar.width)
  ctx.textBaseline = "middle"
  for (const { part, from, to } of system.parts) {
    const [x, width] = [bar.x + from * bar.width, (to - from) * bar.width]
    const look = LOOKS[part]
    ctx.fillStyle = theme[look.paint]
    ctx.fillRect(x, bar.y, Math.max(0, width - 1), bar.height)
    const label = text(`inference_part_${part}`)
    if (narrow || ctx.measureText(label).width > width - 8) continue
    ctx.fillStyle = theme[look.ink]
    ctx.fillText(label, x + 4, bar.y + bar.height / 2)
  }
  if (share !== null) {
    ctx.fillStyle = theme.ink
    ctx.fillRect(bar.x + share * bar.width - theme.strokeScale, bar.y - 3, 2 * theme.strokeScale, bar.height + 6)
  }
  const [y, height] = [bar.y + bar.height + (narrow ? 4 : 7) * s, 4 * s]
  ctx.fillStyle = theme.line
  ctx.fillRect(bar.x, y, bar.width, height)
  ctx.fillStyle = theme[system.family]
  ctx.fillRect(bar.x, y, Math.max(1, Math.min(1, system.bandwidth_share) * bar.width), height)
  ctx.fillStyle = theme.ink2
  ctx.textBaseline = "top"
  const used = { value: system.bandwidth_share, unit: "share" }
  ctx.fillText(text("inference_bandwidth", { share: used }), bar.x, y + height + 3 * s)
}
