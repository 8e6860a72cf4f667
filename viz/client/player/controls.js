// The parts of a player around its stage: transport, time bar, legend, inspector, sheet of keys.

import { h, icon, svg, whole } from "../kit/dom.js"
import { number, quantity, t } from "../kit/language.js"
import { termsIn } from "../kit/terms.js"
import { SPEEDS, spoken, together, when } from "./timeline.js"

/** @import { Box, Inspection, Key, KeyEntry, Line, Mark, Overlay, Player, Renderer, Run } from "../kit/types" */

const SENTENCE_MS = 1000

/**
 * A button with an icon: its name is spoken and shown on hover.
 * @param {Parameters<typeof icon>[0]} name
 * @param {string} label
 * @param {string} key that does the same
 * @param {string} keyName what people call it
 * @param {() => void} run
 * @param {string} [extra] classes
 */
const iconButton = (name, label, key, keyName, run, extra = "") =>
  h(
    "button",
    {
      type: "button",
      class: `ws-icon ${extra}`,
      "aria-label": label,
      "aria-keyshortcuts": key,
      title: t("player_with_key", { name: label, key: keyName }),
      onclick: run,
    },
    icon(name),
  )

/**
 * The transport. `api` is the player; `set` shows a run, `show` a time.
 * @param {Player} api
 */
