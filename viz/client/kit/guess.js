// A guess that somebody draws: what its strokes set, and how far it is from the truth.

const NEAR = 1.25 // a guess that is off by less on average has the right shape and height

/** @typedef {{x: number, y: number}} Place */

/**
 * How far a guess is from the truth; the first point is given and does not count.
 * @param {number[]} guess
 * @param {number[]} truth
 * @returns {{factor: number, verdict: "near"|"below"|"above"}} `factor`: how many times too high or too low on average
 */
export function distance(guess, truth) {
  const logs = truth.map((value, i) => Math.log(guess[i] / value)).slice(1)
  const factor = Math.exp(logs.reduce((sum, log) => sum + Math.abs(log), 0) / logs.length)
  const mean = logs.reduce((sum, log) => sum + log, 0)
  return { factor, verdict: factor <= NEAR ? "near" : mean < 0 ? "below" : "above" }
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

/**
 * Tell of the strokes of the pointer over an element.
 * @param {GlobalEventHandlers & Element} element
 * @param {object} options
 * @param {() => boolean} options.open whether a stroke may begin
 * @param {(event: PointerEvent) => Place} options.place where the pointer is
 * @param {(from: Place, to: Place) => void} options.drag hears each piece of a stroke; the first has no length
 */
export function hearStrokes(element, { open, place, drag }) {
  /** @type {Place | null} */
  let from = null
  const go = (/** @type {PointerEvent} */ event) => {
    const to = place(event)
    drag(from ?? to, to)
    from = to
  }
  element.addEventListener("pointerdown", (event) => {
    if (!open() || event.button) return
    element.setPointerCapture(event.pointerId)
    from = null
    go(event)
  })
  element.addEventListener("pointermove", (event) => from && go(event))
  for (const name of ["pointerup", "pointercancel"])
    element.addEventListener(name, () => {
      from = null
    })
}
