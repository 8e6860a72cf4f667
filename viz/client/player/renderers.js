// @ts-nocheck
// Renderers: what draws the picture of a scene.
//
// A module per scene exports create(run, {looks, still}), where still() says that nothing shall glide, and returns
//   draw(ctx, t, view)   paint the picture of time t (any real in [0, duration]) in CSS pixels. `view` is {width, height,
//                        dpr, theme, card, overlays, concealed, selected, hover}; a new object means that more than the
//                        last two changed. card: whether the inspector's card lies over the picture;
//                        theme: the tokens of theme.css in camelCase (computeSoft), font, textScale, strokeScale
//   describe(t)          one sentence on what happens at t
//   legend               [{label, paint: "--css-variable", shape}], shapes as in player.css (.ws-key)
//   overlays             optional [{name, label, key, title, legend}]: what can be laid over the picture; view.overlays
//                        is the set of names that are on
//   curve                optional {label, t, v}: activity behind the time bar
//   hit(x, y)            id at a point, or null; ids are non-negative integers
//   place(id)            {x, y, width, height} where it is drawn
//   middle()             id to start from when the keyboard selects
//   move(id, key)        id reached by "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"
//   inspect(id, t)       {title, state, rows: [[label, text], …], lines: [{key, label, unit, t, v, now, max}, …]}
//   changes(id)          sorted ticks at which something changes for id; `[` and `]` stop there too
// and, where a picture has levels (each function says whether it did something)
//   enter(id) leave()    one level in, at an id or null, and one out
//   span(a, b, done)     a rectangle is drawn from a to b, points of the stage; done: look into it
//   tap(x, y)            a point that stands for more than an id
//   follow(renderer)     go on where another renderer of the same run stands, so that time stays too
//   levels, deeper       names from the outermost level to the present one; whether enter leads on
//   gliding, wanted      whether the picture moves by itself; what `look` shall ask for
// A run whose ticks are too fine to step by hand says in meta.step how many make one step; else see stride in timeline.js.
// Pictures depend on (run, t, view) alone: seeking twice gives equal pixels.

const RENDERERS = {
  fabric: () => import("../scenes/fabric/renderer.js"),
  memory: () => import("../scenes/memory/renderer.js"),
  scaling: () => import("../scenes/scaling/renderer.js"),
  planner: () => import("../scenes/planner/renderer.js"),
}

/** The function `create` of a scene's module. */
export async function rendererOf(scene) {
  if (!Object.hasOwn(RENDERERS, scene)) throw new Error(`This player has no picture for the scene “${scene}”.`)
  return (await RENDERERS[scene]()).create
}
