// The machines of a training step and what moves between them at one time.

import { boxOf } from "./layout.js"
import { label } from "./words.js"
import { outline } from "../../kit/identity.js"
import { quantity, t } from "../../kit/language.js"

/**
 * @import { Pen } from "../../kit/types"
 * @import { Spot } from "./layout.js"
 * @import { Model } from "./model.js"
 * @import { Layout, Pens } from "./renderer.js"
 * @import { Look, Paints } from "./types"
 */

const SHADES = 9 // chunks that are drawn at once on one link, at most

/**
 * Paint the topology at t.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} t
 * @param {Pens} pens
 */
export function drawTopology(ctx, model, layout, t, pens) {
  if (model.wafers) drawStream(ctx, model, layout, t, pens)
  else drawRack(ctx, model, layout, t, pens)
}

/**
 * @param {Pen} ctx
 * @param {Pens} pens
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {{weight?: number, fill?: Paints["fill"], align?: CanvasTextAlign}} [look]
 */
const word = (ctx, pens, text, x, y, size, { weight = 500, fill = pens.ink2, align = "center" } = {}) => {
  ctx.font = `${weight} ${size}px ${pens.font}`
  ctx.fillStyle = fill
  ctx.textAlign = align
  ctx.textBaseline = "middle"
  ctx.fillText(text, x, y)
}

/** @param {Pen} ctx @param {Pens} pens @param {number} size @param {string} text */
const widthOf = (ctx, pens, size, text) => {
  ctx.font = `600 ${size}px ${pens.font}`
  return ctx.measureText(text).width
}

/**
 * The first of some texts that fits into a room; the last where none does.
 * @param {Pen} ctx
 * @param {Pens} pens
 * @param {number} size
 * @param {number} room
 * @param {string[]} texts
 */
const fitting = (ctx, pens, size, room, ...texts) =>
  texts.find((text) => widthOf(ctx, pens, size, text) <= room) ?? texts[texts.length - 1]

/**
 * The size at which a text fits into a room, at most the given one.
 * @param {Pen} ctx
 * @param {Pens} pens
 * @param {number} size
 * @param {number} room
 * @param {string} text
 */
const shrunk = (ctx, pens, size, room, text) => size * Math.min(1, room / widthOf(ctx, pens, size, text))

/**
 * A machine, or what is beside the machines, in the look of what its lane does at t; an idle one is empty.
 * @param {Pen} ctx
 * @param {Pens} pens
 * @param {Spot} spot
 * @param {Look | null} look
 * @param {string} text
 * @param {number} size
 * @param {import("../../kit/identity.js").Family | null} family of a machine: its shape, and the hue of its edge
 */
function box(ctx, pens, { x, y, side, wide = side }, look, text, size, family = null) {
  const pen = (look && pens.looks[look]) ?? { fill: pens.pe, edge: pens.peEdge, ink: pens.ink2 }
  if (family) outline(ctx, family, x, y, side / 2)
  else {
    ctx.beginPath()
    ctx.roundRect(x - wide / 2, y - side / 2, wide, side, Math.min(6, side * 0.18))
  }
  ctx.fillStyle = pen.fill
  ctx.fill()
  ctx.strokeStyle = family ? pens[family] : pen.edge
  ctx.lineWidth = (family ? 2 : 1.3) * pens.strokeScale
  ctx.stroke()
  if (!text || size < 7) return
  if (look === "wait") {
    const half = Math.min(wide - 4, text.length * size * 0.7 + 4) / 2
    ctx.fillStyle = pens.stallSoft
    ctx.fillRect(x - half, y - size * 0.65, 2 * half, size * 1.3)
  }
  word(ctx, pens, text, x, y + 0.5, size, { weight: 600, fill: pen.ink })
}

/** @param {Model} model @param {number | null} lane @param {number} t */
const lookAt = (model, lane, t) => (lane === null || t >= model.run.duration ? null : model.lookAt(lane, t))

/**
 * Moves in flight at t as [row, share of the way].
 * @param {Model} model
 * @param {number} t
 * @returns {[row: number, share: number][]}
 */
const inFlight = (model, t) => {
  const { t0, t1 } = model.moves
  return model.inFlight(t).map((i) => [i, (t - t0[i]) / (t1[i] - t0[i])])
}

