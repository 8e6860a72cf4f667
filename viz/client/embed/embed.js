// @ts-nocheck
// The player inside a slide: /embed/SCENE and every exported page run this. embed.schema.json lists what a host may say.
//
//   poster → (seen | slide:start | a hand | play) → playing ⇄ paused → ended

import { chartPlaces, showCharts } from "../player/charts.js"
import { framed, openChannel } from "../kit/channel.js"
import { h, icon } from "../kit/dom.js"
import { translated } from "../kit/language.js"
import { createPlayer } from "../player/player.js"
import { expanded } from "../kit/address.js"
import { still, stillSvg } from "../player/still.js"
import { clamp, markNamed } from "../player/timeline.js"

const SIZE = [1280, 720]
const POSTER = 0.4 // share of the run that the poster shows: something has happened, and something is still to come
const STATE_MS = 100 // state is told at most this often
const PAUSE_MS = 800 // between the end and the start of a loop
const SEEN = 0.5 // share of the frame that must be on screen before it starts by itself
const PARTS = {
  title: ".ws-title",
  legend: ".ws-legend-place",
  sentence: ".ws-say",
  speed: ".ws-speed",
  clock: ".ws-clock",
  steps: ".ws-buttons > :not(.ws-main)",
}
const FORWARD = ["ArrowRight", "ArrowDown", "PageDown"]
const BACKWARD = ["ArrowLeft", "ArrowUp", "PageUp"]

/**
 * Put the stage into `el`.
 * @param {HTMLElement} el
 * @param {object} config scene, title, label, marks, view, rules, hosts, query, address, link, made_before, charts and data, as viz/documents/embed.py writes them
 */
