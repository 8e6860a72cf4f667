// What stands around the picture of a wafer or of a region: captions, and what is selected or would be looked into.

import { t } from "../../kit/language.js"
import { boxOf, holds, layPart } from "./layout.js"
import { drawLabels } from "./pe.js"
import { WAFER, covers } from "./places.js"
import { outline, target } from "./signs.js"

/**
 * @import { Pen, View } from "../../kit/types"
 * @import { createChip } from "./chip.js"
 * @import { Panelled, Part, Rectangle } from "./types"
 */

/** @param {number} from @param {number} n */
const span = (from, n) => (n === 1 ? `${from}` : `${from}–${from + n - 1}`)

/**
 * The name of a rectangle of PEs.
 * @param {Rectangle} rectangle
 */
export const nameOf = ({ x, y, columns, rows }) =>
  t("fabric_stage_region", { columns: span(x, columns), rows: span(y, rows) })

/**
 * Draw it.
 * @param {Pen} ctx
 * @param {Panelled} layout
 * @param {View} view
 * @param {{level: number, region: Rectangle}} stand
 * @param {Part|null} part what is recorded
 * @param {Rectangle|null} window what would be looked into
 * @param {ReturnType<typeof createChip>} chip
 */
export function drawAround(ctx, layout, view, { level, region }, part, window, chip) {
  const { theme } = view
  const { columns, rows } = layout
  ctx.font = `500 ${11.5 * theme.textScale}px ${theme.font}`
  ctx.fillStyle = theme.ink3
  ctx.textBaseline = "top"
  ctx.textAlign = "center"
  if (level === WAFER) {
    const said = chip?.said(columns, rows)
    const fits = said && ctx.measureText(said).width < view.width
    const size = fits ? said : t("fabric_stage_size", { columns, rows })
    ctx.fillText(size, layout.x + (layout.px * columns) / 2, layout.y + layout.py * rows + 8)
    if (part) outline(ctx, layout, part.window, theme.linear, theme)
    if (window) outline(ctx, layout, window, theme.ink, theme)
    if (view.selected !== null) target(ctx, boxOf(layout, view.selected), theme)
    return
  }
  const { x, y, width, height } = layout.panel
  const recorded = covers(part, region)
  const name = nameOf(region)
  const text = recorded ? name : t("fabric_stage_region_times", { region: name })
  ctx.fillText(text, x + width / 2, y + height + 8)
  if (recorded) return
  const around = { west: region.x - 1, north: region.y - 1, columns: region.columns + 2, rows: region.rows + 2 }
  drawLabels(ctx, layPart(layout, around), around, theme)
  for (const cell of [view.hover, view.selected])
    if (cell !== null && holds(region, cell, columns)) {
      const box = boxOf(layout, cell)
      ctx.strokeStyle = cell === view.selected ? theme.linear : theme.ink3
      ctx.lineWidth = (cell === view.selected ? 3 : 1.5) * theme.strokeScale
      ctx.strokeRect(box.x, box.y, box.width, box.height)
    }
}
