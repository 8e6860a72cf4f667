import assert from "node:assert/strict"
import { test } from "node:test"
import { entered } from "../../viz/client/components/controls.js"
import { csvOf, given } from "../../viz/client/pages/lesson_csv.js"
import { described } from "../../viz/client/pages/share.js"
import { IN_BROWSER, expanded, parted, shortened, spelled } from "../../viz/client/kit/address.js"

test("a long number keeps its end, a short one its digits", () => {
  assert.equal(entered(300000000000), "3e11")
  assert.equal(entered(26300000000), "2.63e10")
  assert.equal(Number(entered(26300000000)), 26300000000)
  assert.equal(entered(10000000), "1e7")
  assert.equal(entered(-9999999), "-9999999")
  assert.equal(entered(1024), "1024")
  assert.equal(entered(0.5), "0.5")
  assert.equal(entered(null), "")
})

test("a look is parted from the scenario, and a page keeps it where an embed does not", async () => {
  const search = "?n_devices=96&read=efficiency&theme=dark&hide=seed"
  const { scenario, view } = parted(new URLSearchParams(search))
  assert.deepEqual(scenario, [["n_devices", "96"]])
  assert.deepEqual(
    view.map(([name]) => name),
    ["read", "theme", "hide"],
  )
  const found = await described({
    origin: "http://x",
    scene: "scaling",
    search,
    title: "t",
    width: 1,
    height: 1,
    view: {},
  })
  assert.equal(found.link, "http://x/scaling?n_devices=96&read=efficiency&hide=seed")
  assert.equal(found.source, "http://x/embed/scaling?n_devices=96")
  assert.equal(found.film, "waferscope export scaling n_devices=96 --to scaling.mp4")
  const made = await described({
    origin: "http://x",
    scene: "scaling",
    search: `${search}&v=1`,
    title: "t",
    width: 1,
    height: 1,
    view: {},
    version: "3",
  })
  assert.equal(made.link, "http://x/scaling?n_devices=96&read=efficiency&hide=seed&v=3")
  assert.equal(made.source, "http://x/embed/scaling?n_devices=96&v=3")
  assert.equal(made.qr, "/qr/scaling?n_devices=96&read=efficiency&hide=seed&v=3")
  assert.equal(made.file("csv"), "/export/scaling.csv?n_devices=96")
})

test("an address of more than 2,000 characters is shortened, and says the same", async () => {
  const search = `?layout=${"10.5,".repeat(600)}`
  const { source, link } = await described({
    origin: "http://x",
    scene: "fabric",
    search,
    title: "t",
    width: 1,
    height: 1,
    view: { theme: "dark" },
  })
  assert.ok(link.length > 2000 && source.length < 300)
  assert.deepEqual(await expanded(new URL(source).search), [
    ["layout", "10.5,".repeat(600)],
    ["theme", "dark"],
  ])
})

test("every name of a look is parted from the scenario, those that the browser spells included", () => {
  const look = "theme lang v hide chart read axes against bet years over beside clock".split(" ")
  assert.deepEqual(parted(look.map((name) => [name, "1"])), { scenario: [], view: look.map((name) => [name, "1"]) })
  assert.deepEqual(IN_BROWSER, ["theme", "over", "beside", "clock"])
})

test("a query keeps its commas and colons, and escapes the rest", () => {
  assert.equal(
    spelled([
      ["axes", "log,log"],
      ["t", "m:half"],
      ["name", "a&b"],
    ]),
    "axes=log,log&t=m:half&name=a%26b",
  )
})

test("what is shortened needs no escape and is read again, whatever it holds", async () => {
  for (let n = 0; n < 100; n++) {
    const value = String.fromCharCode(...Array.from({ length: n }, (_, i) => 32 + ((n * n + 7 * i * i) % 900)))
    const short = await shortened(spelled([["value", value], ["n", String(n)]])) // prettier-ignore
    assert.match(short, /^s=[\w-]+$/)
    assert.deepEqual(await expanded(short), [["value", value], ["n", String(n)]]) // prettier-ignore
  }
})

