// When the PEs of a large run were at work, as it was recorded: spells of the CEs, and wavelets that passed routers. No canvas, no DOM.

import { NONE } from "./ports.js"

/**
 * @import { Column } from "../../kit/types"
 * @import { FabricRun } from "./types"
 * @typedef {ReturnType<typeof createSpells>} Spells
 * @typedef {{t0: number, t1: number, does: number}} Spell of one PE
 */

/** What is done in a spell, as bits; wavelets that pass a router are moved, too. */
export const [MOVES, COMPUTES] = [1, 2]
const PASSES = 0 // a spell of the router alone

/** @type {WeakMap<object, Spells>} */
const known = new WeakMap()

/** The spells of a run, which are put into order once. @param {Pick<FabricRun, "tables" | "duration">} run */
export function spellsOf(run) {
  const found = known.get(run.tables) ?? createSpells(run)
  known.set(run.tables, found)
  return found
}

/**
 * Which PE each row of a table belongs to, where the first spells of all PEs that have one come first, then the second ones.
 * @param {Column} counts spells of each PE
 * @param {number} rows
 */
function planesOf(counts, rows) {
  const cell = new Uint32Array(rows)
  const starts = [0]
  for (let k = 0, i = 0; i < rows; k++) {
    for (let at = 0; at < counts.length; at++) if (counts[at] > k) cell[i++] = at
    starts.push(i)
  }
  return { cell, starts }
}

/** @param {Pick<FabricRun, "tables" | "duration">} run */
function createSpells({ tables, duration }) {
  const { cells, spells, passes } = tables
  if (!cells || !spells || !passes) throw new Error("This run holds no spells.")
  const n = cells.done.length
  const work = planesOf(cells.spells, spells.rows)
  const routed = planesOf(cells.passes, passes.rows)
  const shares = sharesOf(duration, tables, work.cell)

  // All of them in the order in which they begin.
  const at = new Uint32Array(duration + 2)
  for (const { t0, rows } of [spells, passes]) for (let i = 0; i < rows; i++) at[t0[i] + 1]++
  for (let t = 1; t < at.length; t++) at[t] += at[t - 1]
  const next = at.slice()
  const [cell, end] = [new Uint32Array(at[duration + 1]), new Int32Array(at[duration + 1])]
  const computes = new Uint8Array(cell.length)
  for (let i = 0; i < spells.rows; i++) {
    const place = next[spells.t0[i]]++
    cell[place] = work.cell[i]
    end[place] = spells.t0[i] + spells.length[i]
    computes[place] = spells.does[i] >> 1
  }
  for (let i = 0; i < passes.rows; i++) {
    const place = next[passes.t0[i]]++
    cell[place] = routed.cell[i]
    end[place] = passes.t0[i] + passes.length[i]
  }

  /** @param {number} of @param {typeof work} planes @param {{t0: Column, length: Column, does?: Column}} table */
  function* each(of, planes, { t0, length, does }) {
    for (let k = 1; k < planes.starts.length; k++) {
      let [low, high] = [planes.starts[k - 1], planes.starts[k]]
      while (low < high) {
        const middle = (low + high) >> 1
        if (planes.cell[middle] < of) low = middle + 1
        else high = middle
      }
      if (low < planes.starts[k] && planes.cell[low] === of)
        yield { t0: t0[low], t1: t0[low] + length[low], does: does ? does[low] : PASSES }
    }
  }

  return {
    n,
    shares,
    /** When each PE is done. */
    done: cells.done,
    /** Spells by the cycle in which they begin: those of cycle t are from at[t] to before at[t + 1]. */
    at,
    cell,
    end,
    computes,
    /** What the CE of a PE did, in order. @param {number} of @returns {Spell[]} */
    work: (of) => [...each(of, work, spells)],
    /** When wavelets passed the router of a PE. @param {number} of @returns {Spell[]} */
    passes: (of) => [...each(of, routed, passes)],
    /** The cycle of the first spell of every PE, or one after every run. */
    get begins() {
      const found = new Int32Array(n).fill(duration + 1)
      for (let i = 0; i < (work.starts[1] ?? 0); i++) found[work.cell[i]] = spells.t0[i]
      return found
    },
  }
}

/**
 * How many PEs compute, move wavelets, have begun, are done, and have wavelets pass their router, in every cycle; both: of those
 * that compute, the ones in whose spell wavelets are moved, too.
 * @param {number} duration
 * @param {FabricRun["tables"]} tables
 * @param {Uint32Array} cell of each spell
 */
function sharesOf(duration, { cells, spells, passes }, cell) {
  const change = () => new Int32Array(duration + 2)
  const [computing, moving, passing, begun, done, both] = Array.from({ length: 6 }, change)
  if (!cells || !spells || !passes) return { computing, moving, passing, begun, done, both }
  const seen = new Uint8Array(cells.done.length)
  for (let i = 0; i < spells.rows; i++) {
    const [t0, count] = [spells.t0[i], spells.does[i] & COMPUTES ? computing : moving]
    count[t0]++
    count[t0 + spells.length[i]]--
    if (spells.does[i] === (MOVES | COMPUTES)) {
      both[t0]++
      both[t0 + spells.length[i]]--
    }
    if (!seen[cell[i]]) begun[t0]++
    seen[cell[i]] = 1
  }
  for (let i = 0; i < passes.rows; i++) {
    passing[passes.t0[i]]++
    passing[passes.t0[i] + passes.length[i]]--
  }
  for (const t of cells.done) if (t !== NONE) done[t]++
  for (const count of [computing, moving, passing, begun, done, both])
    for (let t = 1; t < count.length; t++) count[t] += count[t - 1]
  return { computing, moving, passing, begun, done, both }
}
