// The shares of links and PEs at work over the cycles of a run, on the clock of the player.

import { h } from "../../kit/dom.js"
import { number, t as text } from "../../kit/language.js"
import { pictureIn } from "../../kit/picture.js"
import { stepOf } from "./space_time.js"

/** @import { Chart, Pen, Run, Theme, View } from "../../kit/types" */

const ROOM = { left: 46, right: 10, top: 10, bottom: 40 }
const MOST_TICKS = 6
const SAMPLE = 22 // length of a line in the legend
const DASH = [6, 6]

/**
 * @typedef {object} Curve what is at work
 * @property {string} label
 * @property {"fabric"|"compute"} paint
 * @property {number[]} dash
 * @property {[t: number, percent: number][]} corners of its steps, from the first cycle to the last
 */

/**
 * What is at work, as steps: each share holds from the start of its window to the start of the next.
 * @param {Run} run
 * @returns {Curve[]} links, then PEs
 */
export function activityOf({ duration, tables: { utilisation } }) {
  /** @type {[string, string, "fabric"|"compute", number[]][]} */
  const curves = [
    ["links", text("fabric_chart_activity.links"), "fabric", []],
    ["pes", text("fabric_chart_activity.pes"), "compute", DASH],
  ]
  return curves.map(([column, label, paint, dash]) => {
    const percent = Array.from(utilisation[column], (share) => 100 * share)
    const corners = percent.flatMap((value, i) => [
      /** @type {[number, number]} */ ([utilisation.t[i], value]),
      /** @type {[number, number]} */ ([utilisation.t[i + 1] ?? duration, value]),
    ])
    return { label, paint, dash, corners }
  })
}

/**
 * Where cycles and percent lie in a picture.
 * @param {{width: number, height: number, theme: Pick<Theme, "textScale">}} view
 * @param {number} duration
 */
export function scales({ width, height, theme: { textScale } }, duration) {
  const [left, bottom] = [ROOM.left * textScale, height - ROOM.bottom * textScale]
  const [right, top] = [width - ROOM.right, ROOM.top]
  return {
    left,
    right,
    top,
    bottom,
    x: (/** @type {number} */ t) => left + ((right - left) * t) / Math.max(1, duration),
    y: (/** @type {number} */ percent) => bottom - ((bottom - top) * percent) / 100,
  }
}

/**
 * Draw the picture, without the line of the clock.
 * @param {Pen} ctx in CSS pixels
 * @param {View} view
 * @param {Curve[]} curves
 * @param {number} duration
 */
export function drawActivity(ctx, view, curves, duration) {
  const { theme } = view
  const { left, right, top, bottom, x, y } = scales(view, duration)
  const size = 12 * theme.textScale
  ctx.clearRect(0, 0, view.width, view.height)
  ctx.font = `${size}px ${theme.font}`
  ctx.lineWidth = 1
  ctx.strokeStyle = theme.line
  ctx.fillStyle = theme.ink2
  ctx.textAlign = "right"
  ctx.textBaseline = "middle"
  for (let percent = 0; percent <= 100; percent += 20) {
    ctx.beginPath()
    ctx.moveTo(left, y(percent))
    ctx.lineTo(right, y(percent))
    ctx.stroke()
    ctx.fillText(String(percent), left - 6, y(percent))
  }
  ctx.textAlign = "center"
  ctx.textBaseline = "top"
  const step = stepOf(duration, MOST_TICKS)
  for (let t = 0; t <= duration; t += step) ctx.fillText(number(t), x(t), bottom + 6)
  ctx.fillText(text("fabric_chart_cycle"), (left + right) / 2, bottom + 10 + size)
  ctx.save()
  ctx.translate(size / 2 + 2, (top + bottom) / 2)
  ctx.rotate(-Math.PI / 2)
  ctx.textBaseline = "middle"
  ctx.fillText("%", 0, 0)
  ctx.restore()
  for (const { corners, paint, dash } of curves) {
    stroke(
      ctx,
      theme,
      paint,
      dash,
      corners.map(([t, percent]) => [x(t), y(percent)]),
    )
  }
  drawLegend(ctx, theme, curves, right - 4, top + 4, size)
}

/**
 * @param {Pen} ctx
 * @param {Theme} theme
 * @param {"fabric"|"compute"} paint
 * @param {number[]} dash
 * @param {number[][]} points
 */
function stroke(ctx, theme, paint, dash, points) {
  ctx.strokeStyle = theme[paint]
  ctx.lineWidth = 2 * theme.strokeScale
  ctx.setLineDash(dash)
  ctx.beginPath()
  points.forEach(([px, py], i) => (i ? ctx.lineTo(px, py) : ctx.moveTo(px, py)))
  ctx.stroke()
  ctx.setLineDash([])
}

/**
 * The names of the curves, from a right upper corner.
 * @param {Pen} ctx
 * @param {Theme} theme
 * @param {Curve[]} curves
 * @param {number} right
 * @param {number} top
 * @param {number} size of the letters
 */
function drawLegend(ctx, theme, curves, right, top, size) {
  const row = size * 1.4
  const width = SAMPLE + 14 + Math.max(...curves.map(({ label }) => ctx.measureText(label).width))
  ctx.globalAlpha = 0.85
  ctx.fillStyle = theme.card
  ctx.fillRect(right - width, top, width, row * curves.length + 8)
  ctx.globalAlpha = 1
  ctx.textAlign = "left"
  ctx.textBaseline = "middle"
  curves.forEach(({ label, paint, dash }, i) => {
    const middle = top + 4 + (i + 0.5) * row
    const start = right - width + 4
    stroke(ctx, theme, paint, dash, [[start, middle], [start + SAMPLE, middle]]) // prettier-ignore
    ctx.fillStyle = theme.ink
    ctx.fillText(label, start + SAMPLE + 6, middle)
  })
}

/** @type {import("../../kit/types").CreateChart} */
export function create(place) {
  const line = h("div", { class: "time-line upright", "aria-hidden": "true" })
  const box = h("div", { class: "replay" })
  place.replaceChildren(box)
  /** @type {Curve[]} */
  let curves = []
  let duration = 0
  let now = 0
  /** @type {ReturnType<typeof scales>|null} */
  let scale = null
  const move = () => {
    if (scale) line.style.transform = `translateX(${scale.x(Math.min(now, duration))}px)`
  }
  const { canvas, draw } = pictureIn(box, (ctx, view) => {
    if (!curves.length) return
    drawActivity(ctx, view, curves, duration)
    scale = scales(view, duration)
    line.style.top = `${scale.top}px`
    line.style.height = `${scale.bottom - scale.top}px`
    move()
  })
  box.append(line)
  return {
    show(run) {
      curves = activityOf(run)
      duration = run.duration
      const cycles = { value: duration, unit: "cycle" }
      canvas.setAttribute("aria-label", text("fabric_chart_activity.over", { cycles }))
      draw()
    },
    clock(t) {
      now = t
      move()
    },
  }
}
