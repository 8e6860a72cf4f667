import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { unpack } from "../../viz/client/kit/trace.js"

// tests/viz/client/test_modules.py packs a run with Python and says here where it is.
test("a run packed by Python is read column by column", { skip: !process.env.RUN }, async () => {
  const run = await unpack(await readFile(String(process.env.RUN)))
  const expected = JSON.parse(await readFile(String(process.env.EXPECTED), "utf8"))
  for (const [table, columns] of Object.entries(/** @type {Record<string, any>} */ (expected))) {
    for (const [name, values] of Object.entries(columns))
      assert.deepEqual(
        Array.from(run.tables[table][name]),
        values.map((/** @type {any} */ value) => (typeof value === "boolean" ? Number(value) : value)),
      )
  }
})

test("what is no run is refused with a sentence", async () => {
  await assert.rejects(unpack(new TextEncoder().encode("not a run")), /not a run of Waferscope/)
})

test("another version is refused with both versions", async () => {
  const head = new TextEncoder().encode(JSON.stringify({ version: 9, tables: {} }))
  const bytes = new Uint8Array(8 + head.length)
  bytes.set(new TextEncoder().encode("WSTR"))
  new DataView(bytes.buffer).setUint32(4, head.length, true)
  bytes.set(head, 8)
  await assert.rejects(unpack(bytes), /version 2; the file has version 9/)
})
