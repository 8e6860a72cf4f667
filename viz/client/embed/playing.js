// What happens in an embedded page as its run plays: the poster goes, parts and loops end, and the host is told.

/**
 * @import { Player } from "../kit/types"
 * @import { Settings } from "./settings.js"
 * @import { Embed } from "./types"
 */

const STATE_MS = 100 // state is told at most this often
const PAUSE_MS = 800 // between the end and the start of a loop

/**
 * Follow a player that has a run.
 * @param {Embed} embed
 * @param {Player} player
 * @param {object} page
 * @param {Settings} page.settings
 * @param {HTMLElement} page.button on the poster
 * @param {HTMLElement} page.face what has the focus once the poster has gone
 * @param {number} page.first time that the poster shows
 * @param {() => void} page.keep remember where the run is
 * @param {(name: string, detail?: object) => void} page.tell tell the host
 * @param {() => object} page.state what it is told of the player
 */
export function followPlayer(embed, player, { settings, button, face, first, keep, tell, state }) {
  const { view } = embed
  const { root } = player
  const { duration } = player.state
  const { timeOf, loopOf } = settings

  root.addEventListener("mark", ({ detail }) => tell("marker", { id: detail.name, text: detail.text }))
  root.addEventListener("end", () => tell("ended"))
  root.addEventListener("error", ({ detail }) => tell("error", { code: "run", msg: detail.message }))
  let stateWaits = false
  const tellState = () => {
    if (stateWaits) return
    stateWaits = true
    setTimeout(() => {
      stateWaits = false
      tell("state", state())
    }, STATE_MS)
  }
  root.addEventListener("time", tellState)
  root.addEventListener("play", tellState)
  root.addEventListener("pause", tellState)
  root.addEventListener("speed", tellState)
  root.addEventListener("end", tellState)
  root.addEventListener("time", ({ detail }) => watch(detail.t))
  root.addEventListener("play", leavePoster)
  root.addEventListener("select", leavePoster)
  root.addEventListener("pause", keep)
  root.addEventListener("end", keep)
  root.addEventListener("select", keep)
  root.addEventListener("end", () => setTimeout(again, PAUSE_MS))

  /** Whatever moves the run takes the poster away; playing then starts at the start, not at the poster. */
  function leavePoster() {
    if (!embed.poster) return
    embed.poster = false
    const isChosen = document.activeElement === button
    button.remove()
    if (isChosen && view.keys === "self") face.focus({ preventScroll: true })
    if (player.state.playing) player.seek(timeOf(view.t) ?? loopOf(view.loop)?.from ?? 0)
  }

  function again() {
    const loop = loopOf(view.loop)
    if (!loop || !player.run || player.state.playing || player.state.t < duration) return
    player.seek(loop.from)
    player.play()
  }

  /** @param {number} t */
  function watch(t) {
    if (t !== first) leavePoster()
    if (!player.state.playing) return
    const loop = loopOf(view.loop)
    if (embed.until !== null && t >= embed.until) {
      const at = embed.until
      embed.until = null
      player.pause()
      player.seek(at)
      tell("ended")
    } else if (loop && t >= loop.to && t < duration) {
      player.seek(loop.from)
    }
  }
}
