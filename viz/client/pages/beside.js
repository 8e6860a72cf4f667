// Pinning: the run that was pinned, A, beside the one that the form changes, B. What is pinned stands in the address.

import { spelled, parted as split } from "../kit/address.js"
import { byId, find } from "../kit/dom.js"
import { quantity, t } from "../kit/language.js"
import { createBeside } from "../player/beside.js"

const EXACT = 12 // digits of a number that somebody has entered

/**
 * @import { Field } from "../components/controls.js"
 * @import { Pair } from "../kit/address.js"
 * @import { Player, Run } from "../kit/types"
 * @typedef {{query: string, look: Pair[], beside: string | null, stretched: boolean}} Pinned what an address says
 */

/**
 * The scenario, the pinned one (null for none), the clock, and the rest of the look that an address gives.
 * @param {string} search
 * @returns {Pinned}
 */
export function parted(search) {
  const all = new URLSearchParams(search)
  const { scenario, view } = split(all)
  const look = view.filter(([name]) => !["beside", "clock"].includes(name))
  return { query: spelled(scenario), look, beside: all.get("beside"), stretched: all.get("clock") === "ends" }
}

/**
 * The address that gives the same.
 * @param {Pinned} pinned
 */
export function joined({ query, look, beside, stretched }) {
  /** @type {Pair[]} */
  const pinned = []
  if (beside !== null) pinned.push(["beside", beside])
  if (beside !== null && stretched) pinned.push(["clock", "ends"])
  const search = [query, spelled([...look, ...pinned])].filter(Boolean).join("&")
  return search && `?${search}`
}

/**
 * A value of a parameter as its field says it.
 * @param {Pick<Field, "label" | "unit"> & Partial<Pick<Field, "options" | "others">>} field
 * @param {any} value
 */
export function inWords({ label, unit, options, others }, value) {
  const known = [...(options ?? []), ...(others ?? [])]
  const named = (/** @type {any} */ one) => known.find(([each]) => each === one)?.[1] ?? quantity(one, unit, EXACT)
  const words = value == null ? t("form_auto") : [value].flat().map(named).join(", ")
  return t("pin_value", { label, value: words })
}

/**
 * The buttons that pin, and the player beside that of the page.
 * @param {{scene: string, version: string, onChange: () => void}} options `onChange` is told of each new run, A or B
 */
export function createPins({ scene, version, onChange }) {
  const [pin, swap, unpin] = ["pin", "swap", "unpin"].map(byId)
  const clocks = find(byId("pinned-tools"), ".clocks")
  /** @type {Player | null} */
  let player = null
  /** @type {ReturnType<typeof createBeside> | null} */
  let beside = null
  /** @type {string | null} */
  let shown = null
  /** @type {Field[]} of the form, once it is there */
  let fields = []
  addEventListener("waferscope:fields", (event) => {
    fields = /** @type {CustomEvent} */ (event).detail
    beside?.stretch(parted(location.search).stretched)
  })
  const said = (/** @type {string} */ name, /** @type {any} */ value) => {
    const field = fields.find((each) => each.name === name)
    return field ? inWords(field, value) : ""
  }

  const api = {
    /** B. @type {Run | null} */
    run: null,
    /** A. @type {Run | null} */
    pinned: null,
    /** @param {Run} run */
    show(run) {
      api.run = run
      onChange()
    },
    toggle: () => (shown === null ? pin : unpin).click(),
    /** @param {Promise<Player>} made @param {string | null} src address of A */
    async start(made, src) {
      player = await made
      if (src) open(src)
      else if (parted(location.search).beside !== null) go({ beside: null }, "replaceState") // the server has said why
    },
  }

  const address = (/** @type {string} */ query) => `/run/${scene}?${[query, `v=${version}`].filter(Boolean).join("&")}`

  // The address says what is pinned; everything else follows it.
  /** @type {(changes: Partial<Pinned>, how?: "pushState" | "replaceState") => void} */
  const go = (changes, how = "pushState") => {
    history[how](null, "", `${location.pathname}${joined({ ...parted(location.search), ...changes })}${location.hash}`)
    follow()
  }
  const follow = () => {
    const now = parted(location.search)
    if (now.beside === null) close()
    else if (now.beside !== shown) open(address(now.beside))
    else beside?.stretch(now.stretched)
    write()
  }
  const open = (/** @type {string} */ src) => {
    const { beside: query, stretched } = parted(location.search)
    shown = query
    if (beside) beside.load(src)
    else if (player)
      beside = createBeside(player, src, {
        stretched,
        words: said,
        onReady: (run) => {
          api.pinned = run
          onChange()
        },
      })
    beside?.stretch(stretched)
    write()
  }
  const close = () => {
    beside?.destroy()
    beside = shown = api.pinned = null
    onChange()
  }
  const write = () => {
    const on = shown !== null
    byId("main").classList.toggle("pinned", on)
    pin.hidden = on
    for (const part of [clocks, swap, unpin]) part.hidden = !on
    for (const input of clocks.querySelectorAll("input"))
      input.checked = (input.value === "ends") === parted(location.search).stretched
  }

  pin.addEventListener("click", () => {
    go({ beside: parted(location.search).query })
    unpin.focus()
  })
  unpin.addEventListener("click", () => {
    go({ beside: null })
    pin.focus()
  })
  swap.addEventListener("click", () => {
    const { query } = parted(location.search)
    go({ query: shown ?? "", beside: query })
    dispatchEvent(new PopStateEvent("popstate")) // the form reads the address
  })
  clocks.addEventListener("change", ({ target }) =>
    go({ stretched: /** @type {HTMLInputElement} */ (target).value === "ends" }),
  )
  addEventListener("popstate", () => player && follow())
  return api
}
