// What a learning platform remembers of a lesson, by SCORM 1.2. In a package it takes the place of lesson_store.js.
//
// The platform offers an object `API` in a window around the lesson, or in the one that opened it. Without one the lesson goes on
// and nothing is remembered.

import { byId } from "../kit/dom.js"
import { readAttempt } from "../kit/tasks.js"
import { score } from "./lesson_results.js"

/**
 * @import { Memory, Part } from "./types"
 * @typedef {Record<"LMSInitialize" | "LMSGetValue" | "LMSCommit" | "LMSFinish", (text: string) => string> &
 *   {LMSSetValue(name: string, value: string): string}} Platform the standard's object `API`
 */

const LONGEST = 4096 // characters of cmi.suspend_data
const started = Date.now()
/** @type {{parts: Part[]}} */
const { parts } = JSON.parse(byId("data").textContent)
const api = find(window) ?? find(window.opener)

/**
 * The platform's object, at most seven windows up, as the standard says.
 * @param {(Window & {API?: Platform}) | null} from
 * @returns {Platform | null}
 */
function find(from) {
  try {
    for (let at = from, up = 0; at && up <= 7; at = at.parent, up++) {
      if (at.API) return at.API
      if (at === at.parent) return null
    }
  } catch {
    // a window of another origin: the platform's cannot be behind it
  }
  return null
}

/** @type {(name: string, value: unknown) => unknown} */
const put = (name, value) => api?.LMSSetValue(`cmi.${name}`, String(value))

/**
 * Write a memory in few characters; a choice is [option, reason, whether the reason was shown], a curve its points. What was
 * tried in a scene is kept as it is.
 * @param {Memory} memory
 */
export function pack({ page, done, answers, tasks }) {
  const write = (/** @type {boolean} */ curves) =>
    JSON.stringify({
      p: page,
      d: done ? 1 : 0,
      a: Object.fromEntries(
        Object.entries(answers).map(([part, { choice, why, why_shown: shown, curve }]) => [
          part,
          curve === undefined
            ? [choice, why, shown ? 1 : 0]
            : { c: curve && curves ? curve.map((value) => Number(value.toPrecision(4))) : null },
        ]),
      ),
      t: tasks,
    })
  const text = write(true)
  return text.length <= LONGEST ? text : write(false)
}

/**
 * Read what `pack` wrote; null for anything else.
 * @param {string} text
 * @returns {Memory | null}
 */
export function unpack(text) {
  try {
    /** @type {{p: number, d: number, a: Record<string, [choice: number | null, why: number | null, shown: number] | {c: number[] | null}>, t?: Record<string, unknown>}} */
    const { p, d, a, t } = JSON.parse(text)
    const answers = Object.fromEntries(
      Object.entries(a).map(([part, kept]) => [
        part,
        Array.isArray(kept) ? { choice: kept[0], why: kept[1], why_shown: kept[2] === 1 } : { curve: kept.c },
      ]),
    )
    const tried = Object.entries(t ?? {}).map(([part, attempt]) => [part, readAttempt(attempt)])
    const tasks = Object.fromEntries(tried.filter(([, attempt]) => attempt))
    return Number.isInteger(p) ? { page: p, done: d === 1, answers, tasks } : null
  } catch {
    return null
  }
}

/** As in lesson_store.js. @returns {Memory} */
export function recall() {
  const kept = api && api.LMSInitialize("") && unpack(api.LMSGetValue("cmi.suspend_data"))
  return kept || { page: 1, answers: {} }
}

/** As in lesson_store.js. @param {string} slug @param {Memory} memory */
export function keep(slug, memory) {
  if (!api) return false
  put("suspend_data", pack(memory))
  put("core.lesson_location", memory.page)
  put("core.score.min", 0)
  put("core.score.max", 100)
  put("core.score.raw", Math.round(100 * score(parts, memory.answers)))
  put("core.lesson_status", memory.done ? "completed" : "incomplete")
  put("core.exit", memory.done ? "" : "suspend")
  return String(api.LMSCommit("")) === "true"
}

/** As in lesson_store.js. */
export function forget() {
  if (api) keep("", { page: 1, answers: {} })
}

if (api) {
  addEventListener(
    "pagehide",
    () => {
      const seconds = Math.round((Date.now() - started) / 1000)
      const two = (/** @type {number} */ n) => String(Math.floor(n)).padStart(2, "0")
      put(
        "core.session_time",
        `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`,
      )
      api.LMSCommit("")
      api.LMSFinish("")
    },
    { once: true },
  )
}
