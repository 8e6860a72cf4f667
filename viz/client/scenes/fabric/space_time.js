// What the PEs of one row or column do over time: which spans, which steps of the critical path, and the picture.

import { hatch } from "../../kit/canvas.js"
import { number } from "../../kit/language.js"
import { holds } from "./layout.js"
import { COMPUTING, RECEIVING, SENDING, STALLED, recordedPart } from "./model.js"
import { COMPUTES, spellsOf } from "./spells.js"

/**
 * @import { Pen, Theme, View } from "../../kit/types"
 * @import { FabricRun, PathTable } from "./types"
 *
 * @typedef {{axis: "row"|"column", index: number}} Axis which line
 * @typedef {{first: number, step: number, n: number}} Cells of a line
 * @typedef {{k: number, kind: number, t0: number, t1: number}} Span
 * @typedef {{from: number, to: number, t0: number, t1: number, waits: boolean}} Step
 * @typedef {Pick<FabricRun, "meta" | "tables">} Recorded
 */

const CONTENTION = 1 // parts of the path, as the trace numbers them
const ROOM = { left: 40, right: 6, top: 22, bottom: 4 }
const DIGIT = 6.5 // width of one beside the axis

/**
 * The cells of a row or a column: the k-th is first + k * step.
 * @param {Axis} line
 * @param {{width: number, height: number}} mesh
 * @returns {Cells}
 */
export function lineOf({ axis, index }, { width, height }) {
  return axis === "row" ? { first: index * width, step: 1, n: width } : { first: index, step: width, n: height }
}

/**
 * The place of a cell on a line, -1 where it is not on it.
 * @param {Cells} line
 * @param {number} cell
 */
export function placeOn({ first, step, n }, cell) {
  const k = (cell - first) / step
  return Number.isInteger(k) && k >= 0 && k < n ? k : -1
}

/**
 * The row or column in which the critical path spends most time; the middle row where there is none.
 * @param {Recorded} run
 * @returns {Axis}
 */
export function tellingLine({ meta: { width, height }, tables: { path } }) {
  if (!path?.rows) return { axis: "row", index: Math.floor(height / 2) }
  const [rows, columns] = [new Float64Array(height), new Float64Array(width)]
  for (let i = 0; i < path.rows; i++) {
    const took = path.t1[i] - path.t0[i]
    rows[Math.floor(path.cell[i] / width)] += took
    columns[path.cell[i] % width] += took
  }
  // A PE at which the path stays counts for its row and its column: what tells more is the line that is longer.
  /** @param {Float64Array} sums */
  const best = (sums) => sums.reduce((most, sum, i) => (sum > sums[most] ? i : most), 0)
  const [y, x] = [best(rows), best(columns)]
  return columns[x] > rows[y] || width === 1 ? { axis: "column", index: x } : { axis: "row", index: y }
}

/**
 * What the PEs of a line do, by the kinds of the trace.
 * @param {Recorded & Pick<FabricRun, "duration">} run
 * @param {Cells} line
 */
export function spansOn(run, line) {
  const { activity, cells } = run.tables
  const part = recordedPart(run) // within which the cells of the activity count
  /** @type {Span[]} */
  const found = []
  for (let i = 0; part && activity && i < activity.rows; i++) {
    const [x, y] = [
      part.west + (activity.cell[i] % part.columns),
      part.north + Math.floor(activity.cell[i] / part.columns),
    ]
    const k = placeOn(line, y * run.meta.width + x)
    if (k >= 0) found.push({ k, kind: activity.kind[i], t0: activity.t0[i], t1: activity.t1[i] })
  }
  for (let k = 0; cells && k < line.n; k++) {
    const cell = line.first + k * line.step
    if (part && holds(part.window, cell, run.meta.width)) continue
    const spells = spellsOf(run)
    for (const { t0, t1 } of spells.passes(cell)) found.push({ k, kind: RECEIVING, t0, t1 })
    for (const { t0, t1, does } of spells.work(cell))
      found.push({ k, kind: does & COMPUTES ? COMPUTING : SENDING, t0, t1 })
  }
  return found
}

/**
 * The steps of the critical path that begin and end on a line.
 * @param {{tables: Pick<FabricRun["tables"], "path">}} run
 * @param {Cells} line
 */
