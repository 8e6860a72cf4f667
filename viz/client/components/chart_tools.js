// Draws viz/components/chart_tools.py: one button for each chart, the headline of the one that is seen, and its points.

import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"

const MOST = 4 // side by side: of more, the last share a menu

/**
 * @typedef {{x: number, y: number, text: string}} ChartPoint shares of the frame, and what it is
 * @typedef {object} Parameters
 * @property {[name: string, label: string][]} charts
 * @property {string} chosen name of the chart that is seen
 * @property {Record<string, string>} said by name of a chart
 * @property {Record<string, ChartPoint[]>} points by name of a chart
 * @property {Record<string, {group: string, action: string, frame: import("../kit/types").Frame}>} reach by name of a chart
 */

/**
 * Build the buttons and the headline; the charts themselves are figures of the page.
 * @param {import("./types").Rendered<Parameters>} component
 */
export function render({ model }) {
  /** @type {Map<string, HTMLElement>} */
  const layers = new Map()
  const group = h("div", { class: "choice", role: "group", "aria-label": t("chart_choice") })
  const said = h("p", { role: "status" })
  /** @type {HTMLSelectElement} */
  const more = h("select", {
    "aria-label": t("chart_more.label"),
    onchange: () => {
      model.chosen = more.value
    },
  })
  /** @type {{name: string, button: HTMLElement}[]} */
  let buttons = []

  const offer = () => {
    const first = model.charts.length > MOST ? MOST - 1 : MOST
    const pick = (/** @type {string} */ name) => () => {
      model.chosen = name
    }
    buttons = model.charts
      .slice(0, first)
      .map(([name, label]) => ({ name, button: h("button", { type: "button", onclick: pick(name) }, label) }))
    const rest = model.charts.slice(first).map(([value, label]) => h("option", { value }, label))
    more.replaceChildren(h("option", { value: "", hidden: true }, t("chart_more")), ...rest)
    group.replaceChildren(...buttons.map(({ button }) => button), ...(rest.length ? [more] : []))
    choose()
  }
  const choose = () => {
    for (const { name, button } of buttons) button.setAttribute("aria-pressed", String(name === model.chosen))
    more.value = model.chosen
    if (!more.value) more.value = ""
    more.classList.toggle("chosen", more.value !== "")
    for (const figure of document.querySelectorAll(".chart"))
      figure.classList.toggle("seen", figure.id === `chart-${model.chosen}`)
    tell()
  }
  const tell = () => {
    const text = model.said[model.chosen] ?? ""
    if (said.textContent !== text) said.textContent = text
  }

  // A layer lies over the figure of its chart, which fills its element up to the room of its axes.
  const layerOf = (/** @type {string} */ name, /** @type {string} */ group) => {
    const layer = layers.get(name) ?? h("div", { class: "chart-points", role: "group", "aria-label": group })
    if (!layers.has(name)) document.getElementById(`chart-${name}`)?.append(layer)
    layers.set(name, layer)
    return layer
  }
  const place = () => {
    for (const [name, points] of Object.entries(model.points)) {
      const { group, action, frame } = model.reach[name]
      const { left, right, top, bottom } = frame
      const layer = layerOf(name, group)
      const buttons = points.map(({ x, y, text }, i) => {
        const onclick = () => model.send_msg({ open: [name, i] })
        const style = {
          left: `calc(${left}px + (100% - ${left + right}px) * ${x})`,
          top: `calc(${top}px + (100% - ${top + bottom}px) * ${1 - y})`,
        }
        return h("button", { type: "button", "aria-label": `${text}. ${action}`, style, onclick })
      })
      const focused = [...layer.children].findIndex((button) => button === document.activeElement)
      layer.replaceChildren(...buttons)
      if (focused >= 0) buttons[Math.min(focused, buttons.length - 1)]?.focus()
    }
  }

  model.on("charts", offer)
  model.on("chosen", choose)
  model.on("said", tell)
  model.on("points", place)
  model.on("remove", () => layers.forEach((layer) => layer.remove()))
  offer()
  place()
  return h("section", { "aria-label": t("chart_tools") }, group, said)
}
