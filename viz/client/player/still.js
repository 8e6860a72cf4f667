// One picture of a run as a slide shows it: title, legend, picture, time, sentence. The player's renderer draws the picture.
// PNG, SVG, film and slide are made of it; it depends on (run, t, theme, scale) alone.

import { contextOf } from "../kit/canvas.js"
import { h } from "../kit/dom.js"
import { readTheme } from "../kit/theme.js"
import { SvgContext } from "../kit/svg.js"
import { spoken } from "./timeline.js"

const [WIDTH, HEIGHT] = [853, 480] // CSS pixels; at scale 1.5 a slide of 1280×720
const EDGE = 18
const TITLE = 34 // base line
const [KEY, GAP, ROW] = [18, 14, 24] // of the legend
const BELOW = 74 // time bar and sentence
const SENTENCE = { y: HEIGHT - 40, size: 15, leading: 21 }

/**
 * @import { Box, Key, Pen, Player, Renderer, Run, Theme, View } from "../kit/types"
 * @typedef {Pick<Player, "root" | "state"> & {run: Run, renderer: Renderer}} Ready a player that shows a run
 * @typedef {Omit<View, "dpr">} Still the view of a renderer, but for the pixels
 */

/**
 * Draw a picture on a canvas of its own.
 * @param {Ready} player
 * @param {number} t tick
 * @param {number} [scale] of 1280×720
 * @param {number} [said] tick whose sentence stands below: in a film sentences change less often than pictures
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function still(player, t, scale = 1, said = t) {
  const canvas = h("canvas", { width: Math.round(1280 * scale), height: Math.round(720 * scale) })
  const ctx = contextOf(canvas)
  const dpr = canvas.width / WIDTH
  await document.fonts.ready
  ctx.setTransform(dpr, 0, 0, canvas.height / HEIGHT, 0, 0)
  compose(ctx, player, t, said, ({ x, y, width, height }, view) => {
    // The renderer may clear what it draws on, so it gets a canvas of its own.
    const inner = h("canvas", { width: Math.round(width * dpr), height: Math.round(height * dpr) })
    const paper = contextOf(inner)
    paper.setTransform(dpr, 0, 0, dpr, 0, 0)
    player.renderer.draw(paper, t, { ...view, dpr })
    ctx.drawImage(inner, x, y, width, height)
  })
  return canvas
}

/** The same picture as the text of an SVG. @param {Ready} player @param {number} t */
export function stillSvg(player, t) {
  const ctx = new SvgContext(WIDTH, HEIGHT, [player.run.title, ...words(player, t)].join(" "))
  compose(ctx, player, t, t, ({ x, y }, view) => {
    ctx.save()
    ctx.translate(x, y)
    player.renderer.draw(ctx, t, { ...view, dpr: 4 })
    ctx.restore()
  })
  return ctx.text()
}

/** @param {Ready} player @param {number} t */
const words = (player, t) => {
  const mark = player.run.marks.find(({ t: at }) => at === t)
  return spoken(t, player.run.tick, mark ? mark.text : player.renderer.describe(t))
}

/**
 * @param {Pen} ctx
 * @param {Ready} player
 * @param {number} t
 * @param {number} said
 * @param {(box: Box, view: Still) => void} draw
 */
function compose(ctx, player, t, said, draw) {
  const { run, renderer, root, state } = player
  const theme = readTheme(root)
  ctx.fillStyle = theme.paper
  ctx.fillRect(0, 0, WIDTH, HEIGHT)
  ctx.textBaseline = "alphabetic"
  ctx.textAlign = "left"
  ctx.fillStyle = theme.ink
  ctx.font = `680 21px ${theme.font}`
  const { width } = ctx.measureText(run.title)
  const squeezed = Math.min(1, (WIDTH - 2 * EDGE) / width)
  ctx.font = `680 ${21 * squeezed}px ${theme.font}`
  ctx.fillText(run.title, EDGE, TITLE)
  const base = legend(ctx, renderer.legend, root, theme, TITLE, WIDTH - 3 * EDGE - width)
  const box = { x: EDGE, y: base + 16, width: WIDTH - 2 * EDGE, height: HEIGHT - base - 16 - BELOW }
  frame(ctx, box, theme)
  draw(box, { width: box.width, height: box.height, selected: state.selected, hover: null, theme })
  timeBar(ctx, { ...box, y: HEIGHT - BELOW + 8 }, run, t, theme)
  sentence(ctx, words(player, said), theme)
}

/**
 * @param {Pen} ctx
 * @param {Box} box
 * @param {Run} run
 * @param {number} t
 * @param {Theme} theme
 */
function timeBar(ctx, { x, y, width }, { duration, marks }, t, theme) {
  const at = (/** @type {number} */ time) => (width * time) / Math.max(1, duration)
  ctx.fillStyle = theme.line
  ctx.fillRect(x, y, width, 4)
  ctx.fillStyle = theme.accent
  ctx.fillRect(x, y, at(t), 4)
  ctx.fillStyle = theme.linear
  for (const mark of marks) ctx.fillRect(x + at(mark.t) - 1.25, y - 4, 2.5, 12)
}

