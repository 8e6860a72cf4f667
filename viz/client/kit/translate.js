// Writes a page in the language of its address: what its scripts show in English, in elements or on a canvas, passes here.
//
// The table `sentences` (lessons/texts/LANGUAGE.toml) is keyed by the English sentence. In a key `{}` stands for words that
// are translated themselves, `{n}` for a number, `{raw}` for what stays as it is; in a translation `{}` is the next of them
// and `{0}` `{1}` the first and second. So whoever writes a sentence, here or in the engine, writes it once, in English.
{
  /** @type {{code: string, sentences: Record<string, string>}} */
  const { code, sentences } = JSON.parse(document.getElementById("sentences")?.textContent ?? "{}")
  const HOLE = /\{(n|raw|)\}/g
  /** @type {Record<string, string>} what a hole of each kind takes */
  const WILD = {
    "": "([^]+?)",
    n: "([+−-]?\\d[\\d\\s.,\u202f]*(?:[eE][+-]?\\d+)?|[¼½]|\\d* × 10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)",
    raw: "([^]*?)",
  }
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "aria-description", "title", "placeholder", "alt", "label"]
  const SKIPPED = "script, noscript, style, code, pre, textarea"
  const MOST_KEPT = 4000
  const NO_SETTING = /(?<!\S)[^\s=]+(?!\S)/g
  const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g // in German this comma is a point
  const words = /\p{L}\p{Ll}{2}/u // not a unit, a number or the name of a machine
  const escaped = (/** @type {string} */ text) => text.replace(/[.*+?^$()|[\]\\/]/g, "\\$&")

  const exact = new Map(Object.entries(sentences))
  const patterns = Object.entries(sentences)
    .filter(([english]) => english.search(HOLE) >= 0)
    .map(([english, other]) => {
      const kinds = [...english.matchAll(HOLE)].map(([, kind]) => kind)
      const parts = english.split(/\{(?:n|raw|)\}/).map(escaped)
      const expression = parts.reduce((text, part, i) => text + WILD[kinds[i - 1]] + part)
      return { expression: new RegExp(`^${expression}$`, "u"), kinds, other, weight: parts.join("").length }
    })
    .sort((a, b) => b.weight - a.weight)
  /** @type {Map<string, string>} */
  const kept = new Map()
  /** @type {Set<string>} */
  const missing = new Set()
  /** @type {Set<string>} */
  const given = new Set()
  /** @type {[cut: string | RegExp, glue: string][]} where a text is taken apart, and what joins it again */
  const CUTS = [
    [" · ", " · "],
    [/(?<=:) +/, " "],
    ["; ", "; "],
    [", ", ", "],
  ]
  const LIGHT = 6 // a pattern with fewer letters says little: a text is first taken apart

  /**
   * The translation of a text, or undefined.
   * @param {string} text
   * @returns {string | undefined}
   */
  function found(text) {
    if (exact.has(text)) return exact.get(text)
    const sentences = apart(text, /(?<=[.!?]) +/, " ")
    if (sentences !== undefined) return sentences
    const whole = matched(text, ({ weight }) => weight >= LIGHT)
    if (whole !== undefined) return whole
    for (const [cut, glue] of CUTS) {
      const other = apart(text, cut, glue)
      if (other !== undefined) return other
    }
    const light = matched(text, ({ weight }) => weight < LIGHT)
    if (light !== undefined) return light
    const bare = text.endsWith(".") ? known(text.slice(0, -1)) : undefined
    return bare && `${bare}.`
  }

  /**
   * @param {string} text
   * @param {string | RegExp} cut
   * @param {string} glue
   */
  function apart(text, cut, glue) {
    const pieces = text.split(cut)
    const others = pieces.length > 1 ? pieces.map(known) : [undefined]
    return others.includes(undefined) ? undefined : others.join(glue)
  }

  /**
   * @param {string} text
   * @param {(pattern: {weight: number}) => boolean} fits
   */
  function matched(text, fits) {
    for (const { expression, kinds, other, weight } of patterns) {
      const match = fits({ weight }) && expression.exec(text)
      const values = match && match.slice(1).map((value, i) => (kinds[i] === "" ? known(value) : value))
      let next = 0
      if (values && !values.includes(undefined))
        return other.replace(/\{(\d*)\}/g, (_, i) => String(values[i === "" ? next++ : Number(i)]))
    }
    return undefined
  }

  /**
   * The same for a text that may need no translation.
   * @type {(text: string) => string | undefined}
   */
  const known = (text) => found(text) ?? (words.test(text) ? undefined : text)

  /** @param {string} text */
  function translate(text) {
    const before = kept.get(text)
    if (before !== undefined) return before
    const inner = text.trim()
    let other = known(inner)
    if (other === undefined) {
      // A translation that passes again, or a line of one, is no news.
      if (![...given].some((text) => text.includes(inner))) missing.add(inner)
      other = inner
    }
    const all = text.replace(inner, () => other).replace(NO_SETTING, (word) => word.replace(THOUSANDS, "\u202f"))
    if (all !== text) given.add(all.trim())
    if (kept.size > MOST_KEPT) {
      kept.clear()
      given.clear()
    }
    kept.set(text, all)
    return all
  }

  /** @type {WeakMap<Node, Record<string, string>>} what stands in a node already, or was served in the right language */
  const written = new WeakMap()
  /** @type {(node: Node, name: string, value: string, set: (text: string) => void) => void} */
  const write = (node, name, value, set) => {
    const of = written.get(node) ?? {}
    written.set(node, of)
    if (value === of[name]) return
    of[name] = translate(value)
    if (of[name] !== value) set(of[name])
  }
  const served = (/** @type {Node} */ node) =>
    (node instanceof Element ? node : node.parentElement)?.closest("[data-served]")?.getAttribute("data-served") ===
    code

  /** @param {Node} node */
  function walk(node) {
    if (node instanceof Text) {
      if (node.parentNode && !node.parentElement?.closest(SKIPPED))
        write(node, "text", node.data, (text) => {
          node.data = text
        })
    } else if (node instanceof Element || node instanceof DocumentFragment) {
      if (node instanceof Element) {
        if (node.matches(`${SKIPPED}, [data-served="${code}"]`)) return
        for (const name of ATTRIBUTES) if (node.hasAttribute(name)) attribute(node, name)
      }
      for (const child of node.childNodes) walk(child)
    }
  }
  /** @type {(node: Element, name: string) => void} */
  const attribute = (node, name) => {
    const value = node.getAttribute(name)
    if (value !== null && node.tagName !== "LINK") write(node, name, value, (text) => node.setAttribute(name, text))
  }

  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (served(target)) continue
      if (type === "attributes") attribute(/** @type {Element} */ (target), String(attributeName))
      else if (type === "characterData") walk(target)
      else for (const node of addedNodes) if (!served(node)) walk(node)
    }
  })
  const watch = (/** @type {Node} */ root) =>
    observer.observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ATTRIBUTES,
      attributes: true,
    })
  watch(document.documentElement)
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options)
    watch(root)
    return root
  }

  const canvas = CanvasRenderingContext2D.prototype
  const { fillText, strokeText, measureText } = canvas
  canvas.fillText = function (text, ...rest) {
    fillText.call(this, translate(String(text)), ...rest)
  }
  canvas.strokeText = function (text, ...rest) {
    strokeText.call(this, translate(String(text)), ...rest)
  }
  canvas.measureText = function (text) {
    return measureText.call(this, translate(String(text)))
  }
  document.documentElement.lang = code
  globalThis.waferscopeLanguage = { code, translate, missing, own: (text) => given.add(text) }
}
