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
  const detail = pitch >= 44 ? "full" : pitch >= 9 ? "plain" : "dense"
  const x = margin.left + (roomX - px * columns) / 2
  return { x, y: margin.top + (roomY - py * rows) / 2, px, py, columns, rows, detail }
}

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

/** The neighbour of a cell in the direction of an arrow key, or the cell itself at an edge. */
export function neighbourCell(cell, key, width, height) {
  const x = cell % width
  const y = Math.floor(cell / width)
  if (key === "ArrowLeft") return x > 0 ? cell - 1 : cell
  if (key === "ArrowRight") return x < width - 1 ? cell + 1 : cell
  if (key === "ArrowUp") return y > 0 ? cell - width : cell
  return y < height - 1 ? cell + width : cell
}
