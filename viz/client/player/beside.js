// @ts-nocheck
// Two runs beside each other: the pinned one, A, is shown left of B and told the time by the clock of B.

import { createPlayer } from "./player.js"
import { h } from "../kit/dom.js"

/** The time of A when B's clock says t: the same, or stretched so that both end together. */
export const timeOfA = (t, a, b, stretched) => (stretched ? (t * a) / Math.max(1, b) : Math.min(t, a))

/** What two scenarios differ in, as it is spelled: ["algorithm=chain", "algorithm=auto"]. */
export function differing(a, b) {
  const names = Object.keys(b).filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
  return [a, b].map((scenario) => names.map((name) => `${name}=${scenario[name] ?? "auto"}`).join(" "))
}

/**
 * Show a run beside that of a player.
 * @param {object} b the player whose clock both follow
 * @param {string} src URL of the packed run A
 * @param {{stretched: boolean, onReady: (run: object) => void}} options
 * @returns {{load, stretch, destroy}} `load(src)` swaps the run A, `stretch(on)` says how its time follows
 */
export function createBeside(b, src, { stretched, onReady }) {
  const place = h("div")
  let a = null
  let gone = false

  const follow = () => {
    if (a?.run && b.run) a.follow(timeOfA(b.state.t, a.run.duration, b.run.duration, stretched))
  }
  // On one clock time goes on until the longer of both has ended.
  const retime = () => {
    if (!a?.run || !b.run) return
    b.beside(a.root, stretched ? 0 : a.run.duration)
    const [ofA, ofB] = differing(a.run.scenario, b.run.scenario)
    a.name("A", ofA)
    b.name("B", ofB)
    follow()
  }
  const listeners = {
    time: follow,
    ready: retime,
    overlay: ({ detail: { name, on } }) => a?.overlay(name, on),
  }
  for (const [name, listener] of Object.entries(listeners)) b.root.addEventListener(name, listener)

  const onEvent = (name, { run }) => {
    if (name === "ready") onReady(run)
  }
  const made = createPlayer(place, {
    src,
    lead: b,
    controls: "none",
    label: "Run A",
    onEvent,
  }).then((player) => {
    if (gone) return player.destroy()
    a = player
    for (const name of b.state.overlays) a.overlay(name, true)
    retime()
  })

  return {
    made,
    async load(other) {
      await made
      if (!gone && (await a.load(other))) retime()
    },
    stretch(on) {
      stretched = on
      retime()
    },
    destroy() {
      gone = true
      for (const [name, listener] of Object.entries(listeners)) b.root.removeEventListener(name, listener)
      a?.destroy()
      b.beside(null)
      b.name()
    },
  }
}
