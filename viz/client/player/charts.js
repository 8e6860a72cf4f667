// @ts-nocheck
// Charts beside a player, without a server: what viz/documents/embed_charts.py wrote. Those of Bokeh are drawn by the BokehJS that the
// page holds, others by a module of their scene from the run of the player.
//
// BokehJS measures itself on the screen, and is wrong where a slide is scaled. So its figures live unscaled off the stage, and
// their picture is copied onto it.

import { h } from "../kit/dom.js"

const CLOCK_MS = 100 // a chart is repainted for its time line at most this often while playing

/** Modules of charts that are drawn from the run of a player, by scene: mount(player, place) of each. */
export const DRAWN = { fabric: () => import("../scenes/fabric/charts.js") }

/** Move the time lines of the charts of Bokeh that can be seen: each is painted anew. */
export function moveClocks(t) {
  const { Bokeh } = globalThis
  for (const document_ of Bokeh?.documents ?? []) {
    for (const model of document_.all_models ?? document_._all_models.values()) {
      if (model.name !== "clock") continue
      const chart = Bokeh.index.find_one(model)?.parent
      if (!chart || chart.el.checkVisibility()) model.setv({ location: t }, { sync: false })
    }
  }
}

/** The places of charts beside the stage, empty at first. */
export const chartPlaces = (figures) =>
  h(
    "aside",
    { class: "we-charts", "aria-label": "Charts" },
    ...figures.map(({ name, root, caption }) =>
      h(
        "figure",
        {},
        root
          ? h("canvas", { role: "img", "aria-label": caption })
          : h("div", { class: "we-drawn", "data-chart": name }),
        h("figcaption", {}, caption),
      ),
    ),
  )

/**
 * Draw charts into their places; they follow the player's time and the page's theme.
 * @param {HTMLElement} places of `chartPlaces`
 * @param {object} held figures and, where Bokeh draws some, doc, themes, and script: BokehJS, gzip'ed and in base64
 * @param {object} player tells the time
 */
export async function showCharts(places, held, player) {
  const bokeh = held.figures.filter(({ root }) => root)
  if (bokeh.length < held.figures.length) {
    const { mount } = await DRAWN[player.run.scene]()
    mount(player, (name) => places.querySelector(`[data-chart="${name}"]`))
  }
  if (bokeh.length) await showBokeh(places, { ...held, figures: bokeh }, player.root)
}

async function showBokeh(places, { doc, figures, themes, script }, root) {
  const canvases = [...places.querySelectorAll("figure > canvas")]
  const hidden = h(
    "div",
    { class: "we-hidden", inert: true, "aria-hidden": "true" },
    ...canvases.map(({ clientWidth: width, clientHeight: height }, k) =>
      h("div", { id: `chart-${k}`, style: { width: `${width}px`, height: `${height}px` } }),
    ),
  )
  document.body.append(hidden, h("script", {}, await inflated(script)))
  const { Bokeh } = globalThis
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
          const ctx = Object.assign(canvases[k], { width, height }).getContext("2d")
          ctx.imageSmoothingQuality = "high"
          ctx.drawImage(canvas, 0, 0, width, height)
        }),
      ),
    )
  const paint = () => {
    Bokeh.documents[0].apply_json_patch(themes[document.documentElement.dataset.theme])
    copy()
  }
  let moved = 0
  const move = () => {
    const { t, playing } = root.player.state
    if (playing && performance.now() - moved < CLOCK_MS) return
    moved = performance.now()
    moveClocks(t)
    copy()
  }
  for (const name of ["time", "pause", "end"]) root.addEventListener(name, move)
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] })
  addEventListener("resize", copy)
  paint()
  move()
}

async function inflated(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text()
}
