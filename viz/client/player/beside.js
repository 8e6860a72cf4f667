// Two runs beside each other: the pinned one, A, is shown left of B and told the time by the clock of B.

import { createPlayer } from "./player.js"
import { find, h } from "../kit/dom.js"
import { t } from "../kit/language.js"

/**
 * @import { Player, PlayerEvent, Run, Source } from "../kit/types"
 * @typedef {(name: string, value: any) => string} Words says a value of a parameter; "" for one that does not matter
 */

const WIDE = 3 // times as wide as high: two such meshes are seen better one above the other

/**
 * The time of A when B's clock says t: the same, or stretched so that both end together.
 * @param {number} t
 * @param {number} a duration of A
 * @param {number} b duration of B
 * @param {boolean} stretched
 */
export const timeOfA = (t, a, b, stretched) => (stretched ? (t * a) / Math.max(1, b) : Math.min(t, a))

/**
 * What two scenarios differ in, in words: ["Algorithm: chain", "Algorithm: auto"].
 * @param {Record<string, any>} a
 * @param {Record<string, any>} b
 * @param {Words} words
 */
export function differing(a, b, words) {
  const names = Object.keys(b).filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
  return [a, b].map((scenario) =>
    names
      .map((name) => words(name, scenario[name]))
      .filter(Boolean)
      .join(", "),
  )
}

/**
 * Show a run beside that of a player.
 * @param {Player} b the player whose clock both follow
 * @param {Source} src the packed run A
 * @param {{stretched: boolean, words: Words, onReady?: (run: Run) => void}} options
 * @returns `load(src)` swaps the run A, `stretch(on)` says how its time follows
 */
export function createBeside(b, src, { stretched, words, onReady }) {
  const place = h("div")
  /** @type {Player | null} */
  let a = null
  let gone = false

  const follow = () => {
    if (a?.run && b.run) a.follow(timeOfA(b.state.t, a.run.duration, b.run.duration, stretched))
  }
  // On one clock time goes on until the longer of both has ended.
  const retime = () => {
    if (!a?.run || !b.run) return
    b.beside(a.root, stretched ? 0 : a.run.duration)
    const { width, height } = b.run.meta
    b.root.classList.toggle("ws-stacked", width > WIDE * height)
    const [ofA, ofB] = differing(a.run.scenario, b.run.scenario, words)
    a.name("A", ofA)
    b.name("B", ofB)
    follow()
    spare()
  }
  // One legend is enough for two pictures of one kind; its place stays, so that they are equally high.
  const spare = () => {
    if (!a) return
    const [ofA, ofB] = [a, b].map(({ root }) => find(root, ":scope > .ws-faces > .ws-face .ws-legend-place"))
    ofB.classList.toggle("ws-spared", ofA.textContent === ofB.textContent)
  }
  /** @param {CustomEvent<{name: string, on: boolean}>} event */
  const lay = ({ detail: { name, on } }) => {
    a?.overlay(name, on)
    queueMicrotask(spare) // B has its own by then
  }
  b.root.addEventListener("time", follow)
  b.root.addEventListener("ready", retime)
  b.root.addEventListener("overlay", lay)

  /** @param {PlayerEvent} event */
  const onEvent = (...[name, detail]) => {
    if (name === "ready") onReady?.(detail.run)
  }
  const made = createPlayer(place, {
    data: src,
    lead: b,
    controls: "none",
    label: t("player_run_a"),
    onEvent,
  }).then((player) => {
    if (gone) return player.destroy()
    a = player
    for (const name of b.state.overlays) a.overlay(name, true)
    retime()
  })

  return {
    made,
    /** @param {string} other */
    async load(other) {
      await made
      if (!gone && (await a?.load(other))) retime()
    },
    /** @param {boolean} on */
    stretch(on) {
      stretched = on
      retime()
    },
    destroy() {
      gone = true
      b.root.removeEventListener("time", follow)
      b.root.removeEventListener("ready", retime)
      b.root.removeEventListener("overlay", lay)
      a?.destroy()
      b.beside(null)
      b.root.classList.remove("ws-stacked")
      b.name()
      find(b.root, ":scope > .ws-faces > .ws-face .ws-legend-place").classList.remove("ws-spared")
    },
  }
}
