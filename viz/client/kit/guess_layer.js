// A layer over the frame of a chart: a button at each point of its curve, or while a guess is drawn, a handle that pointer and keys move.

import { h, svg } from "./dom.js"
import { stroke } from "./guess.js"
import { FIGURE, rounded } from "./quantities.js"

const FINE = 0.02,
  COARSE = 0.1 // of the height of the frame, a step of the guess
const REACH = 24 // px, how near a stroke must end to a point that it sets

/**
 * @import { Place } from "./guess.js"
 * @typedef {object} Charted what is under the layer
 * @property {{x: number, y: number, open: string, guess: string}[]} points as shares of the frame; what their buttons and handles are called
 * @property {import("./types").Frame} frame room around it [px]
 * @property {ReturnType<typeof import("./scale.js").scale>} axis from a value to a share of the height
 * @property {number} given the value of the first point
 * @property {number[] | null} line where End puts a point; null: to the top
 * @property {(value: number) => string} said
 *
 * @typedef {object} Hands what somebody does
 * @property {(i: number) => void} open the run of a point
 * @property {() => void} done with the guess
 * @property {() => void} [leave] it
 * @property {() => void} [changed] it
 */

const clip = (/** @type {number} */ share) => Math.min(1, Math.max(0, share))

/**
 * Tell of the strokes of the pointer over an element.
 * @param {HTMLElement} element
 * @param {object} options
 * @param {() => boolean} options.open whether a stroke may begin
 * @param {(event: PointerEvent) => Place} options.place where the pointer is
 * @param {(from: Place, to: Place) => void} options.drag hears each piece of a stroke; the first has no length
 */
function hearStrokes(element, { open, place, drag }) {
  /** @type {Place | null} */
  let from = null
  const go = (/** @type {PointerEvent} */ event) => {
    const to = place(event)
    drag(from ?? to, to)
    from = to
  }
  element.addEventListener("pointerdown", (event) => {
    if (!open() || event.button) return
    element.setPointerCapture(event.pointerId)
    from = null
    go(event)
  })
  element.addEventListener("pointermove", (event) => from && go(event))
  for (const name of ["pointerup", "pointercancel"])
    element.addEventListener(name, () => {
      from = null
    })
}

/**
 * @param {() => Charted} charted
 * @param {Hands} hands
 */
