// @ts-nocheck
// Draws viz/components/configurations.py: program texts with marked lines, each with a button that copies it.

const SAID_MS = 2000

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

// Where the page is not served securely, there is no clipboard but that of the selection.
async function copy(text, pre) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  getSelection().selectAllChildren(pre)
  document.execCommand("copy")
}

/** Build a figure for each text; text from a run is never markup. */
export function render({ model }) {
  const root = make("div", { class: "texts" })
  const one = ({ label, code, marked }) => {
    const lines = code
      .trimEnd()
      .split("\n")
      .map((line, i) => (marked.includes(i) ? make("mark", {}, line) : line))
    const pre = make(
      "pre",
      { tabindex: 0, role: "region", "aria-label": label },
      ...lines.flatMap((line) => [line, "\n"]),
    )
    const button = make("button", { type: "button", "aria-label": `Copy the configuration, ${label}` }, "Copy")
    button.addEventListener("click", async () => {
      await copy(code, pre)
      button.textContent = "Copied"
      setTimeout(() => {
        button.textContent = "Copy"
      }, SAID_MS)
    })
    return make("section", {}, make("header", {}, make("h2", {}, label), button), pre)
  }
  // Each text is scrolled so that what is marked lies in its middle.
  const aim = () =>
    root.querySelectorAll("pre").forEach((pre) => {
      const marks = pre.querySelectorAll("mark"),
        mark = marks[marks.length >> 1]
      if (mark) pre.scrollTop = mark.offsetTop - (pre.clientHeight - mark.offsetHeight) / 2
    })
  const show = () => {
    root.replaceChildren(...model.texts.map(one))
    aim()
  }
  const seen = new ResizeObserver(aim)
  seen.observe(root)
  model.on("texts", show)
  model.on("remove", () => seen.disconnect())
  show()
  return root
}
