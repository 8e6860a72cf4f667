// @ts-nocheck
// Draws viz/components/form.py: native controls for a scenario, and the address that spells it.

const IN_BROWSER = ["theme", "beside", "clock"] // what the page spells in the address, without this form
const STEPS = 100 // positions of a slider
const SILENT_MS = 300 // an answer that takes longer is shown to be on its way
const WIDE = 50 // from this ratio of its bounds on, a slider is logarithmic

/** Position of a value on a slider of STEPS steps. */
export function position({ low, high }, value) {
  if (low > 0 && high / low > WIDE) return (STEPS * Math.log(value / low)) / Math.log(high / low)
  return (STEPS * (value - low)) / (high - low)
}

/** Value at a position: whole for integers, else three significant digits. */
export function valueAt({ low, high, kind }, at) {
  const value = low > 0 && high / low > WIDE ? low * (high / low) ** (at / STEPS) : low + ((high - low) * at) / STEPS
  return kind === "integer" ? Math.round(value) : Number(value.toPrecision(3))
}

/** A number as it stands in its field: long ones with an exponent, so that none is cut off. */
export const entered = (value) =>
  value == null ? "" : Math.abs(value) >= 1e7 ? value.toExponential().replace("+", "") : String(value)

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, "")
    else if (value !== false && value != null) element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

const range = (field, send) => {
  const { low, high, unit, label, name } = field
  const id = `field-${name}`
  const number = make("input", {
    type: "number",
    id,
    min: field.least,
    max: field.most,
    step: field.kind === "integer" ? 1 : "any",
    "aria-describedby": `${id}-doc`,
    placeholder: field.optional ? `auto ${entered(field.automatic)}`.trim() : null,
    title: field.doc,
  })
  const slider = make("input", {
    type: "range",
    min: 0,
    max: STEPS,
    step: (low > 0 && high / low > WIDE) || field.kind === "number" ? "any" : STEPS / (high - low),
    "aria-label": `${label}, slider`,
  })
  const show = (value) => {
    if (document.activeElement !== number || number.matches(":not(:focus)")) number.value = entered(value)
    slider.value = position(field, value ?? field.automatic ?? low)
    slider.setAttribute("aria-valuetext", value == null ? "auto" : `${entered(value)} ${unit}`)
    slider.classList.toggle("auto", value == null)
  }
  number.addEventListener("input", () => {
    if (number.value === "" ? field.optional : number.checkValidity())
      send(number.value === "" ? null : Number(number.value))
  })
  number.addEventListener("change", () =>
    send(number.value === "" ? (field.optional ? null : "") : Number(number.value)),
  )
  slider.addEventListener("input", () => {
    const value = valueAt(field, Number(slider.value))
    number.value = entered(value)
    slider.setAttribute("aria-valuetext", `${entered(value)} ${unit}`)
    slider.classList.remove("auto")
    send(value)
  })
  const row = make(
    "div",
    { class: "field" },
    make(
      "div",
      { class: "field-head" },
      make("label", { for: id }, label),
      make("span", { class: "entry" }, number, make("span", { class: "unit" }, unit)),
    ),
    slider,
  )
  return { row, show, owns: (element) => element === number || element === slider }
}

const choice = (field, send) => {
  const id = `field-${field.name}`
  const select = make(
    "select",
    { id, title: field.doc, onchange: () => send(select.value === "auto" ? null : JSON.parse(select.value)) },
    ...(field.optional ? [make("option", { value: "auto" }, automatic(field))] : []),
    ...field.options.map(([value, words]) => make("option", { value: JSON.stringify(value) }, words)),
  )
  const show = (value) => {
    select.value = value == null ? "auto" : JSON.stringify(value)
  }
  return {
    row: make("div", { class: "field" }, make("label", { for: id }, field.label), select),
    show,
    owns: (element) => element === select,
  }
}

const automatic = ({ automatic: taken, options }) => {
  const words = options.find(([value]) => value === taken)?.[1]
  return words ? `${words} (auto)` : "Auto"
}

const choices = (field, send) => {
  const boxes = field.options.map(([value, words]) => {
    const box = make("input", {
      type: "checkbox",
      value,
      onchange: () => send(boxes.filter((b) => b.box.checked).map((b) => b.value)),
    })
    return { box, value, label: make("label", { class: "chip" }, box, words) }
  })
  const show = (value) =>
    boxes.forEach(({ box, value: own }) => {
      box.checked = value.includes(own)
    })
  const row = make(
    "fieldset",
    { class: "field", title: field.doc },
    make("legend", {}, field.label),
    make("div", { class: "chips" }, ...boxes.map((b) => b.label)),
  )
  return { row, show, owns: (element) => boxes.some((b) => b.box === element) }
}

const toggle = (field, send) => {
  const box = make("input", { type: "checkbox", onchange: () => send(box.checked) })
  const show = (value) => {
    box.checked = value
  }
  return {
    row: make("label", { class: "field switch", title: field.doc }, box, field.label),
    show,
    owns: (element) => element === box,
  }
}

const KINDS = { integer: range, number: range, choice, choices, switch: toggle }

