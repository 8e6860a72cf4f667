// The trace player: plays a packed run on a canvas. Framework-free, no network but the run it is told to fetch.
//
//   const player = await createPlayer(element, { src: "/traces/abc.wst", autoplay: true })
//
// Options
//   src | data    URL of a packed run, or its bytes (ArrayBuffer, Uint8Array)
//   autoplay      start playing (never with reduced motion)              default false
//   controls      "full" | "mini" | "none"                               default "full"
//   heading       "h1" | "h2" | "h3" | "" : show the title of the run    default ""
//   inspector     show the card of a selected PE with the picture        default true
//   t, speed      start time [tick]; ¼, ½, 1, 2 or 4 times the pace       default 0, 1
//   selected      what is selected at first (id of the renderer) or null default null
//   theme         "light" | "dark" | "projector" for this player; else the page's
//   motion        "auto" (as the system says) | "reduced" | "full"       default "auto"
//   keys          "self" (while the player has the focus) | "off"        default "self"
//   label         name of the player for assistive technology            default t("player_name")
//   actions       further keys, as entries of the table in keys.js            default []
//   lead          player whose clock this one is told by: keys of time go to it; see beside.js
//   looks         the page answers `look` with a run of that window      default false
//   onEvent       (name, detail) => … for every event below
//
// What a player says stands in the element `texts` of its page (kit/language.js).
//
// The promise fulfils when the first picture is drawn or the error is shown; it never rejects.
//
// Player
//   play() pause() toggle() reset() seek(t) seekMark(name) step(n) stepEvent(±1) setSpeed(s) select(id|null)
//   overlay(name, on)   lay something over the picture, or take it away; without `on` the other of both
//   load(src|data, {t, selected}) -> Promise<boolean>   swap the run; the old picture stays until the new one is there
//   beside(element, until)   show another player left of this one, with time up to `until`; null takes it away
//   name(letter, text)   what this one is called where two are beside each other; without arguments nothing
//   follow(t)   show a time that another player's clock says, and say nothing
//   conceal(yes)  leave out of the picture what only the end of the run tells, while somebody predicts it
//   state   {t, duration, playing, speed, selected, src, ready, frames}, a snapshot
//   run     the unpacked run (see trace.js), root: the element, renderer, destroy()
//
// Events: CustomEvents on `root`, which do not bubble, with `detail`
//   ready {run}   time {t, tick}   mark {name, text, t}   select {id, inspect}   play   pause   end   speed {speed}   error {message}
//   overlay {name, on}
//   look {window, window_x, window_y}, or null: parameters of the run of which the renderer would like to have a recording
//
// What draws a scene is described by Renderer in kit/types.d.ts. The player is its time (clock.js), its picture (stage.js), what it
// shows (loader.js), what is done at it (hands.js), what stands around (controls.js) and what pages hold of it (handle.js); here
// they hear of each other.

import { createHead, createSpeech, createTransport } from "./controls.js"
import { createClock } from "./clock.js"
import { createEnding } from "./ending.js"
import { createHandle } from "./handle.js"
import { createHands } from "./hands.js"
import { createLoader } from "./loader.js"
import { createStage } from "./stage.js"
import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { spoken } from "./timeline.js"

/**
 * @import { Player, PlayerElement, PlayerEvent, PlayerOptions } from "../kit/types"
 * @import { Emit } from "./handle.js"
 */

/**
 * Create a player inside `el`; see the top of this file.
 * @param {HTMLElement} el
 * @param {PlayerOptions} [options]
 * @returns {Promise<Player>}
 */
