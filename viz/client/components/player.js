// Draws viz/components/player.py: keeps the player of the browser and the parameters in Python in step.
//
// A page may show a player before Panel is there and leave its promise in window.waferscopeStage: it is adopted.

import { h } from "../kit/dom.js"
import { speak } from "../kit/language.js"
import { createPlayer } from "../player/player.js"

const SETTLE_MS = 150 // a drag over the time bar tells Python once, not per pixel

/**
 * @import { Player } from "../kit/types"
 * @typedef {object} Parameters
 * @property {string} src
 * @property {number} t
 * @property {number} duration
 * @property {string} shown
 * @property {boolean} playing
 * @property {number} speed
 * @property {number | null} selected
 * @property {string} label
 * @property {"h1" | "h2" | "h3" | ""} heading
 * @property {boolean} inspector
 * @property {string} lang
 * @property {string} texts "" where the page has them
 */

/**
 * The player that was there first, with the run of the component, or a new one.
 * @param {HTMLElement} host
 * @param {Parameters} model
 * @returns {Promise<Player>}
 */
async function playerIn(host, { src, t, speed, selected, label, heading, inspector, playing }) {
  const first = await globalThis.waferscopeStage
  globalThis.waferscopeStage = null
  if (!first) {
    const named = label ? { label } : {}
    const options = { src, t, speed, selected, heading, inspector, autoplay: playing, looks: true, ...named }
    return createPlayer(host, options)
  }
  const focused = first.root.contains(document.activeElement) ? document.activeElement : null
  host.append(first.root)
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true }) // which an element loses when it is moved
  const absolute = (/** @type {string} */ address) => new URL(address, document.baseURI).href
  if (src && absolute(src) !== absolute(first.state.src ?? "")) first.load(src, { t: first.state.t })
  return first
}

/** @param {import("./types").Rendered<Parameters>} component */
export async function render({ model, el }) {
  const host = h("div", { style: { width: "100%", height: "100%" } })
  el.append(host)
  let removed = false
  model.on("remove", () => {
    removed = true
  })
  if (model.texts) speak(model.lang, model.texts)
  const player = await playerIn(host, model)
  if (removed) return player.destroy()

  let settling = 0
  const settle = () => {
    clearTimeout(settling)
    settling = window.setTimeout(() => {
      model.t = player.state.t
    }, SETTLE_MS)
  }
  const look = (/** @type {object | null} */ window) => model.send_msg({ look: window })
  const ready = () => {
    if (!player.run) return
    model.duration = player.run.duration
    model.shown = player.state.src ?? ""
  }
  const rest = () => {
    model.playing = false
    settle()
  }
  /** @type {Record<string, (detail: any) => void>} */
  const write = {
    look,
    ready,
    play: () => {
      model.playing = true
    },
    pause: rest,
    end: rest,
    time: () => player.state.playing || settle(),
    speed: ({ speed }) => {
      model.speed = speed
    },
    select: ({ id }) => {
      model.selected = id
    },
  }
  for (const [name, run] of Object.entries(write))
    player.root.addEventListener(name, (event) => run(/** @type {CustomEvent} */ (event).detail))
  ready()
  if (player.renderer?.wanted) look(player.renderer.wanted)
  model.playing = player.state.playing

  // A run that is not wanted any more leaves the one before where it is.
  model.on("src", () => player.load(model.src, model.src === player.state.src ? player.state : {}))
  model.on("t", () => model.t !== player.state.t && player.seek(model.t))
  model.on("playing", () => model.playing !== player.state.playing && player.toggle())
  model.on("speed", () => model.speed !== player.state.speed && player.setSpeed(model.speed))
  model.on("selected", () => player.select(model.selected))
  model.on("remove", () => {
    clearTimeout(settling)
    player.destroy()
  })
}
