// What is drawn over and around the levels of a fabric run.

import { boxOf } from "./layout.js"

/**
 * @import { Box, Pen, Theme } from "../../kit/types"
 * @import { Layout, Rectangle } from "./types"
 */

/**
 * A panel with its labels above and on the left.
 * @param {Box} box
 * @param {{theme: Pick<Theme, "textScale">}} view
 */
export const labelled = ({ x, y, width, height }, { theme }) => {
  const margin = 34 * theme.textScale
  return { x: x - margin, y: 0, width: width + margin, height: y + height }
}

/**
 * An outline around a window.
 * @param {Pen} ctx
 * @param {Layout} layout
 * @param {Rectangle} window
 * @param {string} paint
 * @param {Theme} theme
 */
export function outline(ctx, layout, window, paint, theme) {
  const { x, y } = boxOf(layout, window.y * layout.columns + window.x)
  const [w, h] = [window.columns * layout.px, window.rows * layout.py]
  ctx.lineWidth = 3.5 * theme.strokeScale
  ctx.strokeStyle = theme.card
  ctx.strokeRect(x - 1, y - 1, w + 2, h + 2)
  ctx.lineWidth = 1.5 * theme.strokeScale
  ctx.strokeStyle = paint
  ctx.strokeRect(x - 1, y - 1, w + 2, h + 2)
}

/**
 * A target around what is selected.
 * @param {Pen} ctx
 * @param {Box} box
 * @param {Theme} theme
 */
export function target(ctx, { x, y, width, height }, theme) {
  const [cx, cy] = [x + width / 2, y + height / 2]
  ctx.strokeStyle = theme.linear
  ctx.lineWidth = 2.5 * theme.strokeScale
  ctx.beginPath()
  ctx.arc(cx, cy, 8, 0, 7)
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    ctx.moveTo(cx + dx * 8, cy + dy * 8)
    ctx.lineTo(cx + dx * 16, cy + dy * 16)
  }
  ctx.stroke()
}
