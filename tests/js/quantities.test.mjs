import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { between, number, parts, quantity, say, speak, t } from "../../viz/client/kit/language.js"
import { unbroken } from "../../viz/client/kit/quantities.js"
import { texts } from "./texts.mjs"

const cases = JSON.parse(readFileSync(new URL("../quantities.json", import.meta.url), "utf8"))

test("numbers are written as the table says", () => {
  try {
    for (const { low, value, unit, digits, ...written } of cases)
      for (const [code, text] of Object.entries(written)) {
        speak(code, texts(code))
        const found = low === undefined ? quantity(value, unit, digits) : between(low, value, unit, digits)
        assert.equal(found, text, `${value} ${unit} in ${code}`)
      }
  } finally {
    speak("en", texts("en"))
  }
})

test("a placeholder is filled with any value", () => {
  /** @param {import("../../viz/client/kit/types.js").Value} value */
  const filled = (value) => t("quantity", { number: value, unit: "" }).trim()
  assert.equal(filled({ id: "no" }), "no")
  assert.equal(filled({ value: 1234.5, unit: "B" }), "1.2 kB")
  assert.equal(filled({ value: 1234.5, unit: "B", digits: 3 }), "1.23 kB")
  assert.equal(filled(true), "yes")
  assert.equal(filled(1234.5), "1,200")
  assert.equal(filled([1.25, "a"]), "1.3, a")
  assert.equal(say({ id: "between", low: 1, high: "b" }), "1 to b")
  assert.equal(t("parameter_fabric_width.doc").at(-1), ".")
})

test("no line ends between a number and what it counts", () => {
  assert.equal(unbroken("81 % so far; needed: 95 %."), "81\u00a0% so far; needed: 95\u00a0%.")
  assert.equal(unbroken("767 ns against 1,200 µs: 2.6 times"), "767\u00a0ns against 1,200\u00a0µs: 2.6\u00a0times")
})

test("a number and its unit stand apart, with three digits if nothing else is said", () => {
  assert.deepEqual(parts(1234.5, "B"), ["1.23", "kB"])
  assert.deepEqual(parts(true, "B"), ["yes", ""])
  assert.deepEqual(parts(NaN, "cycle"), ["–", "cycles"])
  assert.deepEqual(parts(NaN, ""), ["–", ""])
  assert.equal(number(1234.5), "1,230")
})

test("a text that is missing, or one without a value, is named in the console", () => {
  const { error } = console
  /** @type {string[]} */
  const said = []
  console.error = (/** @type {string} */ text) => said.push(text)
  try {
    assert.equal(t("no_such_text"), "no_such_text")
    t("between", { low: 1 })
  } finally {
    console.error = error
  }
  assert.deepEqual(said, [
    "No text for no_such_text: it is not in the page",
    "No text for between: Unknown variable: $high",
  ])
})
