// The pictures of the levels of a fabric run, at any layout: what is glided from and to.

import { layer } from "../../kit/canvas.js"
import { createInside } from "./inside.js"
import { between, holds, layPart } from "./layout.js"
import { INSIDE, REGION, WAFER, WORD, covers } from "./places.js"
import { drawWord } from "./word.js"

/**
 * @import { Box, Pen, View } from "../../kit/types"
 * @import { Field } from "./field.js"
 * @import { Mesh } from "./mesh.js"
 * @import { Stand } from "./stand.js"
 * @import { Layout, Panelled, Part, Rectangle } from "./types"
 * @typedef {{layout: Panelled, draw: (ctx: Pen, to: Panelled) => void}} Picture
 * @typedef {Pick<Stand, "level" | "region" | "focus" | "journey">} Place
 */

/**
 * What draws the levels.
 * @param {number} width of the whole mesh
 * @param {Field|null} field the picture of when PEs are at work, of a large run
 * @param {Mesh|null} mesh the picture of every wavelet, of `part`
 * @param {Part|null} part
 */
export function createPictures(width, field, mesh, part) {
  const inside = mesh && createInside(mesh.model)
  /** The PE of the whole mesh as the recorded part counts it, null where it is not recorded. @param {number|null} cell */
  const local = (cell) =>
    cell !== null && part && holds(part.window, cell, width)
      ? (Math.floor(cell / width) - part.north) * part.columns + (cell % width) - part.west
      : null
  /** @type {{of: Panelled, layout: Layout} | null} */
  let meshLayout = null

  /** @param {Pen} ctx @param {number} t @param {Panelled} layout @param {View} view @param {Rectangle} region */
  const drawMesh = (ctx, t, layout, view, region) => {
    if (!mesh || !part) return
    // The same object while the layout stays, so that what stays is drawn once.
    if (meshLayout?.of !== layout) meshLayout = { of: layout, layout: layPart(layout, part) }
    mesh.draw(ctx, t, view, meshLayout.layout, local(view.selected), local(view.hover))
    if (field) veil(ctx, layout, view, region)
  }

  return {
    inside,
    local,
    /** @param {Pen} ctx @param {number} t @param {View} view @param {Place} place @param {Panelled} layout */
    draw(ctx, t, view, { level, region, focus, journey }, layout) {
      if (level === WORD && mesh && part && journey) {
        drawMesh(ctx, t, layout, view, region)
        drawWord(ctx, mesh.model, journey, t, view, { ...layout, ...layPart(layout, part) })
      } else if (level === INSIDE) inside?.draw(ctx, t, view, layout, local(focus) ?? 0)
      else if (level === REGION && (!field || covers(part, region))) drawMesh(ctx, t, layout, view, region)
      else {
        field?.draw(ctx, t, view, layout)
        if (level === REGION) veil(ctx, layout, view, region)
      }
    },
    /**
     * The present picture as something that can be drawn at any layout.
     * @param {() => number} time
     * @param {View} view
     * @param {Place} stand
     * @param {Panelled} layout
     * @returns {Picture}
     */
    at(time, view, stand, layout) {
      const { level, region } = stand
      if (field && (level === WAFER || (level === REGION && !covers(part, region))))
        return { layout, draw: (ctx, to) => field.draw(ctx, time(), view, to) }
      const { canvas, ctx } = layer(view)
      this.draw(ctx, time(), { ...view, selected: null, hover: null }, stand, layout)
      return {
        layout,
        draw(onto, to) {
          const scale = to.px / layout.px
          const [x, y] = [to.x - layout.x * scale, to.y - layout.y * scale]
          onto.imageSmoothingEnabled = true
          onto.drawImage(canvas, x, y, view.width * scale, view.height * scale)
        },
      }
    },
  }
}

/**
 * The PEs next to a region are shown as what lies beyond it.
 * @param {Pen} ctx
 * @param {Layout} layout
 * @param {View} view
 * @param {Rectangle} region
 */
function veil(ctx, { x, y, px }, { theme }, region) {
  const [left, top] = [x + (region.x - 1) * px, y + (region.y - 1) * px]
  const [w, h] = [(region.columns + 2) * px, (region.rows + 2) * px]
  ctx.fillStyle = theme.card
  ctx.globalAlpha = 0.7
  ctx.beginPath()
  ctx.rect(left, top, w, px)
  ctx.rect(left, top + h - px, w, px)
  ctx.rect(left, top + px, px, h - 2 * px)
  ctx.rect(left + w - px, top + px, px, h - 2 * px)
  ctx.fill()
  ctx.globalAlpha = 1
}

/**
 * Draw no further than a box.
 * @param {Pen} ctx
 * @param {Box} box
 */
export function clip(ctx, { x, y, width, height }) {
  ctx.beginPath()
  ctx.rect(x, y, width, height)
  ctx.clip()
}

/**
 * Draw what is between two pictures; share in [0, 1].
 * @param {Pen} ctx
 * @param {Picture} from
 * @param {Picture} to
 * @param {number} share
 */
export function drawGlide(ctx, from, to, share) {
  const now = between(from.layout, to.layout, share)
  clip(ctx, now.panel)
  from.draw(ctx, now)
  ctx.globalAlpha = share
  to.draw(ctx, now)
  ctx.globalAlpha = 1
}
