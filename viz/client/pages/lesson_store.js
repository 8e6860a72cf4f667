// What a browser remembers of a lesson: the page, and the answers. It never leaves the browser.

import { t } from "../kit/language.js"

/** @import { Memory } from "./types" */

const key = (/** @type {string} */ slug) => `waferscope.lesson.${slug}`

/**
 * The memory of a lesson; empty where there is none, or where it cannot be read.
 * @param {string} slug
 * @returns {Memory}
 */
export function recall(slug) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(slug)) ?? "null")
    if (Number.isInteger(kept?.page) && kept.answers && typeof kept.answers === "object") return kept
  } catch {
    // a private window, or a memory that somebody edited: start afresh
  }
  return { page: 1, answers: {} }
}

/**
 * Keep a memory; false where the browser does not allow it.
 * @param {string} slug
 * @param {Memory} memory
 */
export function keep(slug, memory) {
  try {
    localStorage.setItem(key(slug), JSON.stringify(memory))
    return true
  } catch {
    return false
  }
}

/**
 * Forget a lesson.
 * @param {string} slug
 */
export function forget(slug) {
  try {
    localStorage.removeItem(key(slug))
  } catch {
    // nothing was kept
  }
}

/** On the list of lessons, note where the reader stopped. */
export function showProgress() {
  for (const link of document.querySelectorAll("a[data-slug]")) {
    const { page, done } = recall(String(link.getAttribute("data-slug")))
    const note = link.querySelector(".progress-note")
    if (!note) continue
    if (done) note.textContent = `✓ ${t("finished")} ·`
    else if (page > 1) note.textContent = `${t("resume", { n: page })} ·`
  }
}
