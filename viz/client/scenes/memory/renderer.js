// Renderer of the scene "memory": machines under each other, on one clock and one ruler. The distance to a memory is its round trip, the height of a pipe its bandwidth, each on a logarithmic scale or in true proportion.
// Requests go out in the upper half of a pipe and queue at its end; data come back in the lower half. A dot is as many bytes
// on all machines, so that the picture of the one that moves most is the busiest.

import { drawChosen, grown, hatch, layer } from "../../kit/canvas.js"
import { createModel } from "./model.js"
import { CUSTOM, curve, describe, inspect, rest } from "./words.js"
import { quantity, t } from "../../kit/language.js"
import { FIGURE, PROSE } from "../../kit/quantities.js"
import { decades, multiples } from "../../kit/scale.js"

/**
 * @import { Box, Key, Pen, Renderer, Theme, View } from "../../kit/types"
 * @import { Level, MemoryRun } from "./types"
 * @typedef {ReturnType<typeof createModel>} Model
 * @typedef {Model["machines"][number]} Machine
 * @typedef {ReturnType<typeof layOut>} Layout
 * @typedef {Layout["rows"][number]} Row
 */

const THIN = 10.6 // decades of B/s at which a pipe has no height, and at which it is as high as its row
const WIDE = 16.3
const DOT = 2.6
// What is drawn in true proportion: the ruler to latency, the pipes to bandwidth.
const DISTANCE = "distance"
const BANDWIDTH = "bandwidth"
const SEEN = 2 // height of a pipe that needs no lens [px]
const LENS = 7 // least height of a pipe in one [px]
// Where copies of a request lie in its lane and along its pipe: evenly, but in no order (Roberts, 2018).
const [ACROSS, ALONG] = [0.7548776662, 0.569840291]
const PRECISE = 1e-5 // smallest share that is told

/**
 * @see Renderer
 * @param {MemoryRun} run
 * @returns {Renderer}
 */
export function create(run) {
  const model = createModel(run)
  const { shown, machines } = model
  const slow = run.meta.slow_down
  let layout = layOut({ width: 800, height: 450, theme: { textScale: 1 } }, machines, shown)
  /** @type {{view: View, canvas: HTMLCanvasElement, ctx: Pen, hatch: CanvasPattern} | null} */
  let ground = null
  /** @param {number} m */
  const memoryId = (m) => machines.length * shown + m
  /** @param {number} id @returns {[machine: number, unit: number|null]} */
  const partOf = (id) =>
    id < machines.length * shown ? [Math.floor(id / shown), id % shown] : [id - machines.length * shown, null]

  const bytes = { value: model.dot, unit: "B" } // of a dot
  /** @type {Key[]} */
  const legend = [
    { label: t("memory_request", { bytes }), paint: "--memory", shape: "ring" },
    { label: t("memory_data", { bytes }), paint: "--memory", shape: "square" },
    { label: t("memory_computing_key"), paint: "--compute", shape: "square" },
    { label: t("memory_starved"), paint: "--stall", shape: "hatch" },
  ]

  return {
    legend,
    overlays: [
      { name: DISTANCE, label: t("memory_true_distance"), key: "d", title: t("memory_true_distance.title"), legend },
      { name: BANDWIDTH, label: t("memory_true_bandwidth"), key: "b", title: t("memory_true_bandwidth.title"), legend },
    ],
    curve: curve(model),
    rest: rest(model),
    describe: (t) => describe(model, t),
    middle: () => 0,
    hit(x, y) {
      for (let id = 0; id < memoryId(machines.length); id++) {
        const box = place(layout, ...partOf(id))
        if (x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height) return id
      }
      return null
    },
    place: (id) => place(layout, ...partOf(id)),
    move(id, key) {
      const [m, unit] = partOf(id)
      if (key === "ArrowRight") return memoryId(m)
      if (key === "ArrowLeft") return unit === null ? m * shown : id
      const step = key === "ArrowDown" ? 1 : -1
      if (unit === null) return memoryId(Math.min(machines.length - 1, Math.max(0, m + step)))
      return Math.min(machines.length * shown - 1, Math.max(0, id + step))
    },
    inspect: (id, t) => inspect(model, ...partOf(id), t),
    changes(id) {
      const [m, unit] = partOf(id)
      return model.changes(m, unit ?? 0)
    },
    draw(ctx, t, view) {
      if (ground?.view !== view) {
        layout = layOut(view, machines, shown)
        ground = { view, ...layer(view), hatch: hatch(ctx, view, { pitch: 7 }) }
        drawGround(ground.ctx, model, layout, view.theme, slow)
      }
      ctx.clearRect(0, 0, view.width, view.height)
      ctx.drawImage(ground.canvas, 0, 0, view.width, view.height)
      for (let m = 0; m < machines.length; m++) {
        drawUnits(ctx, model, layout, m, t, view.theme, ground.hatch)
        drawWords(ctx, model, layout, m, t, view.theme)
      }
      drawTraffic(ctx, model, layout, t, view.theme)
      drawChosen(ctx, view, (id) => (id < memoryId(machines.length) ? grown(place(layout, ...partOf(id)), 2) : null))
    },
  }
}

