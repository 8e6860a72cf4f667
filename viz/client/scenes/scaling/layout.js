// Where the parts of a training step lie on a stage: rows of the timeline, and nodes of the topology. No canvas, no DOM.

/**
 * @import { Box, Theme, View } from "../../kit/types"
 * @import { Model as Whole } from "./model.js"
 * @typedef {Pick<Whole, "run" | "median" | "wafers" | "stages" | "nodes">} Model
 * @typedef {{x: number, y: number, side: number, wide?: number, hidden?: boolean}} Spot a node
 * @typedef {{lane: number, name: string, first: boolean, thin?: boolean, stage: number, y: number, height: number}} Row
 * @typedef {Box & {rx: number, ry: number}} Ring
 * @typedef {{nodes: Spot[], pipe: Box|null, ring: Ring|null}} Places where the nodes are
 */

const WIDE = 520 // from this width on the topology stands beside the timeline, else under it
const ZOOM = 14 // the timeline shows at least this share of a step, 1 / ZOOM
const SPAN_PX = 34 // width at which a task can carry its name

/**
 * @param {Pick<View, "width" | "height"> & {theme: Pick<Theme, "textScale">}} view
 * @param {Model} model
 */
export function layOut({ width, height, theme }, model) {
  const s = theme.textScale * Math.min(1.5, Math.max(1, Math.min(width / 760, height / 300)))
  const wide = width >= WIDE
  const share = wide ? 0.6 : 0.5
  const timeline = wide ? { x: 0, y: 0, width: width * share, height } : { x: 0, y: 0, width, height: height * share }
  const topology = wide
    ? { x: width * share, y: 0, width: width * (1 - share), height }
    : { x: 0, y: height * share, width, height: height * (1 - share) }
  return {
    s,
    wide,
    timeline: rows(timeline, model, s),
    topology,
    nodes: model.wafers ? stream(topology, model, s) : rack(topology, model, s),
  }
}

/**
 * Rows of the timeline: every lane where they can be read, else two tracks a stage.
 * @param {Box} box
 * @param {Model} model
 * @param {number} s
 */
function rows(box, model, s) {
  const overview = { y: box.y + 10 * s, height: Math.max(7, 10 * s) }
  const top = overview.y + overview.height + 12 * s
  const room = box.height - (top - box.y) - (box.height > 240 * s ? 22 : 8) * s
  const lanes = model.stages.flatMap(({ lanes }) => lanes)
  const gaps = model.stages.length - 1
  const full = room >= lanes.length * 16 * s + gaps * 6
  const left = (full ? 96 : 56) * s
  /** @type {Row[]} */
  const found = []
  if (full) {
    const pitch = Math.min(60 * s, (room - gaps * 6) / lanes.length)
    let y = top
    model.stages.forEach(({ lanes: own }, k) => {
      for (const { lane, name } of own) {
        found.push({ lane, name, first: own[0].lane === lane, stage: k, y, height: pitch * 0.78 })
        y += pitch
      }
      y += 6
    })
  } else {
    const pitch = Math.min(60 * s, room / model.stages.length)
    model.stages.forEach(({ lanes: own }, k) => {
      const y = top + k * pitch
      const thin = own.length > 1 && pitch >= 7 ? 0.22 : 0
      found.push({ lane: own[0].lane, name: "", first: true, stage: k, y, height: pitch * (thin ? 0.6 : 0.8) })
      if (thin)
        for (const { lane } of own.slice(1))
          found.push({ lane, name: "", first: false, thin: true, stage: k, y: y + pitch * 0.63, height: pitch * thin })
    })
  }
  const right = 12
  const span = box.width - left - right
  const least = model.run.duration / ZOOM
  const fitting = (model.median * span) / (SPAN_PX * s)
  const window = fitting >= model.run.duration * 0.7 ? model.run.duration : Math.max(least, fitting)
  return {
    ...box,
    left,
    span,
    rows: found,
    overview,
    window,
    full,
    bottom: Math.max(...found.map(({ y, height }) => y + height)),
  }
}

/**
 * The part of the step that is shown at t: it follows the present and stops at both ends.
 * @param {{window: number}} timeline
 * @param {number} duration
 * @param {number} t
 */
export function windowAt({ window }, duration, t) {
  const start = Math.min(Math.max(0, t - window * 0.4), Math.max(0, duration - window))
  return /** @type {const} */ ([start, start + window])
}

