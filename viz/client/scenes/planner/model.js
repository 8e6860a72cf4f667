// What a planned training says at a time: how much is done, what it is doing, what it has lost. No words, no canvas, no DOM.

import { familyOf } from "../../kit/identity.js"

/**
 * @import { Table } from "../../kit/types"
 * @import { LaneInfo, Phase, PlannerRun } from "./types"
 * @typedef {ReturnType<typeof createModel>} Model
 * @typedef {ReturnType<typeof createLane>} Lane
 */

/** @type {[number, string, number[], number][]} */
const UNITS = [
  // cells of a calendar: minutes, name, cells to a row, and how much of the room they may take
  [10, "ten_minutes", [6, 12, 18, 24], 1],
  [60, "hour", [6, 12, 24], 1],
  [360, "quarter_day", [4, 8, 12, 28], 0.4], // days are what people count in
  [1440, "day", [7, 14, 21, 28, 35], 1],
  [10080, "week", [4, 8, 13, 26], 1],
  [43200, "thirty_days", [4, 6, 12], 1],
]
const DAY = 1440 // ticks
const KEPT = "training"
const STANDING = ["unnoticed", "restart"]

/**
 * The cells of a calendar for so many ticks (minutes): at most `most`, as fine as that allows.
 * @param {number} duration
 * @param {number} most
 */
export function unitFor(duration, most) {
  const [length, name, rows] =
    UNITS.find(([size, , , room]) => duration / size <= most * room) ?? UNITS[UNITS.length - 1]
  return { length, name, rows }
}

/**
 * Index of the last of the sorted `values` that is at most t, -1 before the first.
 * @param {ArrayLike<number>} values
 * @param {number} t
 */
export function lastAt(values, t) {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] <= t) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * Index the tables of a run of the scene "planner".
 * @param {PlannerRun} run
 */
export function createModel(run) {
  const { meta, duration } = run
  const lanes = meta.lanes.map((info, lane) => createLane(run, info, lane))

  return {
    lanes,
    duration,
    no_other: meta.no_other,
    /**
     * What happened in [from, to) on a lane, up to t.
     * @param {Pick<Lane, "rows" | "checkpoints" | "failures">} lane
     * @param {number} from
     * @param {number} to
     * @param {number} t
     */
    account({ rows, checkpoints, failures }, from, to, t) {
      /** @type {Record<string, number>} ticks by kind */
      const sums = {}
      for (const { kind, t0, t1 } of rows) {
        const part = Math.min(t1, to, t) - Math.max(t0, from)
        if (part > 0) sums[kind] = (sums[kind] ?? 0) + part
      }
      /** @param {number[]} times */
      const inside = (times) => times.filter((time) => time >= from && time < to && time <= t).length
      return { sums, written: inside(checkpoints), failed: inside(failures.map(({ t0 }) => t0)) }
    },
  }
}

/** @param {PlannerRun} run @param {LaneInfo} info @param {number} lane */
function createLane(run, info, lane) {
  const { phases, checkpoints, failures, futures } = run.tables
  const kinds = run.meta.kinds
  /**
   * @template T
   * @param {Table<"lane">} table
   * @param {(row: number) => T} make
   */
  const of = (table, make) =>
    Array.from({ length: table.rows }, (_, i) => i)
      .filter((i) => table.lane[i] === lane)
      .map(make)
  /** @type {Phase[]} */
  const rows = of(phases, (i) => ({ kind: kinds[phases.kind[i]], t0: phases.t0[i], t1: phases.t1[i], from: 0, to: 0 }))
  const total = rows.reduce((sum, { kind, t0, t1 }) => sum + (kind === KEPT ? t1 - t0 : 0), 0)
  let kept = 0
  for (const row of rows) {
    row.from = kept / total // share of the work done when the phase begins
    if (row.kind === KEPT) kept += row.t1 - row.t0
    row.to = row.kind === "lost_work" ? (kept + row.t1 - row.t0) / total : kept / total
  }
  const starts = rows.map(({ t0 }) => t0)
  /** @param {number} t */
  const at = (t) => rows[Math.max(0, lastAt(starts, t))]
  const failed = of(failures, (i) => ({ t0: failures.t0[i], t1: failures.t1[i], lost: failures.lost[i] }))
  const failedAt = failed.map(({ t0 }) => t0)
  return {
    ...info,
    family: familyOf(info.family),
    rows,
    failures: failed,
    checkpoints: of(checkpoints, (i) => checkpoints.t1[i]),
    end: rows[rows.length - 1].t1,
    futures: of(futures, (i) => futures.days[i] * DAY),
    interval: [info.days_low * DAY, info.days_high * DAY],
    /** @param {number} t */
    done(t) {
      const row = at(t)
      if (STANDING.includes(row.kind) || t >= row.t1) return t >= row.t1 && row === rows.at(-1) ? 1 : row.from
      return row.from + ((row.to - row.from) * (t - row.t0)) / Math.max(1, row.t1 - row.t0)
    },
    /** @param {number} t */
    kind: (t) => at(t).kind,
    /** @param {number} t */
    interruptions: (t) => lastAt(failedAt, t) + 1,
  }
}
