// What a host may say to an embedded page. An answer {data} or {error} goes back to it. embed.schema.json types every message.

import { translated } from "../kit/language.js"
import { still, stillSvg } from "../player/still.js"
import { figuresCsv } from "./copy.js"

/**
 * @import { Command } from "../kit/channel.js"
 * @import { Figure, Mark, Player } from "../kit/types"
 * @import { Ready } from "../player/still.js"
 * @import { Settings } from "./settings.js"
 * @import { Embed } from "./types"
 */

/**
 * Commands by name. All but hello are heard only once there is a player with a run.
 * @param {Embed} embed
 * @param {Settings} settings
 * @param {{hello: () => void, state: () => object, marks: Mark[]}} says
 */
export function createCommands(embed, { timeOf, fits }, { hello, state, marks }) {
  const { config } = embed
  const player = () => /** @type {Player & Ready} */ (embed.player)
  /** @returns {Record<string, Figure>} */
  const figures = () =>
    Object.fromEntries(
      Object.entries(player().run.figures).map(([name, figure]) => [
        name,
        { ...figure, label: translated(figure.label) },
      ]),
    )
  /** @type {Record<string, () => unknown>} */
  const questions = {
    state,
    figures,
    scenario: () => player().run.scenario,
    marks: () => marks,
    view: () => ({ ...embed.view }),
    link: () => config.link,
  }
  /** @type {Record<string, (scale: number) => unknown>} */
  const captures = {
    png: async (scale) => (await still(player(), player().state.t, scale)).toDataURL("image/png"),
    svg: () => stillSvg(player(), player().state.t),
    csv: () => figuresCsv(figures()),
    json: () => JSON.stringify({ scene: config.scene, scenario: player().run.scenario, figures: figures() }, null, 2),
  }
  const isView = (/** @type {string} */ name) => Object.hasOwn(config.rules, name)
  const short = (/** @type {unknown} */ value) => String(value).slice(0, 60)

  /** @type {Record<string, Command>} */
  const commands = {
    hello,
    play({ speed, until }) {
      const end = timeOf(until)
      if (until !== undefined && end === null) return { error: "until must be a tick or m: and the name of a mark" }
      if (speed !== undefined && !fits("speed", String(speed)))
        return { error: "speed must be one of 0.25, 0.5, 1, 2, 4" }
      if (speed !== undefined) player().setSpeed(Number(speed))
      embed.start(end)
    },
    pause: () => player().pause(),
    step({ n = 1, unit = "tick" }) {
      if (![1, -1].includes(n)) return { error: "n must be 1 or -1" }
      if (unit === "event") player().stepEvent(n)
      else player().step(n)
    },
    seek({ t, frac, marker }) {
      const share = frac === undefined ? t : Number(frac) * config.duration
      const to = timeOf(marker === undefined ? share : `m:${marker}`)
      if (to === null) return { error: "seek needs a tick t, a share frac or the name of a mark" }
      embed.until = null
      player().pause()
      player().seek(to)
    },
    reset: () => player().reset(),
    set({ params }) {
      if (Object(params) !== params) return { error: "set needs params, an object" }
      const pairs = Object.entries(/** @type {Record<string, string>} */ (params))
      const wrong = pairs.find(([name, value]) => isView(name) && !fits(name, value))
      if (wrong) return { error: `${wrong[0]} does not accept ${short(wrong[1])}` }
      const scenario = pairs.filter(([name]) => !isView(name))
      if (scenario.length && !config.address) return { error: "this file holds one run: its scenario cannot change" }
      embed.setView(Object.fromEntries(pairs.filter(([name]) => isView(name))))
      if (!scenario.length) return
      const before = Object.fromEntries(new URLSearchParams(config.query))
      const all = new URLSearchParams({ ...before, ...embed.view, ...Object.fromEntries(scenario) })
      location.assign(`${config.address}?${all}`)
    },
    get: ({ what }) =>
      Object.hasOwn(questions, what) ? { data: questions[what]() } : { error: `there is no ${short(what)} to get` },
    async capture({ format = "png", scale = 1 }) {
      if (!Object.hasOwn(captures, format)) return { error: "format must be png, svg, csv or json" }
      return { data: await captures[format](Math.min(4, Math.max(0.25, Number(scale) || 1))) }
    },
  }
  return commands
}
