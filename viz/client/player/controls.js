// @ts-nocheck
// The parts of a player around its stage: transport, time bar, legend, inspector, sheet of keys.

import { h, icon, svg } from "../kit/dom.js"
import { SPEEDS, when } from "./timeline.js"

/** A button with an icon: its name is spoken and shown on hover. */
const iconButton = (name, label, key, run, extra = "") =>
  h(
    "button",
    {
      type: "button",
      class: `ws-icon ${extra}`,
      "aria-label": label,
      "aria-keyshortcuts": key,
      title: `${label} (${key})`,
      onclick: run,
    },
    icon(name),
  )

/**
 * The transport. `api` is the player; `set` shows a run, `show` a time.
 * @param {object} api
 */
export function createTransport(api) {
  const play = iconButton("play", "Play", "Space", api.toggle, "ws-main")
  const range = h("input", {
    type: "range",
    class: "ws-range",
    min: 0,
    max: 1,
    step: 1,
    value: 0,
    "aria-label": "Time",
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
  const speed = h(
    "select",
    { class: "ws-speed", "aria-label": "Speed", title: "Speed", onchange: () => api.setSpeed(Number(speed.value)) },
    ...SPEEDS.map(([value, label]) => h("option", { value, selected: value === 1 }, label)),
  )
  const buttons = h(
    "div",
    { class: "ws-buttons" },
    iconButton("reset", "Reset to the start", "r", api.reset, "ws-more"),
    iconButton("back", "One step back", "ArrowLeft", () => api.step(-1)),
    play,
    iconButton("forward", "One step forward", "ArrowRight", () => api.step(1)),
    iconButton("end", "To the end", "End", () => api.seek(Infinity), "ws-more"),
  )
  const element = h(
    "div",
    { class: "ws-transport" },
    buttons,
    track,
    clock,
    speed,
    iconButton("help", "Keys", "?", api.help, "ws-more ws-quiet"),
  )
  let run = null
  let duration = 0

  const point = (event) => {
    const mark = event.target.closest?.(".ws-mark")
    tip.hidden = !mark
    if (mark) {
      tip.textContent = mark.getAttribute("aria-label")
      const share = parseFloat(mark.style.getPropertyValue("--at"))
      tip.style.setProperty("--at", share)
    }
  }
  for (const name of ["pointerover", "pointerleave", "focusin", "focusout"]) marks.addEventListener(name, point)

  return {
    element,
    set(newRun, line, until) {
      run = newRun
      duration = until
      range.max = duration
      marks.replaceChildren(
        ...run.marks.map((mark) =>
          h("button", {
            type: "button",
            class: "ws-mark",
            tabindex: -1,
            "data-mark": mark.name,
            "aria-label": `${capital(when(mark.t, run.tick))}. ${mark.text}`,
            style: { "--at": mark.t / Math.max(1, duration) },
            onclick: () => api.seekMark(mark.name),
          }),
        ),
      )
      curve.replaceChildren()
      if (line?.t.length > 1) {
        const top = Math.max(...line.v, 1e-9)
        const points = Array.from(
          line.t,
          (t, k) => `${(100 * t) / duration},${(20 * (1 - line.v[k] / top)).toFixed(2)}`,
        )
        const share = (100 * run.duration) / duration
        curve.setAttribute("viewBox", "0 0 100 20")
        curve.append(
          svg("polygon", {
            points: `0,20 ${points.join(" ")} ${share},${(20 * (1 - line.v.at(-1) / top)).toFixed(2)} ${share},20`,
          }),
        )
      }
      const last = when(duration, run.tick)
      end.textContent = ` / ${last.replace("cycle ", "")}`
      // The widest time keeps the bar from moving while the digits change.
      clock.style.setProperty("--digits", `${1.6 * last.length}ch`)
    },
    show(t) {
      const tick = Math.round(t)
      if (Number(range.value) !== tick) range.value = tick
      range.setAttribute("aria-valuetext", `${when(t, run.tick)} of ${duration}`)
      fill.style.setProperty("--at", duration ? t / duration : 0)
      now.textContent = when(t, run.tick)
    },
    playing(on) {
      play.setAttribute("aria-label", on ? "Pause" : "Play")
      play.title = `${on ? "Pause" : "Play"} (Space)`
      play.replaceChildren(icon(on ? "pause" : "play"))
    },
    speed(value) {
      speed.value = value
    },
  }
}

/**
 * The sentence under the stage, which is also spoken: events, not frames, and at most one a second unless at once.
 * @param {(sentence: string) => void} said told every new sentence
 */
export function createSpeech(said) {
  const time = h("b")
  const rest = h("span")
  let at = -Infinity
  return {
    element: h("p", { class: "ws-say", "aria-live": "polite", "aria-atomic": "true" }, time, " ", rest),
    /** Whether the last sentence has had its time. */
    get due() {
      return performance.now() - at >= 1000
    },
    say([when, text], atOnce) {
      if (!atOnce && text === rest.textContent) return false
      if (when === time.textContent && text === rest.textContent) return true
      at = performance.now()
      time.textContent = when
      rest.textContent = text
      said(`${when} ${text}`)
      return true
    },
  }
}

/** The name over what is pointed at. */
export function createTag() {
  const element = h("span", { class: "ws-tag", hidden: true, "aria-hidden": "true" })
  return {
    element,
    show({ title, state }, { x, y, width, height }, within) {
      element.textContent = `${title}: ${state}`
      element.style.setProperty("left", `${Math.min(Math.max(x + width / 2, 70), within - 70)}px`)
      element.style.setProperty("top", `${y > 34 ? y - 4 : y + height + 30}px`)
      element.hidden = false
    },
    hide() {
      element.hidden = true
    },
  }
}

/** Buttons for what can be laid over a picture; `toggle` is told the name of one. */
export function createToggles(toggle) {
  const element = h("div", { class: "ws-toggles", role: "group", "aria-label": "Over the picture", hidden: true })
  let shown = []
  return {
    element,
    show(overlays, on) {
      if (overlays !== shown) {
        shown = overlays
        element.hidden = !overlays.length
        element.replaceChildren(
          ...overlays.map(({ name, label, key, title }) =>
            h(
              "button",
              {
                type: "button",
                "data-overlay": name,
                "aria-keyshortcuts": key,
                title: `${title} (${key})`,
                onclick: () => toggle(name),
              },
              label,
            ),
          ),
        )
      }
      overlays.forEach(({ name }, i) => element.children[i].setAttribute("aria-pressed", on.has(name)))
    },
  }
}

/** A legend: items of {label, paint, shape}; the shapes are in player.css. */
export const createLegend = (items) =>
  h(
    "ul",
    { class: "ws-legend", "aria-label": "Legend" },
    ...items.map(({ label, paint, shape }) =>
      h(
        "li",
        {},
        h("i", { class: `ws-key ws-${shape}`, style: { "--paint": `var(${paint})` }, "aria-hidden": "true" }),
        label,
      ),
    ),
  )

/** The card that shows what a renderer's `inspect` returns. */
export function createInspector(close) {
  const title = h("strong")
  const list = h("dl")
  const lines = h("div", { class: "ws-lines" })
  const element = h(
    "section",
    { class: "ws-inspector", "aria-label": "Inspector", hidden: true },
    h("header", {}, title, iconButton("close", "Close", "Escape", close, "ws-quiet")),
    list,
    lines,
  )
  return {
    element,
    show(found, t, duration) {
      element.hidden = !found
      if (!found) return
      title.textContent = found.title
      list.replaceChildren(...found.rows.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]))
      lines.replaceChildren(...found.lines.map((line) => sparkline(line, t, duration)))
    },
  }
}

