// The page of a scene: a player before anything else, then title, figures and the charts that modules draw.

import { byId, find, whole } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { pointed } from "../kit/pointed.js"
import { mountCharts } from "../player/charts.js"
import { createPlayer } from "../player/player.js"
import { createPins } from "./beside.js"
import { writeFigures } from "./figures.js"
import { showHints } from "./hints.js"
import { keepOverlays } from "./overlays.js"

const SEEN = "waferscope seen" // scenes of this visit
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

const calm = matchMedia("(prefers-reduced-motion: reduce)")

/** @type {(name: string, detail: unknown) => void} */
const tell = (name, detail) => dispatchEvent(new CustomEvent(`waferscope:${name}`, { detail }))

/**
 * Whether somebody sees a scene for the first time: then it plays by itself, and it rests where it is only shown again.
 * @param {string} scene
 */
function firstVisit(scene) {
  try {
    const seen = (sessionStorage.getItem(SEEN) ?? "").split(" ")
    if (seen.includes(scene)) return false
    sessionStorage.setItem(SEEN, [...seen, scene].join(" "))
  } catch {
    // a browser that keeps nothing
  }
  return true
}

/**
 * Play once most of the stage is in the window.
 * @param {HTMLElement} stage
 * @param {Promise<Player>} player
 */
function playOnceSeen(stage, player) {
  const seen = new IntersectionObserver(
    async (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      seen.disconnect()
      const api = await player
      if (!calm.matches) api.play()
    },
    { threshold: 0.5 },
  )
  seen.observe(stage)
}

/** On a small screen the controls lie in a sheet at its lower edge; the picture stays in sight above. */
function openSheet() {
  const handle = byId("handle")
  const open = (/** @type {boolean} */ yes) => {
    handle.setAttribute("aria-expanded", String(yes))
    byId("sheet").classList.toggle("open", yes)
    find(handle, ".button").textContent = t(yes ? "player_close" : "sheet_change")
    const picture = find(byId("main"), ".centre .chart, #stage") // the first of both
    if (yes) picture.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth" })
  }
  handle.addEventListener("click", () => open(handle.getAttribute("aria-expanded") !== "true"))
  byId("sheet").addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || handle.getAttribute("aria-expanded") !== "true") return
    open(false)
    handle.focus()
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
  let again = false // the next run is one that somebody was led to, and plays from its start
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
    if (name === "end" || name === "play" || name === "ready") tell("ended", name === "end")
    if (name === "ready" || name === "error") {
      clearTimeout(waiting)
      box.hidden = true
    }
    if (name === "ready") {
      const { title, verdict } = detail.run
      if (first) first = false
      else byId("made-before")?.remove() // it was said of the run that the link leads to
      byId("title").replaceChildren(...whole(title))
      byId("verdict").replaceChildren(...whole(verdict ?? ""))
      if (again) playFromStart()
      document.title = `${title} · Waferscope`
      pins.show(detail.run)
      requestAnimationFrame(() => performance.mark("waferscope drawn"))
    }
  }
  const playFromStart = async () => {
    again = false
    const api = await player
    api.seek(0)
    if (!calm.matches) api.play()
  }
  const actions = [{ on: ["p"], shown: ["p"], label: t("pin.key"), run: () => pins.toggle() }]
  const player = (globalThis.waferscopeStage = createPlayer(byId("early-stage"), {
    src,
    onEvent,
    actions,
    looks: true,
  }))
  if (firstVisit(scene)) playOnceSeen(byId("stage"), player)
  pins.start(player, beside)
  player.then(keepOverlays)
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
  showHints()
  offerShare(scene, player)
  player.then((api) => mountCharts(api, document.querySelectorAll("[data-module]")))
  const hear = (/** @type {string} */ name, /** @type {(detail: any) => void} */ listener) =>
    addEventListener(`waferscope:${name}`, (event) => listener(/** @type {CustomEvent} */ (event).detail))
  hear("progress", (detail) => {
    box.hidden = detail === null
    byId("main").classList.toggle("stale", detail !== null)
    bar.value = detail ?? 0
  })
  hear("question", ({ question, purpose }) => {
    byId("question").replaceChildren(...whole(question))
    byId("purpose").textContent = purpose
  })
  hear("against", (words) => {
    byId("against").replaceChildren(...whole(words))
  })
  hear("choice", (words) => {
    byId("choice").replaceChildren(...whole(words))
    byId("main").classList.remove("absent")
  })
  openSheet()
  hear("step", () => {
    again = true
  })
  hear("error", (detail) => {
    byId("error").hidden = !detail
    byId("error").textContent = detail
  })
  byId("cancel").addEventListener("click", () => dispatchEvent(new CustomEvent("waferscope:cancel")))
}
