// What an address says: the scenario, how it is looked at, and both in short where they are long, which
// viz/documents/embed.py reads too.

/** The names that say how a page looks; all others are the scenario's. viz/address.py reads this list and the next. */
export const VIEW = [
  "theme",
  "lang",
  "v",
  "hide",
  "chart",
  "read",
  "axes",
  "against",
  "bet",
  "years",
  "over",
  "beside",
  "clock",
  "task",
]
/** Those that the browser spells by itself, without the session of its page. */
export const IN_BROWSER = ["theme", "over", "beside", "clock"]

/** @typedef {[name: string, value: string]} Pair of an address */

/**
 * Part the settings of an address into the scenario's and the view's.
 * @param {Iterable<Pair>} pairs
 */
export function parted(pairs) {
  const all = [...pairs]
  return { scenario: all.filter(([name]) => !VIEW.includes(name)), view: all.filter(([name]) => VIEW.includes(name)) }
}

/**
 * The query that spells settings, without a question mark; commas and colons stay readable.
 * @param {Iterable<Pair>} pairs
 */
export const spelled = (pairs) =>
  new URLSearchParams([...pairs]).toString().replaceAll("%2C", ",").replaceAll("%3A", ":")

/**
 * A query as s=…: deflated and written in base64url.
 * @param {string} query
 */
export async function shortened(query) {
  const bytes = await through(new TextEncoder().encode(query), new CompressionStream("deflate"))
  return `s=${btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "")}`
}

/**
 * The pairs of a query, those of an s=… within it included; an s that cannot be read stays as it is.
 * @param {string} query
 * @returns {Promise<Pair[]>}
 */
export async function expanded(query) {
  /** @type {Pair[]} */
  const pairs = []
  for (const [name, value] of new URLSearchParams(query)) {
    const inside = name === "s" ? await inflated(value) : null
    if (inside === null) pairs.push([name, value])
    else pairs.push(...new URLSearchParams(inside))
  }
  return pairs
}

/** @param {string} text */
async function inflated(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
      letter.charCodeAt(0),
    )
    return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate")))
  } catch {
    return null
  }
}

/** @type {(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) => Promise<Uint8Array>} */
const through = async (bytes, stream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
