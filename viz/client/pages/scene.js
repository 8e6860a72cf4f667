// The page of a scene: a player before anything else, then title, figures and the charts that modules draw.

import { byId } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { pointed } from "../kit/pointed.js"
import { mountCharts } from "../player/charts.js"
import { createPlayer } from "../player/player.js"
import { createPins } from "./beside.js"
import { showSources, writeFigures } from "./figures.js"

const SILENT_MS = 300 // a first picture that takes longer shows that it is on its way, as later ones do

/** @import { Player } from "../kit/types" */

/**
 * The dialog is fetched when somebody wants it.
 * @param {string} scene
 * @param {Promise<Player>} player
 */
async function offerShare(scene, player) {
  const api = await player
  const button = /** @type {HTMLButtonElement} */ (byId("share-open"))
  button.disabled = false
  button.addEventListener("click", async () => {
    const { openShare } = await import("./share.js")
    openShare({ scene, player: api })
  })
}

/**
 * Start the page of a scene with the run at an address; the session adopts the player once it is up.
 * @param {string} src address of the run
 * @param {string} scene its scene
 * @param {string|null} beside address of the run that is pinned beside it
 * @param {string} version of the engine, for the addresses of other runs
 */
export function start(src, scene, beside, version) {
  let first = true
  const box = byId("progress")
  const bar = /** @type {HTMLProgressElement} */ (byId("progress-bar"))
  const waiting = setTimeout(() => {
    box.hidden = false
  }, SILENT_MS)
  const pins = createPins({
    scene,
    version,
    onChange: () => {
      if (pins.run) writeFigures(byId("figures"), pins.run.figures, pins.pinned?.figures)
    },
  })
  /** @type {(name: string, detail: any) => void} */
  const onEvent = (name, detail) => {
    if (name === "ready" || name === "error") {
      clearTimeout(waiting)
      box.hidden = true
    }
    if (name === "ready") {
      const { title } = detail.run
      if (first) first = false
      else byId("made-before")?.remove() // it was said of the run that the link leads to
      byId("title").textContent = title
      document.title = `${title} · Waferscope`
      pins.show(detail.run)
      requestAnimationFrame(() => performance.mark("waferscope drawn"))
    }
  }
  const actions = [{ on: ["p"], shown: ["p"], label: t("pin.key"), run: () => pins.toggle() }]
  const player = (globalThis.waferscopeStage = createPlayer(byId("early-stage"), {
    src,
    onEvent,
    actions,
    looks: true,
  }))
  pins.start(player, beside)
  // A key pressed while nothing has the focus is one for the player; a figure that was clicked has no keys of its own,
  // and the space bar is not for a button that was pressed with a pointer.
  player.then(({ root }) =>
    addEventListener("keydown", (event) => {
      const { key, altKey, ctrlKey, metaKey } = event
      const [from] = event.composedPath()
      const plays = key === " " && !event.defaultPrevented && pointed(from)
      const nowhere = from === document.body || (from instanceof Element && from.matches(".bk-events"))
      if (!(plays || nowhere) || document.querySelector("dialog[open]")) return
      if (plays) root.querySelector(/** @type {"div"} */ (".ws-stage"))?.focus({ preventScroll: true })
      const forwarded = new KeyboardEvent("keydown", { key, altKey, ctrlKey, metaKey, cancelable: true })
      if (!root.dispatchEvent(forwarded)) event.preventDefault()
    }),
  )
  showSources(byId("figures"))
  offerShare(scene, player)
  player.then((api) => mountCharts(api, document.querySelectorAll("[data-module]")))
  const hear = (/** @type {string} */ name, /** @type {(detail: any) => void} */ listener) =>
    addEventListener(`waferscope:${name}`, (event) => listener(/** @type {CustomEvent} */ (event).detail))
  hear("progress", (detail) => {
    box.hidden = detail === null
    bar.value = detail ?? 0
  })
  hear("error", (detail) => {
    byId("error").hidden = !detail
    byId("error").textContent = detail
  })
  byId("cancel").addEventListener("click", () => dispatchEvent(new CustomEvent("waferscope:cancel")))
}
