// A result that a student hands in without a room: all answers as one line of text, whose end tells whether it is whole.
//
// The line is `waferscope:SLUG:SHAPE:STUDENT:ANSWERS:CHECK`. SHAPE is that of the lesson's questions, so that the answers to
// another version of a lesson are not taken for those to this one; STUDENT is random, so that a result that is handed in again
// replaces the one before; ANSWERS is a short query as in kit/address.js.

import { expanded, shortened } from "../kit/address.js"

/**
 * @import { Part } from "./types"
 * @import { Given } from "./lesson_csv.js"
 * @typedef {"result_damaged" | "result_other_lesson" | "result_other_version"} Fault name of the message that says what is wrong
 */

const CODE = /waferscope:([a-z0-9-]+):([0-9a-z]+):([0-9a-f]+):([\w-]+):([0-9a-z]+)/

/** A name that tells nothing of who it is. */
export const someName = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

/** A short checksum of a text, FNV-1a. @param {string} text */
function checked(text) {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(36)
}

/** What the questions of a lesson are like. @param {Part[]} parts */
const shapeOf = (parts) =>
  checked(
    JSON.stringify(
      parts.map(({ question, task }) => [
        question && [question.kind, question.kind === "draw" ? question.x : question.right],
        Boolean(task),
      ]),
    ),
  )

/**
 * The line that a student hands in.
 * @param {string} slug
 * @param {Part[]} parts
 * @param {string} student
 * @param {Given} given
 */
export async function lineOf(slug, parts, student, given) {
  const query = new URLSearchParams(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const answers = (await shortened(query.toString())).slice("s=".length)
  const text = `waferscope:${slug}:${shapeOf(parts)}:${student}:${answers}`
  return `${text}:${checked(text)}`
}

/**
 * Read what was handed in: the answers, or what is wrong with them; null where a line has none.
 * @param {string} line
 * @param {string} slug
 * @param {Part[]} parts
 * @param {{options: number, reasons: number}[]} sizes how many each part has
 * @returns {Promise<{name: string, student?: string, given?: Given, fault?: Fault} | null>} with what stands before it
 */
export async function readLine(line, slug, parts, sizes) {
  const start = line.indexOf("waferscope:")
  if (start < 0) return line.trim() ? { name: line.trim().slice(0, 40), fault: "result_damaged" } : null
  const name = line
    .slice(0, start)
    .replace(/[\s:;,]+$/, "")
    .trim()
  const [code, of, shape, student, answers, check] = CODE.exec(line) ?? []
  if (!code || check !== checked(code.slice(0, code.lastIndexOf(":")))) return { name, fault: "result_damaged" }
  if (of !== slug) return { name, fault: "result_other_lesson" }
  if (shape !== shapeOf(parts)) return { name, fault: "result_other_version" }
  /** @type {Given} */
  const given = {}
  for (const [key, words] of await expanded(`s=${answers}`)) {
    const [, number, kind] = /^(\d{1,3})([srt]?)$/.exec(key) ?? []
    const part = parts[Number(number) - 1]
    const drawn = part?.question?.kind === "draw" && kind === ""
    const values = words.split(",").map(Number)
    const [value] = values
    const { options = 0, reasons = 0 } = sizes[Number(number) - 1] ?? {}
    const most = kind === "t" ? 2 : kind === "r" ? reasons : options
    const fits = drawn
      ? part.question?.kind === "draw" && values.length === part.question.x.length && values.every((each) => each > 0)
      : values.length === 1 && Number.isInteger(value) && value >= 0 && value < most
    if (!fits) return { name, fault: "result_damaged" }
    given[key] = drawn ? values : value
  }
  return { name, student, given }
}
