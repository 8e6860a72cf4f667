// The controls of a form: native inputs, each for one parameter of a scenario.

import { h } from "../kit/dom.js"
import { parts, quantity, t } from "../kit/language.js"

const STEPS = 100 // positions of a slider
const MANY = 2 // of a unit that stands alone
export const EXACT = 12 // digits of a number that somebody has entered
const LONG = 9 // digits in one piece: of more, so many billions
const WIDE = 50 // from this ratio of its bounds on, a slider is logarithmic

/**
 * @typedef {object} Field what `describe` of viz/components/form.py says of a parameter
 * @property {string} name
 * @property {string} label
 * @property {string} unit
 * @property {string} doc
 * @property {"integer" | "number" | "choice" | "choices" | "switch"} kind
 * @property {boolean} essential
 * @property {string} group "" for none
 * @property {boolean} [elsewhere] whether the page has another control for it, or wants none
 * @property {boolean} optional whether "auto" is accepted
 * @property {any} automatic what the engine then takes, null where only a run can tell
 * @property {number} low lower end of the slider
 * @property {number} high upper end of the slider
 * @property {number} least of the number
 * @property {number} most of the number, or how many can be chosen
 * @property {[value: any, words: string, group?: string][]} options
 * @property {[value: any, words: string][]} others options that do not go with the other values; another run may have them
 *
 * @typedef {Pick<Field, "low" | "high">} Ends
 * @typedef {(value: any) => void} Send receives what somebody has entered
 *
 * @typedef {object} Control
 * @property {HTMLElement} row
 * @property {(value: any) => void} show
 * @property {(value: any) => void} [take] what the engine took where it was left to it, once a run has told
 * @property {(element: Element | null) => boolean} owns whether an element is one of its inputs
 */

/** @param {Ends} ends */
const isWide = ({ low, high }) => low > 0 && high / low > WIDE

/**
 * Position of a value on a slider of STEPS steps.
 * @param {Ends} ends
 * @param {number} value
 */
export function position({ low, high }, value) {
  if (isWide({ low, high })) return (STEPS * Math.log(value / low)) / Math.log(high / low)
  return (STEPS * (value - low)) / (high - low)
}

/**
 * Value at a position: whole for integers, else three significant digits.
 * @param {Ends & {kind: string}} field
 * @param {number} at
 */
export function valueAt({ low, high, kind }, at) {
  const value = isWide({ low, high }) ? low * (high / low) ** (at / STEPS) : low + ((high - low) * at) / STEPS
  return kind === "integer" ? Math.round(value) : Number(value.toPrecision(3))
}

/**
 * A number as it stands in its field: long ones with an exponent, so that none is cut off.
 * @param {number | null | undefined} value
 */
export const entered = (value) =>
  value == null ? "" : Math.abs(value) >= 1e7 ? value.toExponential().replace("+", "") : String(value)

/**
 * The unit beside a field, in whose number there are no millions.
 * @param {number | null} value
 * @param {string} unit
 */
export const unitBeside = (value, unit) => parts(value === 1 ? 1 : MANY, unit)[1]

/** @type {(field: Field, send: Send) => Control} */
const range = (field, send) => {
  const { low, high, unit, label, name, kind } = field
  const id = `field-${name}`
  let automatic = field.automatic
  // Over the number while nobody enters one, the same for people: with separators, or as so many billions.
  const readable = h("span", { class: "readable", "aria-hidden": "true" })
  /** @type {HTMLInputElement} */
  const number = h("input", {
    type: "number",
    id,
    min: field.least,
    max: field.most,
    step: kind === "integer" ? 1 : "any",
    "aria-describedby": `${id}-doc`,
    "aria-description": field.doc,
    oninput: () => {
      read()
      if (number.value === "" ? field.optional : number.checkValidity())
        send(number.value === "" ? null : Number(number.value))
    },
    onchange: () => send(number.value === "" ? (field.optional ? null : "") : Number(number.value)),
  })
  /** @type {HTMLInputElement} */
  const slider = h("input", {
    type: "range",
    min: 0,
    max: STEPS,
    step: isWide(field) || kind === "number" ? "any" : STEPS / (high - low),
    "aria-label": t("form_slider", { label }),
    oninput: () => {
      const value = valueAt(field, Number(slider.value))
      number.value = entered(value)
      read()
      tell(value)
      send(value)
    },
  })
  const counted = h("span", { class: "unit" })
  const tell = (/** @type {number | null} */ value) => {
    slider.setAttribute("aria-valuetext", value == null ? t("form_auto") : quantity(value, unit, EXACT))
    slider.classList.toggle("auto", value == null)
    counted.textContent = unitBeside(value, unit)
  }
  const read = () => {
    readable.textContent = number.value === "" ? "" : quantity(Number(number.value), "", LONG)
  }
  const show = (/** @type {number | null} */ value) => {
    number.value = entered(value)
    read()
    slider.value = String(position(field, value ?? automatic ?? low))
    tell(value)
  }
  const take = (/** @type {any} */ value) => {
    automatic = value ?? field.automatic
    const taken = automatic == null ? "" : quantity(automatic, "", EXACT)
    if (field.optional) number.placeholder = t("form_auto_value", { value: taken }).trim()
    if (number.value === "") show(null)
  }
  take(null)
  const row = h(
    "div",
    { class: "field" },
    h(
      "div",
      { class: "field-head" },
      h("label", { for: id }, label),
      h("span", { class: "entry" }, h("span", { class: "number" }, number, readable), counted),
    ),
    slider,
  )
  return {
    row,
    show,
    take,
    owns: (element) => element === number || element === slider,
  }
}

