// Draws viz/components/goal.py: what is asked, how near the present run is, and what to try next.

import { h, whole } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { tellAttempt } from "../kit/tasks.js"

const WIDEST = 1.25 // of the meter, in ways to the goal; goal.css has its mark

/**
 * @typedef {object} Parameters
 * @property {string} question
 * @property {string} purpose
 * @property {string} task
 * @property {string} now
 * @property {number} share of the way
 * @property {boolean} met
 * @property {string} place the exercise that this is, "" for the scene's own goal
 * @property {string} lang of the exercise, "" for that of the page
 * @property {string[]} hints
 * @property {string} solution a query with its question mark
 * @property {string} said
 * @property {[words: string, address: string, lang?: string][]} further
 */

/** @param {import("./types").Rendered<Parameters>} component */
export function render({ model }) {
  const task = h("p", { class: "task" })
  const now = h("p", { class: "now", role: "status" })
  const fill = h("i")
  const meter = h("div", { class: "meter", "aria-hidden": "true" }, fill, h("u"))
  const said = h("p", { class: "said" })
  const hints = h("div", { class: "hints" })
  const further = h("div", { class: "further" })
  const root = h("section", { class: "goal", "aria-label": t("goal") }, task, now, meter, said, hints, further)

  const draw = () => {
    task.replaceChildren(h("span", { lang: model.lang || undefined }, model.task))
    task.hidden = !model.task
    now.replaceChildren(...whole(model.now))
    now.hidden = meter.hidden = !model.now
    fill.style.setProperty("--share", String(Math.min(1, model.share / WIDEST)))
    root.classList.toggle("met", model.met)
    said.textContent = model.said
    said.hidden = !model.said
    if (model.place && model.now)
      tellAttempt(model.place, { met: model.met, now: model.now, address: location.pathname + location.search })
  }
  const drawHelp = () => {
    hints.hidden = !model.place
    hints.replaceChildren(
      ...model.hints.map((words, i) =>
        h(
          "details",
          {},
          h("summary", {}, t("task_hint", { n: i + 1 })),
          h("p", { lang: model.lang || undefined }, words),
        ),
      ),
      h(
        "details",
        {},
        h("summary", {}, t("solution")),
        h("p", {}, h("a", { href: model.solution, "data-scenario": true }, t("open_solution"))),
      ),
    )
    further.replaceChildren(
      ...model.further.map(([words, address, hreflang]) =>
        h("a", { href: address, hreflang, "data-scenario": address.startsWith("?"), onclick: leave }, words),
      ),
    )
  }
  // A lesson that opened this page is still there.
  const leave = () => (model.place && window.opener && !window.opener.closed ? window.close() : tell("step", null))
  const tell = (/** @type {string} */ name, /** @type {unknown} */ detail) =>
    dispatchEvent(new CustomEvent(`waferscope:${name}`, { detail }))
  const tellQuestion = () => tell("question", { question: model.question, purpose: model.purpose })
  const end = (/** @type {Event} */ event) =>
    root.classList.toggle("ended", /** @type {CustomEvent} */ (event).detail === true)

  for (const name of /** @type {const} */ (["task", "lang", "now", "share", "met", "said"])) model.on(name, draw)
  for (const name of /** @type {const} */ (["place", "lang", "hints", "solution", "further"])) model.on(name, drawHelp)
  model.on("question", tellQuestion)
  model.on("purpose", tellQuestion)
  addEventListener("waferscope:ended", end)
  model.on("remove", () => removeEventListener("waferscope:ended", end))
  draw()
  drawHelp()
  tellQuestion()
  return root
}
