// @ts-nocheck
// Long addresses: s=… is a query, deflated and written in base64url. viz/documents/embed.py reads the same.

/** A query as s=…. */
export async function shortened(query) {
  const bytes = await through(new TextEncoder().encode(query), new CompressionStream("deflate"))
  return `s=${btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "")}`
}

/** The pairs of a query, those of an s=… within it included; an s that cannot be read stays as it is. */
export async function expanded(query) {
  const pairs = []
  for (const [name, value] of new URLSearchParams(query)) {
    const inside = name === "s" ? await inflated(value) : null
    inside === null ? pairs.push([name, value]) : pairs.push(...new URLSearchParams(inside))
  }
  return pairs
}

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

const through = async (bytes, stream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
