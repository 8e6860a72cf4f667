// Draws viz/components/year_span.py: two native sliders for the ends of a span of years.

import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"

/** @typedef {[first: number, last: number]} Span */

/**
 * Build the sliders; neither can pass the other.
 * @param {import("./types").Rendered<{years: Span, span: Span}>} component
 */
export function render({ model }) {
  /** @type {(word: string, set: (year: number, span: Span) => Span) => {input: HTMLInputElement, value: HTMLElement, label: HTMLElement}} */
  const slider = (word, set) => {
    const oninput = () => {
      model.span = set(Number(input.value), model.span)
    }
    const input = h("input", { type: "range", step: 1, oninput })
    const value = h("b")
    return { input, value, label: h("label", {}, `${word} `, value, input) }
  }
  const ends = [
    slider(t("years_from"), (year, [, last]) => [year, Math.max(year, last)]),
    slider(t("years_to"), (year, [first]) => [Math.min(year, first), year]),
  ]
  const show = () => {
    const [min, max] = model.years
    ends.forEach(({ input, value }, i) => {
      Object.assign(input, { min, max, value: model.span[i] })
      value.textContent = String(model.span[i])
    })
  }
  model.on("span", show)
  model.on("years", show)
  show()
  return h("div", { class: "span", role: "group", "aria-label": t("years_span") }, ...ends.map(({ label }) => label))
}
