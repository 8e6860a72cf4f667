// Draws PEs: boxes by state, with room also the router, the ramp and the compute element inside. No wavelets.

import { centre, labelStep } from "./layout.js"
import { COMPUTING, DONE, RECEIVING, SENDING, STALLED } from "./model.js"

/**
 * @import { Pen, Theme } from "../../kit/types"
 * @import { Pens } from "./mesh.js"
 * @import { Model } from "./model.js"
 * @import { Layout } from "./types"
 * @typedef {{p: number, boxX: number, boxY: number, radius: number, router: number, lane: number, hub: number, element: number, side: number}} Geometry
 */

/** The states worth a legend, in the order in which they are drawn; each has a shape of its own beside its hue. */
export const STATES = [
  { state: COMPUTING, paint: "--compute", shape: "square" },
  { state: SENDING, paint: "--fabric", shape: "ring" },
  { state: RECEIVING, paint: "--fabric", shape: "soft" },
  { state: STALLED, paint: "--stall", shape: "hatch" },
  { state: DONE, paint: "--compute-soft", shape: "square" },
]

/**
 * The shape of one PE: its box; with room also its router and its compute element (CE), joined by the ramp.
 * @param {Pick<Layout, "px" | "py" | "detail">} layout
 * @param {boolean} duplex
 * @returns {Geometry}
 */
export function geometry({ px, py, detail }, duplex) {
  const p = Math.min(px, py)
  if (detail === "full") {
    return {
      p,
      boxX: 0.72 * p,
      boxY: 0.72 * p,
      radius: 0.1 * p,
      router: -0.17 * p,
      hub: 0.085 * p,
      lane: 0.045 * p,
      element: 0.12 * p,
      side: 0.36 * p,
    }
  }
  const gap = p < 4 ? 0 : Math.max(1, 0.3 * p)
  return {
    p,
    boxX: px - gap,
    boxY: py - gap,
    radius: detail === "plain" ? 0.14 * p : 0,
    router: 0,
    lane: duplex ? 0.12 * p : 0,
    // There is no room for what is inside.
    hub: 0,
    element: 0,
    side: 0,
  }
}

/**
 * Numbers of columns above and of rows on the left, of a part of a mesh that begins at (west, north).
 * @param {Pen} ctx
 * @param {Layout} layout
 * @param {{west: number, north: number}} part
 * @param {Theme} theme
 */
export function drawLabels(ctx, { x, y, px, py, columns, rows }, { west, north }, theme) {
  ctx.font = `500 ${11 * theme.textScale}px ${theme.font}`
  ctx.fillStyle = theme.ink3
  ctx.textAlign = "center"
  ctx.textBaseline = "alphabetic"
  const across = labelStep(px, 26 * theme.textScale)
  for (let k = -west % across; k < columns; k += across)
    if (k >= 0) ctx.fillText(String(west + k), x + (k + 0.5) * px, y - 7)
  ctx.textAlign = "right"
  ctx.textBaseline = "middle"
  const down = labelStep(py, 16 * theme.textScale)
  for (let k = -north % down; k < rows; k += down)
    if (k >= 0) ctx.fillText(String(north + k), x - 7, y + (k + 0.5) * py)
}

/**
 * What stays: labels, links and idle PEs.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {Theme} theme
 */