function sparkline({ label, unit, t, v, now, max }, at, duration) {
  const x = (time) => ((100 * time) / Math.max(1, duration)).toFixed(2)
  const y = (value) => (22 - (20 * value) / Math.max(1, max)).toFixed(2)
  const points = []
  for (let k = 0; k < t.length; k++) {
    if (k) points.push(`${x(t[k])},${y(v[k - 1])}`)
    points.push(`${x(t[k])},${y(v[k])}`)
  }
  const picture = svg(
    "svg",
    {
      viewBox: "0 0 100 24",
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `${label} over time: ${now} ${unit} now, at most ${max}`,
    },
    svg("polygon", { points: `0,22 ${points.join(" ")} 100,22` }),
    svg("line", { x1: x(at), x2: x(at), y1: 0, y2: 24 }),
  )
  return h("figure", {}, h("figcaption", {}, label, h("b", {}, `${now} of at most ${max}`)), picture)
}

/**
 * The trail of levels over a stage: where one is, ways out, and one in.
 * @param {object} api the player
 */
export function createTrail(api) {
  const list = h("ol", {})
  const closer = h(
    "button",
    { type: "button", "aria-keyshortcuts": "+", title: "Look closer (+)", onclick: () => api.enter() },
    icon("closer"),
    "Look closer",
  )
  const element = h("nav", { class: "ws-trail", "aria-label": "Levels", hidden: true }, list, closer)
  return {
    element,
    show({ levels, deeper }) {
      element.hidden = levels.length === 1 && levels[0] !== "Wafer"
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

/** The sheet of keys, made from the table that handles them, whenever it opens. */
export function createKeySheet(table) {
  const list = h("dl", {})
  const element = h(
    "dialog",
    { class: "ws-keys", "aria-label": "Keys" },
    h("h2", {}, "Keys"),
    list,
    h("form", { method: "dialog" }, h("button", { class: "ws-button" }, "Close")),
  )
  return {
    element,
    open() {
      if (element.open) return
      list.replaceChildren(
        ...table().flatMap(({ shown, label }) => [
          h("dt", {}, ...shown.map((key) => h("kbd", {}, key))),
          h("dd", {}, label),
        ]),
      )
      element.showModal()
    },
  }
}

const capital = (text) => text[0].toUpperCase() + text.slice(1)
