// @ts-nocheck
// A 2-D context that writes SVG instead of pixels: what the renderers use of one, no more.

import { translated } from "./language.js"

const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
const escaped = (text) => String(text).replace(/[&<>"]/g, (letter) => XML[letter])
const short = (value) => String(Number(value.toFixed(2)))
const ANCHORS = { left: "start", start: "start", center: "middle", right: "end", end: "end" }
const BASELINES = { middle: "central", top: "text-before-edge", bottom: "text-after-edge", hanging: "hanging" }
const transform = (attribute, { isIdentity, a, b, c, d, e, f }) =>
  isIdentity ? "" : ` ${attribute}="matrix(${[a, b, c, d, e, f].map((value) => Number(value.toFixed(5))).join(" ")})"`

// The fonts that the page carries inside itself, so that the picture is the same everywhere.
const fontFaces = () =>
  [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes("data:"))
    .map(({ cssText }) => cssText)
    .join("")

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

/** @see still.js */
export class SvgContext {
  fillStyle = "#000"
  strokeStyle = "#000"
  lineWidth = 1
  globalAlpha = 1
  font = "10px sans-serif"
  textAlign = "start"
  textBaseline = "alphabetic"
  lineCap = "butt"
  lineJoin = "miter"
  lineDashOffset = 0
  imageSmoothingEnabled = true
  #dash = []
  #matrix = new DOMMatrix()
  #stack = []
  #path = ""
  #body = []
  #definitions = []
  #clip = null
  #measure = document.createElement("canvas").getContext("2d")

  /** @param {number} width @param {number} height @param {string} title what the picture shows */
  constructor(width, height, title) {
    this.head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`
  }

  /** The picture so far. */
  text() {
    return `${this.head}<defs><style>${fontFaces()}</style>${this.#definitions.map((write) => write()).join("")}</defs>${this.#body.join("\n")}</svg>\n`
  }

  save() {
    this.#stack.push([
      Object.fromEntries(STATE.map((name) => [name, this[name]])),
      DOMMatrix.fromMatrix(this.#matrix),
      [...this.#dash],
      this.#clip,
    ])
  }
  restore() {
    if (!this.#stack.length) return
    const [state, matrix, dash, clip] = this.#stack.pop()
    Object.assign(this, state)
    this.#matrix = matrix
    this.#dash = dash
    this.#clip = clip
  }
  translate(x, y) {
    this.#matrix.translateSelf(x, y)
  }
  scale(x, y = x) {
    this.#matrix.scaleSelf(x, y)
  }
  rotate(angle) {
    this.#matrix.rotateSelf((angle * 180) / Math.PI)
  }
  setLineDash(dash) {
    this.#dash = dash
  }

  beginPath() {
    this.#path = ""
  }
  closePath() {
    this.#path += "Z"
  }
  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`
  }
  lineTo(x, y) {
    this.#path += `${this.#path ? "L" : "M"}${short(x)} ${short(y)}`
  }
  quadraticCurveTo(a, b, x, y) {
    this.#path += `Q${[a, b, x, y].map(short).join(" ")}`
  }
  bezierCurveTo(a, b, c, d, x, y) {
    this.#path += `C${[a, b, c, d, x, y].map(short).join(" ")}`
  }
  rect(x, y, width, height) {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`
  }
  roundRect(x, y, width, height, radii = 0) {
    const r = Math.min(Array.isArray(radii) ? radii[0] : radii, width / 2, height / 2)
    const corner = (dx, dy) => `a${short(r)} ${short(r)} 0 0 1 ${short(dx * r)} ${short(dy * r)}`
    this.#path += `M${short(x + r)} ${short(y)}h${short(width - 2 * r)}${corner(1, 1)}v${short(height - 2 * r)}${corner(-1, 1)}h${short(2 * r - width)}${corner(-1, -1)}v${short(2 * r - height)}${corner(1, -1)}Z`
  }
  arc(x, y, r, from, to, counter = false) {
    this.ellipse(x, y, r, r, 0, from, to, counter)
  }
  ellipse(x, y, rx, ry, tilt, from, to, counter = false) {
    const at = (angle) => `${short(x + rx * Math.cos(angle))} ${short(y + ry * Math.sin(angle))}`
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
  fillRect(x, y, width, height) {
    this.#put("rect", `${this.#box(x, y, width, height)} fill="${escaped(this.#paint(this.fillStyle))}"`)
  }
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

  measureText(text) {
    this.#measure.font = this.font
    return this.#measure.measureText(text)
  }
  fillText(text, x, y) {
    const baseline = BASELINES[this.textBaseline]
    this.#put(
      "text",
      `x="${short(x)}" y="${short(y)}" fill="${escaped(this.#paint(this.fillStyle))}" text-anchor="${ANCHORS[this.textAlign] ?? "start"}" style="font:${escaped(this.font)}"${baseline ? ` dominant-baseline="${baseline}"` : ""}`,
      escaped(translated(String(text))),
    )
  }

  drawImage(image, ...numbers) {
    const [x, y, width = image.width, height = image.height] = numbers.length > 4 ? numbers.slice(4) : numbers
    let picture = image
    if (numbers.length > 4) {
      picture = document.createElement("canvas")
      picture.width = numbers[2]
      picture.height = numbers[3]
      picture.getContext("2d").drawImage(image, ...numbers.slice(0, 4), 0, 0, numbers[2], numbers[3])
    }
    this.#put(
      "image",
      `${this.#box(x, y, width, height)} preserveAspectRatio="none"${this.imageSmoothingEnabled ? "" : ' style="image-rendering:pixelated"'} href="${picture.toDataURL()}"`,
    )
  }
  createPattern(tile) {
    const id = `pattern${this.#definitions.length}`
    const size = `width="${tile.width}" height="${tile.height}"`
    // A true pattern, since a renderer may paint with it on a canvas of its own, too.
    const pattern = this.#measure.createPattern(tile, "repeat")
    let matrix = new DOMMatrix()
    pattern.paint = `url(#${id})`
    pattern.setTransform = (to) => {
      matrix = to
      CanvasPattern.prototype.setTransform.call(pattern, to)
    }
    this.#definitions.push(
      () =>
        `<pattern id="${id}" ${size} patternUnits="userSpaceOnUse"${transform("patternTransform", matrix)}><image ${size} href="${tile.toDataURL()}"/></pattern>`,
    )
    return pattern
  }

  #paint(style) {
    return style?.paint ?? String(style)
  }
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
  #put(tag, attributes, content) {
    const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : ""
    const element = `<${tag} ${attributes}${alpha}${transform("transform", this.#matrix)}${content === undefined ? "/>" : `>${content}</${tag}>`}`
    this.#body.push(this.#clip ? `<g clip-path="url(#${this.#clip})">${element}</g>` : element)
  }
}
