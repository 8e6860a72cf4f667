// Texts: a message by its name and values, in the language of the page, as engine/language.py says. The page holds the
// texts that it needs, in the element `texts`.

import { FluentBundle, FluentNumber, FluentResource } from "../vendor/fluent_bundle.js"
import { FIGURE, PROSE, per, raised, rounded, scaled, separated } from "./quantities.js"

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Value} Value */
/** @typedef {import("./quantities.js").Many} Many */

const ZEROS = { "": 0, million: 6, billion: 9, trillion: 12 }

/** @type {FluentBundle} */
let bundle
let code = ""
/** @type {Map<string, string>} units that do not depend on their number, and units of numbers */
const units = new Map()

/**
 * Take another language: for tests, and for a page that has no texts of its own.
 * @param {string} language its code
 * @param {string} texts Fluent
 */
export function speak(language, texts) {
  code = language
  units.clear()
  bundle = new FluentBundle(language, { useIsolating: false })
  bundle.addResource(new FluentResource(texts))
}
const page = globalThis.document?.getElementById?.("texts")
speak(page?.lang || "en", page?.textContent ?? "")

/** A number of which plural and text are known. */
class Written extends FluentNumber {
  /**
   * @param {number} value
   * @param {string} text
   */
  constructor(value, text) {
    super(value)
    this.text = text
  }
  toString() {
    return this.text
  }
}

/** Whether there is a message. @param {string} name */
const has = (name) => bundle.hasMessage(name)

/**
 * A text in the language of the page. What is missing is named in the console, where tests see it.
 * @param {string} name of a message, `name.attribute` for an attribute of one
 * @param {Record<string, Value>} [values]
 * @returns {string}
 */
export function t(name, values = {}) {
  const [id, attribute] = name.split(".")
  const found = bundle.getMessage(id)
  const pattern = attribute ? found?.attributes[attribute] : found?.value
  /** @type {Error[]} */
  const errors = []
  /** @type {Record<string, string | FluentNumber>} */
  const filled = {}
  for (const [key, value] of Object.entries(values)) filled[key] = fill(value)
  const text = pattern ? bundle.formatPattern(pattern, filled, errors) : name
  if (!pattern || errors.length) console.error(`No text for ${name}: ${errors[0]?.message ?? "it is not in the page"}`)
  return text
}

/**
 * The text of a message.
 * @param {Message} message
 */
export const say = ({ id, ...values }) => t(id, values)

/**
 * @param {Value} value
 * @returns {string | FluentNumber}
 */
function fill(value) {
  if (typeof value === "number") return new Written(value, number(value, PROSE))
  if (typeof value === "boolean") return number(value)
  if (typeof value === "string") return value
  if (Array.isArray(value)) return value.map(fill).join(", ")
  return "id" in value ? say(value) : new Written(value.value, quantity(value.value, value.unit, value.digits ?? PROSE))
}

/**
 * A value without a unit.
 * @param {number | string | boolean} value
 * @param {number} [digits] significant ones
 */
export const number = (value, digits = FIGURE) => quantity(value, "", digits)

/**
 * A value with its unit.
 * @param {number | string | boolean} value a word is the end of the name of a message `value_…`, if there is one
 * @param {string} unit one that is a word has a message `unit_…`
 * @param {number} [digits] significant ones
 */
export const quantity = (value, unit, digits = FIGURE) => joined(...parts(value, unit, digits))

/**
 * A value and its unit apart.
 * @param {number | string | boolean} value
 * @param {string} unit
 * @param {number} [digits]
 * @returns {[number: string, unit: string]}
 */
export function parts(value, unit, digits = FIGURE) {
  if (typeof value === "boolean") return [t(value ? "yes" : "no"), ""]
  if (typeof value === "string") return [has(`value_${value}`) ? t(`value_${value}`) : value, unit]
  if (!Number.isFinite(value)) return ["–", unit && unitOf(0, "", unit)]
  const as = scaled(value, unit, digits)
  return [separated(as.number, code) + power(as.exponent), unitOf(as.exponent ? value : as.number, as.many, as.unit)]
}

/**
 * Both ends of an interval, in the unit of the higher one.
 * @param {number} low
 * @param {number} high
 * @param {string} unit
 * @param {number} [digits]
 */
export function between(low, high, unit, digits = FIGURE) {
  const as = scaled(high, unit, digits)
  const scale = per(high, unit, as)
  const [from, to] = [low, high].map((end) => separated(rounded(end * scale, digits), code))
  return joined(
    t("between", { low: from, high: to }) + power(as.exponent),
    unitOf(as.exponent ? high : as.number, as.many, as.unit),
  )
}

/** @param {number} exponent */
const power = (exponent) => (exponent ? ` × 10${raised(exponent)}` : "")

/**
 * @param {number} number
 * @param {Many} many
 * @param {string} unit
 */
function unitOf(number, many, unit) {
  const key = `${number} ${many} ${unit}`
  const before = units.get(key)
  if (before !== undefined) return before
  const name = `unit_${unit.replaceAll("/", "_per_")}`
  const text = unit && has(name) ? t(name, { n: { value: number * 10 ** ZEROS[many], unit: "" } }) : unit
  const whole = many ? (text ? t(`${many}_of`, { n: number, unit: text }) : t(many, { n: number })) : text
  if (units.size > 1000) units.clear()
  units.set(key, whole)
  return whole
}

/**
 * @param {string} number
 * @param {string} unit
 */
function joined(number, unit) {
  if (!unit) return number
  return unit === "×" ? `${number}×` : t("quantity", { number, unit })
}