export function pathOn({ tables: { path } }, line) {
  /** @type {Step[]} */
  const found = []
  for (let i = 0; path && i < path.rows; i++) {
    const [from, to] = [placeOn(line, path.source[i]), placeOn(line, path.cell[i])]
    if (from >= 0 && to >= 0)
      found.push({ from, to, t0: path.t0[i], t1: path.t1[i], waits: path.part[i] === CONTENTION })
  }
  return found
}

/**
 * A step of 1, 2, 5, 10, … of which a length has at most `most`.
 * @param {number} length
 * @param {number} most
 */
export const stepOf = (length, most) => {
  for (let scale = 1; ; scale *= 10) for (const k of [1, 2, 5]) if (length / (k * scale) <= most) return k * scale
}

/**
 * Where place and time lie in a picture of a size, and back.
 * @param {{width: number, height: number}} size
 * @param {number} n places
 * @param {number} duration
 */
export function scales({ width, height }, n, duration, textScale = 1) {
  const left = Math.max(ROOM.left, 14 + DIGIT * number(duration).length) * textScale,
    top = ROOM.top * textScale
  const across = (width - left - ROOM.right) / n,
    down = (height - top - ROOM.bottom) / Math.max(1, duration)
  return {
    left,
    top,
    across,
    down,
    /** @param {number} k */
    x: (k) => left + k * across,
    /** @param {number} t */
    y: (t) => top + t * down,
    /** @param {number} px @param {number} py */
    at: (px, py) => ({ k: Math.floor((px - left) / across), t: (py - top) / down }),
  }
}

/**
 * Draw the picture, without the line of the clock.
 * @param {Pen} ctx in CSS pixels
 * @param {View} view
 * @param {{n: number, duration: number, spans: Span[], path: Step[]}} shown
 */
export function drawSpaceTime(ctx, view, { n, duration, spans, path }) {
  const { theme } = view
  const { left, top, across, down, x, y } = scales(view, n, duration, theme.textScale)
  ctx.clearRect(0, 0, view.width, view.height)
  ctx.fillStyle = theme.pe
  ctx.fillRect(left, top, n * across, duration * down)
  const gap = across > 6 ? 1 : 0
  const fills = {
    [COMPUTING]: theme.compute,
    [SENDING]: theme.fabric,
    [RECEIVING]: theme.fabricSoft,
    [STALLED]: hatch(ctx, view, { pitch: 5 }),
  }
  for (const kind of [RECEIVING, STALLED, SENDING, COMPUTING]) {
    ctx.fillStyle = fills[kind]
    ctx.beginPath()
    for (const span of spans)
      if (span.kind === kind) ctx.rect(x(span.k), y(span.t0), across - gap, Math.max(1, (span.t1 - span.t0) * down))
    ctx.fill()
  }
  ctx.fillStyle = theme.ink2
  ctx.font = `500 ${11 * theme.textScale}px ${theme.font}`
  ctx.textAlign = "center"
  ctx.textBaseline = "alphabetic"
  for (let k = 0, step = stepOf(n, (n * across) / (34 * theme.textScale)); k < n; k += step)
    ctx.fillText(String(k), x(k + 0.5), top - 6)
  ctx.textAlign = "right"
  ctx.textBaseline = "middle"
  for (let t = 0, step = stepOf(duration, (duration * down) / (26 * theme.textScale)); t <= duration; t += step) {
    ctx.fillText(number(t), left - 6, Math.min(y(t) + 4, view.height - 6))
  }
  drawPath(ctx, theme, path, (k) => x(k + 0.5), y)
}

/**
 * A dark line with a light casing; where something waits for what is shared it is dashed.
 * @param {Pen} ctx
 * @param {Theme} theme
 * @param {Step[]} path
 * @param {(k: number) => number} x
 * @param {(t: number) => number} y
 */
function drawPath(ctx, theme, path, x, y) {
  ctx.lineCap = "round"
  /** @param {Step[]} steps */
  const trace = (steps) => {
    ctx.beginPath()
    for (const { from, to, t0, t1 } of steps) {
      ctx.moveTo(x(from), y(t0))
      ctx.lineTo(x(to), y(t1))
    }
    ctx.stroke()
  }
  ctx.strokeStyle = theme.card
  ctx.lineWidth = 5 * theme.strokeScale
  trace(path)
  ctx.strokeStyle = theme.ink
  ctx.lineWidth = 2.2 * theme.strokeScale
  trace(path.filter(({ waits }) => !waits))
  ctx.setLineDash([4, 4])
  trace(path.filter(({ waits }) => waits))
  ctx.setLineDash([])
  ctx.lineCap = "butt"
}
