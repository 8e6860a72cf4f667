// The player inside a slide: /embed/SCENE and every exported page run this. embed.schema.json lists what a host may say.
//
//   poster → (seen | slide:start | a hand | play) → playing ⇄ paused → ended

import { framed, openChannel } from "../kit/channel.js"
import { h, icon } from "../kit/dom.js"
import { t as text } from "../kit/language.js"
import { chartPlaces, showCharts } from "../player/charts.js"
import { createPlayer } from "../player/player.js"
import { createCommands } from "./commands.js"
import { savePage } from "./copy.js"
import { listenToKeys } from "./keys.js"
import { createMemory } from "./memory.js"
import { followPlayer } from "./playing.js"
import { createSettings } from "./settings.js"

/**
 * @import { Player } from "../kit/types"
 * @import { Config, Embed, View } from "./types"
 */

const SIZE = [1280, 720]
const POSTER = 0.4 // share of the run that the poster shows: something has happened, and something is still to come
const SEEN = 0.5 // share of the frame that must be on screen before it starts by itself
const PARTS = {
  title: ".ws-heading",
  legend: ".ws-legend-place",
  sentence: ".ws-say",
  speed: ".ws-speed",
  clock: ".ws-clock",
  steps: ".ws-buttons > :not(.ws-main)",
}

/** @returns {View} */
const defaults = () => ({
  theme: "light",
  speed: "1",
  autoplay: "visible",
  controls: "mini",
  keys: framed ? "deck" : "self",
  motion: "auto",
  markers: "free",
})

/**
 * Put the stage into `el`.
 * @param {HTMLElement} el
 * @param {Config} config
 */
