// Gives the modules under test their texts, in English: Node loads it before them.

import { readFileSync, readdirSync } from "node:fs"
import { speak } from "../../viz/client/kit/language.js"

const TEXTS = new URL("../../engine/texts/", import.meta.url)

/** All texts of a language. @param {string} code */
export function texts(code) {
  const folder = new URL(`${code}/`, TEXTS)
  return readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n") // prettier-ignore
}

speak("en", texts("en"))
