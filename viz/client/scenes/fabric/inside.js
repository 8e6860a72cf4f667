// The inside of one PE: the router with its five ports and their queues, the ramp, the compute element and its words.
// Lengths are shares of the distance between two PEs, so that a mesh drawn large leads over into it.

import { number, t } from "../../kit/language.js"
import { FLOWS, SHAPES, labels, pensOf, shape } from "./mesh.js"
import { COMPUTING, DONE, RECEIVING, SENDING, STALLED } from "./model.js"
import { drawSign, line } from "./pe.js"
import { DOING } from "./words.js"
import { DOWN, DX, DY, NONE, PORTS, UP } from "./ports.js"

/**
 * @import { Pen, Point, View } from "../../kit/types"
 * @import { Pens } from "./mesh.js"
 * @import { Model } from "./model.js"
 * @import { Panelled } from "./types"
 *
 * @typedef {object} Scene what the parts of a picture share
 * @property {Pen} ctx
 * @property {Pens} pens
 * @property {Model} model
 * @property {number} cell
 * @property {number} tau the time, with the middle of a cycle half past it
 * @property {number} cycle
 * @property {number} p pixels between two PEs
 * @property {Point} middle
 * @property {Point} router
 * @property {Point} element
 * @property {number} radius of a wavelet
 */

const BOX = 0.37 // half the side of the PE
const ROUTER = { x: -0.12, y: -0.1, half: 0.085 }
const ELEMENT = { x: 0.22, y: 0.07, half: 0.085 }
const MEMORY = { x: -0.02, y: 0.265, cell: 0.088, height: 0.042 }
const LANE = 0.03
const SLOT = 0.034 // half the side of a place in a queue
const ROOMY = 330 // pixels of pitch from which on there is room for long words
const DEPTH = 2 // places drawn of every queue, at least
const HEAD = [
  [0, 0],
  [-8, -4.5],
  [-8, 4.5],
]

/**
 * The picture of one PE of a model; `draw` takes a layout whose pitch is about the size of the picture.
 * @param {Model} model
 */
export function createInside(model) {
  /** @type {{view: View, pens: Pens} | null} */
  let seen = null

  return {
    /**
     * One sentence on a cycle.
     * @param {number} cell
     * @param {number} cycle
     * @param {string} at where the cell is
     */
    describe(cell, cycle, at) {
      const waiting = model.waitingAt(cell, cycle).filter(({ values }) => values.length)
      const queues = waiting.map(({ port, values }) => ({
        id: "fabric_stage_queued",
        n: values.length,
        from: { id: `${PORTS[port]}.from` },
      }))
      const values = { at, doing: { id: DOING[model.stateOf(cell, cycle)] } }
      return queues.length ? t("fabric_stage_inside_queued", { ...values, queues }) : t("fabric_stage_inside", values)
    },
    /** @param {Pen} ctx @param {number} time @param {View} view @param {Panelled} layout @param {number} cell */
    draw(ctx, time, view, layout, cell) {
      if (seen?.view !== view) seen = { view, pens: pensOf(ctx, view) }
      const places = placesOf(time, layout)
      const { p, cycle, to } = places
      /** @type {Scene} */
      const scene = { ctx, pens: seen.pens, model, cell, ...places, radius: Math.max(4, 0.022 * p) }
      const state = model.stateOf(cell, cycle)
      drawFrame(scene)
      drawRoutes(scene)
      drawElement(scene, state)
      drawMemory(scene, to(MEMORY), state === DONE)
      drawNames(scene)
      drawQueues(scene)
      drawWavelets(scene)
    },
    /**
     * The wavelet at a point: on a link or the ramp the k-th of row i, in a queue the k-th that waits of a color; null for none.
     * @param {number} time
     * @param {Panelled} layout
     * @param {number} cell
     * @param {number} x
     * @param {number} y
     * @returns {{i: number, k: number} | {color: number, k: number} | null}
     */
    hit(time, layout, cell, x, y) {
      const scene = { model, cell, ...placesOf(time, layout) }
      /** @param {Point} point */
      const far = ([px, py]) => Math.hypot(px - x, py - y)
      const near = Math.max(14, SLOT * scene.p)
      for (const one of underWay(scene)) if (far([one.x, one.y]) < near) return one
      for (const { port, row, color, values } of queuesOf(scene))
        for (let k = 0; k < Math.min(values.length, placesIn(port, values.length)); k++)
          if (far(slotAt(scene, port, row, k)) < near) return { color, k }
      return null
    },
  }
}

