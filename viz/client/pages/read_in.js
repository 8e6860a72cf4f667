// The page on which a teacher reads what students have handed in. Nothing of it leaves this browser.

import { byId, find, h } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { csvOf, saveCsv } from "./lesson_csv.js"
import { readLine } from "./lesson_hand_in.js"
import { reasonsOf, wordsOf } from "./lesson_question.js"
import { counted, results } from "./lesson_results.js"
import { drawTally } from "./lesson_tally.js"

/**
 * @import { Given } from "./lesson_csv.js"
 * @import { Answer, Part } from "./types"
 */

/** @type {{slug: string, parts: Part[]}} */
const { slug, parts } = JSON.parse(String(byId("data").textContent))
const sections = [...document.querySelectorAll(/** @type {"section"} */ (".part"))]
const sizes = sections.map((section) => ({
  options: wordsOf(section).length,
  reasons: reasonsOf(section).labels.length,
}))
/** What was read, by student: who hands in again replaces what was there. @type {Map<string, {name: string, given: Given}>} */
const read = new Map()
/** @type {string[]} */
let faults = []

/** @param {string} text @param {string} [from] name of the file */
async function take(text, from = "") {
  for (const line of text.split("\n")) {
    const found = await readLine(line, slug, parts, sizes)
    if (!found) continue
    const name = found.name || from
    if (found.student && found.given) read.set(found.student, { name: name || `${read.size + 1}`, given: found.given })
    else if (found.fault) faults.push(t("result_fault", { name: name || line.slice(0, 40), fault: t(found.fault) }))
  }
}

/** @param {Iterable<File>} files */
async function takeFiles(files) {
  faults = []
  for (const file of files) await take(await file.text(), file.name.replace(/\.txt$/, ""))
  draw()
}

/** @param {Given} given @returns {Record<string, Answer>} */
const answersOf = (given) =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([name]) => /^\d+$/.test(name))
      .map(([part, value]) => [part, Array.isArray(value) ? { curve: value } : { choice: value }]),
  )

function draw() {
  const all = [...read.values()]
  byId("faults").replaceChildren(...faults.map((fault) => h("li", {}, fault)))
  byId("faults").hidden = faults.length === 0
  byId("read").textContent = t("results_count", { n: all.length })
  byId("results").hidden = all.length === 0
  const share = (/** @type {{n: number, total: number}} */ values) =>
    h("td", {}, values.total ? t("class_count", values) : "–")
  const tasks = parts.flatMap(({ task }, i) => (task ? [`${i + 1}t`] : []))
  find(byId("results"), "tbody").replaceChildren(
    ...all.map(({ name, given }) => {
      const found = results(parts, answersOf(given))
      const solved = tasks.filter((task) => given[task] === 1).length
      return h(
        "tr",
        {},
        h("th", { scope: "row" }, name),
        share(counted(found, "ask", "draw")),
        share(counted(found, "transfer", "recall")),
        share({ n: solved, total: tasks.length }),
      )
    }),
  )
  byId("tallies").replaceChildren(
    ...parts.flatMap(({ question }, i) => {
      if (!question || question.kind === "draw") return []
      const words = wordsOf(sections[i])
      const counts = words.map((_, option) => all.filter(({ given }) => given[i + 1] === option).length)
      const box = h("div", { class: "tally compact" })
      const title = find(sections[i], ".answers legend").textContent ?? ""
      drawTally(box, { counts, words, of: all.length, right: question.right, title })
      return [box]
    }),
  )
}

byId("files").addEventListener("change", ({ target }) =>
  takeFiles(/** @type {HTMLInputElement} */ (target).files ?? []),
)
byId("take").addEventListener("click", async () => {
  const box = /** @type {HTMLTextAreaElement} */ (byId("codes"))
  faults = []
  await take(box.value)
  box.value = ""
  draw()
})
addEventListener("dragover", (event) => event.preventDefault())
addEventListener("drop", (event) => {
  event.preventDefault()
  takeFiles(event.dataTransfer?.files ?? [])
})
byId("results-csv").addEventListener("click", () => {
  const all = [...read.values()]
  const rows = all.map(({ given }) => given)
  saveCsv(csvOf(parts, rows, all.map(({ name }) => name)), `${slug}.csv`) // prettier-ignore
})
document.body.dataset.ready = "true"
