// A guess that somebody draws: what its strokes set, and where it differs from the truth.

import { t } from "./language.js"
import { scale } from "./scale.js"

const NEAR = 1.25 // times too much or too little, on a logarithmic axis
const NEAR_SHARE = 0.1 // of the largest value, on a linear axis
const OVER = 1.02 // times the line, from which on a value lies above it
const NOTHING = 0.002 // of the largest value, below which a guess is zero
const TURN = 0.2 // radians that are seen as a bend
const MIDDLE = 0.5,
  MARGIN = 0.02 // of the width: what is between left and right

/**
 * @typedef {{x: number, y: number}} Place
 * @typedef {{low: number, high: number, log: boolean}} Ends of an axis
 * @typedef {object} Truth what a guess is compared with
 * @property {number[]} x
 * @property {number[]} y
 * @property {number[] | null} line what no guess can exceed, unless the truth does; null without one
 * @property {{x: Ends, y: Ends}} axes on which it is drawn
 *
 * @typedef {"above" | "below" | "mixed" | "near"} Side where a guess is; "mixed" where it crosses the truth
 * @typedef {object} Judgement
 * @property {Side | "impossible"} verdict
 * @property {number} worst the point that is farthest off; where something is impossible, the point that is most so
 * @property {Side} left
 * @property {Side} right
 * @property {{own: number, found: number}} bends the points at which guess and truth bend, −1 where one is straight, 0 where it has no one point
 */

/** @type {(errors: number[]) => number} */
const mean = (errors) => errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length)
/** @type {(errors: number[]) => Side} */
const sideOf = (errors) => {
  if (mean(errors.map(Math.abs)) <= 1) return "near"
  return Math.abs(mean(errors)) <= 1 ? "mixed" : mean(errors) > 0 ? "above" : "below"
}
/** @type {(values: number[]) => number} */
const largest = (values) => values.indexOf(Math.max(...values))

/**
 * Where a guess differs from the truth; the first point is given and does not count.
 * @param {number[]} guess
 * @param {Truth} truth
 * @returns {Judgement}
 */
export function judge(guess, { x, y, line, axes }) {
  const most = Math.max(...y)
  const errors = y.map((value, i) =>
    axes.y.log ? Math.log(guess[i] / value) / Math.log(NEAR) : (guess[i] - value) / (NEAR_SHARE * most),
  )
  errors[0] = 0
  const across = scale(axes.x.low, axes.x.high, 0, 1, axes.x.log)
  const left = sideOf(errors.filter((_, i) => i > 0 && across.at(x[i]) < MIDDLE - MARGIN))
  const right = sideOf(errors.filter((_, i) => across.at(x[i]) > MIDDLE + MARGIN))
  const bends = { own: bendOf(x, guess, axes), found: bendOf(x, y, axes) }
  const sizes = errors.map(Math.abs)
  const bounded = line !== null && y.every((value, i) => value <= line[i] * OVER)
  const excess = guess.map((value, i) => {
    if (i === 0) return 0
    return value < NOTHING * most ? Infinity : bounded && value > line[i] * OVER ? value / line[i] : 0
  })
  if (Math.max(...excess) > 0) return { verdict: "impossible", worst: largest(excess), left, right, bends }
  const worst = largest(sizes)
  /** @type {Side[]} */
  const off = /** @type {Side[]} */ ([left, right]).filter((side) => side !== "near")
  const whole = mean(errors) > 0 ? "above" : "below"
  const verdict = mean(sizes.slice(1)) <= 1 ? "near" : new Set(off).size > 1 ? "mixed" : (off[0] ?? whole)
  return { verdict, worst, left, right, bends }
}

/** @type {(x: number[], y: number[], axes: Truth["axes"]) => number} */
function bendOf(x, y, axes) {
  const [sx, sy] = [axes.x, axes.y].map(({ low, high, log }) => scale(low, high, 0, 1, log))
  const angles = x.slice(1).map((value, i) => Math.atan2(sy.at(y[i + 1]) - sy.at(y[i]), sx.at(value) - sx.at(x[i])))
  const turns = angles.slice(1).map((angle, i) => Math.abs(angle - angles[i]))
  if (Math.max(...turns) >= TURN) return largest(turns) + 1
  return Math.abs(angles[angles.length - 1] - angles[0]) >= TURN ? 0 : -1
}

/**
 * The judgement in sentences.
 * @param {number[]} guess
 * @param {Truth} truth
 * @param {{x: string, y: string}} units
 * @returns {string[]}
 */
export function judged(guess, truth, units) {
  const { verdict, worst, left, right, bends } = judge(guess, truth)
  const at = (/** @type {number} */ i) => ({ value: truth.x[i], unit: units.x })
  const y = (/** @type {number} */ value) => ({ value, unit: units.y, digits: 3 })
  const values = { x: at(worst), guess: y(guess[worst]), found: y(truth.y[worst]) }
  if (verdict === "impossible")
    return [t(truth.line && guess[worst] > truth.line[worst] ? "guess_above" : "guess_zero", values)]
  const { own, found } = bends
  const bend =
    own === -1 && found === 0
      ? [t("guess_straight")]
      : own === -1 && found > 0
        ? [t("guess_no_bend", { x: at(found) })]
        : own > 0 && found > 0 && own !== found
          ? [t("guess_bend", { x: at(found), own: at(own) })]
          : []
  if (verdict === "near") return [t("guess_near"), ...bend]
  const where =
    left === "near" && right === "near"
      ? t("guess_middle", { side: verdict })
      : left === right && left !== "mixed"
        ? t("guess_both", { side: left })
        : t("guess_sides", { left, right })
  return [where, t("guess_worst", values), ...bend]
}

/**
 * Heights after a stroke of the pointer: every point passed over takes its height, so that a fast stroke leaves no gap, and else the one
 * nearest to its end.
 * @param {number[]} heights
 * @param {number[]} xs
 * @param {Place} from
 * @param {Place} to
 * @param {number} reach how near that point must be
 */
export function stroke(heights, xs, from, to, reach = Infinity) {
  const [a, b] = from.x <= to.x ? [from, to] : [to, from]
  const away = xs.map((x) => Math.abs(x - to.x))
  const nearest = away.indexOf(Math.min(...away.slice(1)), 1)
  return heights.map((height, i) => {
    if (i === 0) return height // it is given
    if (xs[i] >= a.x && xs[i] <= b.x && b.x > a.x) return a.y + ((b.y - a.y) * (xs[i] - a.x)) / (b.x - a.x)
    return i === nearest && away[i] < reach ? to.y : height
  })
}
