// How a number is written, as engine/quantities.py says; both pass the cases of tests/quantities.json.

export const FIGURE = 3
export const PROSE = 2

const PREFIXED = ["s", "B", "B/s", "B/s/W", "B/s/mm²", "FLOP", "FLOP/s", "W", "J", "Hz", "bit", "bit/s"]
const PREFIXES = ["p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E"] // from 10⁻¹² on
/** @type {Record<number, Many>} */
const MANY = { 6: "million", 9: "billion", 12: "trillion" }
/** @type {[number, number, string][]} from how many seconds, of how many, in what */
const TIMES = [
  [172_800, 86_400, "day"],
  [7_200, 3_600, "h"],
  [120, 60, "min"],
]
const IN_FULL = 10_000_000
const LEAST_PERCENT = 1e-6 // a smaller one has a power of ten in place of zeros that nobody counts

/** @typedef {"" | "million" | "billion" | "trillion"} Many */

/**
 * A quantity in the unit in which it is written.
 * @param {number} value finite
 * @param {string} unit
 * @param {number} digits significant ones
 * @returns {{number: number, exponent: number, many: Many, unit: string}}
 */
export function scaled(value, unit, digits) {
  /** @type {(number: number, unit: string, exponent?: number, many?: Many) => ReturnType<typeof scaled>} */
  const as = (number, unit, exponent = 0, many = "") => ({ number, exponent, many, unit })
  if (unit === "share") {
    const percent = rounded(100 * value, digits)
    if (percent && Math.abs(percent) < LEAST_PERCENT) return { ...scaled(100 * value, "", digits), unit: "%" }
    return as(value < 1 && percent >= 100 ? 100 - 10 ** (2 - digits) : percent, "%") // what is not all is not written as all
  }
  if (unit === "s")
    for (const [least, size, name] of TIMES)
      if (Math.abs(value) >= least) return as(rounded(value / size, digits), name)
  if (value === 0) return as(0, unit)
  const [mantissa, power] = value.toExponential(digits - 1).split("e")
  const size = Number(power)
  const prefix = Math.floor(size / 3)
  if (PREFIXED.includes(unit) && size >= -12 && size < 21)
    return as(rounded(value / 10 ** (3 * prefix), digits), PREFIXES[prefix + 4] + unit)
  if (Number.isInteger(value) && Math.abs(value) < Math.max(IN_FULL, 10 ** digits)) return as(value, unit)
  if (size >= 6 && size < 15) return as(rounded(value / 10 ** (3 * prefix), digits), unit, 0, MANY[3 * prefix])
  if (size >= -3 && size < 6) return as(rounded(value, digits), unit)
  return as(Number(mantissa), unit, size)
}

/**
 * How many of the units in which a value is written make one of its own: both ends of an interval need it.
 * @param {number} value
 * @param {string} unit
 * @param {{number: number, unit: string}} as what `scaled` gave
 */
export function per(value, unit, as) {
  const time = unit === "s" && TIMES.find(([, , name]) => name === as.unit)
  if (time) return 1 / time[1]
  return value ? 10 ** Math.round(Math.log10(as.number / value)) : 1
}

/**
 * @param {number} value
 * @param {number} digits
 */
export const rounded = (value, digits) => Number(value.toPrecision(digits))

/** @type {Record<string, Intl.NumberFormat>} */
const FORMATS = {}

/**
 * A rounded number with the separators of a language.
 * @param {number} number
 * @param {string} code
 */
export function separated(number, code) {
  FORMATS[code] ??= new Intl.NumberFormat(code, { maximumSignificantDigits: 17 })
  return FORMATS[code].format(number).replace("-", "−")
}

/** A text in which no line ends between a number and what it counts. @param {string} text */
export const unbroken = (text) => text.replace(/(?<=\d) (?=[%\p{L}])/gu, "\u00a0")

/** @param {number} exponent */
export const raised = (exponent) => String(exponent).replace(/[-\d]/g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? "⁻")
