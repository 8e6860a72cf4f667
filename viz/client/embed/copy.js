// What leaves an embedded page: the page itself as a file, and its figures as a table.

import { h } from "../kit/dom.js"

/**
 * @import { Figure, PlayerState } from "../kit/types"
 * @import { Config, View } from "./types"
 */

/**
 * Save a page as it was sent, with the present view in it.
 * @param {HTMLElement} page a copy of the document
 * @param {Config} config
 * @param {View} view
 * @param {PlayerState} state
 */
export function savePage(page, { data: _, ...rest }, view, { t, speed }) {
  const now = String(Math.round(t))
  const baked = { ...rest, view: { ...view, t: now, poster: now, speed: String(speed) } }
  const place = /** @type {HTMLElement} */ (page.querySelector("#waferscope-config"))
  place.textContent = JSON.stringify(baked).replaceAll("<", "\\u003c")
  const url = URL.createObjectURL(new Blob(["<!doctype html>\n", page.outerHTML], { type: "text/html" }))
  h("a", { href: url, download: `waferscope-${rest.scene}.html` }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** @type {(keyof Figure)[]} */
const COLUMNS = ["value", "unit", "label", "kind", "source"]

/**
 * Figures as a table of comma-separated values.
 * @param {Record<string, Figure>} figures
 */
export function figuresCsv(figures) {
  /** @param {unknown} value */
  const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value))
  const rows = Object.entries(figures).map(([name, figure]) => [name, ...COLUMNS.map((column) => figure[column])])
  return `${[["name", ...COLUMNS], ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`
}
