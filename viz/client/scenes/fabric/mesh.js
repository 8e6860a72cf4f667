// Draws a mesh of PEs with every wavelet. An integer t is the middle of cycle t: what crosses a link is halfway then.

import { hatch, layer } from "../../kit/canvas.js"
import { number, t as text } from "../../kit/language.js"
import { drawFaults, drawSigns, pointOf } from "./faults.js"
import { centre } from "./layout.js"
import { countLinks, drawLinks, linksOverlay } from "./links.js"
import { DONE, TRAIL, createModel } from "./model.js"
import { drawPath, pathOverlay, staysOf } from "./path.js"
import { DOING } from "./words.js"
import { STATES, drawGround, drawStates, geometry, line, ring } from "./pe.js"
import { DX, DY, NONE, UP } from "./ports.js"

/**
 * @import { Key, Pen, Point, Theme, View } from "../../kit/types"
 * @import { Model } from "./model.js"
 * @import { Geometry } from "./pe.js"
 * @import { FabricRun, Layout, Tables } from "./types"
 * @typedef {ReturnType<typeof createMesh>} Mesh
 * @typedef {ReturnType<typeof pensOf>} Pens
 */

/** Paints and shapes of the flows, by their role. */
/** @type {("fabric" | "flow2" | "flow3" | "flow4" | "flow5")[]} */
export const FLOWS = ["fabric", "flow2", "flow3", "flow4", "flow5"]
export const SHAPES = ["circle", "diamond", "square", "triangle", "plus"]
const FADE = [0.55, 0.38, 0.24, 0.13, 0.06]
const SMALL = 2.2 // radius in pixels below which shapes cannot be told apart
const CROWD = 1600 // coordinates above which outlines are left out
/**
 * The picture of what was recorded with every wavelet; cells count within the recorded part.
 * `draw` takes a layout of that part from outside, and the cells that are selected and pointed at, or null.
 * @param {FabricRun} run
 */
export function createMesh(run) {
  const model = createModel(run)
  const kinds = new Set([...model.spans.kind, ...(model.spans.rows ? [DONE] : [])])
  /** @type {{view: View, layout: Layout, canvas: HTMLCanvasElement, pens: Pens} | null} */
  let ground = null // what stays while size and theme stay

  const { path } = run.tables
  const links = countLinks(model.moves, model.cells)
  const stays = path ? staysOf(path) : new Map()
  /** @param {string} name @param {View} view */
  const laid = (name, view) => (!view.concealed && view.overlays?.has(name)) ?? false
  const legend = [
    ...model.names.map((label, k) => ({
      label,
      paint: `--${FLOWS[k % FLOWS.length]}`,
      shape: SHAPES[k % FLOWS.length],
    })),
    ...STATES.filter(({ state }) => kinds.has(state)).map(({ state, ...key }) => ({
      label: text(DOING[state]),
      ...key,
    })),
    ...(model.faults?.legend ?? []),
  ]

  return {
    model,
    legend,
    overlays: [...(path ? [pathOverlay()] : []), linksOverlay(links, model.duration)],
    path,
    /**
     * @param {Pen} ctx
     * @param {number} t
     * @param {View} view
     * @param {Layout} layout
     * @param {number | null} selected
     * @param {number | null} hover
     */
    draw(ctx, t, view, layout, selected, hover) {
      const tau = t + 0.5
      const cycle = Math.floor(tau)
      if (ground?.view !== view || ground.layout !== layout) {
        const { canvas, ctx: onto } = layer(view)
        ground = { view, layout, canvas, pens: pensOf(ctx, view) }
        drawGround(onto, model, layout, view.theme)
        if (model.faults) drawFaults(onto, model.faults, layout, geometry(layout, model.duplex), view.theme)
      }
      const { pens } = ground
      ctx.drawImage(ground.canvas, 0, 0, view.width, view.height)
      drawStates(ctx, model, layout, cycle, pens)
      const { router } = geometry(layout, model.duplex)
      if (laid("links", view)) drawLinks(ctx, links, layout, router, pens)
      drawWavelets(ctx, model, layout, tau, pens)
      if (path && laid("path", view)) drawPath(ctx, path, stays, layout, router, t, pens)
      if (model.faults) drawSigns(ctx, model.faults, layout, geometry(layout, model.duplex), view.theme)
      if (cycle >= model.duration) drawDeadlock(ctx, model, layout, pens)
      if (hover !== null && hover !== selected)
        ring(ctx, model, layout, hover, view.theme.ink3, 1.5 * view.theme.strokeScale)
      if (selected !== null) {
        drawRoutes(ctx, run.tables.routes, model, layout, selected, pens)
        ring(ctx, model, layout, selected, view.theme.linear, 3 * view.theme.strokeScale)
      }
    },
  }
}

