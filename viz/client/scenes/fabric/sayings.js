// What a fabric run says where one stands: a sentence on a cycle, a card, and when something changes.

import { t as text } from "../../kit/language.js"
import { nameOf } from "./captions.js"
import { pathSaid } from "./path.js"
import { INSIDE, WAFER, WORD } from "./places.js"
import { changesOf, describeWord, inspectWord } from "./word.js"
import { describe, inspect } from "./words.js"

/**
 * @import { Renderer, View } from "../../kit/types"
 * @import { Field } from "./field.js"
 * @import { Mesh } from "./mesh.js"
 * @import { createPictures } from "./pictures.js"
 * @import { Stand } from "./stand.js"
 */

/**
 * These parts of a renderer.
 * @param {Stand} stand
 * @param {ReturnType<typeof createPictures>} pictures
 * @param {Field|null} field
 * @param {Mesh|null} mesh
 * @param {() => View|null} seen the view of the last picture
 * @returns {Pick<Renderer, "describe" | "inspect" | "changes">}
 */
export function createSayings(stand, pictures, field, mesh, seen) {
  /** @param {number} t */
  const cycle = (t) => Math.floor(t + 0.5)
  const journey = () => (stand.level === WORD ? stand.journey : null)

  return {
    describe(t) {
      const way = journey()
      if (mesh && way) return describeWord(mesh.model, way, cycle(t))
      if (mesh && stand.level === INSIDE)
        return pictures.inside?.describe(pictures.local(stand.focus) ?? 0, cycle(t), stand.at(stand.focus)) ?? ""
      if (field && stand.level === WAFER) return field.describe(t)
      if (mesh && !field) {
        const view = seen()
        const laid = mesh.path && !view?.concealed && view?.overlays?.has("path")
        return `${describe(mesh.model, cycle(t))}${mesh.path && laid ? ` ${pathSaid(mesh.path, t, stand.at)}` : ""}`
      }
      if (!mesh || !stand.isCovered) return stand.missing
      return `${text("fabric_stage_looking", { region: nameOf(stand.region) })} ${describe(mesh.model, cycle(t))}`
    },
    inspect(cell, t) {
      const [way, known] = [journey(), pictures.local(cell)]
      if (mesh && way) return inspectWord(mesh.model, way, cycle(t))
      if (mesh && known !== null) return inspect(mesh.model, known, cycle(t))
      return /** @type {Field} */ (field).inspect(cell, t)
    },
    changes(cell) {
      const [way, known] = [journey(), pictures.local(cell)]
      if (way) return changesOf(way)
      return mesh && known !== null ? mesh.model.changes(known) : (field?.changes(cell) ?? [])
    },
  }
}
