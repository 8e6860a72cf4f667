// @ts-nocheck
// Draws viz/components/choice.py: a row of native radio buttons.

/** Build the row. */
export function render({ model }) {
  const root = document.createElement("div")
  root.className = "options"
  root.setAttribute("role", "radiogroup")
  root.setAttribute("aria-label", model.label)
  const fill = () => {
    root.replaceChildren(
      ...model.options.map(([name, text]) => {
        const input = Object.assign(document.createElement("input"), { type: "radio", name: model.label, value: name })
        input.addEventListener("change", () => {
          model.chosen = name
        })
        const label = document.createElement("label")
        label.append(input, text)
        return label
      }),
    )
    show()
  }
  const show = () =>
    root.querySelectorAll("input").forEach((input) => {
      input.checked = input.value === model.chosen
    })
  model.on("options", fill)
  model.on("chosen", show)
  fill()
  return root
}
