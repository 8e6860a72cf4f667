// One word on its way: where it comes from, the hops that it makes, who takes it. Drawn over the mesh, and said in words.

import { number, quantity, t as text } from "../../kit/language.js"
import { pointOf } from "./faults.js"
import { legAt } from "./journey.js"
import { centre } from "./layout.js"
import { FLOWS, labels } from "./mesh.js"
import { geometry } from "./pe.js"
import { DOWN, DX, DY, PORTS, UP } from "./ports.js"

/**
 * @import { Inspection, Message, Pen, Point, View } from "../../kit/types"
 * @import { Journey, Leg } from "./journey.js"
 * @import { Geometry } from "./pe.js"
 * @import { Model } from "./model.js"
 * @import { Panelled } from "./types"
 */

const FEW = 5 // ends that each have their cycle, and places that each have the value

/** @param {Model} model @param {number} cell */
const at = ({ west, north, width }, cell) => `(${west + (cell % width)}, ${north + Math.floor(cell / width)})`

/** The name of a word. @param {Journey} journey */
export const wordOf = ({ value }) =>
  Number.isNaN(value) ? text("fabric_stage_word") : text("fabric_stage_word.value", { value: number(value) })

/** @param {Model} model @param {Journey} journey @param {number} cycle @returns {Message} */
function doing(model, journey, cycle) {
  const leg = legAt(journey, cycle)
  if (!leg) return { id: "fabric_stage_word_unsent" }
  if (journey.legs.every(({ t1 }) => t1 <= cycle)) {
    const taken = journey.ends.some(({ how }) => how === "taken")
    return taken ? { id: "fabric_stage_word_taken" } : place(model, journey.ends[journey.ends.length - 1])
  }
  const { cell, to, port, t1 } = leg
  if (t1 <= cycle) return { id: "fabric_stage_word_waiting", at: at(model, to) }
  if (port >= UP) return { id: "fabric_stage_word_ramp", at: at(model, cell) }
  return { id: "fabric_stage_word_link", at: at(model, cell), way: { id: `${PORTS[port]}.to` } }
}

/** @type {Record<string, string>} */
const ENDS = {
  taken: "fabric_stage_word_element",
  dropped: "fabric_stage_word_dropped",
  waits: "fabric_stage_word_stuck",
  beyond: "fabric_stage_word_beyond",
}
/** @param {Model} model @param {{cell: number, t: number, how: string}} end @returns {Message} */
const place = (model, { cell, t, how }) => ({ id: ENDS[how], at: at(model, cell), t })

/** One sentence on a cycle. @param {Model} model @param {Journey} journey @param {number} cycle */
export const describeWord = (model, journey, cycle) =>
  text("fabric_stage_word_said", { word: wordOf(journey), doing: doing(model, journey, cycle) })

/**
 * What the inspector shows of a word.
 * @param {Model} model
 * @param {Journey} journey
 * @param {number} cycle
 * @returns {Inspection}
 */
export function inspectWord(model, journey, cycle) {
  const { legs, source, ends, color } = journey
  const now = doing(model, journey, cycle)
  /** @param {Message} message */
  const said = ({ id, ...values }) => text(id, values)
  const last = ends.reduce((one, other) => (other.t > one.t ? other : one))
  const to = ends.length > 1 ? text("fabric_stage_word_many", { n: ends.length, t: last.t }) : said(place(model, last))
  /** @type {Inspection["rows"]} */
  const rows = [
    [text("fabric_stage_now"), said(now)],
    [text("fabric_stage_word_from"), said(place(model, { ...source, how: source.sent ? "taken" : "beyond" }))],
    [text("fabric_stage_word_to"), to],
    [text("fabric_stage_color", { color }), model.names[model.roleOf[color]]],
    [text("fabric_stage_word_hops"), number(legs.filter(({ port }) => port < UP).length)],
    [text("fabric_stage_word_time"), quantity(last.t - source.t, "cycle")],
    [
      text("fabric_stage_word_waited"),
      quantity(
        legs.reduce((sum, { waited }) => sum + waited, 0),
        "cycle",
      ),
    ],
  ]
  return { title: wordOf(journey), state: said(now), rows, lines: [] }
}

/** Cycles at which something happens to a word, sorted. @param {Journey} journey */
export const changesOf = ({ legs }) => Uint32Array.from(new Set(legs.flatMap(({ t0, t1 }) => [t0, t1]))).sort()

/**
 * Where a word is on a leg of which it has made a share.
 * @param {Model} model
 * @param {Leg} leg
 * @param {Panelled} layout of the recorded part
 * @param {Geometry} g
 * @param {number} share
 * @returns {Point}
 */
function pointAt(model, { cell, port }, layout, g, share) {
  const [cx, cy] = centre(layout, cell)
  if (port >= UP) {
    const way = g.router + (g.element - g.router) * (port === DOWN ? 1 - share : share)
    return [cx + way, cy + way]
  }
  const [rx, ry] = [cx + g.router, cy + g.router]
  const long = model.faults?.link(cell, port)
  if (long) {
    const [x, y] = pointOf(long, cell, port, [rx, ry], layout, g.lane, share)
    return [x, y]
  }
  return [rx - DY[port] * g.lane + DX[port] * layout.px * share, ry + DX[port] * g.lane + DY[port] * layout.py * share]
}

