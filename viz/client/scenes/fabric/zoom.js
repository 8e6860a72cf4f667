// The levels of a fabric run and the way between them: the wafer as a field, a region with every PE, the inside of a PE, the way
// of a word.
//
// A large run records the wavelets of one window only. To look elsewhere the renderer says in `wanted` which window it
// would like to have; the page asks for the same run with it, and the new renderer goes on where this one stands.

import { drawAround } from "./captions.js"
import { createChosen } from "./journey.js"
import { createChip } from "./chip.js"
import { boxOf, cellAt, holds, neighbourCell, windowAround } from "./layout.js"
import { createMinimap } from "./minimap.js"
import { clip, createPictures, drawGlide } from "./pictures.js"
import { GAP, INSIDE, NARROW, REGION, TRAIL, WAFER, WORD, createPlaces, spanned } from "./places.js"
import { createSayings } from "./sayings.js"
import { labelled } from "./signs.js"
import { createStand } from "./stand.js"

/**
 * @import { Curve, Point, Renderer, RendererOptions, View } from "../../kit/types"
 * @import { Field } from "./field.js"
 * @import { Wavelet } from "./journey.js"
 * @import { Mesh } from "./mesh.js"
 * @import { Picture } from "./pictures.js"
 * @import { FabricRun, Panelled, Part, Rectangle } from "./types"
 *
 * @typedef {Renderer & {run: FabricRun, level: number, focus: number|null, picture: () => Picture|null}} Zoom
 */

const [SIZE, SMALL] = [32, 16] // PEs a side of a region that nobody has drawn, and on a narrow stage
const GLIDE_MS = 450

/**
 * The renderer of a fabric run, of what draws its levels.
 * @param {FabricRun} run
 * @param {Field|null} field the picture of when PEs are at work, of a large run
 * @param {Mesh|null} mesh the picture of every wavelet, of `part`
 * @param {Part|null} part see recordedPart
 * @param {Curve|undefined} curve
 * @param {RendererOptions} [options]
 * @returns {Zoom}
 */
