// The calendar of the planner's picture: a grid of cells for each lane, filled as the training goes on.

import { drawMark } from "../../kit/identity.js"
import { quantity, t as text } from "../../kit/language.js"
import { PROSE } from "../../kit/quantities.js"
import { unitFor } from "./model.js"
import { cellIs, doingAt, length } from "./words.js"

/**
 * @import { Box, Pen, Theme, View } from "../../kit/types"
 * @import { Lane, Model } from "./model.js"
 * @import { Phase } from "./types"
 * @typedef {ReturnType<typeof layOut>} Layout
 * @typedef {{lost: string | CanvasPattern, unnoticed: string | CanvasPattern}} Hatches
 */

const MOST_CELLS = 126
const MOST_CELLS_NARROW = 84
const SHAPE = 1.5 // width of a cell over its height, where there is a choice
const SET_UP = ["queue", "compile", "first_checkpoint", "initialisation", "weights", "restart"]
const BUSY = 3 // failures of a cell, on average, beyond which their marks are small and have no stem

/**
 * Where everything is: a grid of cells for each lane, all cells equally long and large, and the futures below.
 * @param {Pick<View, "width" | "height"> & {theme: Pick<Theme, "textScale">}} view
 * @param {Model} model
 */
export function layOut({ width, height, theme }, model) {
  const narrow = width < 560
  const s = theme.textScale * Math.min(1.2, Math.max(narrow ? 0.82 : 0.92, Math.min(width / 1000, height / 520)))
  const unit = unitFor(model.duration, narrow ? MOST_CELLS_NARROW : MOST_CELLS)
  const cells = model.lanes.map(({ end }) => Math.max(1, Math.ceil(end / unit.length)))
  const n = Math.max(...cells)
  const side = narrow ? 0 : 172 * s
  const head = narrow ? 47 * s : 8 * s
  const foot = Math.min(132 * s, Math.max(60 * s, height * (narrow ? 0.24 : 0.26)))
  const pitch = (height - foot) / model.lanes.length
  // A stage that is being laid out may be too low for any cell: then they are thin, and none is less than nothing.
  const room = { width: Math.max(8 * s, width - side - 28 * s), height: Math.max(8 * s, pitch - head - 14 * s) }
  /** @param {number} perRow */
  const score = (perRow) => Math.min(room.width / perRow / SHAPE, room.height / Math.ceil(n / perRow))
  const choices = unit.rows.filter((perRow) => perRow <= Math.max(n, unit.rows[0]))
  const perRow = choices.reduce((best, perRow) => (score(perRow) > score(best) ? perRow : best), choices[0])
  const cell = {
    width: room.width / perRow,
    height: Math.min(room.height / Math.ceil(n / perRow), (1.25 * room.width) / perRow),
  }
  const grids = cells.map((count, i) => {
    const rows = Math.ceil(count / perRow)
    const top = i * pitch + head + (narrow ? 0 : (pitch - head - 6 * s - Math.ceil(n / perRow) * cell.height) / 2)
    return { left: side + 14 * s, top, width: room.width, pitch: cell.height, rows, base: i * pitch, height: pitch }
  })
  const gap = Math.min(5 * s, 0.12 * cell.width, 0.12 * cell.height)
  const left = narrow ? 42 * s : side + 14 * s
  const future = { left, right: width - 16 * s, top: height - foot + 24 * s, bottom: height - 22 * s, height: foot }
  return { s, narrow, unit, cells, n, perRow, cell, gap, grids, future, width, height }
}

/**
 * Where a cell of a lane is.
 * @param {Layout} layout
 * @param {number} lane
 * @param {number} index
 */
export function cellBox({ grids, cell, perRow, gap }, lane, index) {
  const { left, top } = grids[lane]
  return {
    x: left + (index % perRow) * cell.width,
    y: top + Math.floor(index / perRow) * cell.height,
    width: cell.width - gap,
    height: cell.height - gap,
  }
}

/**
 * Set the font of what is written next.
 * @param {Pen} ctx
 * @param {Theme} theme
 * @param {number} size
 */
export const type = (ctx, theme, size, weight = 500) => {
  ctx.font = `${weight} ${size}px ${theme.font}`
}