/**
 * Where the parts of a PE are that fills a layout, at a time.
 * @param {number} time
 * @param {Panelled} layout
 */
function placesOf(time, { px: p, panel }) {
  const tau = time + 0.5
  const [cx, cy] = [panel.x + panel.width / 2, panel.y + panel.height / 2]
  const to = (/** @type {{x: number, y: number}} */ { x, y }) => /** @type {Point} */ ([cx + x * p, cy + y * p])
  const middle = /** @type {Point} */ ([cx, cy])
  return { p, tau, cycle: Math.floor(tau), to, middle, router: to(ROUTER), element: to(ELEMENT) }
}

/** @param {Pens} pens @param {number} weight @param {number} size */
const fontOf = (pens, weight, size) => `${weight} ${size * pens.textScale}px ${pens.font}`

/** @param {Model} model @param {number} color */
const flowOf = (model, color) => model.roleOf[color] % FLOWS.length

/**
 * The links, the box, the ramp and the router.
 * @param {Scene} scene
 */
function drawFrame({ ctx, pens, p, middle: [cx, cy], router: [rx, ry], element: [ex, ey] }) {
  /** @param {(port: number) => number} length */
  const lanes = (length) => {
    for (let port = 0; port < UP; port++) {
      for (const side of [-1, 1]) {
        const [ox, oy] = [-DY[port] * side * LANE * p, DX[port] * side * LANE * p]
        const far = length(port)
        line(ctx, rx + ox, ry + oy, rx + ox + DX[port] * far, ry + oy + DY[port] * far)
      }
    }
  }
  ctx.strokeStyle = pens.line
  ctx.lineWidth = 2 * pens.strokeScale
  ctx.beginPath()
  lanes(() => p)
  ctx.stroke()
  ctx.beginPath()
  ctx.roundRect(cx - BOX * p, cy - BOX * p, 2 * BOX * p, 2 * BOX * p, 0.03 * p)
  ctx.fillStyle = pens.pe
  ctx.fill()
  ctx.strokeStyle = pens.peEdge
  ctx.lineWidth = 1.5 * pens.strokeScale
  ctx.stroke()
  ctx.strokeStyle = pens.peEdge
  ctx.lineWidth = 2 * pens.strokeScale
  ctx.beginPath()
  lanes((port) => (DX[port] ? BOX * p - DX[port] * ROUTER.x * p : BOX * p - DY[port] * ROUTER.y * p))
  const { ox, oy } = rampOf(p)
  for (const side of [-1, 1]) line(ctx, rx + side * ox, ry + side * oy, ex + side * ox, ey + side * oy)
  ctx.stroke()
  square(ctx, rx, ry, ROUTER.half * p, 0.018 * p)
  ctx.fillStyle = pens.card
  ctx.fill()
  ctx.strokeStyle = pens.ink3
  ctx.lineWidth = 1.5 * pens.strokeScale
  ctx.stroke()
}

/**
 * The names of the parts.
 * @param {Scene} scene
 */
function drawNames({ ctx, pens, p, middle: [cx, cy], router: [rx, ry], element: [ex, ey] }) {
  ctx.fillStyle = pens.ink2
  ctx.font = fontOf(pens, 600, 11.5)
  const half = ELEMENT.half * p
  if (p / pens.textScale > ROOMY) {
    ctx.textAlign = "center"
    ctx.textBaseline = "top"
    ctx.fillText(t("fabric_stage_element"), ex, ey + half + 5)
    ctx.textAlign = "right"
  } else {
    ctx.textAlign = "right"
    ctx.textBaseline = "bottom"
    ctx.fillText(t("fabric_stage_element.short"), ex - half - 4, ey + half)
    ctx.textBaseline = "top"
  }
  ctx.fillText(t("fabric_stage_router"), rx - ROUTER.half * p - 4, ry + ROUTER.half * p + 2)
  ctx.textBaseline = "bottom"
  ctx.font = fontOf(pens, 500, 11)
  ctx.fillStyle = pens.ink3
  ctx.textAlign = "left"
  ctx.fillText(t("fabric_stage_north"), rx + LANE * p + 10, cy - BOX * p - 3)
  ctx.textBaseline = "top"
  ctx.fillText(t("fabric_stage_south"), rx + LANE * p + 10, cy + BOX * p + 4)
  ctx.textAlign = "right"
  ctx.fillText(t("fabric_stage_east"), cx + BOX * p - 7, ry + LANE * p + 4)
  ctx.textAlign = "left"
  ctx.textBaseline = "bottom"
  ctx.fillText(t("fabric_stage_west"), cx - BOX * p + 7, ry - LANE * p - 4)
  ctx.textBaseline = "top"
  ctx.textAlign = "right"
  ctx.fillText(t("fabric_stage_ramp"), rx + 0.62 * (ex - rx) - 6, ry + 0.62 * (ey - ry) + 0.03 * p)
}