export function createZoom(run, field, mesh, part, curve, { looks = false, still = () => false } = {}) {
  const { width, height } = run.meta
  const chip = createChip(run.meta)
  const minimap = createMinimap(run, field)
  const places = createPlaces(run.meta, field !== null, minimap.size)
  const pictures = createPictures(width, field, mesh, part)
  const chosen = createChosen(mesh && mesh.model)
  const stand = createStand(run.meta, part, field !== null, looks)
  /** @type {[Point, Point]|null} the rectangle that is being drawn */
  let frame = null
  /** @type {View|null} for which `layouts` holds */
  let seen = null
  /** @type {Panelled[]} */
  let layouts = []
  let time = 0
  /** @type {Picture|null} that the next one glides from */
  let left = null
  /** @type {{from: Picture, to: Picture, start: number} | null} */
  let glide = null

  /** @param {number} t */
  const cycle = (t) => Math.floor(t + 0.5)
  /** The layout of a level; the same object while view and window stay. @param {number} level @param {View} view */
  const layoutOf = (level, view) => {
    if (seen !== view) {
      seen = view
      layouts = []
      if (glide) glide.to = pictureFor(view)
    }
    return (layouts[level] ??=
      level === WAFER
        ? places.wafer(view)
        : level === REGION
          ? places.region(view, stand.region)
          : level === WORD && stand.way
            ? places.word(view, stand.way)
            : places.inside(view, stand.focus))
  }
  /** @param {View} view */
  const pictureFor = (view) => {
    const { level, region, focus, journey } = stand
    return pictures.at(() => time, view, { level, region, focus, journey }, layoutOf(level, view))
  }
  const picture = () => seen && pictureFor(seen)
  /** Go elsewhere: what is seen glides there. @param {() => void} next */
  const change = (next) => {
    left = still() ? null : picture()
    next()
    layouts = []
    glide = null
    return true
  }
  /** @param {Rectangle} window */
  const lookAt = (window) => change(() => stand.lookAt(window))
  const usual = () => (seen && seen.width < NARROW ? SMALL : SIZE)
  const leave = () => !stand.isOutermost && change(() => stand.leave())
  const local = () => pictures.local(stand.focus) ?? 0
  /** Look at a word of the PE: this one, or the one that is there now or comes next. @param {Wavelet|null} [word] */
  const lookAtWord = (word) => {
    const place = chosen.find(local(), cycle(time), word)
    return place !== null && change(() => stand.lookAtWord(chosen.choose(place)))
  }
  /** The word at a point of the inside of a PE, or null. @param {number} x @param {number} y */
  const wordAt = (x, y) => {
    const found = seen && pictures.inside?.hit(time, layoutOf(INSIDE, seen), local(), x, y)
    return found ? chosen.pointed(local(), cycle(time), found) : null
  }

  return {
    run,
    curve,
    picture,
    get legend() {
      const isField = stand.level === WAFER || (field && !stand.isCovered)
      return (isField ? field : mesh)?.legend ?? []
    },
    /** What can be laid over the picture: over PEs with their wavelets. */
    get overlays() {
      return stand.hasWavelets ? (mesh?.overlays ?? []) : []
    },
    get wanted() {
      return stand.wanted
    },
    get levels() {
      return stand.levels
    },
    get deeper() {
      if (stand.level === INSIDE) return chosen.of(local()).length > 0
      return stand.level === WAFER || (stand.level === REGION && (stand.hasWavelets || looks))
    },
    get gliding() {
      return left !== null || glide !== null
    },
    get level() {
      return stand.level
    },
    get focus() {
      return stand.level >= INSIDE ? stand.focus : null
    },
    enter(cell) {
      if (stand.level === WAFER) return lookAt(stand.around(cell ?? stand.middle, usual()))
      if (stand.level >= INSIDE) return stand.level === INSIDE && lookAtWord()
      if (field && !stand.isCovered) {
        if (looks) stand.lookAt({ ...stand.region })
        return looks
      }
      return change(() => stand.lookInside(cell))
    },
    lookInto(x, y) {
      const cell = y * width + x
      if (x >= width || y >= height || !stand.isRecorded(cell)) return
      stand.lookInside(cell)
      layouts = []
    },
    leave,
    span(from, to, done) {
      if (stand.level !== WAFER || !seen) return false
      frame = done ? null : [from, to]
      return done ? lookAt(spanned([from, to], layoutOf(WAFER, seen))) : true
    },
    /** A point that means more than a PE: the minimap, or a word inside of a PE. */
    tap(x, y) {
      const cell = stand.isOutermost ? null : minimap.hit(x, y)
      if (cell === null) return stand.level === INSIDE && lookAtWord(wordAt(x, y))
      return field ? lookAt(stand.around(cell, stand.region.columns)) : leave()
    },
    follow(renderer) {
      const other = /** @type {Partial<Zoom>} */ (renderer)
      if (!other.run || !isSameRun(run, other.run)) return false
      left = still() ? null : (other.picture?.() ?? null)
      stand.resume(other.level, other.focus)
      return true
    },

    hit(x, y) {
      if (stand.level >= INSIDE || !seen) return null
      const cell = cellAt(layoutOf(stand.level, seen), x, y)
      return cell !== null && (stand.level === WAFER || !field || holds(stand.region, cell, width)) ? cell : null
    },
    place: (cell) =>
      stand.level >= INSIDE || !seen ? { x: 0, y: 0, width: 1, height: 1 } : boxOf(layoutOf(stand.level, seen), cell),
    /** The neighbour of a PE; the region goes along. On the level of a word the one before or after it, which comes to the same PE. */
    move(cell, key) {
      if (stand.level === WORD) {
        stand.lookAtWord(chosen.step(key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1))
        layouts = []
        return cell
      }
      const to = neighbourCell(cell, key, width, height)
      if (stand.level === INSIDE) {
        if (!stand.isRecorded(to)) return cell
        stand.focus = to
        layouts = []
      } else if (stand.level === REGION && field && !holds(stand.region, to, width)) {
        if (!looks) return cell
        lookAt(stand.around(to, stand.region.columns))
      }
      return to
    },
    middle: () => stand.middle,
    ...createSayings(stand, pictures, field, mesh, () => seen),

    draw(ctx, t, view) {
      layoutOf(stand.level, view)
      time = t
      const { selected } = view
      if (stand.level === INSIDE && selected !== null && selected !== stand.focus && stand.isRecorded(selected)) {
        stand.focus = selected
        layouts = []
      }
      const layout = layoutOf(stand.level, view)
      if (left) {
        glide = { from: left, to: pictureFor(view), start: performance.now() }
        left = null
      }
      ctx.clearRect(0, 0, view.width, view.height)
      const share = glide ? (performance.now() - glide.start) / GLIDE_MS : 1
      if (share >= 1) glide = null
      ctx.save()
      if (glide) drawGlide(ctx, glide.from, glide.to, share * share * (3 - 2 * share))
      else {
        if (stand.level === WORD || (stand.level !== WAFER && field))
          clip(ctx, stand.level === REGION && stand.isCovered ? labelled(layout.panel, view) : layout.panel)
        pictures.draw(ctx, t, view, stand, layout)
      }
      ctx.restore()
      if (!glide && field && stand.level < INSIDE) {
        const pointed = view.hover === null ? null : windowAround(view.hover, usual(), width, height)
        drawAround(ctx, layout, view, stand, part, frame ? spanned(frame, layout) : pointed, chip)
      }
      if (!stand.isOutermost) {
        const top = view.width < NARROW ? TRAIL + GAP : view.height - GAP - minimap.size(view).height
        if (stand.level >= INSIDE)
          minimap.draw(ctx, t, view, top, windowAround(stand.focus, 1, width, height), stand.region)
        else minimap.draw(ctx, t, view, top, stand.region, null)
      }
    },
  }
}

/**
 * Whether two runs are the same, whatever window of them is recorded.
 * @param {FabricRun} a
 * @param {FabricRun} b
 */
function isSameRun(a, b) {
  /** @param {FabricRun} run */
  const rest = ({ scenario }) => JSON.stringify(Object.entries(scenario).filter(([name]) => !name.startsWith("window")))
  return a.scene === b.scene && a.title === b.title && rest(a) === rest(b)
}
