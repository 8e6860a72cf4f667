// A 2-D context that writes SVG instead of pixels: what the renderers use of one, no more.

import { contextOf } from "./canvas.js"

/**
 * @import { Pen } from "./types"
 * @typedef {CanvasPattern & {paint: string}} Pattern one that knows its name in the SVG
 */

const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => XML[/** @type {keyof typeof XML} */ (letter)])
/** @param {number} value */
const short = (value) => String(Number(value.toFixed(2)))
const ANCHORS = { left: "start", start: "start", center: "middle", right: "end", end: "end" }
/** @type {Partial<Record<CanvasTextBaseline, string>>} */
const BASELINES = { middle: "central", top: "text-before-edge", bottom: "text-after-edge", hanging: "hanging" }
/** @type {(attribute: string, matrix: DOMMatrix) => string} */
const transform = (attribute, { isIdentity, a, b, c, d, e, f }) =>
  isIdentity ? "" : ` ${attribute}="matrix(${[a, b, c, d, e, f].map((value) => Number(value.toFixed(5))).join(" ")})"`

// The fonts that the page carries inside itself, so that the picture is the same everywhere.
const fontFaces = () =>
  [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes("data:"))
    .map(({ cssText }) => cssText)
    .join("")

/** @type {(keyof Pen)[]} */
const STATE = [
  "fillStyle",
  "strokeStyle",
  "lineWidth",
  "globalAlpha",
  "font",
  "textAlign",
  "textBaseline",
  "lineCap",
  "lineJoin",
  "lineDashOffset",
]

/**
 * What still.js draws a picture with where it becomes an SVG.
 * @implements {Pen}
 */
export class SvgContext {
  /** @type {Pen["fillStyle"]} */
  fillStyle = "#000"
  /** @type {Pen["strokeStyle"]} */
  strokeStyle = "#000"
  lineWidth = 1
  globalAlpha = 1
  font = "10px sans-serif"
  /** @type {CanvasTextAlign} */
  textAlign = "start"
  /** @type {CanvasTextBaseline} */
  textBaseline = "alphabetic"
  /** @type {CanvasLineCap} */
  lineCap = "butt"
  /** @type {CanvasLineJoin} */
  lineJoin = "miter"
  lineDashOffset = 0
  imageSmoothingEnabled = true
  /** @type {number[]} */
  #dash = []
  #matrix = new DOMMatrix()
  /** @type {{state: object, matrix: DOMMatrix, dash: number[], clip: string | null}[]} */
  #stack = []
  #path = ""
  /** @type {string[]} */
  #body = []
  /** @type {(() => string)[]} */
  #definitions = []
  /** @type {string | null} */
  #clip = null
  #measure = contextOf(document.createElement("canvas"))

