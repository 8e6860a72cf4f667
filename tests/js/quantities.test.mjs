import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { quantity, speak } from "../../viz/client/kit/language.js"
import { texts } from "./texts.mjs"

const cases = JSON.parse(readFileSync(new URL("../quantities.json", import.meta.url), "utf8"))

test("numbers are written as the table says", () => {
  try {
    for (const { value, unit, digits, ...written } of cases)
      for (const [code, text] of Object.entries(written)) {
        speak(code, texts(code))
        assert.equal(quantity(value, unit, digits), text, `${value} ${unit} in ${code}`)
      }
  } finally {
    speak("en", texts("en"))
  }
})
