// Where one stands in a fabric run: the level, the region, the PE, and the window of which a recording is wanted. No canvas.

import { t } from "../../kit/language.js"
import { nameOf } from "./captions.js"
import { reach } from "./journey.js"
import { holds, windowAround } from "./layout.js"
import { INSIDE, REGION, WAFER, WORD, covers } from "./places.js"
import { wordOf } from "./word.js"

/**
 * @import { WantedWindow } from "../../kit/types"
 * @import { Journey } from "./journey.js"
 * @import { Meta, Part, Rectangle } from "./types"
 * @typedef {ReturnType<typeof createStand>} Stand
 */

/**
 * Where one stands at first: at the recorded part.
 * @param {Meta} meta
 * @param {Part|null} part
 * @param {boolean} hasField whether there is a wafer around the part
 * @param {boolean} looks whether other windows can be had
 */
export function createStand({ width, height, mesh: logical = width }, part, hasField, looks) {
  const outermost = hasField ? WAFER : REGION
  const whole = { x: 0, y: 0, columns: width, rows: height }
  /** @param {Rectangle} window */
  const middleOf = ({ x, y, columns, rows }) => (y + (rows >> 1)) * width + x + (columns >> 1)

  return {
    level: part ? REGION : outermost,
    /** What is looked at. @type {Rectangle} */
    region: part?.window ?? whole,
    /** The PE that is looked into. */
    focus: 0,
    /** The way of the word of the last level. @type {Journey|null} */
    journey: null,
    /** @type {WantedWindow|null} */
    wanted: null,

    get isOutermost() {
      return this.level === outermost
    },
    /** Whether the wavelets of the region are recorded. */
    get isCovered() {
      return covers(part, this.region)
    },
    /** Whether what is seen are PEs with their wavelets. */
    get hasWavelets() {
      return this.level === REGION && (!hasField || this.isCovered)
    },
    /** The PEs that the way of the word touches. */
    get way() {
      if (!this.journey || !part) return null
      const { x, y, ...size } = reach(this.journey, part.columns)
      return { x: x + part.west, y: y + part.north, ...size }
    },
    /** Names of the levels so far, from the outermost to the present one; none where a mesh is all there is. */
    get levels() {
      if (!hasField && this.isOutermost) return []
      const names = [t(hasField ? "fabric_stage_wafer" : "fabric_stage_mesh")]
      if (hasField && this.level >= REGION) names.push(nameOf(this.region))
      if (this.level >= INSIDE) names.push(t("fabric_stage_pe", { at: this.at(this.focus) }))
      if (this.level === WORD && this.journey) names.push(wordOf(this.journey))
      return names
    },
    /** The PE in the middle of what is seen. */
    get middle() {
      return middleOf(this.level === WAFER || !hasField ? whole : this.region)
    },
    /** The coordinates of a PE. @param {number} cell */
    at: (cell) => `(${cell % width}, ${Math.floor(cell / width)})`,
    /** @param {number} cell */
    isRecorded: (cell) => part !== null && holds(part.window, cell, width),
    /** Look at a region, and want its wavelets where they can be had. @param {Rectangle} window */
    lookAt(window) {
      this.level = REGION
      this.region = window
      // What is asked for is a square of the mesh that the program sees, to which spare columns of the wafer do not belong.
      const square = {
        window: Math.max(window.columns, window.rows),
        window_x: Math.min(window.x, logical - 1),
        window_y: window.y,
      }
      this.wanted = looks && !this.isCovered ? square : null
    },
    /** The region around a PE. @param {number} cell @param {number} size @returns {Rectangle} */
    around(cell, size) {
      return part && !looks && this.isRecorded(cell) ? part.window : windowAround(cell, size, width, height)
    },
    /** Go to the inside of a PE, or of the one in the middle where that is not recorded. @param {number|null} cell */
    lookInside(cell) {
      this.level = INSIDE
      this.focus = cell !== null && this.isRecorded(cell) ? cell : middleOf(this.region)
    },
    /** Go to a word of the PE. @param {Journey} journey */
    lookAtWord(journey) {
      this.level = WORD
      this.journey = journey
    },
    /** One level out. */
    leave() {
      this.level--
      this.wanted = null
    },
    /** Go where one stood in another recording of the same run. @param {number|undefined} level @param {number|null|undefined} focus */
    resume(level, focus) {
      if (!part) this.level = outermost
      else if ((level ?? 0) >= INSIDE && typeof focus === "number" && this.isRecorded(focus)) this.lookInside(focus)
      else if (!hasField) this.level = REGION
    },
    /** One sentence on why the region has no wavelets. */
    get missing() {
      const region = nameOf(this.region)
      if (looks) return t(this.wanted ? "fabric_stage_recording" : "fabric_stage_not_recorded", { region })
      const { x, y, columns } = this.region
      const address = `window=${columns}&window_x=${x}&window_y=${y}`
      return part
        ? t("fabric_stage_held_elsewhere", { region, held: nameOf(part.window), address })
        : t("fabric_stage_held_nowhere", { region, address })
    },
  }
}
