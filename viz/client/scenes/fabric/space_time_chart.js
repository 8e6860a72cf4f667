// @ts-nocheck
// Space-time of a row or a column, on the clock of the player; a click leads to a PE and a cycle.

import { h } from "../../kit/dom.js"
import { pictureIn } from "../../kit/picture.js"
import { drawSpaceTime, lineOf, pathOn, placeOn, scales, spansOn, tellingLine } from "./space_time.js"

/** @type {import("../../kit/types").CreateChart} */
export function create(figure, player) {
  const axes = ["row", "column"].map((axis) =>
    h("input", { type: "radio", name: "line-axis", value: axis, onchange: () => pick({ axis, index: 0 }) }),
  )
  const number = h("input", {
    type: "number",
    "aria-label": "Number of the row or column",
    min: 0,
    step: 1,
    value: 0,
    oninput: () =>
      number.checkValidity() && number.value !== "" && pick({ axis: chosen.axis, index: Number(number.value) }),
  })
  const of = h("span", { class: "unit" })
  const tools = h(
    "div",
    { class: "line-tools" },
    h(
      "div",
      { class: "clocks", role: "radiogroup", "aria-label": "Line of PEs" },
      ...axes.map((input, i) => h("label", {}, input, ["Row", "Column"][i])),
    ),
    number,
    of,
  )
  const line = h("div", { class: "time-line", "aria-hidden": "true" })
  const box = h("div", { class: "replay space-time" })
  figure.replaceChildren(tools, box)

  let run = null,
    chosen = null,
    selected = null,
    data = null,
    scale = null,
    t = 0
  const own = { row: 0, column: 0 } // the last line of each axis
  const pick = (to) => {
    const { meta } = run
    if (to.axis !== chosen?.axis && chosen) to = { axis: to.axis, index: own[to.axis] }
    const most = (to.axis === "row" ? meta.height : meta.width) - 1
    chosen = { axis: to.axis, index: Math.min(to.index, most) }
    own[chosen.axis] = chosen.index
    axes.forEach((input) => {
      input.checked = input.value === chosen.axis
    })
    number.max = most
    if (Number(number.value) !== chosen.index) number.value = chosen.index
    of.textContent = `of 0–${most}`
    const cells = lineOf(chosen, meta)
    data = { n: cells.n, duration: run.duration, spans: spansOn(run, cells), path: pathOn(run, cells), cells }
    const counted = data.path.reduce((sum, step) => sum + step.t1 - step.t0, 0)
    canvas.setAttribute(
      "aria-label",
      `Space–time of ${chosen.axis} ${chosen.index}: ${cells.n} PEs across, ${run.duration} cycles down. ` +
        (run.tables.path ? `The critical path spends ${counted} of them here.` : ""),
    )
    draw()
  }
  const { canvas, draw, at } = pictureIn(box, (ctx, view) => {
    if (!data) return
    drawSpaceTime(ctx, view, data)
    scale = scales(view, data.n, data.duration, view.theme.textScale)
    line.style.left = `${scale.left}px`
    line.style.width = `${data.n * scale.across}px`
    move()
  })
  box.append(line)
  const move = () => {
    if (scale) line.style.transform = `translateY(${scale.y(Math.min(t, data.duration))}px)`
  }
  canvas.addEventListener("click", (event) => {
    const { k, t: time } = scale.at(...at(event))
    if (k < 0 || k >= data.n || time < 0 || time > data.duration) return
    player.pause()
    player.select(data.cells.first + k * data.cells.step)
    player.seek(Math.round(time))
  })

  return {
    show(next) {
      const kept = chosen && run && run.meta.width === next.meta.width && run.meta.height === next.meta.height
      run = next
      if (!kept) {
        chosen = null
        const { width, height } = run.meta
        Object.assign(own, { row: Math.floor(height / 2), column: Math.floor(width / 2) })
      }
      pick(kept ? chosen : tellingLine(run))
    },
    clock(now) {
      t = now
      move()
    },
    // The line goes through the PE that is inspected.
    follow(id) {
      selected = id
      if (selected === null || !run || placeOn(data.cells, selected) >= 0) return
      const { width } = run.meta
      pick({ axis: chosen.axis, index: chosen.axis === "row" ? Math.floor(selected / width) : selected % width })
    },
  }
}