// ------------------------------------------------------------------ what does not change

/**
 * Whether a lane is so low that what happens on it stands close below its name.
 * @param {{height: number}} grid
 * @param {number} s
 */
const isLow = ({ height }, s) => height < 150 * s

/**
 * The names of the clusters and the empty cells; while a prediction is concealed the names alone, for cells count the days.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {boolean | undefined} concealed
 */
export function drawBlank(ctx, model, layout, theme, concealed) {
  const { s, grids, cells, unit, narrow, width } = layout
  model.lanes.forEach((lane, i) => {
    if (i) {
      ctx.fillStyle = theme.line
      ctx.fillRect(0, grids[i].base, width, theme.strokeScale)
    }
    for (let k = 0; k < (concealed ? 0 : cells[i]); k++) {
      const { x, y, width: wide, height: high } = cellBox(layout, i, k)
      ctx.beginPath()
      ctx.roundRect(x, y, wide, high, Math.min(4, high / 5))
      ctx.fillStyle = theme.pe
      ctx.fill()
      ctx.strokeStyle = theme.peEdge
      ctx.lineWidth = 0.8 * theme.strokeScale
      ctx.stroke()
    }
    if (!concealed) drawNumbers(ctx, layout, i, theme)
    ctx.fillStyle = theme.ink
    type(ctx, theme, 16 * s, 700)
    ctx.fillText(quantity(lane.n_devices, lane.device), 14 + 18 * s, grids[i].base + 24 * s)
    drawMark(ctx, theme, lane.family, 14 + 6 * s, grids[i].base + 18.5 * s, 6 * s)
    if (!i && !narrow && !concealed) {
      ctx.fillStyle = theme.ink3
      type(ctx, theme, 11.5 * s)
      if (!isLow(grids[i], s)) ctx.fillText(cellIs(unit), 14, grids[i].base + 40 * s)
      else if (grids[i].height > 120 * s) ctx.fillText(cellIs(unit), 14, grids[i].base + grids[i].height - 8 * s)
    }
  })
  ctx.fillStyle = theme.line
  ctx.fillRect(0, layout.height - layout.future.height, width, theme.strokeScale)
}

/**
 * The number of each cell in its corner, where there is room, on a plate of its own over what happens there.
 * @param {Pen} ctx
 * @param {Layout} layout
 * @param {number} index
 * @param {Theme} theme
 * @param {string} [plate]
 * @param {Map<number, number>} [aside] how far to the right of its corner the number of a cell is
 */
function drawNumbers(ctx, layout, index, theme, plate, aside) {
  const size = Math.min(11.5 * layout.s, 0.3 * layout.cell.height)
  ctx.textAlign = "left"
  ctx.textBaseline = "top"
  type(ctx, theme, size)
  for (let k = 0; k < layout.cells[index]; k++) {
    const { x, y, width } = cellBox(layout, index, k)
    if (size < 8 || width < 2.2 * size) continue
    const digits = String(k + 1)
    const left = x + (aside?.get(k) ?? 1)
    if (plate) {
      ctx.fillStyle = plate
      ctx.fillRect(left, y + 2, ctx.measureText(digits).width + 6, size + 3)
    }
    ctx.fillStyle = plate ? theme.ink2 : theme.ink3
    ctx.fillText(digits, left + 3, y + 4)
  }
  ctx.textBaseline = "alphabetic"
}

/**
 * Everything that happens on a lane, as it looks when all of it has happened.
 * @param {Pen} ctx
 * @param {Lane} lane
 * @param {Layout} layout
 * @param {number} index
 * @param {Theme} theme
 * @param {Hatches} hatches
 */
