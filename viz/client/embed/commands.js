// What a host may say to an embedded page. An answer {data} or {error} goes back to it. embed.schema.json types every message.

import { t as text } from "../kit/language.js"
import { still, stillSvg } from "../player/still.js"
import { figuresCsv } from "./copy.js"

/**
 * @import { Command } from "../kit/channel.js"
 * @import { Mark, Player } from "../kit/types"
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
  const figures = () => player().run.figures
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
      if (until !== undefined && end === null) return { error: text("embed_until") }
      if (speed !== undefined && !fits("speed", String(speed))) return { error: text("embed_speed") }
      if (speed !== undefined) player().setSpeed(Number(speed))
      embed.start(end)
    },
    pause: () => player().pause(),
    step({ n = 1, unit = "tick" }) {
      if (![1, -1].includes(n)) return { error: text("embed_step") }
      if (unit === "event") player().stepEvent(n)
      else player().step(n)
    },
    seek({ t, frac, marker }) {
      const share = frac === undefined ? t : Number(frac) * config.duration
      const to = timeOf(marker === undefined ? share : `m:${marker}`)
      if (to === null) return { error: text("embed_seek") }
      embed.until = null
      player().pause()
      player().seek(to)
    },
    reset: () => player().reset(),
    set({ params }) {
      if (Object(params) !== params) return { error: text("embed_set") }
      const pairs = Object.entries(/** @type {Record<string, string>} */ (params))
      const wrong = pairs.find(([name, value]) => isView(name) && !fits(name, value))
      if (wrong) return { error: text("embed_value", { name: wrong[0], value: short(wrong[1]) }) }
      const scenario = pairs.filter(([name]) => !isView(name))
      if (scenario.length && !config.address) return { error: text("embed_one_run") }
      embed.setView(Object.fromEntries(pairs.filter(([name]) => isView(name))))
      if (!scenario.length) return
      const before = Object.fromEntries(new URLSearchParams(config.query))
      const all = new URLSearchParams({ ...before, ...embed.view, ...Object.fromEntries(scenario) })
      location.assign(`${config.address}?${all}`)
    },
    get: ({ what }) =>
      Object.hasOwn(questions, what)
        ? { data: questions[what]() }
        : { error: text("embed_get", { what: short(what) }) },
    async capture({ format = "png", scale = 1 }) {
      if (!Object.hasOwn(captures, format)) return { error: text("embed_format") }
      return { data: await captures[format](Math.min(4, Math.max(0.25, Number(scale) || 1))) }
    },
  }
  return commands
}
