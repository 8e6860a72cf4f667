// What became of the answers to a lesson.

import { judge } from "../kit/guess.js"

/**
 * For each question that was answered or shown: its part and kind, whether an answer was given, and whether that missed.
 * @param {import("./types").Part[]} parts
 * @param {import("./types").Memory["answers"]} answers
 * @returns {{part: number, kind: import("./types").Question["kind"], given: boolean, missed: boolean}[]}
 */
export function results(parts, answers) {
  return parts.flatMap(({ question }, i) => {
    const answer = answers[i + 1]
    if (!question || !answer) return []
    const given = question.kind === "draw" ? Boolean(answer.curve) : answer.choice !== null
    const near =
      question.kind === "draw"
        ? answer.curve && judge(answer.curve, question).verdict === "near"
        : answer.choice === question.right
    return [{ part: i + 1, kind: question.kind, given, missed: given && !near }]
  })
}

/**
 * How many of the answers to questions of some kinds were right, or nearly.
 * @param {ReturnType<typeof results>} found
 * @param {...string} kinds
 */
export function counted(found, ...kinds) {
  const these = found.filter(({ kind, given }) => given && kinds.includes(kind))
  return { n: these.filter(({ missed }) => !missed).length, total: these.length }
}

/**
 * The share of all questions that were answered right, or nearly.
 * @param {import("./types").Part[]} parts
 * @param {import("./types").Memory["answers"]} answers
 */
export function score(parts, answers) {
  const asked = parts.filter((part) => part.question).length
  return asked ? results(parts, answers).filter(({ given, missed }) => given && !missed).length / asked : 1
}
