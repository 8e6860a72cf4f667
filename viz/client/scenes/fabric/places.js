// Where the levels of a fabric run lie on a stage: the wafer, a region of it, the inside of a PE. No canvas, no DOM.

import { createChip } from "./chip.js"
import { layOut, layWindow, windowAround } from "./layout.js"

/**
 * @import { Box, Point, View } from "../../kit/types"
 * @import { Layout, Meta, Panelled, Part, Rectangle } from "./types"
 */

/** The levels, from the outermost one. */
export const [WAFER, REGION, INSIDE, WORD] = [0, 1, 2, 3]
export const NARROW = 560 // a stage of less has the trail of levels above
export const GAP = 14
export const TRAIL = 40 // room for the trail above
const [LEAST, MOST] = [8, 64] // PEs a side of a region that is drawn; 64 is what the engine records
const CARD = 246 // room for the inspector beside the inside of a PE

/**
 * The layouts of the levels.
 * @param {Pick<Meta, "width" | "height" | "chip">} meta
 * @param {boolean} hasField whether there is a wafer around the region
 * @param {(view: View) => {width: number}} minimapSize
 */
export function createPlaces(meta, hasField, minimapSize) {
  const { width, height } = meta
  const aspect = createChip(meta)?.aspect ?? 1
  /** @param {View} view @returns {Box} */
  const whole = (view) => ({ x: 0, y: 0, width: view.width, height: view.height })
  /**
   * Where there is room beside the minimap and the trail of levels.
   * @param {View} view
   */
  const beside = (view) => {
    const start = GAP + minimapSize(view).width + GAP
    return view.width >= NARROW ? { start, top: 0 } : { start, top: TRAIL }
  }

  /** Where there is room for the inside of a PE, or for a word. @param {View} view @returns {Box} */
  const within = (view) => {
    const { start, top } = view.width < NARROW ? { start: GAP, top: TRAIL } : beside(view)
    return { x: start, y: top, width: view.width - start - (view.card ? CARD : GAP), height: view.height - top }
  }

  return {
    /** @param {View} view @returns {Panelled} */
    wafer(view) {
      const { top } = beside(view)
      const panel = { x: 18, y: top + 14, width: view.width - 36, height: view.height - top - 46 }
      const py = Math.min(panel.width / (width * aspect), panel.height / height)
      const px = aspect * py
      return {
        ...layWindow({ x: 0, y: 0, columns: width, rows: height }, panel, width, height),
        x: panel.x + (panel.width - px * width) / 2,
        y: panel.y + (panel.height - py * height) / 2,
        px,
        py,
        panel: whole(view),
      }
    },
    /** @param {View} view @param {Rectangle} region @returns {Panelled} */
    region(view, region) {
      if (!hasField)
        return { ...layOut(view.width, view.height, width, height, view.theme.textScale), panel: whole(view) }
      const text = view.theme.textScale
      const label = { left: 34 * text, top: 26 * text, bottom: 26 * text }
      const { start, top } = beside(view)
      const room = {
        width: view.width - start - label.left - GAP,
        height: view.height - top - label.top - label.bottom,
      }
      const side = Math.max(80, Math.min(room.width, room.height))
      const x =
        start + label.left + Math.min(room.width - side, Math.max(0, (view.width - side) / 2 - start - label.left))
      const panel = { x, y: top + label.top, width: side, height: side }
      // With the PEs next to the region around it.
      const { x: west, y: north, columns, rows } = region
      return layWindow({ x: west - 1, y: north - 1, columns: columns + 2, rows: rows + 2 }, panel, width, height)
    },
    /** @param {View} view @param {number} focus the PE @returns {Panelled} */
    inside(view, focus) {
      const panel = within(view)
      const side = Math.max(120, Math.min(1.12 * panel.width, panel.height))
      const pitch = 1.06 * side
      const [x, y] = [
        panel.x + panel.width / 2 - ((focus % width) + 0.5) * pitch,
        panel.y + panel.height / 2 - (Math.floor(focus / width) + 0.5) * pitch,
      ]
      return { x, y, px: pitch, py: pitch, columns: width, rows: height, detail: "full", panel }
    },
    /** The way of a word: the PEs that it touches. @param {View} view @param {Rectangle} way @returns {Panelled} */
    word(view, { x, y, columns, rows }) {
      const around = { x: x - 0.5, y: y - 0.5, columns: columns + 1, rows: rows + 1 }
      const { start, top } = beside(view)
      const room = within(view)
      const panel = { x: start, y: top, width: room.x + room.width - start, height: view.height - top }
      return layWindow(around, panel, width, height)
    },
  }
}

/**
 * Whether a part holds the wavelets of just this region.
 * @param {Part|null} part
 * @param {Rectangle} region
 */
export const covers = (part, { x, y, columns, rows }) =>
  part !== null &&
  part.window.x === x &&
  part.window.y === y &&
  part.window.columns === columns &&
  part.window.rows === rows

/**
 * The window of a mesh that two corners on the stage span: a square, within what can be recorded.
 * @param {[Point, Point]} corners
 * @param {Layout} layout of the whole mesh
 */
export function spanned([a, b], { x, y, px, py, columns, rows }) {
  /** @param {number} value @param {number} most */
  const within = (value, most) => Math.min(Math.max(Math.floor(value), 0), most - 1)
  /** @param {Point} point */
  const pointed = (point) => [within((point[0] - x) / px, columns), within((point[1] - y) / py, rows)]
  const [[ax, ay], [bx, by]] = [pointed(a), pointed(b)]
  const size = Math.min(Math.max(Math.abs(bx - ax) + 1, Math.abs(by - ay) + 1, LEAST), MOST)
  return windowAround(Math.round((ay + by) / 2) * columns + Math.round((ax + bx) / 2), size, columns, rows)
}