/**
 * Where everything is: rows of machines, and a ruler of round trips that they share.
 * @param {Pick<View, "width" | "height" | "overlays"> & {theme: Pick<Theme, "textScale">}} view
 * @param {Machine[]} machines
 * @param {number} shown
 */
function layOut({ width, height, theme, overlays }, machines, shown) {
  const narrow = width < 560
  const linear = overlays?.has(DISTANCE) ?? false
  const proportional = overlays?.has(BANDWIDTH) ?? false
  const s = Math.min(
    theme.textScale * Math.min(1.15, Math.max(narrow ? 0.9 : 0.96, Math.min(width / 1000, height / 430))),
    height / (46 + (narrow ? 112 : 122) * machines.length),
    width / 390,
  )
  const left = 178 * s
  const bar = Math.min(110, 0.1 * width)
  const block = 92 * s
  const start = left + bar + 6
  const stop = width - block - 12
  const floor = height - 40 * s
  const pitch = floor / machines.length
  const least = Math.min(...machines.flatMap((machine) => drawn(machine).map((level) => level.latency_s))) * 0.45
  const most = Math.max(...machines.map((machine) => machine.home.latency_s))
  /** @type {(latency: number) => number} */
  const at = linear
    ? (latency) => start + (latency / most) * (stop - start)
    : (latency) => start + 26 * s + (Math.log(latency / least) / Math.log(most / least)) * (stop - start - 26 * s)
  const widest = Math.max(...machines.map((machine) => machine.home.bandwidth_bytes_per_s))
  const rows = machines.map((machine, m) => {
    const base = m * pitch
    const top = base + 30 * s
    const room = pitch - 44 * s
    const bandwidth = machine.home.bandwidth_bytes_per_s
    const share = (Math.log10(bandwidth) - THIN) / (WIDE - THIN)
    const pipe = room * (proportional ? bandwidth / widest : Math.min(1, Math.max(0.1, share)))
    const end = at(machine.home.latency_s)
    return {
      base,
      top,
      room,
      middle: top + room / 2,
      lane: room / shown,
      pipe,
      end,
      neck: start + Math.min(90 * s, (end - start) * 0.55),
    }
  })
  return {
    s,
    narrow,
    left,
    bar,
    block,
    start,
    stop,
    floor,
    pitch,
    least,
    most,
    at,
    linear,
    proportional,
    rows,
    width,
    shown,
  }
}

/**
 * Levels that are drawn: those between the registers and the home.
 * @param {Machine} machine
 */
const drawn = (machine) =>
  machine.levels.filter((level) => level.name !== "register" && level.latency_s <= machine.home.latency_s * 1.0001)

