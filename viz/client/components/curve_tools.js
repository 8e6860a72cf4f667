// Draws viz/components/curve_tools.py: controls above the curve, and over it a layer of points that keys can reach.

import { h, svg } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { hearStrokes, stroke } from "../kit/guess.js"
import { scale } from "../kit/scale.js"

const FINE = 0.02,
  COARSE = 0.1 // of the height of the frame, a step of the guess
const CLOSE = 0.05 // how much of its size the frame may lose or gain before it is told
const REACH = 0.03 // of its width, how near a stroke must end to a point that it sets

/**
 * @typedef {object} Parameters
 * @property {[name: string, label: string][]} readings
 * @property {string} reading
 * @property {boolean} log
 * @property {boolean} drawing
 * @property {boolean} guessed
 * @property {boolean} held
 * @property {"GPU" | "wafer" | ""} rival
 * @property {string} start
 * @property {"strong" | "weak"} mode
 * @property {{n: number, text: string, x: number, y: number}[]} points
 * @property {[low: number, high: number]} heights
 * @property {"GPU" | "wafer"} unit
 * @property {string} said
 * @property {string} summary
 * @property {import("./types").Frame} frame
 * @property {number[]} size
 *
 * @typedef {import("./types").Model<Parameters>} Model
 */

const clip = (/** @type {number} */ share) => Math.min(1, Math.max(0, share))

/**
 * A group of radio buttons; `pick` receives the value of the chosen one.
 * @template {string | boolean} Value
 * @param {string} legend
 * @param {string} name
 * @param {[value: Value, label: string][]} options
 * @param {(value: Value) => void} pick
 */
function segments(legend, name, options, pick) {
  const inputs = options.map(([value, label]) => {
    const input = h("input", { type: "radio", name, value: String(value), onchange: () => pick(value) })
    return { value, input, label: h("label", {}, input, label) }
  })
  const labels = inputs.map(({ label }) => label)
  return {
    element: h("div", { class: "segments", role: "radiogroup", "aria-label": legend }, ...labels),
    show: (/** @type {Value} */ value) =>
      inputs.forEach((entry) => {
        entry.input.checked = entry.value === value
      }),
  }
}

/**
 * The layer over the figure of the curve, which fills its element up to the room of its axes: a button for each point,
 * or while the guess is drawn a slider.
 * @param {Model} model
 * @param {{done: () => void, leave: () => void}} keys what Enter and Escape do while drawing
 */
