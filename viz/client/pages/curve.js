// A curve to draw: one figure over one parameter, on the axes that the page gives. The guess is drawn on the layer of the kit.

import { h, svg } from "../kit/dom.js"
import { createLayer } from "../kit/guess_layer.js"
import { number, parts, quantity, t } from "../kit/language.js"
import { scale } from "../kit/scale.js"

const TOP = 56,
  BOTTOM = 58,
  GAP = 10 // px around the frame, and beside what stands there
const LETTER = 0.64 // of the height of a letter, its width
const DOT = 6,
  KNOB = 16 // px, the radius of a run, and from the middle of a handle to what stands beside it

/**
 * @import { CurveQuestion } from "./types"
 * @import { Child } from "../kit/types"
 * @typedef {[text: string, value: number, kind: string]} EndLabel of a line, and the class of both
 */

/**
 * Names at the ends of lines, moved apart where they would touch.
 * @param {EndLabel[]} labels
 * @param {(value: number) => number} sy
 * @param {number} x
 * @param {number} size of a letter
 */
function drawEnds(labels, sy, x, size) {
  const placed = labels.map(([text, value, kind]) => ({ text, kind, at: sy(value) })).sort((a, b) => a.at - b.at)
  placed.forEach((label, i) => {
    if (i && label.at - placed[i - 1].at < size * 1.3) label.at = placed[i - 1].at + size * 1.3
  })
  return placed.map(({ text, kind, at }) => svg("text", { x, y: at + size / 3, class: kind }, text))
}

/**
 * The values of the x axis that have room for their names, the last one first.
 * @param {number[]} values
 * @param {(value: number) => number} sx
 * @param {number} letter its width
 */
function named(values, sx, letter) {
  let free = Infinity
  return [...values].reverse().filter((value) => {
    const half = (number(value).length * letter) / 2
    if (sx(value) + half + letter > free) return false
    free = sx(value) - half
    return true
  })
}

/**
 * What stands along the y axis: its name and its ticks. A unit that all ticks share is written once, with the name, unless that says it.
 * @param {CurveQuestion} question
 * @returns {{name: string, ticks: [value: number, text: string][]}}
 */
export function along({ y_label, unit, axes }) {
  const { ticks } = axes.y
  const units = new Set(ticks.filter(Boolean).map((value) => parts(value, unit)[1]))
  const [one] = units
  if (units.size > 1) return { name: y_label, ticks: ticks.map((value) => [value, quantity(value, unit)]) }
  const said = y_label.toLowerCase().includes(one.toLowerCase())
  return { name: said ? y_label : `${y_label} (${one})`, ticks: ticks.map((value) => [value, parts(value, unit)[0]]) }
}

/**
 * Draw a plot into an element, with a point to move for each x but the first.
 * @param {HTMLElement} el
 * @param {CurveQuestion} question
 * @param {() => void} [done] somebody ends the guess by keyboard
 */
