// Writes the figures of a run: number, unit, label, kind; the source on hover and focus.

import { h } from "../kit/dom.js"
import { between, parts, quantity, t } from "../kit/language.js"

const FIRST = 6 // figures in sight; a run gives the most telling first

/** @import { Figure } from "../kit/types" */
/** @typedef {Record<string, Figure>} Figures by name */

/** @type {(source: string, kind: string) => string} */
const sourced = (source, kind) => t("figure_source", { source, kind: t(`kind_${kind}`) })

/** Value and unit apart. @type {(figure: Figure) => [number: string, unit: string]} */
const written = ({ value, unit, said }) => (said === undefined ? parts(value, unit) : [said, ""])

/** @type {(name: string, figure: Figure) => HTMLElement} */
const figure = (name, found) => {
  const { unit, label, kind, source, low, high } = found
  const [number, of] = written(found)
  const told = t(`kind_${kind}`)
  const props = { type: "button", class: "figure", "data-name": name, "data-source": sourced(source, kind) }
  const known = low !== undefined && high !== undefined && low !== high
  return h(
    "button",
    props,
    h("b", {}, number, of ? h("small", {}, of) : null),
    h("span", {}, label, kind === "modelled" ? null : h("i", { class: `kind ${kind}` }, told)),
    known ? h("em", {}, between(low, high, unit)) : null,
  )
}

/**
 * How B differs from A: the difference with its sign and unit, and the ratio; words where they are no numbers.
 * @param {Figure | undefined} a
 * @param {Figure | undefined} b
 * @returns {[by: string, unit: string, ratio: string]}
 */
export function difference(a, b) {
  if (!a || !b) return [t("figure_only_one"), "", ""]
  if (typeof a.value !== "number" || typeof b.value !== "number")
    return [t(a.value === b.value ? "figure_same" : "figure_differs"), "", ""]
  // A number without a unit is a share of something: of the same, or there is nothing to subtract.
  if (!a.unit && a.source !== b.source) return [t("figure_other_base"), "", ""]
  const by = b.value - a.value
  if (by === 0) return [t("figure_same"), "", ""]
  const [size, unit] = a.unit === "share" ? parts(100 * Math.abs(by), "point") : parts(Math.abs(by), a.unit)
  const ratio = a.value > 0 && b.value > 0 ? quantity(b.value / a.value, "×") : ""
  return [`${by > 0 ? "+" : "−"}${size}`, unit, ratio]
}

/** Figures of two runs, A, B, and what B has more. @type {(names: string[], a: Figures, b: Figures) => HTMLElement} */
const compared = (names, a, b) => {
  const heads = [t("figure"), "A", "B", "B − A"].map((text) => h("th", { scope: "col" }, text))
  const rows = names.map((name) => {
    const { label, source, kind } = b[name] ?? a[name]
    const button = h("button", { type: "button", class: "figure-name", "data-source": sourced(source, kind) }, label)
    const values = [a[name], b[name]].map((found) => {
      const [number, unit] = found ? written(found) : ["–", ""]
      return h("td", {}, number, h("small", {}, unit))
    })
    const [by, unit, ratio] = difference(a[name], b[name])
    const more = h("td", { class: "by" }, by, h("small", {}, unit), h("small", {}, ratio))
    return h("tr", { "data-name": name }, h("th", { scope: "row" }, button), ...values, more)
  })
  return h("table", { class: "compared" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows))
}

/**
 * Fill an element with the figures of a run's header: the first few, and the others behind t("figures_all").
 * @param {HTMLElement} element
 * @param {Figures} figures of the run
 * @param {Figures} [pinned] figures of the run beside it: both are shown, with their differences
 */
export function writeFigures(element, figures, pinned) {
  const isEnd = (/** @type {string} */ name) =>
    /_(low|high)$/.test(name) && figures[name.replace(/_(low|high)$/, "")]?.low !== undefined
  const names = Object.keys({ ...figures, ...pinned }).filter((name) => !isEnd(name))
  const grid = (/** @type {string[]} */ some) =>
    pinned
      ? compared(some, pinned, figures)
      : h("div", { class: "figures" }, ...some.map((name) => figure(name, figures[name])))
  const { open = false } = element.querySelector("details") ?? {}
  const summary = h("summary", { class: "button" }, t("figures_all"))
  const rest = names.length > FIRST ? [h("details", { open }, summary, grid(names.slice(FIRST)))] : []
  element.replaceChildren(grid(names.slice(0, FIRST)), ...rest)
}
