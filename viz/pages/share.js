// The dialog "Share & embed": a live preview, what to copy, what to download.

import { parted } from "./address.js"

const LONG = 2000 // characters of an address that every program keeps
const element = (id) => document.getElementById(`share-${id}`)
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
const shell = (word) => (/^[\w.,:=/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** What an embed of the present page is, from its address and the choices of the dialog. */
export function described({ origin, scene, search, title, width, height, view }) {
  const { scenario, view: look } = parted(new URLSearchParams(search))
  const looked = look.filter(([name]) => !["theme", "v"].includes(name)) // a page keeps it, an embed has no charts
  const join = (pairs) => {
    const query = new URLSearchParams(pairs).toString().replaceAll("%2C", ",").replaceAll("%3A", ":")
    return query && `?${query}`
  }
  const both = join([...scenario, ...Object.entries(view)])
  const words = [...scenario, ...Object.entries(view)].map(([name, value]) => shell(`${name}=${value}`)).join(" ")
  const command = (ending) => `waferscope export ${scene} ${words} --to ${scene}${ending}`.replace("  ", " ")
  const source = `${origin}/embed/${scene}${both}`
  return {
    link: `${origin}/${scene}${join([...scenario, ...looked])}`,
    source,
    iframe: `<iframe src="${attribute(source)}" title="${attribute(title)}" width="${width}" height="${height}" style="border:0;max-width:100%" allow="fullscreen" loading="lazy"></iframe>`,
    quarto: `{{< waferscope url="${source}" width="${width}" height="${height}" title="${title.replaceAll('"', "'")}" >}}`,
    markdown: `[${title.replace(/([[\]\\])/g, "\\$1")}](${origin}/${scene}${join([...scenario, ...looked])})`,
    film: command(".mp4"),
    slide: command(".pptx"),
    all: command("-files"),
    file: (ending) => `/export/${scene}.${ending}${both}`,
    qr: `/qr/${scene}${join([...scenario, ...looked])}`,
  }
}

let made = false

/** Open the dialog for the scene of this page and its player. */
export function openShare(scene, player) {
  if (!made) make(scene, player)
  made = true
  const tick = Math.round(player.state.t)
  element("theme").value = document.documentElement.dataset.theme
  element("t").checked = false
  element("t").disabled = tick === 0
  element("t").value = tick
  element("t-label").textContent = tick ? `From the present time (${player.run.tick.unit} ${tick})` : "From the present time"
  document.getElementById("share").dispatchEvent(new Event("change"))
  document.getElementById("share").showModal()
}

function make(scene, player) {
  const dialog = document.getElementById("share")
  const preview = element("preview")
  let now = null

  dialog.addEventListener("change", () => {
    const [width, height] = element("size").value.split("×")
    const view = {}
    for (const [name, usual] of [["theme", "light"], ["controls", "mini"], ["autoplay", "visible"]]) {
      const { value } = element(name)
      if (value !== usual) view[name] = value
    }
    if (element("loop").checked) view.loop = "all"
    if (element("t").checked) view.t = element("t").value
    now = described({ origin: location.origin, scene, search: location.search, title: player.run.title, width, height, view })
    for (const name of ["link", "iframe", "quarto", "markdown", "film", "slide", "all"]) element(name).value = now[name]
    for (const ending of ["html", "csv", "json"]) element(ending).href = now.file(ending)
    element("qr").src = now.qr
    element("long").hidden = now.source.length <= LONG
    if (preview.dataset.source !== now.source) {
      preview.dataset.source = now.source
      preview.src = now.source
    }
  })
  dialog.addEventListener("close", () => {
    preview.removeAttribute("data-source")
    preview.src = "about:blank"
  })
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close())

  for (const button of dialog.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy)
      field.select()
      try {
        await navigator.clipboard.writeText(field.value)
      } catch {
        document.execCommand("copy") // without https there is no clipboard but this one
      }
      element("done").textContent = "Copied."
      setTimeout(() => { element("done").textContent = "" }, 2000)
    })
  }

  // The preview draws the pictures: it is the player, in the chosen theme and at its present time.
  for (const format of ["png", "svg"]) {
    element(format).addEventListener("click", () => {
      const id = `${format} ${performance.now()}`
      addEventListener("message", function answer({ data, source }) {
        if (source !== preview.contentWindow || data?.type !== "reply" || data.id !== id) return
        removeEventListener("message", answer)
        const url = format === "png" ? data.data : URL.createObjectURL(new Blob([data.data], { type: "image/svg+xml" }))
        Object.assign(document.createElement("a"), { href: url, download: `waferscope-${scene}.${format}` }).click()
      })
      preview.contentWindow.postMessage({ ns: "waferscope", v: 1, type: "capture", id, format, scale: 1.5 }, "*")
    })
  }
}