/** @param {Layout} layout @param {number} m @param {number|null} unit @returns {Box} */
function place({ rows, left, bar, block, s }, m, unit) {
  const row = rows[m]
  if (unit !== null)
    return { x: left, y: row.top + unit * row.lane + row.lane * 0.12, width: bar, height: row.lane * 0.76 }
  const height = Math.min(row.room, Math.max(row.pipe, 74 * s))
  return { x: row.end, y: row.middle - height / 2, width: block, height }
}

/**
 * Height in a pipe: from the lane of a unit, squeezed into the upper (out) or lower (back) half.
 * @param {Layout} layout
 * @param {Row} row
 * @param {number} unit
 * @param {number} x
 * @param {boolean} out
 * @param {number} within the lane, in [0, 1)
 */
function heightAt({ start }, row, unit, x, out, within) {
  const from = row.top + (unit + (out ? 0.2 : 0.5) + 0.3 * within) * row.lane
  const spread = ((unit + within) / (row.room / row.lane)) * (row.pipe / 2) * 0.86
  const to = row.middle + (out ? -row.pipe / 2 + spread + row.pipe * 0.03 : spread + row.pipe * 0.03)
  const share = Math.min(1, Math.max(0, (x - start) / (row.neck - start)))
  return from + (to - from) * share * share * (3 - 2 * share)
}

/** @param {Pen} ctx @param {Theme} theme @param {number} size */
const type = (ctx, theme, size, weight = 500) => {
  ctx.font = `${weight} ${size}px ${theme.font}`
}

/** @param {Machine} machine @param {Theme} theme */
const hueOf = ({ name, family }, theme) => (name === CUSTOM ? theme.ink2 : theme[family])

/**
 * The mark of a machine and a text behind it, in its hue, as in viz/charts/identity.py: a disc is a wafer, a square a GPU.
 * @param {Pen} ctx
 * @param {Machine} machine
 * @param {string} text
 * @param {number} x
 * @param {number} y base line
 * @param {number} size of the letters
 * @param {Theme} theme
 */
function drawNamed(ctx, machine, text, x, y, size, theme) {
  const radius = 0.34 * size
  ctx.fillStyle = hueOf(machine, theme)
  ctx.beginPath()
  if (machine.name === CUSTOM) {
    ctx.moveTo(x, y - 0.36 * size + radius)
    ctx.lineTo(x + radius, y - 0.36 * size - radius)
    ctx.lineTo(x + 2 * radius, y - 0.36 * size + radius)
    ctx.closePath()
  } else if (machine.family === "wafer") ctx.arc(x + radius, y - 0.36 * size, radius, 0, 7)
  else ctx.roundRect(x, y - 0.36 * size - radius, 2 * radius, 2 * radius, 0.15 * radius)
  ctx.fill()
  ctx.fillText(text, x + 2 * radius + 0.4 * size, y)
}

/**
 * What is said of the way to the home of a machine, the longest first.
 * @param {Machine} machine
 * @param {{value: number, unit: string, digits: number}} time
 */
function tripWords({ home, levels }, time) {
  if (home.latency_s <= levels[0].latency_s) return [t("memory_one_cycle", { time })]
  const short = t("memory_round_trip.short", { time })
  if (!home.latency_assumed) return [t("memory_round_trip", { time }), short]
  return [t("memory_round_trip_assumed", { time }), t("memory_round_trip_assumed.short", { time }), short]
}

/**
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {number} slow
 */
