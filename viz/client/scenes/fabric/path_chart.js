// The parts of the critical path beside those of the closed form, as two bars and a table.

import { h } from "../../kit/dom.js"
import { number, t } from "../../kit/language.js"
import { PARTS } from "./path.js"

/**
 * @import { Run } from "../../kit/types"
 * @typedef {{part: string, label: string, value: number}} Part
 */

const DIGITS = 4 // of cycles: those of the closed form may be broken

/** @type {import("../../kit/types").CreateChart} */
export function create(figure) {
  const rows = Object.entries(PARTS).map(([part, name]) => [part, t(`${name}.title`), t(`${name}.note`)])
  /** @param {string} name @param {Part[]} values @param {number} total @param {number} most */
  const row = (name, values, total, most) => {
    const bar = h("div", {
      class: "path-bar",
      role: "img",
      "aria-label": t("fabric_chart_path.bar", {
        name,
        parts: values.map(({ label, value }) => ({
          id: "fabric_chart_path.part",
          part: label,
          cycles: { value, unit: "", digits: DIGITS },
        })),
      }),
    })
    bar.style.width = `${(100 * total) / most}%`
    bar.append(
      ...values
        .filter(({ value }) => value > 0)
        .map(({ part, value, label }) => {
          const title = t("fabric_chart_path.alone", {
            part: label,
            cycles: { value, unit: "cycle", digits: DIGITS },
          })
          const box = h("i", { class: `part part-${part}`, title })
          box.style.flexGrow = String(value)
          return box
        }),
    )
    return h(
      "div",
      { class: "path-row" },
      h("span", {}, name, h("b", {}, number(total, DIGITS))),
      h("div", { class: "path-room" }, bar),
    )
  }
  /** @param {Run} run */
  const show = ({ figures }) => {
    figure.replaceChildren()
    if (!figures.path_distance) return
    const [walked, formed] = ["path", "model"].map((of) =>
      rows.map(([part, label]) => ({ part, label, value: Number(figures[`${of}_${part}`].value) })),
    )
    const [all, form] = [walked, formed].map((values) => values.reduce((sum, { value }) => sum + value, 0))
    const most = Math.max(all, form)
    /** @param {number} value */
    const cell = (value) => h("td", {}, number(value, DIGITS))
    figure.append(
      row(t("fabric_chart_simulated.title"), walked, all, most),
      row(t("fabric_chart_closed_form.title"), formed, form, most),
      h(
        "table",
        { class: "path-table" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...["fabric_chart_cycles", "fabric_chart_simulated", "fabric_chart_closed_form"].map((name) =>
              h("th", { scope: "col" }, t(name)),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          ...rows.map(([part, label, what], i) =>
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