export function createCurve(el, question, done = () => {}) {
  const { x, y, x_label, y_label, unit, line, axes, paint: role } = question
  const [across, up] = [axes.x, axes.y].map(({ low, high, log }) => scale(low, high, 0, 1, log))
  const says = (/** @type {number} */ value) => quantity(value, unit)
  const { name, ticks } = along(question)
  const ends = [...(line ? [t("scaling_linear")] : []), t("curve_you"), t("curve_truth")].map(({ length }) => length)
  let frame = { left: 0, right: 0, top: TOP, bottom: BOTTOM }
  /** @type {number[][]} */
  let others = []
  /** @type {number[][]} */
  let earlier = []
  let revealed = false,
    guessed = false
  let open = (/** @type {number} */ _) => {}

  const picture = svg("svg", { class: "curve", "aria-hidden": "true", style: { "--own": `var(--${role})` } })
  const layer = createLayer(
    () => ({
      points: x.map((value, i) => ({
        x: across.at(value),
        y: up.at(y[i]),
        open: t("watch_run", { x: value }),
        guess: t("curve_point", { label: y_label, x: value }),
      })),
      frame,
      axis: up,
      given: y[0],
      line,
      said: says,
    }),
    { open: (i) => open(i), done, changed: () => paint() },
  )
  layer.name(`${y_label}, ${x_label}`)

  function paint() {
    const { clientWidth: width, clientHeight: height } = layer.element
    if (!width) return
    const size = parseFloat(getComputedStyle(picture).fontSize),
      letter = size * LETTER
    const widest = Math.max(...ticks.map(([, text]) => text.length))
    frame = { left: widest * letter + GAP, right: Math.max(...ends) * letter + KNOB, top: TOP, bottom: BOTTOM }
    const sx = (/** @type {number} */ value) => frame.left + across.at(value) * (width - frame.left - frame.right)
    const sy = (/** @type {number} */ value) => height - BOTTOM - up.at(value) * (height - TOP - BOTTOM)
    const path = (/** @type {number[]} */ values, kind = "") =>
      svg("path", {
        class: kind,
        d: `M${values.map((value, i) => `${sx(x[i]).toFixed(1)} ${sy(value).toFixed(1)}`).join("L")}`,
      })
    const guess = layer.guess
    const own = revealed ? guessed : layer.drawing
    const last = x.length - 1
    const end = width - frame.right
    /** @type {EndLabel[]} */
    const labels = []
    if (line) labels.push([t("scaling_linear"), line[last], "linear"])
    if (own) labels.push([t("curve_you"), guess[last], "yours"])
    if (revealed) labels.push([t("curve_truth"), y[last], "truth"])
    /** @type {Child[]} */
    const drawn = [
      ...ticks.flatMap(([value, text]) => [
        svg("path", { class: "grid", d: `M${frame.left} ${sy(value)}H${end}` }),
        svg("text", { x: frame.left - GAP, y: sy(value) + size / 3, "text-anchor": "end" }, text),
      ]),
      ...x.map((value) => svg("path", { class: "grid", d: `M${sx(value)} ${height - BOTTOM}v5` })),
      ...named(axes.x.ticks, sx, letter).map((value) =>
        svg("text", { x: sx(value), y: height - BOTTOM + 22, "text-anchor": "middle" }, number(value)),
      ),
      svg(
        "text",
        {
          x: Math.max(end, Math.min(width, x_label.length * letter)),
          y: height - 8,
          "text-anchor": "end",
          class: "axis",
        },
        x_label,
      ),
      svg("text", { x: 0, y: 18, class: "axis" }, name),
      svg("rect", { class: "given", x: frame.left, y: 32, width: 12, height: 12 }),
      svg("text", { x: frame.left + 18, y: 43 }, t("curve_given")),
      line && path(line, "linear"),
      ...[earlier, others].map((curves, i) =>
        svg(
          "g",
          { class: i ? "cloud" : "cloud earlier", style: { "--n": String(curves.length) } },
          ...curves.map((values) => path(values)),
        ),
      ),
    ]
    if (revealed) {
      if (guessed)
        drawn.push(
          ...x.map((value, i) => svg("path", { class: "gap", d: `M${sx(value)} ${sy(guess[i])}V${sy(y[i])}` })),
        )
      drawn.push(
        path(y, "truth"),
        ...y.map((value, i) => svg("circle", { class: "run", r: DOT, cx: sx(x[i]), cy: sy(value) })),
      )
      if (guessed) drawn.push(path(guess, "yours"))
    }
    drawn.push(...drawEnds(labels, sy, end + KNOB, size))
    picture.replaceChildren(.../** @type {SVGElement[]} */ (drawn.filter(Boolean)))
  }

  el.replaceChildren(h("div", { class: "curve-place" }, picture, layer.element))
  layer.draw()
  new ResizeObserver(() => {
    paint()
    if (layer.drawing) layer.paint()
    else if (revealed) layer.offer()
  }).observe(layer.element)

  return {
    get guess() {
      return layer.guess
    },
    /** @param {number[]} values */
    set: (values) => layer.draw(values),
    /** Let the curve be drawn, or not. @param {boolean} on */
    lock: (on) => layer.fix(on),
    /**
     * Show the curves of others in place of one's own.
     * @param {number[][]} curves
     * @param {number[][]} [before] those of a first vote
     */
    cloud(curves, before = []) {
      others = curves
      earlier = before
      guessed = false
      if (!revealed) layer.clear()
      paint()
    },
    /**
     * Show the runs over the guess.
     * @param {(i: number) => void} onRun opens the run of a point
     * @param {boolean} wasGuessed whether a guess was made
     */
    reveal(onRun, wasGuessed) {
      open = onRun
      revealed = true
      guessed = wasGuessed
      layer.offer()
      paint()
    },
  }
}

/**
 * The numbers behind a revealed plot, as a table.
 * @param {CurveQuestion} question
 * @param {number[] | null | undefined} guess
 */
export function table({ x, y, x_label, y_label, unit }, guess) {
  const heads = [x_label, ...(guess ? [t("curve_you")] : []), t("curve_truth")]
  const columns = guess ? [guess, y] : [y]
  return h(
    "table",
    {},
    h("caption", {}, t("curve_table", { label: y_label })),
    h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head))),
    ...x.map((value, i) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, number(value)),
        ...columns.map((column) => h("td", {}, quantity(column[i], unit))),
      ),
    ),
  )
}
