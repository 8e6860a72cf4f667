// Where the cells of a mesh lie on a stage. No canvas, no DOM.

/**
 * @import { Box, Point } from "../../kit/types"
 * @import { Detail, Layout, Panelled, Part, Rectangle, Spread } from "./types"
 */

const FULL = 44 // from this pitch on a PE is drawn with what is inside it [px]
const HIGH = 2 // times as high as wide that a PE without them is drawn at most
const TALL = 140 // the long side of the smaller PEs of a line, where there is room [px]

/**
 * Fit a mesh into a stage, centred. Cells are square where the inside of PEs is drawn; smaller ones may be higher than
 * wide, since stages beside each other are high, and those of a line of PEs are stretched across it.
 * @param {number} width
 * @param {number} height
 * @param {number} columns
 * @param {number} rows
 * @returns {Layout}
 */
export function layOut(width, height, columns, rows, scale = 1) {
  const margin = { left: 30 * scale, top: 24 * scale, right: 14, bottom: 14 }
  const roomX = Math.max(40, width - margin.left - margin.right)
  const roomY = Math.max(40, height - margin.top - margin.bottom)
  const pitch = Math.min(roomX / columns, roomY / rows, 160)
  /** @param {number} room @param {number} n @param {number} most */
  const stretched = (room, n, most) =>
    pitch >= FULL ? pitch : Math.min(room / n, n > 4 ? most : Math.max(pitch, Math.min(TALL, pitch * 8)))
  const px = stretched(roomX, columns, pitch)
  const py = stretched(roomY, rows, pitch * HIGH)
  const x = margin.left + (roomX - px * columns) / 2
  return { x, y: margin.top + (roomY - py * rows) / 2, px, py, columns, rows, detail: detailOf(pitch) }
}

/** @param {number} pitch @returns {Detail} */
const detailOf = (pitch) => (pitch >= FULL ? "full" : pitch >= 9 ? "plain" : "dense")

/**
 * The cell at a point of the stage, or null.
 * @param {Spread} layout
 * @param {number} pointX
 * @param {number} pointY
 */
export function cellAt({ x, y, px, py, columns, rows }, pointX, pointY) {
  const column = Math.floor((pointX - x) / px)
  const row = Math.floor((pointY - y) / py)
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : null
}

/**
 * The box of a cell.
 * @param {Spread} layout
 * @param {number} cell
 */
export const boxOf = ({ x, y, px, py, columns }, cell) => ({
  x: x + (cell % columns) * px,
  y: y + Math.floor(cell / columns) * py,
  width: px,
  height: py,
})

/**
 * The middle of a cell.
 * @param {Spread} layout
 * @param {number} cell
 * @returns {Point}
 */
export const centre = ({ x, y, px, py, columns }, cell) => [
  x + ((cell % columns) + 0.5) * px,
  y + (Math.floor(cell / columns) + 0.5) * py,
]

/**
 * A step of 1, 2, 5, 10, … such that labels of every so many cells stay `room` pixels apart.
 * @param {number} pitch
 * @param {number} room
 */
export function labelStep(pitch, room) {
  for (let scale = 1; ; scale *= 10) for (const k of [1, 2, 5]) if (k * scale * pitch >= room) return k * scale
}

/**
 * The square of PEs around a cell, moved into the mesh; smaller where the mesh is.
 * @param {number} cell
 * @param {number} size
 * @param {number} width
 * @param {number} height
 */
export function windowAround(cell, size, width, height) {
  const columns = Math.min(size, width)
  const rows = Math.min(size, height)
  const within = (/** @type {number} */ at, /** @type {number} */ most) => Math.min(Math.max(at, 0), most)
  return {
    x: within((cell % width) - (columns >> 1), width - columns),
    y: within(Math.floor(cell / width) - (rows >> 1), height - rows),
    columns,
    rows,
  }
}

/**
 * Whether a window holds a cell of a mesh.
 * @param {Rectangle} window
 * @param {number} cell
 * @param {number} width
 */
export const holds = ({ x, y, columns, rows }, cell, width) => {
  const [dx, dy] = [(cell % width) - x, Math.floor(cell / width) - y]
  return dx >= 0 && dx < columns && dy >= 0 && dy < rows
}

/**
 * The layout of a whole mesh at which a window of it fills a panel, centred.
 * @param {Rectangle} window
 * @param {Box} panel
 * @param {number} width
 * @param {number} height
 * @returns {Panelled}
 */
export function layWindow(window, panel, width, height) {
  const pitch = Math.min(panel.width / window.columns, panel.height / window.rows)
  return {
    x: panel.x + (panel.width - pitch * window.columns) / 2 - window.x * pitch,
    y: panel.y + (panel.height - pitch * window.rows) / 2 - window.y * pitch,
    px: pitch,
    py: pitch,
    columns: width,
    rows: height,
    detail: detailOf(pitch),
    panel,
  }
}

/**
 * The layout of a part of a mesh, of the layout of the whole.
 * @param {Layout} layout
 * @param {Omit<Part, "window">} part
 */
export const layPart = (layout, { west, north, columns, rows }) => ({
  ...layout,
  x: layout.x + west * layout.px,
  y: layout.y + north * layout.py,
  columns,
  rows,
})

/**
 * A layout on the way from one to another, about the point that stays where it is; share in [0, 1].
 * @param {Panelled} from
 * @param {Panelled} to
 * @param {number} share
 */
export function between(from, to, share) {
  /** @param {number} a @param {number} b */
  const mix = (a, b) => a + (b - a) * share
  /** @param {"x" | "y"} x @param {"px" | "py"} p */
  const axis = (x, p) => {
    const pitch = from[p] * (to[p] / from[p]) ** share
    // The column under a point of the stage moves evenly with the width of what is seen, which keeps the way straight.
    const moved = Math.abs(to[p] / from[p] - 1) < 1e-6 ? share : (1 / pitch - 1 / from[p]) / (1 / to[p] - 1 / from[p])
    const start = -from[x] / from[p]
    return [pitch, -(start + (-to[x] / to[p] - start) * moved) * pitch]
  }
  const [px, x] = axis("x", "px")
  const [py, y] = axis("y", "py")
  const [a, b] = [from.panel, to.panel]
  const panel = {
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    width: mix(a.width, b.width),
    height: mix(a.height, b.height),
  }
  return { ...to, x, y, px, py, panel }
}

/**
 * The neighbour of a cell in the direction of an arrow key, or the cell itself at an edge.
 * @param {number} cell
 * @param {string} key
 * @param {number} width
 * @param {number} height
 */
export function neighbourCell(cell, key, width, height) {
  const x = cell % width
  const y = Math.floor(cell / width)
  if (key === "ArrowLeft") return x > 0 ? cell - 1 : cell
  if (key === "ArrowRight") return x < width - 1 ? cell + 1 : cell
  if (key === "ArrowUp") return y > 0 ? cell - width : cell
  return y < height - 1 ? cell + width : cell
}