function drawGround(ctx, model, layout, theme, slow) {
  const { s, start, floor, at, linear, rows, least, most, block, width } = layout
  ctx.textBaseline = "alphabetic"
  model.machines.forEach((machine, m) => {
    const row = rows[m]
    if (row.base) {
      ctx.fillStyle = theme.line
      ctx.fillRect(0, row.base, width, theme.strokeScale)
    }
    // The pipe: as high as the units where it starts, as high as its bandwidth from the neck on.
    const half = row.pipe / 2
    ctx.beginPath()
    ctx.moveTo(start, row.top)
    ctx.bezierCurveTo(
      (start + row.neck) / 2,
      row.top,
      (start + row.neck) / 2,
      row.middle - half,
      row.neck,
      row.middle - half,
    )
    ctx.lineTo(row.end, row.middle - half)
    ctx.lineTo(row.end, row.middle + half)
    ctx.lineTo(row.neck, row.middle + half)
    ctx.bezierCurveTo(
      (start + row.neck) / 2,
      row.middle + half,
      (start + row.neck) / 2,
      row.top + row.room,
      start,
      row.top + row.room,
    )
    ctx.closePath()
    ctx.fillStyle = theme.memorySoft
    ctx.fill()
    ctx.strokeStyle = theme.memory
    ctx.lineWidth = 1.2 * theme.strokeScale
    ctx.stroke()

    // Levels on the way, where there is room for their names; the home first, in words that reach over no other's line.
    ctx.textAlign = "center"
    /** @type {[number, number][]} */
    const taken = []
    const levels = drawn(machine).sort((a, b) =>
      a === machine.home ? -1 : b === machine.home ? 1 : b.latency_s - a.latency_s,
    )
    const before = Math.max(start, ...levels.slice(1).map((level) => at(level.latency_s) + 6 * s))
    for (const level of levels) {
      const x = at(level.latency_s)
      const home = level === machine.home
      const time = { value: level.latency_s, unit: "s", digits: FIGURE }
      type(ctx, theme, (home ? 12.5 : 11.5) * s, home ? 650 : 500)
      const words = home ? tripWords(machine, time) : [t("memory_level_at", { level: level.label, time })]
      const text = words.find((each) => ctx.measureText(each).width < width - 6 - before) ?? words[words.length - 1]
      const wide = ctx.measureText(text).width
      const right = width - 6 - wide / 2
      const centre = home
        ? Math.min(right, Math.max(before + wide / 2, x + block / 2))
        : Math.min(right, Math.max(start + wide / 2, x - wide / 2))
      if (taken.some(([a, b]) => centre - wide / 2 < b + 8 && centre + wide / 2 > a - 8)) continue
      taken.push([centre - wide / 2, centre + wide / 2])
      ctx.fillStyle = home ? theme.ink : theme.ink3
      ctx.fillText(text, centre, row.top - 10 * s)
      if (home) continue
      ctx.strokeStyle = theme.ink3
      ctx.lineWidth = theme.strokeScale
      ctx.setLineDash([3, 3])
      ctx.beginPath()
      ctx.moveTo(x, row.top - 4 * s)
      ctx.lineTo(x, row.top + row.room)
      ctx.stroke()
      ctx.setLineDash([])
    }

    const box = place(layout, m, null)
    ctx.beginPath()
    ctx.roundRect(box.x, box.y, box.width, box.height, 7)
    ctx.fillStyle = theme.card
    ctx.fill()
    ctx.strokeStyle = theme.memory
    ctx.lineWidth = 2.2 * theme.strokeScale
    ctx.stroke()
    ctx.fillStyle = theme.memory
    type(ctx, theme, 17 * s, 700)
    const { bandwidth_bytes_per_s: reached, sheet_bytes_per_s: sheet, capacity_bytes: capacity } = machine.home
    const small = []
    if (reached < sheet) small.push(t("memory_of_sheet", { bandwidth: { value: sheet, unit: "B/s", digits: FIGURE } }))
    if (capacity) small.push(quantity(capacity, "B"))
    let y = row.middle - (1 + 8 * small.length) * s
    ctx.fillText(t("memory_level", { level: machine.home.label }), box.x + box.width / 2, y)
    ctx.fillStyle = theme.ink
    type(ctx, theme, 13 * s, 600)
    ctx.fillText(quantity(reached, "B/s"), box.x + box.width / 2, (y += 18 * s))
    ctx.fillStyle = theme.ink3
    type(ctx, theme, 11.5 * s)
    for (const line of small) ctx.fillText(line, box.x + box.width / 2, (y += 15 * s))

    ctx.textAlign = "left"
    const beside = box.x + box.width + 16 * s
    if (machine.home.name === "sram" && machine.home.capacity_bytes && beside + 130 * s < width) {
      // What a headline hides: it is a sum of ports, and each unit has only its own.
      const bytes = { value: machine.local_bytes, unit: "B", digits: FIGURE }
      const sum = t("memory_sum", { n: machine.n_units })
      const own = t("memory_own", { unit: machine.unit, bytes })
      ctx.fillStyle = theme.ink2
      type(ctx, theme, 13 * s)
      const room = Math.min(300 * s, width - beside - 12)
      const both = wrapped(ctx, `${sum} ${own}`, room)
      const lines = both.length * 18 * s <= row.room ? both : wrapped(ctx, own, room)
      lines.forEach((line, k) => ctx.fillText(line, beside, row.middle + (k - lines.length / 2 + 0.8) * 18 * s))
    }
    const room = layout.left - 22
    const label = layout.narrow ? machine.short : machine.label
    type(ctx, theme, 16 * s, 700)
    const size = 16 * s * Math.min(1, room / (ctx.measureText(label).width + 18 * s))
    type(ctx, theme, size, 700)
    drawNamed(ctx, machine, label, 14, row.base + 24 * s, size, theme)
    ctx.fillStyle = theme.ink2
    type(ctx, theme, 12 * s)
    const each = { value: Math.round(machine.n_units / model.shown), unit: machine.unit, digits: 12 }
    ctx.fillText(t("memory_bar_stands", { each }), 14, row.base + 41 * s, room)
    if (row.pipe < SEEN) drawLens(ctx, row, s, width, theme)
  })

  // The ruler.
  ctx.strokeStyle = theme.line
  ctx.lineWidth = 1.5 * theme.strokeScale
  ctx.beginPath()
  ctx.moveTo(0, floor)
  ctx.lineTo(width, floor)
  ctx.stroke()
  ctx.fillStyle = theme.ink3
  ctx.textAlign = "center"
  type(ctx, theme, 11.5 * s)
  let last = -Infinity
  const step = 10 ** Math.floor(Math.log10(most))
  for (const latency of linear ? multiples(step, step, most) : decades(least * 1.2, most)) {
    const x = at(latency)
    ctx.fillRect(x - 0.5, floor, theme.strokeScale, 5)
    if (x - last < 50 * s) continue
    ctx.fillText(quantity(latency, "s"), x, floor + 17 * s)
    last = x
  }
  ctx.textAlign = "right"
  const scales = { distance: scaleOf(linear), height: scaleOf(layout.proportional) }
  const slowed = t("memory_slowed", { times: slow })
  const alike = scales.distance === scales.height
  const [long, short] = [t("memory_ruler", scales), t(alike ? "memory_ruler_alike" : "memory_ruler_short", scales)]
  const room = width - 46 - ctx.measureText(slowed).width
  ctx.fillText(ctx.measureText(long).width < room ? long : short, width - 12, floor + 33 * s, room)
  ctx.textAlign = "left"
  ctx.fillText(slowed, 14, floor + 33 * s)
}

