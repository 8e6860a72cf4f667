// A question with options as its form shows it: open, answered, beside the result, explained. See templates/question.html.

import { find } from "../kit/dom.js"
import { t } from "../kit/language.js"

/** @import { Answer, ChoiceQuestion } from "./types" */

/** @type {(section: HTMLElement, selector: string) => HTMLElement[]} */
const all = (section, selector) => [...section.querySelectorAll(/** @type {"p"} */ (selector))]

/** The radio buttons of the answers. @param {HTMLElement} section */
export const inputsOf = (section) => [...section.querySelectorAll(/** @type {"input"} */ (".answers input"))]

/** The words of the answers. @param {HTMLElement} section */
export const wordsOf = (section) => all(section, ".answers .words")

/** The reasons, and which of them is right. @param {HTMLElement} section */
export function reasonsOf(section) {
  const labels = all(section, ".why label.option")
  return { labels, right: labels.findIndex((label) => label.hasAttribute("data-right")) }
}

/** The button that commits. @param {HTMLElement} section */
export const commitOf = (section) => /** @type {HTMLButtonElement} */ (find(section, ".commit"))

/** Open the question of a part. @param {HTMLElement} section */
export function ask(section) {
  const form = /** @type {HTMLFormElement} */ (find(section, "form.question"))
  form.reset()
  form.classList.remove("answered")
  for (const element of all(section, ".outcome, .feedback, .reason")) element.hidden = true
  for (const label of all(section, "label.option")) {
    label.classList.remove("correct", "chosen")
    find(label, ".tag").textContent = ""
  }
  for (const input of section.querySelectorAll("input")) input.disabled = false
  commitOf(section).disabled = true
}

/** Take no more answers. @param {HTMLElement} section */
export function close(section) {
  find(section, "form.question").classList.add("answered")
  for (const input of inputsOf(section)) input.disabled = true
}

/** @type {(labels: HTMLElement[], right: number, chosen: number | null | undefined) => void} */
function mark(labels, right, chosen) {
  labels.forEach((label, i) => {
    label.classList.toggle("correct", i === right)
    label.classList.toggle("chosen", i === chosen)
    Object.assign(find(label, "input"), { checked: i === chosen, disabled: true })
    find(label, ".tag").textContent = [i === chosen && t("your_answer"), i === right && t("right_answer")]
      .filter(Boolean)
      .join(" · ")
  })
}

/**
 * Show what became of an answer: what there is to say to it, what is so, and once a reason is given, why.
 * @param {HTMLElement} section
 * @param {ChoiceQuestion} asked
 * @param {Answer} answer
 * @returns the verdict
 */
export function settle(section, asked, { choice = null, why = null, why_shown: shown }) {
  close(section)
  mark(all(section, ".answers label.option"), asked.right, choice)
  const words = wordsOf(section).map((element) => element.textContent)
  const kind = choice === null ? "none" : choice === asked.right ? "right" : "wrong"
  const values = { answer: words[choice ?? -1] ?? "", right: words[asked.right] }
  const verdict = t(`told_${kind}`, values)
  find(section, ".verdict").textContent = verdict
  find(section, ".outcome").hidden = false
  tell(section, ".feedback", choice ?? asked.right)
  if (why !== null || shown) explain(section, why)
  return verdict
}

/**
 * Say what there is to say: to this answer, and what is so.
 * @param {HTMLElement} section
 * @param {".feedback" | ".reason"} kind
 * @param {string | number} answer
 */
export function tell(section, kind, answer) {
  for (const paragraph of all(section, kind))
    paragraph.hidden = paragraph.dataset.option !== String(answer) && !paragraph.classList.contains("truth")
}

/** Explain why it is so. @param {HTMLElement} section @param {number | null} why the reason that was chosen */
export function explain(section, why) {
  const { labels, right } = reasonsOf(section)
  mark(labels, right, why)
  tell(section, ".reason", why ?? right)
  find(section, ".show-why").hidden = true
  const explanation = find(section, ".why + .explanation")
  explanation.scrollIntoView({ block: "nearest" })
}
