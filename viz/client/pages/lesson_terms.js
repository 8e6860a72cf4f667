// What the terms of the glossary in a lesson mean: beside the link, while it has pointer or focus.

import { byId, h } from "../kit/dom.js"

/** @param {import("./types").LessonData["glossary"]} glossary by the anchor of a term */
export function showTerms(glossary) {
  const definition = byId("definition")
  /** @type {HTMLAnchorElement | null} */
  let shownFor = null
  const define = (/** @type {HTMLAnchorElement} */ link) => {
    const term = glossary[link.hash.slice(1)]
    if (!term) return
    shownFor = link
    definition.replaceChildren(h("b", {}, term.name), ` ${term.text}`)
    definition.hidden = false
    const box = link.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = definition
    definition.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`
    definition.style.top = `${box.bottom + 6 + height < innerHeight ? box.bottom + 6 : box.top - height - 6}px`
    link.setAttribute("aria-describedby", "definition")
  }
  const undefine = () => {
    shownFor?.removeAttribute("aria-describedby")
    shownFor = null
    definition.hidden = true
  }
  for (const link of document.querySelectorAll(/** @type {"a"} */ ("a.term"))) {
    link.addEventListener("pointerenter", () => define(link))
    link.addEventListener("focus", () => define(link))
    link.addEventListener("pointerleave", undefine)
    link.addEventListener("blur", undefine)
  }
  addEventListener("keydown", (event) => event.key === "Escape" && undefine())
}
