// The answers of a class as bars, one for each option.

import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"

/**
 * @typedef {object} Tally
 * @property {number[]} counts by option
 * @property {Element[]} words of the options
 * @property {number} right once it may be known, else -1
 * @property {number} of how many there are: the length of a whole bar
 * @property {string} title
 */

/**
 * Put tallies into `el`.
 * @param {Element} el
 * @param {...(Tally | null | undefined | false)} tallies
 */
export function drawTally(el, ...tallies) {
  el.replaceChildren(...tallies.flatMap((tally) => (tally ? [bars(tally)] : [])))
}

/** @type {(tally: Tally) => HTMLElement} */
function bars({ counts, words, right, of, title }) {
  const total = counts.reduce((sum, n) => sum + n, 0)
  return h(
    "figure",
    {},
    h("figcaption", {}, title),
    h(
      "ol",
      {},
      ...counts.map((n, i) =>
        h(
          "li",
          { class: i === right ? "is-right" : "" },
          h(
            "span",
            { class: "words", lang: words[i].getAttribute("lang") ?? undefined },
            i === right ? "✓ " : "",
            ...[...words[i].childNodes].map((node) => node.cloneNode(true)),
          ),
          h("span", { class: "bar", "aria-hidden": "true", style: { "--share": String(n / Math.max(1, of, total)) } }),
          h("b", { "aria-label": t("class_count", { n, total }) }, n),
        ),
      ),
    ),
  )
}
