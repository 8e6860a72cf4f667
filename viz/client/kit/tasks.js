// What became of an exercise: the page of the scene tells it, the lesson takes it, both in one browser.

/**
 * @typedef {object} Attempt
 * @property {boolean} met whether the goal was reached
 * @property {string} now how near it was, in words
 * @property {string} address of the page of the scene, as it was then
 */

const PREFIX = "waferscope.task."

/**
 * Leave the latest attempt for the lesson; one that reached the goal stays until it is taken.
 * @param {string} task as the address names it
 * @param {Attempt} attempt
 */
export function leaveAttempt(task, attempt) {
  try {
    if (attempt.met || !read(task)?.met) localStorage.setItem(PREFIX + task, JSON.stringify(attempt))
  } catch {
    // a browser that keeps nothing: the strip of the scene says what was reached
  }
}

/**
 * Take the attempt that was left, null where there is none.
 * @param {string} task
 * @returns {Attempt | null}
 */
export function takeAttempt(task) {
  const attempt = read(task)
  if (attempt) localStorage.removeItem(PREFIX + task)
  return attempt
}

/** @type {(task: string) => Attempt | null} */
function read(task) {
  try {
    const { met, now, address } = JSON.parse(localStorage.getItem(PREFIX + task) ?? "null")
    return typeof address === "string" && address.startsWith("/")
      ? { met: met === true, now: String(now), address }
      : null
  } catch {
    return null // nothing there, or something that somebody edited
  }
}
