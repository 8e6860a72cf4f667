// @ts-nocheck
/** A text in the language of the page: for what is not written into the page or onto a canvas as it is (viz/client/kit/translate.js). */
export const translated = (text) => globalThis.waferscopeLanguage?.translate(text) ?? text