export function drawLane(ctx, lane, layout, index, theme, hatches) {
  const { unit, gap } = layout
  /**
   * @param {number} t0
   * @param {number} t1
   * @param {(x: number, wide: number, box: Box, from: number, to: number) => void} paint
   */
  const each = (t0, t1, paint) => {
    for (let k = Math.floor(t0 / unit.length); k * unit.length < t1; k++) {
      const box = cellBox(layout, index, k)
      const from = Math.max(t0, k * unit.length)
      const to = Math.min(t1, (k + 1) * unit.length)
      const x0 = box.x + (box.width * (from - k * unit.length)) / unit.length
      const x1 = box.x + (box.width * (to - k * unit.length)) / unit.length
      paint(x0, Math.max(x1 - x0, 0.6), box, from, to)
    }
  }
  /** @param {Phase} row @param {number} t */
  const level = (row, t) => row.from + ((row.to - row.from) * (t - row.t0)) / Math.max(1, row.t1 - row.t0)
  for (const row of lane.rows) {
    each(row.t0, row.t1, (x, wide, { y, height }, from, to) => {
      const trains = row.kind === "training"
      ctx.fillStyle = trains
        ? theme.computeSoft
        : row.kind === "lost_work"
          ? hatches.lost
          : row.kind === "unnoticed"
            ? hatches.unnoticed
            : theme.fabricSoft
      ctx.fillRect(x, y, wide, height)
      if (SET_UP.includes(row.kind)) {
        ctx.fillStyle = theme.fabric
        ctx.fillRect(x, y, wide, Math.min(4, height / 6))
      }
      if (!trains) {
        // The level to which a failure takes it back stays visible below what happens.
        ctx.globalAlpha = 0.35
      }
      const floor = y + height
      const [a, b] = trains ? [level(row, from), level(row, to)] : [row.from, row.from]
      ctx.fillStyle = theme.compute
      ctx.beginPath()
      ctx.moveTo(x, floor)
      ctx.lineTo(x, floor - a * height)
      ctx.lineTo(x + wide, floor - b * height)
      ctx.lineTo(x + wide, floor)
      ctx.fill()
      ctx.globalAlpha = 1
    })
  }
  drawCheckpoints(ctx, lane, layout, index, theme)
  const busy = lane.failures.length > BUSY * layout.cells[index]
  // Failures: a triangle at the moment, never by hue alone.
  const size = Math.max(
    3,
    Math.min((busy ? 5 : 8) * layout.s, 0.2 * (layout.cell.height - gap), 0.3 * layout.cell.width),
  )
  const aside = new Map()
  for (const { t0 } of lane.failures) {
    const k = Math.floor(t0 / unit.length)
    const box = cellBox(layout, index, k)
    const x = box.x + (box.width * (t0 - k * unit.length)) / unit.length
    ctx.beginPath()
    ctx.moveTo(x, box.y + 2)
    ctx.lineTo(x + size * 0.75, box.y + 2 + size * 1.3)
    ctx.lineTo(x - size * 0.75, box.y + 2 + size * 1.3)
    ctx.closePath()
    ctx.fillStyle = theme.danger
    ctx.fill()
    ctx.strokeStyle = theme.card
    ctx.lineWidth = busy ? 0.5 : 1
    ctx.stroke()
    if (busy) continue
    if (x - box.x < 3 * size) aside.set(k, x - box.x + size)
    ctx.beginPath()
    ctx.moveTo(x, box.y + size * 1.3)
    ctx.lineTo(x, box.y + box.height)
    ctx.strokeStyle = theme.danger
    ctx.stroke()
  }
  if (!busy) drawNumbers(ctx, layout, index, theme, theme.computeSoft, aside)
}

/**
 * Ticks at the foot of the cells; where they would touch, a line along it.
 * @param {Pen} ctx
 * @param {Lane} lane
 * @param {Layout} layout
 * @param {number} index
 * @param {Theme} theme
 */
function drawCheckpoints(ctx, lane, layout, index, theme) {
  const { unit, cell, gap } = layout
  const apart = ((lane.checkpoint_hours * 60) / unit.length) * (cell.width - gap)
  const high = Math.min(7 * layout.s, 0.16 * cell.height)
  ctx.fillStyle = theme.card
  for (const t of lane.checkpoints) {
    const k = Math.min(Math.floor(t / unit.length), layout.cells[index] - 1)
    const box = cellBox(layout, index, k)
    const x = box.x + (box.width * (t - k * unit.length)) / unit.length
    if (apart >= 3) {
      ctx.fillStyle = theme.card
      ctx.fillRect(x - 1, box.y + box.height - high - 1, 2.6 * theme.strokeScale, high + 1)
      ctx.fillStyle = theme.ink
      ctx.fillRect(x - 0.5, box.y + box.height - high, 1.4 * theme.strokeScale, high)
    } else {
      ctx.fillStyle = theme.ink
      ctx.fillRect(x - 2, box.y + box.height - 2.2 * theme.strokeScale, 3, 1.6 * theme.strokeScale)
    }
  }
}

