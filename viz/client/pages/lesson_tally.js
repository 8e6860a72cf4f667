// @ts-nocheck
// The answers of a class as bars, one for each option.

import { h } from "../kit/dom.js"

/** Put tallies into `el`: `counts` by option, the `words` of the options as elements, `right` once it may be known, else -1. */
export function drawTally(el, count, ...tallies) {
  el.replaceChildren(...tallies.filter(Boolean).map((tally) => bars(count, tally)))
}

function bars(count, { counts, words, right, title }) {
  const total = counts.reduce((sum, n) => sum + n, 0)
  const most = Math.max(1, ...counts)
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
            { class: "words" },
            i === right ? "✓ " : "",
            ...[...words[i].childNodes].map((node) => node.cloneNode(true)),
          ),
          h("span", { class: "bar", "aria-hidden": "true", style: { "--share": n / most } }),
          h("b", { "aria-label": count.replace("{n}", n).replace("{total}", total) }, n),
        ),
      ),
    ),
  )
}
