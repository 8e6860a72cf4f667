// @ts-nocheck
// Draws viz/components/chart_tools.py: one button for each chart, the headline of the one that is seen, and its points.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/** Build the buttons and the headline; the charts themselves are figures of the page. */
export function render({ model }) {
  const layers = new Map()
  const group = make("div", { class: "choice", role: "group", "aria-label": "Chart" })
  let buttons = []
  const offer = () => {
    buttons = model.charts.map(([name, label]) => ({
      name,
      button: make(
        "button",
        {
          type: "button",
          onclick: () => {
            model.chosen = name
          },
        },
        label,
      ),
    }))
    group.replaceChildren(...buttons.map(({ button }) => button))
    choose()
  }
  const said = make("p", { role: "status" })

  const choose = () => {
    for (const { name, button } of buttons) {
      const seen = name === model.chosen
      button.setAttribute("aria-pressed", seen)
      document.getElementById(`chart-${name}`)?.classList.toggle("seen", seen)
    }
    dispatchEvent(new Event("waferscope:chart")) // the page sets its clock
    tell()
  }
  const tell = () => {
    const text = model.said[model.chosen] ?? ""
    if (said.textContent !== text) said.textContent = text
  }
  // A layer lies over the figure of its chart, which fills its element up to the room of its axes.
  const place = () => {
    const { left, right, top, bottom } = model.frame
    for (const [name, points] of Object.entries(model.points)) {
      const figure = document.getElementById(`chart-${name}`)
      if (!layers.has(name)) {
        layers.set(name, make("div", { class: "chart-points", role: "group", "aria-label": model.group }))
        figure?.append(layers.get(name))
      }
      const layer = layers.get(name)
      const focused = [...layer.children].indexOf(document.activeElement)
      layer.replaceChildren(
        ...points.map(({ x, y, text }, i) => {
          const button = make("button", {
            type: "button",
            "aria-label": `${text}. ${model.action}`,
            onclick: () => model.send_msg({ open: [name, i] }),
          })
          button.style.left = `calc(${left}px + (100% - ${left + right}px) * ${x})`
          button.style.top = `calc(${top}px + (100% - ${top + bottom}px) * ${1 - y})`
          return button
        }),
      )
      if (focused >= 0) layer.children[Math.min(focused, points.length - 1)]?.focus()
    }
  }
  model.on("charts", offer)
  model.on("chosen", choose)
  model.on("said", tell)
  model.on("points", place)
  model.on("remove", () => layers.forEach((layer) => layer.remove()))
  offer()
  place()
  return make("section", { "aria-label": "Charts" }, group, said)
}
