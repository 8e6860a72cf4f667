// What became of an exercise. The page of the scene tells it: to the lesson that opened it, wherever that is, and to this browser,
// where a lesson of the same site finds it too.

/**
 * @typedef {object} Attempt
 * @property {boolean} met whether the goal was reached
 * @property {string} now how near it was, in words
 * @property {string} address of the page of the scene, as it was then, without its site
 */

const PREFIX = "waferscope.task."

/**
 * The attempt that counts: the latest, but one that reached the goal stays.
 * @param {Attempt | null | undefined} kept
 * @param {Attempt} latest
 */
export const better = (kept, latest) => (kept?.met && !latest.met ? kept : latest)

/**
 * Tell an attempt.
 * @param {string} task as the address names it
 * @param {Attempt} attempt
 */
export function tellAttempt(task, attempt) {
  window.opener?.postMessage({ ns: "waferscope", v: 1, type: "attempt", task, attempt }, "*")
  try {
    localStorage.setItem(PREFIX + task, JSON.stringify(better(attemptAt(task), attempt)))
  } catch {
    // a browser that keeps nothing: the strip of the scene says what was reached
  }
}

/**
 * Hear the attempts of scenes that this page has opened.
 * @param {string} site origin of the scenes
 * @param {(task: string, attempt: Attempt) => void} heard
 */
export function hearAttempts(site, heard) {
  addEventListener("message", ({ data, origin }) => {
    if (origin !== site || data?.ns !== "waferscope" || data.type !== "attempt") return
    const attempt = readAttempt(data.attempt)
    if (attempt) heard(String(data.task), attempt)
  })
}

/**
 * The attempt that this browser keeps, null where there is none.
 * @param {string} task
 * @returns {Attempt | null}
 */
export function attemptAt(task) {
  try {
    return readAttempt(JSON.parse(localStorage.getItem(PREFIX + task) ?? "null"))
  } catch {
    return null // nothing there, or something that somebody edited
  }
}

/** @param {any} told @returns {Attempt | null} */
export function readAttempt(told) {
  const address = told?.address
  return typeof address === "string" && /^\/[^/]/.test(address)
    ? { met: told.met === true, now: String(told.now), address }
    : null
}

/** Forget it. @param {string} task */
export function dropAttempt(task) {
  try {
    localStorage.removeItem(PREFIX + task)
  } catch {
    // nothing was kept
  }
}
