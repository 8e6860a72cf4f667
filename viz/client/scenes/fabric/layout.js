// @ts-nocheck
// Where the cells of a mesh lie on a stage. No canvas, no DOM.

/**
 * Fit a mesh into a stage, centred: square cells, but those of a line of PEs are stretched across it.
 * @returns {{x: number, y: number, px: number, py: number, detail: "full"|"plain"|"dense"}} the top left corner and the
 *   pitch of cells, in CSS pixels
 */
export function layOut(width, height, columns, rows, scale = 1) {
  const margin = { left: 30 * scale, top: 24 * scale, right: 14, bottom: 14 }
  const roomX = Math.max(40, width - margin.left - margin.right)
  const roomY = Math.max(40, height - margin.top - margin.bottom)
  const pitch = Math.min(roomX / columns, roomY / rows, 160)
  const stretched = (room, n) => Math.min(room / n, n > 4 ? pitch : Math.max(pitch, Math.min(28, pitch * 8)))
  const px = stretched(roomX, columns)
  const py = stretched(roomY, rows)
  const x = margin.left + (roomX - px * columns) / 2
  return { x, y: margin.top + (roomY - py * rows) / 2, px, py, columns, rows, detail: detailOf(pitch) }
}

const detailOf = (pitch) => (pitch >= 44 ? "full" : pitch >= 9 ? "plain" : "dense")

/** The cell at a point of the stage, or null. */
export function cellAt({ x, y, px, py, columns, rows }, pointX, pointY) {
  const column = Math.floor((pointX - x) / px)
  const row = Math.floor((pointY - y) / py)
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : null
}

/** The box of a cell. */
export const boxOf = ({ x, y, px, py, columns }, cell) => ({
  x: x + (cell % columns) * px,
  y: y + Math.floor(cell / columns) * py,
  width: px,
  height: py,
})

/** The middle of a cell. */
export const centre = ({ x, y, px, py, columns }, cell) => [
  x + ((cell % columns) + 0.5) * px,
  y + (Math.floor(cell / columns) + 0.5) * py,
]

/** A step of 1, 2, 5, 10, … such that labels of every so many cells stay `room` pixels apart. */
export function labelStep(pitch, room) {
  for (let scale = 1; ; scale *= 10) for (const k of [1, 2, 5]) if (k * scale * pitch >= room) return k * scale
}

/** The square of PEs around a cell, moved into the mesh; smaller where the mesh is. */
export function windowAround(cell, size, width, height) {
  const columns = Math.min(size, width)
  const rows = Math.min(size, height)
  const within = (at, most) => Math.min(Math.max(at, 0), most)
  return {
    x: within((cell % width) - (columns >> 1), width - columns),
    y: within(Math.floor(cell / width) - (rows >> 1), height - rows),
    columns,
    rows,
  }
}

/** Whether a window holds a cell of a mesh. */
export const holds = ({ x, y, columns, rows }, cell, width) => {
  const [dx, dy] = [(cell % width) - x, Math.floor(cell / width) - y]
  return dx >= 0 && dx < columns && dy >= 0 && dy < rows
}

/** The layout of a whole mesh at which a window of it fills a panel, centred. */
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

/** The layout of a part of a mesh, of the layout of the whole. */
export const layPart = (layout, { west, north, columns, rows }) => ({
  ...layout,
  x: layout.x + west * layout.px,
  y: layout.y + north * layout.py,
  columns,
  rows,
})

/** A layout on the way from one to another, about the point that stays where it is; share in [0, 1]. */
export function between(from, to, share) {
  const mix = (a, b) => a + (b - a) * share
  const axis = (x, p) => {
    const pitch = from[p] * (to[p] / from[p]) ** share
    // The column under a point of the stage moves evenly with the width of what is seen, which keeps the way straight.
    const moved = Math.abs(to[p] / from[p] - 1) < 1e-6 ? share : (1 / pitch - 1 / from[p]) / (1 / to[p] - 1 / from[p])
    const start = -from[x] / from[p]
    return [pitch, -(start + (-to[x] / to[p] - start) * moved) * pitch]
  }
  const [px, x] = axis("x", "px")
  const [py, y] = axis("y", "py")
  const panel = Object.fromEntries(Object.keys(to.panel).map((name) => [name, mix(from.panel[name], to.panel[name])]))
  return { ...to, x, y, px, py, panel }
}

/** The neighbour of a cell in the direction of an arrow key, or the cell itself at an edge. */
export function neighbourCell(cell, key, width, height) {
  const x = cell % width
  const y = Math.floor(cell / width)
  if (key === "ArrowLeft") return x > 0 ? cell - 1 : cell
  if (key === "ArrowRight") return x < width - 1 ? cell + 1 : cell
  if (key === "ArrowUp") return y > 0 ? cell - width : cell
  return y < height - 1 ? cell + width : cell
}
