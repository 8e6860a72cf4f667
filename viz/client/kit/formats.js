// Numbers and times as people read them.

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