function createLayer(model, { done, leave }) {
  const parts = h("div", { role: "group" })
  const said = h("p", { class: "said", role: "status" })
  const layer = h("div", { class: "curve-layer" }, parts, said)
  const path = svg("polyline", { class: "guess" })
  const picture = svg("svg", { "aria-hidden": "true" }, path)
  /** @type {number[]} */
  let guess = [] // as shares of the height
  /** @type {HTMLElement[]} */
  let handles = []

  const axis = () => scale(model.heights[0], model.heights[1], 0, 1, model.log)
  /** @type {(element: HTMLElement, x: number, y: number) => void} */
  const place = (element, x, y) => {
    const { left, right, top, bottom } = model.frame
    element.style.left = `calc(${left}px + (100% - ${left + right}px) * ${x})`
    element.style.top = `calc(${top}px + (100% - ${top + bottom}px) * ${1 - y})`
  }
  const paint = () => {
    const { left, right, top, bottom } = model.frame
    const width = layer.clientWidth - left - right,
      height = layer.clientHeight - top - bottom
    path.setAttribute(
      "points",
      guess.map((y, i) => `${left + model.points[i].x * width},${top + (1 - y) * height}`).join(" "),
    )
    handles.forEach((handle, i) => {
      place(handle, model.points[i].x, guess[i])
      if (i === 0) return
      const value = axis().value(guess[i])
      handle.setAttribute("aria-valuenow", value.toPrecision(3))
      handle.setAttribute("aria-valuetext", t("scaling_times_as_fast", { times: { value, unit: "", digits: 3 } }))
    })
  }
  /** @type {(i: number, share: number) => void} */
  const move = (i, share) => {
    guess[i] = clip(share)
    paint()
  }
  /** @type {(event: KeyboardEvent, i: number) => void} */
  const key = (event, i) => {
    /** @type {Record<string, number>} */
    const steps = { ArrowUp: FINE, ArrowDown: -FINE, PageUp: COARSE, PageDown: -COARSE }
    if (event.key in steps) move(i, guess[i] + steps[event.key])
    else if (event.key === "Home") move(i, axis().at(1))
    else if (event.key === "End") move(i, axis().at(model.points[i].n / model.points[0].n))
    else if (event.key === "ArrowRight") handles[Math.min(i + 1, handles.length - 1)].focus()
    else if (event.key === "ArrowLeft") handles[Math.max(i - 1, 1)].focus()
    else if (event.key === "Enter") done()
    else if (event.key === "Escape") leave()
    else return
    event.preventDefault()
  }
  hearStrokes(layer, {
    open: () => model.drawing,
    place(event) {
      const { left, right, top, bottom } = model.frame,
        box = layer.getBoundingClientRect()
      return {
        x: (event.clientX - box.left - left) / (box.width - left - right),
        y: clip(1 - (event.clientY - box.top - top) / (box.height - top - bottom)),
      }
    },
    drag(from, to) {
      const xs = model.points.map(({ x }) => x)
      guess = stroke(guess, xs, from, to, REACH)
      paint()
    },
  })

  /** @type {(n: number, i: number) => HTMLElement} */
  const handle = (n, i) =>
    i === 0
      ? h("i", { class: "knob" })
      : h("div", {
          class: "knob",
          role: "slider",
          tabindex: 0,
          "aria-orientation": "vertical",
          "aria-label": t("scaling_guess_at", { devices: { value: n, unit: model.unit } }),
          "aria-valuemin": model.heights[0].toPrecision(3),
          "aria-valuemax": model.heights[1].toPrecision(3),
          onkeydown: (event) => key(event, i),
        })
  const begin = () => {
    const one = clip(axis().at(1))
    guess = model.points.map(() => one)
    handles = model.points.map(({ n }, i) => handle(n, i))
    parts.replaceChildren(picture, ...handles)
    paint()
  }
  const offer = () => {
    const focused = [...parts.children].findIndex((part) => part === document.activeElement)
    const buttons = model.points.map(({ x, y, text }, i) => {
      const onclick = () => model.send_msg({ open: i })
      const button = h("button", {
        type: "button",
        class: "point",
        "aria-label": t("scaling_open_point", { point: text }),
        onclick,
      })
      place(button, x, y)
      return button
    })
    parts.replaceChildren(...buttons)
    if (focused >= 0) buttons[focused]?.focus()
  }
  return {
    element: layer,
    paint,
    draw() {
      const goesOn = layer.classList.toggle("drawing", model.drawing) && handles.length === model.points.length
      if (goesOn && parts.contains(picture)) paint()
      else if (model.drawing) begin()
      else offer()
    },
    tell() {
      said.textContent = model.reading === "speedup" ? model.said : ""
      parts.setAttribute("aria-label", model.summary)
    },
    focus: () => handles[1]?.focus(),
    guess: () => guess.map(axis().value),
  }
}

/**
 * Build the controls and put the layer over the figure.
 * @param {import("./types").Rendered<Parameters>} component
 */
