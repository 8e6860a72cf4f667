// The glossary of the page: which of its terms a text uses, and what they mean.

import { t } from "./language.js"

const LETTER = "[\\p{L}\\p{N}]"
const ENDING = "(?:s|es|e|en|n|x)?" // of a plural, in the languages of the texts
const SHORT = 4 // letters of a word that is read as it is written, as PE is

/** @typedef {{name: string, text: string, used: RegExp}} Term */

/** @type {Term[] | null} */
let terms = null

/** @returns {Term[]} */
const glossary = () =>
  (terms ??= [...(document.getElementById("texts")?.textContent ?? "").matchAll(/^term_(\w+) =/gm)].map(([, key]) => {
    const name = t(`term_${key}`)
    const written = name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    const pattern = `(?<!${LETTER}|-)${written}${ENDING}(?!${LETTER}|-)`
    return { name, text: t(`term_${key}.text`), used: new RegExp(pattern, name.length > SHORT ? "iu" : "u") }
  }))

/**
 * The terms of the glossary that a text uses, each with its sentence, in the order of the text.
 * @param {string} text
 */
export const termsIn = (text) =>
  glossary()
    .map((term) => ({ ...term, at: text.search(term.used) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)
