// Axes: where a value lies, and which values are named.

/**
 * A scale from [low, high] to [from, to] and back, logarithmic where that is more than a decade wide.
 * @param {number} low
 * @param {number} high
 * @param {number} from
 * @param {number} to
 */
export function scale(low, high, from, to, log = high / low >= 10) {
  const map = (/** @type {number} */ value) => (log ? Math.log(value) : value)
  const back = (/** @type {number} */ value) => (log ? Math.exp(value) : value)
  const span = (to - from) / (map(high) - map(low))
  return {
    low,
    high,
    log,
    at: (/** @type {number} */ value) => from + (map(value) - map(low)) * span,
    value: (/** @type {number} */ place) => back(map(low) + (place - from) / span),
  }
}

/**
 * Powers of ten in [low, high], times each of `of`.
 * @param {number} low
 * @param {number} high
 */
export function decades(low, high, of = [1]) {
  const least = Math.floor(Math.log10(low))
  const powers = Array.from({ length: Math.floor(Math.log10(high) + 1e-9) - least + 1 }, (_, i) => 10 ** (least + i))
  return powers.flatMap((power) => of.map((m) => m * power)).filter((at) => at >= low * 0.999 && at <= high * 1.001)
}

/**
 * Multiples of a step in [low, high].
 * @param {number} step
 * @param {number} low
 * @param {number} high
 */
export const multiples = (step, low, high) =>
  Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step).filter((at) => at >= low)

/**
 * Round values in [low, high], for a grid on a `scale`.
 * @param {number} low
 * @param {number} high
 */
export function ticks(low, high) {
  if (low > 0 && high / low >= 10) return decades(low, high, high / low > 1000 ? [1] : [1, 2, 5])
  return multiples(10 ** Math.floor(Math.log10(high - low)) / 2, low, high)
}