/**
 * Colors of which a wavelet waits at a router or leaves it in a cycle.
 * @param {Scene} scene
 */
function inUse({ model, cell, cycle }) {
  const { moves } = model
  const waiting = model.waitingAt(cell, cycle).filter(({ values }) => values.length)
  const found = new Set(waiting.map(({ color }) => color))
  for (const i of model.moving.at(cycle))
    if (moves.cell[i] === cell && moves.port[i] !== DOWN && cycle >= moves.t0[i] && cycle < moves.t0[i] + moves.n[i])
      found.add(moves.color[i])
  return found
}

/**
 * The routes through the router; those in use are strong.
 * @param {Scene} scene
 */
function drawRoutes(scene) {
  const { ctx, pens, model, p } = scene
  const [rx, ry] = scene.router
  const { routes } = model.tables
  if (!routes) return
  const active = inUse(scene)
  const rows = model.routesOf(scene.cell).filter((r) => routes.position[r] === 0)
  /** @param {number} port */
  const end = (port) =>
    port < UP
      ? [rx + DX[port] * ROUTER.half * p, ry + DY[port] * ROUTER.half * p]
      : [rx + ROUTER.half * p, ry + ROUTER.half * 0.62 * p]
  rows.forEach((r, k) => {
    const shift = (k - (rows.length - 1) / 2) * 5
    ctx.globalAlpha = active.has(routes.color[r]) ? 1 : 0.22
    ctx.strokeStyle = ctx.fillStyle = pens.flows[flowOf(model, routes.color[r])]
    ctx.lineWidth = 2.5 * pens.strokeScale
    const [ax, ay] = end(routes.input[r])
    for (let port = 0; port <= UP; port++) {
      if (!(routes.outputs[r] & (1 << port))) continue
      const [bx, by] = end(port)
      ctx.beginPath()
      ctx.moveTo(ax, ay)
      ctx.quadraticCurveTo(rx + shift, ry + shift, bx, by)
      ctx.stroke()
      const turn = Math.atan2(by - ry - shift, bx - rx - shift)
      ctx.beginPath()
      for (const [dx, dy] of HEAD)
        ctx.lineTo(bx + dx * Math.cos(turn) - dy * Math.sin(turn), by + dx * Math.sin(turn) + dy * Math.cos(turn))
      ctx.fill()
    }
  })
  ctx.globalAlpha = 1
}

/**
 * The compute element, with a sign of what it does.
 * @param {Scene} scene
 * @param {number} state
 */
function drawElement({ ctx, pens, p, element: [ex, ey] }, state) {
  /** @type {Record<number, [fill: string|CanvasPattern, edge: string]>} */
  const paints = {
    [COMPUTING]: [pens.compute, pens.compute],
    [SENDING]: [pens.card, pens.fabric],
    [RECEIVING]: [pens.fabricSoft, pens.fabric],
    [STALLED]: [pens.hatch, pens.stall],
  }
  const [fill, edge] = paints[state] ?? [pens.card, pens.peEdge]
  square(ctx, ex, ey, ELEMENT.half * p, 0.02 * p)
  ctx.fillStyle = fill
  ctx.fill()
  ctx.strokeStyle = edge
  ctx.lineWidth = 2 * pens.strokeScale
  ctx.stroke()
  ctx.lineWidth = 3.5 * pens.strokeScale
  ctx.beginPath()
  drawSign(ctx, state, ex, ey, 0.04 * p)
  ctx.strokeStyle = state === COMPUTING ? pens.card : pens.fabric
  ctx.stroke()
}

