// The picture of a large run, which records when each PE was at work: what works glows and fades, at any size.

import { t as text } from "../../kit/language.js"
import { createChip } from "./chip.js"
import { createFaults, drawFieldFaults } from "./faults.js"
import { SHORT, createPainter, fading } from "./glow.js"
import { NONE } from "./ports.js"
import { COMPUTES, MOVES, spellsOf } from "./spells.js"

/**
 * @import { Inspection, Key, Pen, Theme, View } from "../../kit/types"
 * @import { FabricRun, Layout, Spread } from "./types"
 * @typedef {ReturnType<typeof createField>} Field
 */

const SMALL = 200 // columns and rows that a small picture has at most
const APART = 6 // pixels a PE from which on they are drawn apart

/** What a PE does in a spell. @type {[does: number, id: string][]} */
const DOING = [
  [COMPUTES, "fabric_stage_computing"],
  [MOVES, "fabric_stage_moving"],
]

/**
 * The picture of a run that recorded spells. `draw` and `drawSmall` take a layout of the whole mesh.
 * @param {FabricRun} run
 */
export function createField(run) {
  const { width, height, chip: { die } = {}, pause = SHORT } = run.meta
  const chip = createChip(run.meta)
  const faults = createFaults(run, { west: 0, north: 0, columns: width, rows: height })
  const spells = spellsOf(run)
  const n = spells.n - (run.tables.unused?.rows ?? 0)
  /** @type {Map<number, ReturnType<typeof createPainter>>} */
  const painters = new Map()
  /** @param {Pen} ctx @param {number} t @param {View} view @param {Spread} layout @param {number} step */
  const paint = (ctx, t, { theme }, layout, step) => {
    const painter = painters.get(step) ?? createPainter(run, spells, step)
    painters.set(step, painter)
    painter(ctx, show(t), theme, layout)
  }
  /** @param {number} t */
  const show = (t) => Math.min(Math.floor(t + 0.5), run.duration)
  /** @param {number} part */
  const share = (part) => ({ value: part / n, unit: "share" })
  /** @param {number} cell @param {number} cycle */
  const stateOf = (cell, cycle) => {
    const work = spells.work(cell)
    const now = work.find(({ t0, t1 }) => t0 <= cycle && cycle < t1)
    const found = now && DOING.find(([does]) => now.does & does)
    if (found) return text(found[1])
    if (!work.length || cycle < work[0].t0) return text("fabric_stage_idle")
    return text(cycle >= spells.done[cell] ? "fabric_stage_done" : "fabric_stage_waiting")
  }

  return {
    legend: [
      { label: text("fabric_stage_computing"), paint: "--compute", shape: "square" },
      { label: text("fabric_stage_moved"), paint: "--fabric", shape: "square" },
      { label: text("fabric_stage_waiting"), paint: "--waiting", shape: "idle" },
      { label: text("fabric_stage_done"), paint: "--compute-soft", shape: "idle" },
      { label: text("fabric_stage_idle"), paint: "--pe", shape: "idle" },
      { label: text("fabric_stage_halo"), paint: "--fabric", shape: "halo" },
      {
        label: text("fabric_stage_fades", { n: fading(run) }),
        more: text("fabric_stage_fades.title", { n: fading(run), pause }),
        paint: "--fabric",
        shape: "glow",
      },
      ...(faults?.legend.filter(({ shape }) => shape !== "dotted") ?? []),
      ...(die ? [{ label: text("fabric_stage_dies"), paint: "--ink3", shape: "line" }] : []),
      ...(chip ? [chip.legend] : []),
    ],
    /** @param {number} t */
    describe(t) {
      const { computing, moving, passing, begun, done, both } = spells.shares
      const cycle = show(t)
      if (done[cycle] === n) return text("fabric_stage_field_done", { n })
      const shares = {
        computing: share(computing[cycle]),
        moving: share(moving[cycle]),
        waiting: share(begun[cycle] - done[cycle] - computing[cycle] - moving[cycle]),
        done: share(done[cycle]),
        passing: share(passing[cycle]),
      }
      const idle = n - begun[cycle]
      const said = idle
        ? text("fabric_stage_field_idle", { n, ...shares, idle: share(idle) })
        : text("fabric_stage_field", { n, ...shares })
      return both[cycle] ? `${said} ${text("fabric_stage_in_turn", { both: share(both[cycle]) })}` : said
    },
    /** @param {number} cell @param {number} t @returns {Inspection} */
    inspect(cell, t) {
      const state = stateOf(cell, show(t))
      const [work, passes] = [spells.work(cell), spells.passes(cell)]
      /** @param {number} value */
      const time = (value) =>
        value === NONE ? text("fabric_stage_never") : text("fabric_stage_at_cycle", { t: value })
      /** @param {{t0: number, t1: number}} spell */
      const span = ({ t0, t1 }) => text("fabric_stage_cycles", { from: t0, to: t1 - 1 })
      /** @type {Inspection["rows"]} */
      const rows = [[text("fabric_stage_now"), state]]
      for (const spell of work) {
        const names = DOING.filter(([does]) => spell.does & does).map(([, id]) => ({ id }))
        const [one, other] = names
        rows.push([span(spell), other ? text("fabric_stage_and", { one, other }) : text(one.id)])
      }
      for (const spell of passes) rows.push([span(spell), text("fabric_stage_passing")])
      rows.push([text("fabric_stage_ends"), time(spells.done[cell])], ...(faults?.rows(cell) ?? []))
      const title = text("fabric_stage_pe", { at: `(${cell % width}, ${Math.floor(cell / width)})` })
      return { title, state, rows, lines: [] }
    },
    /** @param {number} cell */
    changes: (cell) =>
      Uint32Array.from(
        new Set([...spells.work(cell), ...spells.passes(cell)].flatMap(({ t0, t1 }) => [t0, t1])),
      ).sort(),
    /** @param {Pen} ctx @param {number} t @param {View} view @param {Layout} layout */
    draw(ctx, t, view, layout) {
      const { x, y, px, py } = layout
      chip?.drawBelow(ctx, layout, view)
      ctx.imageSmoothingEnabled = px * view.dpr < 2
      paint(ctx, t, view, layout, Math.max(1, Math.floor(1 / (px * view.dpr) + 0.25)))
      if (px >= APART) drawApart(ctx, layout, view)
      if (die) drawDies(ctx, layout, die, view.theme)
      if (faults) drawFieldFaults(ctx, faults, layout, view.theme)
      ctx.strokeStyle = view.theme.peEdge
      ctx.lineWidth = 1
      ctx.strokeRect(x - 0.5, y - 0.5, width * px + 1, height * py + 1)
      chip?.drawAbove(ctx, layout, view)
    },
    /** @param {Pen} ctx @param {number} t @param {View} view @param {Spread} layout */
    drawSmall(ctx, t, view, layout) {
      ctx.imageSmoothingEnabled = true
      paint(ctx, t, view, layout, Math.ceil(Math.max(width, height) / SMALL))
    },
  }
}