// ------------------------------------------------------------------ what plays

/**
 * Show what has happened by time t.
 * @param {Pen} ctx
 * @param {HTMLCanvasElement} full
 * @param {Layout} layout
 * @param {number} index
 * @param {number} t
 * @param {Pick<View, "width" | "height"> & {theme: Pick<Theme, "textScale">}} view
 */
export function reveal(ctx, full, layout, index, t, { width, height }) {
  const { grids, cell, perRow, unit } = layout
  const { left, top } = grids[index]
  const k = Math.floor(t / unit.length)
  const row = Math.floor(k / perRow)
  const box = cellBox(layout, index, k)
  const x = box.x + (box.width * (t - k * unit.length)) / unit.length
  ctx.save()
  ctx.beginPath()
  ctx.rect(left - 8, top - 4, perRow * cell.width + 12, Math.max(0, row * cell.height + 4 - layout.gap / 2))
  ctx.rect(left - 8, top + row * cell.height, Math.max(0, x - left + 8), cell.height)
  ctx.clip()
  ctx.drawImage(full, 0, 0, width, height)
  ctx.restore()
}

/**
 * Say how far a lane is, and mark the present in its cells.
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} index
 * @param {number} t
 * @param {Theme} theme
 */
export function drawWords(ctx, model, layout, index, t, theme) {
  const { s, grids, narrow, unit, cell } = layout
  const lane = model.lanes[index]
  const { base, height } = grids[index]
  const over = t >= lane.end
  const interrupted = text("planner_interruptions", { n: lane.interruptions(t) })
  ctx.textBaseline = "alphabetic"
  const paint = theme[lane.family]
  const done = quantity(lane.done(t), "share", PROSE)
  const after = over && text("planner_over", { time: length(lane.end) })
  if (narrow) {
    ctx.textAlign = "right"
    ctx.fillStyle = paint
    type(ctx, theme, 16 * s, 700)
    ctx.fillText(done, layout.width - 14, base + 22 * s)
    ctx.fillStyle = theme.ink2
    type(ctx, theme, 11.5 * s)
    ctx.fillText(after || text(`planner_phase_${lane.kind(t)}`), layout.width - 14, base + 37 * s)
    ctx.textAlign = "left"
    ctx.fillText(`${interrupted} · ${cellIs(unit)}`, 14, base + 38 * s)
  } else {
    const low = isLow(grids[index], s)
    const top = base + (low ? 50 * s : Math.max(Math.min(78 * s, height * 0.46), 74 * s))
    ctx.textAlign = "left"
    ctx.fillStyle = paint
    type(ctx, theme, (low ? 22 : 30) * s, 700)
    ctx.fillText(done, 14, top)
    ctx.fillStyle = over ? theme.ink : theme.ink2
    type(ctx, theme, 12.5 * s, over ? 650 : 500)
    const lines = wrapped(ctx, after || text("planner_done_now", { doing: doingAt(lane, t) }), 160 * s)
    lines.forEach((line, i) => ctx.fillText(line, 14, top + ((low ? 17 : 19) + 15 * i) * s))
    if (height > (low ? 96 + 15 * lines.length : 110) * s) {
      ctx.fillStyle = theme.ink3
      type(ctx, theme, 12 * s)
      ctx.fillText(interrupted, 14, top + (24 + 15 * lines.length) * s)
    }
  }
  if (!over) {
    const k = Math.floor(t / unit.length)
    const box = cellBox(layout, index, k)
    const x = box.x + (box.width * (t - k * unit.length)) / unit.length
    ctx.fillStyle = theme.linear
    ctx.fillRect(x - theme.strokeScale, box.y - 3, 2.2 * theme.strokeScale, cell.height - layout.gap + 6)
  }
}

/** @param {Pen} ctx @param {string} words @param {number} width */
function wrapped(ctx, words, width) {
  const lines = [""]
  for (const word of words.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word
    if (ctx.measureText(longer).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
