// @ts-nocheck
// The trace player: plays a packed run on a canvas. Framework-free, no network but the run it is told to fetch.
//
//   const player = await createPlayer(element, { src: "/traces/abc.wst", autoplay: true })
//
// Options
//   src | data    URL of a packed run, or its bytes (ArrayBuffer, Uint8Array)
//   autoplay      start playing (never with reduced motion)              default false
//   controls      "full" | "mini" | "none"                               default "full"
//   heading       "h1" | "h2" | "h3" | "" : show the title of the run    default ""
//   inspector     show the card of a selected PE on the stage            default true
//   t, speed      start time [tick]; ¼, ½, 1, 2 or 4 times the pace       default 0, 1
//   selected      what is selected at first (id of the renderer) or null default null
//   theme         "light" | "dark" | "projector" for this player; else the page's
//   motion        "auto" (as the system says) | "reduced" | "full"       default "auto"
//   keys          "self" (while the player has the focus) | "off"        default "self"
//   label         name of the player for assistive technology            default "Simulation"
//   actions       further keys, as entries of the table in keys.js            default []
//   lead          player whose clock this one is told by: keys of time go to it; see beside.js
//   looks         the page answers `look` with a run of that window      default false
//   onEvent       (name, detail) => … for every event below
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
// What draws a scene is described in renderers.js.

import {
  createInspector,
  createKeySheet,
  createLegend,
  createSpeech,
  createTag,
  createToggles,
  createTrail,
  createTransport,
} from "./controls.js"
import { h } from "../kit/dom.js"
import { addLevelGestures } from "./gestures.js"
import { entryOf, keyTable } from "./keys.js"
import { fetched, readTheme } from "../kit/theme.js"
import { rendererOf } from "./renderers.js"
import { clamp, markNamed, neighbour, pace, passed, spoken, stepped, stride } from "./timeline.js"
import { unpack } from "../kit/trace.js"

const LONGEST_STEP_MS = 100 // after a hidden tab time goes on where it stopped