export function drawGround(ctx, model, layout, theme) {
  const { x, y, px, py, columns, rows, detail } = layout
  const g = geometry(layout, model.duplex)
  drawLabels(ctx, layout, model, theme)
  if (detail !== "dense") {
    ctx.strokeStyle = theme.line
    ctx.lineWidth = theme.strokeScale * (detail === "full" ? 1.5 : 1)
    ctx.beginPath()
    for (const lane of detail === "full" ? [-g.lane, g.lane] : [0]) {
      for (let k = 0, at = y + py / 2 + g.router + lane; k < rows; k++, at += py)
        line(ctx, x + px / 2, at, x + (columns - 0.5) * px, at)
      for (let k = 0, at = x + px / 2 + g.router + lane; k < columns; k++, at += px)
        line(ctx, at, y + py / 2, at, y + (rows - 0.5) * py)
    }
    ctx.stroke()
  }
  ctx.beginPath()
  for (let cell = 0; cell < model.cells; cell++) box(ctx, layout, g, cell)
  ctx.fillStyle = theme.pe
  ctx.fill()
  if (detail === "dense") return
  ctx.strokeStyle = theme.peEdge
  ctx.lineWidth = theme.strokeScale
  ctx.stroke()
  if (detail !== "full") return
  ctx.beginPath()
  for (let cell = 0; cell < model.cells; cell++) {
    const [cx, cy] = centre(layout, cell)
    line(ctx, cx + g.router, cy + g.router, cx + g.element, cy + g.element)
  }
  ctx.lineWidth = 2 * theme.strokeScale
  ctx.stroke()
  ctx.beginPath()
  for (let cell = 0; cell < model.cells; cell++) {
    const [cx, cy] = centre(layout, cell)
    ctx.roundRect(cx + g.element - g.side / 2, cy + g.element - g.side / 2, g.side, g.side, g.radius * 0.7)
    ctx.moveTo(cx + g.router + g.hub, cy + g.router)
    ctx.arc(cx + g.router, cy + g.router, g.hub, 0, 7)
  }
  ctx.fillStyle = theme.card
  ctx.fill()
  ctx.lineWidth = 1.2 * theme.strokeScale
  ctx.stroke()
}

/**
 * The PEs that are not idle in a cycle.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} cycle
 * @param {Pens} pens
 */
export function drawStates(ctx, model, layout, cycle, pens) {
  const states = model.statesOf(cycle)
  const g = geometry(layout, model.duplex)
  const { detail } = layout
  const fills = {
    [COMPUTING]: pens.compute,
    [SENDING]: pens.fabric,
    [RECEIVING]: pens.fabricSoft,
    [STALLED]: pens.hatch,
    [DONE]: pens.computeSoft,
  }
  const edges = {
    [COMPUTING]: pens.compute,
    [SENDING]: pens.fabric,
    [RECEIVING]: pens.fabric,
    [STALLED]: pens.stall,
    [DONE]: pens.computeSoft,
  }
  const soft = {
    [COMPUTING]: pens.computeSoft,
    [SENDING]: pens.fabricSoft,
    [RECEIVING]: pens.fabricSoft,
    [STALLED]: pens.stallSoft,
    [DONE]: pens.computeSoft,
  }
  for (const { state } of STATES) {
    const cells = []
    for (let cell = 0; cell < states.length; cell++) if (states[cell] === state) cells.push(cell)
    if (!cells.length) continue
    ctx.fillStyle = fills[state]
    ctx.strokeStyle = edges[state]
    ctx.lineWidth = 1.2 * pens.strokeScale
    if (detail === "full") {
      ctx.fillStyle = soft[state]
      ctx.beginPath()
      for (const cell of cells) box(ctx, layout, g, cell)
      ctx.fill()
      ctx.stroke()
      inside(ctx, layout, g, cells, state, fills[state], pens)
      continue
    }
    ctx.beginPath()
    for (const cell of cells) box(ctx, layout, g, cell)
    ctx.fill()
    if (detail === "dense") continue
    ctx.stroke()
    if (state === SENDING) {
      const inset = 0.24 * Math.min(g.boxX, g.boxY)
      ctx.beginPath()
      for (const cell of cells) box(ctx, layout, g, cell, inset)
      ctx.fillStyle = pens.card
      ctx.fill()
    }
  }
}

/**
 * Add the sign of what a compute element does to the path: + computes, an arrow receives or sends.
 * @param {Pen} ctx
 * @param {number} state
 * @param {number} x
 * @param {number} y
 * @param {number} arm
 */