export function render({ model }) {
  const presets = make("select", {
    class: "presets",
    "aria-label": "Example",
    onchange: () => {
      waiting = {}
      send({ preset: presets.value })
    },
  })
  const essential = make("div", { class: "fields" })
  const folded = new Map() // by name of a group: what opens, and where its controls are
  const fold = (group) => {
    if (!folded.has(group)) {
      const more = make("div", { class: "fields" })
      folded.set(group, {
        more,
        details: make("details", {}, make("summary", { class: "button" }, group || "More"), more),
      })
    }
    return folded.get(group)
  }
  const folds = make("div", { class: "folds" })
  const root = make(
    "form",
    { class: "scenario", "aria-label": "Scenario", novalidate: true, onsubmit: (event) => event.preventDefault() },
    presets,
    essential,
    folds,
  )

  // One edit is in flight at a time; what is done meanwhile goes with the next, the latest value of each field. One that
  // takes long is overtaken by the next.
  let waiting = {},
    flying = {},
    sent = 0,
    answered = 0,
    late = false,
    clock = 0
  const send = (message) => {
    model.send_msg({ ...message, serial: ++sent })
    late = false
    clearTimeout(clock)
    clock = setTimeout(() => {
      late = true
      tellProgress()
      flush()
    }, SILENT_MS)
  }
  const flush = () => {
    if ((sent > answered && !late) || !Object.keys(waiting).length) return
    send({ edit: waiting })
    flying = { ...flying, ...waiting }
    waiting = {}
  }
  const settle = (serial) => {
    sent = Math.max(sent, serial) // the server counts on where a chart or the stage has asked
    answered = serial
    if (sent > answered) return
    clearTimeout(clock)
    late = false
    flying = {}
    tellProgress()
    if (!model.error) draw()
    flush()
  }
  const edit = (name, value) => {
    if (building) return // a field with the focus that is taken away tells a change that nobody has made
    waiting[name] = value
    flush()
  }

  let shape = "",
    controls = {},
    building = false
  const draw = () => {
    const now = JSON.stringify(model.fields)
    if (now !== shape) {
      const focused = root.getRootNode().activeElement?.id
      shape = now
      controls = {}
      building = true
      for (const field of model.fields)
        controls[field.name] = KINDS[field.kind](field, (value) => edit(field.name, value))
      essential.replaceChildren(...model.fields.filter((f) => f.essential).map((f) => controls[f.name].row))
      const groups = Map.groupBy(
        model.fields.filter((f) => !f.essential),
        (f) => f.group,
      )
      for (const [group, fields] of groups) fold(group).more.replaceChildren(...fields.map((f) => controls[f.name].row))
      const shown = [...groups.keys()].map((group) => fold(group).details)
      if (shown.some((details, k) => folds.children[k] !== details) || folds.children.length > shown.length)
        folds.replaceChildren(...shown)
      building = false
      if (focused) root.querySelector(`#${CSS.escape(focused)}`)?.focus()
    }
    for (const field of model.fields) {
      if (
        !(field.name in model.values) ||
        field.name in waiting ||
        field.name in flying ||
        (controls[field.name].owns(root.getRootNode().activeElement) && model.error)
      )
        continue
      controls[field.name].show(model.values[field.name])
    }
  }
  const showPreset = () => {
    presets.value = model.presets.find(([, query]) => query === model.query)?.[0] ?? ""
  }
  presets.append(
    make("option", { value: "", hidden: true }, "Try an example…"),
    ...model.presets.map(([label]) => make("option", {}, label)),
  )

  // The address: each answer to an edit is a step that Back undoes; another look at the same run is none. What Back has
  // asked for is spelled already, and what answers an older question is not spelled any more: it would undo the Back.
  let asked = 0,
    changed = false
  const spell = (keep, query = model.query) => {
    const here = new URL(location.href)
    const own = new URLSearchParams([...here.searchParams].filter(([key]) => IN_BROWSER.includes(key))).toString()
    const search = [query, model.view, own].filter(Boolean).join("&")
    if (here.search.replace(/^\?/, "") === search) return
    history[keep](null, "", `${here.pathname}${search && "?"}${search}${here.hash}`)
  }
  const back = () => {
    send({ address: location.search })
    asked = sent
  }
  const answer = () => {
    if (changed && model.serial >= asked) spell(model.serial > asked ? "pushState" : "replaceState")
    changed = false
    settle(model.serial)
  }
  addEventListener("popstate", back)
  // A link on the page to a scenario leads there as an edit does: language, theme and the rest of the look stay.
  const follow = (event) => {
    const link = event.composedPath().find((part) => part.matches?.("a[data-scenario]"))
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    spell("pushState", link.getAttribute("href").slice(1))
    back()
  }
  addEventListener("click", follow)

  // The page around the form shows progress and errors, where they are seen.
  const tell = (name, detail) => dispatchEvent(new CustomEvent(`waferscope:${name}`, { detail }))
  const tellProgress = () => tell("progress", model.progress ?? (late ? 0 : null))
  const tellError = () => tell("error", model.error)
  const cancel = () => {
    model.send_msg({ cancel: true })
    waiting = {}
    settle(sent) // back to what the last finished run was asked for
    showPreset()
  }
  addEventListener("waferscope:cancel", cancel)
  const theme = () => model.send_msg({ theme: document.documentElement.dataset.theme })
  addEventListener("waferscope:theme", theme)

  model.on("fields", draw)
  model.on("values", draw)
  model.on("query", () => {
    changed = true
    showPreset()
  })
  model.on("view", () => asked > answered || spell("replaceState"))
  model.on("progress", tellProgress)
  model.on("error", tellError)
  model.on("error", () => model.error || draw())
  model.on("serial", answer)
  model.on("remove", () => {
    clearTimeout(clock)
    removeEventListener("popstate", back)
    removeEventListener("click", follow)
    removeEventListener("waferscope:cancel", cancel)
    removeEventListener("waferscope:theme", theme)
  })
  draw()
  showPreset()
  tellError()
  theme()
  return root
}
