// A small picture of the whole mesh with a frame around what is looked at.

import { createChip } from "./chip.js"
import { cellAt } from "./layout.js"
import { drawDies } from "./field.js"

/**
 * @import { Pen, Theme, View } from "../../kit/types"
 * @import { Field } from "./field.js"
 * @import { FabricRun, Rectangle, Spread } from "./types"
 */

const EDGE = 14

/**
 * The minimap of a run; `field` is its picture of when PEs are at work, or null.
 * @param {FabricRun} run
 * @param {Field | null} field
 */
export function createMinimap(run, field) {
  const { width, height, chip } = run.meta
  const aspect = createChip(run.meta)?.aspect ?? 1
  /** @type {Spread|null} where it was drawn last */
  let box = null
  /** @param {View} view */
  const size = (view) => {
    const most = Math.min(Math.max(110, 0.11 * view.width), 0.17 * view.width)
    const scale = Math.min(most / (width * aspect), (0.4 * view.height) / height)
    return { width: width * aspect * scale, height: height * scale }
  }
  return {
    size,
    /**
     * The cell at a point of the stage, or null.
     * @param {number} x
     * @param {number} y
     */
    hit: (x, y) => (box ? cellAt(box, x, y) : null),
    /**
     * Draw it from `top` on with a frame around a window, and another around the region that holds it, if any.
     * @param {Pen} ctx
     * @param {number} t
     * @param {View} view
     * @param {number} top
     * @param {Rectangle} window
     * @param {Rectangle | null} region
     */
    draw(ctx, t, view, top, window, region) {
      const { theme } = view
      const { width: w, height: h } = size(view)
      box = { x: EDGE, y: top, px: w / width, py: h / height, columns: width, rows: height }
      ctx.fillStyle = theme.pe
      ctx.fillRect(box.x, box.y, w, h)
      field?.drawSmall(ctx, t, view, box)
      if (chip) drawDies(ctx, box, chip.die, theme)
      ctx.strokeStyle = theme.peEdge
      ctx.lineWidth = 1
      ctx.strokeRect(box.x - 0.5, box.y - 0.5, w + 1, h + 1)
      if (region && field) around(ctx, box, region, theme.linear, theme, 0)
      around(ctx, box, window, theme.linear, theme, 5)
    },
  }
}

// A frame of at least `least` pixels a side, with a light edge so that it is seen on any ground.
/**
 * @param {Pen} ctx
 * @param {Spread} layout
 * @param {Rectangle} window
 * @param {string} paint
 * @param {Theme} theme
 * @param {number} least
 */
function around(ctx, { x, y, px, py }, window, paint, theme, least) {
  const [w, h] = [Math.max(least, window.columns * px), Math.max(least, window.rows * py)]
  const left = x + (window.x + window.columns / 2) * px - w / 2
  const top = y + (window.y + window.rows / 2) * py - h / 2
  /** @param {string} stroke @param {number} wide */
  const frame = (stroke, wide) => {
    ctx.strokeStyle = stroke
    ctx.lineWidth = wide * theme.strokeScale
    ctx.strokeRect(left - 1, top - 1, w + 2, h + 2)
  }
  frame(theme.card, 3.5)
  frame(paint, 2)
}
