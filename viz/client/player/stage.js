// The stage of a player: a canvas as large as its place, with the paints of its page.

import { contextOf } from "../kit/canvas.js"
import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { readTheme } from "../kit/theme.js"

/**
 * @import { Point, Renderer, View } from "../kit/types"
 * @typedef {Pick<View, "card" | "overlays" | "concealed">} Look what a renderer is told beside the size of its picture
 */

const MOST_DPR = 4
const NARROW = 560 // a stage of less has no room for the inspector on it

/**
 * An empty stage.
 * @param {object} options
 * @param {string} options.label name of the player for assistive technology
 * @param {Look} options.look
 * @param {() => void} options.measured told after a change of size or paints, when the picture must be drawn anew
 * @param {() => boolean} options.paired whether another picture is beside it
 * @param {(visible: boolean) => void} options.seen told when it comes onto the screen or leaves it
 */
export function createStage({ label, look, measured, paired, seen }) {
  const canvas = h("canvas", { role: "img", "aria-label": label })
  const element = h(
    "div",
    {
      class: "ws-stage",
      tabindex: 0,
      role: "group",
      "aria-label": t("player_stage", { name: label }),
    },
    canvas,
  )
  const picture = h("div", { class: "ws-picture" }, element)
  /** @type {View | null} */
  let view = null
  let below = false
  let frames = 0
  const looked = () => ({ ...look, card: look.card && !below })

  function measure() {
    const { clientWidth: width, clientHeight: height } = element
    if (!width || !height) return
    // A stage inside a scaled slide has that many more pixels to fill.
    const scale = element.getBoundingClientRect().width / element.offsetWidth || 1
    const dpr = Math.min((devicePixelRatio || 1) * scale, MOST_DPR)
    canvas.width = Math.round(width * dpr)
    canvas.height = Math.round(height * dpr)
    below = width < NARROW || innerHeight > innerWidth || paired()
    picture.classList.toggle("ws-below", below)
    view = { width, height, dpr, theme: readTheme(element), ...looked(), selected: null, hover: null }
    measured()
  }

  const resize = new ResizeObserver(measure)
  const themes = new MutationObserver(measure)
  const intersection = new IntersectionObserver((entries) => seen(entries[entries.length - 1].isIntersecting))

  return {
    element,
    canvas,
    /** The stage, and what lies on or below it. */
    picture,
    /** Whether the inspector stands below the picture, not on it. */
    get below() {
      return below
    },
    /** Null until it has been measured. */
    get view() {
      return view
    },
    /** How many pictures have been drawn. */
    get frames() {
      return frames
    },
    measure,
    /** More than `selected` and `hover` has changed. @param {Look & Partial<Pick<View, "hover">>} [changes] */
    renew({ hover, ...changes } = {}) {
      look = { ...look, ...changes }
      if (view) view = { ...view, ...looked(), hover: hover === undefined ? view.hover : hover }
    },
    /**
     * @param {Renderer} renderer
     * @param {number} t
     * @param {number | null} selected
     */
    draw(renderer, t, selected) {
      if (!view) return
      view.selected = selected
      const ctx = contextOf(canvas)
      ctx.setTransform(canvas.width / view.width, 0, 0, canvas.height / view.height, 0, 0)
      renderer.draw(ctx, t, view)
      frames++
    },
    /**
     * Where an event is on the stage.
     * @param {{clientX: number, clientY: number}} event
     * @returns {Point}
     */
    point({ clientX, clientY }) {
      const box = canvas.getBoundingClientRect()
      // Ratios of the box, so that a transformed parent (a slide) does not shift the hit.
      const { width, height } = view ?? box
      return [((clientX - box.left) * width) / box.width, ((clientY - box.top) * height) / box.height]
    },
    /** Follow size, paints and visibility from now on. @param {HTMLElement} root element of the player */
    watch(root) {
      intersection.observe(element)
      resize.observe(element)
      themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] })
      themes.observe(root, { attributes: true, attributeFilter: ["data-theme"] })
      document.fonts.addEventListener("loadingdone", measure) // labels on the canvas are drawn again in the page's font
      measure()
    },
    destroy() {
      intersection.disconnect()
      resize.disconnect()
      themes.disconnect()
      document.fonts.removeEventListener("loadingdone", measure)
    },
  }
}

/** @typedef {ReturnType<typeof createStage>} Stage */
