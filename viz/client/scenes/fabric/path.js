// The critical path of a run over a mesh: where it has been, where it goes, and what it waits for now.

import { t as text } from "../../kit/language.js"
import { centre } from "./layout.js"

/**
 * @import { Overlay, Pen, Point } from "../../kit/types"
 * @import { Pens } from "./mesh.js"
 * @import { Layout, PathTable } from "./types"
 */

/** What a step of the path is, as the trace numbers it: messages by the names in the figures. */
export const PARTS = {
  distance: "fabric_stage_distance",
  contention: "fabric_stage_contention",
  depth: "fabric_stage_depth",
  compute: "fabric_stage_compute",
  startup: "fabric_stage_startup",
}
const NAMES = Object.values(PARTS)
const LATE = 0.35 // of the strength, for what is still to come

/** The overlay as the player offers it. */
export const pathOverlay = () => ({
  name: "path",
  label: text("fabric_stage_path"),
  key: "c",
  title: text("fabric_stage_path.title"),
  legend: [
    { label: text("fabric_stage_path.line"), paint: "--ink", shape: "line" },
    { label: text("fabric_stage_path.ring"), paint: "--ink", shape: "ring" },
  ],
})

/**
 * The step that the path is at in a cycle: the last one that has begun.
 * @param {Pick<PathTable, "t0" | "rows">} path
 * @param {number} t
 */
export function stepAt({ t0, rows }, t) {
  let low = 0
  let high = rows
  while (low < high) {
    const middle = (low + high) >> 1
    if (t0[middle] <= t) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

/**
 * One sentence on where the path is.
 * @param {PathTable} path
 * @param {number} t
 * @param {(cell: number) => string} at
 */
export function pathSaid(path, t, at) {
  const i = stepAt(path, t)
  return text("fabric_stage_path_at", { at: at(path.cell[i]), part: { id: NAMES[path.part[i]] } })
}

/**
 * Cycles that the path stays at each PE on its way, as a Map of cell to cycles.
 * @param {PathTable} path
 */
export function staysOf(path) {
  const stays = new Map()
  for (let i = 0; i < path.rows; i++) {
    if (path.part[i] === 0) continue
    stays.set(path.cell[i], (stays.get(path.cell[i]) ?? 0) + path.t1[i] - path.t0[i])
  }
  return stays
}

/**
 * Draw the path at a time; `router` is where a router lies in its cell.
 * @param {Pen} ctx
 * @param {PathTable} path
 * @param {Map<number, number>} stays
 * @param {Layout} layout
 * @param {number} router
 * @param {number} t
 * @param {Pens} pens
 */
export function drawPath(ctx, path, stays, layout, router, t, pens) {
  const now = stepAt(path, t)
  const p = Math.min(layout.px, layout.py)
  /** @param {number} cell @returns {Point} */
  const place = (cell) => {
    const [x, y] = centre(layout, cell)
    return [x + router, y + router]
  }
  const thick = Math.max(2, Math.min(0.11 * p, 5)) * pens.strokeScale
  const longest = Math.max(1, ...stays.values())
  /** @param {number} cell */
  const radius = (cell) => Math.max(thick, Math.min(0.42 * p, 26) * Math.sqrt((stays.get(cell) ?? 0) / longest))
  /** @param {number} from @param {number} to */
  const trace = (from, to) => {
    ctx.beginPath()
    for (let i = from; i < to; i++) {
      if (path.source[i] === path.cell[i]) continue
      ctx.moveTo(...place(path.source[i]))
      ctx.lineTo(...place(path.cell[i]))
    }
    ctx.stroke()
  }
  /** @param {number} from @param {number} to */
  const line = (from, to) => {
    ctx.strokeStyle = pens.card
    ctx.lineWidth = 2.2 * thick
    trace(from, to)
    ctx.strokeStyle = pens.ink
    ctx.lineWidth = thick
    trace(from, to)
  }
  ctx.lineCap = "round"
  ctx.globalAlpha = LATE
  line(now + 1, path.rows)
  ctx.globalAlpha = 1
  line(0, now + 1)
  const seen = new Set()
  for (let i = 0; i < path.rows; i++) {
    const cell = path.cell[i]
    if (path.part[i] === 0 || seen.has(cell)) continue
    seen.add(cell)
    const [x, y] = place(cell)
    ctx.globalAlpha = i <= now ? 1 : LATE
    ctx.beginPath()
    ctx.arc(x, y, radius(cell), 0, 2 * Math.PI)
    ctx.fillStyle = pens.card
    ctx.fill()
    ctx.lineWidth = 0.7 * thick
    ctx.strokeStyle = pens.ink
    ctx.stroke()
  }
  ctx.globalAlpha = 1
  head(ctx, path, now, place, radius, layout, t, pens)
  ctx.lineCap = "butt"
}

// Where the path is now, with the name of what it waits for.
/**
 * @param {Pen} ctx
 * @param {PathTable} path
 * @param {number} i
 * @param {(cell: number) => Point} place
 * @param {(cell: number) => number} radius
 * @param {Layout} layout
 * @param {number} t
 * @param {Pens} pens
 */
function head(ctx, path, i, place, radius, layout, t, pens) {
  const share = Math.min(1, Math.max(0, (t - path.t0[i]) / (path.t1[i] - path.t0[i])))
  const [[ax, ay], [bx, by]] = [place(path.source[i]), place(path.cell[i])]
  const [x, y] = [ax + (bx - ax) * share, ay + (by - ay) * share]
  const r = Math.max(4 * pens.strokeScale, 0.5 * radius(path.cell[i]))
  ctx.beginPath()
  ctx.arc(x, y, r, 0, 2 * Math.PI)
  ctx.fillStyle = pens.linear
  ctx.fill()
  ctx.lineWidth = 2 * pens.strokeScale
  ctx.strokeStyle = pens.card
  ctx.stroke()
  const name = text(NAMES[path.part[i]])
  ctx.font = `600 ${12 * pens.textScale}px ${pens.font}`
  const width = ctx.measureText(name).width + 14
  const height = 20 * pens.textScale
  const right = layout.x + layout.px * layout.columns
  const left = x + r + 8 + width > right ? x - r - 8 - width : x + r + 8
  ctx.beginPath()
  ctx.roundRect(left, y - height / 2, width, height, 6)
  ctx.fillStyle = pens.ink
  ctx.fill()
  ctx.fillStyle = pens.card
  ctx.textAlign = "left"
  ctx.textBaseline = "middle"
  ctx.fillText(name, left + 7, y + 0.5)
}