/**
 * The theme's paints as the pictures of the fabric use them.
 * @param {Pen} ctx
 * @param {View} view
 */
export function pensOf(ctx, view) {
  return { ...view.theme, hatch: hatch(ctx, view), flows: FLOWS.map((name) => view.theme[name]) }
}

/** @param {Pen} ctx @param {Model} model @param {Layout} layout @param {number} tau @param {Pens} pens */
function drawWavelets(ctx, model, layout, tau, pens) {
  const { moves, roleOf, hop, latency } = model
  const { x, y, px, py, columns, detail } = layout
  const g = geometry(layout, model.duplex)
  const cycle = Math.floor(tau)
  const thick = Math.max(1, (detail === "full" ? 0.05 : detail === "plain" ? 0.09 : 0.2) * g.p)
  const radius =
    (detail === "dense" ? Math.max(1, 0.2 * g.p) : Math.min((detail === "full" ? 0.08 : 0.13) * g.p, 7)) *
    Math.sqrt(pens.strokeScale)
  const values = detail === "full" ? model.values : null // what is printed beside wavelets
  const flows = pens.flows.map(() => ({
    /** @type {number[][]} */
    trails: FADE.map(() => []),
    /** @type {number[]} */
    dots: [],
    /** @type {number[]} */
    values: [],
  }))

  for (const i of model.moving.at(cycle)) {
    const age = cycle - moves.t0[i]
    if (age < 0) continue
    const n = moves.n[i]
    const port = moves.port[i]
    const cell = moves.cell[i]
    const flow = flows[roleOf[moves.color[i]] % FLOWS.length]
    const cx = x + ((cell % columns) + 0.5) * px + g.router
    const cy = y + (Math.floor(cell / columns) + 0.5) * py + g.router
    const long = port < UP && model.faults?.link(cell, port)
    if (long) {
      const way = hop * (1 + long.extra)
      for (let k = Math.max(0, age - way + 1); k < n && k <= age; k++) {
        const share = (tau - moves.t0[i] - k) / way
        flow.dots.push(...pointOf(long, cell, port, [cx, cy], layout, g.lane, share))
        if (values) flow.values.push(moves.value[i] === NONE ? NaN : values[moves.value[i] + k])
      }
    } else if (port < UP) {
      const past = age - n - hop + 1 // cycles since the last one has arrived
      if (past >= TRAIL) continue
      const [dx, dy] = [DX[port], DY[port]]
      // Traffic keeps to the right, so the two directions of a link lie beside each other.
      const ax = cx - dy * g.lane
      const ay = cy + dx * g.lane
      if (past < 0) {
        const first = Math.max(0, age - hop + 1)
        for (let k = first; k < n && k <= age; k++) {
          const share = (tau - moves.t0[i] - k) / hop
          const [bx, by] = [ax + dx * px * share, ay + dy * py * share]
          if (k === first) {
            flow.trails[0].push(ax, ay, bx, by)
            if (k > 0) flow.trails[1].push(bx, by, ax + dx * px, ay + dy * py)
          }
          flow.dots.push(bx, by)
          if (values) flow.values.push(moves.value[i] === NONE ? NaN : values[moves.value[i] + k])
        }
      } else {
        flow.trails[past + 1].push(ax, ay, ax + dx * px, ay + dy * py)
      }
    } else if (detail === "full") {
      const down = port !== UP
      for (let k = Math.max(0, age - latency + 1); k < n && k <= age; k++) {
        const share = (tau - moves.t0[i] - k) / latency
        const way = (g.element - g.router) * (down ? 1 - share : share)
        flow.dots.push(cx + way, cy + way)
        if (values) flow.values.push(NaN) // inside a PE there is no room to print it
      }
    }
  }
  if (detail !== "dense") queued(model, layout, g, cycle, flows, radius, values !== null)

  flows.forEach(({ trails, dots, values: printed }, k) => {
    ctx.fillStyle = pens.flows[k]
    trails.forEach((ends, level) => {
      if (!ends.length) return
      ctx.globalAlpha = FADE[level]
      ctx.beginPath()
      for (let i = 0; i < ends.length; i += 4) {
        const [ax, ay, bx, by] = [ends[i], ends[i + 1], ends[i + 2], ends[i + 3]]
        const flat = ay === by
        ctx.rect(
          Math.min(ax, bx) - (flat ? 0 : thick / 2),
          Math.min(ay, by) - (flat ? thick / 2 : 0),
          flat ? Math.abs(bx - ax) : thick,
          flat ? thick : Math.abs(by - ay),
        )
      }
      ctx.fill()
    })
    ctx.globalAlpha = 1
    if (!dots.length) return
    ctx.beginPath()
    if (radius < SMALL)
      for (let i = 0; i < dots.length; i += 2) ctx.rect(dots[i] - radius, dots[i + 1] - radius, 2 * radius, 2 * radius)
    else for (let i = 0; i < dots.length; i += 2) shape(ctx, SHAPES[k], dots[i], dots[i + 1], radius)
    if (radius >= SMALL && dots.length < CROWD) {
      ctx.strokeStyle = pens.card
      ctx.lineWidth = Math.max(1, radius * 0.45)
      ctx.stroke()
    }
    ctx.fill()
    if (values) labels(ctx, dots, printed, pens, pens.flows[k])
  })
}

