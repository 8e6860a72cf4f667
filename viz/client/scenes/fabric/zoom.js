// @ts-nocheck
// The levels of a fabric run and the way between them: the wafer as a field, a region with every PE, the inside of a PE.
//
// A large run records the wavelets of one window only. To look elsewhere the renderer says in `wanted` which window it
// would like to have; the page asks for the same run with it, and the new renderer goes on where this one stands.

import { layer } from "../../kit/canvas.js"
import { createInside } from "./inside.js"
import { between, boxOf, cellAt, holds, layOut, layPart, layWindow, neighbourCell, windowAround } from "./layout.js"
import { createMinimap } from "./minimap.js"
import { pathSaid } from "./path.js"
import { drawLabels } from "./pe.js"
import { labelled, outline, target } from "./signs.js"

const [WAFER, REGION, INSIDE] = [0, 1, 2]
const [SIZE, SMALL] = [32, 16] // PEs a side of a region that nobody has drawn, and on a narrow stage
const [LEAST, MOST] = [8, 64] // PEs a side of one that is drawn; 64 is what the engine records
const GLIDE_MS = 450
const CARD = 246 // room for the inspector beside the inside of a PE
const NARROW = 560 // a stage of less has the inspector below, and the trail of levels above
const GAP = 14
const TRAIL = 40 // room for the trail above

/**
 * The renderer of a fabric run, of what draws its levels.
 * @param {object} run
 * @param {object|null} field the picture of the event times, of a large run
 * @param {object|null} mesh the picture of every wavelet, of `part` (see recordedPart in fabric_model.js)
 * @param {object|null} part
 * @param {{looks?: boolean, still?: () => boolean}} options whether other windows can be had; whether nothing shall glide
 */
