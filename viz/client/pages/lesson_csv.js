// The answers to a lesson as comma-separated values: a row for each learner and question that anybody has answered.

import { judge } from "../kit/guess.js"
import { t } from "../kit/language.js"

const HEAD = [
  ...["learner", "part", "title", "kind", "question", "first_vote", "answer", "right_answer"],
  ...["result", "reason", "right_reason"],
]
const POINT = ["x", "curve", "simulation"]

/**
 * @import { CurveQuestion, Memory, Part } from "./types"
 * @typedef {Record<string, any>} Given answers by part: the number of an option or the points of a curve; with "s", of the second
 *   vote; with "r", of the reason; with "t", 1 for an exercise that was solved
 */

/**
 * The text of the file: numbers are plain, and each point of a curve has columns of its own.
 * @param {Part[]} parts
 * @param {Given[]} rows of each learner
 * @param {string[]} [names] of the learners, else they are counted
 */
export function csvOf(parts, rows, names = []) {
  const sections = [...document.querySelectorAll(".part")]
  const text = (/** @type {number} */ i, /** @type {string} */ selector) =>
    sections[i].querySelector(selector)?.textContent.trim() ?? ""
  const points = Math.max(0, ...parts.map(({ question }) => (question?.kind === "draw" ? question.x.length : 0)))
  const lines = rows.flatMap((answers, learner) =>
    parts.flatMap(({ question }, i) => {
      const start = [names[learner] ?? learner + 1, i + 1, text(i, "h1")]
      const solved = answers[`${i + 1}t`]
      const lines = question ? answered(question, answers, i) : []
      if (solved !== undefined)
        lines.push(["try", text(i, ".task"), "", "", "", t(solved ? "csv_reached" : "csv_tried"), "", ""])
      return lines.map((line) => [...start, ...line])
    }),
  )
  /** @type {(question: NonNullable<Part["question"]>, answers: Given, i: number) => (string | number)[][]} */
  function answered(question, answers, i) {
    const first = answers[i + 1]
    const second = answers[`${i + 1}s`]
    const answer = second ?? first
    if (answer === undefined || answer === null) {
      if (rows.every((each) => each[i + 1] === undefined)) return []
      const asked = text(i, question.kind === "draw" ? ".ask" : ".answers legend")
      return [[question.kind, asked, "", "", "", t("csv_none"), "", ""]]
    }
    if (question.kind === "draw") {
      const verdict = t(`csv_${judge(answer, question).verdict}`)
      const columns = question.x.flatMap((x, k) => [x, answer[k], question.y[k]])
      return [[question.kind, text(i, ".ask"), "", "", "", verdict, "", "", ...columns]]
    }
    const words = [...sections[i].querySelectorAll(".answers .words")].map((element) => element.textContent.trim())
    const why = [...sections[i].querySelectorAll(".why label.option")]
    const reason = why[answers[`${i + 1}r`]]
    const reasons = [reason, reason && why.find((label) => label.hasAttribute("data-right"))].map(
      (label) => label?.querySelector(".words")?.textContent.trim() ?? "",
    )
    const voted = second === undefined ? "" : (words[first] ?? "")
    const result = t(answer === question.right ? "csv_right" : "csv_wrong")
    return [
      [question.kind, text(i, ".answers legend"), voted, words[answer], words[question.right], result, ...reasons],
    ]
  }
  const head = [
    ...HEAD.map((name) => t(`csv_${name}`)),
    ...Array.from({ length: points }, (_, k) => POINT.map((name) => `${t(`csv_${name}`)} ${k + 1}`)).flat(),
  ]
  const whole = lines.map((line) => [...line, ...Array(head.length - line.length).fill("")])
  return [head, ...whole].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n"
}

/**
 * What was answered, by part: the number of an option, or the points of a curve, the reason, and whether an exercise was
 * solved; where a question was skipped, nothing.
 * @param {Memory} memory
 * @returns {Given}
 */
export function given({ answers, tasks = {} }) {
  const pairs = [
    ...Object.entries(answers).flatMap(([part, { choice, first, curve, why }]) => [
      ...(first === undefined
        ? [[part, curve ?? choice]]
        : [
            [part, first],
            [`${part}s`, curve ?? choice],
          ]),
      [`${part}r`, why],
    ]),
    ...Object.entries(tasks).map(([part, { met }]) => [`${part}t`, Number(met)]),
  ]
  return Object.fromEntries(pairs.filter(([, value]) => value !== null && value !== undefined))
}

/**
 * A number as it is; a text in quotes, where one that a spreadsheet would take for a formula is marked as text.
 * @param {string | number} value
 */
function cell(value) {
  if (typeof value === "number") return String(value)
  const text = value
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

/**
 * Let the browser save a table; the mark at its start tells spreadsheets that it is UTF-8.
 * @param {string} text
 * @param {string} name
 */
export const saveCsv = (text, name) => saveFile(`\ufeff${text}`, "text/csv", name)

/**
 * Let the browser save a text as a file.
 * @param {string} text
 * @param {string} type
 * @param {string} name
 */
export function saveFile(text, type, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
