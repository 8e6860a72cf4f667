// Renderer of the scene "fabric": a mesh with every wavelet, or a whole wafer that one can look into.

import { t } from "../../kit/language.js"
import { createField } from "./field.js"
import { createMesh } from "./mesh.js"
import { recordedPart } from "./model.js"
import { createZoom } from "./zoom.js"

/**
 * @import { RendererOptions } from "../../kit/types"
 * @import { FabricRun } from "./types"
 */

/**
 * @see Renderer
 * @param {FabricRun} run
 * @param {RendererOptions} [options]
 */
export function create(run, options) {
  const { utilisation, cells } = run.tables
  const part = recordedPart(run)
  const curve = utilisation && { label: t("fabric_stage_links_in_use"), t: utilisation.t, v: utilisation.links }
  return createZoom(run, cells ? createField(run) : null, part && createMesh(run), part, curve, options)
}
