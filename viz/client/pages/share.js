// @ts-nocheck
// The dialog "Share & embed": a live preview, what to copy, what to download.

import { translated } from "../kit/language.js"
import { parted, shortened } from "../kit/address.js"

const LONG = 2000 // characters of an address that every program keeps
const element = (id) => document.getElementById(`share-${id}`)
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
const shell = (word) => (/^[\w.,:=/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/**
 * What an embed is, from its scenario and the choices of the dialog.
 * @param {object} options
 *   origin, scene, search (of the page of the scene), title, width, height, view; and from the page: link, the address that people
 *   open, qr, that of its code, whole, the address of a frame of the whole page where that is what is wanted, and version, that of
 *   the results
 */
export async function described({ origin, scene, search, title, width, height, view, link, qr, whole, version }) {
  const { scenario, view: look } = parted(new URLSearchParams(search))
  const looked = look.filter(([name]) => !["theme", "v"].includes(name)) // a page keeps it, an embed has charts of its own
  const join = (pairs) => {
    const query = new URLSearchParams(pairs).toString().replaceAll("%2C", ",").replaceAll("%3A", ":")
    return query && `?${query}`
  }
  const both = join([...scenario, ...Object.entries(view)])
  const made = version ? [["v", version]] : []
  const framed = join([...scenario, ...Object.entries(view), ...made])
  const opening = join([...scenario, ...looked, ...made])
  const words = [...scenario, ...Object.entries(view)].map(([name, value]) => shell(`${name}=${value}`)).join(" ")
  const command = (ending) => `waferscope export ${scene} ${words} --to ${scene}${ending}`.replace("  ", " ")
  const full = `${origin}/embed/${scene}${framed}`
  const source = whole ?? (full.length > LONG ? `${origin}/embed/${scene}?${await shortened(framed.slice(1))}` : full)
  const opened = link ?? `${origin}/${scene}${opening}`
  return {
    link: opened,
    source,
    iframe: `<iframe src="${attribute(source)}" title="${attribute(title)}" width="${width}" height="${height}" style="border:0;max-width:100%;height:auto;aspect-ratio:${width}/${height}" allow="fullscreen" loading="lazy"></iframe>`,
    quarto: `{{< waferscope url="${source}" width="${width}" height="${height}" title="${title.replaceAll('"', "'")}" >}}`,
    markdown: `[${title.replace(/([[\]\\])/g, "\\$1")}](${opened})`,
    slidev: `---\nlayout: iframe\nurl: ${source}\n---\n`,
    myst: `:::{iframe} ${source}\n:width: 100%\n${title}\n:::\n`,
    film: command(".mp4"),
    slide: command(".pptx"),
    all: command(""),
    file: (ending) => `/export/${scene}.${ending}${both}`,
    qr: qr ?? `/qr/${scene}${opening}`,
  }
}

let present = null // what the dialog is about

/**
 * Open the dialog.
 * @param {object} page scene, player, or null where none shows it yet; and where they differ from the page of a scene title, search,
 *   link, qr and whole, as `described`
 */
export function openShare(page) {
  if (!present) make()
  const { player, scene } = page
  present = { search: location.search, title: player && translated(player.run.title), ...page }
  const tick = Math.round(player?.state.t ?? 0)
  element("theme").value = document.documentElement.dataset.theme
  element("t").checked = false
  element("t").disabled = tick === 0
  element("t").value = tick
  element("t-label").textContent = tick
    ? `From the present time (${player.run.tick.unit} ${tick})`
    : "From the present time"
  const dialog = document.getElementById("share")
  const charts = Object.entries(JSON.parse(dialog.dataset.charts)[scene])
  if (charts.length === 2) charts.push([charts.map(([name]) => name).join(","), "Both"])
  element("charts").replaceChildren(new Option("None", ""), ...charts.map(([name, label]) => new Option(label, name)))
  element("what").closest("label").hidden = !present.whole
  element("what").value = "picture"
  dialog.showModal()
  dialog.dispatchEvent(new Event("change"))
}

function make() {
  const dialog = document.getElementById("share")
  const preview = element("preview")

  dialog.addEventListener("change", async () => {
    const { scene, search, title, link, qr, whole } = present
    const [width, height] = element("size").value.split("×")
    const view = {}
    for (const [name, usual] of [
      ["theme", "light"],
      ["controls", "mini"],
      ["autoplay", "visible"],
    ]) {
      const { value } = element(name)
      if (value !== usual) view[name] = value
    }
    const { lang } = document.documentElement
    if (lang !== "en") view.lang = lang
    if (element("charts").value) view.charts = element("charts").value
    if (element("loop").checked) view.loop = "all"
    if (element("t").checked) view.t = element("t").value
    const step = element("what").value === "step"
    for (const name of ["controls", "autoplay", "charts", "loop", "png", "svg"]) element(name).disabled = step
    const frame = step ? `${location.origin}${whole(element("theme").value)}` : undefined
    const now = await described({
      origin: location.origin,
      scene,
      search,
      title,
      width,
      height,
      view,
      link,
      qr,
      whole: frame,
      version: dialog.dataset.version,
    })
    for (const name of ["link", "iframe", "quarto", "slidev", "myst", "markdown", "film", "slide", "all"]) {
      element(name).value = now[name]
      element(name).setSelectionRange(0, 0) // its start is in sight
    }
    for (const ending of ["html", "csv", "json"]) element(ending).href = now.file(ending)
    element("qr").src = now.qr
    element("long").hidden = now.link.length <= LONG
    // At its own size, scaled into the dialog: what fits into the frame is seen to fit.
    const scale = preview.parentElement.clientWidth / width
    Object.assign(preview.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` })
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
  addEventListener(
    "message",
    ({ data, source }) =>
      source === preview.contentWindow && data?.type === "key" && data.key === "Escape" && dialog.close(),
  )

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
      setTimeout(() => {
        element("done").textContent = ""
      }, 2000)
    })
  }

  // The server draws films, if it can, and tells how far it is.
  let making = null
  const stop = (said = "") => {
    making?.close()
    making = null
    element("making").hidden = true
    element("done").textContent = said
  }
  for (const button of dialog.querySelectorAll("[data-film]")) {
    button.addEventListener("click", () => {
      stop()
      const file = element("html").getAttribute("href").replace(".html", `.${button.dataset.film}`)
      element("progress").value = 0
      element("making").hidden = false
      making = new EventSource(file)
      making.onmessage = ({ data }) => {
        const { share, done, error } = JSON.parse(data)
        if (error) stop(error)
        else if (!done) element("progress").value = share
        else {
          stop("Done.")
          Object.assign(document.createElement("a"), { href: file, download: "" }).click()
        }
      }
      making.onerror = () => stop("The server does not answer.")
    })
  }
  dialog.querySelector("#share-stop")?.addEventListener("click", () => stop("Cancelled."))
  dialog.addEventListener("close", () => making && stop())

  // The preview draws the pictures: it is the player, in the chosen theme and at its present time.
  for (const format of ["png", "svg"]) {
    element(format).addEventListener("click", () => {
      const id = `${format} ${performance.now()}`
      addEventListener("message", function answer({ data, source }) {
        if (source !== preview.contentWindow || data?.type !== "reply" || data.id !== id) return
        removeEventListener("message", answer)
        const url = format === "png" ? data.data : URL.createObjectURL(new Blob([data.data], { type: "image/svg+xml" }))
        Object.assign(document.createElement("a"), {
          href: url,
          download: `waferscope-${present.scene}.${format}`,
        }).click()
      })
      preview.contentWindow.postMessage({ ns: "waferscope", v: 1, type: "capture", id, format, scale: 1.5 }, "*")
    })
  }
}
