// @ts-nocheck
// Writes the figures of a run: number, unit, label, kind; the source on hover and focus.

import { between, shown, written } from "../kit/formats.js"

const FIRST = 6 // figures in sight; a run gives the most telling first

const figure = ([name, { value, unit, label, kind, source, low, high }]) => {
  const [number, of] = written(value, unit)
  const button = document.createElement("button")
  button.type = "button"
  button.className = "figure"
  button.dataset.name = name
  button.dataset.source = `${source} (${kind})`
  const big = document.createElement("b")
  big.append(number)
  if (of) big.append(Object.assign(document.createElement("small"), { textContent: of }))
  const small = Object.assign(document.createElement("span"), { textContent: label })
  if (low !== undefined && low !== high)
    button.append(Object.assign(document.createElement("em"), { textContent: between(value, low, high, unit) }))
  if (kind !== "modelled")
    small.append(Object.assign(document.createElement("i"), { className: `kind ${kind}`, textContent: kind }))
  button.prepend(big, small)
  return button
}

/**
 * How B differs from A: the difference with its sign and unit, and the ratio; words where they are no numbers.
 * @returns {[string, string]}
 */
export function difference(a, b) {
  if (!a || !b) return ["only one", ""]
  if (typeof a.value !== "number" || typeof b.value !== "number") return [a.value === b.value ? "same" : "differs", ""]
  const by = b.value - a.value
  if (by === 0) return ["same", ""]
  const [number, unit] =
    a.unit === "share" ? [shown(Number((Math.abs(by) * 100).toPrecision(3))), "points"] : written(Math.abs(by), a.unit)
  const ratio = a.value > 0 && b.value > 0 ? `${shown(Number((b.value / a.value).toPrecision(3)))}×` : ""
  return [`${by > 0 ? "+" : "−"}${number}${unit ? ` ${unit}` : ""}`, ratio]
}

const cell = (tag, className, ...children) => {
  const made = Object.assign(document.createElement(tag), { className })
  made.append(...children)
  return made
}

// Figures of two runs, A, B, and what B has more.
const compared = (names, a, b) => {
  const heads = ["Figure", "A", "B", "B − A"].map((text) => Object.assign(cell("th", "", text), { scope: "col" }))
  const rows = names.map((name) => {
    const { label, source, kind } = b[name] ?? a[name]
    const button = cell("button", "figure-name", label)
    Object.assign(button, { type: "button" }).dataset.source = `${source} (${kind})`
    const values = [a[name], b[name]].map((found) => {
      const [number, unit] = found ? written(found.value, found.unit) : ["–", ""]
      return cell("td", "", number, cell("small", "", unit))
    })
    const [by, ratio] = difference(a[name], b[name])
    const row = cell(
      "tr",
      "",
      Object.assign(cell("th", "", button), { scope: "row" }),
      ...values,
      cell("td", "by", by, cell("small", "", ratio)),
    )
    row.dataset.name = name
    return row
  })
  return cell("table", "compared", cell("thead", "", cell("tr", "", ...heads)), cell("tbody", "", ...rows))
}

/**
 * Fill an element with the figures of a run's header: the first few, and the others behind "All figures".
 * @param {HTMLElement} element
 * @param {object} figures of the run
 * @param {object} [pinned] figures of the run beside it: both are shown, with their differences
 */
export function writeFigures(element, figures, pinned) {
  const isEnd = (name) => /_(low|high)$/.test(name) && figures[name.replace(/_(low|high)$/, "")]?.low !== undefined
  const names = Object.keys({ ...figures, ...pinned }).filter((name) => !isEnd(name))
  const all = pinned ? names : names.map((name) => figure([name, figures[name]]))
  const grid = (...children) => (pinned ? compared(children, pinned, figures) : cell("div", "figures", ...children))
  const open = element.querySelector("details")?.open ?? false
  const rest = document.createElement("details")
  rest.open = open
  rest.append(
    Object.assign(document.createElement("summary"), { className: "button", textContent: "All figures" }),
    grid(...all.slice(FIRST)),
  )
  element.replaceChildren(grid(...all.slice(0, FIRST)), ...(all.length > FIRST ? [rest] : []))
}

/** Show the source of the figure under pointer or focus, beside it. */
export function showSources(root) {
  const note = Object.assign(document.createElement("div"), {
    className: "source",
    role: "tooltip",
    id: "source-note",
    hidden: true,
  })
  document.body.append(note)
  const show = (event) => {
    const figure = event.target.closest?.("[data-source]")
    note.hidden = !figure
    if (!figure) return
    note.textContent = figure.dataset.source
    figure.setAttribute("aria-describedby", note.id)
    const box = figure.getBoundingClientRect()
    note.style.top = `${Math.min(box.bottom + 6, innerHeight - note.offsetHeight - 8)}px`
    note.style.left = `${Math.max(8, Math.min(box.left, innerWidth - note.offsetWidth - 8))}px`
  }
  for (const kind of ["pointerover", "focusin"]) root.addEventListener(kind, show)
  for (const kind of ["pointerleave", "focusout"])
    root.addEventListener(kind, () => {
      note.hidden = true
    })
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") note.hidden = true
  })
}