/** The lines of a text in a room. @param {Pen} ctx @param {string} text @param {number} room */
function wrapped(ctx, text, room) {
  /** @type {string[]} */
  const lines = []
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length && ctx.measureText(longer).width <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** @param {boolean} proportional */
const scaleOf = (proportional) => (proportional ? "true" : "log")

/**
 * A pipe that is too thin to be seen, enlarged.
 * @param {Pen} ctx
 * @param {Row} row
 * @param {number} s
 * @param {number} width
 * @param {Theme} theme
 */
function drawLens(ctx, row, s, width, theme) {
  const radius = Math.min(26 * s, 0.2 * row.room)
  const times = 10 ** Math.ceil(Math.log10(LENS / row.pipe))
  const high = Math.min(2 * radius, row.pipe * times)
  const x = row.neck + radius
  const y = row.top + row.room - radius
  ctx.strokeStyle = theme.ink3
  ctx.lineWidth = theme.strokeScale
  ctx.beginPath()
  ctx.moveTo(x - 0.8 * radius, y - 0.6 * radius)
  ctx.lineTo(x, row.middle)
  ctx.lineTo(x + 0.8 * radius, y - 0.6 * radius)
  ctx.stroke()
  ctx.save()
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 7)
  ctx.fillStyle = theme.card
  ctx.fill()
  ctx.clip()
  ctx.fillStyle = theme.memory
  ctx.fillRect(x - radius, y - high / 2, 2 * radius, high)
  ctx.restore()
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 7)
  ctx.stroke()
  ctx.fillStyle = theme.ink2
  ctx.textAlign = "left"
  type(ctx, theme, 12.5 * s)
  ctx.fillText(
    t("memory_enlarged", { times: { value: times, unit: "", digits: 12 } }),
    x + radius + 8,
    y + 4 * s,
    width - x - radius - 16,
  )
}