/** @param {Pen} ctx @param {Model} model @param {Layout} layout @param {number} time @param {Pens} pens */
function drawRack(ctx, model, layout, time, pens) {
  const { s } = layout
  const { nodes, pipe, ring } = layout.nodes
  const stages = model.nodes.filter(({ kind }) => kind === "stage").length
  const { of_stages, of_replicas: replicas } = model.shown
  if (pipe) {
    const pipeline = t(stages < of_stages ? "scaling_pipeline_drawn" : "scaling_pipeline", {
      n: of_stages,
      drawn: stages,
    })
    const names = [t("scaling_pipeline_moves", { pipeline }), pipeline, quantity(of_stages, "stage")]
    word(
      ctx,
      pens,
      fitting(ctx, pens, 11 * s, layout.topology.width - 16, ...names),
      layout.topology.x + layout.topology.width / 2,
      layout.topology.y + 12 * s,
      11 * s,
    )
    ctx.strokeStyle = pens.line
    ctx.lineWidth = 2 * pens.strokeScale
    ctx.beginPath()
    for (let k = 1; k < stages; k++) {
      ctx.moveTo(nodes[k - 1].x, nodes[k - 1].y)
      ctx.lineTo(nodes[k].x, nodes[k].y)
    }
    ctx.stroke()
    for (let k = 0; k < stages; k++) {
      const lane = model.stages[k].lanes[0].lane
      const row = model.rowAt(lane, time)
      const look = lookAt(model, lane, time)
      const size = Math.min(11 * s, nodes[k].side * 0.36)
      box(ctx, pens, nodes[k], look, look === "wait" ? "" : row >= 0 ? label(model, row) : "", size, "gpu")
      if (nodes[k].side >= 16 * s)
        word(
          ctx,
          pens,
          String(model.stages[k].stage + 1),
          nodes[k].x,
          nodes[k].y + nodes[k].side / 2 + 7 * s,
          9.5 * s,
          { fill: pens.ink3 },
        )
    }
  }
  if (pipe)
    for (let k = 0; k < stages; k++)
      drawBatch(ctx, model, nodes[k], model.rowAt(model.stages[k].lanes[0].lane, time), time, pens, s)
  const pipelined = model.kindOf("pipeline")
  /** @type {[row: number, share: number][]} */
  const chunks = []
  for (const [i, share] of inFlight(model, time)) {
    const from = nodes[model.moves.from[i]]
    const to = nodes[model.moves.to[i]]
    if (model.moves.kind[i] !== pipelined) {
      chunks.push([i, share])
      continue
    }
    if (!pipe) continue
    const x = from.x + (to.x - from.x) * share
    const y =
      from.y +
      (to.y - from.y) * share -
      (Math.abs(model.moves.from[i] - model.moves.to[i]) === 1 && from.y === to.y
        ? Math.sin(Math.PI * share) * from.side * 0.9
        : 0)
    dot(ctx, pens, x, y, Math.max(4, Math.min(9 * s, from.side * 0.3)), model.carried(i))
  }
  if (!ring) return
  const cx = ring.x + ring.width / 2
  const cy = ring.y + ring.height / 2
  ctx.strokeStyle = pens.line
  ctx.lineWidth = 2 * pens.strokeScale
  ctx.beginPath()
  ctx.ellipse(cx, cy, ring.rx, Math.max(1, ring.ry), 0, 0, 7)
  ctx.stroke()
  const drawn = nodes.length - stages
  const look = lookAt(model, model.computes[0], time)
  for (let k = 0; k < drawn; k++)
    box(ctx, pens, nodes[stages + k], look, nodes[stages + k].side >= 15 ? String(k + 1) : "", 9.5 * s, "gpu")
  const routed = model.kindOf("expert")
  for (const [i, share] of chunks.filter(([move]) => model.moves.kind[move] === routed)) {
    // From each to each, straight across: to the experts in the first half of the time, and back.
    const way = 1 - Math.abs(2 * share - 1)
    const from = nodes[model.moves.from[i]]
    const to = nodes[model.moves.to[i]]
    dot(ctx, pens, from.x + (to.x - from.x) * way, from.y + (to.y - from.y) * way, Math.max(2.5, 3 * s), null)
  }
  const round = chunks.filter(([move]) => model.moves.kind[move] !== routed)
  round.slice(0, drawn * SHADES).forEach(([i, share]) => {
    const from = model.moves.from[i] - stages
    const angle = ((from + share) / drawn) * 2 * Math.PI - Math.PI / 2
    dot(ctx, pens, cx + ring.rx * Math.cos(angle), cy + ring.ry * Math.sin(angle), Math.max(3.5, 4.5 * s), null)
  })
  if (ring.ry - nodes[stages].side / 2 < 14 * s) return
  const room = 1.4 * ring.rx - nodes[stages].side // between the replicas beside its middle
  const all = quantity(replicas, "replica")
  const names = replicas > drawn ? [t("scaling_some_drawn", { all, drawn }), all] : [all]
  const does = fitting(ctx, pens, 10.5 * s, room, ...saidOf(model, chunks))
  if (chunks.length) {
    // Tokens that cross leave the words readable.
    const wide = Math.max(widthOf(ctx, pens, 11.5 * s, all), widthOf(ctx, pens, 10.5 * s, does)) + 10
    ctx.fillStyle = pens.card
    ctx.fillRect(cx - wide / 2, cy - 15 * s, wide, 31 * s)
  }
  word(ctx, pens, fitting(ctx, pens, 11.5 * s, room, ...names), cx, cy - 7 * s, 11.5 * s, {
    weight: 600,
    fill: pens.ink,
  })
  word(ctx, pens, does, cx, cy + 8 * s, 10.5 * s)
}

