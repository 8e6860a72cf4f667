// The home page: a wafer and a GPU race on one clock, and the whole wafer plays as soon as it comes into sight. The sentences are
// in the page (viz/documents/templates/home.html), one part of `.told` for each state; here they are shown when their time comes.

import { byId, find } from "../kit/dom.js"
import { quantity, t } from "../kit/language.js"
import { createPlayer } from "../player/player.js"

const SKIP_MS = 3200
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

/** A time of who watches, whole in its smaller unit. @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return t("home_seconds", { seconds: Math.floor(seconds) })
  const all = Math.round(seconds / 60)
  const [hours, minutes] = [Math.floor(all / 60), all % 60]
  if (!hours) return t("home_minutes", { minutes })
  return minutes ? t("home_hours_minutes", { hours, minutes }) : t("home_hours", { hours })
}

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

/** Turn the hands of the dial to a time of who watches. */
function createDial() {
  const [turned, hours, minutes] = ["turned", "hours", "minutes"].map(byId)
  return (/** @type {number} */ seconds) => {
    const passed = seconds / 3600
    hours.setAttribute("transform", `rotate(${passed * 30})`)
    minutes.setAttribute("transform", `rotate(${(passed % 1) * 360})`)
    const angle = Math.min(passed / 12, 0.999) * 2 * Math.PI
    const end = `${17 * Math.sin(angle)} ${-17 * Math.cos(angle)}`
    turned.setAttribute("d", `M0 0V-17A17 17 0 ${angle > Math.PI ? 1 : 0} 1 ${end}Z`)
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
  const turnHands = createDial()
  const slowed = byId("passed").textContent ?? ""
  /** @type {State} */
  let state = "ready"
  let time = 0 // of the machines [s]
  let origin = 0 // of the present state's clock [ms]
  let left = 0 // of the machines' time when the rest is skipped [s]

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
    left = race.gpu - time
    origin = performance.now()
    enter("skip")
  }

  /** @param {number} now */
  function advance(now) {
    const passed = Math.max(0, now - origin)
    if (state === "skip") {
      const share = reduced() ? 1 : Math.min(1, passed / SKIP_MS)
      const eased = share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2
      time = race.gpu - left * (1 - eased)
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
    turnHands(time * race.slower)
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