/**
 * The first words: as they were at the start, and once the PE has done all it has to do, as they are at the end.
 * @param {Scene} scene
 * @param {Point} corner
 * @param {boolean} done
 */
function drawMemory({ ctx, pens, model, cell, p }, [x, y], done) {
  const rows = model.memoryOf(cell)
  const { memory } = model.tables
  if (!memory || !rows.length) return
  const [w, h] = [MEMORY.cell * p, MEMORY.height * p]
  ctx.textAlign = "left"
  ctx.textBaseline = "bottom"
  ctx.font = fontOf(pens, 600, 11.5)
  ctx.fillStyle = pens.ink2
  const title = t(done ? "fabric_stage_memory_end" : "fabric_stage_memory_start")
  ctx.fillText(title, x, y - 4, (BOX - MEMORY.x - 0.01) * p)
  ctx.textAlign = "center"
  ctx.textBaseline = "middle"
  ctx.font = fontOf(pens, 500, Math.min(11.5, w / 3.1))
  rows.forEach((row, k) => {
    const [left, top] = [x + (k % 4) * w, y + Math.floor(k / 4) * h]
    ctx.fillStyle = done ? pens.computeSoft : pens.card
    ctx.fillRect(left, top, w, h)
    ctx.strokeStyle = pens.peEdge
    ctx.lineWidth = pens.strokeScale
    ctx.strokeRect(left, top, w, h)
    ctx.fillStyle = pens.ink
    ctx.fillText(number((done ? memory.after : memory.before)[row]), left + w / 2, top + h / 2 + 0.5, 0.94 * w)
  })
  if (rows.length < model.words) ctx.fillText("…", x + 4.22 * w, y + Math.ceil(rows.length / 4) * h - h / 2)
}

/**
 * The queues that are drawn beside their ports, in rows: those in which something waits, else an empty one.
 * @param {Pick<Scene, "model" | "cell" | "cycle">} scene
 */
function queuesOf({ model, cell, cycle }) {
  const queues = model.waitingAt(cell, cycle)
  return Array.from({ length: UP + 1 }, (_, port) => {
    const here = queues.filter((queue) => queue.port === port)
    const full = here.filter((queue) => queue.values.length)
    return (full.length ? full : here.slice(0, 1)).map((queue, row) => ({ ...queue, row }))
  }).flat()
}

/** How many places are drawn of a queue: on the way to the compute element there is room for no more. @param {number} port @param {number} n that wait */
const placesIn = (port, n) => (port < UP ? Math.max(DEPTH, Math.min(n, 4)) : DEPTH)

/**
 * The k-th place of a queue, the first nearest the router.
 * @param {Pick<Scene, "p" | "router">} scene
 * @param {number} port
 * @param {number} row of the queues of the port
 * @param {number} k
 * @returns {Point}
 */
function slotAt({ p, router: [rx, ry] }, port, row, k) {
  const slot = SLOT * p
  const side = (row % 2 ? 1 : -1) * Math.ceil(row / 2) * 2.15 * slot
  const ramp = Math.hypot(ELEMENT.x - ROUTER.x, ELEMENT.y - ROUTER.y)
  const [dx, dy] = port < UP ? [DX[port], DY[port]] : [(ELEMENT.x - ROUTER.x) / ramp, (ELEMENT.y - ROUTER.y) / ramp]
  const far = (port < UP ? 1 : 1.25) * ROUTER.half * p + slot * 1.3 + k * slot * 2.1
  // Traffic keeps to the right, so what comes in is on the left seen from the router.
  return [rx + dy * (LANE * p + side) + dx * far, ry - dx * (LANE * p + side) + dy * far]
}

/**
 * Places of the queues beside the port at which they fill; what waits stands in them, the next to go nearest the router.
 * @param {Scene} scene
 */
function drawQueues(scene) {
  for (const { port, row, color, values } of queuesOf(scene)) drawQueue(scene, port, row, color, values)
}

/**
 * @param {Scene} scene
 * @param {number} port
 * @param {number} row of the queues of the port
 * @param {number} color
 * @param {number[]} values
 */
