// Draws viz/components/configurations.py: program texts with marked lines, each with a button that copies it.

import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"

const SAID_MS = 2000

/** @typedef {{label: string, code: string, marked: number[]}} Program `marked`: indices of lines */

/**
 * Where the page is not served securely, there is no clipboard but that of the selection.
 * @param {string} text
 * @param {HTMLElement} pre that shows it
 */
async function copy(text, pre) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  getSelection()?.selectAllChildren(pre)
  document.execCommand("copy")
}

/**
 * Build a figure for each text; text from a run is never markup.
 * @param {import("./types").Rendered<{texts: Program[]}>} component
 */
export function render({ model }) {
  const root = h("div", { class: "texts" })
  const one = (/** @type {Program} */ { label, code, marked }) => {
    const lines = code
      .trimEnd()
      .split("\n")
      .map((line, i) => (marked.includes(i) ? h("mark", {}, line) : line))
    const pre = h("pre", { tabindex: 0, role: "region", "aria-label": label }, ...lines.flatMap((line) => [line, "\n"]))
    const onclick = async () => {
      await copy(code, pre)
      button.textContent = t("copy.done")
      setTimeout(() => {
        button.textContent = t("copy")
      }, SAID_MS)
    }
    const button = h("button", { type: "button", "aria-label": t("copy.configuration", { label }), onclick }, t("copy"))
    return h("section", {}, h("header", {}, h("h2", {}, label), button), pre)
  }
  // Each text is scrolled so that what is marked lies in its middle.
  const aim = () => {
    for (const pre of root.querySelectorAll("pre")) {
      const marks = pre.querySelectorAll("mark")
      const mark = marks[marks.length >> 1]
      if (mark) pre.scrollTop = mark.offsetTop - (pre.clientHeight - mark.offsetHeight) / 2
    }
  }
  const show = () => {
    root.replaceChildren(...model.texts.map(one))
    aim()
  }
  const seen = new ResizeObserver(aim)
  seen.observe(root)
  model.on("texts", show)
  model.on("remove", () => seen.disconnect())
  show()
  return root
}
