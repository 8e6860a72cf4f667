// What is wrong with a fabric, as its trace lists it: where long links lead, and how the faults are drawn and told.
// Each has a sign that needs no colour: defective PEs are crossed out, spare ones dashed, detours dotted.

import { quantity, t } from "../../kit/language.js"
import { DX, DY, PORTS } from "./ports.js"

/**
 * @import { Inspection, Key, Pen, Point, Theme } from "../../kit/types"
 * @import { Geometry } from "./pe.js"
 * @import { FabricRun, Layout, Part } from "./types"
 * @typedef {{to: number, extra: number, dead: boolean}} Link a link that is longer than a hop, or dead
 * @typedef {NonNullable<ReturnType<typeof createFaults>>} Faults
 */

const CUT = 255 // as extra hops: nothing moves
const PIECES = 12 // lines of which a curve is made
const CROSSES = 2000 // defective PEs of a field that are crossed out; more would cover it

/**
 * Index the faults of a run, null where it has none.
 * @param {Pick<FabricRun, "meta" | "tables">} run
 * @param {Omit<Part, "window">} part what is looked at: cells count within it, and
 *   faults elsewhere are left out
 */
export function createFaults({ meta, tables }, { west, north, columns, rows }) {
  const { unused, long_links: links } = tables
  if (!unused || !links) return null
  const { width, mesh = width } = meta
  /** @param {number} cell */
  const local = (cell) => {
    const [x, y] = [(cell % width) - west, Math.floor(cell / width) - north]
    return x >= 0 && x < columns && y >= 0 && y < rows ? y * columns + x : -1
  }
  const found = new Map()
  for (let i = 0; i < links.rows; i++) {
    const [cell, to] = [local(links.cell[i]), local(links.to[i])]
    if (cell >= 0 && to >= 0)
      found.set(cell * 4 + links.port[i], { to, extra: links.extra[i], dead: links.dead[i] === 1 })
  }
  const defective = new Set()
  const spare = new Set()
  for (let i = 0; i < unused.rows; i++) {
    const cell = local(unused.cell[i])
    if (cell >= 0) (unused.defective[i] ? defective : spare).add(cell)
  }
  /** @type {Map<number, number>} cycles for an element, by PE */
  const slow = new Map()
  for (const [cell, cycles] of meta.slow ?? []) if (local(cell) >= 0) slow.set(local(cell), cycles)
  /** @param {number} cell */
  const at = (cell) => `(${west + (cell % columns)}, ${north + Math.floor(cell / columns)})`
  const long = [...found.values()]
  return {
    defective,
    spare,
    slow,
    spares: mesh < width && mesh > west && mesh < west + columns ? mesh - west : null, // the first spare column, if in sight
    /**
     * The link of a PE that is longer than a hop or dead: {to, extra, dead}, or undefined.
     * @param {number} cell
     * @param {number} port
     */
    link: (cell, port) => found.get(cell * 4 + port),
    links: found,
    legend: [
      ...(defective.size ? [{ label: t("fabric_stage_defective"), paint: "--ink2", shape: "crossed" }] : []),
      ...(mesh < width ? [{ label: t("fabric_stage_spare"), paint: "--ink2", shape: "dashed" }] : []),
      ...(long.some(({ extra }) => extra < CUT)
        ? [{ label: t("fabric_stage_detour"), paint: "--ink2", shape: "dotted" }]
        : []),
      ...(long.some(({ dead }) => dead)
        ? [{ label: t("fabric_stage_dead_link"), paint: "--danger", shape: "cross" }]
        : []),
      ...(slow.size ? [{ label: t("fabric_stage_slow"), paint: "--linear", shape: "ring" }] : []),
    ],
    /**
     * What the inspector says of a PE: pairs of a word and a text.
     * @param {number} cell
     * @returns {Inspection["rows"]}
     */
    rows(cell) {
      if (defective.has(cell)) return [[t("fabric_stage_fault"), t("fabric_stage_fault_defective")]]
      if (spare.has(cell)) return [[t("fabric_stage_spare_pe"), t("fabric_stage_unused")]]
      /** @type {Inspection["rows"]} */
      const list = []
      const cycles = slow.get(cell)
      if (cycles)
        list.push([t("fabric_stage_fault"), t("fabric_stage_fault_slow", { cycles: { value: cycles, unit: "cycle" } })])
      for (let port = 0; port < 4; port++) {
        const link = found.get(cell * 4 + port)
        if (!link) continue
        const way = { hops: { value: link.extra + 1, unit: "hop" }, at: at(link.to) }
        const told =
          link.extra === CUT
            ? t("fabric_stage_no_way")
            : t(link.dead ? "fabric_stage_dead_way" : "fabric_stage_way", way)
        list.push([t(`${PORTS[port]}.title`), told])
      }
      return list
    },
  }
}

