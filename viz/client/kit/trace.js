// Reads a packed run: the container that engine/trace.py documents.

import { say, t } from "./language.js"

/** How the header describes a column. @typedef {{dtype: string, values: string[], offset: number, length: number, delta: boolean}} Stored */

/** @type {Record<string, typeof Uint8Array | typeof Uint16Array | typeof Uint32Array | typeof Int32Array | typeof Float32Array | typeof Float64Array>} */
const ARRAYS = {
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
  b1: Uint8Array,
}
const MAGIC = 0x52545357 // "WSTR", read as a little-endian number
const VERSION = 2

/**
 * Unpack a run: the header's fields, messages as texts, with `tables` as {name: {group, rows, <column>: typed array, or array of words, …}}.
 * @param {ArrayBuffer | Uint8Array<ArrayBuffer>} data gzip'ed or already inflated
 * @returns {Promise<import("./types").Run>}
 */
export async function unpack(data) {
  const buffer = await inflate(data instanceof Uint8Array ? data : new Uint8Array(data))
  const view = new DataView(buffer)
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new Error(t("player_no_run"))
  const length = view.getUint32(4, true)
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)), worded)
  if (header.version !== VERSION) {
    throw new Error(t("player_other_version", { own: VERSION, other: header.version }))
  }
  /** @type {Record<string, Record<string, unknown>>} */
  const tables = {}
  for (const [name, { group, rows, columns }] of Object.entries(header.tables)) {
    tables[name] = { group, rows }
    for (const [key, column] of Object.entries(columns)) tables[name][key] = decode(buffer, 8 + length, column)
  }
  return { ...header, tables }
}

/** A message becomes its text in the language of the page. @type {(key: string, value: any) => unknown} */
const worded = (_, value) => (typeof value?.id === "string" ? say(value) : value)

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function inflate(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  }
  const stream = /** @type {ReadableStream<BufferSource>} */ (new Response(bytes).body)
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer()
}

/**
 * Integer columns are differences modulo 2**bits, stored as byte planes: all low bytes first.
 * @param {ArrayBuffer} buffer
 * @param {number} start
 * @param {Stored} column
 */
function decode(buffer, start, { dtype, values, offset, length, delta }) {
  if (dtype === "text") return values
  const Type = ARRAYS[dtype]
  if (!delta) return new Type(buffer, start + offset, length)
  const column = new Type(length)
  const width = Type.BYTES_PER_ELEMENT
  const plane = (/** @type {number} */ k) => new Uint8Array(buffer, start + offset + k * length, length)
  const low = plane(0)
  let value = 0
  if (width === 1) {
    for (let i = 0; i < length; i++) column[i] = value += low[i]
  } else if (width === 2) {
    const high = plane(1)
    for (let i = 0; i < length; i++) column[i] = value = (value + (low[i] | (high[i] << 8))) & 0xffff
  } else {
    const [b, c, d] = [plane(1), plane(2), plane(3)]
    for (let i = 0; i < length; i++)
      column[i] = value = (value + (low[i] | (b[i] << 8) | (c[i] << 16) | (d[i] << 24))) | 0
  }
  return column
}