// Wavelets that wait in an input queue stand one behind the other at its port; those on the ramp only where it is drawn.
/**
 * @param {Model} model
 * @param {Layout} layout
 * @param {Geometry} g
 * @param {number} cycle
 * @param {{dots: number[], values: number[]}[]} flows
 * @param {number} radius
 * @param {boolean} print
 */
function queued(model, layout, g, cycle, flows, radius, print) {
  const wait = model.waiting()
  const place = new Map()
  for (const i of wait.at(cycle)) {
    if (wait.t0[i] > cycle || wait.t1[i] <= cycle) continue
    const port = wait.port[i]
    if (port >= UP && layout.detail !== "full") continue
    const key = wait.cell[i] * 256 + wait.color[i]
    const k = place.get(key) ?? 0
    place.set(key, k + 1)
    const [cx, cy] = centre(layout, wait.cell[i])
    const flow = flows[model.roleOf[wait.color[i]] % FLOWS.length]
    const [dx, dy] = port < UP ? [DX[port], DY[port]] : [0.6, 0.6]
    const far = 0.16 * g.p + k * radius * 1.5
    // It came in on the right of its direction of travel, which is opposite to the port's.
    flow.dots.push(
      cx + g.router + dx * far + (port < UP ? dy * g.lane : 0),
      cy + g.router + dy * far - (port < UP ? dx * g.lane : 0),
    )
    if (print) flow.values.push(NaN)
  }
}

/** @type {Map<number, string>} what was written before: a frame has a number for every wavelet */
const WRITTEN = new Map()

/** @param {number} value */
function writtenAs(value) {
  const before = WRITTEN.get(value)
  if (before !== undefined) return before
  const written = number(value)
  if (WRITTEN.size > 10_000) WRITTEN.clear()
  WRITTEN.set(value, written)
  return written
}

/**
 * Numbers in pills at points; NaN has none.
 * @param {Pen} ctx
 * @param {number[]} dots
 * @param {ArrayLike<number>} values
 * @param {Theme} pens
 * @param {string} paint
 */