/**
 * Draw the way of a word over its mesh: strong as far as it has come, dashed where it will go.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Journey} journey
 * @param {number} t
 * @param {View} view
 * @param {Panelled} layout of the recorded part
 */
export function drawWord(ctx, model, journey, t, view, layout) {
  const pens = view.theme
  const g = geometry(layout, model.duplex)
  const paint = pens[FLOWS[model.roleOf[journey.color] % FLOWS.length]]
  const tau = t + 0.5
  /** @param {Leg} leg */
  const shareOf = ({ t0, t1 }) => Math.min(1, Math.max(0, (tau - t0) / (t1 - t0)))
  const { x, y, width, height } = layout.panel
  ctx.globalAlpha = 0.6
  ctx.fillStyle = pens.card
  ctx.fillRect(x, y, width, height)
  ctx.globalAlpha = 1
  ctx.lineCap = "round"
  ctx.strokeStyle = paint
  /** @param {Leg} leg @param {number} from @param {number} to */
  const line = (leg, from, to) => {
    const long = leg.port < UP && model.faults?.link(leg.cell, leg.port)
    const steps = long ? 12 : 1
    for (let k = 0; k <= steps; k++) {
      const point = pointAt(model, leg, layout, g, from + ((to - from) * k) / steps)
      if (k) ctx.lineTo(...point)
      else ctx.moveTo(...point)
    }
  }
  ctx.lineWidth = 2 * pens.strokeScale
  ctx.setLineDash([1, 6 * pens.strokeScale])
  ctx.beginPath()
  for (const leg of journey.legs) line(leg, shareOf(leg), 1)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.lineWidth = Math.min(4.5, 0.3 * g.p) * pens.strokeScale
  ctx.beginPath()
  for (const leg of journey.legs) if (shareOf(leg) > 0) line(leg, 0, shareOf(leg))
  ctx.stroke()
  ctx.lineCap = "butt"

  // Where it begins is a ring, and where it ends a square; with few ends each says when.
  const [first] = journey.legs
  const mark = Math.max(4, Math.min(0.09 * g.p, 11)) * pens.strokeScale
  const begins = pointAt(model, first, layout, g, 0)
  ctx.fillStyle = pens.card
  ctx.lineWidth = 2.5 * pens.strokeScale
  ctx.beginPath()
  ctx.arc(...begins, mark, 0, 2 * Math.PI)
  ctx.fill()
  ctx.stroke()
  const lasts = journey.legs.filter(({ port }) => port === UP)
  ctx.beginPath()
  for (const leg of lasts) {
    const [ex, ey] = pointAt(model, leg, layout, g, 1)
    ctx.rect(ex - mark, ey - mark, 2 * mark, 2 * mark)
  }
  ctx.fill()
  ctx.stroke()
  ctx.font = `600 ${11.5 * pens.textScale}px ${pens.font}`
  ctx.textAlign = "center"
  ctx.textBaseline = "top"
  const named = [{ point: begins, t: first.t0 }]
  if (lasts.length < FEW) for (const leg of lasts) named.push({ point: pointAt(model, leg, layout, g, 1), t: leg.t1 })
  for (const { point, t: cycle } of named) {
    const said = text("fabric_stage_at_cycle", { t: cycle })
    const [wide, top] = [ctx.measureText(said).width + 8, point[1] + mark + 4]
    ctx.fillStyle = pens.card
    ctx.fillRect(point[0] - wide / 2, top - 2, wide, 16 * pens.textScale)
    ctx.fillStyle = pens.ink
    ctx.fillText(said, point[0], top)
  }

  // Where it is now: on its legs, or at the end of one, in the queue that the next one leaves.
  /** @type {number[]} */
  const dots = []
  for (const leg of journey.legs) {
    const waits = tau >= leg.t1 && journey.legs.some((next) => follows(leg, next) && tau < next.t0)
    if ((tau >= leg.t0 && tau < leg.t1) || waits) dots.push(...pointAt(model, leg, layout, g, shareOf(leg)))
  }
  if (!dots.length) dots.push(...(tau < first.t0 ? begins : lasts.flatMap((leg) => pointAt(model, leg, layout, g, 1))))
  const values = dots.slice(dots.length / 2).map(() => journey.value)
  ctx.fillStyle = paint
  ctx.beginPath()
  for (let i = 0; i < dots.length; i += 2) {
    ctx.moveTo(dots[i] + 0.7 * mark, dots[i + 1])
    ctx.arc(dots[i], dots[i + 1], 0.7 * mark, 0, 2 * Math.PI)
  }
  ctx.fill()
  if (values.length < FEW) labels(ctx, dots, values, pens, paint)
}

/** Whether a leg begins where another ends. @param {Leg} one @param {Leg} next */
const follows = (one, next) =>
  one.port !== UP && next.cell === one.to && next.port !== DOWN && next.t0 - next.waited === one.t1