test("an s that cannot be read stays as it is, and no other name is inflated", async () => {
  const short = await shortened("width=8")
  assert.deepEqual(await expanded(`s=nothing&seed=${short.slice(2)}`), [
    ["s", "nothing"],
    ["seed", short.slice(2)],
  ])
})

/** A part of a lesson's page. @param {Record<string, string[]>} words the texts by selector @returns {any} */
const section = (words, right = 0) => ({
  querySelector: (/** @type {string} */ selector) => words[selector] && { textContent: words[selector][0] },
  querySelectorAll: (/** @type {string} */ selector) =>
    (words[selector] ?? []).map((textContent, k) => ({
      textContent,
      hasAttribute: (/** @type {string} */ name) => name === "data-right" && k === right,
      querySelector: (/** @type {string} */ inner) => (inner === ".words" ? { textContent } : null),
    })),
})

test("answers are a row for each learner and question, numbers plain, texts in quotes and none a formula", () => {
  const sections = [
    section({}),
    section(
      {
        h1: [" Sums "],
        ".answers legend": ["How many?"],
        ".answers .words": [" =1+1 ", 'a "few"'],
        ".why label.option": [" far ", "near"],
      },
      1,
    ),
    section({ h1: ["Curve"], ".ask": ["Draw it."] }),
    section({ h1: ["Your turn"], ".task": ["Send it."] }),
  ]
  Object.assign(globalThis, {
    document: { querySelectorAll: (/** @type {string} */ selector) => (selector === ".part" ? sections : []) },
  })
  const axes = { x: { low: 1, high: 2, log: false }, y: { low: 0, high: 40, log: false } }
  /** @type {any[]} */
  const parts = [
    { question: null },
    { question: { kind: "ask", right: 1 } },
    { question: { kind: "draw", x: [1, 2], y: [10, 20], unit: "", line: null, axes } },
    { question: null, task: "adding-up:4" },
  ]
  const rows = [{ 1: 0, 2: 0, "2r": 0, 3: [10, 40] }, { 2: 0, "2s": 1, 3: null, "4t": 1 }, {}]
  const lines = csvOf(parts, rows).split("\r\n")
  const head = "learner,part,title,kind,question,first vote,answer,right answer,result,reason,right reason"
  const points = "x 1,curve 1,simulation 1,x 2,curve 2,simulation 2"
  assert.deepEqual(lines, [
    `${head},${points}`.split(",").map((name) => `"${name}"`).join(","),
    `1,2,"Sums","ask","How many?","","'=1+1","a ""few""","wrong","far","near","","","","","",""`,
    `1,3,"Curve","draw","Draw it.","","","","above","","",1,10,10,2,40,20`,
    `2,2,"Sums","ask","How many?","'=1+1","a ""few""","a ""few""","right","","","","","","","",""`,
    `2,3,"Curve","draw","Draw it.","","","","no answer","","","","","","","",""`,
    `2,4,"Your turn","try","Send it.","","","","goal reached","","","","","","","",""`,
    `3,2,"Sums","ask","How many?","","","","no answer","","","","","","","",""`,
    `3,3,"Curve","draw","Draw it.","","","","no answer","","","","","","","",""`,
    "",
  ]) // prettier-ignore
  assert.match(csvOf(parts, rows.slice(0, 1), ["-Ben"]), /\n"'-Ben",2,/)
})

test("what was answered is a choice or a curve, with its reason; what was only shown is nothing", () => {
  /** @type {any} */
  const answers = {
    1: { choice: 0, curve: null, why: 2 },
    2: { choice: null, curve: [1, 2], why: null },
    3: { choice: null, curve: null },
    6: { choice: 1, first: 0 },
  }
  const tasks = { 4: { met: true }, 5: { met: false } }
  assert.deepEqual(given(/** @type {any} */ ({ answers, tasks })), {
    1: 0,
    "1r": 2,
    2: [1, 2],
    "4t": 1,
    "5t": 0,
    6: 0,
    "6s": 1,
  })
})
