// The parts of the critical path beside those of the closed form, as two bars and a table.

import { h } from "../../kit/dom.js"
import { shown } from "../../kit/formats.js"
import { PARTS } from "./path.js"

/**
 * @import { Run } from "../../kit/types"
 * @typedef {{part: string, label: string, value: number}} Part
 */

const NOTES = [
  "links crossed",
  "waits for what is shared",
  "ramps, there and back",
  "multiplications",
  "tasks, gaps between operations",
]
const ROWS = Object.entries(PARTS).map(([part, name], i) => [part, name[0].toUpperCase() + name.slice(1), NOTES[i]])

/** @type {import("../../kit/types").CreateChart} */
export function create(figure) {
  /** @param {string} name @param {Part[]} values @param {number} total @param {number} most */
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
          box.style.flexGrow = String(value)
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
  /** @param {Run} run */
  const show = ({ figures }) => {
    figure.replaceChildren()
    if (!figures.path_distance) return
    const [walked, formed] = ["path", "model"].map((of) =>
      ROWS.map(([part, label]) => ({ part, label, value: Number(figures[`${of}_${part}`].value) })),
    )
    const [all, form] = [walked, formed].map((values) => values.reduce((sum, { value }) => sum + value, 0))
    const most = Math.max(all, form)
    /** @param {number} value */
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
          ...ROWS.map(([part, label, what], i) =>
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
