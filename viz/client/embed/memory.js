// The state of a frame that outlives it: a deck may empty a frame and load it again.

import { clamp } from "../player/timeline.js"

/** @import { PlayerState } from "../kit/types" */

/**
 * A place in the storage of the window.
 * @param {string} place
 * @param {number} duration of the run [tick]
 */
export const createMemory = (place, duration) => ({
  /** @param {PlayerState} state */
  keep({ t, speed, selected }) {
    try {
      sessionStorage.setItem(place, JSON.stringify({ t, speed, selected }))
    } catch {
      /* a sandboxed frame has no storage */
    }
  },
  /** What was kept, or null. */
  recall() {
    try {
      const { t, speed, selected } = JSON.parse(sessionStorage.getItem(place) ?? "null")
      const chosen = /** @type {number|null} */ (Number.isInteger(selected) ? selected : null)
      return { t: clamp(Number(t), duration), speed: Number(speed), selected: chosen }
    } catch {
      return null
    }
  },
})
