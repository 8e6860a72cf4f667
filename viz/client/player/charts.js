// Charts beside a player. Modules draw theirs from its run, on the page of a scene and in a page without a session. The latter holds
// those of Bokeh, with BokehJS, as viz/documents/embed_charts.py wrote them.
//
// BokehJS measures itself on the screen, and is wrong where a slide is scaled. So its figures live unscaled off the stage, and
// their picture is copied onto it.

import { contextOf } from "../kit/canvas.js"
import { h } from "../kit/dom.js"
import { t } from "../kit/language.js"

/**
 * @import { CreateChart, Player } from "../kit/types"
 * @typedef {{root?: string | null, module?: string | null, caption: string}} HeldFigure a chart; `root` is its model, where Bokeh draws it
 * @typedef {object} Held charts and, where Bokeh draws some, what it needs
 * @property {HeldFigure[]} figures
 * @property {object} doc
 * @property {Record<string, object>} themes
 * @property {string} script BokehJS, gzip'ed and in base64
 */

/**
 * Let modules draw charts from the run of a player, and keep them up to date with it.
 * @param {Player} player
 * @param {Iterable<HTMLElement>} places each names in `data-module` the module that fills it
 * @returns what lets them rest
 */
export async function mountCharts(player, places) {
  const charts = await Promise.all(
    Array.from(places, async (place) => {
      /** @type {{create: CreateChart}} */
      const { create } = await import(place.dataset.module ?? "")
      return create(place, player)
    }),
  )
  const show = () => {
    if (!player.run) return
    for (const chart of charts) {
      chart.show(player.run)
      chart.clock?.(player.state.t)
    }
  }
  const gone = new AbortController()
  const { signal } = gone
  // The picture comes first: charts follow once it has been drawn.
  player.root.addEventListener("ready", () => requestAnimationFrame(() => setTimeout(show)), { signal })
  player.root.addEventListener("time", ({ detail }) => charts.forEach((chart) => chart.clock?.(detail.t)), { signal })
  player.root.addEventListener("select", ({ detail }) => charts.forEach((chart) => chart.follow?.(detail.id)), {
    signal,
  })
  show()
  return () => gone.abort()
}

/** The places of charts beside the stage, empty at first. @param {HeldFigure[]} figures */
export const chartPlaces = (figures) =>
  h(
    "aside",
    { class: "we-charts", "aria-label": t("player_charts") },
    ...figures.map(({ root, module, caption }) =>
      h(
        "figure",
        {},
        root
          ? h("canvas", { role: "img", "aria-label": caption })
          : h("div", { class: "we-drawn", "data-module": module }),
        h("figcaption", {}, caption),
      ),
    ),
  )

/**
 * Draw charts into their places; they follow the player's time and the page's theme.
 * @param {HTMLElement} places of `chartPlaces`
 * @param {Held} held
 * @param {Player} player tells the time
 */
export async function showCharts(places, held, player) {
  const bokeh = held.figures.filter(({ root }) => root)
  await mountCharts(player, places.querySelectorAll("[data-module]"))
  if (bokeh.length) await showBokeh(places, { ...held, figures: bokeh })
}

/** @param {HTMLElement} places @param {Held} held */
async function showBokeh(places, { doc, figures, themes, script }) {
  const canvases = /** @type {HTMLCanvasElement[]} */ ([...places.querySelectorAll("figure > canvas")])
  const hidden = h(
    "div",
    { class: "we-hidden", inert: true, "aria-hidden": "true" },
    ...canvases.map(({ clientWidth: width, clientHeight: height }, k) =>
      h("div", { id: `chart-${k}`, style: { width: `${width}px`, height: `${height}px` } }),
    ),
  )
  document.body.append(hidden, h("script", {}, await inflated(script)))
  const { Bokeh } = /** @type {any} */ (globalThis)
  Bokeh.set_log_level("error")
  const roots = Object.fromEntries(figures.map(({ root: id }, k) => [id, `chart-${k}`]))
  await Bokeh.embed.embed_items({ charts: doc }, [{ docid: "charts", roots, root_ids: Object.keys(roots) }])

  const copy = () =>
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        figures.forEach(({ root: id }, k) => {
          // Bokeh paints in the next frame
          const { canvas } = Bokeh.index.get_by_id(id).export("png")
          const box = canvases[k].getBoundingClientRect()
          const [width, height] = [box.width, box.height].map((size) => Math.round(size * devicePixelRatio))
          const ctx = contextOf(Object.assign(canvases[k], { width, height }))
          ctx.imageSmoothingQuality = "high"
          ctx.drawImage(canvas, 0, 0, width, height)
        }),
      ),
    )
  const paint = () => {
    Bokeh.documents[0].apply_json_patch(themes[document.documentElement.dataset.theme ?? "light"])
    copy()
  }
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] })
  addEventListener("resize", copy)
  paint()
}

/** @param {string} base64 */
async function inflated(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text()
}
