// The card of a guess: a picture of 1200 × 630 pixels with the guess and the simulation, to be shared.

import { contextOf } from "../kit/canvas.js"
import { h } from "../kit/dom.js"
import { number, quantity, t } from "../kit/language.js"
import { scale, ticks } from "../kit/scale.js"

export const [WIDTH, HEIGHT] = [1200, 630]
const EDGE = 56
const PLOT = { left: 150, right: 930, top: 250, bottom: 512 }
const ROOM = 1.06 // times the highest value, the top of linear axes
const LINE = 26 // px, the least distance of names at the ends of lines
const BETWEEN = 64 // px, the same of numbers under the axis

/**
 * @import { Pen, Theme } from "../kit/types"
 * @typedef {object} Card
 * @property {string} said the guess and the simulation in a sentence
 * @property {string} about what is compared with what
 * @property {string} source where the simulation comes from, and its kind
 * @property {string} site
 * @property {"GPU" | "wafer"} unit
 * @property {boolean} log
 * @property {number[]} n
 * @property {number[]} guess
 * @property {number[]} found
 * @property {number[]} line
 */

/**
 * Write words on as many lines as they need; returns where the next line would stand.
 * @param {Pen} ctx
 * @param {string} text
 * @param {number} y
 * @param {number} leading
 */
function write(ctx, text, y, leading) {
  let line = ""
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word
    if (line && ctx.measureText(longer).width > WIDTH - 2 * EDGE) {
      ctx.fillText(line, EDGE, y)
      y += leading
      line = word
    } else line = longer
  }
  ctx.fillText(line, EDGE, y)
  return y + leading
}

/**
 * Draw the card.
 * @param {Pen} ctx
 * @param {Theme} theme
 * @param {Card} card
 */
export function drawCard(ctx, theme, { said, about, source, site, unit, log, n, guess, found, line }) {
  const most = Math.max(...line, ...guess, ...found)
  const least = Math.min(1, ...guess, ...found)
  const sx = log
    ? scale(n[0], n[n.length - 1], PLOT.left, PLOT.right, true)
    : scale(0, n[n.length - 1], PLOT.left, PLOT.right, false)
  const sy = scale(log ? least : 0, ROOM * most, PLOT.bottom, PLOT.top, log)
  const type = (/** @type {number} */ size, weight = 400) => {
    ctx.font = `${weight} ${size}px ${theme.font}`
  }
  ctx.fillStyle = theme.paper
  ctx.fillRect(0, 0, WIDTH, HEIGHT)
  ctx.textBaseline = "alphabetic"
  ctx.textAlign = "left"
  ctx.fillStyle = theme.ink
  type(26, 700)
  ctx.fillText("Waferscope", EDGE, 66)
  type(34, 700)
  const under = write(ctx, said, 124, 46)
  ctx.fillStyle = theme.ink2
  type(22)
  write(ctx, about, Math.max(under, 170), 28)

  type(18)
  for (const value of ticks(sy.low, sy.high)) {
    ctx.fillStyle = theme.line
    ctx.fillRect(PLOT.left, sy.at(value), PLOT.right - PLOT.left, 1)
    ctx.fillStyle = theme.ink2
    ctx.textAlign = "right"
    ctx.fillText(quantity(value, "×"), PLOT.left - 14, sy.at(value) + 6)
  }
  ctx.textAlign = "center"
  let free = Infinity
  for (const devices of [...n].reverse()) {
    if (sx.at(devices) + BETWEEN > free) continue
    free = sx.at(devices)
    ctx.fillText(number(devices), free, PLOT.bottom + 28)
  }
  ctx.textAlign = "left"
  ctx.fillText(t(unit === "wafer" ? "scaling_wafers" : "scaling_gpus"), PLOT.right + 54, PLOT.bottom + 28)

  const own = unit === "wafer" ? theme.wafer : theme.gpu
  /** @type {[heights: number[], paint: string, wide: number, dash: number[], name: string][]} */
  const curves = [
    [line, theme.linear, 3, [], t("scaling_linear")],
    [guess, theme.ink2, 4, [3, 9], t("scaling_guess")],
    [found, own, 5, [], t("scaling_card_found")],
  ]
  ctx.lineCap = "round"
  ctx.lineJoin = "round"
  for (const [heights, paint, wide, dash] of curves) {
    ctx.beginPath()
    heights.forEach((height, i) => ctx[i ? "lineTo" : "moveTo"](sx.at(n[i]), sy.at(height)))
    ctx.strokeStyle = paint
    ctx.lineWidth = wide
    ctx.setLineDash(dash)
    ctx.stroke()
  }
  ctx.setLineDash([])
  type(22, 650)
  let above = -Infinity
  const ends = curves.map(([heights, paint, , , name]) => ({ at: sy.at(heights[heights.length - 1]), paint, name }))
  for (const { at, paint, name } of ends.sort((one, other) => one.at - other.at)) {
    above = Math.max(at, above + LINE)
    ctx.fillStyle = paint
    ctx.fillText(name, PLOT.right + 16, above + 7)
  }
  ctx.fillStyle = theme.ink2
  type(17)
  write(ctx, source, 584, 22)
  ctx.textAlign = "right"
  type(20, 650)
  ctx.fillText(site, WIDTH - EDGE, 66)
}

/**
 * Save the card as a picture.
 * @param {Theme} theme
 * @param {Card} card
 */
export async function saveCard(theme, card) {
  const canvas = h("canvas", { width: WIDTH, height: HEIGHT })
  await document.fonts.ready
  drawCard(contextOf(canvas), theme, card)
  const blob = await new Promise((done) => canvas.toBlob(done))
  const href = URL.createObjectURL(/** @type {Blob} */ (blob))
  h("a", { href, download: "waferscope-guess.png" }).click()
  setTimeout(() => URL.revokeObjectURL(href), 1000)
}
