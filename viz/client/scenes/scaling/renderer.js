// Renderer of the scene "scaling": one training step, as a timeline of lanes and as machines with what moves between them.

import { t } from "../../kit/language.js"
import { drawChosen, grown, hatch, layer } from "../../kit/canvas.js"
import { drawTimeline, drawOverview } from "./timeline.js"
import { drawTopology } from "./topology.js"
import { boxOf, layOut } from "./layout.js"
import { createModel } from "./model.js"
import { curve, describe, inspectLane, inspectNode } from "./words.js"

/**
 * @import { Pen, Renderer, View } from "../../kit/types"
 * @import { Look, Paints, ScalingRun } from "./types"
 * @typedef {ReturnType<typeof layOut>} Layout
 * @typedef {ReturnType<typeof pensOf>} Pens
 */

/**
 * @see Renderer; ids are lanes, then nodes
 * @param {ScalingRun} run
 * @returns {Renderer}
 */
export function create(run) {
  const model = createModel(run)
  const { lanes, nodes } = model
  let layout = layOut({ width: 800, height: 300, theme: { textScale: 1 } }, model)
  /** @type {{view: View, canvas: HTMLCanvasElement, ctx: Pen, pens: Pens} | null} */
  let ground = null
  /** @param {number} id */
  const nodeOf = (id) => (id >= lanes.length ? id - lanes.length : null)
  const looks = new Set(Array.from(new Set(run.tables.tasks.kind), (kind) => model.looks[kind]))

  /** @param {number} id */
  const place = (id) => {
    const node = nodeOf(id)
    if (node !== null) return boxOf(layout.nodes.nodes[node])
    const { timeline } = layout
    const row =
      timeline.rows.find(({ lane }) => lane === id) ??
      timeline.rows.find(({ stage }) => model.stages[stage].stage === lanes[id].stage) ??
      timeline.rows[0]
    return { x: timeline.x, y: row.y, width: timeline.width, height: row.height }
  }
  /** @param {number} node */
  const visible = (node) => !layout.nodes.nodes[node].hidden

  return {
    legend: [
      { label: t("scaling_key_forward"), paint: "--compute", shape: "square" },
      { label: t("scaling_key_backward"), paint: "--compute", shape: "soft" },
      { label: t("scaling_key_communication"), paint: "--fabric", shape: "square" },
      ...(looks.has("optimiser") ? [{ label: t("scaling_key_optimiser"), paint: "--memory", shape: "square" }] : []),
      { label: t("scaling_key_waiting"), paint: "--stall", shape: "hatch" },
    ],
    curve: curve(model),
    describe: (time) => describe(model, time),
    middle: () => layout.timeline.rows[0].lane,
    place,
    hit(x, y) {
      const node = layout.nodes.nodes.findIndex((one, k) => {
        const box = boxOf(one)
        return visible(k) && x >= box.x - 3 && x < box.x + box.width + 3 && y >= box.y - 3 && y < box.y + box.height + 3
      })
      if (node >= 0) return lanes.length + node
      const { timeline } = layout
      const row = timeline.rows.find(
        (one) => x < timeline.x + timeline.width && x >= timeline.x && y >= one.y - 1 && y < one.y + one.height + 1,
      )
      return row ? row.lane : null
    },
    move(id, key) {
      const node = nodeOf(id)
      const order = layout.timeline.rows.map(({ lane }) => lane)
      const seen = nodes.map((_, k) => k).filter(visible)
      if (node === null) {
        if (key === "ArrowRight") return lanes.length + (seen.find((k) => model.laneOf(k) === id) ?? seen[0] ?? 0)
        if (key === "ArrowLeft") return id
        const at = Math.max(0, order.indexOf(id))
        return order[Math.min(order.length - 1, Math.max(0, at + (key === "ArrowDown" ? 1 : -1)))]
      }
      const at = seen.indexOf(node)
      if (key === "ArrowLeft" && at === 0) return order[0]
      const step = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1
      return lanes.length + seen[Math.min(seen.length - 1, Math.max(0, at + step))]
    },
    inspect(id, t) {
      const node = nodeOf(id)
      return node === null ? inspectLane(model, id, t) : inspectNode(model, node, t)
    },
    changes(id) {
      const node = nodeOf(id)
      const lane = node === null ? id : model.laneOf(node)
      return lane === null ? [] : model.changes(lane)
    },
    draw(ctx, t, view) {
      if (ground?.view !== view) {
        layout = layOut(view, model)
        ground = { view, ...layer(view), pens: pensOf(ctx, view) }
        drawOverview(ground.ctx, model, layout, ground.pens, view.concealed)
      }
      ctx.clearRect(0, 0, view.width, view.height)
      ctx.drawImage(ground.canvas, 0, 0, view.width, view.height)
      if (!view.concealed) drawTimeline(ctx, model, layout, t, ground.pens)
      drawTopology(ctx, model, layout, t, ground.pens)
      const count = lanes.length + nodes.length
      drawChosen(ctx, view, (id) => (id < count ? grown(place(id), -1, 2) : null), 2.5)
    },
  }
}

// Paints by look; what waits is hatched, so that it is told apart without its hue.
/** @param {Pen} ctx @param {View} view */
function pensOf(ctx, view) {
  const { theme } = view
  return {
    ...theme,
    /** @type {Record<Look, Paints>} */
    looks: {
      forward: { fill: theme.compute, edge: theme.compute, ink: theme.card },
      backward: { fill: theme.computeSoft, edge: theme.compute, ink: theme.ink },
      recompute: { fill: theme.card, edge: theme.compute, ink: theme.ink },
      fabric: { fill: theme.fabric, edge: theme.fabric, ink: theme.card },
      optimiser: { fill: theme.memory, edge: theme.memory, ink: theme.card },
      wait: { fill: hatch(ctx, view, { pitch: 5 }), edge: theme.stall, ink: theme.ink },
      host: { fill: theme.line, edge: theme.ink3, ink: theme.ink },
    },
  }
}