export function labels(ctx, dots, values, pens, paint) {
  ctx.font = `600 ${10.5 * pens.textScale}px ${pens.font}`
  ctx.textAlign = "center"
  ctx.textBaseline = "middle"
  const half = 8 * pens.textScale
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue
    const written = writtenAs(values[i])
    const wide = ctx.measureText(written).width / 2 + 5
    const [x, y] = [dots[2 * i], dots[2 * i + 1]]
    ctx.beginPath()
    ctx.roundRect(x - wide, y - half, 2 * wide, 2 * half, half)
    ctx.fillStyle = pens.card
    ctx.strokeStyle = paint
    ctx.lineWidth = 2 * pens.strokeScale
    ctx.fill()
    ctx.stroke()
    ctx.fillStyle = pens.ink
    ctx.fillText(written, x, y + 0.5)
  }
}

/**
 * Add the shape of a flow to the path.
 * @param {Pen} ctx
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function shape(ctx, name, x, y, r) {
  if (name === "circle") {
    ctx.moveTo(x + r, y)
    ctx.arc(x, y, r, 0, 2 * Math.PI)
  } else if (name === "square") {
    ctx.rect(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r)
  } else if (name === "plus") {
    ctx.rect(x - 1.15 * r, y - 0.4 * r, 2.3 * r, 0.8 * r)
    ctx.rect(x - 0.4 * r, y - 1.15 * r, 0.8 * r, 2.3 * r)
  } else {
    const points =
      name === "diamond"
        ? [
            [0, -1.25],
            [1.25, 0],
            [0, 1.25],
            [-1.25, 0],
          ]
        : [
            [0, -1.2],
            [1.15, 0.85],
            [-1.15, 0.85],
          ]
    points.forEach(([dx, dy], k) => (k ? ctx.lineTo(x + dx * r, y + dy * r) : ctx.moveTo(x + dx * r, y + dy * r)))
    ctx.closePath()
  }
}

/**
 * @param {Pen} ctx
 * @param {Tables["routes"]} routes
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} cell
 * @param {Pens} pens
 */
function drawRoutes(ctx, routes, model, layout, cell, pens) {
  if (layout.detail === "dense" || !routes) return
  const g = geometry(layout, model.duplex)
  const [cx, cy] = centre(layout, cell).map((v) => v + g.router)
  /** @param {number} port @returns {Point} */
  const end = (port) =>
    port < UP
      ? [cx + DX[port] * layout.px * 0.5, cy + DY[port] * layout.py * 0.5]
      : g.side
        ? [cx - g.router + g.element, cy - g.router + g.element]
        : [cx, cy]
  ctx.lineWidth = 2.5 * pens.strokeScale
  for (const r of model.routesOf(cell)) {
    ctx.strokeStyle = pens.flows[model.roleOf[routes.color[r]] % FLOWS.length]
    ctx.beginPath()
    for (let port = 0; port < 5; port++) {
      if (port !== routes.input[r] && !(routes.outputs[r] & (1 << port))) continue
      line(ctx, cx, cy, ...end(port))
    }
    ctx.stroke()
  }
}

// Who waits for whom, once nothing can move any more.
/** @param {Pen} ctx @param {Model} model @param {Layout} layout @param {Pens} pens */
function drawDeadlock(ctx, model, layout, pens) {
  ctx.strokeStyle = ctx.fillStyle = pens.danger
  ctx.lineWidth = 2.5 * pens.strokeScale
  for (const [cell, , other] of model.deadlock) {
    const [ax, ay] = centre(layout, cell)
    const [bx, by] = centre(layout, other)
    const turn = Math.atan2(by - ay, bx - ax)
    ctx.beginPath()
    line(ctx, ax, ay, bx, by)
    ctx.stroke()
    ctx.beginPath()
    for (const [dx, dy] of [
      [0, 0],
      [-11, -6],
      [-11, 6],
    ]) {
      ctx.lineTo(bx + dx * Math.cos(turn) - dy * Math.sin(turn), by + dx * Math.sin(turn) + dy * Math.cos(turn))
    }
    ctx.fill()
  }
}
