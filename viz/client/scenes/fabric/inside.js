// @ts-nocheck
// The inside of one PE: the router with its five ports and their queues, the ramp, the compute element and its words.
// Lengths are shares of the distance between two PEs, so that a mesh drawn large leads over into it.

import { FLOWS, SHAPES, labels, pensOf, shape } from "./mesh.js"
import { COMPUTING, DOING, DONE, RECEIVING, SENDING, STALLED, short } from "./model.js"
import { line } from "./pe.js"
import { DOWN, DX, DY, NONE, PORTS, UP } from "./ports.js"

const BOX = 0.37 // half the side of the PE
const ROUTER = { x: -0.12, y: -0.1, half: 0.085 }
const ELEMENT = { x: 0.22, y: 0.07, half: 0.085 }
const MEMORY = { x: -0.02, y: 0.265, cell: 0.088, height: 0.042 }
const LANE = 0.03
const SLOT = 0.034 // half the side of a place in a queue
const ROOMY = 330 // pixels of pitch from which on there is room for long words
const DEPTH = 2 // places drawn of every queue, at least

/** The picture of one PE of a model; `draw` takes a layout whose pitch is about the size of the picture. */
export function createInside(run, model) {
  const { moves, roleOf, latency, width } = model
  const { routes } = run.tables
  let pens = null
  let seen = null

  return {
    /** One sentence on a cycle. */
    describe(cell, cycle) {
      const state = model.stateOf(cell, cycle)
      const waiting = model.waitingAt(cell, cycle).filter(({ values }) => values.length)
      const queues = waiting.map(({ port, values }) => `${values.length} from ${PORTS[port]}`)
      return `${DOING[state]}; ${queues.length ? `waiting at the router: ${queues.join(", ")}` : "no wavelet waits at its router"}.`
    },
    draw(ctx, t, view, layout, cell) {
      if (seen !== view) {
        seen = view
        pens = pensOf(ctx, view)
      }
      const tau = t + 0.5
      const cycle = Math.floor(tau)
      const p = layout.px
      const { panel } = layout
      const [cx, cy] = [panel.x + panel.width / 2, panel.y + panel.height / 2]
      const to = ({ x, y }) => [cx + x * p, cy + y * p]
      const state = model.stateOf(cell, cycle)
      const flowOf = (color) => roleOf[color] % FLOWS.length
      const text = (weight, size) => `${weight} ${size * pens.textScale}px ${pens.font}`
      const [rx, ry] = to(ROUTER)
      const [ex, ey] = to(ELEMENT)
      const radius = Math.max(4, 0.022 * p)

      // Links, box, ramp.
      ctx.strokeStyle = pens.line
      ctx.lineWidth = 2 * pens.strokeScale
      ctx.beginPath()
      for (let port = 0; port < UP; port++) {
        for (const side of [-1, 1]) {
          const [ox, oy] = [-DY[port] * side * LANE * p, DX[port] * side * LANE * p]
          line(ctx, rx + ox, ry + oy, rx + ox + DX[port] * p, ry + oy + DY[port] * p)
        }
      }
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
      for (let port = 0; port < UP; port++) {
        for (const side of [-1, 1]) {
          const [ox, oy] = [-DY[port] * side * LANE * p, DX[port] * side * LANE * p]
          const far = DX[port] ? BOX * p - DX[port] * ROUTER.x * p : BOX * p - DY[port] * ROUTER.y * p
          line(ctx, rx + ox, ry + oy, rx + ox + DX[port] * far, ry + oy + DY[port] * far)
        }
      }
      const ramp = rampOf(p)
      for (const side of [-1, 1])
        line(ctx, rx + side * ramp.ox, ry + side * ramp.oy, ex + side * ramp.ox, ey + side * ramp.oy)
      ctx.stroke()

      // The router and the routes through it.
      square(ctx, rx, ry, ROUTER.half * p, 0.018 * p)
      ctx.fillStyle = pens.card
      ctx.fill()
      ctx.strokeStyle = pens.ink3
      ctx.lineWidth = 1.5 * pens.strokeScale
      ctx.stroke()
      drawRoutes(ctx, rx, ry, p, cell, flowOf, inUse(cell, cycle))
      drawElement(ctx, ex, ey, p, state)
      drawMemory(ctx, to(MEMORY), p, cell, state === DONE, text)

      // Words: what is what.
      ctx.fillStyle = pens.ink2
      ctx.font = text(600, 11.5)
      const half = ELEMENT.half * p
      if (p / pens.textScale > ROOMY) {
        ctx.textAlign = "center"
        ctx.textBaseline = "top"
        ctx.fillText("compute element", ex, ey + half + 5)
        ctx.textAlign = "right"
      } else {
        ctx.textAlign = "right"
        ctx.textBaseline = "bottom"
        ctx.fillText("CE", ex - half - 4, ey + half)
        ctx.textBaseline = "top"
      }
      ctx.fillText("router", rx - ROUTER.half * p - 4, ry + ROUTER.half * p + 2)
      ctx.textBaseline = "bottom"
      ctx.font = text(500, 11)
      ctx.fillStyle = pens.ink3
      ctx.textAlign = "left"
      ctx.fillText("north", rx + LANE * p + 10, cy - BOX * p - 3)
      ctx.textBaseline = "top"
      ctx.fillText("south", rx + LANE * p + 10, cy + BOX * p + 4)
      ctx.textAlign = "right"
      ctx.fillText("east", cx + BOX * p - 7, ry + LANE * p + 4)
      ctx.textAlign = "left"
      ctx.textBaseline = "bottom"
      ctx.fillText("west", cx - BOX * p + 7, ry - LANE * p - 4)
      ctx.textBaseline = "top"
      ctx.textAlign = "right"
      ctx.fillText("ramp", rx + 0.62 * (ex - rx) - 6, ry + 0.62 * (ey - ry) + 0.03 * p)

      drawQueues(ctx, rx, ry, p, cell, cycle, flowOf, radius)
      drawWavelets(ctx, { rx, ry, ex, ey, p, ramp }, cell, tau, flowOf, radius)
    },
  }

  // Colors of which a wavelet waits at a router or leaves it in a cycle.
  function inUse(cell, cycle) {
    const found = new Set(
      model
        .waitingAt(cell, cycle)
        .filter(({ values }) => values.length)
        .map(({ color }) => color),
    )
    for (const i of model.moving.at(cycle))
      if (moves.cell[i] === cell && moves.port[i] !== DOWN && cycle >= moves.t0[i] && cycle < moves.t0[i] + moves.n[i])
        found.add(moves.color[i])
    return found
  }

  function drawRoutes(ctx, rx, ry, p, cell, flowOf, active) {
    const rows = model.routesOf(cell).filter((r) => routes.position[r] === 0)
    const end = (port) =>
      port < UP
        ? [rx + DX[port] * ROUTER.half * p, ry + DY[port] * ROUTER.half * p]
        : [rx + ROUTER.half * p, ry + ROUTER.half * 0.62 * p]
    rows.forEach((r, k) => {
      const shift = (k - (rows.length - 1) / 2) * 5
      ctx.globalAlpha = active.has(routes.color[r]) ? 1 : 0.22
      ctx.strokeStyle = ctx.fillStyle = pens.flows[flowOf(routes.color[r])]
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
        for (const [dx, dy] of [
          [0, 0],
          [-8, -4.5],
          [-8, 4.5],
        ])
          ctx.lineTo(bx + dx * Math.cos(turn) - dy * Math.sin(turn), by + dx * Math.sin(turn) + dy * Math.cos(turn))
        ctx.fill()
      }
    })
    ctx.globalAlpha = 1
  }

  function drawElement(ctx, ex, ey, p, state) {
    const busy = {
      [COMPUTING]: pens.compute,
      [SENDING]: pens.card,
      [RECEIVING]: pens.fabricSoft,
      [STALLED]: pens.hatch,
    }[state]
    const edge = { [COMPUTING]: pens.compute, [SENDING]: pens.fabric, [RECEIVING]: pens.fabric, [STALLED]: pens.stall }[
      state
    ]
    square(ctx, ex, ey, ELEMENT.half * p, 0.02 * p)
    ctx.fillStyle = busy ?? pens.card
    ctx.fill()
    ctx.strokeStyle = edge ?? pens.peEdge
    ctx.lineWidth = 2 * pens.strokeScale
    ctx.stroke()
    const sign = 0.04 * p
    ctx.lineWidth = 3.5 * pens.strokeScale
    ctx.beginPath()
    if (state === COMPUTING) {
      line(ctx, ex - sign, ey, ex + sign, ey)
      line(ctx, ex, ey - sign, ex, ey + sign)
    } else if (state === RECEIVING || state === SENDING) {
      const tip = state === RECEIVING ? sign : -sign
      line(ctx, ex - tip, ey - tip, ex + tip, ey + tip)
      line(ctx, ex + tip, ey + tip, ex + tip, ey - tip * 0.3)
      line(ctx, ex + tip, ey + tip, ex - tip * 0.3, ey + tip)
    }
    ctx.strokeStyle = state === COMPUTING ? pens.card : pens.fabric
    ctx.stroke()
  }

  // The first words: as they were at the start, and once the PE has done all it has to do, as they are at the end.
  function drawMemory(ctx, [x, y], p, cell, done, text) {
    const rows = model.memoryOf(cell)
    const { memory } = run.tables
    if (!rows.length) return
    const [w, h] = [MEMORY.cell * p, MEMORY.height * p]
    ctx.textAlign = "left"
    ctx.textBaseline = "bottom"
    ctx.font = text(600, 11.5)
    ctx.fillStyle = pens.ink2
    ctx.fillText(done ? "memory at the end" : "memory at the start", x, y - 4, (BOX - MEMORY.x - 0.01) * p)
    ctx.textAlign = "center"
    ctx.textBaseline = "middle"
    ctx.font = text(500, Math.min(11.5, w / 3.1))
    rows.forEach((row, k) => {
      const [left, top] = [x + (k % 4) * w, y + Math.floor(k / 4) * h]
      ctx.fillStyle = done ? pens.computeSoft : pens.card
      ctx.fillRect(left, top, w, h)
      ctx.strokeStyle = pens.peEdge
      ctx.lineWidth = pens.strokeScale
      ctx.strokeRect(left, top, w, h)
      ctx.fillStyle = pens.ink
      ctx.fillText(brief((done ? memory.after : memory.before)[row]), left + w / 2, top + h / 2 + 0.5)
    })
  }

  // Places of the queues beside the port at which they fill; what waits stands in them, the next to go nearest the router.
  function drawQueues(ctx, rx, ry, p, cell, cycle, flowOf, radius) {
    const queues = model.waitingAt(cell, cycle)
    const ramp = Math.hypot(ELEMENT.x - ROUTER.x, ELEMENT.y - ROUTER.y)
    for (let port = 0; port <= UP; port++) {
      const full = queues.filter((queue) => queue.port === port && queue.values.length)
      const some = full.length ? full : queues.filter((queue) => queue.port === port).slice(0, 1)
      some.forEach(({ color, values }, row) => drawQueue(port, row, color, values))
    }

    function drawQueue(port, row, color, values) {
      const flow = flowOf(color)
      const slot = SLOT * p
      const side = (row % 2 ? 1 : -1) * Math.ceil(row / 2) * 2.15 * slot
      const [dx, dy] = port < UP ? [DX[port], DY[port]] : [(ELEMENT.x - ROUTER.x) / ramp, (ELEMENT.y - ROUTER.y) / ramp]
      // Traffic keeps to the right, so what comes in is on the left seen from the router.
      const bx = rx + dy * (LANE * p + side)
      const by = ry - dx * (LANE * p + side)
      const dots = []
      // There is room for no more on the way to the compute element.
      for (let k = 0; k < (port < UP ? Math.max(DEPTH, Math.min(values.length, 4)) : DEPTH); k++) {
        const far = (port < UP ? 1 : 1.25) * ROUTER.half * p + slot * 1.3 + k * slot * 2.1
        const [x, y] = [bx + dx * far, by + dy * far]
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
  }

  function drawWavelets(ctx, { rx, ry, ex, ey, p, ramp }, cell, tau, flowOf, radius) {
    const cycle = Math.floor(tau)
    const glide = tau - cycle
    const flows = pens.flows.map(() => ({ dots: [], values: [] }))
    const put = (i, x, y, k) => {
      const { dots, values } = flows[flowOf(moves.color[i])]
      dots.push(x, y)
      values.push(moves.value[i] === NONE || !model.values ? NaN : model.values[moves.value[i] + k])
    }
    for (const i of model.moving.at(cycle)) {
      const age = cycle - moves.t0[i]
      const [port, n] = [moves.port[i], moves.n[i]]
      if (age < 0) continue
      if (port < UP) {
        if (age >= n) continue
        const here = moves.cell[i] === cell
        const comes =
          moves.cell[i] + DX[port] + DY[port] * width === cell &&
          Math.abs((moves.cell[i] % width) - (cell % width)) <= 1
        if (!here && !comes) continue
        const far = (here ? glide : glide - 1) * p
        put(i, rx - DY[port] * LANE * p + DX[port] * far, ry + DX[port] * LANE * p + DY[port] * far, age)
      } else if (moves.cell[i] === cell) {
        for (let k = Math.max(0, age - latency + 1); k < n && k <= age; k++) {
          const share = (tau - moves.t0[i] - k) / latency
          const way = port === DOWN ? 1 - share : share
          const side = port === DOWN ? -1 : 1
          put(i, rx + side * ramp.ox + (ex - rx) * way, ry + side * ramp.oy + (ey - ry) * way, k)
        }
      }
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
}

// A value in at most six letters.
const brief = (value) => (short(value).length > 5 ? value.toExponential(1).replace("+", "") : short(value))

// The two lanes of the ramp beside its middle.
function rampOf(p) {
  const [dx, dy] = [ELEMENT.x - ROUTER.x, ELEMENT.y - ROUTER.y]
  const length = Math.hypot(dx, dy)
  return { ox: (-dy / length) * 0.022 * p, oy: (dx / length) * 0.022 * p }
}

function square(ctx, x, y, half, radius) {
  ctx.beginPath()
  ctx.roundRect(x - half, y - half, 2 * half, 2 * half, radius)
}
