// The stage of a lesson: the player of its runs, closed while something is predicted, or the plot of a curve that is drawn.

import { byId, h } from "../kit/dom.js"
import { t } from "../kit/language.js"

const PATIENCE_MS = 12_000 // a run to a mark that takes longer is not waited for

/**
 * @import { Player, Source } from "../kit/types"
 * @import { Evidence } from "./types"
 */

/**
 * The run at an address: its bytes where the page holds them, else the address.
 * @param {string} src
 * @returns {Source}
 */
function held(src) {
  const scripts = [...document.querySelectorAll(/** @type {"script"} */ ("script[data-run]"))]
  const text = scripts.find((script) => script.dataset.run === src)?.textContent
  return text ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : src
}

/**
 * Play to a mark, a time, or the end, unless that is skipped.
 * @param {Player} player
 * @param {string} name
 */
const played = (player, name) =>
  new Promise((done) => {
    const skip = byId("skip-film")
    const root = /** @type {HTMLElement} */ (player.root)
    const stop = (/** @type {Event} */ event) => {
      const { detail } = /** @type {CustomEvent} */ (event)
      if (event.type === "mark" && detail.name !== name) return
      if (event.type === "time" && !(detail.t >= Number(name))) return
      for (const type of ["mark", "time", "end", "error"]) root.removeEventListener(type, stop)
      skip.removeEventListener("click", stop)
      skip.hidden = true
      clearTimeout(timer)
      done(null)
    }
    const timer = setTimeout(() => stop(new Event("end")), PATIENCE_MS)
    for (const type of ["mark", "time", "end", "error"]) root.addEventListener(type, stop)
    skip.addEventListener("click", stop)
    skip.hidden = false
    player.play()
  })

export function createStage() {
  const [stage, overlay, plot, box, foot, bars, chart] = [
    ...["beside", "overlay", "plot", "player", "stage-foot", "bars", "chart"],
  ].map(byId)
  const still = matchMedia("(prefers-reduced-motion: reduce)")
  /** @type {Player | null} */
  let player = null
  let loaded = ""
  /** @type {(() => void)[]} what takes the evidence away */
  const around = []
  const ready = import("../player/player.js")
    .then(({ createPlayer }) => createPlayer(box, { controls: "full", motion: "auto" }))
    .then((made) => {
      player = made
    })
    .catch(() => {
      box.textContent = t("no_player")
    })

  const show = (/** @type {boolean} */ plotted) => {
    plot.hidden = !plotted
    box.hidden = plotted
    foot.hidden = true
  }
  const clear = () => {
    for (const takeAway of around.splice(0)) takeAway()
    chart.hidden = bars.hidden = true
    chart.replaceChildren()
    stage.classList.remove("values-alone")
  }
  byId("to-curve").addEventListener("click", () => {
    player?.pause()
    show(true)
  })

  const api = {
    plot,
    /** The player, if the run at an address is what it shows. @param {string | undefined} src */
    playerOf: (src) => (loaded === src ? player : null),
    get closed() {
      return stage.classList.contains("locked")
    },
    /** Show the plot, or else the player. @param {boolean} plotted */
    show(plotted) {
      clear()
      show(plotted)
      overlay.hidden = plotted
    },
    /** Show the player in place of the plot, with the way back. */
    leavePlot() {
      show(false)
      foot.hidden = false
      byId("to-curve").focus()
    },
    /** Say something over the player. @param {string} text */
    say(text) {
      overlay.textContent = text
    },
    /**
     * Put around the run that is loaded what else its evidence needs.
     * @param {Evidence} evidence
     * @param {() => boolean} wanted
     */
    async prove({ beside, fields = [], chart: module }, wanted) {
      clear()
      const { showBeside, mountCharts } = await import("./lesson_evidence.js")
      if (!player || !wanted()) return
      if (beside) {
        const other = showBeside(player, held(beside), fields)
        around.push(other.destroy)
        await other.made
      }
      if (module && wanted()) {
        const figure = h("figure", { class: "chart", "data-module": module })
        chart.replaceChildren(figure)
        chart.hidden = false
        around.push(await mountCharts(player, [figure]))
      }
    },
    /**
     * Draw the values of the evidence, under the run or alone.
     * @param {HTMLTemplateElement | null} values
     * @param {boolean} alone
     */
    draw(values, alone) {
      if (!values) return
      bars.replaceChildren(values.content.cloneNode(true))
      bars.hidden = false
      stage.classList.toggle("values-alone", alone)
    },
    /** Close the stage, or open it, and say something. @param {boolean} closed */
    close(closed, text = "") {
      stage.classList.toggle("locked", closed)
      box.inert = closed
      player?.conceal(closed)
      api.say(text)
    },
    /**
     * Have the run at an address at its start; false where that is no longer wanted or cannot be had.
     * @param {string} src
     * @param {() => boolean} wanted
     */
    async load(src, wanted) {
      await ready
      if (!player || !wanted()) return false
      if (loaded !== src) {
        player.pause()
        if (!(await player.load(held(src))) || !wanted()) return false
        loaded = src
      } else player.reset()
      player.conceal(api.closed)
      return true
    },
    /** Begin to play, where that may move. */
    start() {
      if (!still.matches) player?.play()
    },
    toggle() {
      if (!api.closed) player?.toggle()
    },
    /** Play to a mark, a time, or the end; with reduced motion be there at once. @param {string} name */
    async until(name) {
      if (player && !still.matches) await played(player, name)
      api.jump(name)
    },
    /** Be at a mark, a time, or the end. @param {string | null | undefined} name */
    jump(name) {
      player?.pause()
      if (Number(name)) player?.seek(Number(name))
      else if (name && name !== "end") player?.seekMark(name)
      else player?.seek(Infinity)
    },
  }
  return api
}
