// Which module draws the pictures of a scene: it exports `create`, which makes a Renderer (kit/types.d.ts) of a run.
// A run whose ticks are too fine to step by hand says in meta.step how many make one step; else see stride in timeline.js.

/**
 * @import { CreateRenderer } from "../kit/types"
 * @type {Record<string, () => Promise<{create: CreateRenderer}>>}
 */
const RENDERERS = {
  fabric: () => import("../scenes/fabric/renderer.js"),
  memory: () => import("../scenes/memory/renderer.js"),
  scaling: () => import("../scenes/scaling/renderer.js"),
  planner: () => import("../scenes/planner/renderer.js"),
}

/** The function `create` of a scene's module. @param {string} scene */
export async function rendererOf(scene) {
  if (!Object.hasOwn(RENDERERS, scene)) throw new Error(`This player has no picture for the scene “${scene}”.`)
  return (await RENDERERS[scene]()).create
}