/**
 * A point on the way of a long link, in [0, 1] of it: a bow around what lies between, straight between two rows.
 * @param {Link} link
 * @param {number} cell
 * @param {number} port
 * @param {Point} from
 * @param {Pick<Layout, "columns" | "px" | "py">} layout
 * @param {number} lane distance of the lane to the right from the middle of a link
 * @param {number} share
 * @returns {Point}
 */
export function pointOf({ to, dead }, cell, port, [ax, ay], { columns, px, py }, lane, share) {
  const bx = ax + ((to % columns) - (cell % columns)) * px
  const by = ay + (Math.floor(to / columns) - Math.floor(cell / columns)) * py
  const [rightX, rightY] = [-DY[port], DX[port]]
  const straight = !dead && port % 2 === 0
  const bow = lane + (straight ? 0 : 2 * share * (1 - share) * Math.min(px, py) * (dead ? 1.15 : 0.95))
  return [ax + (bx - ax) * share + rightX * bow, ay + (by - ay) * share + rightY * bow]
}

/**
 * What lies under everything: defective and spare PEs, and detours.
 * @param {Pen} ctx
 * @param {Faults} faults
 * @param {Layout} layout
 * @param {Geometry} g
 * @param {Theme} theme
 */
export function drawFaults(ctx, faults, layout, g, theme) {
  const { x, y, px, py, columns, rows, detail } = layout
  /** @param {number} cell */
  /** @param {number} cell @returns {Point} */
  const centre = (cell) => [x + ((cell % columns) + 0.5) * px, y + (Math.floor(cell / columns) + 0.5) * py]
  /** @param {number} cell @param {number} inset */
  const box = (cell, inset) => {
    const [cx, cy] = centre(cell)
    const [w, h] = [Math.max(1, g.boxX - 2 * inset), Math.max(1, g.boxY - 2 * inset)]
    ctx.rect(cx - w / 2, cy - h / 2, w, h)
  }
  ctx.save()
  const pen = theme.strokeScale
  for (const cells of [faults.defective, faults.spare]) {
    ctx.beginPath()
    for (const cell of cells) box(cell, -1)
    ctx.fillStyle = theme.card
    ctx.fill()
  }
  ctx.strokeStyle = theme.ink3
  ctx.lineWidth = pen
  if (detail !== "dense") {
    ctx.setLineDash([3, 3])
    ctx.beginPath()
    for (const cell of faults.spare) box(cell, 0.5)
    ctx.stroke()
    ctx.beginPath()
    if (faults.spares !== null) {
      ctx.moveTo(x + faults.spares * px, y - 4)
      ctx.lineTo(x + faults.spares * px, y + rows * py + 4)
    }
    ctx.stroke()
    ctx.setLineDash([1.5 * pen, 3 * pen])
    ctx.strokeStyle = theme.ink2
    ctx.lineWidth = 1.5 * pen
    ctx.beginPath()
    for (const [key, link] of faults.links) {
      if (link.extra === CUT) continue
      const [cell, port] = [key >> 2, key & 3]
      const [cx, cy] = centre(cell)
      /** @type {Point} */
      const from = [cx + g.router, cy + g.router]
      for (let k = 0; k <= PIECES; k++) {
        const point = pointOf(link, cell, port, from, layout, g.lane, k / PIECES)
        k ? ctx.lineTo(...point) : ctx.moveTo(...point)
      }
    }
    ctx.stroke()
  }
  ctx.setLineDash([])
  ctx.strokeStyle = theme.ink2
  ctx.lineWidth = Math.max(1, Math.min(2 * pen, 0.15 * px))
  ctx.beginPath()
  for (const cell of faults.defective) {
    const [cx, cy] = centre(cell)
    cross(ctx, cx, cy, g.boxX / 2, g.boxY / 2)
    if (detail !== "dense") box(cell, 0)
  }
  ctx.stroke()
  ctx.restore()
}

