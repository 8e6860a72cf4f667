// What each key does in a player; the sheet of keys is made from the same table.

import { SPEEDS } from "./timeline.js"

/** @import { KeyEntry, Player } from "../kit/types" */

/**
 * The table of keys.
 * @param {Player} api
 * @param {Player} clock the player whose time they change: itself, or the one that it follows
 * @param {KeyEntry[]} actions entries of the page
 * @param {{inspect: () => void, levelled: () => boolean, within: () => boolean}} now inspect() what the keyboard has chosen;
 *   whether the picture has levels; whether there is anything to leave
 * @returns {KeyEntry[]}
 */
export const keyTable = (api, clock, actions, { inspect, levelled, within }) => [
  { on: [" ", "k"], shown: ["Space"], label: "Play or pause", run: clock.toggle },
  { on: ["ArrowLeft"], shown: ["←"], label: "One step back", run: () => clock.step(-1) },
  { on: ["ArrowRight"], shown: ["→"], label: "One step forward", run: () => clock.step(1) },
  { on: ["["], shown: ["["], label: "Back to the previous event", run: () => clock.stepEvent(-1) },
  { on: ["]"], shown: ["]"], label: "On to the next event", run: () => clock.stepEvent(1) },
  { on: ["Home"], shown: ["Home"], label: "To the start", run: () => clock.seek(0) },
  { on: ["End"], shown: ["End"], label: "To the end", run: () => clock.seek(Infinity) },
  { on: ["r"], shown: ["r"], label: "Reset: the same run from its start", run: clock.reset },
  {
    on: ["<", ","],
    shown: ["<"],
    label: "Slower",
    run: () => clock.setSpeed(Math.max(SPEEDS[0][0], clock.state.speed / 2)),
  },
  {
    on: [">", "."],
    shown: [">"],
    label: "Faster",
    run: () => clock.setSpeed(Math.min(SPEEDS[SPEEDS.length - 1][0], clock.state.speed * 2)),
  },
  { on: ["Enter"], shown: ["Enter"], label: "On the stage: inspect; arrows then move", run: inspect },
  {
    on: ["Escape"],
    shown: ["Esc"],
    label: "One level out, or leave the inspector",
    run: () => api.leave() || api.select(null),
    when: within,
  },
  ...actions,
  {
    on: ["+", "="],
    shown: ["+", "Enter", "wheel"],
    label: "Look into what is inspected",
    run: () => api.enter(),
    when: levelled,
  },
  { on: ["-"], shown: ["−"], label: "One level out", run: () => api.leave(), when: levelled },
  { on: ["?"], shown: ["?"], label: "This sheet", run: api.help },
]

/**
 * The entry of a key that does something now, or undefined.
 * @param {KeyEntry[]} table
 * @param {string} key
 */
export const entryOf = (table, key) => table.find(({ on, when }) => on.includes(key) && (when?.() ?? true))
