// Space-time of a row or a column, on the clock of the player; a click leads to a PE and a cycle.

import { h } from "../../kit/dom.js"
import { t as text } from "../../kit/language.js"
import { pictureIn } from "../../kit/picture.js"
import { drawSpaceTime, lineOf, pathOn, placeOn, scales, spansOn, tellingLine } from "./space_time.js"

/**
 * @import { Axis, Cells, Span, Step } from "./space_time.js"
 * @import { FabricRun } from "./types"
 */

/** @type {Axis["axis"][]} */
const AXES = ["row", "column"]

/** @type {import("../../kit/types").CreateChart} */
export function create(figure, player) {
  const axes = AXES.map((axis) =>
    h("input", { type: "radio", name: "line-axis", value: axis, onchange: () => pick({ axis, index: 0 }) }),
  )
  const number = h("input", {
    type: "number",
    "aria-label": text("fabric_chart_line.index"),
    min: 0,
    step: 1,
    value: 0,
    oninput() {
      if (chosen && number.checkValidity() && number.value !== "")
        pick({ axis: chosen.axis, index: Number(number.value) })
    },
  })
  const of = h("span", { class: "unit" })
  const tools = h(
    "div",
    { class: "line-tools" },
    h(
      "div",
      { class: "clocks", role: "radiogroup", "aria-label": text("fabric_chart_line") },
      ...axes.map((input, i) => h("label", {}, input, text(`fabric_chart_line.${AXES[i]}`))),
    ),
    number,
    of,
  )
  const line = h("div", { class: "time-line", "aria-hidden": "true" })
  const box = h("div", { class: "replay space-time" })
  figure.replaceChildren(tools, box)

  /** @type {FabricRun|null} */
  let run = null
  /** @type {Axis|null} */
  let chosen = null
  /** @type {{n: number, duration: number, spans: Span[], path: Step[], cells: Cells}|null} */
  let data = null
  /** @type {ReturnType<typeof scales>|null} */
  let scale = null
  let t = 0
  const own = { row: 0, column: 0 } // the last line of each axis
  /** @param {Axis} to */
  const pick = (to) => {
    if (!run) return
    const { meta } = run
    const { axis } = to
    const most = (axis === "row" ? meta.height : meta.width) - 1
    const index = Math.min(chosen && axis !== chosen.axis ? own[axis] : to.index, most)
    chosen = { axis, index }
    own[axis] = index
    for (const input of axes) input.checked = input.value === axis
    number.max = String(most)
    if (Number(number.value) !== index) number.value = String(index)
    of.textContent = text("fabric_chart_line.range", { most })
    const cells = lineOf(chosen, meta)
    data = { n: cells.n, duration: run.duration, spans: spansOn(run, cells), path: pathOn(run, cells), cells }
    const said = text(`fabric_chart_space_time.${axis}`, {
      index,
      pes: { value: cells.n, unit: "PE" },
      cycles: { value: run.duration, unit: "cycle" },
    })
    const stay = data.path.reduce((sum, step) => sum + step.t1 - step.t0, 0)
    const told = run.tables.path ? [said, text("fabric_chart_space_time.stay", { n: stay })] : [said]
    canvas.setAttribute("aria-label", told.join(" "))
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
    if (scale && data) line.style.transform = `translateY(${scale.y(Math.min(t, data.duration))}px)`
  }
  canvas.addEventListener("click", (event) => {
    if (!scale || !data) return
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
        const { width, height } = next.meta
        Object.assign(own, { row: Math.floor(height / 2), column: Math.floor(width / 2) })
      }
      pick(kept && chosen ? chosen : tellingLine(next))
    },
    clock(now) {
      t = now
      move()
    },
    // The line goes through the PE that is inspected.
    follow(id) {
      if (id === null || !run || !data || !chosen || placeOn(data.cells, id) >= 0) return
      const { width } = run.meta
      pick({ axis: chosen.axis, index: chosen.axis === "row" ? Math.floor(id / width) : id % width })
    },
  }
}
