// Draws viz/components/curve_tools.py: controls above the curve, and over it a layer of points that keys can reach.

import { h } from "../kit/dom.js"
import { judged } from "../kit/guess.js"
import { t } from "../kit/language.js"
import { createLayer } from "../kit/guess_layer.js"
import { scale } from "../kit/scale.js"
import { readTheme } from "../kit/theme.js"
import { saveCard } from "./guess_card.js"

const CLOSE = 0.05 // how much of its size the frame may lose or gain before it is told

/**
 * @import { Child } from "../kit/types"
 * @typedef {object} Parameters
 * @property {[name: string, label: string][]} readings
 * @property {string} reading
 * @property {boolean} log
 * @property {boolean} drawing
 * @property {number[]} guess
 * @property {boolean} held
 * @property {"GPU" | "wafer" | ""} rival
 * @property {string} against
 * @property {"strong" | "weak"} mode
 * @property {string[]} batches
 * @property {{n: number, text: string, found: number, line: number, x: number, y: number}[]} points
 * @property {[low: number, high: number]} heights
 * @property {"GPU" | "wafer"} unit
 * @property {string} said
 * @property {string} about
 * @property {string} source
 * @property {string} summary
 * @property {import("../kit/types").Frame} frame
 * @property {number[]} size
 *
 * @typedef {import("./types").Model<Parameters>} Model
 */

/**
 * A group of radio buttons; `pick` receives the value of the chosen one.
 * @template {string | boolean} Value
 * @param {string} legend
 * @param {string} name
 * @param {[value: Value, ...label: Child[]][]} options
 * @param {(value: Value) => void} pick
 */
function segments(legend, name, options, pick) {
  const inputs = options.map(([value, ...label]) => {
    const input = h("input", { type: "radio", name, value: String(value), onchange: () => pick(value) })
    return { value, input, label: h("label", {}, input, ...label) }
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
  const batches = [h("small"), h("small")]
  /** @type {["strong" | "weak", ...Child[]][]} */
  const growths = [
    ["strong", h("b", {}, t("scaling_same_batch")), batches[0]],
    ["weak", h("b", {}, t("scaling_growing_batch")), batches[1]],
  ]
  const growth = segments(t("scaling_batch_along"), "growth", growths, (mode) => send({ mode }))
  growth.element.classList.add("large")
  const axes = segments(t("scaling_axes"), "axes", scales, (log) => send({ log }))
  axes.element.classList.add("right")
  const draw = button(() => send({ draw: true }))
  const beside = button(() => send({ beside: true }), "", "button primary")
  const link = button(async () => {
    await navigator.clipboard.writeText(location.href)
    link.textContent = t("scaling_guess_copied")
  })
  const save = button(
    () =>
      saveCard(readTheme(layer.element), {
        said: model.said,
        about: model.about,
        source: model.source,
        site: location.host,
        unit: model.unit,
        log: model.log,
        n: model.points.map(({ n }) => n),
        guess: model.guess,
        found: found(),
        line: line(),
      }),
    t("scaling_guess_save"),
  )
  const said = h("p", { class: "said", role: "status" })
  const reading = h(
    "div",
    {},
    h("div", { class: "tools" }, growth.element, h("div", { class: "right" }, draw, beside)),
    h("div", { class: "tools" }, said, save, link),
    h("div", { class: "tools" }, readings.element, axes.element),
  )
  const reveal = button(() => send({ guess: layer.guess }), t("scaling_reveal"), "button primary")
  const skip = button(() => send({ draw: false }), t("scaling_skip"))
  const guessing = h(
    "div",
    { class: "tools guessing", hidden: true },
    h("p", { class: "hint" }, t("scaling_ask")),
    reveal,
    skip,
  )
  const found = () => model.points.map((point) => point.found)
  const line = () => model.points.map((point) => point.line)
  /** Where the guess differs, as in a lesson. */
  const where = () => {
    const x = model.points.map(({ n }) => n)
    const ends = (/** @type {number[]} */ values) => ({
      low: model.log ? 1 : 0,
      high: Math.max(...values),
      log: model.log,
    })
    const axes = { x: { ...ends(x), low: model.log ? x[0] : 0 }, y: ends([...line(), ...model.guess]) }
    return judged(model.guess, { x, y: found(), line: line(), axes }, { x: model.unit, y: "×" })[0]
  }
  const layer = createLayer(
    () => ({
      points: model.points.map(({ n, text, x, y }) => ({
        x,
        y,
        open: t("scaling_open_point", { point: text }),
        guess: t("scaling_guess_at", { devices: { value: n, unit: model.unit } }),
      })),
      frame: model.frame,
      axis: scale(model.heights[0], model.heights[1], 0, 1, model.log),
      given: 1,
      line: line(),
      said: (value) => t("scaling_times_as_fast", { times: { value, unit: "", digits: 3 } }),
    }),
    { open: (i) => send({ open: i }), done: () => reveal.click(), leave: () => skip.click() },
  )
  const drawLayer = () => {
    if (!model.drawing) layer.offer()
    else if (layer.drawing && layer.guess.length === model.points.length) layer.paint()
    else layer.draw()
  }

  const show = () => {
    readings.show(model.reading)
    growth.show(model.mode)
    batches.forEach((words, i) => words.replaceChildren(model.batches[i] ?? ""))
    beside.hidden = !(model.held && model.rival) || model.drawing
    beside.textContent = t(model.rival === "wafer" ? "scaling_and_wafers" : "scaling_and_gpus")
    axes.show(model.log)
    link.hidden = save.hidden = !model.guess.length
    link.textContent = t("scaling_guess_link")
    draw.textContent = t(model.guess.length ? "scaling_guess_again" : "scaling_draw_guess")
    if (guessing.hidden === model.drawing) {
      guessing.hidden = !model.drawing
      reading.hidden = model.drawing
      if (model.drawing) requestAnimationFrame(layer.focus)
      else (beside.hidden ? draw : beside).focus()
    }
    said.hidden = !(model.guess.length && model.reading === "speedup")
    said.textContent = said.hidden ? "" : `${model.said} ${where()}`
    layer.name(model.summary)
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
  for (const name of /** @type {const} */ (["drawing", "points", "heights"])) model.on(name, drawLayer)
  for (const name of /** @type {const} */ ([
    "reading",
    "log",
    "drawing",
    "guess",
    "held",
    "rival",
    "batches",
    "mode",
    "unit",
    "said",
    "summary",
  ]))
    model.on(name, show)
  // Who is ahead stands in the answer of the page, after what the run says of itself.
  const tell = () => dispatchEvent(new CustomEvent("waferscope:against", { detail: model.against }))
  model.on("against", tell)
  model.on("remove", () => {
    resize.disconnect()
    layer.element.remove()
  })
  drawLayer()
  show()
  tell()
  return h("section", { "aria-label": t("scaling_curve_tools") }, reading, guessing)
}
