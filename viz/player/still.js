// One picture of a run as a slide shows it: title, legend, picture, time, sentence. The player's renderer draws the picture.
// PNG, SVG, film and slide are made of it; it depends on (run, t, theme, scale) alone.

import { h } from "./dom.js"
import { readTheme } from "./page.js"
import { SvgContext } from "./svg.js"
import { spoken } from "./timeline.js"

const [WIDTH, HEIGHT] = [853, 480] // CSS pixels; at scale 1.5 a slide of 1280×720
const EDGE = 18
const STAGE = { x: EDGE, y: 50, width: WIDTH - 2 * EDGE, height: HEIGHT - 50 - 74 }
const SENTENCE = { y: HEIGHT - 40, size: 15, leading: 21 }

/**
 * Draw a picture on a canvas of its own.
 * @param {object} player
 * @param {number} t tick
 * @param {number} scale of 1280×720
 * @param {number} said tick whose sentence stands below: in a film sentences change less often than pictures
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function still(player, t, scale = 1, said = t) {
  const canvas = h("canvas", { width: Math.round(1280 * scale), height: Math.round(720 * scale) })
  const ctx = canvas.getContext("2d")
  const dpr = canvas.width / WIDTH
  await document.fonts.ready
  ctx.setTransform(dpr, 0, 0, canvas.height / HEIGHT, 0, 0)
  compose(ctx, player, t, said, (view, theme) => {
    // The renderer may clear what it draws on, so it gets a canvas of its own.
    const inner = h("canvas", { width: Math.round(STAGE.width * dpr), height: Math.round(STAGE.height * dpr) })
    const paper = inner.getContext("2d")
    paper.setTransform(dpr, 0, 0, dpr, 0, 0)
    player.renderer.draw(paper, t, { ...view, dpr, theme })
    ctx.drawImage(inner, STAGE.x, STAGE.y, STAGE.width, STAGE.height)
  })
  return canvas
}

/** The same picture as the text of an SVG. */
export function stillSvg(player, t) {
  const ctx = new SvgContext(WIDTH, HEIGHT, `${player.run.title} ${words(player, t).join(" ")}`)
  compose(ctx, player, t, t, (view, theme) => {
    ctx.save()
    ctx.translate(STAGE.x, STAGE.y)
    player.renderer.draw(ctx, t, { ...view, dpr: 2, theme })
    ctx.restore()
  })
  return ctx.text()
}

const words = (player, t) => {
  const mark = player.run.marks.find(({ t: at }) => at === t)
  return spoken(t, player.run.tick, mark ? mark.text : player.renderer.describe(t))
}

function compose(ctx, player, t, said, draw) {
  const { run, renderer, root, state } = player
  const theme = readTheme(root)
  ctx.fillStyle = theme.paper
  ctx.fillRect(0, 0, WIDTH, HEIGHT)
  ctx.textBaseline = "alphabetic"
  ctx.textAlign = "left"
  ctx.fillStyle = theme.ink
  ctx.font = `680 21px ${theme.font}`
  ctx.fillText(run.title, EDGE, 34)
  const room = WIDTH - 3 * EDGE - ctx.measureText(run.title).width
  legend(ctx, renderer.legend, root, theme, room)
  frame(ctx, STAGE, theme.card, theme.line)
  draw({ width: STAGE.width, height: STAGE.height, selected: state.selected, hover: null }, theme)
  const y = STAGE.y + STAGE.height + 8
  ctx.fillStyle = theme.line
  ctx.fillRect(EDGE, y, STAGE.width, 4)
  ctx.fillStyle = theme.accent
  ctx.fillRect(EDGE, y, (STAGE.width * t) / Math.max(1, run.duration), 4)
  ctx.fillStyle = theme.linear
  for (const mark of run.marks) ctx.fillRect(EDGE + (STAGE.width * mark.t) / Math.max(1, run.duration) - 1.25, y - 4, 2.5, 12)
  sentence(ctx, words(player, said), theme)
}

