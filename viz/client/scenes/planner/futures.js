// The foot of the planner's picture: when both lanes are done and how sure that is, their futures as bands, and the one that plays.

import { DASHES, drawMark, outline } from "../../kit/identity.js"
import { between, quantity, t as text } from "../../kit/language.js"
import { lastAt } from "./model.js"
import { MINUTE_S } from "./words.js"
import { type } from "./calendar.js"

/**
 * @import { Pen, Theme } from "../../kit/types"
 * @import { Layout } from "./calendar.js"
 * @import { Model } from "./model.js"
 * @import { Tables } from "./types"
 */

const FAINT = 0.22 // opacity of a band

/** @type {("low" | "median" | "high")[]} */
const NAMES = ["low", "median", "high"]

/**
 * The futures of both lanes: what 5 to 95 % of them have done, their median, the ends of fifty, and the interval of the days.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {Tables["band"]} band
 * @param {number} horizon
 */
export function drawBand(ctx, model, layout, theme, band, horizon) {
  const { s, future, narrow } = layout
  const { left, right, top, bottom } = future
  /** @param {number} t */
  const x = (t) => left + ((right - left) * t) / horizon
  /** @param {number} share */
  const y = (share) => bottom - (bottom - top) * share
  ctx.strokeStyle = theme.line
  ctx.lineWidth = theme.strokeScale
  ctx.fillStyle = theme.ink3
  type(ctx, theme, 11 * s)
  ctx.textBaseline = "middle"
  ctx.textAlign = "right"
  for (const share of [0, 0.5, 1]) {
    ctx.beginPath()
    ctx.moveTo(left, y(share))
    ctx.lineTo(right, y(share))
    ctx.stroke()
    ctx.fillText(quantity(share, "share"), left - 6, y(share))
  }
  model.lanes.forEach(({ family }, i) => {
    /** @type {"other_" | ""} */
    const prefix = i ? "other_" : ""
    const [low, median, high] = NAMES.map((name) => band[`${prefix}${name}`])
    ctx.beginPath()
    for (let k = 0; k < band.rows; k++) ctx.lineTo(x(band.t[k]), y(low[k]))
    for (let k = band.rows - 1; k >= 0; k--) ctx.lineTo(x(band.t[k]), y(high[k]))
    ctx.closePath()
    ctx.globalAlpha = FAINT
    ctx.fillStyle = theme[family]
    ctx.fill()
    ctx.globalAlpha = 1
    ctx.beginPath()
    for (let k = 0; k < band.rows; k++) {
      ctx.lineTo(x(band.t[k]), y(median[k]))
      if (median[k] >= 1) break
    }
    ctx.setLineDash(DASHES[family])
    ctx.strokeStyle = theme[family]
    ctx.lineWidth = 1.2 * theme.strokeScale
    ctx.stroke()
    ctx.setLineDash([])
  })
  // Above the band when each lane is done: its interval as a line, on it a tick for each future.
  model.lanes.forEach(({ family, futures, interval: [low, high] }, i) => {
    const row = top - (i ? 16 : 6) * s
    ctx.strokeStyle = theme[family]
    ctx.lineWidth = 1.4 * theme.strokeScale
    ctx.beginPath()
    ctx.moveTo(x(low), row)
    ctx.lineTo(x(high), row)
    for (const end of [low, high]) {
      ctx.moveTo(x(end), row - 3 * s)
      ctx.lineTo(x(end), row + 3 * s)
    }
    ctx.stroke()
    ctx.lineWidth = theme.strokeScale
    ctx.globalAlpha = 0.7
    ctx.beginPath()
    for (const end of futures) {
      ctx.moveTo(x(end), row - 4 * s)
      ctx.lineTo(x(end), row + 4 * s)
    }
    ctx.stroke()
    ctx.globalAlpha = 1
  })
  ctx.textBaseline = "alphabetic"
  ctx.textAlign = "center"
  ctx.fillStyle = theme.ink3
  const step = ticks(horizon, Math.min(narrow ? 4 : 9, (right - left) / (58 * s)))
  for (let t = step.ticks; x(t) < right - 6 * s; t += step.ticks) {
    ctx.fillRect(x(t) - 0.5, bottom, theme.strokeScale, 4)
    ctx.fillText(step.text(t), x(t), bottom + 15 * s)
  }
  // The lines have risen by the middle, so there is room below their ends.
  const low = bottom - top < 40 * s
  ctx.textAlign = "right"
  if (narrow || !low) ctx.fillText(text("planner_ends.interval"), right - 2 * s, bottom - (narrow ? 5 : 19) * s)
  if (narrow) return
  if (!low) ctx.fillText(text("planner_ends.futures"), right - 2 * s, bottom - 6 * s)
  ctx.textAlign = "left"
  ctx.fillStyle = theme.ink
  type(ctx, theme, 13.5 * s, 650)
  ctx.fillText(text("planner_ends"), 14, top + 4 * s)
  ctx.fillStyle = theme.ink2
  type(ctx, theme, 11.5 * s)
  model.lanes.forEach((lane, i) => {
    const [from, to] = lane.interval.map((end) => end * MINUTE_S)
    const line = top + (20 + (low ? 15 : 27) * i) * s
    drawMark(ctx, theme, lane.family, 18, line - 4 * s, 4 * s)
    ctx.fillStyle = theme.ink2
    if (!low) ctx.fillText(quantity(lane.n_devices, lane.device), 18 + 8 * s, line)
    ctx.fillText(between(from, to, "s"), low ? 18 + 8 * s : 14, low ? line : line + 13 * s)
  })
}

/**
 * Round steps of an axis of time.
 * @param {number} duration
 * @param {number} most
 */
function ticks(duration, most) {
  const steps = [10, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400, 28800, 72000, 144000, 288000, 720000, 1440000]
  const step = steps.find((size) => duration / size <= most) ?? 1440000
  const [size, unit] = step < 60 ? [1, "min"] : step < 1440 ? [60, "h"] : [1440, "day"]
  return { ticks: step, text: (/** @type {number} */ t) => quantity(t / size, unit) }
}

/**
 * The future that plays, over the band: as far as time has come.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} t
 * @param {Theme} theme
 * @param {Tables["progress"]} progress
 * @param {number} horizon
 */
export function drawPlayed(ctx, model, layout, t, theme, progress, horizon) {
  const { left, right, top, bottom } = layout.future
  /** @param {number} time */
  const x = (time) => left + ((right - left) * time) / horizon
  /** @param {number} share */
  const y = (share) => bottom - (bottom - top) * share
  model.lanes.forEach((lane, i) => {
    const now = Math.min(t, lane.end)
    const last = lastAt(progress.t, now)
    const values = i ? progress.other : progress.this
    ctx.beginPath()
    for (let k = 0; k <= last; k++) ctx.lineTo(x(progress.t[k]), y(values[k]))
    ctx.lineTo(x(now), y(lane.done(now)))
    ctx.strokeStyle = theme[lane.family]
    ctx.lineWidth = 2.4 * theme.strokeScale
    ctx.lineJoin = "round"
    ctx.stroke()
    outline(ctx, lane.family, x(now), y(lane.done(now)), 4.2 * theme.strokeScale)
    ctx.fillStyle = theme.card
    ctx.fill()
    ctx.lineWidth = 2.2 * theme.strokeScale
    ctx.stroke()
  })
}
