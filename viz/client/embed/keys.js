// The keys of an embedded page: those of a deck go to the deck, unless the keyboard has chosen the control they would move.

import { framed } from "../kit/channel.js"

/**
 * @import { Mark } from "../kit/types"
 * @import { Embed } from "./types"
 */

const FORWARD = ["ArrowRight", "ArrowDown", "PageDown"]
const BACKWARD = ["ArrowLeft", "ArrowUp", "PageUp"]

/** @param {KeyboardEvent} event @param {string} selector */
const isOn = ({ target }, selector) => target instanceof Element && target.matches(selector)

/**
 * Listen to the keys of a page.
 * @param {Embed} embed
 * @param {(event: KeyboardEvent) => void} forwardKey gives a key to the deck
 * @param {() => boolean} mayMove whether a run may play by itself
 */
export function listenToKeys(embed, forwardKey, mayMove) {
  const { view } = embed
  const { marks } = embed.config
  let pointed = false // the focus is where a pointer put it, not where the keyboard did

  /**
   * The next mark in a direction, for decks that step through them; undefined past the last.
   * @param {number} direction
   */
  const markBeyond = (direction) => {
    const now = embed.poster ? -1 : (embed.until ?? embed.player?.state.t ?? 0)
    return direction > 0 ? marks.find(({ t }) => t > now) : marks.findLast(({ t }) => t < now)
  }
  /** @param {Mark} mark */
  const stepTo = (mark) => {
    embed.until = null
    embed.player?.seekMark(mark.name)
  }
  // Before the player.
  const before = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Tab") pointed = false
    if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return
    const direction = FORWARD.includes(event.key) ? 1 : BACKWARD.includes(event.key) ? -1 : 0
    const isChosen = !pointed && isOn(event, "input, select, .ws-stage")
    if (view.keys !== "deck" || !framed || !direction || isChosen) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const next = view.markers === "fragments" ? markBeyond(direction) : null
    if (!next) forwardKey(event)
    else if (direction > 0 && mayMove()) embed.start(next.t)
    else stepTo(next)
  }
  // After the player: it has stopped what it used.
  const after = (/** @type {KeyboardEvent} */ event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
    if (["Tab", "Shift", "Enter"].includes(event.key) || isOn(event, "select, input")) return
    if (event.key === " " && isOn(event, "button, a")) return
    forwardKey(event)
  }
  const point = (/** @type {boolean} */ is) => () => {
    pointed = is
  }
  document.addEventListener("pointerdown", point(true), true)
  document.addEventListener("keydown", before, true)
  document.addEventListener("keydown", after)
  addEventListener("blur", point(false))
}