// Of a magnified field the lines between the PEs in sight.
/** @param {Pen} ctx @param {Layout} layout @param {View} view */
function drawApart(ctx, { x, y, px, py, columns, rows }, { width, height, theme }) {
  /** @param {number} from @param {number} pitch @param {number} most @param {number} end */
  const seen = (from, pitch, most, end) => [
    Math.max(0, Math.floor(-from / pitch)),
    Math.min(most, Math.ceil((end - from) / pitch)),
  ]
  const [left, right] = seen(x, px, columns, width)
  const [top, bottom] = seen(y, py, rows, height)
  ctx.strokeStyle = theme.card
  ctx.lineWidth = 0.3 * px
  ctx.beginPath()
  for (let k = left; k <= right; k++) {
    ctx.moveTo(x + k * px, y + top * py)
    ctx.lineTo(x + k * px, y + bottom * py)
  }
  for (let k = top; k <= bottom; k++) {
    ctx.moveTo(x + left * px, y + k * py)
    ctx.lineTo(x + right * px, y + k * py)
  }
  ctx.stroke()
}

/**
 * The edges of dies, `die` PEs wide and high.
 * @param {Pen} ctx
 * @param {Spread} layout
 * @param {[number, number]} die
 * @param {Theme} theme
 */
export function drawDies(ctx, { x, y, px, py, columns, rows }, [across, down], theme) {
  ctx.strokeStyle = theme.ink3
  ctx.globalAlpha = 0.55
  ctx.lineWidth = theme.strokeScale
  ctx.beginPath()
  for (let k = across; k < columns; k += across) {
    ctx.moveTo(x + k * px, y)
    ctx.lineTo(x + k * px, y + rows * py)
  }
  for (let k = down; k < rows; k += down) {
    ctx.moveTo(x, y + k * py)
    ctx.lineTo(x + columns * px, y + k * py)
  }
  ctx.stroke()
  ctx.globalAlpha = 1
}