/**
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} m
 * @param {number} t
 * @param {Theme} theme
 * @param {CanvasPattern} pattern
 */
function drawUnits(ctx, model, layout, m, t, theme, pattern) {
  const finished = model.state(m, t) === "done"
  const reads = !model.machines[m].flop // nothing to compute: the bars show data coming in
  for (let unit = 0; unit < model.shown; unit++) {
    const { x, y, width, height } = place(layout, m, unit)
    ctx.fillStyle = finished || reads ? theme.pe : pattern
    ctx.fillRect(x, y, width, height)
    const share = finished ? 0 : reads ? model.arriving(m, t) : model.busy(m, unit, t)
    if (share > 0) {
      ctx.fillStyle = reads ? theme.memory : theme.compute
      ctx.fillRect(x, y, Math.max(1.5, width * share), height)
    }
    ctx.strokeStyle = finished ? theme.peEdge : reads ? theme.memory : share > 0.5 ? theme.compute : theme.stall
    ctx.lineWidth = 1.5 * theme.strokeScale
    ctx.strokeRect(x, y, width, height)
  }
}

/**
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} m
 * @param {number} time
 * @param {Theme} theme
 */
function drawWords(ctx, model, layout, m, time, theme) {
  const { s, left, pitch, rows } = layout
  const machine = model.machines[m]
  const state = model.state(m, time)
  const { base } = rows[m]
  const roomy = pitch > 160 * s
  const room = left - 22
  let y = base + (roomy ? 76 : 66) * s
  const line = (/** @type {string} */ text, /** @type {number} */ down) => ctx.fillText(text, 14, (y += down * s), room)
  ctx.textAlign = "left"
  ctx.textBaseline = "alphabetic"
  ctx.fillStyle = theme.ink
  type(ctx, theme, (roomy ? 30 : 22) * s, 700)
  const done = model.done(m, time)
  const finished = state === "done"
  const told = finished ? quantity(machine.time_s, "s") : quantity(Math.floor(done / PRECISE) * PRECISE, "share", PROSE)
  line(told, 0)
  ctx.fillStyle = theme.ink2
  type(ctx, theme, 12 * s)
  line(t(finished ? "memory_has_finished" : "memory_of_work"), 17)
  const bar = { x: 14, y: y + 10 * s, width: left - 34 * s, height: 7 * s }
  ctx.fillStyle = theme.line2
  ctx.fillRect(bar.x, bar.y, bar.width, bar.height)
  ctx.fillStyle = hueOf(machine, theme)
  ctx.fillRect(bar.x, bar.y, bar.width * done, bar.height)
  if (finished) return
  y += 18 * s
  ctx.fillStyle = theme.ink2
  const share = { value: machine.flop ? model.busyOfAll(m, time) : model.arriving(m, time), unit: "share" }
  if (state === "exchanges") line(t("memory_across"), 16)
  else line(t(machine.flop ? "memory_compute_in_use" : "memory_pipe_in_use", { share }), 16)
  if (!roomy) return
  line(t("memory_under_way", { bytes: { value: model.underWay(m, time), unit: "B" } }), 16)
}

