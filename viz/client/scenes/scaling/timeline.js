// The timeline of a training step: the whole step as a strip, and under it the part around the present, lane by lane.

import { laneName, longLabel } from "./words.js"
import { windowAt } from "./layout.js"
import { t } from "../../kit/language.js"

/**
 * @import { Pen } from "../../kit/types"
 * @import { Row } from "./layout.js"
 * @import { Model } from "./model.js"
 * @import { Layout, Pens } from "./renderer.js"
 * @import { Look, Paints } from "./types"
 */

const LETTERED = 15 // px that a name of two letters needs

/**
 * Paint what stays: names of the lanes, and the strip of the whole step.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {Pens} pens
 * @param {boolean | undefined} concealed
 */
export function drawOverview(ctx, model, { timeline, s }, pens, concealed) {
  const { left, span, rows, overview, x } = timeline
  const { duration } = model.run
  ctx.font = `500 ${11 * s}px ${pens.font}`
  ctx.textBaseline = "middle"
  ctx.textAlign = "right"
  ctx.fillStyle = pens.ink3
  ctx.fillText(t("scaling_step"), x + left - 8, overview.y + overview.height / 2)
  const pitch = rows.length > 1 ? (rows.find((row) => row.stage === 1)?.y ?? NaN) - rows[0].y : 20
  const every = timeline.full ? 1 : Math.max(1, Math.ceil((13 * s) / (pitch || 20)))
  ctx.fillStyle = pens.ink2
  for (const row of rows) {
    if (row.thin || (!timeline.full && row.stage % every)) continue
    const name =
      model.wafers || (timeline.full && (model.stages.length === 1 || !row.first))
        ? row.name && laneName(row.name)
        : t("scaling_row_of_stage", { n: model.stages[row.stage].stage + 1 })
    ctx.fillText(name, x + left - 8, row.y + row.height / 2)
  }
  // The strip: a line for each stage, thin as it is; what computes last lies on top.
  const lanes = model.computes
  const height = overview.height / lanes.length
  ctx.fillStyle = pens.pe
  ctx.fillRect(x + left, overview.y, span, overview.height)
  if (!concealed)
    lanes.forEach((lane, k) => {
      const bins = new Float32Array(Math.ceil(span) * 3)
      for (let [row, end] = model.rowsOf(lane); row < end; row++) {
        const look = model.looks[model.tasks.kind[row]]
        const at = look === "wait" ? 2 : look === "backward" || look === "recompute" ? 1 : 0
        const from = (model.tasks.t0[row] / duration) * span
        const to = (model.tasks.t1[row] / duration) * span
        for (let b = Math.floor(from); b < to && b < span; b++)
          bins[3 * b + at] += Math.min(to, b + 1) - Math.max(from, b)
      }
      for (let b = 0; b < Math.ceil(span); b++) {
        const [forward, backward, wait] = bins.subarray(3 * b, 3 * b + 3)
        let y = overview.y + k * height
        /** @param {number} part @param {Paints["fill"]} fill */
        const put = (part, fill) => {
          if (part === 0) return
          ctx.fillStyle = fill
          ctx.fillRect(x + left + b, y, 1, height * part)
          y += height * part
        }
        put(forward, pens.looks.forward.fill)
        put(backward, pens.computeSoft)
        put(wait, pens.looks.wait.fill)
      }
    })
  ctx.strokeStyle = pens.line
  ctx.lineWidth = pens.strokeScale
  ctx.strokeRect(x + left, overview.y, span, overview.height)
}

/**
 * Paint the part of the step around a time, and where it lies.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} time
 * @param {Pens} pens
 */
