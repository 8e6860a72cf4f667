// What a player shows: a run is fetched, unpacked and given to the renderer of its scene. The old one stays until then.

import { h } from "../kit/dom.js"
import { fetched } from "../kit/theme.js"
import { unpack } from "../kit/trace.js"
import { rendererOf } from "./renderers.js"

/**
 * @import { Renderer, RendererOptions, Run, Source } from "../kit/types"
 * @typedef {{run: Run, renderer: Renderer, src: string | null}} Shown
 * @typedef {{t?: number, selected?: number | null}} Place where a run begins to be shown
 */

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

  /**
   * Swap the run; false where it cannot be shown, or another is wanted by then.
   * @param {Source} source
   * @param {Place} [place]
   * @returns {Promise<boolean>}
   */
  async function load(source, place = {}) {
    const mine = ++turn
    busy(true)
    try {
      const run = await unpack(typeof source === "string" ? await fetched(source) : source)
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
      const text = `The run cannot be shown: ${error instanceof Error ? error.message : error}`
      const again = () => load(source, place)
      message.replaceChildren(
        h("p", { role: "alert" }, text),
        h("button", { type: "button", class: "ws-button", onclick: again }, "Retry"),
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
      turn++
      shown = null
    },
  }
}

/** @typedef {ReturnType<typeof createLoader>} Loader */
