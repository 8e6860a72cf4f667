// Draws a whole wafer from the event times of its PEs: one pixel a PE, any instant in one pass over the cells.

import { boxOf, cellAt, neighbourCell } from "./fabric_layout.js"

const NEVER = 0xffffffff
const GLOW = 40 // cycles for which the front of arriving wavelets stays brighter than what it has reached
const [IDLE, COMPUTING, DONE, REACHED] = [0, 1, 2, 3] // indices of the palette; from REACHED on by age

/** The renderer of a run that recorded event times. */
export function createField(run) {
  const { width, height, dies } = run.meta
  const { first, starts, done } = run.tables.cells
  const cells = first.length
  const counts = [first, starts, done].map((times) => cumulative(times, run.duration))
  const image = document.createElement("canvas")
  image.width = width
  image.height = height
  const pixels = image.getContext("2d").createImageData(width, height)
  const words = new Uint32Array(pixels.data.buffer)
  let layout = fit(640, 400, width, height)
  let palette = null
  let painted = -1
  let seen = null

  const paint = (cycle) => {
    const colours = palette
    const [idle, computing, finished] = colours
    for (let i = 0; i < cells; i++) {
      const since = cycle - first[i]
      // `first` is NEVER for a PE that nothing reaches, so `since` is negative then, as it is before the arrival.
      if (since < 0) words[i] = idle
      else if (cycle >= done[i]) words[i] = finished
      else if (cycle >= starts[i]) words[i] = computing
      else words[i] = colours[REACHED + (since < GLOW ? since : GLOW)]
    }
    image.getContext("2d").putImageData(pixels, 0, 0)
  }
  const show = (t) => Math.floor(t + 0.5)
  const at = (cell) => `(${cell % width}, ${Math.floor(cell / width)})`
  const share = (n) => `${Math.round((100 * n) / cells)} %`

  return {
    legend: [
      { label: "wavelets arrive", paint: "--fabric", shape: "square" },
      { label: "computing", paint: "--compute", shape: "square" },
      { label: "done", paint: "--compute-soft", shape: "square" },
      { label: "idle", paint: "--pe", shape: "idle" },
    ],
    describe(t) {
      const [reached, started, finished] = counts.map((count) => count[Math.min(show(t), run.duration)])
      if (finished === cells) return `All ${cells.toLocaleString("en")} PEs are done.`
      return `${share(reached)} of ${cells.toLocaleString("en")} PEs are reached, ${share(started - finished)} compute and ${share(finished)} are done.`
    },
    hit: (x, y) => cellAt(layout, x, y),
    place: (cell) => boxOf(layout, cell),
    move: (cell, key) => neighbourCell(cell, key, width, height),
    inspect(cell, t) {
      const cycle = show(t)
      const time = (value) => (value === NEVER ? "never" : `cycle ${value}`)
      const state =
        cycle < first[cell] ? "idle" : cycle >= done[cell] ? "done" : cycle >= starts[cell] ? "computing" : "reached"
      const rows = [
        ["Now", state],
        ["First wavelet", time(first[cell])],
        ["Starts", time(starts[cell])],
        ["Done", time(done[cell])],
      ]
      return { title: `PE ${at(cell)}`, state, rows, lines: [] }
    },
    changes: (cell) =>
      Uint32Array.from(new Set([first[cell], starts[cell], done[cell]]))
        .filter((t) => t !== NEVER)
        .sort(),
    middle: () => Math.floor(height / 2) * width + Math.floor(width / 2),
    draw(ctx, t, view) {
      const cycle = show(t)
      if (seen !== view) {
        layout = fit(view.width, view.height, width, height)
        palette = paletteOf(view.theme)
        painted = -1
        seen = view
      }
      if (painted !== cycle) paint((painted = cycle))
      const { x, y, px, py } = layout
      ctx.clearRect(0, 0, view.width, view.height)
      ctx.imageSmoothingEnabled = px * view.dpr < 2
      ctx.drawImage(image, x, y, width * px, height * py)
      ctx.strokeStyle = view.theme.peEdge
      ctx.lineWidth = 1
      ctx.strokeRect(x - 0.5, y - 0.5, width * px + 1, height * py + 1)
      if (dies) drawDies(ctx, layout, dies, view.theme)
      caption(ctx, layout, view.theme)
      if (view.selected !== null) target(ctx, boxOf(layout, view.selected), view.theme)
    },
  }
}

function fit(width, height, columns, rows) {
  const pitch = Math.min((width - 36) / columns, (height - 44) / rows)
  return {
    x: (width - pitch * columns) / 2,
    y: 14 + (height - 44 - pitch * rows) / 2,
    px: pitch,
    py: pitch,
    columns,
    rows,
  }
}

// How many events have happened up to each cycle.
function cumulative(times, duration) {
  const count = new Uint32Array(duration + 2)
  for (let i = 0; i < times.length; i++) if (times[i] <= duration) count[times[i]]++
  for (let t = 1; t < count.length; t++) count[t] += count[t - 1]
  return count
}

function paletteOf(theme) {
  const [idle, reached, front, computing, done] = [
    theme.pe,
    theme.fabricSoft,
    theme.fabric,
    theme.compute,
    theme.computeSoft,
  ].map(rgb)
  const found = new Uint32Array(REACHED + GLOW + 1)
  found[IDLE] = word(idle)
  found[COMPUTING] = word(computing)
  found[DONE] = word(done)
  for (let age = 0; age <= GLOW; age++) {
    const mix = Math.exp(-age / (GLOW / 3))
    found[REACHED + age] = word(front.map((c, k) => Math.round(c * mix + reached[k] * (1 - mix))))
  }
  return found
}

const word = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r

function rgb(colour) {
  const ctx = document.createElement("canvas").getContext("2d")
  ctx.fillStyle = colour
  ctx.fillRect(0, 0, 1, 1)
  return [...ctx.getImageData(0, 0, 1, 1).data].slice(0, 3)
}

function drawDies(ctx, { x, y, px, py, columns, rows }, [across, down], theme) {
  ctx.strokeStyle = theme.card
  ctx.globalAlpha = 0.7
  ctx.beginPath()
  for (let k = 1; k < across; k++) {
    ctx.moveTo(x + (k * columns * px) / across, y)
    ctx.lineTo(x + (k * columns * px) / across, y + rows * py)
  }
  for (let k = 1; k < down; k++) {
    ctx.moveTo(x, y + (k * rows * py) / down)
    ctx.lineTo(x + columns * px, y + (k * rows * py) / down)
  }
  ctx.stroke()
  ctx.globalAlpha = 1
}

function caption(ctx, { x, y, px, py, columns, rows }, theme) {
  ctx.font = `500 ${11.5 * theme.textScale}px ${theme.font}`
  ctx.fillStyle = theme.ink3
  ctx.textBaseline = "top"
  ctx.textAlign = "center"
  ctx.fillText(`${columns} × ${rows} PEs`, x + (columns * px) / 2, y + rows * py + 8)
}

function target(ctx, { x, y, width, height }, theme) {
  const [cx, cy] = [x + width / 2, y + height / 2]
  ctx.strokeStyle = theme.linear
  ctx.lineWidth = 2.5 * theme.strokeScale
  ctx.beginPath()
  ctx.arc(cx, cy, 8, 0, 7)
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    ctx.moveTo(cx + dx * 8, cy + dy * 8)
    ctx.lineTo(cx + dx * 16, cy + dy * 16)
  }
  ctx.stroke()
}
