// The answers to a lesson as comma-separated values: a row for each learner and question.

import { judge } from "../kit/guess.js"
import { number, quantity, t } from "../kit/language.js"

const HEAD = () => [
  t("csv_learner"),
  t("csv_part"),
  t("csv_title"),
  t("csv_kind"),
  t("csv_question"),
  t("csv_answer"),
  t("csv_right_answer"),
  t("csv_result"),
  t("csv_reason"),
  t("csv_right_reason"),
]

/**
 * @import { CurveQuestion, Memory, Part } from "./types"
 * @typedef {Record<string, any>} Given answers by part: the number of an option or the points of a curve; with "r", of the reason; with "t", 1 for an exercise that was solved
 */

/**
 * The text of the file.
 * @param {Part[]} parts
 * @param {Given[]} rows of each learner
 */
export function csvOf(parts, rows) {
  const sections = [...document.querySelectorAll(".part")]
  const text = (/** @type {number} */ i, /** @type {string} */ selector) =>
    sections[i].querySelector(selector)?.textContent.trim() ?? ""
  /** @type {(asked: CurveQuestion, values: number[]) => string} */
  const curve = ({ x, unit }, values) =>
    values.map((value, i) => `${number(x[i])}: ${quantity(value, unit)}`).join("; ")
  const lines = rows.flatMap((answers, learner) =>
    parts.flatMap(({ question }, i) => {
      const answer = answers[i + 1]
      if (!question || answer === undefined || answer === null) return []
      const draws = question.kind === "draw"
      const words = [...sections[i].querySelectorAll(".answers .words")].map((element) => element.textContent.trim())
      const [said, right, result] = draws
        ? [curve(question, answer), curve(question, question.y), t(`csv_${judge(answer, question).verdict}`)]
        : [words[answer], words[question.right], t(answer === question.right ? "csv_right" : "csv_wrong")]
      const why = [...sections[i].querySelectorAll(".why label.option")]
      const reason = why[answers[`${i + 1}r`]]
      const reasons = [reason, reason && why.find((label) => label.hasAttribute("data-right"))].map(
        (label) => label?.querySelector(".words")?.textContent.trim() ?? "",
      )
      return [
        [
          learner + 1,
          i + 1,
          text(i, "h1"),
          question.kind,
          text(i, draws ? ".ask" : ".answers legend"),
          said,
          right,
          result,
          ...reasons,
        ],
      ]
    }),
  )
  return [HEAD(), ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n"
}

/**
 * What was answered, by part: the number of an option, or the points of a curve, the reason, and whether an exercise was
 * solved; where a question was skipped, nothing.
 * @param {Memory} memory
 * @returns {Given}
 */
export function given({ answers, tasks = {} }) {
  const pairs = [
    ...Object.entries(answers).flatMap(([part, { choice, curve, why }]) => [
      [part, curve ?? choice],
      [`${part}r`, why],
    ]),
    ...Object.entries(tasks).map(([part, { met }]) => [`${part}t`, Number(met)]),
  ]
  return Object.fromEntries(pairs.filter(([, value]) => value !== null && value !== undefined))
}

/**
 * A cell in quotes; what a spreadsheet would take for a formula is marked as text.
 * @param {unknown} value
 */
function cell(value) {
  const text = String(value)
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

/**
 * Let the browser save a text as a file; the mark at its start tells spreadsheets that it is UTF-8.
 * @param {string} text
 * @param {string} name
 */
export function saveCsv(text, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
