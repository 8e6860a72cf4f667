// What a player shows: a run is fetched, unpacked and given to the renderer of its scene. The old one stays until then.

import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { fetched } from "../kit/theme.js"
import { unpack } from "../kit/trace.js"

/**
 * @import { CreateRenderer, Renderer, RendererOptions, Run, Source } from "../kit/types"
 * @typedef {{run: Run, renderer: Renderer, src: string | null}} Shown
 * @typedef {{t?: number, selected?: number | null}} Place where a run begins to be shown
 */

/**
 * The function `create` of the module that draws a scene: it is found by the scene's name.
 * A run whose ticks are too fine to step by hand says in meta.step how many make one step; else see stride in timeline.js.
 * @param {string} scene
 * @returns {Promise<CreateRenderer>}
 */
async function rendererOf(scene) {
  if (!/^\w+$/.test(scene)) throw new Error(t("player_no_picture", { scene }))
  return (await import(`../scenes/${scene}/renderer.js`)).create
}

/**
 * A loader of nothing yet.
 * @param {object} options
 * @param {RendererOptions} options.renderers what each is made with
 * @param {(busy: boolean) => void} options.busy
 * @param {(shown: Shown, place: Place, same: boolean) => void} options.swapped another run is there; `same`: its renderer goes on where
 *   the one before stood
 * @param {(message: string) => void} options.failed
 */
export function createLoader({ renderers, busy, swapped, failed }) {
  const message = h("div", { class: "ws-message" })
  /** @type {Shown | null} */
  let shown = null
  let turn = 0
  let asking = new AbortController()

  /** What is on its way is not wanted any more. */
  const drop = () => {
    turn++
    asking.abort()
    asking = new AbortController()
  }

  /**
   * Swap the run; false where it cannot be shown, or another is wanted by then.
   * @param {Source} source
   * @param {Place} [place]
   * @returns {Promise<boolean>}
   */
  async function load(source, place = {}) {
    drop()
    const mine = turn
    busy(true)
    try {
      const run = await unpack(typeof source === "string" ? await fetched(source, asking.signal) : source)
      const create = await rendererOf(run.scene)
      if (mine !== turn) return false
      const renderer = create(run, renderers)
      const same = (shown && renderer.follow?.(shown.renderer)) ?? false
      shown = { run, renderer, src: typeof source === "string" ? source : null }
      message.replaceChildren()
      swapped(shown, place, same)
      return true
    } catch (error) {
      if (mine !== turn) return false
      const reason = error instanceof Error ? error.message : String(error)
      const text = t("player_failed", { reason })
      const again = () => load(source, place)
      message.replaceChildren(
        h("p", { role: "alert" }, text),
        h("button", { type: "button", class: "ws-button", onclick: again }, t("player_retry")),
      )
      failed(text)
      return false
    } finally {
      if (mine === turn) busy(false)
    }
  }

  return {
    /** Says why there is nothing to see. */
    message,
    load,
    /** Null before the first run, and after the last. */
    get shown() {
      return shown
    },
    drop() {
      drop()
      shown = null
    },
  }
}

/** @typedef {ReturnType<typeof createLoader>} Loader */
