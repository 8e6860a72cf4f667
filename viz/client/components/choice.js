// Draws viz/components/choice.py: a row of native radio buttons.

import { h } from "../kit/dom.js"

/**
 * Build the row.
 * @param {import("./types").Rendered<{label: string, options: [name: string, label: string][], chosen: string}>} component
 */
export function render({ model }) {
  const root = h("div", { class: "options", role: "radiogroup", "aria-label": model.label })
  const fill = () => {
    const rows = model.options.map(([value, text]) => {
      const onchange = () => {
        model.chosen = value
      }
      return h("label", {}, h("input", { type: "radio", name: model.label, value, onchange }), text)
    })
    root.replaceChildren(...rows)
    show()
  }
  const show = () => {
    for (const input of root.querySelectorAll("input")) input.checked = input.value === model.chosen
  }
  model.on("options", fill)
  model.on("chosen", show)
  fill()
  return root
}