export async function createEmbed(el, config) {
  const page = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true)) // as it was sent, for a copy
  const settings = createSettings(config)
  const { timeOf } = settings
  const memory = createMemory(
    `waferscope ${location.pathname}${location.search} ${config.scene}?${config.query}`,
    config.duration,
  )
  const warning = h("p", { class: "we-warning", role: "status", hidden: true })
  /** @type {Embed} */
  const embed = {
    config,
    view: { ...defaults(), ...config.view },
    player: null,
    poster: true,
    wanted: false,
    inDeck: false,
    until: null,
    start(to = null) {
      embed.until = to
      embed.player?.play()
    },
    setView(changes) {
      Object.assign(view, changes)
      paintView(el, embed)
      if (changes.speed) embed.player?.setSpeed(Number(changes.speed))
      if (changes.t) embed.player?.seek(timeOf(changes.t) ?? 0)
    },
  }
  const { view } = embed

  // ------------------------------------------------------------------ messages
  const ready = () => ({
    version: 1,
    scene: config.scene,
    title: config.title,
    size: SIZE,
    markers: config.marks,
  })
  const stateOf = () => {
    const { t, playing, duration } = /** @type {Player} */ (embed.player).state
    return { t, frac: duration ? t / duration : 0, playing, params: { ...view } }
  }
  const hello = () => {
    tell("ready", ready())
    if (embed.player?.run) tell("loaded", { duration: embed.player.run.duration })
  }
  const commands = createCommands(embed, settings, { hello, state: stateOf, marks: config.marks })
  const able = () => Boolean(embed.player?.run)
  const { tell, forwardKey } = openChannel({ hosts: config.hosts, commands, deck: turn, able })

  Object.assign(view, await readHash())
  const kept = view.static ? null : memory.recall()
  paintView(el, embed)
  tell("ready", ready())
  fit()
  addEventListener("resize", fit)

  // ------------------------------------------------------------------ the stage
  const button = h(
    "button",
    { type: "button", class: "we-play", "aria-label": text("player_play"), onclick: () => embed.start() },
    icon("play"),
  )
  const foot = h(
    "footer",
    { class: "we-foot" },
    h("button", { type: "button", onclick: () => savePage(page, config, view, player.state) }, text("embed_save")),
    config.link ? h("a", { href: config.link, target: "_blank", rel: "noopener" }, text("embed_open")) : null,
  )
  const charts = config.charts ? chartPlaces(config.charts.figures) : null
  const stage = h("div", { class: `we-stage${charts ? " we-beside" : ""}` }, charts)
  el.append(stage, warning)
  const first =
    timeOf(kept?.t ?? (view.static ? view.t : null) ?? view.poster ?? view.t) ?? Math.round(POSTER * config.duration)
  const player = await createPlayer(stage, {
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
  embed.player = player
  delete config.data
  if (view.look) {
    const [x, y] = view.look.split(",").map(Number)
    player.renderer?.lookInto?.(x, y)
  }
  if (config.made_before) stage.append(h("p", { class: "we-made-before", role: "note" }, config.made_before))
  stage.append(foot)
  paintView(el, embed)
  if (!player.run) return tell("error", { code: "run", msg: text("embed_failed") })
  const { duration } = player.run
  const face = /** @type {HTMLElement} */ (player.root.querySelector(".ws-stage"))
  embed.poster = !kept && !view.static
  if (embed.poster) face.append(button)
  performance.mark("waferscope first picture")
  document.documentElement.dataset.waferscopeReady = "true"
  tell("loaded", { duration })
  if (charts) drawCharts(charts)

  const still = matchMedia("(prefers-reduced-motion: reduce)")
  const mayMove = () => view.motion === "full" || (view.motion === "auto" && !still.matches)
  const byItself = () =>
    mayMove() && !view.static && view.autoplay !== "off" && (embed.poster || player.state.t < duration)

  // ------------------------------------------------------------------ what happens
  followPlayer(embed, player, { settings, button, face, first, keep, tell, state: stateOf })
  listenToKeys(embed, forwardKey, mayMove)
  addEventListener("focus", () => tell("focus"))
  addEventListener("blur", () => tell("blur"))
  addEventListener("pagehide", keep)
  addEventListener("hashchange", async () => embed.setView(await readHash()))
  if (embed.wanted && byItself()) embed.start()
  whenSeen(stage, () => {
    if (embed.poster && !embed.inDeck && view.autoplay === "visible" && byItself()) embed.start()
  })
  return player

  /** After the first picture: drawing charts takes longer than that. @param {HTMLElement} places */
  async function drawCharts(places) {
    try {
      if (config.charts) await showCharts(places, config.charts, player)
      document.documentElement.dataset.waferscopeCharts = "true"
    } catch (error) {
      tell("error", { code: "charts", msg: error instanceof Error ? error.message : String(error) })
    }
  }

  function keep() {
    if (!view.static && !embed.poster && embed.player?.run) memory.keep(embed.player.state)
  }

  // ------------------------------------------------------------------ view
  async function readHash() {
    const { found, wrong } = await settings.read(location.hash)
    warning.hidden = !wrong.length
    warning.textContent = wrong.length ? text("embed_left_out", { settings: wrong.join(", ").slice(0, 200) }) : ""
    return found
  }

  /** The stage has one size; CSS scales it into the frame. The style of the document is what the player watches. */
  function fit() {
    const scale = Math.min(innerWidth / SIZE[0], innerHeight / SIZE[1])
    document.documentElement.style.setProperty("--scale", scale.toFixed(4))
    tell("resize", { h: Math.round((innerWidth * SIZE[1]) / SIZE[0]) })
  }

  /** The deck turns to this slide, or away from it. @param {boolean} on */
  function turn(on) {
    embed.inDeck = true
    embed.wanted = on && !embed.player?.run
    if (!embed.player?.run) return
    if (!on) {
      embed.player.pause()
      keep()
    } else if (byItself()) {
      embed.start()
    }
  }
}

/** @param {HTMLElement} el @param {Embed} embed */
function paintView(el, { view, player }) {
  document.documentElement.dataset.theme = view.theme
  const shown = view.static ? "none" : view.controls
  el.dataset.controls = shown
  if (!player) return
  const hidden = view.hide ? view.hide.split(",") : []
  for (const [name, selector] of Object.entries(PARTS))
    for (const part of player.root.querySelectorAll(selector))
      /** @type {HTMLElement} */ (part).hidden = hidden.includes(name)
  for (const name of ["full", "mini", "none"]) player.root.classList.toggle(`ws-${name}`, name === shown)
}

/** @param {HTMLElement} element @param {() => void} act whenever enough of it has come on screen */
function whenSeen(element, act) {
  new IntersectionObserver(
    (entries) => {
      // a busy browser tells several at once
      if (entries[entries.length - 1].intersectionRatio >= SEEN) act()
    },
    { threshold: [0, SEEN] },
  ).observe(element)
}
