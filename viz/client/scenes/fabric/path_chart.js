// The parts of the critical path beside those of the closed form, as two bars and a table.

import { h } from "../../kit/dom.js"
import { shown } from "../../kit/formats.js"

/**
 * @import { Run } from "../../kit/types"
 * @typedef {{part: string, label: string, value: number}} Part
 */

const PARTS = [
  ["distance", "Distance", "links crossed"],
  ["contention", "Contention", "waits for what is shared"],
  ["depth", "Depth", "ramps, there and back"],
  ["compute", "Products", "multiplications"],
  ["startup", "Start-up", "tasks, gaps between operations"],
]

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
      PARTS.map(([part, label]) => ({ part, label, value: Number(figures[`${of}_${part}`].value) })),
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
