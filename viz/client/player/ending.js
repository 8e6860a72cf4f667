// The end of a recording that is not the end of what it records: a card says how long the rest takes at this pace, and skips it.

import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { createDial, duration, skipped } from "../kit/rest.js"
import { pace } from "./timeline.js"

/**
 * @import { Rest } from "../kit/types"
 * @import { Clock } from "./clock.js"
 */

/**
 * The card, which hides itself.
 * @param {object} options
 * @param {Clock} options.clock
 * @param {() => boolean} options.still whether time jumps
 * @param {() => void} options.leave told when a button goes that has the focus
 * @param {() => void} options.over told when the rest has been skipped
 */
export function createEnding({ clock, still, leave, over }) {
  const dial = createDial()
  const said = h("p")
  const skip = h("button", { type: "button", class: "ws-button", onclick: start })
  const element = h("section", { class: "ws-ending", hidden: true }, dial.element, said, skip)
  /** @type {Rest | undefined} */
  let rest
  let from = 0 // time when the skip began [tick]
  let at = NaN // time that it has come to; another one is somebody else's

  const watched = (/** @type {number} */ ticks) => ticks / pace(clock.duration) / clock.speed

  function start() {
    from = at = clock.t
    const begun = performance.now()
    /** @param {number} now */
    const frame = (now) => {
      if (!rest || clock.t !== at) return
      at = skipped(from, rest.until, now - begun, still())
      clock.beyond(at)
      if (at < rest.until) requestAnimationFrame(frame)
      else over()
    }
    if (skip.matches(":focus")) leave()
    requestAnimationFrame(frame)
  }

  return {
    element,
    /**
     * Show what there is to say at the present time.
     * @param {Rest | undefined} found of the picture
     */
    show(found) {
      rest = found
      const { t: now } = clock
      element.hidden = !rest || clock.playing || now < clock.duration
      if (!rest || element.hidden) return
      const skips = now === at
      const wait = duration(watched(rest.until - (skips ? from : now)))
      skip.hidden = skips
      skip.textContent = t("player_skip", { wait })
      const sentence = now >= rest.until ? "player_skipped" : skips ? "player_skipping" : "player_rest"
      said.textContent = t(sentence, { wait, who: rest.who })
      dial.turn(watched(now))
    },
  }
}
