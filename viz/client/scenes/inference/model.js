// What a run of the scene "inference" says at a time: how much is written, and where a pass is. No words, no canvas, no DOM.

/**
 * @import { InferenceRun } from "./types"
 * @typedef {ReturnType<typeof createModel>} Model
 * @typedef {Model["systems"][number]} System
 * @typedef {{part: string, seconds: number, from: number, to: number, steps: [string, number][]}} Part
 */

const ROUNDED = 1e-9 // of a token, lost in seconds

/**
 * Index the tables of a run.
 * @param {InferenceRun} run
 */
export function createModel({ meta, tables, tick, duration }) {
  const { parts } = tables
  const systems = meta.systems.map((info, i) => {
    const [first, each] = [info.first_s / tick.seconds, info.token_s / tick.seconds]
    /** @type {Map<string, [string, number][]>} */
    const found = new Map()
    for (let row = 0; row < parts.rows; row++) {
      if (parts.system[row] !== i) continue
      const steps = found.get(parts.part[row]) ?? []
      steps.push([parts.step[row], parts.seconds[row]])
      found.set(parts.part[row], steps)
    }
    let from = 0
    /** @type {Part[]} from the longest to the shortest, as shares of a pass */
    const shown = [...found]
      .map(([part, steps]) => ({ part, steps, seconds: steps.reduce((sum, [, seconds]) => sum + seconds, 0) }))
      .sort((a, b) => b.seconds - a.seconds)
      .map((part) => ({ ...part, from, to: (from += part.seconds / info.pass_s) }))
    return {
      ...info,
      parts: shown,
      end: first + each * (info.output_tokens - 1),
      /** Tokens of the answer at t. @param {number} t */
      written: (t) => Math.max(0, Math.min(info.output_tokens, 1 + Math.floor((t - first) / each + ROUNDED))),
      /** How much of the present token is computed, null where none is. @param {number} t */
      share(t) {
        const done = (t - first) / each
        return done < 0 || done >= info.output_tokens - 1 ? null : done % 1
      },
    }
  })
  return { systems, duration, slow_down: meta.slow_down }
}
