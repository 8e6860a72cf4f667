// Draws the pictures of a handout: a run at the instant that tells, by the player's own renderer.

import { h } from "../kit/dom.js"
import { createPlayer } from "../player/player.js"
import { still } from "../player/still.js"

for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".frame"))) {
  const { src = "", until } = figure.dataset
  const box = h("div", { hidden: true })
  figure.append(box)
  const player = await createPlayer(box, { controls: "none", theme: "light", motion: "reduced", keys: "off" })
  const loaded = await player.load(src)
  const { run, renderer, root, state } = player
  if (loaded && run && renderer) {
    const mark = run.marks.find(({ name }) => name === until)
    const t = mark ? mark.t : Number(until) || run.duration
    const picture = await still({ run, renderer, root, state }, t)
    picture.setAttribute("role", "img")
    picture.setAttribute("aria-label", run.title)
    figure.append(picture)
  }
  box.remove()
}
document.body.dataset.drawn = "true"