/**
 * What moves among the replicas, in a long and in a short text.
 * @param {Model} model
 * @param {[row: number, share: number][]} chunks
 */
function saidOf(model, chunks) {
  const moving = new Set(chunks.map(([i]) => model.kinds[model.moves.kind[i]]))
  if (moving.has("expert")) return [t("scaling_tokens_go"), t("scaling_tokens_short")]
  if (moving.has("context")) return [t("scaling_keys_go"), t("scaling_keys_short")]
  return moving.size ? [t("scaling_chunks_round_ring"), t("scaling_chunks_round")] : [t("scaling_ring_quiet")]
}

/**
 * The micro-batch in a stage, as far through its layers as its task has come.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Spot} node
 * @param {number} row
 * @param {number} t
 * @param {Pens} pens
 * @param {number} s
 */
function drawBatch(ctx, model, node, row, t, pens, s) {
  if (row < 0 || t >= model.run.duration) return
  const look = model.looks[model.tasks.kind[row]]
  if (look !== "forward" && look !== "backward" && look !== "recompute") return
  const t0 = model.tasks.t0[row]
  const share = (t - t0) / (model.tasks.t1[row] - t0)
  const along = look === "backward" ? 0.5 - share : share - 0.5
  const size = Math.max(2.5, Math.min(7.5 * s, node.side * 0.22))
  const pen = pens.looks[look]
  ctx.beginPath()
  ctx.arc(node.x + along * node.side, node.y - node.side / 2 - size - 1, size, 0, 7)
  ctx.fillStyle = pen.fill
  ctx.fill()
  ctx.strokeStyle = pen.edge
  ctx.lineWidth = 1.2 * pens.strokeScale
  ctx.stroke()
  const n = model.tasks.microbatch[row] + 1
  if (size >= 6)
    word(
      ctx,
      pens,
      String(n),
      node.x + along * node.side,
      node.y - node.side / 2 - size - 0.5,
      size * (n > 99 ? 0.85 : 1.15),
      { weight: 700, fill: pen.ink },
    )
}

