// What lies over the picture of a scene stands in its address, as `over`.

import { spelled } from "../kit/address.js"

/** @import { Player } from "../kit/types" */

/**
 * Lay over the picture what the address says, now and after Back, and let the address say what is laid over it later.
 * @param {Player} player that shows a run, or will
 */
export function keepOverlays(player) {
  const lay = () => {
    const wanted = new URLSearchParams(location.search).get("over")?.split(",") ?? []
    for (const { name } of player.renderer?.overlays ?? [])
      if (wanted.includes(name) !== player.state.overlays.includes(name)) player.overlay(name)
  }
  lay()
  addEventListener("popstate", lay)
  player.root.addEventListener("overlay", () => {
    const pairs = [...new URLSearchParams(location.search)].filter(([name]) => name !== "over")
    const over = player.state.overlays.join(",")
    const search = spelled(over ? [...pairs, ["over", over]] : pairs)
    history.replaceState(null, "", `${location.pathname}${search && "?"}${search}${location.hash}`)
  })
}
