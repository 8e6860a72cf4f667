// The tour of the talk: one station at a time. The texts are in the page (viz/documents/templates/tour.html); a station's run is
// shown by the player that every scene has, at the pace, from the time and as deep as the station's view says.

import { byId, find } from "../kit/dom.js"
import { pointed } from "../kit/pointed.js"
import { createPlayer } from "../player/player.js"

/**
 * @import { Player } from "../kit/types"
 *
 * @typedef {object} Station
 * @property {string} src address of its packed run
 * @property {{t?: string, poster?: string, speed?: string, look?: string, loop?: string}} view as in the address of an embed
 * @property {"player" | "curves"} picture
 */

const POSTER = 0.4 // share of the run that is shown where nothing may move, as in an embed
const FORWARD = ["ArrowRight", "ArrowDown", "PageDown"]
const BACKWARD = ["ArrowLeft", "ArrowUp", "PageUp"]

export async function startTour() {
  /** @type {{first: number, stations: Station[]}} */
  const { first, stations } = JSON.parse(String(byId("data").textContent))
  const texts = [...document.querySelectorAll(/** @type {"section"} */ (".station"))]
  const dots = [...find(document, ".dots").children]
  const [back, next] = ["back", "next"].map((id) => /** @type {HTMLButtonElement} */ (byId(id)))
  const [box, curves] = ["player", "curves"].map(byId)
  const still = matchMedia("(prefers-reduced-motion: reduce)")
  /** @type {Player | null} */
  let player = null
  let n = 0
  /** @type {number[]} times between which a station plays again and again */
  let loop = []

  /** @param {number} to */
  function go(to) {
    const there = Math.min(Math.max(1, to || 1), stations.length)
    if (there === n) return
    n = there
    texts.forEach((text, i) => {
      text.hidden = i !== n - 1
    })
    dots.forEach((dot, i) => {
      dot.classList.toggle("past", i < n - 1)
      if (i === n - 1) dot.setAttribute("aria-current", "step")
      else dot.removeAttribute("aria-current")
    })
    back.disabled = n === 1
    const isLast = n === stations.length
    next.textContent = (isLast ? next.dataset.again : next.dataset.next) ?? ""
    next.classList.toggle("primary", !isLast)
    const address = new URL(location.href)
    address.searchParams.delete("station")
    address.hash = String(n)
    history.replaceState(null, "", address)
    const told = texts[n - 1].querySelectorAll("h1, p:not(.ways)")
    byId("heard").textContent = [...told].map(({ textContent }) => textContent?.replace(/\s+/g, " ").trim()).join(". ")
    show()
  }

  async function show() {
    const { src, view, picture } = stations[n - 1]
    const asked = n
    const drawn = picture === "curves"
    player?.pause()
    curves.hidden = !drawn
    box.hidden = drawn
    const grown = find(curves, ".curves")
    grown.classList.add("small")
    if (drawn) requestAnimationFrame(() => requestAnimationFrame(() => grown.classList.remove("small")))
    else if (player && (await player.load(src)) && asked === n) lead(player, view)
    else return
    document.body.dataset.shown = String(asked)
    const after = stations[asked]
    if (after?.picture === "player") fetch(after.src, { priority: "low" }).catch(() => {}) // the player says what is wrong
  }

  /** Go where a station looks, and play. @type {(player: Player, view: Station["view"]) => void} */
  function lead(player, view) {
    const { t = "0", poster, speed = "1", look } = view
    const isInside = typeof player.renderer?.focus === "number"
    if (look) {
      const [x, y] = look.split(",").map(Number)
      if (isInside) player.renderer?.lookInto?.(x, y)
      else player.enter(y * Number(player.run?.meta.width) + x)
    } else if (isInside) player.leave()
    player.select(null)
    loop = view.loop?.split("..").map(Number) ?? []
    player.setSpeed(Number(speed))
    player.seek(still.matches ? Number(poster ?? POSTER * player.state.duration) : Number(t))
    if (!still.matches) player.play()
  }

  /** The element that has the focus because the keyboard chose it. @type {(event: KeyboardEvent, selector: string) => boolean} */
  const chosen = ({ target }, selector) => target instanceof Element && target.matches(selector) && !pointed(target)

  // Before the player: a clicker and the space bar lead on, wherever a pointer has left the focus.
  function walk(/** @type {KeyboardEvent} */ event) {
    const { key } = event
    if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return
    const direction =
      key === " " ? (event.shiftKey ? -1 : 1) : FORWARD.includes(key) ? 1 : BACKWARD.includes(key) ? -1 : 0
    // Pages are the tour's; of the others those that the element which the keyboard has chosen makes use of are not.
    const users = key === " " ? "button, a, input, select, summary" : "input, select, .ws-stage"
    if (!direction || (!key.startsWith("Page") && chosen(event, users))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    go(n + direction)
  }

  document.addEventListener("keydown", walk, true)
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return
    location.assign(/** @type {HTMLAnchorElement} */ (byId("leave")).href)
  })
  back.addEventListener("click", () => go(n - 1))
  next.addEventListener("click", () => go(n === stations.length ? 1 : n + 1))
  addEventListener("hashchange", () => go(Number(location.hash.slice(1))))

  document.body.classList.add("led")
  go(Number(location.hash.slice(1)) || first)
  player = await createPlayer(box, { controls: "full", motion: "auto" })
  player.root.addEventListener("time", ({ detail }) => {
    if (detail.t >= loop[1] && player?.state.playing) player.seek(loop[0])
  })
  show()
}
