// Renderer of the scene "fabric": a mesh with every wavelet, or the event times of a whole wafer.

import { createField } from "./fabric_field.js"
import { createMesh } from "./fabric_mesh.js"

/** @see player.js, "Renderers" */
export function create(run) {
  const { utilisation } = run.tables
  const curve = utilisation && { label: "links in use", t: utilisation.t, v: utilisation.links }
  return { ...(run.meta.recorded === "field" ? createField(run) : createMesh(run)), curve }
}