function frame(ctx, { x, y, width, height }, fill, line) {
  ctx.beginPath()
  ctx.roundRect(x - 0.5, y - 0.5, width + 1, height + 1, 10)
  ctx.fillStyle = fill
  ctx.fill()
  ctx.strokeStyle = line
  ctx.lineWidth = 1
  ctx.stroke()
}

// Bold time, then the sentence, on at most two lines.
function sentence(ctx, [time, text], theme) {
  let x = EDGE
  let { y } = SENTENCE
  const put = (word, font, fill) => {
    ctx.font = font
    ctx.fillStyle = fill
    const { width } = ctx.measureText(`${word} `)
    if (x + width > WIDTH - EDGE && x > EDGE) {
      x = EDGE
      y += SENTENCE.leading
    }
    ctx.fillText(word, x, y)
    x += width
  }
  put(time, `650 ${SENTENCE.size}px ${theme.font}`, theme.ink)
  for (const word of text.split(" ")) put(word, `400 ${SENTENCE.size}px ${theme.font}`, theme.ink2)
}

// At the right of the title, as many entries as there is room for.
function legend(ctx, items, root, theme, room) {
  const style = getComputedStyle(root)
  ctx.font = `400 13px ${theme.font}`
  const widths = items.map(({ label }) => 18 + ctx.measureText(label).width + 14)
  let first = items.length
  for (let left = room; first > 0 && left >= widths[first - 1]; first--) left -= widths[first - 1]
  if (first > 0) return legendBelow(ctx, items, style, theme)
  let x = WIDTH - EDGE + 14 - widths.reduce((a, b) => a + b, 0)
  items.forEach((item, k) => {
    entry(ctx, item, x, 34, style, theme)
    x += widths[k]
  })
}

// Without that room the legend stands in the last line, right of a short sentence.
function legendBelow(ctx, items, style, theme) {
  const widths = items.map(({ label }) => 18 + ctx.measureText(label).width + 14)
  let x = WIDTH - EDGE + 14 - widths.reduce((a, b) => a + b, 0)
  items.forEach((item, k) => {
    entry(ctx, item, x, HEIGHT - 12, style, theme)
    x += widths[k]
  })
}

// The shapes of player.css (.ws-key), 12×12.
function entry(ctx, { label, paint, shape }, x, base, style, theme) {
  const colour = style.getPropertyValue(paint).trim()
  const y = base - 11
  ctx.save()
  ctx.fillStyle = ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.beginPath()
  if (shape === "circle") ctx.arc(x + 6, y + 6, 6, 0, 2 * Math.PI)
  else if (shape === "ring") ctx.arc(x + 6, y + 6, 4.5, 0, 2 * Math.PI)
  else if (shape === "line") ctx.rect(x, y + 4.5, 12, 3)
  else if (shape === "diamond" || shape === "triangle") {
    const corners = shape === "diamond" ? [[6, -1], [13, 6], [6, 13], [-1, 6]] : [[6, 0], [12, 11.4], [0, 11.4]]
    corners.forEach(([dx, dy], k) => (k ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)))
    ctx.closePath()
  } else ctx.roundRect(x, y, 12, 12, 3)
  if (shape === "soft" || shape === "hatch") ctx.globalAlpha = 0.16
  if (shape === "ring") {
    ctx.lineWidth = 3
    ctx.stroke()
  } else ctx.fill()
  ctx.globalAlpha = 1
  if (shape === "idle") ctx.strokeStyle = theme.peEdge
  if (["soft", "hatch", "idle"].includes(shape)) ctx.stroke()
  if (shape === "hatch") {
    ctx.lineWidth = 1
    ctx.beginPath()
    for (const d of [4, 8, 12]) {
      ctx.moveTo(x + Math.max(0, d - 12) + 0.5, y + Math.min(d, 12) - 0.5)
      ctx.lineTo(x + d - 0.5, y + 0.5)
    }
    ctx.stroke()
  }
  ctx.fillStyle = theme.ink2
  ctx.fillText(label, x + 18, base)
  ctx.restore()
}
