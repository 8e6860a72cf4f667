// The home page: a wafer and a GPU race on one clock, and the whole wafer plays as soon as it comes into sight. The sentences are
// in the page (viz/documents/templates/home.html), one part of `.told` for each state; here they are shown when their time comes.

import { byId, find } from "../kit/dom.js"
import { quantity, t } from "../kit/language.js"
import { createDial, duration, skipped } from "../kit/rest.js"
import { createPlayer } from "../player/player.js"

const REPLAY_MS = 4000
const COUNTED = 12 // digits of a number that is written in full

/** @typedef {"ready" | "run" | "ahead" | "waiting" | "skip" | "done" | "turn"} State */

/** What the button does next; without an entry it waits. @type {Partial<Record<State, State>>} */
const NEXT = { ready: "run", ahead: "skip", waiting: "skip", done: "turn", turn: "run" }

/**
 * @typedef {object} Race
 * @property {number} wafer seconds that it takes
 * @property {number} gpu the same
 * @property {number} slower times as long as that on the clock of who watches
 * @property {number} n numbers in a vector
 * @property {number} magnified times that the beginning of the GPU's bar is enlarged
 */

const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches
/** @type {(element: Element, text: string) => void} */
const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text
}

/**
 * Show one machine at a share of its work.
 * @param {HTMLElement} lane
 * @param {number} seconds that it takes
 * @param {Race} race
 * @param {number} precise smallest share that is told
 */
function createLane(lane, seconds, { n, magnified }, precise) {
  const [bar, enlarged] = lane.querySelectorAll(/** @type {"i"} */ (".bar i"))
  const result = find(lane, ".who strong")
  const added = find(lane, ".added")
  return (/** @type {number} */ time) => {
    const share = Math.min(1, time / seconds)
    bar.style.transform = `scaleX(${share})`
    if (enlarged) enlarged.style.transform = `scaleX(${Math.min(1, share * magnified)})`
    lane.classList.toggle("on", time > 0 && share < 1)
    lane.classList.toggle("beyond", share * magnified > 1)
    const told = quantity(Math.floor(share / precise) * precise, "share")
    write(result, share < 1 ? told : quantity(seconds, "s"))
    write(added, t("home_added", { n: { value: Math.floor(share * n), unit: "", digits: COUNTED } }))
  }
}

/**
 * Let the race be run: by the button, which always does what comes next, or by a bet.
 * @param {Race} race
 */
export function startRace(race) {
  const root = byId("race")
  const go = byId("go")
  const label = find(go, "span")
  const first = label.textContent
  const parts = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-of]"))
  const wafer = createLane(byId("wafer"), race.wafer, race, 0.01)
  const gpu = createLane(byId("gpu"), race.gpu, race, 0.00001)
  const dial = createDial()
  const slowed = byId("passed").textContent ?? ""
  /** @type {State} */
  let state = "ready"
  let time = 0 // of the machines [s]
  let origin = 0 // of the present state's clock [ms]
  let from = 0 // time of the machines when the rest began to be skipped [s]

  /** @param {State} next */
  function enter(next) {
    state = next
    root.dataset.state = next
    const had = document.activeElement
    for (const part of parts) part.hidden = part.dataset.of !== next
    const part = [...parts].find(({ hidden }) => !hidden)
    write(label, part?.dataset.next ?? first ?? "")
    go.setAttribute("aria-disabled", String(!NEXT[next]))
    if (had instanceof HTMLElement && had.closest("[hidden]")) go.focus({ preventScroll: true })
    const said = [...(part?.querySelectorAll("h3, p, li") ?? [])].filter((one) => !one.querySelector("button"))
    if (next !== "ready") byId("heard").textContent = said.map(({ textContent }) => textContent?.trim()).join(" ")
  }

  function start(lost = "") {
    find(root, ".lost").textContent = lost
    time = 0
    origin = performance.now()
    enter("run")
    const hidden = find(root, ".told").getBoundingClientRect().bottom > go.getBoundingClientRect().top
    const stacked = go.getBoundingClientRect().width > root.clientWidth / 2 // the button is a bar at the foot of the window
    if (hidden && stacked) find(root, ".stage").scrollIntoView({ behavior: reduced() ? "instant" : "smooth" })
    requestAnimationFrame(advance)
  }

  function skip() {
    from = time
    origin = performance.now()
    enter("skip")
  }

  /** @param {number} now */
  function advance(now) {
    const passed = Math.max(0, now - origin)
    if (state === "skip") {
      time = skipped(from, race.gpu, passed, reduced())
    } else time = passed / 1000 / race.slower
    time = Math.min(time, race.gpu)
    paint()
    if (time >= race.gpu) return enter("done")
    if (state === "run" && time >= race.wafer) {
      const end = new Date(Date.now() + (race.gpu - time) * race.slower * 1000)
      const at = end.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })
      find(root, ".wait").textContent = t("home_wait", { wait: rest(), at })
      enter("ahead")
    }
    requestAnimationFrame(advance)
  }

  const rest = () => duration((race.gpu - time) * race.slower)

  function paint() {
    wafer(time)
    gpu(time)
    write(byId("clock"), quantity(time, "s"))
    write(byId("passed"), time ? t("home_passed", { time: duration(time * race.slower) }) : slowed)
    dial.turn(time * race.slower)
    if (state === "waiting") write(find(root, ".left"), t("home_waiting", { left: rest() }))
  }

  go.addEventListener("click", () => {
    const next = NEXT[state]
    if (next === "run") start()
    else if (next === "skip") skip()
    else if (next) enter(next)
  })
  for (const bet of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".bet")))
    bet.addEventListener("click", () => start(bet.dataset.lost))
  byId("stay").addEventListener("click", () => {
    write(find(root, ".left"), t("home_waiting", { left: rest() }))
    enter("waiting")
  })
  find(root, ".task").append(dial.element)
  paint()
  go.setAttribute("aria-disabled", "false")
}

/**
 * Do something when an element comes into sight for the first time.
 * @param {Element} element
 * @param {() => void} then
 * @param {string} [rootMargin] how much earlier
 */
function whenSeen(element, then, rootMargin = "0px") {
  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      seen.disconnect()
      then()
    },
    { rootMargin },
  )
  seen.observe(element)
}

/** Let the curves grow from their corner when they are seen. */
export function growCurves() {
  const curves = find(document, ".curves")
  curves.classList.add("small")
  whenSeen(curves, () => curves.classList.remove("small"), "-80px")
}

/**
 * Play the run of the whole wafer, again and again, once it is about to be seen.
 * @param {string} src of the packed run
 */
export function showSum(src) {
  const place = byId("sum")
  whenSeen(
    place,
    async () => {
      const player = await createPlayer(place, {
        src,
        controls: "mini",
        autoplay: true,
        label: t("home_sum_player"),
      })
      const replay = () => {
        const { playing, t: at, duration: end } = player.state
        if (playing || at < end) return
        player.reset()
        player.play()
      }
      player.root.addEventListener("end", () => {
        if (!reduced()) setTimeout(replay, REPLAY_MS)
      })
      const { run } = player
      if (!run) return
      const cycles = { value: run.duration, unit: run.tick.unit }
      const time = { value: run.duration * run.tick.seconds, unit: "s" }
      byId("sum-said").textContent = t("home_sum_done", { cycles, time })
    },
    "300px",
  )
}
