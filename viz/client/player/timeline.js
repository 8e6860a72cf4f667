// Time of a run as people meet it: pace, ticks, marks and words. No DOM.

import { quantity, t as text } from "../kit/language.js"

/** @import { Mark, Run, Tick } from "../kit/types" */

/** The choices of speed, relative to the pace of the run. @type {[speed: number, label: string][]} */
export const SPEEDS = [
  [0.25, "¼×"],
  [0.5, "½×"],
  [1, "1×"],
  [2, "2×"],
  [4, "4×"],
]

/**
 * Ticks a second at speed 1: four, slow enough to follow one datum, unless the run would then last over 20 s.
 * @param {number} duration ticks
 */
export const pace = (duration) => Math.max(4, duration / 20)

/** Keep a time within the run. @param {number} t @param {number} duration */
export const clamp = (t, duration) => Math.min(Math.max(Number.isFinite(t) ? t : 0, 0), duration)

/**
 * Ticks of a step by hand: a cycle is one; other ticks are as fine as their clock, and a step is a share of the run.
 * @param {Pick<Run, "tick" | "duration">} run
 */
export const stride = ({ tick, duration }) => (tick.unit === "cycle" ? 1 : Math.max(1, Math.round(duration / 400)))

/**
 * One step of n ticks from t: it lands on a whole tick, and a step back from between two ticks on the one before.
 * @param {number} t
 * @param {number} n
 * @param {number} duration
 */
export function stepped(t, n, duration) {
  const from = n > 0 ? Math.floor(t) : Math.ceil(t)
  return clamp(from + n, duration)
}

/**
 * The nearest of the sorted `ticks` after t (direction 1) or before it (-1); the end of the run where there is none.
 * @param {number[]} ticks
 * @param {number} t
 * @param {number} direction
 * @param {number} duration
 */
export function neighbour(ticks, t, direction, duration) {
  let low = 0
  let high = ticks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (direction > 0 ? ticks[middle] <= t : ticks[middle] < t) low = middle + 1
    else high = middle
  }
  const found = direction > 0 ? ticks[low] : ticks[low - 1]
  return clamp(found ?? (direction > 0 ? duration : 0), duration)
}

const APART = 0.04 // of the run: marks that are nearer to each other stand on the time bar as one

/**
 * Marks by time, those together that lie too near to the first of them to be told apart on the time bar.
 * @param {Mark[]} marks
 * @param {number} duration
 */
export function together(marks, duration) {
  /** @type {Mark[][]} */
  const found = []
  for (const mark of marks) {
    const last = found.at(-1)
    if (last && mark.t - last[0].t < APART * duration) last.push(mark)
    else found.push([mark])
  }
  return found
}

/**
 * The mark of a name, or undefined.
 * @param {Mark[]} marks
 * @param {string} name
 */
export const markNamed = (marks, name) => marks.find((mark) => mark.name === name)

/**
 * Marks with from < t <= to: those a playing head has just passed.
 * @template {{t: number}} Timed
 * @param {Timed[]} marks
 * @param {number} from
 * @param {number} to
 */
export const passed = (marks, from, to) => marks.filter((mark) => mark.t > from && mark.t <= to)

/**
 * A tick as words: "cycle 61", or a time where ticks are no cycles.
 * @param {number} t
 * @param {Tick} tick
 */
export function when(t, tick) {
  return tick.unit === "cycle" ? text("player_cycle", { n: Math.round(t) }) : time(t, tick)
}

/** @param {number} t @param {Tick} tick */
const time = (t, tick) => quantity(Math.round(t) * tick.seconds, "s")

/**
 * A sentence starting with the time at which it became true: "At cycle 61: …".
 * @param {number} t
 * @param {Tick} tick
 * @param {string} sentence
 * @returns {[when: string, text: string]}
 */
export const spoken = (t, tick, sentence) => [
  tick.unit === "cycle"
    ? text("player_at_cycle", { n: Math.round(t) })
    : text("player_at_time", { time: time(t, tick) }),
  sentence,
]
