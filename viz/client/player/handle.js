// What a page holds of a player: what it may tell it, and what it may ask; the top of player.js lists both.

/**
 * @import { Player, PlayerElement, PlayerEvents } from "../kit/types"
 * @import { createHead, createTransport } from "./controls.js"
 * @import { createHands } from "./hands.js"
 * @import { Clock } from "./clock.js"
 * @import { Loader } from "./loader.js"
 * @import { Stage } from "./stage.js"
 * @typedef {<Name extends keyof PlayerEvents>(name: Name, detail: PlayerEvents[Name]) => void} Emit
 */

/**
 * @param {object} parts of the player; hands and transport, which use the handle, come after it
 * @param {PlayerElement} parts.root
 * @param {HTMLElement} parts.faces where the player, and another beside it, have their pictures
 * @param {Set<string>} parts.overlays names of what lies over the picture
 * @param {Clock} parts.clock
 * @param {Loader} parts.loader
 * @param {Stage} parts.stage
 * @param {ReturnType<typeof createHead>} parts.head
 * @param {ReturnType<typeof createHands>} parts.hands
 * @param {ReturnType<typeof createTransport>} parts.transport
 * @param {Emit} parts.emit
 * @param {(anyway: boolean) => void} parts.paint
 * @param {() => void} parts.unwatch end what the player listens to outside of itself
 * @returns {Player}
 */
export function createHandle(parts) {
  const { root, faces, overlays, clock, loader, stage, head, emit, paint } = parts
  return {
    root,
    play: () => clock.play(),
    pause: () => clock.pause(),
    toggle: () => (clock.playing ? clock.pause() : clock.play()),
    reset() {
      clock.pause()
      clock.seek(0)
    },
    seek: (to) => clock.seek(Number(to)),
    seekMark: (name) => clock.seekMark(name),
    step: (n) => clock.step(n),
    stepEvent(direction) {
      const { chosen } = parts.hands
      clock.stepEvent(direction, (chosen !== null && loader.shown?.renderer.changes(chosen)) || [])
    },
    setSpeed: (value) => clock.setSpeed(value),
    select: (id) => parts.hands.select(id),
    overlay(name, on = !overlays.has(name)) {
      if (!loader.shown) return
      overlays[on ? "add" : "delete"](name)
      head.show(loader.shown.renderer, overlays)
      stage.renew()
      paint(true)
      emit("overlay", { name, on })
    },
    beside(element, until = 0) {
      clock.reach(until)
      if (element?.parentNode !== faces) {
        for (const other of [...faces.children]) if (!other.contains(stage.element)) other.remove()
        if (element) faces.prepend(element)
      }
      if (!loader.shown) return
      parts.transport.set(loader.shown.run, loader.shown.renderer, clock.duration)
      if (clock.t > clock.duration) clock.go(clock.duration)
      else paint(true)
    },
    name: (letter, text) => head.name(letter, text),
    follow: (to) => clock.follow(to),
    enter: (id = parts.hands.chosen) => parts.hands.turned(loader.shown?.renderer.enter?.(id)),
    leave: () => parts.hands.turned(loader.shown?.renderer.leave?.()),
    conceal(concealed) {
      head.conceal(concealed)
      stage.renew({ concealed })
      paint(true)
    },
    help: () => parts.hands.sheet.open(),
    load: (source, place) => loader.load(source, place),
    destroy() {
      loader.drop()
      clock.stop()
      stage.destroy()
      parts.unwatch()
      root.remove()
    },
    get state() {
      const { t, duration, playing, speed } = clock
      const src = loader.shown?.src ?? null
      const ready = loader.shown !== null
      return {
        t,
        duration,
        playing,
        speed,
        selected: parts.hands.chosen,
        src,
        overlays: [...overlays],
        ready,
        frames: stage.frames,
      }
    },
    get run() {
      return loader.shown?.run ?? null
    },
    get renderer() {
      return loader.shown?.renderer ?? null
    },
  }
}