export function createLayer(charted, { open, done, leave, changed }) {
  const parts = h("div", { role: "group" })
  const layer = h("div", { class: "curve-layer" }, parts)
  const path = svg("polyline", { class: "guess" })
  const picture = svg("svg", { "aria-hidden": "true" }, path)
  /** @type {number[]} */
  let guess = []
  /** @type {HTMLElement[]} */
  let handles = []
  const free = () => layer.classList.contains("drawing") && !layer.classList.contains("fixed")

  const shares = () => {
    const { axis } = charted()
    return guess.map((value) => clip(axis.at(value)))
  }
  /** @type {(element: HTMLElement, x: number, y: number) => void} */
  const place = (element, x, y) => {
    const { left, right, top, bottom } = charted().frame
    element.style.left = `calc(${left}px + (100% - ${left + right}px) * ${x})`
    element.style.top = `calc(${top}px + (100% - ${top + bottom}px) * ${1 - y})`
  }
  const paint = () => {
    const { frame, points, said } = charted()
    const width = layer.clientWidth - frame.left - frame.right,
      height = layer.clientHeight - frame.top - frame.bottom
    const heights = shares()
    const corners = heights.map((y, i) => `${frame.left + points[i].x * width},${frame.top + (1 - y) * height}`)
    path.setAttribute("points", corners.join(" "))
    handles.forEach((handle, i) => {
      place(handle, points[i].x, heights[i])
      if (i === 0) return
      handle.setAttribute("aria-valuenow", String(rounded(guess[i], FIGURE)))
      handle.setAttribute("aria-valuetext", said(guess[i]))
    })
    changed?.()
  }
  /** @type {(i: number, share: number) => void} */
  const move = (i, share) => {
    guess[i] = charted().axis.value(clip(share))
    paint()
  }
  /** @type {(event: KeyboardEvent, i: number) => void} */
  const key = (event, i) => {
    const { axis, given, line } = charted()
    const step = event.shiftKey ? COARSE : FINE
    /** @type {Record<string, number>} */
    const steps = { ArrowUp: step, ArrowDown: -step, PageUp: COARSE, PageDown: -COARSE }
    /** @type {Record<string, number>} */
    const ends = { Home: given, End: line ? line[i] : axis.high }
    if (event.key === "ArrowRight") handles[Math.min(i + 1, handles.length - 1)].focus()
    else if (event.key === "ArrowLeft") handles[Math.max(i - 1, 1)].focus()
    else if (event.key === "Escape" && leave) leave()
    else if (!free()) return
    else if (event.key in steps) move(i, shares()[i] + steps[event.key])
    else if (event.key in ends) move(i, axis.at(ends[event.key]))
    else if (event.key === "Enter") done()
    else return
    event.preventDefault()
  }
  hearStrokes(layer, {
    open: free,
    place(event) {
      const { left, right, top, bottom } = charted().frame,
        box = layer.getBoundingClientRect()
      return {
        x: (event.clientX - box.left - left) / (box.width - left - right),
        y: clip(1 - (event.clientY - box.top - top) / (box.height - top - bottom)),
      }
    },
    drag(from, to) {
      const { points, axis, frame } = charted()
      const [before, xs] = [shares(), points.map(({ x }) => x)]
      const reach = REACH / (layer.clientWidth - frame.left - frame.right)
      stroke(before, xs, from, to, reach).forEach((share, i) => {
        if (share !== before[i]) guess[i] = axis.value(share)
      })
      paint()
    },
  })

  /** @type {(name: string, i: number) => HTMLElement} */
  const handle = (name, i) => {
    if (i === 0) return h("i", { class: "knob given" })
    const { low, high } = charted().axis
    return h("div", {
      class: "knob",
      role: "slider",
      tabindex: 0,
      "aria-orientation": "vertical",
      "aria-label": name,
      "aria-valuemin": rounded(low, FIGURE),
      "aria-valuemax": rounded(high, FIGURE),
      onkeydown: (event) => key(event, i),
    })
  }

  return {
    element: layer,
    get guess() {
      return [...guess]
    },
    get drawing() {
      return layer.classList.contains("drawing")
    },
    /** What the points are together. @param {string} text */
    name: (text) => parts.setAttribute("aria-label", text),
    paint,
    /** Draw a guess: one that is there, or else all as high as the given point. @param {number[]} [values] */
    draw(values) {
      const { points, given } = charted()
      layer.classList.add("drawing")
      guess = values ? [...values] : points.map(() => given)
      handles = points.map((point, i) => handle(point.guess, i))
      parts.replaceChildren(picture, ...handles)
      paint()
    },
    /** Hold the guess as it is, or let it be changed. @param {boolean} on */
    fix: (on) => layer.classList.toggle("fixed", on),
    /** Offer the runs of the points. */
    offer() {
      layer.classList.remove("drawing")
      const focused = [...parts.children].findIndex((part) => part === document.activeElement)
      const buttons = charted().points.map(({ x, y, open: label }, i) => {
        const button = h("button", {
          type: "button",
          class: "point",
          title: label,
          "aria-label": label,
          onclick: () => open(i),
        })
        place(button, x, y)
        return button
      })
      parts.replaceChildren(...buttons)
      if (focused >= 0) buttons[focused]?.focus()
    },
    /** Show nothing. */
    clear() {
      layer.classList.remove("drawing")
      parts.replaceChildren()
    },
    focus: () => handles[1]?.focus(),
  }
}