export async function createEmbed(el, config) {
  const page = document.documentElement.cloneNode(true) // as it was sent: what "Save a copy" writes
  const place = `waferscope ${location.pathname}${location.search} ${config.scene}?${config.query}`
  const warning = h("p", { class: "we-warning", role: "status", hidden: true })
  const view = { ...defaults(), ...config.view }
  const { marks } = config
  const told = marks.map((mark) => ({ ...mark, text: translated(mark.text) }))
  let player = null
  let poster = true
  let wanted = false // slide:start has come before the player was there
  let inDeck = false // a deck says when to start, so being seen is not enough
  let until = null // play no further than this
  let pointed = false // the focus is where a pointer put it, not where the keyboard did

  const figures = () =>
    Object.fromEntries(
      Object.entries(player.run.figures).map(([name, figure]) => [
        name,
        { ...figure, label: translated(figure.label) },
      ]),
    )
  const questions = {
    state: () => stateOf(),
    figures,
    scenario: () => player.run.scenario,
    marks: () => told,
    view: () => ({ ...view }),
    link: () => config.link,
  }
  const captures = {
    png: (scale) => still(player, player.state.t, scale).then((canvas) => canvas.toDataURL("image/png")),
    svg: () => stillSvg(player, player.state.t),
    csv: () => figuresCsv(figures()),
    json: () => JSON.stringify({ scene: config.scene, scenario: player.run.scenario, figures: figures() }, null, 2),
  }
  // What a host may say. An answer {data} or {error} goes back to it.
  const commands = {
    hello() {
      tell("ready", ready())
      if (player?.run) tell("loaded", { duration: player.run.duration })
    },
    play({ speed, until: to }) {
      const end = timeOf(to)
      if (to !== undefined && end === null) return { error: "until must be a tick or m: and the name of a mark" }
      if (speed !== undefined && !fits("speed", String(speed)))
        return { error: "speed must be one of 0.25, 0.5, 1, 2, 4" }
      if (speed !== undefined) player.setSpeed(Number(speed))
      start(end)
    },
    pause: () => player.pause(),
    step({ n = 1, unit = "tick" }) {
      if (![1, -1].includes(n)) return { error: "n must be 1 or -1" }
      unit === "event" ? player.stepEvent(n) : player.step(n)
    },
    seek({ t, frac, marker }) {
      const to =
        marker !== undefined
          ? timeOf(`m:${marker}`)
          : frac !== undefined
            ? timeOf(Number(frac) * config.duration)
            : timeOf(t)
      if (to === null) return { error: "seek needs a tick t, a share frac or the name of a mark" }
      until = null
      player.pause()
      player.seek(to)
    },
    reset: () => player.reset(),
    set({ params }) {
      if (Object(params) !== params) return { error: "set needs params, an object" }
      const wrong = Object.entries(params).find(
        ([name, value]) => Object.hasOwn(config.rules, name) && !fits(name, value),
      )
      if (wrong) return { error: `${wrong[0]} does not accept ${String(wrong[1]).slice(0, 60)}` }
      const scenario = Object.entries(params).filter(([name]) => !Object.hasOwn(config.rules, name))
      if (scenario.length && !config.address) return { error: "this file holds one run: its scenario cannot change" }
      setView(Object.fromEntries(Object.entries(params).filter(([name]) => Object.hasOwn(config.rules, name))))
      if (scenario.length)
        location.assign(
          `${config.address}?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(config.query)), ...view, ...Object.fromEntries(scenario) })}`,
        )
    },
    get: ({ what }) =>
      Object.hasOwn(questions, what)
        ? { data: questions[what]() }
        : { error: `there is no ${String(what).slice(0, 60)} to get` },
    async capture({ format = "png", scale = 1 }) {
      if (!Object.hasOwn(captures, format)) return { error: "format must be png, svg, csv or json" }
      return { data: await captures[format](Math.min(4, Math.max(0.25, Number(scale) || 1))) }
    },
  }

  const { tell, forwardKey } = openChannel({ hosts: config.hosts, commands, deck: turn, able: () => player?.run })
  Object.assign(view, await readHash())
  const kept = view.static ? null : recall()
  paintView()
  tell("ready", ready())
  fit()
  addEventListener("resize", fit)

  const button = h(
    "button",
    { type: "button", class: "we-play", "aria-label": "Play", onclick: () => start() },
    icon("play"),
  )
  const foot = h(
    "footer",
    { class: "we-foot" },
    h("button", { type: "button", onclick: save }, "Save a copy"),
    config.link ? h("a", { href: config.link, target: "_blank", rel: "noopener" }, "Open with its controls") : null,
  )
  const charts = config.charts ? chartPlaces(config.charts.figures) : null
  const stage = h("div", { class: `we-stage${charts ? " we-beside" : ""}` }, charts)
  el.append(stage, warning)
  const first =
    timeOf(kept?.t ?? (view.static ? view.t : null) ?? view.poster ?? view.t) ?? Math.round(POSTER * config.duration)
  player = await createPlayer(stage, {
    data: config.data,
    t: first,
    speed: Number(kept?.speed ?? view.speed),
    selected: kept?.selected ?? null,
    controls: view.static ? "none" : view.controls,
    heading: "h1",
    label: config.title,
    motion: view.motion,
    keys: view.keys === "off" ? "off" : "self",
  })
  delete config.data
  if (view.look) player.renderer?.lookInto?.(...view.look.split(",").map(Number))
  if (config.made_before) stage.append(h("p", { class: "we-made-before", role: "note" }, config.made_before))
  stage.append(foot)
  paintView()
  if (!player.run) return tell("error", { code: "run", msg: "The run cannot be shown." })
  poster = !kept && !view.static
  if (poster) player.root.querySelector(".ws-stage").append(button)
  performance.mark("waferscope first picture")
  document.documentElement.dataset.waferscopeReady = "true"
  tell("loaded", { duration: player.run.duration })
  if (config.charts) drawCharts()

  const still_ = matchMedia("(prefers-reduced-motion: reduce)")
  const mayMove = () => view.motion === "full" || (view.motion === "auto" && !still_.matches)
  const byItself = () =>
    mayMove() && !view.static && view.autoplay !== "off" && (poster || player.state.t < player.run.duration)

  for (const [name, type, of] of [
    ["mark", "marker", ({ name: id, text }) => ({ id, text: translated(text) })],
    ["end", "ended", () => ({})],
    ["error", "error", ({ message }) => ({ code: "run", msg: message })],
  ]) {
    player.root.addEventListener(name, ({ detail }) => tell(type, of(detail)))
  }
  for (const name of ["time", "play", "pause", "speed", "end"]) player.root.addEventListener(name, tellState)
  player.root.addEventListener("time", watch)
  for (const name of ["play", "select"]) player.root.addEventListener(name, leavePoster)
  for (const name of ["pause", "end", "select"]) player.root.addEventListener(name, keep)
  player.root.addEventListener("end", () => setTimeout(again, PAUSE_MS))

  document.addEventListener(
    "pointerdown",
    () => {
      pointed = true
    },
    true,
  )
  document.addEventListener("keydown", before, true)
  document.addEventListener("keydown", after)
  addEventListener("focus", () => tell("focus"))
  addEventListener("blur", () => {
    pointed = false
    tell("blur")
  })
  addEventListener("pagehide", keep)
  addEventListener("hashchange", async () => setView(await readHash()))
  if (wanted && byItself()) start()
  new IntersectionObserver(
    (entries) => {
      // a busy browser tells several at once
      if (entries.at(-1).intersectionRatio >= SEEN && poster && !inDeck && view.autoplay === "visible" && byItself())
        start()
    },
    { threshold: [0, SEEN] },
  ).observe(stage)
  return player

  // ------------------------------------------------------------------ time
  /** A tick, of a number, a numeral or m:NAME; null for anything else. */
  function timeOf(word) {
    if (word === null || word === undefined) return null
    if (String(word).startsWith("m:")) return markNamed(marks, String(word).slice(2))?.t ?? null
    return Number.isFinite(Number(word)) && word !== "" ? clamp(Number(word), config.duration) : null
  }

  function loopOf(word) {
    if (!word) return null
    const [from, to] = word === "all" ? [0, config.duration] : word.split("..").map(timeOf)
    return from !== null && to !== null && from < to ? [from, to] : null
  }

  // Whatever moves the run takes the poster away; playing then starts at the start, not at the poster.
  function leavePoster() {
    if (!poster) return
    poster = false
    const chosen = document.activeElement === button
    button.remove()
    if (chosen && view.keys === "self") player.root.querySelector(".ws-stage").focus({ preventScroll: true })
    if (player.state.playing) player.seek(timeOf(view.t) ?? loopOf(view.loop)?.[0] ?? 0)
  }

  function start(to = null) {
    until = to
    player.play()
  }

  function again() {
    const loop = loopOf(view.loop)
    if (!loop || !player.run || player.state.playing || player.state.t < player.run.duration) return
    player.seek(loop[0])
    player.play()
  }

  function watch({ detail: { t } }) {
    if (t !== first) leavePoster()
    if (!player.state.playing) return
    const loop = loopOf(view.loop)
    if (until !== null && t >= until) {
      const at = until
      until = null
      player.pause()
      player.seek(at)
      tell("ended")
    } else if (loop && t >= loop[1] && t < player.run.duration) {
      player.seek(loop[0])
    }
  }

  // The next mark in a direction, for decks that step through them; null past the last.
  function markBeyond(direction) {
    const now = poster ? -1 : (until ?? player.state.t)
    return direction > 0 ? marks.find(({ t }) => t > now) : marks.findLast(({ t }) => t < now)
  }

  // After the first picture: drawing charts takes longer than that.
  async function drawCharts() {
    try {
      await showCharts(charts, config.charts, player)
      document.documentElement.dataset.waferscopeCharts = "true"
    } catch (error) {
      tell("error", { code: "charts", msg: error.message })
    }
  }

  // ------------------------------------------------------------------ view
  async function readHash() {
    const found = {}
    const wrong = []
    for (const [name, value] of await expanded(location.hash.slice(1))) {
      if (fits(name, value)) found[name] = value
      else wrong.push(`${name}=${value}`)
    }
    warning.hidden = !wrong.length
    warning.textContent = wrong.length ? `Not understood and left out: ${wrong.join(", ").slice(0, 200)}` : ""
    return found
  }

  function fits(name, value) {
    if (!Object.hasOwn(config.rules, name) || typeof value !== "string") return false
    const times = value.match(/m:[a-z0-9_]+/g) ?? []
    return new RegExp(config.rules[name]).test(value) && times.every((time) => markNamed(config.marks, time.slice(2)))
  }

  function setView(changes) {
    Object.assign(view, changes)
    paintView()
    if (changes.speed) player?.setSpeed(Number(changes.speed))
    if (changes.t) player?.seek(timeOf(changes.t))
  }

  function paintView() {
    document.documentElement.dataset.theme = view.theme
    el.dataset.controls = view.static ? "none" : view.controls
    const hidden = view.hide ? view.hide.split(",") : []
    if (!player) return
    for (const [name, selector] of Object.entries(PARTS)) {
      for (const part of player.root.querySelectorAll(selector)) part.hidden = hidden.includes(name)
    }
    for (const name of ["full", "mini", "none"])
      player.root.classList.toggle(`ws-${name}`, name === el.dataset.controls)
  }

  // The stage has one size; CSS scales it into the frame. The style of the document is what the player watches.
  function fit() {
    document.documentElement.style.setProperty(
      "--scale",
      Math.min(innerWidth / SIZE[0], innerHeight / SIZE[1]).toFixed(4),
    )
    tell("resize", { h: Math.round((innerWidth * SIZE[1]) / SIZE[0]) })
  }

  // ------------------------------------------------------------------ state that outlives the frame
  function keep() {
    if (view.static || poster || !player.run) return
    const { t, speed, selected } = player.state
    try {
      sessionStorage.setItem(place, JSON.stringify({ t, speed, selected }))
    } catch {
      /* a sandboxed frame has no storage */
    }
  }

  function recall() {
    try {
      const { t, speed, selected } = JSON.parse(sessionStorage.getItem(place))
      return {
        t: clamp(Number(t), config.duration),
        speed: Number(speed),
        selected: Number.isInteger(selected) ? selected : null,
      }
    } catch {
      return null
    }
  }

  function save() {
    const { data: _, ...rest } = config
    const { t, speed } = player.state
    const baked = {
      ...rest,
      view: { ...view, t: String(Math.round(t)), poster: String(Math.round(t)), speed: String(speed) },
    }
    page.querySelector("#waferscope-config").textContent = JSON.stringify(baked).replaceAll("<", "\\u003c")
    const url = URL.createObjectURL(new Blob(["<!doctype html>\n", page.outerHTML], { type: "text/html" }))
    h("a", { href: url, download: `waferscope-${config.scene}.html` }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }

  // ------------------------------------------------------------------ keys
  // Before the player: a deck's keys go to the deck, unless the keyboard has chosen the control they would move.
  function before(event) {
    if (event.key === "Tab") pointed = false
    if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return
    const direction = FORWARD.includes(event.key) ? 1 : BACKWARD.includes(event.key) ? -1 : 0
    const chosen = !pointed && event.target.matches("input, select, .ws-stage")
    if (view.keys === "deck" && framed && direction && !chosen) {
      event.preventDefault()
      event.stopImmediatePropagation()
      const next = view.markers === "fragments" ? markBeyond(direction) : null
      if (!next) forwardKey(event)
      else if (direction > 0) mayMove() ? start(next.t) : stepTo(next)
      else stepTo(next)
    }
  }

  function stepTo(mark) {
    until = null
    player.seekMark(mark.name)
  }

  // After the player: it has stopped what it used.
  function after(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
    if (["Tab", "Shift", "Enter"].includes(event.key) || event.target.matches("select, input")) return
    if (event.key === " " && event.target.matches("button, a")) return
    forwardKey(event)
  }

  // ------------------------------------------------------------------ messages
  function ready() {
    return { version: 1, scene: config.scene, title: translated(config.title), size: SIZE, markers: told }
  }

  function stateOf() {
    const { t, playing, duration } = player.state
    return { t, frac: duration ? t / duration : 0, playing, params: { ...view } }
  }

  function tellState() {
    if (tellState.waits) return
    tellState.waits = true
    setTimeout(() => {
      tellState.waits = false
      tell("state", stateOf())
    }, STATE_MS)
  }

  function turn(on) {
    inDeck = true
    wanted = on && !player?.run
    if (!player?.run) return
    if (!on) {
      player.pause()
      keep()
    } else if (byItself()) {
      start()
    }
  }
}

const defaults = () => ({
  theme: "light",
  speed: "1",
  autoplay: "visible",
  controls: "mini",
  keys: framed ? "deck" : "self",
  motion: "auto",
  markers: "free",
})

/** Figures as a table of comma-separated values. */
export function figuresCsv(figures) {
  const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value))
  const rows = Object.entries(figures).map(([name, { value, unit, label, kind, source }]) => [
    name,
    value,
    unit,
    label,
    kind,
    source,
  ])
  return (
    [["name", "value", "unit", "label", "kind", "source"], ...rows].map((row) => row.map(cell).join(",")).join("\n") +
    "\n"
  )
}
