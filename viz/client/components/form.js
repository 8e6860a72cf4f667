// Draws viz/components/form.py: native controls for a scenario, and the address that spells it.

import { IN_BROWSER, parted } from "../kit/address.js"
import { h } from "../kit/dom.js"
import { quantity, t } from "../kit/language.js"
import { controlOf, EXACT } from "./controls.js"

const SILENT_MS = 300 // an answer that takes longer is shown to be on its way

/**
 * @import { Control, Field } from "./controls.js"
 * @typedef {object} Parameters
 * @property {Field[]} fields
 * @property {Record<string, any>} values by name, perhaps more than there are fields
 * @property {Record<string, any>} taken what the engine took for what was left to it, by name
 * @property {[name: string, label: string, query: string][]} presets
 * @property {string} query
 * @property {string} view
 * @property {string} error
 * @property {number | null} progress
 * @property {number} serial of the edit that the values answer
 * @typedef {import("./types").Model<Parameters>} Model
 */

/** @param {import("./types").Rendered<Parameters>} component */
export function render({ model }) {
  /** @type {HTMLSelectElement} */
  const presets = h(
    "select",
    { class: "presets", "aria-label": t("form_example"), onchange: () => edits.replace({ preset: presets.value }) },
    h("option", { value: "", hidden: true }, t("form_try")),
    ...model.presets.map(([value, label]) => h("option", { value }, label)),
  )
  let edited = "" // the field that was changed last
  const fields = createFields(model, (name, value) => {
    edited = name
    edits.edit(name, value)
  })
  const edits = createEdits(model, {
    settled: () => model.error || fields.draw(edits.pending),
    late: () => tellProgress(),
  })
  const address = createAddress(model, edits)
  const place = document.getElementById("examples") // where a page shows them before anything else
  place?.replaceChildren(presets)
  const root = h(
    "form",
    { class: "scenario", "aria-label": t("scene_form"), novalidate: true, onsubmit: (event) => event.preventDefault() },
    ...(place ? [] : [presets]),
    ...fields.parts,
  )

  // The page around the form shows progress and errors, where they are seen.
  const tell = (/** @type {string} */ name, /** @type {unknown} */ detail) =>
    dispatchEvent(new CustomEvent(`waferscope:${name}`, { detail }))
  const tellProgress = () => tell("progress", model.progress ?? (edits.late ? 0 : null))
  const tellError = () => tell("error", model.error)
  const draw = () => {
    fields.draw(edits.pending)
    tell("choice", inWords(model))
  }
  const showPreset = () => {
    presets.value = model.presets.find(([, , query]) => query === model.query)?.[0] ?? ""
  }
  const cancel = () => {
    edits.cancel()
    showPreset()
  }
  const theme = () => model.send_msg({ theme: document.documentElement.dataset.theme })
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    popstate: address.back,
    click: address.follow,
    "waferscope:cancel": cancel,
    "waferscope:theme": theme,
  }
  for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener)

  const tellFields = () => tell("fields", model.fields)
  model.on("fields", () => {
    draw()
    tellFields()
  })
  model.on("taken", fields.take)
  model.on("values", draw)
  model.on("query", () => {
    address.changed()
    showPreset()
  })
  model.on("view", address.looked)
  model.on("progress", tellProgress)
  model.on("error", () => {
    tellError()
    fields.refuse(model.error ? edited : "")
    if (!model.error) draw()
  })
  model.on("serial", () => {
    address.answered()
    edits.settle(model.serial)
  })
  model.on("remove", () => {
    edits.stop()
    for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener)
  })
  draw()
  showPreset()
  tellFields()
  tellError()
  theme()
  return root
}

/**
 * What is chosen, in words: the essential controls, those of one unit as a size, as in "Reduce, Star, 24 × 14 PEs".
 * @param {Model} model
 */
function inWords({ fields, values }) {
  /** @type {{words: string, unit: string, value: any}[]} */
  const said = []
  for (const field of fields.filter(({ essential }) => essential)) {
    const value = values[field.name] ?? field.automatic
    if (value == null || Array.isArray(value)) continue
    const option = field.options?.find(([one]) => one === value)
    if (option) said.push({ words: option[1], unit: "", value })
    else if (typeof value === "number") {
      const before = said.at(-1)
      const size = before?.unit === field.unit && field.unit ? `${quantity(before.value, "", EXACT)} × ` : ""
      if (size) said.pop()
      said.push({ words: size + quantity(value, field.unit), unit: field.unit, value })
    }
  }
  return said.map(({ words }) => words).join(", ")
}

/**
 * The controls, the essential ones in sight and the others folded by group.
 * @param {Model} model
 * @param {(name: string, value: any) => void} edit
 */
