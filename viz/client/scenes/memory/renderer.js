// Renderer of the scene "memory": machines under each other, on one clock and one ruler. The distance to a memory is its
// round trip, on a logarithmic scale or in true proportion; the height of a pipe is its bandwidth, on a logarithmic scale.
// Requests go out in the upper half of a pipe and queue at its end; data come back in the lower half.

import { drawChosen, grown, hatch, layer } from "../../kit/canvas.js"
import { createModel } from "./model.js"
import { curve, describe, inspect } from "./words.js"
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
const TRUE = "distance" // the ruler in proportion to latency

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

  /** @type {Key[]} */
  const legend = [
    { label: t("memory_request"), paint: "--memory", shape: "ring" },
    { label: t("memory_data"), paint: "--memory", shape: "square" },
    { label: t("memory_computing_key"), paint: "--compute", shape: "square" },
    { label: t("memory_starved"), paint: "--stall", shape: "hatch" },
  ]

  return {
    legend,
    overlays: [
      { name: TRUE, label: t("memory_true_distance"), key: "d", title: t("memory_true_distance.title"), legend },
    ],
    curve: curve(model),
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
  const linear = overlays?.has(TRUE) ?? false
  const s = Math.min(
    theme.textScale * Math.min(1.15, Math.max(width < 560 ? 0.8 : 0.96, Math.min(width / 1000, height / 430))),
    height / (46 + 122 * machines.length),
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
  const rows = machines.map((machine, m) => {
    const top = m * pitch + 30 * s
    const room = pitch - 44 * s
    const wide = Math.log10(machine.home.bandwidth_bytes_per_s)
    const pipe = room * Math.min(1, Math.max(0.1, (wide - THIN) / (WIDE - THIN)))
    const end = at(machine.home.latency_s)
    return {
      top,
      room,
      middle: top + room / 2,
      lane: room / shown,
      pipe,
      end,
      neck: start + Math.min(90 * s, (end - start) * 0.55),
    }
  })
  return { s, left, bar, block, start, stop, floor, pitch, least, most, at, linear, rows, width, height, shown }
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
 * @param {number} k
 */
function heightAt({ start }, row, unit, x, out, k) {
  const from = row.top + (unit + (out ? 0.35 : 0.65)) * row.lane
  const spread = ((unit + 0.5 + 0.5 * (((k * 7) % 5) / 5 - 0.4)) / (row.room / row.lane)) * (row.pipe / 2) * 0.86
  const to = row.middle + (out ? -row.pipe / 2 + spread + row.pipe * 0.03 : spread + row.pipe * 0.03)
  const share = Math.min(1, Math.max(0, (x - start) / (row.neck - start)))
  return from + (to - from) * share * share * (3 - 2 * share)
}

/** @param {Pen} ctx @param {Theme} theme @param {number} size */
const type = (ctx, theme, size, weight = 500) => {
  ctx.font = `${weight} ${size}px ${theme.font}`
}

/**
 * @param {Pen} ctx
 * @param {Model} model
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {number} slow
 */
function drawGround(ctx, model, layout, theme, slow) {
  const { s, start, floor, pitch, at, linear, rows, least, most, block, width } = layout
  ctx.textBaseline = "alphabetic"
  model.machines.forEach((machine, m) => {
    const row = rows[m]
    if (m) {
      ctx.fillStyle = theme.line
      ctx.fillRect(0, m * pitch, width, theme.strokeScale)
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

    // Levels on the way, named where there is room; the home first.
    type(ctx, theme, 11.5 * s)
    ctx.textAlign = "center"
    /** @type {[number, number][]} */
    const taken = []
    for (const level of drawn(machine).sort((a, b) =>
      a === machine.home ? -1 : b === machine.home ? 1 : b.latency_s - a.latency_s,
    )) {
      const x = at(level.latency_s)
      const home = level === machine.home
      if (!home) {
        ctx.strokeStyle = theme.ink3
        ctx.lineWidth = theme.strokeScale
        ctx.setLineDash([3, 3])
        ctx.beginPath()
        ctx.moveTo(x, row.top - 4 * s)
        ctx.lineTo(x, row.top + row.room)
        ctx.stroke()
        ctx.setLineDash([])
      }
      const time = { value: level.latency_s, unit: "s", digits: FIGURE }
      const cycle = level.latency_s <= machine.levels[0].latency_s
      const text = home
        ? t(cycle ? "memory_one_cycle" : level.latency_assumed ? "memory_round_trip_assumed" : "memory_round_trip", {
            time,
          })
        : t("memory_level_at", { level: level.label, time })
      if (home) type(ctx, theme, 12.5 * s, 650)
      else type(ctx, theme, 11.5 * s)
      const wide = ctx.measureText(text).width
      const centre = Math.min(width - 6 - wide / 2, Math.max(start + wide / 2, home ? x + block / 2 : x - wide / 2))
      if (taken.some(([a, b]) => centre - wide / 2 < b + 8 && centre + wide / 2 > a - 8)) continue
      taken.push([centre - wide / 2, centre + wide / 2])
      ctx.fillStyle = home ? theme.ink : theme.ink3
      ctx.fillText(text, centre, row.top - 10 * s)
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
    if (machine.home.name === "sram" && machine.home.capacity_bytes && box.x + box.width + 330 * s < width) {
      // What a headline hides: it is a sum of ports, and each unit has only its own.
      const x = box.x + box.width + 18 * s
      ctx.fillStyle = theme.ink2
      type(ctx, theme, 14 * s, 600)
      ctx.fillText(t("memory_sum", { n: machine.n_units }), x, row.middle - 4 * s)
      type(ctx, theme, 13 * s)
      const bytes = { value: machine.home.capacity_bytes / machine.n_units, unit: "B", digits: FIGURE }
      ctx.fillText(t("memory_own", { unit: machine.unit, bytes }), x, row.middle + 16 * s)
    }
    ctx.fillStyle = theme.ink
    type(ctx, theme, 16 * s, 700)
    ctx.fillText(machine.label, 14, m * pitch + 24 * s)
    ctx.fillStyle = theme.ink3
    type(ctx, theme, 11.5 * s)
    const all = { value: machine.n_units, unit: machine.unit }
    ctx.fillText(t("memory_shown", { shown: model.shown, n: all }), 14, m * pitch + 40 * s)
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
  const [long, short] = linear
    ? [t("memory_ruler_true"), t("memory_ruler_true_short")]
    : [t("memory_ruler"), t("memory_ruler_short")]
  ctx.fillText(width > 640 * s ? long : short, width - 12, floor + 33 * s)
  ctx.textAlign = "left"
  ctx.fillText(t("memory_slowed", { times: slow }), 14, floor + 33 * s)
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
  const base = m * pitch
  const roomy = pitch > 150 * s
  const reads = !machine.flop
  const y = base + (roomy ? 84 : 66) * s
  ctx.textAlign = "left"
  ctx.textBaseline = "alphabetic"
  ctx.fillStyle =
    state === "done" ? theme.ink : reads ? theme.memory : state === "computes" ? theme.compute : theme.stall
  type(ctx, theme, (roomy ? 30 : 22) * s, 700)
  const computing = [quantity(model.busyOfAll(m, time), "share", PROSE), t("memory_compute_in_use")]
  const [large, small] = {
    done: [quantity(machine.time_s, "s"), t("memory_has_finished")],
    exchanges: [t("memory_combining"), t("memory_across")],
    computes: computing,
    waits: reads ? [quantity(model.arriving(m, time), "share", PROSE), t("memory_pipe_in_use")] : computing,
  }[state]
  ctx.fillText(large, 14, y)
  ctx.fillStyle = theme.ink2
  type(ctx, theme, 12 * s)
  ctx.fillText(small, 14, y + 17 * s)
  // How much of the kernel is done.
  const done = model.done(m, time)
  const bar = { x: 14, y: y + (roomy ? 36 : 26) * s, width: left - 34 * s, height: 7 * s }
  ctx.fillStyle = theme.line2
  ctx.fillRect(bar.x, bar.y, bar.width, bar.height)
  ctx.fillStyle = theme.ink
  ctx.fillRect(bar.x, bar.y, Math.max(done > 0 ? 1.5 : 0, bar.width * done), bar.height)
  ctx.fillStyle = theme.ink2
  const read =
    state === "exchanges" ? t("memory_all_read") : t("memory_share_done", { share: { value: done, unit: "share" } })
  ctx.fillText(read, bar.x, bar.y + 21 * s)
  const waiting = model.underWay(m, time)
  if (waiting) {
    const row = rows[m]
    type(ctx, theme, 12 * s, 600)
    ctx.fillStyle = theme.memory
    ctx.textAlign = "left"
    const each = machine.requests_per_row
    const text = t(each > 1 ? "memory_under_way_dots" : "memory_under_way", { n: waiting, each })
    if (row.end - row.neck > ctx.measureText(text).width + 20)
      ctx.fillText(text, row.neck + 6, row.middle + row.pipe / 2 + 15 * s)
  }
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
    if (t >= tp) {
      const x = row.end - 4 - far * ((t - tp) / Math.max(1, t1 - tp))
      data.push(x, heightAt(layout, row, unit, x, false, i))
    } else if (t - t0 < machines[m].travel) {
      const x = start + (far * (t - t0)) / machines[m].travel
      out.push(x, heightAt(layout, row, unit, x, true, i))
    } else {
      queues[m]++
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
