// What is said of the thing that is pointed at, has the focus of the keyboard, or is tapped: its source or its description,
// and what the terms in it mean, from the glossary.

import { h } from "../kit/dom.js"
import { termsIn } from "../kit/terms.js"

const MOST = 3 // terms that are explained at once
const SAID =
  "[data-source], [data-hint], .ws-legend li, .ws-say, .ws-toggles button, #chart-tools p, #chart-tools button, #title, .purpose, .verdict, .said, th"

/** What an element says now: of a menu, what is chosen. @param {HTMLElement} element */
function textOf(element) {
  const menu = element.querySelector("select")
  return menu ? `${element.querySelector("label")?.textContent} ${menu.selectedOptions[0]?.text}` : element.innerText
}

/** Show the hints of the page, in its components too. */
export function showHints() {
  const note = h("div", { class: "source", role: "tooltip", id: "source-note", hidden: true })
  document.body.append(note)
  /** @type {HTMLElement | null} */
  let shownFor = null
  const hide = () => {
    shownFor?.removeAttribute("aria-describedby")
    shownFor = null
    note.hidden = true
  }
  const show = (/** @type {Event} */ event) => {
    const path = event.composedPath().filter((part) => part instanceof HTMLElement)
    const element = path.find((part) => part.matches(SAID))
    if (element === shownFor) return
    hide()
    if (!element || (event.type === "focusin" && !path[0].matches(":focus-visible"))) return
    const own = element.getAttribute("data-source") ?? element.getAttribute("data-hint") ?? ""
    const terms = termsIn(`${textOf(element)} ${own}`).slice(0, MOST)
    if (!own && !terms.length) return
    shownFor = element
    note.replaceChildren(
      ...(own ? [h("p", {}, own)] : []),
      ...terms.map(({ name, text }) => h("p", {}, h("b", {}, name), ` ${text}`)),
    )
    note.hidden = false
    if (element.getRootNode() === document) element.setAttribute("aria-describedby", note.id)
    const box = element.getBoundingClientRect()
    const below = box.bottom + 6
    const fits = below + note.offsetHeight < innerHeight
    note.style.top = `${fits ? below : Math.max(8, box.top - note.offsetHeight - 6)}px`
    note.style.left = `${Math.max(8, Math.min(box.left, innerWidth - note.offsetWidth - 8))}px`
  }
  for (const kind of ["pointerover", "focusin", "click"]) document.addEventListener(kind, show)
  document.addEventListener("focusout", hide)
  document.addEventListener("pointerleave", hide)
  addEventListener("scroll", hide, true)
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide()
  })
}
