// What the player takes from outside: files by fetch, paints from the CSS variables of the page.

import { t } from "./language.js"

const PAINTS = [
  "paper",
  "card",
  "ink",
  "ink2",
  "ink3",
  "line",
  "line2",
  "accent",
  "compute",
  "memory",
  "fabric",
  "stall",
  "linear",
  "compute-soft",
  "memory-soft",
  "fabric-soft",
  "stall-soft",
  "pe",
  "pe-edge",
  "waiting",
  "flow2",
  "flow3",
  "flow4",
  "flow5",
  "wafer",
  "gpu",
  "danger",
]

/**
 * The bytes behind a URL; errors are sentences.
 * @param {string} src
 * @param {AbortSignal} [signal] ends the wait
 */
export async function fetched(src, signal) {
  let answer
  try {
    answer = await fetch(src, { signal })
  } catch {
    throw new Error(t("player_not_fetched"))
  }
  if (!answer.ok) throw new Error(t("player_answered", { status: answer.status }))
  return new Uint8Array(await answer.arrayBuffer())
}

/**
 * The paints at an element, from its CSS variables: --fabric-soft becomes theme.fabricSoft.
 * @param {Element} root
 * @returns {import("./types").Theme}
 */
export function readTheme(root) {
  const style = getComputedStyle(root)
  const paints = PAINTS.map((name) => [
    name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
    style.getPropertyValue(`--${name}`).trim() || "#888",
  ])
  return {
    ...Object.fromEntries(paints),
    font: style.fontFamily,
    textScale: Number(style.getPropertyValue("--text-scale")) || 1,
    strokeScale: Number(style.getPropertyValue("--stroke-scale")) || 1,
  }
}
