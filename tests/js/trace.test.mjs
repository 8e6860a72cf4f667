import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { gunzipSync } from "node:zlib"
import { unpack } from "../../viz/client/kit/trace.js"

// tests/viz/client/test_modules.py packs a run with Python and says here where it is.
test("a run packed by Python is read column by column", { skip: !process.env.RUN }, async () => {
  const run = await unpack(await readFile(String(process.env.RUN)))
  const expected = JSON.parse(await readFile(String(process.env.EXPECTED), "utf8"))
  for (const [table, columns] of Object.entries(/** @type {Record<string, any>} */ (expected))) {
    assert.equal(run.tables[table].rows, /** @type {any[]} */ (Object.values(columns)[0]).length)
    for (const [name, values] of Object.entries(columns))
      assert.deepEqual(
        Array.from(run.tables[table][name]),
        values.map((/** @type {any} */ value) => (typeof value === "boolean" ? Number(value) : value)),
      )
  }
})

test("a run that is inflated already may lie anywhere in a buffer", { skip: !process.env.RUN }, async () => {
  const packed = await readFile(String(process.env.RUN))
  const bytes = gunzipSync(packed)
  const buffer = new Uint8Array(bytes.length + 9)
  buffer.set(bytes, 3)
  assert.deepEqual(await unpack(buffer.subarray(3, 3 + bytes.length)), await unpack(packed))
})

test("what is no run is refused with a sentence", async () => {
  for (const bytes of [new TextEncoder().encode("not a run"), [87, 83, 84], [0x1f, 0, 0, 0, 0, 0, 0, 0], [0, 0x8b, 0]])
    await assert.rejects(unpack(Uint8Array.from(bytes)), /not a run of Waferscope/)
})

test("another version is refused with both versions", async () => {
  const head = new TextEncoder().encode(JSON.stringify({ version: 9, tables: {} }))
  const bytes = new Uint8Array(8 + head.length)
  bytes.set(new TextEncoder().encode("WSTR"))
  new DataView(bytes.buffer).setUint32(4, head.length, true)
  bytes.set(head, 8)
  await assert.rejects(unpack(bytes), /version 2; the file has version 9/)
})