/** Create a player inside `el`; see the top of this file. */
export async function createPlayer(el, options = {}) {
  const {
    autoplay = false,
    controls = "full",
    heading = "",
    inspector = true,
    motion = "auto",
    keys = "self",
    label = "Simulation",
    actions = [],
    looks = false,
    onEvent,
  } = options
  const still = matchMedia("(prefers-reduced-motion: reduce)")
  const reduced = () => motion === "reduced" || (motion === "auto" && still.matches)

  let run = null
  let renderer = null
  let view = null
  let concealed = false
  let t = 0
  let rate = 4
  let speed = options.speed ?? 1
  let playing = false
  let visible = true
  let selected = null
  let src = null
  let raf = 0
  let last = 0
  let frames = 0
  let drawn = null
  let loading = 0
  let news = null // a mark passed since the last sentence
  let until = 0 // time goes on to here where another run beside this one takes longer
  const overlays = new Set()
  const end = () => Math.max(run.duration, until)
  const inRun = (time) => Math.min(time, run.duration)
  let asked = null // what the renderer wanted last

  const emit = (name, detail = {}) => {
    root.dispatchEvent(new CustomEvent(name, { detail }))
    onEvent?.(name, detail)
  }

  const api = {
    play() {
      if (!run || playing) return
      if (t >= end()) seekTo(0)
      playing = true
      last = performance.now()
      transport.playing(true)
      emit("play")
      wake()
    },
    pause() {
      if (!playing) return
      stop()
      emit("pause")
      say(true)
    },
    toggle: () => (playing ? api.pause() : api.play()),
    reset() {
      api.pause()
      api.seek(0)
    },
    seek(to) {
      if (!run) return
      seekTo(Number(to) === Infinity ? end() : Number(to))
      last = performance.now()
      if (!playing) say(true)
    },
    seekMark(name) {
      const mark = run && markNamed(run.marks, name)
      if (!mark) return
      api.pause()
      api.seek(mark.t)
      emit("mark", mark)
    },
    step(n) {
      if (!run) return
      api.pause()
      api.seek(stepped(t, n * (run.meta.step ?? stride(run)), end()))
    },
    stepEvent(direction) {
      if (!run) return
      api.pause()
      const ticks = run.marks.map((mark) => mark.t)
      if (selected !== null) ticks.push(...renderer.changes(selected))
      api.seek(
        neighbour(
          ticks.sort((a, b) => a - b),
          t,
          direction,
          end(),
        ),
      )
    },
    setSpeed(value) {
      speed = value
      transport.speed(value)
      emit("speed", { speed })
    },
    select(id) {
      if (!renderer || id === selected) return
      selected = id
      stage.classList.toggle("ws-inspecting", id !== null)
      emit("select", { id, inspect: id === null ? null : renderer.inspect(id, inRun(t)) })
      paint(true)
      if (!playing) say(true)
    },
    overlay(name, on = !overlays.has(name)) {
      if (!renderer) return
      overlays[on ? "add" : "delete"](name)
      showKeys()
      if (view) view = { ...view }
      paint(true)
      emit("overlay", { name, on })
    },
    beside(element, ticks = 0) {
      until = ticks
      if (element?.parentNode !== faces) {
        for (const other of [...faces.children]) if (other !== face) other.remove()
        if (element) faces.prepend(element)
      }
      if (run) retime()
    },
    name(letter, text = "") {
      named.replaceChildren(...(letter ? [h("b", {}, letter), h("code", {}, text)] : []))
      named.hidden = !letter
    },
    follow(to) {
      if (!run) return
      t = clamp(to, run.duration)
      paint()
    },
    enter: (id = selected) => turned(renderer?.enter?.(id)),
    leave: () => turned(renderer?.leave?.()),
    conceal(yes) {
      concealed = yes
      if (view) view = { ...view, concealed }
      paint(true)
    },
    help: () => sheet.open(),
    load,
    destroy() {
      loading++
      stop()
      intersection.disconnect()
      resize.disconnect()
      themes.disconnect()
      still.removeEventListener("change", onMotion)
      document.fonts.removeEventListener("loadingdone", measure)
      root.remove()
      run = renderer = view = null
    },
    get state() {
      const duration = run ? end() : 0
      return { t, duration, playing, speed, selected, src, overlays: [...overlays], ready: run !== null, frames }
    },
    get run() {
      return run
    },
    get renderer() {
      return renderer
    },
  }

  const table = keyTable(api, options.lead ?? api, actions, { inspect: inspectByKey, levelled, within })

  // ------------------------------------------------------------------ elements
  const canvas = h("canvas", { role: "img", "aria-label": label })
  const message = h("div", { class: "ws-message" })
  const tag = createTag()
  const card = createInspector(() => {
    api.select(null)
    stage.focus()
  })
  const trail = createTrail(api)
  const stage = h(
    "div",
    {
      class: "ws-stage",
      tabindex: 0,
      role: "group",
      "aria-label": `${label}: stage. Press Enter to inspect, question mark for keys.`,
    },
    canvas,
    message,
    tag.element,
    trail.element,
    inspector ? card.element : null,
  )
  const title = heading ? h(heading, { class: "ws-title" }) : null
  const legend = h("div", { class: "ws-legend-place" })
  const named = h("p", { class: "ws-name", hidden: true })
  const toggles = createToggles((name) => api.overlay(name))
  const transport = createTransport(api)
  const speech = createSpeech((sentence) => canvas.setAttribute("aria-label", `${label}. ${sentence}`))
  const sheet = createKeySheet(() => table.filter(({ when: can }) => can !== levelled || levelled()))
  const face = h(
    "div",
    { class: "ws-face" },
    h("div", { class: "ws-head" }, title, named, toggles.element, legend),
    stage,
  )
  const faces = h("div", { class: "ws-faces" }, face)
  const root = h(
    "div",
    { class: `ws-player ws-${controls}`, role: "group", "aria-label": label, "data-theme": options.theme },
    faces,
    controls === "none" ? null : transport.element,
    speech.element,
    sheet.element,
  )
  api.root = root
  root.player = api

  // ------------------------------------------------------------------ time
  function stop() {
    playing = false
    cancelAnimationFrame(raf)
    raf = 0
    transport.playing(false)
  }

  function wake() {
    if (playing && visible && !raf) raf = requestAnimationFrame(frame)
  }

  function frame(now) {
    raf = 0
    const ms = Math.min(LONGEST_STEP_MS, Math.max(0, now - last))
    last = now
    const from = t
    t = clamp(t + (ms / 1000) * rate * speed, end())
    for (const mark of passed(run.marks, from, t)) {
      news = mark
      emit("mark", mark)
    }
    paint()
    if (t >= end()) {
      stop()
      say(true)
      emit("end")
    } else {
      say(false)
      wake()
    }
  }

  function seekTo(to) {
    t = clamp(to, end())
    news = run.marks.find((mark) => mark.t === t) ?? null
    paint(true)
  }

  // The length of the clock has changed.
  function retime() {
    rate = pace(end())
    transport.set(run, renderer.curve, end())
    if (t > end()) seekTo(end())
    else paint(true)
  }

  function showKeys() {
    toggles.show(renderer.overlays ?? [], overlays)
    const laid = (renderer.overlays ?? []).filter(({ name }) => overlays.has(name))
    legend.replaceChildren(createLegend(laid.length ? laid.flatMap((overlay) => overlay.legend) : renderer.legend))
  }

  // ------------------------------------------------------------------ picture
  function paint(anyway = false) {
    if (!run || !view) return
    const shown = reduced() && playing ? Math.floor(t) : t
    if (!anyway && shown === drawn) return
    drawn = shown
    view.selected = selected
    const ctx = canvas.getContext("2d")
    ctx.setTransform(canvas.width / view.width, 0, 0, canvas.height / view.height, 0, 0)
    renderer.draw(ctx, inRun(shown), view)
    frames++
    transport.show(shown)
    if (inspector) inspect()
    emit("time", { t: shown, tick: Math.round(shown) })
  }

  function inspect() {
    const now = performance.now()
    if (playing && selected !== null && now - inspect.at < 120) return
    inspect.at = now
    card.show(selected === null ? null : renderer.inspect(selected, inRun(t)), t, run.duration)
    if (selected === null) return
    const { x, width } = renderer.place(selected)
    card.element.classList.toggle("ws-left", x + width / 2 > view.width / 2)
  }

  function measure() {
    const { clientWidth: width, clientHeight: height } = stage
    if (!width || !height) return
    // A stage inside a scaled slide has that many more pixels to fill.
    const scale = stage.getBoundingClientRect().width / stage.offsetWidth || 1
    const dpr = Math.min((devicePixelRatio || 1) * scale, 4)
    canvas.width = Math.round(width * dpr)
    canvas.height = Math.round(height * dpr)
    view = { width, height, dpr, theme: readTheme(root), card: inspector, overlays, concealed, selected, hover: null }
    paint(true)
  }

  // ------------------------------------------------------------------ levels
  function levelled() {
    return renderer?.enter !== undefined
  }

  // After the renderer has changed its level, if it did.
  function turned(did) {
    if (!did) return false
    if (renderer.focus !== null) api.select(renderer.focus)
    showLevel()
    if (renderer.wanted !== asked) emit("look", (asked = renderer.wanted))
    hover(null)
    move()
    say(true)
    return true
  }

  function showLevel() {
    if (!levelled()) return
    stage.dataset.level = renderer.levels.length
    showKeys()
    trail.show(renderer)
  }

  // Pictures between two levels, also while time stands still.
  function move() {
    if (!renderer) return
    paint(true)
    if (renderer.gliding && !playing) requestAnimationFrame(move)
  }

  // ------------------------------------------------------------------ words
  function say(atOnce) {
    if (!run || !(atOnce || speech.due)) return
    const text = news?.text ?? renderer.describe(inRun(t))
    if (speech.say(spoken(news && playing ? news.t : t, run.tick, text), atOnce)) news = null
  }

  // ------------------------------------------------------------------ loading
  async function load(source, { t: start = 0, selected: pick = null } = {}) {
    const turn = ++loading
    root.setAttribute("aria-busy", "true")
    try {
      const bytes = typeof source === "string" ? await fetched(source) : source
      const next = await unpack(bytes)
      const create = await rendererOf(next.scene)
      if (turn !== loading) return false
      const made = create(next, { looks, still: reduced })
      const same = (renderer && made.follow?.(renderer)) ?? false
      run = next
      renderer = made
      rate = pace(end())
      const before = selected
      if (!same) {
        t = clamp(start, end())
        selected = pick
      }
      asked = null
      src = typeof source === "string" ? source : null
      news = run.marks.find((mark) => mark.t === t) ?? null
      if (title) title.textContent = run.title
      showKeys()
      trail.element.hidden = true
      showLevel()
      transport.set(run, renderer.curve, end())
      message.replaceChildren()
      root.classList.add("ws-ready")
      if (view) view = { ...view, hover: null }
      view ? move() : measure()
      say(true)
      last = performance.now()
      emit("ready", { run })
      if (before !== selected)
        emit("select", { id: selected, inspect: selected === null ? null : renderer.inspect(selected, inRun(t)) })
      return true
    } catch (error) {
      if (turn !== loading) return false
      const text = `The run cannot be shown: ${error.message}`
      message.replaceChildren(
        h("p", { role: "alert" }, text),
        h(
          "button",
          { type: "button", class: "ws-button", onclick: () => load(source, { t: start, selected: pick }) },
          "Retry",
        ),
      )
      emit("error", { message: text })
      return false
    } finally {
      if (turn === loading) root.removeAttribute("aria-busy")
    }
  }

  // ------------------------------------------------------------------ hands
  // Whether Escape leads anywhere.
  function within() {
    return selected !== null || renderer?.levels?.length > 1
  }

  function inspectByKey() {
    selected === null ? api.select(renderer.middle()) : api.enter()
  }

  function point(event) {
    const box = canvas.getBoundingClientRect()
    // Ratios of the box, so that a transformed parent (a slide) does not shift the hit.
    return [
      ((event.clientX - box.left) * view.width) / box.width,
      ((event.clientY - box.top) * view.height) / box.height,
    ]
  }

  canvas.addEventListener("click", (event) => {
    if (!run || event.detail > 1) return // the second of a double click
    if (turned(renderer.tap?.(...point(event)))) return
    const id = renderer.hit(...point(event))
    api.select(id === selected ? null : id)
  })
  canvas.addEventListener("pointermove", (event) => {
    if (!run || event.pointerType === "touch") return
    hover(renderer.hit(...point(event)))
  })
  addLevelGestures(canvas, stage, {
    point,
    can: () => Boolean(run) && levelled(),
    enter: (at) => api.enter(renderer.hit(...at)),
    leave: api.leave,
    span(from, to, done) {
      const did = renderer.span(from, to, done)
      done ? turned(did) : did && paint(true)
      return did
    },
  })
  canvas.addEventListener("pointerleave", () => hover(null))

  function hover(id) {
    if (!view || view.hover === id) return
    view.hover = id
    id === null || playing ? tag.hide() : tag.show(renderer.inspect(id, inRun(t)), renderer.place(id), view.width)
    if (!playing) paint(true)
  }

  root.addEventListener("keydown", (event) => {
    if (keys === "off" || !run || event.altKey || event.ctrlKey || event.metaKey || sheet.element.open) return
    const target = event.composedPath()[0]
    const arrow = event.key.startsWith("Arrow")
    if (target.tagName === "SELECT" || (target.tagName === "BUTTON" && [" ", "Enter"].includes(event.key))) return
    if (arrow && selected !== null && target === stage) {
      api.select(renderer.move(selected, event.key))
      if (levelled() && renderer.wanted !== asked) turned(true)
      else if (levelled()) showLevel()
    } else {
      if (event.key === "Enter" && target !== stage) return
      const entry = entryOf(table, event.key)
      const laid = renderer.overlays?.find(({ key }) => key === event.key)
      if (!entry && !laid) return
      if (entry) entry.run()
      else api.overlay(laid.name)
    }
    event.preventDefault()
    event.stopPropagation()
  })

  const onMotion = () => still.matches && motion === "auto" && api.pause()
  still.addEventListener("change", onMotion)
  document.fonts.addEventListener("loadingdone", measure) // labels on the canvas are drawn again in the page's font
  const intersection = new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting
    last = performance.now()
    wake()
  })
  const resize = new ResizeObserver(measure)
  const themes = new MutationObserver(measure)
  el.append(root)
  intersection.observe(stage)
  resize.observe(stage)
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] })
  themes.observe(root, { attributes: true, attributeFilter: ["data-theme"] })
  measure()
  transport.speed(speed)
  const source = options.data ?? options.src
  if (source) {
    await load(source, { t: options.t, selected: options.selected ?? null })
    if (autoplay && !reduced()) api.play()
  }
  return api
}
