// Gestures on a stage whose picture has levels: wheel, pinch and double click go in and out, a drag draws a rectangle.

const NOTCH = 60 // wheel of one level, so that one notch of a mouse and a short stroke on a pad are one step
const PAUSE_MS = 350 // after a level, in which the rest of a stroke does nothing
const DRAG = 6 // pixels from which on a press is a drag
const PINCH = 1.3 // spread of two fingers that is one level

/**
 * @import { Point } from "../kit/types"
 * @typedef {object} Levels what gestures do; each says whether it did something
 * @property {(event: MouseEvent) => Point} point of the stage
 * @property {() => boolean} can whether the picture has levels
 * @property {(at: Point) => boolean} enter
 * @property {() => boolean} leave
 * @property {(from: Point, to: Point, done: boolean) => boolean} span
 */

/**
 * Listen on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} stage what holds the focus
 * @param {Levels} levels
 */
export function addLevelGestures(canvas, stage, { point, can, enter, leave, span }) {
  let wheel = 0
  let quiet = 0
  /** @type {Point | null} */
  let from = null
  let drawing = false
  /** @type {Map<number, PointerEvent>} */
  const fingers = new Map()
  let spread = 0

  canvas.addEventListener(
    "wheel",
    (event) => {
      // A page that scrolls keeps its wheel until somebody has chosen the stage; a pinch on a pad is a wheel with Ctrl.
      const scrolls = document.documentElement.scrollHeight > innerHeight + 1
      if (!can() || (scrolls && !event.ctrlKey && !stage.matches(":focus-within"))) return
      if (event.timeStamp < quiet) return event.preventDefault()
      if (Math.sign(event.deltaY) !== Math.sign(wheel)) wheel = 0
      wheel += event.deltaY * (event.deltaMode === 1 ? 30 : 1) * (event.ctrlKey ? 5 : 1)
      if (Math.abs(wheel) < NOTCH) return event.preventDefault()
      const did = wheel < 0 ? enter(point(event)) : leave()
      wheel = 0
      if (!did) return
      quiet = event.timeStamp + PAUSE_MS
      event.preventDefault()
    },
    { passive: false },
  )

  canvas.addEventListener("dblclick", (event) => can() && enter(point(event)))

  canvas.addEventListener("pointerdown", (event) => {
    if (!can()) return
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, event)
      if (fingers.size === 2) spread = distance(fingers)
    } else if (event.button === 0) {
      from = point(event)
    }
  })
  canvas.addEventListener("pointermove", (event) => {
    if (fingers.has(event.pointerId)) {
      fingers.set(event.pointerId, event)
      if (fingers.size !== 2 || !spread) return
      const ratio = distance(fingers) / spread
      if (ratio < PINCH && ratio > 1 / PINCH) return
      const [a, b] = [...fingers.values()].map(point)
      spread = 0 // one level a pinch
      if (ratio > 1) enter([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])
      else leave()
    } else if (from) {
      const to = point(event)
      if (!drawing && Math.hypot(to[0] - from[0], to[1] - from[1]) < DRAG) return
      if (!drawing) canvas.setPointerCapture(event.pointerId)
      drawing = span(from, to, false)
    }
  })
  /** @param {PointerEvent} event */
  const end = (event) => {
    fingers.delete(event.pointerId)
    const start = from
    from = null
    if (!drawing || !start) return
    if (event.type === "pointerup") span(start, point(event), true)
    else span(start, start, false)
  }
  canvas.addEventListener("pointerup", end)
  canvas.addEventListener("pointercancel", end)
  canvas.addEventListener(
    "click",
    (event) => {
      if (drawing) event.stopImmediatePropagation() // the end of a drag
      drawing = false
    },
    true,
  )
}

/** @param {Map<number, PointerEvent>} fingers */
function distance(fingers) {
  const [a, b] = fingers.values()
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
}