/** @param {Pen} ctx @param {Model} model @param {Layout} layout @param {number} time @param {Pens} pens */
function drawStream(ctx, model, layout, time, pens) {
  const { s } = layout
  const { nodes } = layout.nodes
  const [memory, swarm, ...wafers] = nodes
  const links = [[memory, swarm], ...wafers.map((wafer) => [swarm, wafer])]
  ctx.strokeStyle = pens.line
  ctx.lineWidth = 2 * pens.strokeScale
  ctx.beginPath()
  for (const [a, b] of links) {
    ctx.moveTo(a.x, a.y)
    ctx.lineTo(b.x, b.y)
  }
  ctx.stroke()
  const lane = model.computes[0]
  const row = model.rowAt(lane, time)
  const look = lookAt(model, lane, time)
  const text = row >= 0 && look !== "wait" ? label(model, row) : ""
  for (const wafer of wafers) box(ctx, pens, wafer, look, text, Math.min(13 * s, wafer.side * 0.38), "wafer")
  const gradients = model.kindOf("gradients")
  for (const [i, share] of inFlight(model, time)) {
    const from = nodes[model.moves.from[i]]
    const to = nodes[model.moves.to[i]]
    const up = model.moves.kind[i] === gradients
    // Both directions share a link: what goes up keeps to one side.
    const dx = to.x - from.x
    const dy = to.y - from.y
    const length = Math.hypot(dx, dy) || 1
    const aside = 4.5 * s
    const x = from.x + dx * share - (dy / length) * aside
    const y = from.y + dy * share + (dx / length) * aside
    const size = Math.min(
      model.moves.from[i] < 2 && model.moves.to[i] < 2 ? 6 * s : 4.6 * s,
      Math.max(3, wafers[0].side * 0.22),
    )
    if (up) diamond(ctx, pens, x, y, size)
    else dot(ctx, pens, x, y, size, null)
  }
  const updating = lookAt(model, model.laneOf(0), time)
  box(
    ctx,
    pens,
    memory,
    updating === "optimiser" ? "optimiser" : null,
    "MemoryX",
    Math.min(12.5 * s, memory.side * 0.5, boxOf(memory).width * 0.19),
  )
  box(ctx, pens, swarm, null, "SwarmX", Math.min(11.5 * s, swarm.side * 0.5, boxOf(swarm).width * 0.2))
  const beside = memory.x + boxOf(memory).width / 2 + 8
  const room = layout.topology.x + layout.topology.width - beside - 6
  if (room > 64 * s) {
    const does = t(updating === "optimiser" ? "scaling_updates" : "scaling_all_weights")
    word(ctx, pens, does, beside, memory.y - 6 * s, shrunk(ctx, pens, 10.5 * s, room, does), { align: "left" })
    const signs = t("scaling_down_and_back")
    word(ctx, pens, signs, beside, memory.y + 8 * s, shrunk(ctx, pens, 10 * s, room, signs), {
      align: "left",
      fill: pens.fabric,
      weight: 600,
    })
  }
  const { replicas, of_replicas: all } = model.shown
  const name = quantity(all, "wafer")
  const left = memory.x - boxOf(memory).width / 2 - layout.topology.x - 14
  const more =
    replicas < all
      ? [t("scaling_are_drawn", { n: replicas }), t("scaling_drawn", { n: replicas })]
      : [t(all > 1 ? "scaling_share_batch" : "scaling_all_batch")]
  word(ctx, pens, name, layout.topology.x + 8, memory.y - 6 * s, shrunk(ctx, pens, 11.5 * s, left, name), {
    align: "left",
    weight: 600,
    fill: pens.ink,
  })
  word(ctx, pens, fitting(ctx, pens, 10.5 * s, left, ...more, ""), layout.topology.x + 8, memory.y + 8 * s, 10.5 * s, {
    align: "left",
  })
}

/** @param {Pen} ctx @param {Pens} pens @param {number} x @param {number} y @param {number} size @param {number | null} number */
function dot(ctx, pens, x, y, size, number) {
  ctx.beginPath()
  ctx.arc(x, y, size, 0, 7)
  ctx.fillStyle = pens.fabric
  ctx.fill()
  ctx.strokeStyle = pens.card
  ctx.lineWidth = 1.2
  ctx.stroke()
  if (number !== null && size >= 6)
    word(ctx, pens, String(number), x, y + 0.5, size * 1.1, { weight: 700, fill: pens.card })
}

/** @param {Pen} ctx @param {Pens} pens @param {number} x @param {number} y @param {number} size */
function diamond(ctx, pens, x, y, size) {
  ctx.beginPath()
  ctx.moveTo(x, y - size * 1.25)
  ctx.lineTo(x + size * 1.25, y)
  ctx.lineTo(x, y + size * 1.25)
  ctx.lineTo(x - size * 1.25, y)
  ctx.closePath()
  ctx.fillStyle = pens.fabric
  ctx.fill()
  ctx.strokeStyle = pens.card
  ctx.lineWidth = 1.2
  ctx.stroke()
}