export function createTransport(api) {
  const play = iconButton("play", t("player_play"), "Space", t("key_space"), api.toggle, "ws-main")
  /** @type {HTMLInputElement} */
  const range = h("input", {
    type: "range",
    class: "ws-range",
    min: 0,
    max: 1,
    step: 1,
    value: 0,
    "aria-label": t("player_time"),
    oninput: () => api.seek(Number(range.value)),
  })
  const curve = svg("svg", { class: "ws-curve", preserveAspectRatio: "none", "aria-hidden": "true" })
  const fill = h("span", { class: "ws-fill" })
  const marks = h("span", { class: "ws-marks" })
  const tip = h("span", { class: "ws-tip", hidden: true, "aria-hidden": "true" })
  const track = h("div", { class: "ws-track" }, curve, h("span", { class: "ws-rail" }), fill, range, marks, tip)
  const now = h("b")
  const end = h("span")
  const clock = h("span", { class: "ws-clock" }, now, end)
  /** @type {HTMLSelectElement} */
  const speed = h(
    "select",
    {
      class: "ws-speed",
      "aria-label": t("player_speed"),
      title: t("player_speed"),
      onchange: () => api.setSpeed(Number(speed.value)),
    },
    ...SPEEDS.map(([value, label]) => h("option", { value, selected: value === 1 }, label)),
  )
  const buttons = h(
    "div",
    { class: "ws-buttons" },
    iconButton("reset", t("player_reset"), "r", "r", api.reset, "ws-more"),
    iconButton("back", t("player_back"), "ArrowLeft", t("key_left"), () => api.step(-1)),
    play,
    iconButton("forward", t("player_forward"), "ArrowRight", t("key_right"), () => api.step(1)),
    iconButton("end", t("player_end"), "End", t("key_end"), () => api.seek(Infinity), "ws-more"),
  )
  const element = h(
    "div",
    { class: "ws-transport" },
    buttons,
    track,
    clock,
    speed,
    iconButton("help", t("player_keys"), "?", "?", api.help, "ws-more ws-quiet"),
  )
  /** @type {Run | null} */
  let run = null
  let duration = 0
  let last = "" // where time ends, without the name of its unit where that is the cycle
  let told = NaN // the tick that is written

  /** @param {Event} event */
  const point = ({ target }) => {
    const mark = target instanceof Element ? target.closest(".ws-mark") : null
    tip.hidden = !(mark instanceof HTMLElement)
    if (!(mark instanceof HTMLElement)) return
    tip.textContent = mark.getAttribute("aria-label")
    tip.style.setProperty("--at", mark.style.getPropertyValue("--at"))
  }
  for (const name of ["pointerover", "pointerleave", "focusin", "focusout"]) marks.addEventListener(name, point)

  return {
    element,
    /**
     * @param {Run} next
     * @param {Pick<Renderer, "curve" | "rest">} picture its activity stands behind the time bar
     * @param {number} until where time ends that is played
     */
    set(next, { curve: line, rest }, until) {
      run = next
      told = NaN
      duration = until
      range.max = String(duration)
      marks.replaceChildren(
        ...together(next.marks, duration).map((marks) =>
          h("button", {
            type: "button",
            class: "ws-mark",
            tabindex: -1,
            "data-mark": marks[0].name,
            "aria-label": marks.map((mark) => spoken(mark.t, next.tick, mark.text).join(" ")).join(" "),
            style: { "--at": String(marks[0].t / Math.max(1, duration)) },
            onclick: () => api.seekMark(marks[0].name),
          }),
        ),
      )
      curve.replaceChildren()
      if (line && line.t.length > 1) {
        const top = Math.max(...Array.from(line.v), 1e-9)
        const points = Array.from(
          line.t,
          (t, k) => `${(100 * t) / duration},${(20 * (1 - line.v[k] / top)).toFixed(2)}`,
        )
        const share = (100 * next.duration) / duration
        curve.setAttribute("viewBox", "0 0 100 20")
        curve.append(
          svg("polygon", {
            points: `0,20 ${points.join(" ")} ${share},${(20 * (1 - line.v[line.v.length - 1] / top)).toFixed(2)} ${share},20`,
          }),
        )
      }
      const stop = next.tick.unit === "cycle" ? number(duration) : when(duration, next.tick)
      const whole = rest ? when(rest.until, next.tick) : "" // of which the bar shows the beginning, as far as it is recorded
      last = whole || stop
      track.classList.toggle("ws-cut", !!whole)
      const startup = Number(next.figures?.startup_cycles?.value ?? 0) // what the figures count, and the clock does not
      const also = whole ? t("player_of_whole", { whole }) : startup ? t("player_and_startup", { n: startup }) : ""
      end.replaceChildren(` / ${stop}`, also && h("span", { class: "ws-also" }, ` ${also}`))
      end.title = whole
        ? t("player_of_whole.title", { stop, whole })
        : startup
          ? t("player_startup", { n: startup })
          : ""
      // The widest time keeps the bar from moving while the digits change.
      clock.style.setProperty("--digits", `${when(duration, next.tick).length + 0.6 * end.textContent.length}ch`)
    },
    /** @param {number} at */
    show(at) {
      if (!run) return
      fill.style.setProperty("--at", String(duration ? Math.min(1, at / duration) : 0))
      const tick = Math.round(at)
      if (tick === told) return // the words are those of whole ticks, and each change lays the page out anew
      told = tick
      const time = when(at, run.tick)
      if (Number(range.value) !== tick) range.value = String(tick)
      range.setAttribute("aria-valuetext", t("player_time_of", { time, end: last }))
      now.textContent = time
    },
    /** @param {boolean} on */
    playing(on) {
      const name = t(on ? "player_pause" : "player_play")
      play.setAttribute("aria-label", name)
      play.title = t("player_with_key", { name, key: t("key_space") })
      play.replaceChildren(icon(on ? "pause" : "play"))
    },
    /** @param {number} value */
    speed(value) {
      speed.value = String(value)
    },
  }
}

/**
 * The sentence under the stage, which is also spoken: while time runs what happens, at most once a second, and at rest
 * what is so.
 * @param {(sentence: string) => void} said told every new sentence
 */
export function createSpeech(said) {
  const time = h("b")
  const rest = h("span")
  let at = -Infinity
  /** @type {Mark | null} */
  let news = null // a mark that time has reached since the last sentence
  return {
    element: h("p", { class: "ws-say", "aria-live": "polite", "aria-atomic": "true" }, time, " ", rest),
    /** @param {Mark | null} mark */
    note(mark) {
      news = mark
    },
    /**
     * @param {boolean} atOnce
     * @param {(news: Mark | null) => [when: string, text: string]} sentence
     */
    say(atOnce, sentence) {
      if (!atOnce && (!news || performance.now() - at < SENTENCE_MS)) return
      const [when, text] = sentence(news)
      if (!atOnce && text === rest.textContent) return
      news = null
      if (when === time.textContent && text === rest.textContent) return
      at = performance.now()
      time.textContent = when
      rest.textContent = text
      said(`${when} ${text}`)
    },
  }
}

