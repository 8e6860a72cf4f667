// For what is not written into the page, or onto a canvas, as it is: kit/translate.js translates that by itself.

/**
 * A text in the language of the page.
 * @param {string} text
 */
export const translated = (text) => globalThis.waferscopeLanguage?.translate(text) ?? text
