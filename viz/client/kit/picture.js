// A canvas that fills an element and stays sharp: it is painted anew when its size, the theme or the zoom of a slide changes.

import { layer } from "./canvas.js"
import { h } from "./dom.js"
import { readTheme } from "./theme.js"

/** @import { Pen, Theme, View } from "./types" */

/**
 * Put a canvas into an element.
 * @param {HTMLElement} box how large it is
 * @param {(ctx: Pen, view: View) => void} paint paints in CSS pixels
 * @returns {{canvas: HTMLCanvasElement, draw: () => void, at: (event: MouseEvent) => [number, number]}} `draw` paints it anew, `at` says
 *   where an event is, in CSS pixels of the canvas
 */
export function pictureIn(box, paint) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { role: "img" }))
  box.append(canvas)
  const zoom = () => box.getBoundingClientRect().width / box.clientWidth || 1
  const draw = () => {
    const { clientWidth: width, clientHeight: height } = box
    if (!width || !height) return
    const dpr = (devicePixelRatio || 1) * zoom() // a slide is scaled up
    const view = { width, height, dpr, theme: /** @type {Theme} */ (readTheme(box)), selected: null, hover: null }
    const { canvas: painted, ctx } = layer(view)
    paint(/** @type {Pen} */ (ctx), view)
    canvas.width = painted.width
    canvas.height = painted.height
    canvas.getContext("2d")?.drawImage(painted, 0, 0)
  }
  new ResizeObserver(draw).observe(box)
  const themed = { attributes: true, attributeFilter: ["data-theme", "style"] }
  new MutationObserver(draw).observe(document.documentElement, themed)
  document.fonts.addEventListener("loadingdone", draw)
  return {
    canvas,
    draw,
    at(event) {
      const bounds = canvas.getBoundingClientRect()
      return [(event.clientX - bounds.left) / zoom(), (event.clientY - bounds.top) / zoom()]
    },
  }
}