export function drawSign(ctx, state, x, y, arm) {
  if (state === COMPUTING) {
    line(ctx, x - arm, y, x + arm, y)
    line(ctx, x, y - arm, x, y + arm)
  } else if (state === RECEIVING || state === SENDING) {
    const tip = state === RECEIVING ? arm : -arm
    line(ctx, x - tip, y - tip, x + tip, y + tip)
    line(ctx, x + tip, y + tip, x + tip, y - tip * 0.3)
    line(ctx, x + tip, y + tip, x - tip * 0.3, y + tip)
  }
}

// Ramp, router and CE of PEs in one state, with a sign that needs no colour: + computes, arrows receive and send.
/**
 * @param {Pen} ctx
 * @param {Layout} layout
 * @param {Geometry} g
 * @param {number[]} cells
 * @param {number} state
 * @param {string | CanvasPattern} fill
 * @param {Pens} pens
 */
function inside(ctx, layout, g, cells, state, fill, pens) {
  const half = g.side / 2
  const sign = g.side * 0.22
  ctx.lineWidth = 2 * pens.strokeScale
  if (state === DONE) ctx.strokeStyle = pens.peEdge
  ctx.beginPath()
  for (const cell of cells) {
    const [cx, cy] = centre(layout, cell)
    line(ctx, cx + g.router, cy + g.router, cx + g.element, cy + g.element)
  }
  ctx.stroke()
  ctx.beginPath()
  for (const cell of cells) {
    const [cx, cy] = centre(layout, cell)
    ctx.roundRect(cx + g.element - half, cy + g.element - half, g.side, g.side, g.radius * 0.7)
  }
  ctx.fillStyle = state === SENDING || state === DONE ? pens.card : fill
  ctx.fill()
  ctx.lineWidth = 1.5 * pens.strokeScale
  ctx.stroke()
  ctx.beginPath()
  for (const cell of cells) {
    const [cx, cy] = centre(layout, cell)
    ctx.moveTo(cx + g.router + g.hub, cy + g.router)
    ctx.arc(cx + g.router, cy + g.router, g.hub, 0, 7)
  }
  ctx.fillStyle = pens.card
  ctx.fill()
  ctx.stroke()
  if (state === STALLED || state === DONE) return
  ctx.beginPath()
  for (const cell of cells) {
    const [cx, cy] = centre(layout, cell)
    drawSign(ctx, state, cx + g.element, cy + g.element, sign)
  }
  ctx.strokeStyle = state === COMPUTING ? pens.card : pens.fabric
  ctx.lineWidth = 2.2 * pens.strokeScale
  ctx.stroke()
}

/**
 * A ring around a cell: what is selected or pointed at.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} cell
 * @param {string} paint
 * @param {number} lineWidth
 */
export function ring(ctx, model, layout, cell, paint, lineWidth) {
  const g = geometry(layout, model.duplex)
  const [cx, cy] = centre(layout, cell)
  const [w, h] = [Math.max(g.boxX, 6) + lineWidth + 1, Math.max(g.boxY, 6) + lineWidth + 1]
  ctx.beginPath()
  ctx.roundRect(cx - w / 2, cy - h / 2, w, h, g.radius + 2)
  ctx.strokeStyle = paint
  ctx.lineWidth = lineWidth
  ctx.stroke()
}

/** @param {Pen} ctx @param {Layout} layout @param {Geometry} g @param {number} cell */
function box(ctx, layout, g, cell, inset = 0) {
  const [cx, cy] = centre(layout, cell)
  const [w, h] = [g.boxX - 2 * inset, g.boxY - 2 * inset]
  if (g.radius) ctx.roundRect(cx - w / 2, cy - h / 2, w, h, Math.max(1, g.radius - inset / 2))
  else ctx.rect(cx - w / 2, cy - h / 2, w, h)
}

/**
 * Add a line to the path.
 * @param {Pen} ctx
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 */
export function line(ctx, ax, ay, bx, by) {
  ctx.moveTo(ax, ay)
  ctx.lineTo(bx, by)
}