/** The name over what is pointed at. */
export function createTag() {
  const element = h("span", { class: "ws-tag", hidden: true, "aria-hidden": "true" })
  return {
    element,
    /**
     * @param {Inspection} found
     * @param {Box} box
     * @param {number} within width of the stage
     */
    show({ title, state }, { x, y, width, height }, within) {
      element.textContent = t("player_tag", { title, state })
      element.style.setProperty("left", `${Math.min(Math.max(x + width / 2, 70), within - 70)}px`)
      element.style.setProperty("top", `${y > 34 ? y - 4 : y + height + 30}px`)
      element.hidden = false
    },
    hide() {
      element.hidden = true
    },
  }
}

/**
 * What stands over a stage: the title and the verdict, what the run is called beside another, what can be laid over the picture, and the legend.
 * @param {"h1" | "h2" | "h3" | ""} heading of the title, "" for none, and for no verdict
 * @param {(name: string) => void} toggle told what to lay over the picture, or to take away
 */
export function createHead(heading, toggle) {
  const title = heading ? h(heading, { class: "ws-title" }) : null
  const verdict = h("p", { class: "ws-verdict" })
  const named = h("p", { class: "ws-name", hidden: true })
  const toggles = h("div", { class: "ws-toggles", role: "group", "aria-label": t("player_over"), hidden: true })
  const legend = h("div", { class: "ws-legend-place" })
  /** @type {Overlay[]} */
  let offered = []
  const element = h(
    "div",
    { class: "ws-head" },
    title ? h("div", { class: "ws-heading" }, title, verdict) : null,
    named,
    toggles,
    legend,
  )
  const reach = () =>
    legend.firstElementChild?.setAttribute("tabindex", element.classList.contains("ws-in-line") ? "0" : "-1")
  return {
    element,
    /** @param {Pick<Run, "title" | "verdict">} run */
    title(run) {
      title?.replaceChildren(...whole(run.title))
      verdict.replaceChildren(...whole(run.verdict ?? ""))
    },
    /** @param {boolean} concealed whether the verdict is left out */
    conceal(concealed) {
      verdict.hidden = concealed
    },
    /** @param {string} [letter] @param {string} [text] */
    name(letter, text = "") {
      named.replaceChildren(...(letter ? [h("b", {}, letter), h("code", {}, text)] : []))
      named.hidden = !letter
    },
    /**
     * The toggles and the legend of a renderer.
     * @param {Renderer} renderer
     * @param {Set<string>} on names of the overlays that lie over the picture
     */
    show({ overlays = NONE, legend: usual }, on) {
      if (overlays !== offered) {
        offered = overlays
        toggles.hidden = !overlays.length
        toggles.replaceChildren(...overlays.map((overlay) => toggleOf(overlay, toggle)))
      }
      overlays.forEach(({ name }, i) => toggles.children[i].setAttribute("aria-pressed", String(on.has(name))))
      const laid = overlays.filter(({ name }) => on.has(name))
      legend.replaceChildren(
        createLegend(laid.length ? [...new Set(laid.flatMap((overlay) => overlay.legend))] : usual),
      )
      reach()
    },
    /** Whether the legend is one line that scrolls, which keys reach then. @param {boolean} yes */
    line(yes) {
      element.classList.toggle("ws-in-line", yes)
      reach()
    },
  }
}

/** @type {Overlay[]} */
const NONE = []

/** @param {Overlay} overlay @param {(name: string) => void} toggle */
const toggleOf = ({ name, label, key, title }, toggle) =>
  h(
    "button",
    {
      type: "button",
      "data-overlay": name,
      "aria-keyshortcuts": key,
      title: t("player_with_key", { name: title, key }),
      onclick: () => toggle(name),
    },
    label,
  )

/** A legend; the shapes are in player.css. @param {Key[]} items */
const createLegend = (items) =>
  h(
    "ul",
    { class: "ws-legend", "aria-label": t("player_legend") },
    ...items.map(({ label, more, paint, shape }) =>
      h(
        "li",
        { title: more, tabindex: more || termsIn(label).length ? 0 : null }, // what is explained must be reached by keys, too
        h("i", { class: `ws-key ws-${shape}`, style: { "--paint": `var(${paint})` }, "aria-hidden": "true" }),
        label,
      ),
    ),
  )