function createFields(model, edit) {
  const essential = h("div", { class: "fields" })
  const folds = h("div", { class: "folds" })
  /** @type {Map<string, {more: HTMLElement, details: HTMLElement}>} by name of a group: where its controls are, and what opens */
  const folded = new Map()
  let shape = ""
  let building = false
  /** @type {Record<string, Control>} */
  let controls = {}

  const fold = (/** @type {string} */ group) => {
    const more = h("div", { class: "fields" })
    const made = folded.get(group) ?? {
      more,
      details: h("details", {}, h("summary", { class: "button" }, group || t("form_more")), more),
    }
    folded.set(group, made)
    return made
  }
  const focused = () => /** @type {Document | ShadowRoot} */ (essential.getRootNode()).activeElement

  function build() {
    const id = focused()?.id
    building = true // a field with the focus that is taken away tells a change that nobody has made
    const send = (/** @type {string} */ name) => (/** @type {any} */ value) => building || edit(name, value)
    controls = Object.fromEntries(model.fields.map((field) => [field.name, controlOf(field, send(field.name))]))
    for (const { name, doc } of model.fields) controls[name].row.setAttribute("data-hint", doc)
    const rows = (/** @type {Field[]} */ some) => some.map(({ name }) => controls[name].row)
    const seen = model.fields.filter((field) => !field.elsewhere)
    essential.replaceChildren(...rows(seen.filter((field) => field.essential)))
    const groups = Map.groupBy(
      seen.filter((field) => !field.essential),
      ({ group }) => group,
    )
    for (const [group, some] of groups) fold(group).more.replaceChildren(...rows(some))
    const shown = [...groups.keys()].map((group) => fold(group).details)
    if (shown.some((details, k) => folds.children[k] !== details) || folds.children.length > shown.length)
      folds.replaceChildren(...shown)
    building = false
    if (id) essential.parentElement?.querySelector(/** @type {"input"} */ (`#${CSS.escape(id)}`))?.focus()
  }

  /** Say what the engine took. */
  const take = () => {
    for (const { name } of model.fields) controls[name].take?.(model.taken[name])
  }
  return {
    parts: [essential, folds],
    take,
    /** Tell which field has a value that is refused. @param {string} name "" for none */
    refuse(name) {
      for (const [own, { row }] of Object.entries(controls))
        row.querySelector("input, select")?.setAttribute("aria-invalid", String(own === name))
    },
    /**
     * Show the values, but for those that somebody has changed since, and of a field that is refused while it is entered.
     * @param {(name: string) => boolean} pending
     */
    draw(pending) {
      const now = JSON.stringify(model.fields)
      if (now !== shape) {
        shape = now
        build()
        take()
      }
      for (const { name } of model.fields) {
        const refused = model.error && controls[name].owns(focused())
        if (name in model.values && !pending(name) && !refused) controls[name].show(model.values[name])
      }
    },
  }
}

/**
 * The edits on their way. One is in flight at a time; what is done meanwhile goes with the next, the latest value of each
 * field. One that takes long is overtaken by the next.
 * @param {Model} model
 * @param {{settled: () => void, late: () => void}} hear `settled`: all is answered; `late`: whether an answer is late has changed
 */
function createEdits(model, hear) {
  /** @type {Record<string, any>} */
  let waiting = {}
  /** @type {Record<string, any>} */
  let flying = {}
  let sent = 0
  let answered = 0
  let late = false
  let clock = 0

  const send = (/** @type {object} */ message) => {
    model.send_msg({ ...message, serial: ++sent })
    late = false
    clearTimeout(clock)
    clock = window.setTimeout(() => {
      late = true
      hear.late()
      flush()
    }, SILENT_MS)
  }
  const flush = () => {
    if ((sent > answered && !late) || !Object.keys(waiting).length) return
    send({ edit: waiting })
    flying = { ...flying, ...waiting }
    waiting = {}
  }
  const settle = (/** @type {number} */ serial) => {
    sent = Math.max(sent, serial) // the server counts on where a chart or the stage has asked
    answered = serial
    if (sent > answered) return
    clearTimeout(clock)
    late = false
    flying = {}
    hear.late()
    hear.settled()
    flush()
  }
  return {
    send,
    settle,
    edit(/** @type {string} */ name, /** @type {any} */ value) {
      waiting[name] = value
      flush()
    },
    /** Ask for something else than what has been entered. */
    replace(/** @type {object} */ message) {
      waiting = {}
      send(message)
    },
    /** Go back to what the last finished run was asked for. */
    cancel() {
      model.send_msg({ cancel: true })
      waiting = {}
      settle(sent)
    },
    pending: (/** @type {string} */ name) => name in waiting || name in flying,
    stop: () => clearTimeout(clock),
    get late() {
      return late
    },
    get sent() {
      return sent
    },
    get answered() {
      return answered
    },
  }
}

/**
 * The address: each answer to an edit is a step that Back undoes; another look at the same run is none. What Back has asked
 * for is spelled already, and what answers an older question is not spelled any more: it would undo the Back.
 * @param {Model} model
 * @param {ReturnType<typeof createEdits>} edits
 */
function createAddress(model, edits) {
  let asked = 0
  let askedAt = ""
  let changed = false

  /** @type {(keep: "pushState" | "replaceState", query?: string) => void} */
  const spell = (keep, query = model.query) => {
    const here = new URL(location.href)
    const own = new URLSearchParams([...here.searchParams].filter(([key]) => IN_BROWSER.includes(key))).toString()
    const search = [query, model.view, own].filter(Boolean).join("&")
    if (here.search.replace(/^\?/, "") === search) return
    history[keep](null, "", `${here.pathname}${search && "?"}${search}${here.hash}`)
  }
  const back = () => {
    askedAt = location.search
    edits.send({ address: askedAt })
    asked = edits.sent
  }
  if (!parted(new URLSearchParams(location.search)).scenario.length) spell("replaceState") // what a bare address opens on
  return {
    back,
    /** A link on the page to a scenario leads there as an edit does: language, theme and the rest of the look stay. */
    follow(/** @type {MouseEvent} */ event) {
      const link = event.composedPath().find((part) => part instanceof Element && part.matches("a[data-scenario]"))
      if (!(link instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      spell("pushState", link.getAttribute("href")?.slice(1))
      back()
    },
    changed() {
      changed = true
    },
    looked() {
      if (asked <= edits.answered) spell("replaceState")
    },
    answered() {
      if (changed && model.serial > asked) spell("pushState")
      else if (changed && model.serial === asked && location.search === askedAt) spell("replaceState")
      changed = false
    },
  }
}
