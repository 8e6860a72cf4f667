// How much each link carries in a run: the counts, and the picture over a mesh. Width and strength say the same.

import { t } from "../../kit/language.js"
import { DX, DY, UP } from "./ports.js"

/**
 * @import { Overlay, Pen } from "../../kit/types"
 * @import { Pens } from "./mesh.js"
 * @import { Layout, Moves } from "./types"
 * @typedef {{carried: Uint32Array, most: number}} Links
 */

const LEVELS = 5
// Of a level that is neither the first nor the last, the first, the last, and both.
const LABELS = ["fabric_stage_links.level", "fabric_stage_links.first", "fabric_stage_links.last", "fabric_stage_links.only"] // prettier-ignore

/**
 * Count the wavelets that cross each link, each direction by itself.
 * @param {Pick<Moves, "rows" | "cell" | "port" | "n">} moves
 * @param {number} cells of the mesh
 * @returns {{carried: Uint32Array, most: number}} `carried` at cell * 4 + port
 */
export function countLinks(moves, cells) {
  const carried = new Uint32Array(4 * cells)
  let most = 0
  for (let i = 0; i < moves.rows; i++) {
    if (moves.port[i] >= UP) continue
    const link = 4 * moves.cell[i] + moves.port[i]
    carried[link] += moves.n[i]
    if (carried[link] > most) most = carried[link]
  }
  return { carried, most }
}

/**
 * The level of a count, 1 to 5 in equal steps up to the most; 0 for none.
 * @param {number} count
 * @param {number} most
 */
export const levelOf = (count, most) => (most ? Math.ceil((LEVELS * count) / most) : 0)

/**
 * The overlay as the player offers it.
 * @param {{most: number}} links
 * @param {number} duration
 */
export function linksOverlay({ most }, duration) {
  const length = Math.min(LEVELS, most)
  const share = { value: most / Math.max(1, duration), unit: "share" }
  const legend = Array.from({ length }, (_, k) => {
    const n = Math.floor(((k + 1) * most) / LEVELS)
    const label = t(LABELS[Number(k === 0) + 2 * Number(k === length - 1)], { n, share })
    return { label, paint: "--fabric", shape: `w${k + 1}` }
  })
  return { name: "links", label: t("fabric_stage_links"), key: "l", title: t("fabric_stage_links.title"), legend }
}

/**
 * Draw the links over the mesh, which fades.
 * @param {Pen} ctx
 * @param {Links} links
 * @param {Layout} layout
 * @param {number} router
 * @param {Pens} pens
 */
export function drawLinks(ctx, { carried, most }, { x, y, px, py, columns, rows }, router, pens) {
  const p = Math.min(px, py)
  const lane = Math.min(0.15 * p, 6)
  ctx.globalAlpha = 0.72
  ctx.fillStyle = pens.card
  ctx.fillRect(x, y, px * columns, py * rows)
  ctx.fillStyle = pens.fabric
  for (let level = 1; level <= LEVELS; level++) {
    const wide = Math.max(1, (Math.min(0.24 * p, 9) * level) / LEVELS)
    ctx.globalAlpha = 0.25 + (0.75 * level) / LEVELS
    ctx.beginPath()
    for (let link = 0; link < carried.length; link++) {
      if (!carried[link] || levelOf(carried[link], most) !== level) continue
      const cell = link >> 2
      const [dx, dy] = [DX[link & 3], DY[link & 3]]
      // Traffic keeps to the right, as wavelets do.
      const ax = x + ((cell % columns) + 0.5) * px + router - dy * lane
      const ay = y + (Math.floor(cell / columns) + 0.5) * py + router + dx * lane
      const [bx, by] = [ax + dx * px, ay + dy * py]
      ctx.rect(
        Math.min(ax, bx) - (dy ? wide / 2 : 0),
        Math.min(ay, by) - (dx ? wide / 2 : 0),
        dx ? px : wide,
        dy ? py : wide,
      )
    }
    ctx.fill()
  }
  ctx.globalAlpha = 1
}
