// The foot of the planner's picture: the futures of both lanes as bands, and the one that plays.

import { DASHES, drawMark, outline } from "../../kit/identity.js"
import { between, quantity, t as text } from "../../kit/language.js"
import { lastAt } from "./model.js"
import { MINUTE_S, devicesOf, length } from "./words.js"
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
 * The futures of both lanes: what 5 to 95 % of them have done, their median, and the ends of fifty.
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
  // Where each future ends: ticks above the band, the other lane's above those.
  model.lanes.forEach((lane, i) => {
    ctx.strokeStyle = theme[lane.family]
    ctx.lineWidth = theme.strokeScale
    ctx.globalAlpha = 0.7
    ctx.beginPath()
    for (const end of lane.futures) {
      ctx.moveTo(x(end), top - (i ? 9 : 2) * s)
      ctx.lineTo(x(end), top - (i ? 15 : 8) * s)
    }
    ctx.stroke()
    ctx.globalAlpha = 1
  })
  ctx.textBaseline = "alphabetic"
  ctx.textAlign = "center"
  ctx.fillStyle = theme.ink3
  const step = ticks(horizon, narrow ? 4 : 9)
  for (let t = step.ticks; t < horizon; t += step.ticks) {
    ctx.fillRect(x(t) - 0.5, bottom, theme.strokeScale, 4)
    ctx.fillText(step.text(t), x(t), bottom + 15 * s)
  }
  if (narrow) return
  ctx.textAlign = "left"
  ctx.fillStyle = theme.ink
  type(ctx, theme, 13.5 * s, 650)
  ctx.fillText(text("planner_futures"), 14, top + 4 * s)
  ctx.fillStyle = theme.ink2
  type(ctx, theme, 11.5 * s)
  model.lanes.forEach((lane, i) => {
    const [first, last] = [Math.min(...lane.futures), Math.max(...lane.futures)]
    const span = length(first) === length(last) ? length(last) : between(first * MINUTE_S, last * MINUTE_S, "s")
    drawMark(ctx, theme, lane.family, 18, top + (16 + 27 * i) * s, 4 * s)
    ctx.fillStyle = theme.ink2
    ctx.fillText(text("planner_futures_end", { devices: devicesOf(lane) }), 18 + 8 * s, top + (20 + 27 * i) * s)
    ctx.fillText(span, 14, top + (33 + 27 * i) * s)
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
