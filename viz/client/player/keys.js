// What each key does in a player; the sheet of keys is made from the same table.

import { t } from "../kit/language.js"
import { SPEEDS } from "./timeline.js"

/** @import { KeyEntry, Overlay, Player } from "../kit/types" */

/**
 * The table of keys, at present.
 * @param {Player} api
 * @param {Player} clock the player whose time they change: itself, or the one that it follows
 * @param {KeyEntry[]} actions entries of the page
 * @param {{inspect: () => void, levelled: () => boolean, within: () => boolean, overlays: Overlay[]}} now inspect() what the
 *   keyboard has chosen; whether the picture has levels; whether there is anything to leave; what can be laid over it
 * @returns {KeyEntry[]}
 */
export const keyTable = (api, clock, actions, { inspect, levelled, within, overlays }) => [
  { on: [" ", "k"], shown: [t("key_space"), "k"], label: t("keys_toggle"), run: clock.toggle },
  { on: ["ArrowLeft"], shown: ["←"], label: t("player_back"), run: () => clock.step(-1) },
  { on: ["ArrowRight"], shown: ["→"], label: t("player_forward"), run: () => clock.step(1) },
  { on: ["["], shown: ["["], label: t("keys_earlier"), run: () => clock.stepEvent(-1) },
  { on: ["]"], shown: ["]"], label: t("keys_later"), run: () => clock.stepEvent(1) },
  { on: ["Home"], shown: [t("key_home")], label: t("keys_start"), run: () => clock.seek(0) },
  { on: ["End"], shown: [t("key_end")], label: t("player_end"), run: () => clock.seek(Infinity) },
  { on: ["r"], shown: ["r"], label: t("keys_reset"), run: clock.reset },
  {
    on: ["<", ","],
    shown: ["<", ","],
    label: t("keys_slower"),
    run: () => clock.setSpeed(Math.max(SPEEDS[0][0], clock.state.speed / 2)),
  },
  {
    on: [">", "."],
    shown: [">", "."],
    label: t("keys_faster"),
    run: () => clock.setSpeed(Math.min(SPEEDS[SPEEDS.length - 1][0], clock.state.speed * 2)),
  },
  { on: ["Enter"], shown: [t("key_enter")], label: t("keys_inspect"), run: inspect },
  {
    on: ["Escape"],
    shown: [t("key_escape")],
    label: t("keys_out_or_leave"),
    run: () => api.leave() || api.select(null),
    when: within,
  },
  ...actions,
  {
    on: ["+", "="],
    shown: ["+", "=", t("key_enter"), t("key_wheel")],
    label: t("keys_into"),
    run: () => api.enter(),
    when: levelled,
  },
  { on: ["-"], shown: ["−"], label: t("keys_out"), run: () => api.leave(), when: levelled },
  ...overlays.map(({ name, key, title }) => ({
    on: [key],
    shown: [key],
    label: title,
    run: () => api.overlay(name),
  })),
  { on: ["?"], shown: ["?"], label: t("keys_sheet"), run: api.help },
]

/**
 * The entry of a key that does something now, or undefined.
 * @param {KeyEntry[]} table
 * @param {string} key
 */
export const entryOf = (table, key) => table.find(({ on, when }) => on.includes(key) && (when?.() ?? true))
