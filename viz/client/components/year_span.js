// @ts-nocheck
// Draws YearSpan of viz/charts/planner_ladder.py: two native sliders for the ends of a span of years.

/** Build the sliders; neither can pass the other. */
export function render({ model }) {
  const slider = (word, set) => {
    const input = document.createElement("input")
    input.type = "range"
    input.step = 1
    input.addEventListener("input", () => {
      model.span = set(Number(input.value), ...model.span)
    })
    const value = document.createElement("b")
    const label = document.createElement("label")
    label.append(`${word} `, value, input)
    return { input, value, label }
  }
  const from = slider("From", (year, _, last) => [year, Math.max(year, last)])
  const to = slider("To", (year, first) => [Math.min(year, first), year])
  const show = () => {
    const [low, high] = model.years
    for (const [i, { input, value }] of [from, to].entries()) {
      Object.assign(input, { min: low, max: high, value: model.span[i] })
      value.textContent = model.span[i]
    }
  }
  model.on("span", show)
  model.on("years", show)
  show()
  const root = document.createElement("div")
  root.className = "span"
  root.setAttribute("role", "group")
  root.setAttribute("aria-label", "Span of years")
  root.append(from.label, to.label)
  return root
}