/**
 * GPUs: the pipeline in rows, read like a text, and under it the ring of replicas.
 * @param {Box} box
 * @param {Model} model
 * @param {number} s
 * @returns {Places}
 */
function rack(box, model, s) {
  const stages = model.nodes.filter(({ kind }) => kind === "stage").length
  const replicas = model.nodes.length - stages
  const alone = stages <= 1
  const ringed = replicas > 1
  const pipe = {
    x: box.x,
    y: box.y + 22 * s,
    width: box.width,
    height: (ringed ? (alone ? 0 : 0.42) : 1) * (box.height - 22 * s) - 6,
  }
  const ring = { x: box.x, y: alone ? box.y + 14 * s : pipe.y + pipe.height + 16 * s, width: box.width, height: 0 }
  ring.height = box.y + box.height - ring.y - 6
  /** @type {Spot[]} */
  const nodes = []
  const columns = Math.min(stages, Math.max(1, Math.floor((pipe.width - 16) / (34 * s))))
  const lines = Math.ceil(stages / columns)
  const perLine = Math.ceil(stages / lines)
  const pitchX = (pipe.width - 20) / perLine
  const pitchY = pipe.height / lines
  const side = Math.max(4, Math.min(pitchX * 0.66, pitchY * 0.5, 44 * s))
  for (let k = 0; k < stages; k++) {
    const x = pipe.x + 10 + ((k % perLine) + 0.5) * pitchX
    const y = pipe.y + (Math.floor(k / perLine) + 0.55) * pitchY
    nodes.push(alone ? { x: box.x, y: box.y, side: 0, hidden: true } : { x, y, side })
  }
  const few = Math.min(ring.width, ring.height)
  const rx = Math.min(ring.width / 2 - 24 * s, Math.max(few * 0.95, ring.width * 0.4))
  const ry = Math.min(rx, ring.height / 2 - 13 * s)
  const small = Math.max(8, Math.min(22 * s, few * 0.17))
  for (let k = 0; k < replicas; k++) {
    const angle = (k / replicas) * 2 * Math.PI - Math.PI / 2
    nodes.push(
      ringed
        ? {
            x: ring.x + ring.width / 2 + rx * Math.cos(angle),
            y: ring.y + ring.height / 2 + ry * Math.sin(angle),
            side: small,
          }
        : { x: ring.x, y: ring.y, side: 0, hidden: true },
    )
  }
  return { nodes, pipe: alone ? null : pipe, ring: ringed ? { ...ring, rx, ry } : null }
}

/**
 * Wafers: MemoryX and SwarmX above, the wafers in rows below.
 * @param {Box} box
 * @param {Model} model
 * @param {number} s
 * @returns {Places}
 */
function stream(box, model, s) {
  const n = model.nodes.length - 2
  const unit = Math.min(34 * s, box.height * 0.15)
  const centre = box.x + box.width / 2
  const top = box.y + unit * 0.5 + 12 * s
  /** @type {Spot[]} */
  const nodes = [
    { x: centre, y: top, side: unit, wide: Math.min(92 * s, 0.36 * box.width) },
    { x: centre, y: top + box.height * 0.3, side: unit * 0.8, wide: Math.min(78 * s, 0.32 * box.width) },
  ]
  const floor = nodes[1].y + unit * 0.6 + box.height * 0.14
  const room = box.y + box.height - 8 - floor
  let best = { side: 0, columns: 1, lines: 1 }
  for (let lines = 1; lines <= n; lines++) {
    const columns = Math.ceil(n / lines)
    const side = Math.min(((box.width - 16) / columns) * 0.74, (room / lines) * 0.8, 80 * s)
    if (side > best.side) best = { side, columns, lines }
  }
  const pitchX = Math.min((box.width - 16) / best.columns, best.side * 1.7)
  const pitchY = Math.min(room / best.lines, best.side * 1.35)
  for (let k = 0; k < n; k++) {
    const line = Math.floor(k / best.columns)
    const inLine = Math.min(best.columns, n - line * best.columns)
    nodes.push({
      x: centre + ((k % best.columns) - (inLine - 1) / 2) * pitchX,
      y: floor + (line + 0.5) * pitchY,
      side: best.side,
    })
  }
  return { nodes, pipe: null, ring: null }
}

/**
 * The box of a node.
 * @param {Spot} spot
 */
export const boxOf = ({ x, y, side, wide = side }) => ({ x: x - wide / 2, y: y - side / 2, width: wide, height: side })