/** The card that shows what a renderer's `inspect` returns. @param {() => void} close */
export function createInspector(close) {
  const title = h("strong")
  const list = h("dl")
  const lines = h("div", { class: "ws-lines" })
  const element = h(
    "section",
    { class: "ws-inspector", "aria-label": t("player_inspector"), hidden: true },
    h("header", {}, title, iconButton("close", t("player_close"), "Escape", t("key_escape"), close, "ws-quiet")),
    list,
    lines,
  )
  return {
    element,
    /**
     * @param {Inspection | null} found
     * @param {number} at
     * @param {number} duration
     */
    show(found, at, duration) {
      element.hidden = !found
      if (!found) return
      title.textContent = found.title
      list.replaceChildren(...found.rows.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]))
      lines.replaceChildren(...found.lines.map((line) => sparkline(line, at, duration)))
    },
  }
}

/**
 * @param {Line} line
 * @param {number} at
 * @param {number} duration
 */
function sparkline({ label, unit, t: times, v, now, max }, at, duration) {
  const x = (/** @type {number} */ time) => ((100 * time) / Math.max(1, duration)).toFixed(2)
  const y = (/** @type {number} */ value) => (22 - (20 * value) / Math.max(1, max)).toFixed(2)
  const points = []
  for (let k = 0; k < times.length; k++) {
    if (k) points.push(`${x(times[k])},${y(v[k - 1])}`)
    points.push(`${x(times[k])},${y(v[k])}`)
  }
  const most = number(max)
  const picture = svg(
    "svg",
    {
      viewBox: "0 0 100 24",
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": t("player_line", { label, now: quantity(now, unit), most }),
    },
    svg("polygon", { points: `0,22 ${points.join(" ")} 100,22` }),
    svg("line", { x1: x(at), x2: x(at), y1: 0, y2: 24 }),
  )
  return h("figure", {}, h("figcaption", {}, label, h("b", {}, t("player_now", { now: number(now), most }))), picture)
}

/**
 * The trail of levels over a stage: where one is, ways out, and one in.
 * @param {Player} api
 */
export function createTrail(api) {
  const list = h("ol", {})
  const closer = h(
    "button",
    {
      type: "button",
      "aria-keyshortcuts": "+",
      title: t("player_with_key", { name: t("player_closer"), key: "+" }),
      onclick: () => api.enter(),
    },
    icon("closer"),
    t("player_closer"),
  )
  const element = h("nav", { class: "ws-trail", "aria-label": t("player_levels"), hidden: true }, list, closer)
  return {
    element,
    /**
     * @param {string[]} levels names from the outermost to the present one; without any there is nothing to show
     * @param {boolean} deeper whether there is one further in
     */
    show(levels, deeper) {
      element.hidden = !levels.length
      closer.hidden = !deeper
      list.replaceChildren(
        ...levels.map((name, k) => {
          const last = k === levels.length - 1
          const out = () => {
            for (let n = levels.length - 1; n > k; n--) api.leave()
          }
          return h(
            "li",
            {},
            last
              ? h("span", { "aria-current": "location" }, name)
              : h("button", { type: "button", onclick: out }, name),
          )
        }),
      )
    },
  }
}

/**
 * The sheet of keys, made from the table that handles them, whenever it opens.
 * @param {() => KeyEntry[]} table
 */
export function createKeySheet(table) {
  const list = h("dl", {})
  const element = h(
    "dialog",
    { class: "ws-keys", "aria-label": t("player_keys") },
    h("h2", {}, t("player_keys")),
    list,
    h("form", { method: "dialog" }, h("button", { class: "ws-button" }, t("player_close"))),
  )
  return {
    element,
    open() {
      if (element.open) return
      list.replaceChildren(
        ...table().flatMap(({ on, shown, label }) => [
          h("dt", { "data-on": on.join("\t") }, ...shown.map((key) => h("kbd", {}, key))),
          h("dd", {}, label),
        ]),
      )
      element.showModal()
    },
  }
}