/** @param {Pen} ctx @param {Box} box @param {Theme} theme */
function frame(ctx, { x, y, width, height }, theme) {
  ctx.beginPath()
  ctx.roundRect(x - 0.5, y - 0.5, width + 1, height + 1, 10)
  ctx.fillStyle = theme.card
  ctx.fill()
  ctx.strokeStyle = theme.line
  ctx.lineWidth = 1
  ctx.stroke()
}

// Bold time, then the sentence, on as many lines as it needs.
/** @param {Pen} ctx @param {[when: string, text: string]} said @param {Theme} theme */
function sentence(ctx, [time, text], theme) {
  const regular = `400 ${SENTENCE.size}px ${theme.font}`
  ctx.font = `650 ${SENTENCE.size}px ${theme.font}`
  ctx.fillStyle = theme.ink
  ctx.fillText(time, EDGE, SENTENCE.y)
  let x = EDGE + ctx.measureText(`${time} `).width
  let { y } = SENTENCE
  let line = ""
  ctx.font = regular
  ctx.fillStyle = theme.ink2
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word
    if (line && x + ctx.measureText(longer).width > WIDTH - EDGE) {
      ctx.fillText(line, x, y)
      x = EDGE
      y += SENTENCE.leading
      line = word
    } else line = longer
  }
  ctx.fillText(line, x, y)
}

/**
 * Right of the title where there is room, else below it.
 * @param {Pen} ctx
 * @param {Key[]} items
 * @param {HTMLElement} root
 * @param {Theme} theme
 * @param {number} top
 * @param {number} room
 */
function legend(ctx, items, root, theme, top, room) {
  const style = getComputedStyle(root)
  ctx.font = `400 13px ${theme.font}`
  const widths = items.map(({ label }) => KEY + ctx.measureText(label).width + GAP)
  const width = widths.reduce((sum, each) => sum + each, -GAP)
  let base = width <= room ? top : top + ROW
  let x = Math.max(EDGE, WIDTH - EDGE - width)
  items.forEach((item, k) => {
    if (x + widths[k] - GAP > WIDTH - EDGE + 1) {
      x = EDGE
      base += ROW
    }
    entry(ctx, item, x, base, style, theme)
    x += widths[k]
  })
  return base
}

/** Those of the shapes that are drawn with lines. @type {Record<string, (ctx: Pen, x: number, y: number) => void>} */
const SIGNS = {
  cross: (ctx, x, y) =>
    [
      [0, 12],
      [12, 0],
    ].forEach(([from, to]) => {
      ctx.moveTo(x, y + from)
      ctx.lineTo(x + 12, y + to)
    }),
  crossed: (ctx, x, y) => {
    SIGNS.cross(ctx, x, y)
    ctx.rect(x, y, 12, 12)
  },
  dashed: (ctx, x, y) => {
    ctx.setLineDash([3, 2])
    ctx.rect(x, y, 12, 12)
  },
  dotted: (ctx, x, y) => {
    ctx.setLineDash([2, 2])
    ctx.moveTo(x, y + 9)
    ctx.quadraticCurveTo(x + 6, y - 3, x + 12, y + 9)
  },
}

/**
 * The shapes of player.css (.ws-key), 12×12.
 * @param {Pen} ctx
 * @param {Key} key
 * @param {number} x
 * @param {number} base
 * @param {CSSStyleDeclaration} style
 * @param {Theme} theme
 */
function entry(ctx, { label, paint, shape }, x, base, style, theme) {
  const colour = style.getPropertyValue(paint).trim()
  const y = base - 11
  ctx.save()
  ctx.fillStyle = ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.beginPath()
  if (shape === "circle" || shape === "halo") ctx.arc(x + 6, y + 6, 6, 0, 2 * Math.PI)
  else if (shape === "ring") ctx.arc(x + 6, y + 6, 4.5, 0, 2 * Math.PI)
  else if (shape === "line") ctx.rect(x, y + 4.5, 12, 3)
  else if (shape === "plus") {
    ctx.rect(x, y + 4, 12, 4)
    ctx.rect(x + 4, y, 4, 12)
  } else if (SIGNS[shape]) SIGNS[shape](ctx, x, y)
  else if (shape === "diamond" || shape === "triangle") {
    const corners =
      shape === "diamond"
        ? [
            [6, -1],
            [13, 6],
            [6, 13],
            [-1, 6],
          ]
        : [
            [6, 0],
            [12, 11.4],
            [0, 11.4],
          ]
    corners.forEach(([dx, dy], k) => (k ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)))
    ctx.closePath()
  } else ctx.roundRect(x, y, 12, 12, 3)
  if (["soft", "hatch", "glow", "halo"].includes(shape))
    ctx.globalAlpha = shape === "glow" || shape === "halo" ? 0.4 : 0.16
  if (shape === "ring") ctx.lineWidth = 3
  if (shape === "ring" || SIGNS[shape]) ctx.stroke()
  else ctx.fill()
  ctx.globalAlpha = 1
  if (shape === "idle") ctx.strokeStyle = theme.peEdge
  if (["soft", "hatch", "idle"].includes(shape)) ctx.stroke()
  if (shape === "glow" || shape === "halo") {
    ctx.beginPath()
    if (shape === "glow") ctx.rect(x + 7, y, 5, 12)
    else ctx.arc(x + 6, y + 6, 2, 0, 2 * Math.PI)
    ctx.fill()
  }
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