export async function createPlayer(el, options = {}) {
  const { controls = "full", inspector = true, motion = "auto", label = t("player_name"), onEvent } = options
  const still = matchMedia("(prefers-reduced-motion: reduce)")
  const reduced = () => motion === "reduced" || (motion === "auto" && still.matches)
  /** @type {Set<string>} */
  const overlays = new Set()
  /** @type {number | null} */
  let drawn = null

  const root = /** @type {PlayerElement} */ (
    /** @type {unknown} */ (
      h("div", { class: `ws-player ws-${controls}`, role: "group", "aria-label": label, "data-theme": options.theme })
    )
  )

  /** @type {Emit} */
  const emit = (name, detail) => {
    root.dispatchEvent(new CustomEvent(name, { detail }))
    onEvent?.(.../** @type {PlayerEvent} */ ([name, detail]))
  }

  const clock = createClock(
    {
      time(jumped) {
        if (jumped) noteMark()
        paint(jumped)
      },
      passed(mark) {
        speech.note(mark)
        emit("mark", mark)
      },
      sought: (mark) => emit("mark", mark),
      say,
      play() {
        transport.playing(true)
        emit("play", {})
      },
      pause() {
        transport.playing(false)
        emit("pause", {})
      },
      end() {
        transport.playing(false)
        paint(true)
        emit("end", {})
      },
      speed(speed) {
        transport.speed(speed)
        paint(true)
        emit("speed", { speed })
      },
    },
    options.speed,
  )
  const loader = createLoader({
    renderers: { looks: options.looks ?? false, still: reduced },
    busy: (busy) => (busy ? root.setAttribute("aria-busy", "true") : root.removeAttribute("aria-busy")),
    swapped({ run, renderer }, { t = 0, selected = null }, same) {
      const before = hands.chosen
      clock.set(run, same ? clock.t : t, renderer.rest?.until)
      noteMark()
      head.title(run)
      head.show(renderer, overlays)
      hands.begin(same ? before : selected)
      transport.set(run, renderer, clock.duration)
      root.classList.add("ws-ready")
      stage.renew({ hover: null })
      if (stage.view) move()
      else stage.measure()
      say(true)
      clock.skip()
      emit("ready", { run })
      if (before !== hands.chosen) emit("select", chosen())
    },
    failed: (message) => emit("error", { message }),
  })
  const stage = createStage({
    label,
    look: { card: inspector, overlays, concealed: false },
    measured() {
      head.line(stage.below && !paired())
      paint(true)
    },
    paired,
    seen: (visible) => clock.see(visible),
  })
  const head = createHead(options.heading ?? "", (name) => api.overlay(name))
  const faces = h("div", { class: "ws-faces" }, h("div", { class: "ws-face" }, head.element, stage.picture))
  const api = createHandle({
    root,
    faces,
    overlays,
    clock,
    loader,
    stage,
    head,
    get hands() {
      return hands
    },
    get transport() {
      return transport
    },
    emit,
    paint,
    unwatch: () => still.removeEventListener("change", calm),
  })
  const hands = createHands(
    api,
    { clock, stage, loader },
    {
      inspector,
      actions: options.actions ?? [],
      lead: options.lead ?? api,
      selected() {
        emit("select", chosen())
        paint(true)
        if (!clock.playing) say(true)
      },
      look: (window) => emit("look", window),
      levelled() {
        if (loader.shown) head.show(loader.shown.renderer, overlays)
      },
      turned() {
        move()
        say(true)
      },
      changed: () => paint(true),
    },
  )
  const transport = createTransport(api)
  const ending = createEnding({
    clock,
    still: reduced,
    leave: () => stage.element.focus({ preventScroll: true }),
    over: () => say(true),
  })
  stage.element.append(ending.element)
  if (inspector) stage.picture.append(hands.card.element)
  const speech = createSpeech((sentence) => stage.canvas.setAttribute("aria-label", `${label}. ${sentence}`))
  root.append(faces, ...(controls === "none" ? [] : [transport.element]), speech.element, hands.sheet.element)
  root.player = api

  /** @param {boolean} [anyway] also where nothing has changed */
  function paint(anyway = false) {
    if (!loader.shown || !stage.view) return
    const { renderer } = loader.shown
    const t = reduced() && clock.playing ? Math.floor(clock.t) : clock.t
    if (!anyway && t === drawn) return
    drawn = t
    stage.draw(renderer, Math.min(t, clock.inRun), hands.chosen)
    transport.show(t)
    ending.show(paired() || stage.view.concealed ? undefined : renderer.rest)
    hands.inspect()
    emit("time", { t, tick: Math.round(t) })
  }

  // Pictures between two levels, also while time stands still.
  function move() {
    paint(true)
    if (loader.shown?.renderer.gliding && !clock.playing) requestAnimationFrame(move)
  }

  function paired() {
    return faces.children.length > 1 || options.lead !== undefined
  }

  function noteMark() {
    speech.note(loader.shown?.run.marks.find(({ t }) => t === clock.t) ?? null)
  }

  /** @param {boolean} atOnce */
  function say(atOnce) {
    if (!loader.shown) return
    const { run, renderer } = loader.shown
    speech.say(atOnce, (news) => {
      const text = news?.text ?? renderer.describe(clock.inRun)
      return spoken(news && clock.playing ? news.t : clock.t, run.tick, text)
    })
  }

  function chosen() {
    const id = hands.chosen
    return { id, inspect: (id !== null && loader.shown?.renderer.inspect(id, clock.inRun)) || null }
  }

  const calm = () => still.matches && motion === "auto" && clock.pause()
  still.addEventListener("change", calm)
  if (options.keys !== "off") hands.listen(root)
  el.append(root)
  stage.watch(root)
  transport.speed(clock.speed)
  const source = options.data ?? options.src
  if (source) {
    await loader.load(source, { t: options.t, selected: options.selected })
    if (options.autoplay && !reduced()) clock.play()
  }
  return api
}
