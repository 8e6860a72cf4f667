// What an address or a host may say about the view: which words fit, and which times they name. No DOM.

import { expanded } from "../kit/address.js"
import { clamp, markNamed } from "../player/timeline.js"

/** @import { Config, View } from "./types" */

/** @typedef {ReturnType<typeof createSettings>} Settings */

/**
 * The rules of a page.
 * @param {Pick<Config, "marks" | "duration" | "rules">} config
 */
export function createSettings({ marks, duration, rules }) {
  /**
   * A tick, of a number, a numeral or m:NAME; null for anything else.
   * @param {unknown} word
   */
  const timeOf = (word) => {
    if (word === null) return null
    if (String(word).startsWith("m:")) return markNamed(marks, String(word).slice(2))?.t ?? null
    return Number.isFinite(Number(word)) && word !== "" ? clamp(Number(word), duration) : null
  }
  /**
   * Whether a value is one that a setting takes.
   * @param {string} name
   * @param {unknown} value
   */
  const fits = (name, value) => {
    if (!Object.hasOwn(rules, name) || typeof value !== "string") return false
    const times = value.match(/m:[a-z0-9_]+/g) ?? []
    return new RegExp(rules[name]).test(value) && times.every((time) => markNamed(marks, time.slice(2)))
  }
  return {
    timeOf,
    fits,
    /**
     * The ticks between which a run is repeated, null for none.
     * @param {string|undefined} word
     */
    loopOf(word) {
      if (!word) return null
      const [from, to] = word === "all" ? [0, duration] : word.split("..").map(timeOf)
      return from !== null && to !== null && from < to ? { from, to } : null
    },
    /**
     * The settings in the hash of an address, and those that are not understood.
     * @param {string} hash
     * @returns {Promise<{found: Partial<View>, wrong: string[]}>}
     */
    async read(hash) {
      /** @type {Record<string, string>} */
      const found = {}
      const wrong = []
      for (const [name, value] of await expanded(hash.slice(1))) {
        if (fits(name, value)) found[name] = value
        else wrong.push(`${name}=${value}`)
      }
      return { found, wrong }
    },
  }
}