/** @param {Pen} ctx @param {Model} model @param {Layout} layout @param {number} t @param {Theme} theme */
function drawTraffic(ctx, model, layout, t, theme) {
  const { requests, machines, moving } = model
  const { start, rows, s } = layout
  const queues = machines.map(() => 0)
  /** @type {number[]} */
  const out = []
  /** @type {number[]} */
  const data = []
  for (const i of moving.at(Math.floor(t))) {
    const [t0, tp, t1] = [requests.t0[i], requests.tp[i], requests.t1[i]]
    if (t < t0 || t >= t1) continue
    const m = requests.machine[i]
    const row = rows[m]
    const unit = requests.unit[i]
    const far = Math.max(row.end - start - 4, 0)
    const n = model.dots(i)
    const back = t >= tp
    const travel = machines[m].travel || tp - t0 // what is beside its memory does not queue
    if (!back && t - t0 >= travel) {
      queues[m] += n
      continue
    }
    const share = back ? (t - tp) / Math.max(1, t1 - tp) : (t - t0) / travel
    for (let k = 0; k < n; k++) {
      // The units that one stands for are not in step: where nothing queues, half of their data go the other way.
      const returns = machines[m].travel || k % 2 === 0 ? back : !back
      const on = (share + k * ALONG) % 1
      const x = returns ? row.end - 4 - far * on : start + far * on
      ;(returns ? data : out).push(x, heightAt(layout, row, unit, x, !returns, ((i + k) * ACROSS) % 1))
    }
  }
  // Requests that have arrived queue in columns at the end of the pipe, smaller where they are many.
  const size = DOT * s
  ctx.strokeStyle = theme.memory
  ctx.fillStyle = theme.card
  queues.forEach((count, m) => {
    if (!count) return
    const row = rows[m]
    const room = { width: Math.max(row.end - row.neck - 16 * s, 2 * size), height: row.pipe * 0.46 }
    const most = Math.min(2.4 * size, room.height)
    let high = Math.max(1, Math.floor(room.height / most))
    while (Math.ceil(count / high) * (room.height / high) > room.width) high++
    const pitch = Math.min(most, room.height / high)
    const radius = pitch / 2.4
    ctx.lineWidth = Math.min(1.3 * theme.strokeScale, radius * 0.55)
    ctx.beginPath()
    for (let k = 0; k < count; k++) {
      const x = row.end - 5 - (Math.floor(k / high) + 0.5) * pitch
      const y = row.middle - row.pipe * 0.03 - ((k % high) + 0.5) * pitch
      ctx.moveTo(x + radius, y)
      ctx.arc(x, y, radius, 0, 7)
    }
    ctx.fill()
    ctx.stroke()
  })
  ctx.lineWidth = 1.3 * theme.strokeScale
  ctx.beginPath()
  for (let k = 0; k < out.length; k += 2) {
    ctx.moveTo(out[k] + size, out[k + 1])
    ctx.arc(out[k], out[k + 1], size, 0, 7)
  }
  ctx.fill()
  ctx.stroke()
  ctx.fillStyle = theme.memory
  ctx.beginPath()
  for (let k = 0; k < data.length; k += 2)
    ctx.rect(data[k] - 1.2 * size, data[k + 1] - 1.2 * size, 2.4 * size, 2.4 * size)
  ctx.fill()
}