export function drawTimeline(ctx, model, { timeline, s }, time, pens) {
  const { left, span, rows, overview, x, bottom } = timeline
  const { duration } = model.run
  const [from, to] = windowAt(timeline, duration, time)
  const scale = span / (to - from)
  /** @param {number} tick */
  const at = (tick) => x + left + (tick - from) * scale
  ctx.save()
  ctx.beginPath()
  ctx.rect(x + left, rows[0].y - 4, span, bottom - rows[0].y + 8)
  ctx.clip()
  /** @type {Map<Look, number[]>} */
  const boxes = new Map()
  /** @type {[task: number, x: number, width: number, row: Row, look: Look][]} */
  const names = []
  const { tasks } = model
  const edge = x + left
  for (const row of rows) {
    for (let i = model.firstAfter(row.lane, from), [, end] = model.rowsOf(row.lane); i < end && tasks.t0[i] < to; i++) {
      const a = Math.max(edge - 4, at(tasks.t0[i]))
      const b = Math.min(edge + span + 4, at(tasks.t1[i]))
      const look = model.looks[tasks.kind[i]]
      const width = Math.max(b - a - (b - a > 4 ? 1.2 : 0), 0.6)
      const found = boxes.get(look) ?? []
      boxes.set(look, found)
      found.push(a, row.y, width, row.height)
      if (!row.thin && row.height >= 10 * s && width > LETTERED * s) names.push([i, a, width, row, look])
    }
  }
  for (const [look, found] of boxes) {
    const pen = pens.looks[look]
    ctx.beginPath()
    for (let k = 0; k < found.length; k += 4) {
      if (found[k + 2] > 6)
        ctx.roundRect(found[k], found[k + 1], found[k + 2], found[k + 3], Math.min(2.5, found[k + 3] / 4))
      else ctx.rect(found[k], found[k + 1], found[k + 2], found[k + 3])
    }
    ctx.fillStyle = pen.fill
    ctx.fill()
    if (look !== "backward" && look !== "recompute" && look !== "wait") continue
    ctx.strokeStyle = pen.edge
    ctx.lineWidth = 0.8 * pens.strokeScale
    ctx.stroke()
  }
  ctx.textAlign = "center"
  ctx.textBaseline = "middle"
  for (const [i, a, width, row, look] of names) {
    const text = look === "wait" ? (width > 50 * s ? t(`scaling_${model.reason(i)}`) : "") : longLabel(model, i)
    const size = Math.min(12 * s, row.height * 0.78, (width - 4) / (0.62 * text.length))
    if (!text || size < 7) continue
    ctx.font = `600 ${size}px ${pens.font}`
    const middle = Math.min(
      Math.max(a + width / 2, edge + Math.min(width / 2, 20)),
      edge + span - Math.min(width / 2, 20),
    )
    if (look === "wait") {
      ctx.fillStyle = pens.stallSoft
      ctx.fillRect(middle - 21 * s, row.y + 1, 42 * s, row.height - 2)
    }
    ctx.fillStyle = pens.looks[look].ink
    ctx.fillText(text, middle, row.y + row.height / 2 + 0.5)
  }
  ctx.restore()

  // The present, here and in the strip, and what part of the strip is shown.
  ctx.strokeStyle = pens.linear
  ctx.lineWidth = 2.2 * pens.strokeScale
  ctx.beginPath()
  const now = at(time)
  ctx.moveTo(now, rows[0].y - 5)
  ctx.lineTo(now, bottom + 5)
  const there = x + left + (time / Math.max(1, duration)) * span
  ctx.moveTo(there, overview.y - 3)
  ctx.lineTo(there, overview.y + overview.height + 3)
  ctx.stroke()
  if (to - from < duration) {
    const a = x + left + (from / duration) * span
    const b = x + left + (to / duration) * span
    ctx.strokeStyle = pens.ink
    ctx.lineWidth = 1.2 * pens.strokeScale
    ctx.strokeRect(a, overview.y - 2, b - a, overview.height + 4)
    ctx.beginPath()
    ctx.moveTo(a, overview.y + overview.height + 2)
    ctx.lineTo(x + left, rows[0].y - 4)
    ctx.moveTo(b, overview.y + overview.height + 2)
    ctx.lineTo(x + left + span, rows[0].y - 4)
    ctx.strokeStyle = pens.line
    ctx.stroke()
  }
}
