// Numbers and times as people read them.

const PREFIXED = ["s", "B", "B/s", "FLOP", "FLOP/s", "W", "J", "Hz", "bit/s"]
/** @type {[string, number][]} */
const PREFIXES = [
  ["P", 1e15],
  ["T", 1e12],
  ["G", 1e9],
  ["M", 1e6],
  ["k", 1e3],
  ["", 1],
  ["m", 1e-3],
  ["µ", 1e-6],
  ["n", 1e-9],
  ["p", 1e-12],
]
/** @type {[number, string][]} */
const MANY = [
  [1e6, "million"],
  [1e9, "billion"],
]
const THIN = "\u202f"

/**
 * A number for people: whole numbers in full, others with three significant digits.
 * @param {unknown} value what is no number stays as it is
 */
export function shown(value) {
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (typeof value !== "number") return String(value)
  if (!Number.isFinite(value)) return "–"
  const size = Math.abs(value)
  if (value !== 0 && (size >= 1e7 || size < 1e-3)) {
    const exponent = Math.floor(Math.log10(size))
    const up = String(exponent).replace(/[-\d]/g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? "⁻")
    return `${Number((value / 10 ** exponent).toPrecision(3))} × 10${up}`
  }
  const text = Number.isInteger(value)
    ? String(value)
    : String(Number(size >= 1000 ? value.toFixed(0) : value.toPrecision(3)))
  return text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, THIN)
}

/**
 * Number and unit as they are written: SI prefixes where the unit takes them, shares in percent.
 * @param {unknown} value
 * @param {string} unit
 * @returns {[number: string, unit: string]}
 */
export function written(value, unit) {
  if (typeof value !== "number") return [shown(value), unit]
  if (unit === "share") return [shown(Number((value * 100).toPrecision(3))), "%"]
  if (!PREFIXED.includes(unit) || value === 0) {
    const [size, name] = MANY.find(([s]) => Math.abs(value) >= s && Math.abs(value) < 1000 * s) ?? [1, ""]
    return [shown(size === 1 ? value : Number((value / size).toPrecision(3))), [name, unit].filter(Boolean).join(" ")]
  }
  const [prefix, size] = PREFIXES.find(([, s]) => Math.abs(value) >= s * 0.9995) ?? PREFIXES[PREFIXES.length - 1]
  return [shown(Number((value / size).toPrecision(3))), prefix + unit]
}

/**
 * Both ends of an interval, in the unit in which its value is written.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 * @param {string} unit
 */
export function between(value, low, high, unit) {
  const scale = value ? 10 ** Math.round(Math.log10(parseFloat(plain(written(value, unit)[0])) / value)) : 1
  return [low, high].map((end) => shown(Number((end * scale).toPrecision(3)))).join(" to ")
}
/** @param {string} text */
const plain = (text) => text.replaceAll(THIN, "")

/** @type {[number, string][]} */
const OF_SECONDS = [
  [1, "s"],
  [1e-3, "ms"],
  [1e-6, "µs"],
  [1e-9, "ns"],
  [1e-12, "ps"],
]

/**
 * A time in seconds with a prefix and three digits: "1.57 µs".
 * @param {number} value
 */
export function seconds(value) {
  if (value === 0) return "0 s"
  if (value >= 86400) return `${digits(value / 86400)} days`
  if (value >= 3600) return `${digits(value / 3600)} h`
  const [scale, unit] = OF_SECONDS.find(([size]) => Math.abs(value) >= size) ?? OF_SECONDS[OF_SECONDS.length - 1]
  return `${digits(value / scale)} ${unit}`
}

/** @param {number} value */
const digits = (value) => String(Number(value.toPrecision(3)))
