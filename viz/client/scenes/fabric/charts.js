// @ts-nocheck
// The charts of the dataflow page that are drawn from the run of its player: space-time of any line, the critical path.

import { shown } from "../../kit/formats.js"
import { layer } from "../../kit/canvas.js"
import { h } from "../../kit/dom.js"
import { readTheme } from "../../kit/theme.js"
import { drawSpaceTime, lineOf, pathOn, placeOn, scales, spansOn, tellingLine } from "./space_time.js"

const PARTS = [
  ["distance", "Distance", "links crossed"],
  ["contention", "Contention", "waits for what is shared"],
  ["depth", "Depth", "ramps, there and back"],
  ["compute", "Products", "multiplications"],
  ["startup", "Start-up", "tasks, gaps between operations"],
]

const CHARTS = { space_time: spaceTime, path: pathBars }

/**
 * Fill the places of the charts and keep them up to date with a player.
 * @param {object} player
 * @param {(name: string) => HTMLElement|null} place where a chart goes, null for nowhere
 */
export function mount(player, place) {
  const charts = Object.entries(CHARTS)
    .filter(([name]) => place(name))
    .map(([name, make]) => make(place(name), player))
  const tell = (what, value) => charts.forEach((chart) => chart[what]?.(value))
  const show = (run) => {
    tell("show", run)
    tell("clock", player.state.t)
  }
  player.root.addEventListener("ready", ({ detail }) => show(detail.run))
  player.root.addEventListener("time", ({ detail }) => tell("clock", detail.t))
  player.root.addEventListener("select", ({ detail }) => tell("follow", detail.id))
  if (player.run) show(player.run)
}

function spaceTime(figure, player) {
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
  const canvas = h("canvas", { role: "img" })
  const line = h("div", { class: "time-line", "aria-hidden": "true" })
  const box = h("div", { class: "space-time" }, canvas, line)
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
  const zoom = () => box.getBoundingClientRect().width / box.clientWidth || 1
  const draw = () => {
    const { clientWidth: width, clientHeight: height } = box
    if (!width || !height || !data) return
    const dpr = (devicePixelRatio || 1) * zoom() // a slide is scaled up
    const view = { width, height, dpr, theme: readTheme(box) }
    const { canvas: picture, ctx } = layer(view)
    drawSpaceTime(ctx, view, data)
    canvas.width = picture.width
    canvas.height = picture.height
    canvas.getContext("2d").drawImage(picture, 0, 0)
    scale = scales(view, data.n, data.duration, view.theme.textScale)
    line.style.left = `${scale.left}px`
    line.style.width = `${data.n * scale.across}px`
    move()
  }
  const move = () => {
    if (scale) line.style.transform = `translateY(${scale.y(Math.min(t, data.duration))}px)`
  }
  canvas.addEventListener("click", (event) => {
    const bounds = canvas.getBoundingClientRect()
    const { k, t: time } = scale.at((event.clientX - bounds.left) / zoom(), (event.clientY - bounds.top) / zoom())
    if (k < 0 || k >= data.n || time < 0 || time > data.duration) return
    player.pause()
    player.select(data.cells.first + k * data.cells.step)
    player.seek(Math.round(time))
  })
  new ResizeObserver(draw).observe(box)
  new MutationObserver(draw).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "style"],
  })
  document.fonts.addEventListener("loadingdone", draw)

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

function pathBars(figure) {
  const row = (name, values, total, most) => {
    const bar = h("div", {
      class: "path-bar",
      role: "img",
      "aria-label": `${name}: ${values.map(({ label, value }) => `${label} ${shown(value)}`).join(", ")} cycles`,
    })
    bar.style.width = `${(100 * total) / most}%`
    bar.append(
      ...values
        .filter(({ value }) => value > 0)
        .map(({ part, value, label }) => {
          const box = h("i", { class: `part part-${part}`, title: `${label}: ${shown(value)} cycles` })
          box.style.flexGrow = value
          return box
        }),
    )
    return h(
      "div",
      { class: "path-row" },
      h("span", {}, name, h("b", {}, shown(total))),
      h("div", { class: "path-room" }, bar),
    )
  }
  const show = ({ figures }) => {
    figure.replaceChildren()
    if (!figures.path_distance) return
    const [walked, formed] = ["path", "model"].map((of) =>
      PARTS.map(([part, label]) => ({ part, label, value: figures[`${of}_${part}`].value })),
    )
    const [all, form] = [walked, formed].map((values) => values.reduce((sum, { value }) => sum + value, 0))
    const most = Math.max(all, form)
    const cell = (value) => h("td", {}, shown(Number(value.toPrecision(4))))
    figure.append(
      row("Simulated", walked, all, most),
      row("Closed form", formed, form, most),
      h(
        "table",
        { class: "path-table" },
        h(
          "thead",
          {},
          h("tr", {}, ...["cycles", "simulated", "closed form"].map((text) => h("th", { scope: "col" }, text))),
        ),
        h(
          "tbody",
          {},
          ...PARTS.map(([part, label, what], i) =>
            h(
              "tr",
              {},
              h(
                "th",
                { scope: "row" },
                h("i", { class: `part part-${part}`, "aria-hidden": "true" }),
                h("span", {}, label, h("small", {}, what)),
              ),
              cell(walked[i].value),
              cell(formed[i].value),
            ),
          ),
        ),
      ),
    )
  }
  return { show }
}
