// What may stand around the run of an answer as its evidence: a second run on the same clock, charts of the run.

import { createBeside } from "../player/beside.js"
import { inWords } from "./beside.js"

export { mountCharts } from "../player/charts.js"

/**
 * @import { Player, Source } from "../kit/types"
 * @import { Evidence } from "./types"
 */

/**
 * Show a run beside that of a player, both named by what they differ in.
 * @param {Player} player
 * @param {Source} src
 * @param {NonNullable<Evidence["fields"]>} fields
 */
export const showBeside = (player, src, fields) =>
  createBeside(player, src, {
    stretched: false,
    words(name, value) {
      const field = fields.find((each) => each.name === name)
      return field ? inWords(field, value) : ""
    },
  })
