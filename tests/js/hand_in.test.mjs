import assert from "node:assert/strict"
import { test } from "node:test"
import { lineOf, readLine } from "../../viz/client/pages/lesson_hand_in.js"

/** @type {any[]} */
const PARTS = [
  { question: { kind: "recall", right: 1 }, task: "" },
  { question: { kind: "draw", x: [1, 2, 4] }, task: "" },
  { question: null, task: "adding-up:3" },
  { question: null, task: "" },
]
const SIZES = [3, 0, 0, 0].map((options) => ({ options, reasons: options && 2 }))
const GIVEN = { 1: 2, "1r": 1, 2: [1, 2.5, 300], "3t": 1 }
const STUDENT = "0123456789abcdef01234567"
const read = (/** @type {string} */ line) => readLine(line, "adding-up", PARTS, SIZES)

test("a result is read as it was handed in, with what stands before it as the name", async () => {
  const line = await lineOf("adding-up", PARTS, STUDENT, GIVEN)
  assert.deepEqual(await read(line), { name: "", student: STUDENT, given: GIVEN })
  assert.equal((await read(`Anna B.: ${line} `))?.name, "Anna B.")
  assert.equal(await read("  "), null)
})

test("a result that is damaged in any place is called so", async () => {
  const line = await lineOf("adding-up", PARTS, STUDENT, GIVEN)
  for (let i = 0; i < line.length; i++) {
    const other = line[i] === "a" ? "b" : "a"
    for (const broken of [line.slice(0, i) + line.slice(i + 1), line.slice(0, i) + other + line.slice(i + 1)])
      assert.equal((await read(broken))?.fault, "result_damaged", broken)
  }
  assert.equal((await read("Anna has no result"))?.fault, "result_damaged")
})

test("answers that the lesson does not take are not read", async () => {
  for (const given of [{ 1: 3 }, { 1: -1 }, { 1: 0.5 }, { 4: 0 }, { 9: 0 }, { 2: [1, 2] }, { 2: [1, 0, 2] }, { "3t": 2 }, { "1r": 2 }, { x: 1 }]) {
    const line = await lineOf("adding-up", PARTS, STUDENT, given)
    assert.equal((await read(line))?.fault, "result_damaged", JSON.stringify(given))
  } // prettier-ignore
})

test("a result of another lesson, or of other questions, is called so", async () => {
  assert.equal((await read(await lineOf("another", PARTS, STUDENT, {})))?.fault, "result_other_lesson")
  const [first, ...others] = PARTS
  const changed = [{ ...first, question: { kind: "recall", right: 0 } }, ...others]
  assert.equal((await read(await lineOf("adding-up", changed, STUDENT, GIVEN)))?.fault, "result_other_version")
})