/** @type {(field: Field, send: Send) => Control} */
const choice = (field, send) => {
  const id = `field-${field.name}`
  const onchange = () => send(select.value === "auto" ? null : JSON.parse(select.value))
  const usual = h("option", { value: "auto" }, automatic(field))
  /** @type {HTMLSelectElement} */
  const select = h(
    "select",
    { id, "aria-description": field.doc, onchange },
    field.optional ? usual : null,
    ...grouped(field.options),
  )
  return {
    row: h("div", { class: "field" }, h("label", { for: id }, field.label), select),
    show: (value) => {
      select.value = value == null ? "auto" : JSON.stringify(value)
    },
    take: (value) => {
      usual.textContent = automatic(value == null ? field : { ...field, automatic: value })
    },
    owns: (element) => element === select,
  }
}

/**
 * The options of a menu, those of a group together under its name.
 * @param {Field["options"]} options
 */
const grouped = (options) =>
  [...Map.groupBy(options, ([, , group]) => group ?? "")].flatMap(([label, some]) => {
    const found = some.map(([value, words]) => h("option", { value: JSON.stringify(value) }, words))
    return label ? [h("optgroup", { label }, ...found)] : found
  })

/** @param {Pick<Field, "automatic" | "options">} field */
const automatic = ({ automatic: taken, options }) => {
  const words = options.find(([value]) => value === taken)?.[1]
  return words ? t("form_auto_choice", { choice: words }) : t("form_automatic")
}

/** @type {(field: Field, send: Send) => Control} */
const choices = (field, send) => {
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ value }) => value)
  const onchange = () => {
    limit()
    send(chosen())
  }
  /** @type {{box: HTMLInputElement, value: any, label: HTMLElement}[]} */
  const boxes = field.options.map(([value, words]) => {
    const box = h("input", { type: "checkbox", value, onchange })
    return { box, value, label: h("label", { class: "chip" }, box, words) }
  })
  // What would be refused cannot be chosen: one more than there is room for, or none.
  const limit = () => {
    const n = chosen().length
    for (const { box } of boxes) box.disabled = box.checked ? n === 1 : n >= field.most
  }
  return {
    row: h(
      "fieldset",
      { class: "field", "aria-description": field.doc },
      h("legend", {}, field.label),
      h("div", { class: "chips" }, ...boxes.map(({ label }) => label)),
    ),
    show: (values) => {
      for (const { box, value } of boxes) box.checked = values.includes(value)
      limit()
    },
    owns: (element) => boxes.some(({ box }) => box === element),
  }
}

/** @type {(field: Field, send: Send) => Control} */
const toggle = (field, send) => {
  /** @type {HTMLInputElement} */
  const box = h("input", { type: "checkbox", onchange: () => send(box.checked) })
  return {
    row: h("label", { class: "field switch", "aria-description": field.doc }, box, field.label),
    show: (on) => {
      box.checked = on
    },
    owns: (element) => element === box,
  }
}

const KINDS = { integer: range, number: range, choice, choices, switch: toggle }

/**
 * The control of a parameter.
 * @param {Field} field
 * @param {Send} send
 */
export const controlOf = (field, send) => KINDS[field.kind](field, send)
