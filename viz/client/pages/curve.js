// A curve to draw: one figure over one parameter, on logarithmic axes where the values span more than a decade.

import { h, svg } from "../kit/dom.js"
import { hearStrokes, stroke } from "../kit/guess.js"
import { number, quantity, t } from "../kit/language.js"
import { FIGURE, rounded } from "../kit/quantities.js"
import { scale, ticks } from "../kit/scale.js"

const RIGHT = 96,
  TOP = 44,
  BOTTOM = 62,
  LEFT = 124 // room around the plot

/**
 * @import { CurveQuestion } from "./types"
 * @typedef {ReturnType<typeof scale>} Axis
 * @typedef {[text: string, value: number, kind: string]} EndLabel of a line, and the class of both
 */

/**
 * The range of the y axis: wide enough not to give the answer away.
 * @param {number[]} truth
 */
export function range(truth) {
  return [10 ** Math.floor(Math.log10(Math.min(...truth) / 3)), 10 ** Math.ceil(Math.log10(Math.max(...truth) * 3))]
}

/**
 * The grid, with what its lines are called.
 * @param {CurveQuestion} question
 * @param {Axis} sx
 * @param {Axis} sy
 * @param {number} width
 * @param {number} height
 */
function drawGrid({ x, x_label, y_label, unit }, sx, sy, width, height) {
  const lines = ticks(sy.low, sy.high).flatMap((value) => [
    svg("path", { d: `M${LEFT} ${sy.at(value)}H${width - RIGHT}` }),
    svg("text", { x: LEFT - 10, y: sy.at(value) + 5, "text-anchor": "end" }, quantity(value, unit)),
  ])
  const under = { y: height - BOTTOM + 24, "text-anchor": "middle" }
  return svg(
    "g",
    { class: "grid" },
    ...lines,
    ...x.map((value) => svg("text", { x: sx.at(value), ...under }, number(value))),
    svg("text", { x: (LEFT + width - RIGHT) / 2, y: height - 10, "text-anchor": "middle", class: "axis" }, x_label),
    svg("text", { x: LEFT - 100, y: TOP - 24, class: "axis" }, y_label),
  )
}

/**
 * Labels at the end of their lines, moved apart where they would touch.
 * @param {EndLabel[]} labels
 * @param {Axis} sy
 * @param {number} x
 */
function drawEnds(labels, sy, x) {
  const placed = labels.map(([text, value, kind]) => ({ text, kind, at: sy.at(value) })).sort((a, b) => a.at - b.at)
  placed.forEach((label, i) => {
    if (i && label.at - placed[i - 1].at < 20) label.at = placed[i - 1].at + 20
  })
  return placed.map(({ text, kind, at }) => svg("text", { x, y: at + 5, class: kind }, text))
}

/**
 * A button on the curve of the runs.
 * @param {number} cx
 * @param {number} cy
 * @param {string} label
 * @param {() => void} open
 */
function drawRun(cx, cy, label, open) {
  const props = { class: "run", r: 9, cx, cy, tabindex: 0, role: "button", "aria-label": label }
  const mark = svg("circle", props, svg("title", {}, label))
  mark.addEventListener("click", open)
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    event.stopPropagation()
    open()
  })
  return mark
}

/**
 * Draw a plot into an element, with a point to move for each x but the first.
 * @param {HTMLElement} el
 * @param {CurveQuestion} question
 */
