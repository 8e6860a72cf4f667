// A 2-D context that paints nothing and remembers what it was told, so that a test can ask what was drawn, where and in which paint.

const STATE = ["fillStyle", "strokeStyle", "lineWidth", "globalAlpha", "font", "textAlign", "textBaseline"]

/**
 * @import { Pen, Theme } from "../../viz/client/kit/types"
 *
 * @typedef {object} Drawn
 * @property {string} op what was called: fill, stroke, fillRect, strokeRect, fillText or drawImage
 * @property {any[]} args its arguments
 * @property {any[][]} path for fill and stroke the calls that made the path, each [name, ...numbers]
 * @property {any} fillStyle
 * @property {any} strokeStyle
 * @property {number} lineWidth
 * @property {number} globalAlpha
 * @property {string} font
 */

/**
 * A context that records. A letter is six pixels wide.
 * @returns {Pen & {drawn: Drawn[]}} with the list of what was painted, in order
 */
export function recorder() {
  /** @type {any} */
  const ctx = {
    globalAlpha: 1,
    lineWidth: 1,
    font: "",
    fillStyle: "#000",
    strokeStyle: "#000",
    drawn: [],
    shift: [0, 0],
  }
  /** @type {any[][]} */
  let path = []
  /** @type {any[]} */
  const stack = []
  const put = (/** @type {string} */ op, /** @type {any[]} */ args) =>
    ctx.drawn.push({ op, args, path: [...path], ...Object.fromEntries(STATE.map((name) => [name, ctx[name]])) })
  for (const name of ["fill", "stroke", "fillRect", "strokeRect", "fillText", "strokeText", "drawImage"])
    ctx[name] = (/** @type {any[]} */ ...args) => put(name, args)
  for (const name of [
    "moveTo",
    "lineTo",
    "rect",
    "roundRect",
    "arc",
    "ellipse",
    "quadraticCurveTo",
    "bezierCurveTo",
    "closePath",
  ])
    ctx[name] = (/** @type {any[]} */ ...args) => path.push([name, ...args])
  for (const name of ["setLineDash", "clip", "clearRect", "scale", "rotate", "translate", "setTransform"])
    ctx[name] = () => {}
  ctx.beginPath = () => {
    path = []
  }
  ctx.save = () => stack.push(Object.fromEntries(STATE.map((name) => [name, ctx[name]])))
  ctx.restore = () => Object.assign(ctx, stack.pop())
  ctx.measureText = (/** @type {string} */ text) => ({ width: 6 * String(text).length })
  ctx.createPattern = (/** @type {any} */ tile) => ({ tile, setTransform() {} })
  ctx.createLinearGradient = () => ({ addColorStop() {} })
  return ctx
}

/** Let modules that make canvases of their own make recorders instead. */
export function withoutBrowser() {
  Object.assign(globalThis, {
    document: {
      createElement: () => {
        const ctx = recorder()
        return { ctx, getContext: () => ctx }
      },
    },
    DOMMatrix: class {
      scale() {
        return this
      }
    },
  })
}

const PAINTS =
  "card compute computeSoft danger fabric fabricSoft flow2 flow3 flow4 gpu ink ink2 ink3 line line2 linear memory memorySoft paper pe peEdge stall stallSoft wafer"
/**
 * A theme in which every paint is its own name, so that a test reads which one was used.
 * @type {Theme}
 */
export const theme = /** @type {any} */ ({
  strokeScale: 1,
  textScale: 1,
  font: "sans-serif",
  ...Object.fromEntries(PAINTS.split(" ").map((name) => [name, name])),
})

/** Middles of the shapes of a path: circles, squares and other closed outlines that begin anew. */
export function middles(/** @type {any[][]} */ path) {
  /** @type {number[][]} */
  const found = []
  /** @type {number[][]} */
  let points = []
  const flush = () => {
    if (points.length > 2) {
      const [xs, ys] = [0, 1].map((k) => points.map((point) => point[k]))
      found.push([(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2])
    }
    points = []
  }
  for (const [name, ...numbers] of path) {
    if (name === "arc") (found.push(numbers.slice(0, 2)), (points = []))
    else if (name === "rect" || name === "roundRect")
      found.push([numbers[0] + numbers[2] / 2, numbers[1] + numbers[3] / 2])
    else if (name === "moveTo") (flush(), points.push(numbers))
    else if (name === "lineTo") points.push(numbers)
  }
  flush()
  return found
}

/** A view of a stage. @param {number} width @param {number} height @param {Partial<import("../../viz/client/kit/types").View>} [more] @returns {import("../../viz/client/kit/types").View} */
export const view = (width, height, more = {}) => ({
  width,
  height,
  dpr: 1,
  theme,
  overlays: new Set(),
  selected: null,
  hover: null,
  ...more,
})
