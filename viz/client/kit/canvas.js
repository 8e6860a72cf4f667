// @ts-nocheck
// What the renderers share: a layer to draw still things on once, and the hatch that tells waiting without its hue.

/** A canvas of the view's size in device pixels, with a context in CSS pixels. */
export function layer({ width, height, dpr }) {
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(width * dpr))
  canvas.height = Math.max(1, Math.round(height * dpr))
  const ctx = canvas.getContext("2d")
  ctx.scale(canvas.width / width, canvas.height / height)
  return { canvas, ctx }
}

/** A pattern of diagonal lines: `paint` on `soft` (names of the theme), rising, or falling where `falls`. */
export function hatch(ctx, { theme, dpr }, { pitch = 6, paint = "stall", soft = "stallSoft", falls = false } = {}) {
  const tile = document.createElement("canvas")
  const size = Math.max(3, Math.round(pitch * theme.strokeScale * dpr))
  tile.width = tile.height = size
  const on = tile.getContext("2d")
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
  const pattern = ctx.createPattern(tile, "repeat")
  pattern.setTransform(new DOMMatrix().scale(1 / dpr))
  return pattern
}