export function createCurve(el, question) {
  const { x, y, x_label, y_label, unit } = question
  const [width, height] = el.clientWidth < 560 ? [460, 380] : [760, 470] // labels keep their size on a phone
  const [low, high] = range(y)
  const sx = scale(x[0], x[x.length - 1], LEFT, width - RIGHT)
  const sy = scale(low, high, height - BOTTOM, TOP)
  let guess = x.map(() => y[0])
  let locked = false

  const cloud = svg("g", { class: "cloud" })
  const yours = svg("path", { class: "yours" })
  const truth = svg("path", { class: "truth" })
  const gaps = svg("path", { class: "gaps" })
  const marks = svg("g", {})
  const words = svg("g", { class: "words" })
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "curve", role: "group", "aria-label": `${y_label}, ${x_label}` },
    drawGrid(question, sx, sy, width, height),
    cloud,
    gaps,
    truth,
    yours,
    marks,
    words,
  )

  const points = x.map((value, i) => {
    if (i === 0) return svg("rect", { class: "given", width: 14, height: 14 })
    return svg("circle", {
      class: "point",
      r: 10,
      tabindex: 0,
      role: "slider",
      "aria-orientation": "vertical",
      "aria-label": t("curve_point", { label: y_label, x: value }),
      "aria-valuemin": low,
      "aria-valuemax": high,
      onkeydown: (event) => key(event, i),
    })
  })
  marks.append(...points)

  /** @type {(event: KeyboardEvent, i: number) => void} */
  function key(event, i) {
    const step = event.shiftKey ? 1.5 : 1.06
    /** @type {Record<string, number>} */
    const heights = { ArrowUp: guess[i] * step, ArrowDown: guess[i] / step, Home: low, End: high }
    const to = heights[event.key]
    const next = { ArrowLeft: i - 1, ArrowRight: i + 1 }[event.key]
    if (next !== undefined && next > 0 && next < x.length) points[next].focus()
    else if (to && !locked) put(i, to)
    else if (next === undefined) return
    event.preventDefault()
  }

  /** @type {(i: number, value: number) => void} */
  function put(i, value) {
    guess[i] = Math.min(high, Math.max(low, value))
    paint()
  }

  const line = (/** @type {number[]} */ values) =>
    `M${values.map((value, i) => `${sx.at(x[i]).toFixed(1)} ${sy.at(value).toFixed(1)}`).join("L")}`

  function paint() {
    yours.setAttribute("d", line(guess))
    points.forEach((point, i) => {
      const [px, py] = [sx.at(x[i]), sy.at(guess[i])]
      const [left, top] = i === 0 ? ["x", "y"] : ["cx", "cy"]
      const half = i === 0 ? 7 : 0
      point.setAttribute(left, String(px - half))
      point.setAttribute(top, String(py - half))
      if (i === 0) return
      point.setAttribute("aria-valuenow", String(rounded(guess[i], FIGURE)))
      point.setAttribute("aria-valuetext", quantity(guess[i], unit))
    })
    if (!locked) name([[t("curve_you"), guess[guess.length - 1], "yours"]])
  }

  /** @param {EndLabel[]} labels */
  function name(labels) {
    words.replaceChildren(
      svg("text", { x: sx.at(x[0]) + 12, y: sy.at(guess[0]) - 12 }, t("curve_given")),
      ...drawEnds(labels, sy, width - RIGHT + 16),
    )
  }

  const xs = x.map(sx.at)
  hearStrokes(picture, {
    open: () => !locked,
    place(event) {
      const box = picture.getBoundingClientRect()
      const ratio = Math.max(width / box.width, height / box.height)
      return {
        x: (event.clientX - box.left - (box.width - width / ratio) / 2) * ratio,
        y: (event.clientY - box.top - (box.height - height / ratio) / 2) * ratio,
      }
    },
    drag(from, to) {
      const heights = guess.map(sy.at)
      stroke(heights, xs, from, to).forEach((at, i) => at !== heights[i] && put(i, sy.value(at)))
    },
  })

  el.replaceChildren(picture)
  paint()

  return {
    get guess() {
      return [...guess]
    },
    /** @param {number[]} values */
    set(values) {
      guess = [...values]
      paint()
    },
    /** Let the curve be drawn, or not. @param {boolean} on */
    lock(on) {
      locked = on
      picture.classList.toggle("fixed", on)
    },
    /** Show the curves of others in place of one's own. @param {number[][]} curves */
    cloud(curves) {
      locked = true
      yours.style.display = "none"
      if (!picture.classList.contains("revealed")) {
        marks.style.display = "none"
        words.replaceChildren()
      }
      cloud.style.setProperty("--n", String(curves.length))
      cloud.replaceChildren(...curves.map((values) => svg("path", { d: line(values) })))
    },
    /**
     * Show the runs over the guess.
     * @param {(i: number) => void} onRun opens the run of a point
     * @param {boolean} guessed whether a guess was made
     */
    reveal(onRun, guessed) {
      locked = true
      picture.classList.add("revealed")
      truth.setAttribute("d", line(y))
      if (guessed)
        gaps.setAttribute("d", x.map((value, i) => `M${sx.at(value)} ${sy.at(guess[i])}V${sy.at(y[i])}`).join(""))
      yours.style.display = guessed ? "" : "none"
      marks.style.display = ""
      marks.replaceChildren(
        ...y.map((value, i) => drawRun(sx.at(x[i]), sy.at(value), t("watch_run", { x: x[i] }), () => onRun(i))),
      )
      /** @type {EndLabel} */
      const own = [t("curve_you"), guess[guess.length - 1], "yours"]
      name([...(guessed ? [own] : []), [t("curve_truth"), y[y.length - 1], "truth"]])
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
