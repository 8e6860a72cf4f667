// What the renderers share: a layer to draw still things on once, and the hatch that tells waiting without its hue.

/**
 * @import { Box, Pen, Theme, View } from "./types"
 * @typedef {Exclude<keyof Theme, "textScale" | "strokeScale">} Hue the name of a paint
 */

/** The context of a canvas. @param {HTMLCanvasElement} canvas */
export const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))

/**
 * A canvas of the view's size in device pixels, with a context in CSS pixels.
 * @param {Pick<View, "width" | "height" | "dpr">} view
 */
export function layer({ width, height, dpr }) {
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(width * dpr))
  canvas.height = Math.max(1, Math.round(height * dpr))
  const ctx = contextOf(canvas)
  ctx.scale(canvas.width / width, canvas.height / height)
  return { canvas, ctx }
}

/**
 * A pattern of diagonal lines: `paint` on `soft` (names of the theme), rising, or falling where `falls`.
 * @param {Pen} ctx
 * @param {Pick<View, "theme" | "dpr">} view
 * @param {{pitch?: number, paint?: Hue, soft?: Hue, falls?: boolean}} [look]
 */
export function hatch(ctx, { theme, dpr }, { pitch = 6, paint = "stall", soft = "stallSoft", falls = false } = {}) {
  const tile = document.createElement("canvas")
  const size = Math.max(3, Math.round(pitch * theme.strokeScale * dpr))
  tile.width = tile.height = size
  const on = contextOf(tile)
  on.fillStyle = theme[soft]
  on.fillRect(0, 0, size, size)
  on.strokeStyle = theme[paint]
  on.lineWidth = size * 0.26
  on.beginPath()
  for (const k of [-1, 0, 1]) {
    on.moveTo((k - 0.5) * size, falls ? -0.5 * size : 1.5 * size)
    on.lineTo((k + 1.5) * size, falls ? 1.5 * size : -0.5 * size)
  }
  on.stroke()
  const pattern = /** @type {CanvasPattern} */ (ctx.createPattern(tile, "repeat"))
  pattern.setTransform(new DOMMatrix().scale(1 / dpr))
  return pattern
}

/**
 * Frames around what is pointed at and what is selected.
 * @param {Pen} ctx
 * @param {View} view
 * @param {(id: number) => Box|null} boxOf the frame of an id, null where it is not drawn
 * @param {number} [wide] of the line
 */
export function drawChosen(ctx, { hover, selected, theme }, boxOf, wide = 3) {
  ctx.lineWidth = wide * theme.strokeScale
  /** @param {number|null} id @param {string} paint */
  const frame = (id, paint) => {
    const box = id === null ? null : boxOf(id)
    if (!box) return
    ctx.strokeStyle = paint
    ctx.strokeRect(box.x, box.y, box.width, box.height)
  }
  frame(hover, theme.ink3)
  frame(selected, theme.linear)
}

/**
 * A box that is larger on each side.
 * @param {Box} box
 * @param {number} across on the left and the right
 * @param {number} [down] above and below
 * @returns {Box}
 */
export const grown = ({ x, y, width, height }, across, down = across) => ({
  x: x - across,
  y: y - down,
  width: width + 2 * across,
  height: height + 2 * down,
})
