// What somebody does at the stage of a player: points at, selects, looks into, presses keys.

import { pointed } from "../kit/pointed.js"
import { createInspector, createKeySheet, createTag, createTrail } from "./controls.js"
import { addLevelGestures } from "./gestures.js"
import { entryOf, keyTable } from "./keys.js"

/**
 * @import { KeyEntry, Player, WantedWindow } from "../kit/types"
 * @import { Clock } from "./clock.js"
 * @import { Loader } from "./loader.js"
 * @import { Stage } from "./stage.js"
 */

const INSPECT_MS = 120 // while playing the card is written anew at most this often

/**
 * The hands at a stage.
 * @param {Player} player
 * @param {{clock: Clock, stage: Stage, loader: Loader}} parts of the player
 * @param {object} options
 * @param {boolean} options.inspector whether the card of what is selected is shown
 * @param {KeyEntry[]} options.actions further keys
 * @param {Player} options.lead the player whose time the keys change
 * @param {(id: number | null) => void} options.selected told what is selected now
 * @param {(window: WantedWindow | null) => void} options.look told the window of which the renderer wants a recording
 * @param {() => void} options.levelled told when another level may have another legend
 * @param {() => void} options.turned told when the renderer has gone to another level
 * @param {() => void} options.changed told when the picture must be drawn anew
 */
export function createHands(player, { clock, stage, loader }, options) {
  const { element, canvas, point } = stage
  /** @type {number | null} */
  let chosen = null
  /** @type {WantedWindow | null | undefined} */
  let asked = null // what the renderer wanted last
  let written = 0 // when the card was [ms]

  const card = createInspector(() => {
    select(null)
    element.focus()
  })
  const tag = createTag()
  const trail = createTrail(player)
  const table = () =>
    keyTable(player, options.lead, options.actions, {
      inspect: inspectByKey,
      levelled,
      within,
      overlays: loader.shown?.renderer.overlays ?? [],
    })
  const sheet = createKeySheet(() => table().filter(({ when }) => when !== levelled || levelled()))
  element.append(loader.message, tag.element, trail.element)

  /** @param {number | null} id */
  function select(id) {
    if (!loader.shown || id === chosen) return
    chosen = id
    options.selected(id)
  }

  /** Write the card of what is selected. */
  function inspect() {
    const now = performance.now()
    const { shown } = loader
    if (!options.inspector || !shown || (clock.playing && chosen !== null && now - written < INSPECT_MS)) return
    written = now
    const found = chosen === null ? null : shown.renderer.inspect(chosen, clock.inRun)
    card.show(found, clock.t, shown.run.duration)
    if (chosen === null || !stage.view) return
    const { x, width } = shown.renderer.place(chosen)
    card.element.classList.toggle("ws-left", x + width / 2 > stage.view.width / 2)
  }

  // ------------------------------------------------------------------ levels
  function levelled() {
    return loader.shown?.renderer.enter !== undefined
  }

  /** After the renderer has changed its level, if it did. @param {boolean | undefined} did */
  function turned(did) {
    const renderer = loader.shown?.renderer
    if (!did || !renderer) return false
    if (renderer.focus !== null && renderer.focus !== undefined) select(renderer.focus)
    showLevel()
    if (renderer.wanted !== asked) {
      asked = renderer.wanted
      options.look(asked ?? null)
    }
    hover(null)
    options.turned()
    return true
  }

  function showLevel() {
    const renderer = loader.shown?.renderer
    if (!renderer?.levels) return
    element.dataset.level = String(renderer.levels.length)
    card.element.classList.toggle("ws-slim", (renderer.focus ?? null) !== null)
    trail.show(renderer.levels, renderer.deeper ?? false)
    options.levelled()
  }

  /** Whether Escape leads anywhere. */
  function within() {
    return chosen !== null || (loader.shown?.renderer.levels?.length ?? 0) > 1
  }

  // ------------------------------------------------------------------ pointer
  /** @param {number | null} id */
  function hover(id) {
    const { view } = stage
    if (!loader.shown || !view || view.hover === id) return
    const { renderer } = loader.shown
    view.hover = id
    if (id === null || clock.playing) tag.hide()
    else tag.show(renderer.inspect(id, clock.inRun), renderer.place(id), view.width)
    if (!clock.playing) options.changed()
  }

  canvas.addEventListener("click", (event) => {
    if (!loader.shown || event.detail > 1) return // the second of a double click
    const { renderer } = loader.shown
    if (turned(renderer.tap?.(...point(event)))) return
    const id = renderer.hit(...point(event))
    select(id === chosen ? null : id)
  })
  canvas.addEventListener("pointermove", (event) => {
    if (loader.shown && event.pointerType !== "touch") hover(loader.shown.renderer.hit(...point(event)))
  })
  canvas.addEventListener("pointerleave", () => hover(null))
  addLevelGestures(canvas, element, {
    point,
    can: levelled,
    enter: (at) => player.enter(loader.shown?.renderer.hit(...at)),
    leave: player.leave,
    span(from, to, done) {
      const did = loader.shown?.renderer.span?.(from, to, done) ?? false
      if (done) turned(did)
      else if (did) options.changed()
      return did
    },
  })

  // ------------------------------------------------------------------ keys
  function inspectByKey() {
    if (chosen !== null) player.enter()
    else if (loader.shown) select(loader.shown.renderer.middle())
  }

  /** Do what a key does; whether it is one of the player's. @param {KeyboardEvent} event */
  function obeyed(event) {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0])
    if (!loader.shown || event.altKey || event.ctrlKey || event.metaKey || sheet.element.open) return false
    const plays = event.key === " " && pointed(target)
    if (plays)
      element.focus({ preventScroll: true }) // so that the button does not hear the key go up
    else if (target.tagName === "SELECT" || (target.tagName === "BUTTON" && [" ", "Enter"].includes(event.key)))
      return false
    const { renderer } = loader.shown
    if (event.key.startsWith("Arrow") && chosen !== null && target === element) {
      select(renderer.move(chosen, event.key))
      turned(levelled())
      return true
    }
    if (event.key === "Enter" && target !== element) return false
    const entry = entryOf(table(), event.key)
    entry?.run()
    return Boolean(entry)
  }

  return {
    sheet,
    card,
    get chosen() {
      return chosen
    },
    select,
    inspect,
    turned,
    /** Begin with another run. @param {number | null} id what is selected in it */
    begin(id) {
      chosen = id
      asked = null
      trail.element.hidden = true
      showLevel()
    },
    /** Take the keys that are pressed within an element. @param {HTMLElement} root */
    listen(root) {
      root.addEventListener("keydown", (event) => {
        if (!obeyed(event)) return
        event.preventDefault()
        event.stopPropagation()
      })
    },
  }
}