/**
 * What lies over everything: dead links crossed out, and the frame and the factor of a slow PE.
 * @param {Pen} ctx
 * @param {Faults} faults
 * @param {Layout} layout
 * @param {Geometry} g
 * @param {Theme} theme
 */
export function drawSigns(ctx, faults, layout, g, theme) {
  const { x, y, px, py, columns, detail } = layout
  ctx.strokeStyle = theme.danger
  ctx.lineWidth = 3 * theme.strokeScale
  ctx.beginPath()
  const arm = Math.max(4, 0.1 * g.p)
  for (const [key, { dead }] of faults.links) {
    if (!dead) continue
    const [cell, port] = [key >> 2, key & 3]
    const middle = x + ((cell % columns) + 0.5 + DX[port] / 2) * px + g.router
    cross(ctx, middle, y + (Math.floor(cell / columns) + 0.5 + DY[port] / 2) * py + g.router, arm, arm)
  }
  ctx.stroke()
  for (const [cell, cycles] of faults.slow) {
    const [left, top] = [x + (cell % columns) * px, y + Math.floor(cell / columns) * py]
    ctx.strokeStyle = theme.linear
    ctx.lineWidth = 3 * theme.strokeScale
    ctx.beginPath()
    ctx.rect(left + (px - g.boxX) / 2 - 2, top + (py - g.boxY) / 2 - 2, g.boxX + 4, g.boxY + 4)
    ctx.stroke()
    if (detail === "dense") continue
    const text = quantity(cycles, "×")
    ctx.font = `650 ${11.5 * theme.textScale}px ${theme.font}`
    ctx.textAlign = "center"
    ctx.textBaseline = "middle"
    const wide = ctx.measureText(text).width + 8
    const high = 16 * theme.textScale
    ctx.beginPath()
    ctx.roundRect(left + px / 2 - wide / 2, top + (py - g.boxY) / 2 - high - 1, wide, high, 4)
    ctx.fillStyle = theme.card
    ctx.fill()
    ctx.lineWidth = 1.5 * theme.strokeScale
    ctx.stroke()
    ctx.fillStyle = theme.ink
    ctx.fillText(text, left + px / 2, top + (py - g.boxY) / 2 - high / 2 - 0.5)
  }
}

/**
 * The faults of a field, whose PEs are a pixel or few: crosses, frames, and the line in front of the spare columns.
 * @param {Pen} ctx
 * @param {Faults} faults
 * @param {Layout} layout
 * @param {Theme} theme
 */
export function drawFieldFaults(ctx, faults, layout, theme) {
  const { x, y, px, py, columns, rows } = layout
  ctx.save()
  ctx.strokeStyle = theme.ink
  ctx.lineWidth = 1.5 * theme.strokeScale
  if (faults.spares !== null) {
    ctx.setLineDash([3, 3])
    ctx.beginPath()
    ctx.moveTo(x + faults.spares * px, y)
    ctx.lineTo(x + faults.spares * px, y + rows * py)
    ctx.stroke()
    ctx.setLineDash([])
  }
  if (faults.defective.size <= CROSSES) {
    ctx.beginPath()
    const arm = Math.max(2.5, 0.45 * px)
    for (const cell of faults.defective) {
      cross(ctx, x + ((cell % columns) + 0.5) * px, y + (Math.floor(cell / columns) + 0.5) * py, arm, arm)
    }
    ctx.stroke()
  }
  const box = Math.max(6, px)
  drawSigns(
    ctx,
    faults,
    { ...layout, detail: "dense" },
    { p: box, boxX: box, boxY: box, radius: 0, router: 0, lane: 0, hub: 0, element: 0, side: 0 },
    theme,
  )
  ctx.restore()
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} dx @param {number} dy */
function cross(ctx, x, y, dx, dy) {
  ctx.moveTo(x - dx, y - dy)
  ctx.lineTo(x + dx, y + dy)
  ctx.moveTo(x - dx, y + dy)
  ctx.lineTo(x + dx, y - dy)
}
