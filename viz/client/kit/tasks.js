// What became of an exercise: the page of the scene keeps it, the lesson reads it, both in one browser.

/**
 * @typedef {object} Attempt
 * @property {boolean} met whether the goal was reached
 * @property {string} now how near it was, in words
 * @property {string} address of the page of the scene, as it was then
 */

const PREFIX = "waferscope.task."

/**
 * Keep the latest attempt; one that reached the goal stays.
 * @param {string} task as the address names it
 * @param {Attempt} attempt
 */
export function keepAttempt(task, attempt) {
  try {
    if (attempt.met || !attemptAt(task)?.met) localStorage.setItem(PREFIX + task, JSON.stringify(attempt))
  } catch {
    // a browser that keeps nothing: the strip of the scene says what was reached
  }
}

/**
 * The attempt that counts, null where there is none.
 * @param {string} task
 * @returns {Attempt | null}
 */
export function attemptAt(task) {
  try {
    const { met, now, address } = JSON.parse(localStorage.getItem(PREFIX + task) ?? "null")
    return typeof address === "string" && address.startsWith("/")
      ? { met: met === true, now: String(now), address }
      : null
  } catch {
    return null // nothing there, or something that somebody edited
  }
}

/** Forget it. @param {string} task */
export function dropAttempt(task) {
  try {
    localStorage.removeItem(PREFIX + task)
  } catch {
    // nothing was kept
  }
}
