// @ts-nocheck
// Draws viz/components/curve_tools.py: controls above the curve, and over it a layer of points that keys can reach.

import { h, svg } from "../kit/dom.js"
import { stroke } from "../kit/guess.js"
import { scale } from "../kit/scale.js"

const FINE = 0.02,
  COARSE = 0.1 // of the height of the frame, a step of the guess
const REACH = 0.03 // of its width, how near a stroke must end to a point that it sets

/** A group of radio buttons; `pick` receives the value of the chosen one. */
const segments = (legend, name, options, pick) => {
  const inputs = options.map(([value, label]) => {
    const input = h("input", { type: "radio", name, value: String(value), onchange: () => pick(value) })
    return { value, input, label: h("label", {}, input, label) }
  })
  return {
    element: h(
      "div",
      { class: "segments", role: "radiogroup", "aria-label": legend },
      ...inputs.map(({ label }) => label),
    ),
    show: (value) =>
      inputs.forEach((entry) => {
        entry.input.checked = entry.value === value
      }),
  }
}

export function render({ model }) {
  const send = (message) => model.send_msg(message)
  const axis = () => scale(model.heights[0], model.heights[1], 0, 1, model.log)
  const readings = segments("Read as", "reading", model.readings, (reading) => send({ reading }))
  const axes = segments(
    "Axes",
    "axes",
    [
      [false, "Linear"],
      [true, "Log"],
    ],
    (log) => send({ log }),
  )
  const less = h("button", { type: "button", class: "button", onclick: () => send({ more: -1 }) })
  const more = h("button", { type: "button", class: "button", onclick: () => send({ more: 1 }) })
  const draw = h("button", { type: "button", class: "button", onclick: () => send({ draw: true }) })
  const reading = h(
    "div",
    { class: "tools" },
    readings.element,
    axes.element,
    h("div", { class: "pair" }, less, more),
    h("span", { class: "space" }),
    draw,
  )
  const reveal = h(
    "button",
    {
      type: "button",
      class: "button primary",
      onclick: () => send({ guess: guess.map(axis().value) }),
    },
    "Reveal",
  )
  const skip = h("button", { type: "button", class: "button", onclick: () => send({ draw: false }) }, "Skip")
  const hint = h(
    "p",
    { class: "hint" },
    "How many times faster? Drag a line over the chart, or use Tab and the arrow keys.",
  )
  const guessing = h("div", { class: "tools", hidden: true }, hint, reveal, skip)
  const said = h("p", { class: "said", role: "status" })
  const root = h("section", { "aria-label": "Curve" }, reading, guessing)

  // The layer lies over the figure of the curve, which fills its element up to the room of its axes.
  const parts = h("div", { role: "group" })
  const layer = h("div", { class: "curve-layer" }, parts, said)
  const picture = svg("svg", { "aria-hidden": "true" })
  const path = svg("polyline", { class: "guess" })
  picture.append(path)
  const place = (element, x, y) => {
    const { left, right, top, bottom } = model.frame
    element.style.left = `calc(${left}px + (100% - ${left + right}px) * ${x})`
    element.style.top = `calc(${top}px + (100% - ${top + bottom}px) * ${1 - y})`
  }
  const clip = (share) => Math.min(1, Math.max(0, share))
  let guess = [],
    handles = [],
    last = null

  const move = (i, share) => {
    guess[i] = clip(share)
    show()
  }
  const show = () => {
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
      handle.setAttribute("aria-valuetext", `${Number(value.toPrecision(3))} times as fast`)
    })
  }
  const key = (event, i) => {
    const steps = { ArrowUp: FINE, ArrowDown: -FINE, PageUp: COARSE, PageDown: -COARSE }
    if (event.key in steps) move(i, guess[i] + steps[event.key])
    else if (event.key === "Home") move(i, axis().at(1))
    else if (event.key === "End") move(i, axis().at(model.points[i].n / model.points[0].n))
    else if (event.key === "ArrowRight") handles[Math.min(i + 1, handles.length - 1)].focus()
    else if (event.key === "ArrowLeft") handles[Math.max(i - 1, 1)].focus()
    else if (event.key === "Enter") reveal.click()
    else if (event.key === "Escape") skip.click()
    else return
    event.preventDefault()
  }
  const at = (event) => {
    const { left, right, top, bottom } = model.frame,
      box = layer.getBoundingClientRect()
    return {
      x: (event.clientX - box.left - left) / (box.width - left - right),
      y: clip(1 - (event.clientY - box.top - top) / (box.height - top - bottom)),
    }
  }
  const drag = (to) => {
    const xs = model.points.map(({ x }) => x)
    guess = stroke(guess, xs, last, to, REACH)
    last = to
    show()
  }
  layer.addEventListener("pointerdown", (event) => {
    if (!model.drawing) return
    layer.setPointerCapture(event.pointerId)
    last = at(event)
    drag(last)
  })
  layer.addEventListener("pointermove", (event) => {
    if (last) drag(at(event))
  })
  for (const name of ["pointerup", "pointercancel"])
    layer.addEventListener(name, () => {
      last = null
    })

  const drawLayer = () => {
    layer.classList.toggle("drawing", model.drawing)
    const focused = [...parts.children].indexOf(document.activeElement)
    if (model.drawing) {
      const one = axis().at(1)
      guess = model.points.map(() => clip(one))
      const { noun } = model
      handles = model.points.map(({ n }, i) =>
        i === 0
          ? h("i", { class: "handle" })
          : h("div", {
              class: "handle",
              role: "slider",
              tabindex: 0,
              "aria-orientation": "vertical",
              "aria-label": `Your guess at ${n} ${noun}`,
              "aria-valuemin": model.heights[0].toPrecision(3),
              "aria-valuemax": model.heights[1].toPrecision(3),
              onkeydown: (event) => key(event, i),
            }),
      )
      parts.replaceChildren(picture, ...handles)
      show()
    } else {
      parts.replaceChildren(
        ...model.points.map(({ x, y, text }, i) => {
          const button = h("button", {
            type: "button",
            class: "point",
            "aria-label": `${text}. Open this step`,
            onclick: () => send({ open: i }),
          })
          place(button, x, y)
          return button
        }),
      )
      if (focused >= 0) parts.children[focused]?.focus()
    }
  }
  const drawTools = () => {
    readings.show(model.reading)
    axes.show(model.log)
    const wafers = model.noun === "wafers"
    less.textContent = wafers ? "− 1" : "÷ 2"
    more.textContent = wafers ? "+ 1" : "× 2"
    less.setAttribute("aria-label", wafers ? "One wafer less" : "Half the GPUs")
    more.setAttribute("aria-label", wafers ? "One wafer more" : "Twice the GPUs")
    draw.textContent = model.guessed ? "Guess again" : "Draw your guess"
    if (guessing.hidden === model.drawing) {
      guessing.hidden = !model.drawing
      reading.hidden = model.drawing
      if (model.drawing) requestAnimationFrame(() => handles[1]?.focus())
      else draw.focus()
    }
    said.textContent = model.reading === "speedup" ? model.said : ""
    parts.setAttribute("aria-label", model.summary)
  }
  const figure = document.getElementById("chart-curve")
  figure?.append(layer)
  const resize = new ResizeObserver(() => model.drawing && show())
  resize.observe(layer)
  for (const name of ["drawing", "points", "heights"]) model.on(name, drawLayer)
  for (const name of ["reading", "log", "drawing", "guessed", "noun", "said", "summary"]) model.on(name, drawTools)
  model.on("remove", () => {
    resize.disconnect()
    layer.remove()
  })
  drawLayer()
  drawTools()
  return root
}
