// The dialog "Share & embed": a live preview, what to copy, what to download.

import { parted, shortened, spelled } from "../kit/address.js"
import { byId, h } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { when } from "../player/timeline.js"

const LONG = 2000 // characters of an address that every program keeps

/**
 * @import { Pair } from "../kit/address.js"
 * @import { Shared } from "./types"
 */

const dialogBox = () => /** @type {HTMLDialogElement} */ (byId("share"))
const element = (/** @type {string} */ id) => byId(`share-${id}`)
/** Anything that somebody fills in. @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (element(id))
const attribute = (/** @type {string} */ text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
const shell = (/** @type {string} */ word) => (/^[\w.,:=/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/**
 * What an embed is, from its scenario and the choices of the dialog.
 * @param {object} options
 * @param {string} options.origin
 * @param {string} options.scene
 * @param {string} options.search of the page of the scene
 * @param {string} options.title
 * @param {number} options.width
 * @param {number} options.height
 * @param {Record<string, string>} options.view
 * @param {string} [options.link] address that people open, where it is not the page of the scene
 * @param {string} [options.qr] address of its code
 * @param {string} [options.whole] address of a frame of the whole page, where that is what is wanted
 * @param {string} [options.version] of the results
 */
export async function described({ origin, scene, search, title, width, height, view, link, qr, whole, version }) {
  const { scenario, view: look } = parted(new URLSearchParams(search))
  const looked = look.filter(([name]) => !["theme", "v"].includes(name)) // a page keeps it, an embed has charts of its own
  const join = (/** @type {Pair[]} */ pairs) => spelled(pairs) && `?${spelled(pairs)}`
  const both = join([...scenario, ...Object.entries(view)])
  /** @type {Pair[]} */
  const made = version ? [["v", version]] : []
  const framed = join([...scenario, ...Object.entries(view), ...made])
  const opening = join([...scenario, ...looked, ...made])
  const words = [...scenario, ...Object.entries(view)].map(([name, value]) => shell(`${name}=${value}`)).join(" ")
  const command = (/** @type {string} */ ending) =>
    `waferscope export ${scene} ${words} --to ${scene}${ending}`.replace("  ", " ")
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
    file: (/** @type {string} */ ending) => `/export/${scene}.${ending}${both}`,
    qr: qr ?? `/qr/${scene}${opening}`,
  }
}

/** What the dialog is about. @type {(Shared & {search: string, title: string}) | null} */
let present = null

/**
 * Open the dialog.
 * @param {Shared} page
 */
export function openShare(page) {
  if (!present) make()
  const { player, scene } = page
  const run = player?.run
  present = { search: location.search, title: run ? run.title : "", ...page }
  const tick = Math.round(player?.state.t ?? 0)
  field("theme").value = String(document.documentElement.dataset.theme)
  field("t").checked = false
  field("t").disabled = tick === 0
  field("t").value = String(tick)
  element("t-label").textContent = run && tick ? t("share_now_at", { time: when(tick, run.tick) }) : t("share_now")
  const dialog = dialogBox()
  /** @type {Pair[]} */
  const charts = Object.entries(JSON.parse(String(dialog.dataset.charts))[scene])
  if (charts.length === 2) charts.push([charts.map(([name]) => name).join(","), t("share_chart.both")])
  element("charts").replaceChildren(
    new Option(t("share_chart.none"), ""),
    ...charts.map(([name, label]) => new Option(label, name)),
  )
  const what = field("what")
  what.value = "picture"
  for (const label of what.labels ?? []) label.hidden = !present.whole
  dialog.showModal()
  dialog.dispatchEvent(new Event("change"))
}

function make() {
  const dialog = dialogBox()
  const preview = /** @type {HTMLIFrameElement} */ (element("preview"))
  dialog.addEventListener("change", () => write(dialog, preview))
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
  offerCopies(dialog)
  offerFilms(dialog)
  offerPictures(preview)
}

/** What is chosen, as settings of an embed. */
function chosen() {
  const usual = { theme: "light", controls: "mini", autoplay: "visible" }
  /** @type {Record<string, string>} */
  const view = {}
  for (const [name, value] of Object.entries(usual)) if (field(name).value !== value) view[name] = field(name).value
  const { lang } = document.documentElement
  if (lang !== "en") view.lang = lang
  if (field("charts").value) view.charts = field("charts").value
  if (field("loop").checked) view.loop = "all"
  if (field("t").checked) view.t = field("t").value
  return view
}

/**
 * Fill in what can be copied and downloaded, and show the embed.
 * @param {HTMLDialogElement} dialog
 * @param {HTMLIFrameElement} preview
 */
async function write(dialog, preview) {
  if (!present) return
  const { scene, search, title, link, qr, whole } = present
  const [width, height] = field("size").value.split("×").map(Number)
  const step = field("what").value === "step"
  for (const name of ["controls", "autoplay", "charts", "loop", "png", "svg"]) field(name).disabled = step
  const now = await described({
    origin: location.origin,
    scene,
    search,
    title,
    width,
    height,
    view: chosen(),
    link,
    qr,
    whole: step && whole ? `${location.origin}${whole(field("theme").value)}` : undefined,
    version: dialog.dataset.version,
  })
  for (const name of /** @type {const} */ ([
    "link",
    "iframe",
    "quarto",
    "slidev",
    "myst",
    "markdown",
    "film",
    "slide",
    "all",
  ])) {
    field(name).value = now[name]
    field(name).setSelectionRange(0, 0) // its start is in sight
  }
  for (const ending of ["html", "csv", "json"]) element(ending).setAttribute("href", now.file(ending))
  offerTrace(now.file("pftrace"))
  element("qr").setAttribute("src", now.qr)
  element("long").hidden = now.link.length <= LONG
  // At its own size, scaled into the dialog: what fits into the frame is seen to fit.
  const scale = /** @type {HTMLElement} */ (preview.parentElement).clientWidth / width
  Object.assign(preview.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` })
  if (preview.dataset.source !== now.source) {
    preview.dataset.source = now.source
    preview.src = now.source
  }
}

/** A trace has each message, which is too much for a large run (viz/documents/export/tracks.py). @param {string} file */
function offerTrace(file) {
  const run = present?.player?.run
  const large = run?.scene === "fabric" && !run.tables.wavelets
  const words = large ? t("share_pftrace.large") : t("share_pftrace")
  const props = large ? { role: "link", "aria-disabled": "true" } : { href: file }
  element("pftrace").replaceWith(h("a", { id: "share-pftrace", class: "button", ...props }, words))
}

/** @param {HTMLDialogElement} dialog */
function offerCopies(dialog) {
  for (const button of dialog.querySelectorAll(/** @type {"button"} */ ("[data-copy]"))) {
    button.addEventListener("click", async () => {
      const text = /** @type {HTMLInputElement} */ (byId(String(button.dataset.copy)))
      text.select()
      try {
        await navigator.clipboard.writeText(text.value)
      } catch {
        document.execCommand("copy") // without https there is no clipboard but this one
      }
      element("done").textContent = t("share_copied")
      setTimeout(() => {
        element("done").textContent = ""
      }, 2000)
    })
  }
}

/** The server draws films, if it can, and tells how far it is. @param {HTMLDialogElement} dialog */
function offerFilms(dialog) {
  /** @type {EventSource | null} */
  let making = null
  const stop = (said = "") => {
    making?.close()
    making = null
    element("making").hidden = true
    element("done").textContent = said
  }
  for (const button of dialog.querySelectorAll(/** @type {"button"} */ ("[data-film]"))) {
    button.addEventListener("click", () => {
      stop()
      const file = String(element("html").getAttribute("href")).replace(".html", `.${button.dataset.film}`)
      const progress = /** @type {HTMLProgressElement} */ (element("progress"))
      progress.value = 0
      element("making").hidden = false
      making = new EventSource(file)
      making.onmessage = ({ data }) => {
        const { share, done, error } = JSON.parse(data)
        if (error) stop(error)
        else if (!done) progress.value = share
        else {
          stop(t("share_done"))
          save(file)
        }
      }
      making.onerror = () => stop(t("share_no_answer"))
    })
  }
  dialog.querySelector("#share-stop")?.addEventListener("click", () => stop(t("share_stopped")))
  dialog.addEventListener("close", () => making && stop())
}

/**
 * The preview draws the pictures: it is the player, in the chosen theme and at its present time.
 * @param {HTMLIFrameElement} preview
 */
function offerPictures(preview) {
  for (const format of ["png", "svg"]) {
    element(format).addEventListener("click", () => {
      const id = `${format} ${performance.now()}`
      addEventListener("message", function answer({ data, source }) {
        if (source !== preview.contentWindow || data?.type !== "reply" || data.id !== id) return
        removeEventListener("message", answer)
        const url = format === "png" ? data.data : URL.createObjectURL(new Blob([data.data], { type: "image/svg+xml" }))
        save(url, `waferscope-${present?.scene}.${format}`)
      })
      const message = { ns: "waferscope", v: 1, type: "capture", id, format, scale: 1.5 }
      preview.contentWindow?.postMessage(message, "*")
    })
  }
}

/** @type {(href: string, download?: string) => void} */
const save = (href, download = "") => Object.assign(document.createElement("a"), { href, download }).click()