function drawQueue(scene, port, row, color, values) {
  const { ctx, pens, model, p, radius } = scene
  const flow = flowOf(model, color)
  const slot = SLOT * p
  const dots = []
  for (let k = 0; k < placesIn(port, values.length); k++) {
    const [x, y] = slotAt(scene, port, row, k)
    square(ctx, x, y, slot, 3)
    ctx.fillStyle = pens.card
    ctx.fill()
    ctx.strokeStyle = k < values.length ? pens.flows[flow] : pens.peEdge
    ctx.lineWidth = pens.strokeScale * (k < values.length ? 2 : 1)
    ctx.stroke()
    if (k < values.length) dots.push(x, y)
  }
  ctx.fillStyle = pens.flows[flow]
  ctx.beginPath()
  for (let i = 0; i < dots.length; i += 2) shape(ctx, SHAPES[flow], dots[i], dots[i + 1], radius)
  ctx.fill()
  labels(ctx, dots, values.slice(0, dots.length / 2), pens, pens.flows[flow])
}

/**
 * Where the wavelets on the links of the PE and on its ramp are: the k-th of row i.
 * @param {Pick<Scene, "model" | "cell" | "tau" | "cycle" | "p" | "router" | "element">} scene
 */
function underWay({ model, cell, tau, cycle, p, router: [rx, ry], element: [ex, ey] }) {
  const { moves, hop, latency, width } = model
  const ramp = rampOf(p)
  /** @type {{i: number, k: number, x: number, y: number}[]} */
  const found = []
  for (const i of model.moving.at(cycle)) {
    const age = cycle - moves.t0[i]
    const [port, n] = [moves.port[i], moves.n[i]]
    if (age < 0) continue
    if (port < UP) {
      const here = moves.cell[i] === cell
      const comes =
        moves.cell[i] + DX[port] + DY[port] * width === cell && Math.abs((moves.cell[i] % width) - (cell % width)) <= 1
      if (!here && !comes) continue
      for (let k = Math.max(0, age - hop + 1); k < n && k <= age; k++) {
        const far = ((tau - moves.t0[i] - k) / hop - (here ? 0 : 1)) * p
        const [x, y] = [rx - DY[port] * LANE * p + DX[port] * far, ry + DX[port] * LANE * p + DY[port] * far]
        found.push({ i, k, x, y })
      }
    } else if (moves.cell[i] === cell) {
      for (let k = Math.max(0, age - latency + 1); k < n && k <= age; k++) {
        const share = (tau - moves.t0[i] - k) / latency
        const way = port === DOWN ? 1 - share : share
        const side = port === DOWN ? -1 : 1
        found.push({ i, k, x: rx + side * ramp.ox + (ex - rx) * way, y: ry + side * ramp.oy + (ey - ry) * way })
      }
    }
  }
  return found
}

/**
 * The wavelets on the links of the PE and on its ramp.
 * @param {Scene} scene
 */
function drawWavelets(scene) {
  const { ctx, pens, model, radius } = scene
  const { moves } = model
  const flows = pens.flows.map(() => ({ dots: /** @type {number[]} */ ([]), values: /** @type {number[]} */ ([]) }))
  for (const { i, k, x, y } of underWay(scene)) {
    const { dots, values } = flows[flowOf(model, moves.color[i])]
    dots.push(x, y)
    values.push(moves.value[i] === NONE || !model.values ? NaN : model.values[moves.value[i] + k])
  }
  flows.forEach(({ dots, values }, k) => {
    if (!dots.length) return
    ctx.fillStyle = pens.flows[k]
    ctx.strokeStyle = pens.card
    ctx.lineWidth = 3
    ctx.beginPath()
    for (let i = 0; i < dots.length; i += 2) shape(ctx, SHAPES[k], dots[i], dots[i + 1], radius)
    ctx.stroke()
    ctx.fill()
    labels(ctx, dots, values, pens, pens.flows[k])
  })
}

/**
 * The two lanes of the ramp beside its middle.
 * @param {number} p
 */
function rampOf(p) {
  const [dx, dy] = [ELEMENT.x - ROUTER.x, ELEMENT.y - ROUTER.y]
  const length = Math.hypot(dx, dy)
  return { ox: (-dy / length) * 0.022 * p, oy: (dx / length) * 0.022 * p }
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} half @param {number} radius */
function square(ctx, x, y, half, radius) {
  ctx.beginPath()
  ctx.roundRect(x - half, y - half, 2 * half, 2 * half, radius)
}