export function render({ model }) {
  /** @type {(onclick: () => void, text?: string, kind?: string) => HTMLElement} */
  const button = (onclick, text = "", kind = "button") => h("button", { type: "button", class: kind, onclick }, text)
  const send = (/** @type {object} */ message) => model.send_msg(message)
  const readings = segments(t("scaling_read_as"), "reading", model.readings, (reading) => send({ reading }))
  /** @type {[boolean, string][]} */
  const scales = [
    [false, t("scaling_axes_linear")],
    [true, t("scaling_axes_log")],
  ]
  /** @type {["strong" | "weak", string][]} */
  const growths = [
    ["strong", t("scaling_same_batch")],
    ["weak", t("scaling_growing_batch")],
  ]
  const growth = segments(t("scaling_batch_along"), "growth", growths, (mode) => send({ mode }))
  growth.element.classList.add("large")
  const axes = segments(t("scaling_axes"), "axes", scales, (log) => send({ log }))
  const less = button(() => send({ more: -1 }))
  const more = button(() => send({ more: 1 }))
  const draw = button(() => send({ draw: true }))
  const beside = button(() => send({ beside: true }), "", "button primary")
  const link = button(async () => {
    await navigator.clipboard.writeText(location.href)
    link.textContent = t("scaling_guess_copied")
  })
  const start = h("p", { class: "hint" })
  const pair = h("div", { class: "pair" }, less, more)
  const reading = h(
    "div",
    {},
    h("div", { class: "tools" }, growth.element, h("span", { class: "space" }), beside, link, draw),
    h("div", { class: "tools" }, readings.element, h("span", { class: "space" }), axes.element, pair),
    start,
  )
  const reveal = button(() => send({ guess: layer.guess() }), t("scaling_reveal"), "button primary")
  const skip = button(() => send({ draw: false }), t("scaling_skip"))
  const guessing = h(
    "div",
    { class: "tools guessing", hidden: true },
    h("p", { class: "hint" }, t("scaling_ask")),
    reveal,
    skip,
  )
  const layer = createLayer(model, { done: () => reveal.click(), leave: () => skip.click() })

  const show = () => {
    readings.show(model.reading)
    growth.show(model.mode)
    start.textContent = model.start
    beside.hidden = !(model.held && model.rival) || model.drawing
    beside.textContent = t(model.rival === "wafer" ? "scaling_and_wafers" : "scaling_and_gpus")
    axes.show(model.log)
    const wafers = model.unit === "wafer"
    less.textContent = wafers ? "− 1" : "÷ 2"
    more.textContent = wafers ? "+ 1" : "× 2"
    less.setAttribute("aria-label", t(wafers ? "scaling_wafer_less" : "scaling_half_the_gpus"))
    more.setAttribute("aria-label", t(wafers ? "scaling_wafer_more" : "scaling_twice_the_gpus"))
    link.hidden = !model.guessed
    link.textContent = t("scaling_guess_link")
    draw.textContent = t(model.guessed ? "scaling_guess_again" : "scaling_draw_guess")
    if (guessing.hidden === model.drawing) {
      guessing.hidden = !model.drawing
      reading.hidden = model.drawing
      if (model.drawing) requestAnimationFrame(layer.focus)
      else (beside.hidden ? draw : beside).focus()
    }
    layer.tell()
  }
  let told = model.size
  document.getElementById("chart-curve")?.append(layer.element)
  const resize = new ResizeObserver(() => {
    if (model.drawing) layer.paint()
    const { left, right, top, bottom } = model.frame
    const size = [layer.element.clientWidth - left - right, layer.element.clientHeight - top - bottom]
    if (size.every((length) => length > 0) && size.some((length, i) => Math.abs(length / told[i] - 1) > CLOSE)) {
      told = size
      send({ size })
    }
  })
  resize.observe(layer.element)
  for (const name of /** @type {const} */ (["drawing", "points", "heights"])) model.on(name, layer.draw)
  for (const name of /** @type {const} */ ([
    "reading",
    "log",
    "drawing",
    "guessed",
    "held",
    "rival",
    "start",
    "mode",
    "unit",
    "said",
    "summary",
  ]))
    model.on(name, show)
  model.on("remove", () => {
    resize.disconnect()
    layer.element.remove()
  })
  layer.draw()
  show()
  return h("section", { "aria-label": t("scaling_curve_tools") }, reading, guessing)
}