  /** @param {number} width @param {number} height @param {string} title what the picture shows */
  constructor(width, height, title) {
    this.head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`
  }

  /** The picture so far. */
  text() {
    return `${this.head}<defs><style>${fontFaces()}</style>${this.#definitions.map((write) => write()).join("")}</defs>${this.#body.join("\n")}</svg>\n`
  }

  save() {
    this.#stack.push({
      state: Object.fromEntries(STATE.map((name) => [name, this[name]])),
      matrix: DOMMatrix.fromMatrix(this.#matrix),
      dash: [...this.#dash],
      clip: this.#clip,
    })
  }
  restore() {
    const saved = this.#stack.pop()
    if (!saved) return
    Object.assign(this, saved.state)
    this.#matrix = saved.matrix
    this.#dash = saved.dash
    this.#clip = saved.clip
  }
  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#matrix.translateSelf(x, y)
  }
  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.#matrix.scaleSelf(x, y)
  }
  /** @param {number} angle */
  rotate(angle) {
    this.#matrix.rotateSelf((angle * 180) / Math.PI)
  }
  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#dash = dash
  }

  beginPath() {
    this.#path = ""
  }
  closePath() {
    this.#path += "Z"
  }
  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`
  }
  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `${this.#path ? "L" : "M"}${short(x)} ${short(y)}`
  }
  /** @param {number} a @param {number} b @param {number} x @param {number} y */
  quadraticCurveTo(a, b, x, y) {
    this.#path += `Q${[a, b, x, y].map(short).join(" ")}`
  }
  /** @param {[number, number, number, number, number, number]} points */
  bezierCurveTo(...points) {
    this.#path += `C${points.map(short).join(" ")}`
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number | number[]} [radii] */
  roundRect(x, y, width, height, radii = 0) {
    const r = Math.min(Array.isArray(radii) ? radii[0] : radii, width / 2, height / 2)
    const corner = (/** @type {number} */ dx, /** @type {number} */ dy) =>
      `a${short(r)} ${short(r)} 0 0 1 ${short(dx * r)} ${short(dy * r)}`
    this.#path += `M${short(x + r)} ${short(y)}h${short(width - 2 * r)}${corner(1, 1)}v${short(height - 2 * r)}${corner(-1, 1)}h${short(2 * r - width)}${corner(-1, -1)}v${short(2 * r - height)}${corner(1, -1)}Z`
  }
  /** @param {number} x @param {number} y @param {number} r @param {number} from @param {number} to */
  arc(x, y, r, from, to, counter = false) {
    this.ellipse(x, y, r, r, 0, from, to, counter)
  }
  /** @param {number} x @param {number} y @param {number} rx @param {number} ry @param {number} _tilt @param {number} from @param {number} to */
  ellipse(x, y, rx, ry, _tilt, from, to, counter = false) {
    const at = (/** @type {number} */ angle) => `${short(x + rx * Math.cos(angle))} ${short(y + ry * Math.sin(angle))}`
    const sweep = counter ? 0 : 1
    const whole = Math.abs(to - from) >= 2 * Math.PI - 1e-6
    const end = whole ? from + Math.PI : to
    const large = !whole && ((counter ? from - to : to - from) + 4 * Math.PI) % (2 * Math.PI) > Math.PI ? 1 : 0
    this.#path += `${this.#path && !whole ? "L" : "M"}${at(from)}A${short(rx)} ${short(ry)} 0 ${large} ${sweep} ${at(end)}`
    if (whole) this.#path += `A${short(rx)} ${short(ry)} 0 0 ${sweep} ${at(from)}`
  }

  fill() {
    this.#put("path", `d="${this.#path}" fill="${escaped(this.#paint(this.fillStyle))}"`)
  }
  stroke() {
    this.#put("path", `d="${this.#path}" fill="none" ${this.#pen()}`)
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#put("rect", `${this.#box(x, y, width, height)} fill="${escaped(this.#paint(this.fillStyle))}"`)
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.#put("rect", `${this.#box(x, y, width, height)} fill="none" ${this.#pen()}`)
  }
  clearRect() {} // the ground shows through: a vector picture has nothing to wipe
  clip() {
    const id = `clip${this.#definitions.length}`
    const text = `<clipPath id="${id}"><path d="${this.#path}"${transform("transform", this.#matrix)}/></clipPath>`
    this.#definitions.push(() => text)
    this.#clip = id
  }

  /** @param {string} text */
  measureText(text) {
    this.#measure.font = this.font
    return this.#measure.measureText(text)
  }
  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    const baseline = BASELINES[this.textBaseline]
    this.#put(
      "text",
      `x="${short(x)}" y="${short(y)}" fill="${escaped(this.#paint(this.fillStyle))}" text-anchor="${ANCHORS[this.textAlign] ?? "start"}" style="font:${escaped(this.font)}"${baseline ? ` dominant-baseline="${baseline}"` : ""}`,
      escaped(String(text)),
    )
  }

  /** @param {HTMLCanvasElement} image @param {...number} numbers */
  drawImage(image, ...numbers) {
    const [x, y, width = image.width, height = image.height] = numbers.length > 4 ? numbers.slice(4) : numbers
    let picture = image
    if (numbers.length > 4) {
      picture = document.createElement("canvas")
      picture.width = numbers[2]
      picture.height = numbers[3]
      const [left, top, wide, high] = numbers
      contextOf(picture).drawImage(image, left, top, wide, high, 0, 0, wide, high)
    }
    this.#put(
      "image",
      `${this.#box(x, y, width, height)} preserveAspectRatio="none"${this.imageSmoothingEnabled ? "" : ' style="image-rendering:pixelated"'} href="${picture.toDataURL()}"`,
    )
  }
  /** @param {HTMLCanvasElement} tile */
  createPattern(tile) {
    const id = `pattern${this.#definitions.length}`
    const size = `width="${tile.width}" height="${tile.height}"`
    // A true pattern, since a renderer may paint with it on a canvas of its own, too.
    const pattern = /** @type {Pattern} */ (this.#measure.createPattern(tile, "repeat"))
    let matrix = new DOMMatrix()
    pattern.paint = `url(#${id})`
    pattern.setTransform = (to = new DOMMatrix()) => {
      matrix = DOMMatrix.fromMatrix(to)
      CanvasPattern.prototype.setTransform.call(pattern, to)
    }
    this.#definitions.push(
      () =>
        `<pattern id="${id}" ${size} patternUnits="userSpaceOnUse"${transform("patternTransform", matrix)}><image ${size} href="${tile.toDataURL()}"/></pattern>`,
    )
    return pattern
  }

  /** @param {string | CanvasGradient | CanvasPattern} style */
  #paint(style) {
    return typeof style === "string" ? style : /** @type {Pattern} */ (style).paint
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  #box(x, y, width, height) {
    const [left, top] = [Math.min(x, x + width), Math.min(y, y + height)]
    return `x="${short(left)}" y="${short(top)}" width="${short(Math.abs(width))}" height="${short(Math.abs(height))}"`
  }
  #pen() {
    const dash = this.#dash.length
      ? ` stroke-dasharray="${this.#dash.map(short).join(" ")}" stroke-dashoffset="${short(this.lineDashOffset)}"`
      : ""
    return `stroke="${escaped(this.#paint(this.strokeStyle))}" stroke-width="${short(this.lineWidth)}" stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"${dash}`
  }
  /** @param {string} tag @param {string} attributes @param {string} [content] */
  #put(tag, attributes, content) {
    const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : ""
    const element = `<${tag} ${attributes}${alpha}${transform("transform", this.#matrix)}${content === undefined ? "/>" : `>${content}</${tag}>`}`
    this.#body.push(this.#clip ? `<g clip-path="url(#${this.#clip})">${element}</g>` : element)
  }
}
