// Renderer of the scene "planner": a training as a calendar. Time runs through the cells as through lines of text; the
// height of the fill is the share of the work that is done, so that a failure is a step down. Below it the same training
// on the other kind of cluster, and at the bottom fifty futures as a band, with the one that plays.

import { drawChosen, grown, hatch, layer } from "../../kit/canvas.js"
import { t as text } from "../../kit/language.js"
import { cellBox, drawBlank, drawLane, drawWords, layOut, reveal } from "./calendar.js"
import { drawBand, drawPlayed } from "./futures.js"
import { createModel } from "./model.js"
import { describe, inspect } from "./words.js"

/**
 * @import { Renderer, View } from "../../kit/types"
 * @import { PlannerRun } from "./types"
 */

/**
 * @see Renderer
 * @param {PlannerRun} run
 * @returns {Renderer}
 */
export function create(run) {
  const model = createModel(run)
  const { lanes } = model
  const { band, progress } = run.tables
  const horizon = Math.max(band.t[band.rows - 1], ...lanes.map(({ interval }) => interval[1]))
  let layout = layOut({ width: 800, height: 450, theme: { textScale: 1 } }, model)
  /** @type {{view: View, blank: ReturnType<typeof layer>, full: ReturnType<typeof layer>} | null} */
  let ground = null
  /** @param {number} id */
  const laneOf = (id) => (id >= layout.n ? 1 : 0)
  /** @param {number} id */
  const cellOf = (id) => id - laneOf(id) * layout.n
  /** @param {number} lane @param {number} cell */
  const idOf = (lane, cell) => lane * layout.n + cell
  /** @param {number} id */
  const box = (id) => cellBox(layout, laneOf(id), cellOf(id))

  return {
    legend: [
      { label: text("planner_phase_training"), paint: "--compute", shape: "soft" },
      { label: text("planner_key_done"), paint: "--compute", shape: "square" },
      { label: text("planner_key_ready"), paint: "--fabric", shape: "soft" },
      { label: text("planner_phase_lost_work"), paint: "--memory", shape: "hatch" },
      { label: text("planner_phase_unnoticed"), paint: "--stall", shape: "hatch" },
      { label: text("planner_key_failure"), paint: "--danger", shape: "triangle" },
      { label: text("planner_key_checkpoint"), paint: "--ink", shape: "line" },
    ],
    curve: { label: text("planner_curve"), t: progress.t, v: progress.this },
    describe: (t) => describe(model, t),
    middle: () => 0,
    hit(x, y) {
      for (let lane = 0; lane < lanes.length; lane++) {
        const { left, top, width, pitch, rows } = layout.grids[lane]
        const column = Math.floor((x - left) / (width / layout.perRow))
        const row = Math.floor((y - top) / pitch)
        const cell = row * layout.perRow + column
        if (column >= 0 && column < layout.perRow && row >= 0 && row < rows && cell < layout.cells[lane])
          return idOf(lane, cell)
      }
      return null
    },
    place: box,
    move(id, key) {
      const lane = laneOf(id)
      /** @type {Record<string, number>} */
      const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -layout.perRow, ArrowDown: layout.perRow }
      const cell = cellOf(id) + steps[key]
      if (cell >= 0 && cell < layout.cells[lane]) return idOf(lane, cell)
      if (key === "ArrowDown" && lane + 1 < lanes.length)
        return idOf(1, Math.min(cellOf(id) % layout.perRow, layout.cells[1] - 1))
      if (key === "ArrowUp" && lane)
        return idOf(
          0,
          Math.min(layout.cells[0] - 1, (layout.grids[0].rows - 1) * layout.perRow + (cellOf(id) % layout.perRow)),
        )
      return id
    },
    inspect: (id, t) => inspect(model, layout, laneOf(id), cellOf(id), t),
    changes(id) {
      const { failures, end } = lanes[laneOf(id)]
      const from = cellOf(id) * layout.unit.length
      const to = from + layout.unit.length
      return [from, ...failures.flatMap(({ t0, t1 }) => [t0, t1]), end].filter((t) => t >= from && t <= to)
    },
    draw(ctx, t, view) {
      if (ground?.view !== view) {
        layout = layOut(view, model)
        const [blank, full] = [layer(view), layer(view)]
        ground = { view, blank, full }
        drawBlank(blank.ctx, model, layout, view.theme, view.concealed)
        if (!view.concealed) drawBand(blank.ctx, model, layout, view.theme, band, horizon)
        const hatches = {
          lost: hatch(ctx, view, { paint: "memory", soft: "memorySoft" }),
          unnoticed: hatch(ctx, view, { falls: true }),
        }
        lanes.forEach((lane, i) => drawLane(full.ctx, lane, layout, i, view.theme, hatches))
      }
      ctx.clearRect(0, 0, view.width, view.height)
      ctx.drawImage(ground.blank.canvas, 0, 0, view.width, view.height)
      if (view.concealed) return
      for (const [i, lane] of lanes.entries()) {
        reveal(ctx, ground.full.canvas, layout, i, Math.min(t, lane.end), view)
        drawWords(ctx, model, layout, i, t, view.theme)
      }
      drawPlayed(ctx, model, layout, t, view.theme, progress, horizon)
      const isDrawn = (/** @type {number} */ id) =>
        id < lanes.length * layout.n && cellOf(id) < layout.cells[laneOf(id)]
      drawChosen(ctx, view, (id) => (isDrawn(id) ? grown(box(id), 1) : null))
    },
  }
}