export function createZoom(run, field, mesh, part, { looks = false, still = () => false } = {}) {
  const { width, height, mesh: logical = width } = run.meta
  const outermost = field ? WAFER : REGION
  const inside = mesh && createInside(run, mesh.model)
  const minimap = createMinimap(run, field)
  let level = outermost
  let region = part?.window ?? null
  let focus = null // the PE of the last level
  let wanted = null
  let frame = null // the rectangle that is being drawn, as two points
  let seen = null // the view for which `layouts` holds
  let layouts = []
  let time = 0
  let left = null // the picture that the next one glides from
  let glide = null

  if (field && part) level = REGION

  const recorded = (cell) => part !== null && holds(part.window, cell, width)
  const covers = () =>
    part !== null && ["x", "y", "columns", "rows"].every((name) => part.window[name] === region[name])
  const local = (cell) => (Math.floor(cell / width) - part.north) * part.columns + (cell % width) - part.west
  const localOrNull = (cell) => (cell !== null && recorded(cell) ? local(cell) : null)
  const at = (cell) => `(${cell % width}, ${Math.floor(cell / width)})`
  const span = (from, n) => (n === 1 ? `${from}` : `${from}–${from + n - 1}`)
  const laidPath = () => mesh.path && !seen?.concealed && seen?.overlays?.has("path")
  const name = ({ x, y, columns, rows }) => `PEs ${span(x, columns)} × ${span(y, rows)}`
  const middleOf = ({ x, y, columns, rows }) => (y + (rows >> 1)) * width + x + (columns >> 1)

  // ------------------------------------------------------------------ places
  const place = (view) => {
    if (seen === view) return
    seen = view
    layouts = []
    if (glide) glide.to = picture()
  }
  /** The layout of a level; the same object while view and window stay. */
  const layoutOf = (which) => (layouts[which] ??= [layWafer, layRegion, layInside][which](seen))
  const layWafer = (view) => {
    const { top } = beside(view)
    const panel = { x: 18, y: top + 14, width: view.width - 36, height: view.height - top - 46 }
    return { ...layWindow({ x: 0, y: 0, columns: width, rows: height }, panel, width, height), panel: whole(view) }
  }
  const layRegion = (view) => {
    if (!field) return { ...layOut(view.width, view.height, width, height, view.theme.textScale), panel: whole(view) }
    const text = view.theme.textScale
    const label = { left: 34 * text, top: 26 * text, bottom: 26 * text }
    const { start, top } = beside(view)
    const room = { width: view.width - start - label.left - GAP, height: view.height - top - label.top - label.bottom }
    const side = Math.max(80, Math.min(room.width, room.height))
    const x =
      start + label.left + Math.min(room.width - side, Math.max(0, (view.width - side) / 2 - start - label.left))
    const panel = { x, y: top + label.top, width: side, height: side }
    // With the PEs next to the region around it.
    const { x: west, y: north, columns, rows } = region
    return layWindow({ x: west - 1, y: north - 1, columns: columns + 2, rows: rows + 2 }, panel, width, height)
  }
  const layInside = (view) => {
    const wide = view.width >= NARROW
    const { start, top } = beside(view)
    const room = {
      width: view.width - start - (wide && view.card ? CARD : GAP),
      height: (wide ? view.height : 0.56 * view.height) - top,
    }
    const side = Math.max(120, Math.min(1.12 * room.width, room.height))
    const panel = { x: start, y: top, width: room.width, height: room.height }
    const pitch = 1.06 * side
    const [x, y] = [
      panel.x + panel.width / 2 - ((focus % width) + 0.5) * pitch,
      panel.y + panel.height / 2 - (Math.floor(focus / width) + 0.5) * pitch,
    ]
    return { x, y, px: pitch, py: pitch, columns: width, rows: height, detail: "full", panel }
  }
  // Where there is room beside the minimap and the trail of levels.
  const beside = (view) => {
    const start = GAP + minimap.size(view).width + GAP
    return view.width >= NARROW ? { start, top: 0 } : { start, top: TRAIL }
  }
  const whole = (view) => ({ x: 0, y: 0, width: view.width, height: view.height })

  // ------------------------------------------------------------------ pictures
  const drawLevel = (ctx, which, layout, view) => {
    if (which === INSIDE) inside.draw(ctx, time, view, layout, local(focus))
    else if (which === REGION && (!field || covers())) drawMesh(ctx, layout, view)
    else {
      field.draw(ctx, time, view, layout)
      if (which === REGION) veil(ctx, layout, view)
    }
  }
  let meshLayout = { of: null }
  const drawMesh = (ctx, layout, view) => {
    if (meshLayout.of !== layout) meshLayout = { of: layout, ...layPart(layout, part) }
    mesh.draw(ctx, time, view, meshLayout, localOrNull(view.selected), localOrNull(view.hover))
    if (field) veil(ctx, layout, view)
  }
  // The PEs next to a region are shown as what lies beyond it.
  const veil = (ctx, { x, y, px }, { theme }) => {
    const [left, top] = [x + (region.x - 1) * px, y + (region.y - 1) * px]
    const [w, h] = [(region.columns + 2) * px, (region.rows + 2) * px]
    ctx.fillStyle = theme.card
    ctx.globalAlpha = 0.7
    ctx.beginPath()
    ctx.rect(left, top, w, px)
    ctx.rect(left, top + h - px, w, px)
    ctx.rect(left, top + px, px, h - 2 * px)
    ctx.rect(left + w - px, top + px, px, h - 2 * px)
    ctx.fill()
    ctx.globalAlpha = 1
  }

  /** The present picture as something that can be drawn at any layout. */
  const picture = () => {
    if (!seen) return null
    const [which, layout, view] = [level, layoutOf(level), seen]
    if (which === WAFER || (which === REGION && field && !covers()))
      return { layout, draw: (ctx, to) => field.draw(ctx, time, view, to) }
    const { canvas, ctx } = layer(view)
    drawLevel(ctx, which, layout, { ...view, selected: null, hover: null })
    const draw = (onto, to) => {
      const scale = to.px / layout.px
      const [x, y] = [to.x - layout.x * scale, to.y - layout.y * scale]
      onto.imageSmoothingEnabled = true
      onto.drawImage(canvas, x, y, view.width * scale, view.height * scale)
    }
    return { layout, draw }
  }
  const change = (next) => {
    left = still() ? null : picture()
    next()
    layouts = []
    glide = null
  }

  const clip = (ctx, { x, y, width: w, height: h }) => {
    ctx.beginPath()
    ctx.rect(x, y, w, h)
    ctx.clip()
  }

  // ------------------------------------------------------------------ ways
  const ask = (window) => {
    region = window
    // What is asked for is a square of the mesh that the program sees, to which spare columns of the wafer do not belong.
    const square = {
      window: Math.max(window.columns, window.rows),
      window_x: Math.min(window.x, logical - 1),
      window_y: window.y,
    }
    wanted = looks && !covers() ? square : null
  }
  const lookAt = (window) => {
    change(() => {
      level = REGION
      ask(window)
    })
    return true
  }
  const usual = () => (seen && seen.width < NARROW ? SMALL : SIZE)
  const lookAround = (cell, size) =>
    lookAt(!looks && recorded(cell) ? part.window : windowAround(cell, size, width, height))
  const pointed = (point) => {
    const { x, y, px, py } = layoutOf(WAFER)
    const within = (value, most) => Math.min(Math.max(Math.floor(value), 0), most - 1)
    return [within((point[0] - x) / px, width), within((point[1] - y) / py, height)]
  }
  /** The window that two corners on the stage span: a square, within what can be recorded. */
  const spanned = ([a, b]) => {
    const [[ax, ay], [bx, by]] = [pointed(a), pointed(b)]
    const size = Math.min(Math.max(Math.abs(bx - ax) + 1, Math.abs(by - ay) + 1, LEAST), MOST)
    return windowAround(Math.round((ay + by) / 2) * width + Math.round((ax + bx) / 2), size, width, height)
  }

  const zoom = {
    run,
    get legend() {
      return level === WAFER || (field && !covers()) ? field.legend : mesh.legend
    },
    /** What can be laid over the picture: over PEs with their wavelets. */
    get overlays() {
      return level === REGION && (!field || covers()) ? mesh.overlays : []
    },
    get wanted() {
      return wanted
    },
    /** Names of the levels so far, from the outermost to the present one. */
    get levels() {
      const names = field ? ["Wafer"] : ["Mesh"]
      if (field && level >= REGION) names.push(name(region))
      if (level === INSIDE) names.push(`PE ${at(focus)}`)
      return names
    },
    /** Whether `enter` leads anywhere. */
    get deeper() {
      return level === WAFER || (level === REGION && (!field || covers() || looks))
    },
    get gliding() {
      return left !== null || glide !== null
    },
    enter(cell) {
      if (level === WAFER) return lookAround(cell ?? zoom.middle(), usual())
      if (level === INSIDE) return false
      if (field && !covers()) {
        if (!looks) return false
        ask({ ...region })
        return true
      }
      const to = cell !== null && recorded(cell) ? cell : middleOf(region)
      change(() => {
        level = INSIDE
        focus = to
      })
      return true
    },
    /** Go to the inside of a PE at once, where its wavelets are recorded. */
    lookInto(x, y) {
      if (x >= width || y >= height || !recorded(y * width + x)) return
      level = INSIDE
      focus = y * width + x
      layouts = []
    },
    leave() {
      if (level === outermost) return false
      change(() => {
        level--
        wanted = null
      })
      return true
    },
    /** Draw a rectangle on the wafer from one point to another; `done` looks into it. */
    span(from, to, done) {
      if (level !== WAFER) return false
      frame = done ? null : [from, to]
      return done ? lookAt(spanned([from, to])) : true
    },
    /** A point that means more than a PE: the minimap. */
    tap(x, y) {
      const cell = level === outermost ? null : minimap.hit(x, y)
      if (cell === null) return false
      if (field) return lookAround(cell, region.columns)
      return zoom.leave()
    },
    /** Go on where another renderer of the same run stands; false where it is another run. */
    follow(other) {
      if (!other.run || !sameRun(run, other.run)) return false
      left = still() ? null : other.picture()
      const inner = other.focus !== null && recorded(other.focus)
      if (!part) level = outermost
      else if (other.level === INSIDE && inner) [level, focus] = [INSIDE, other.focus]
      else if (!field) level = REGION
      return true
    },
    picture,
    get level() {
      return level
    },
    /** The PE whose inside is shown, or null. */
    get focus() {
      return level === INSIDE ? focus : null
    },

    describe(t) {
      if (level === INSIDE) return `Inside PE ${at(focus)}: ${inside.describe(local(focus), Math.floor(t + 0.5))}`
      if (level === WAFER) return field.describe(t)
      if (!field)
        return `${mesh.model.describe(Math.floor(t + 0.5))}${laidPath() ? ` ${pathSaid(mesh.path, t, at)}` : ""}`
      if (covers()) return `Looking at ${name(region)}. ${mesh.model.describe(Math.floor(t + 0.5))}`
      return `Looking at ${name(region)}: ${missing()}`
    },
    hit(x, y) {
      if (level === INSIDE || !seen) return null
      const cell = cellAt(layoutOf(level), x, y)
      return cell !== null && (level === WAFER || !field || holds(region, cell, width)) ? cell : null
    },
    place: (cell) => (level === INSIDE ? { x: 0, y: 0, width: 1, height: 1 } : boxOf(layoutOf(level), cell)),
    /** The neighbour of a PE; the region goes along. */
    move(cell, key) {
      const to = neighbourCell(cell, key, width, height)
      if (level === INSIDE) {
        if (!recorded(to)) return cell
        focus = to
        layouts = []
      } else if (level === REGION && field && !holds(region, to, width)) {
        if (!looks) return cell
        lookAround(to, region.columns)
      }
      return to
    },
    middle: () =>
      level === WAFER || !field ? middleOf({ x: 0, y: 0, columns: width, rows: height }) : middleOf(region),
    inspect(cell, t) {
      if (!recorded(cell)) return field.inspect(cell, t)
      return mesh.model.inspect(local(cell), Math.floor(t + 0.5))
    },
    changes: (cell) => (recorded(cell) ? mesh.model.changes(local(cell)) : field.changes(cell)),

    draw(ctx, t, view) {
      place(view)
      time = t
      if (level === INSIDE && view.selected !== null && view.selected !== focus && recorded(view.selected)) {
        focus = view.selected
        layouts = []
      }
      const layout = layoutOf(level)
      if (left) {
        glide = { from: left, to: picture(), start: performance.now() }
        left = null
      }
      ctx.clearRect(0, 0, view.width, view.height)
      const share = glide ? (performance.now() - glide.start) / GLIDE_MS : 1
      if (share >= 1) glide = null
      ctx.save()
      if (glide) drawGlide(ctx, glide, share * share * (3 - 2 * share))
      else {
        if (level !== WAFER && field)
          clip(ctx, level === REGION && covers() ? labelled(layout.panel, view) : layout.panel)
        drawLevel(ctx, level, layout, view)
      }
      ctx.restore()
      if (!glide) around(ctx, layout, view)
      if (level > outermost) {
        const top = view.width < NARROW ? TRAIL + GAP : view.height - GAP - minimap.size(view).height
        if (level === INSIDE) minimap.draw(ctx, t, view, top, windowAround(focus, 1, width, height), region)
        else minimap.draw(ctx, t, view, top, region, null)
      }
    },
  }
  return zoom

  function drawGlide(ctx, { from, to }, share) {
    const now = between(from.layout, to.layout, share)
    clip(ctx, now.panel)
    from.draw(ctx, now)
    ctx.globalAlpha = share
    to.draw(ctx, now)
    ctx.globalAlpha = 1
  }

  // What stands around a picture: captions, and what is selected or would be looked into.
  function around(ctx, layout, view) {
    const { theme } = view
    ctx.font = `500 ${11.5 * theme.textScale}px ${theme.font}`
    ctx.fillStyle = theme.ink3
    ctx.textBaseline = "top"
    ctx.textAlign = "center"
    if (level === WAFER) {
      const box = { x: layout.x, y: layout.y, width: layout.px * width, height: layout.py * height }
      ctx.fillText(`${width} × ${height} PEs`, box.x + box.width / 2, box.y + box.height + 8)
      if (part) outline(ctx, layout, part.window, theme.linear, theme)
      if (frame) outline(ctx, layout, spanned(frame), theme.ink, theme)
      else if (view.hover !== null)
        outline(ctx, layout, windowAround(view.hover, usual(), width, height), theme.ink, theme)
      if (view.selected !== null) target(ctx, boxOf(layout, view.selected), theme)
    } else if (level === REGION && field) {
      const { x, y, width: w, height: h } = layout.panel
      ctx.fillText(covers() ? name(region) : `${name(region)}: when each is reached and done`, x + w / 2, y + h + 8)
      if (covers()) return
      const around = { west: region.x - 1, north: region.y - 1, columns: region.columns + 2, rows: region.rows + 2 }
      drawLabels(ctx, layPart(layout, around), around, theme)
      for (const cell of [view.hover, view.selected])
        if (cell !== null && holds(region, cell, width)) {
          const box = boxOf(layout, cell)
          ctx.strokeStyle = cell === view.selected ? theme.linear : theme.ink3
          ctx.lineWidth = (cell === view.selected ? 3 : 1.5) * theme.strokeScale
          ctx.strokeRect(box.x, box.y, box.width, box.height)
        }
    }
  }

  function missing() {
    const { x, y, columns } = region
    const window = `window=${columns}&window_x=${x}&window_y=${y}`
    if (looks)
      return wanted
        ? "their wavelets are being recorded."
        : "their wavelets are not recorded; press Enter to record them."
    const here = part
      ? `This page holds the wavelets of ${name(part.window)} only.`
      : "This page holds no wavelets, only when each PE is reached and done."
    return `${here} A run with ${window} in its address holds those of this region.`
  }
}

// Whether two runs are the same, whatever window of them is recorded.
function sameRun(a, b) {
  const rest = ({ scenario }) => JSON.stringify(Object.entries(scenario).filter(([name]) => !name.startsWith("window")))
  return a.scene === b.scene && a.title === b.title && rest(a) === rest(b)
}
