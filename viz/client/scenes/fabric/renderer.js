// @ts-nocheck
// Renderer of the scene "fabric": a mesh with every wavelet, or a whole wafer that one can look into.

import { createField } from "./field.js"
import { createMesh } from "./mesh.js"
import { recordedPart } from "./model.js"
import { createZoom } from "./zoom.js"

/** @see renderers.js */
export function create(run, options) {
  const { utilisation, cells } = run.tables
  const part = recordedPart(run)
  const zoom = createZoom(run, cells ? createField(run) : null, part && createMesh(run), part, options)
  zoom.curve = utilisation && { label: "links in use", t: utilisation.t, v: utilisation.links }
  return zoom
}
