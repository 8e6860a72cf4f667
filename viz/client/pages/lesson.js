// Makes the text of a lesson a sequence: one part at a time, predict, watch, explain. See templates/lesson.html.

import { byId, find, h } from "../kit/dom.js"
import { judge, judged } from "../kit/guess.js"
import { t } from "../kit/language.js"
import { attemptAt, better, dropAttempt, hearAttempts } from "../kit/tasks.js"
import { createCurve, table } from "./curve.js"
import * as form from "./lesson_question.js"
import { counted, results } from "./lesson_results.js"
import { createStage } from "./lesson_stage.js"
import { someName } from "./lesson_hand_in.js"
import { forget, keep, recall } from "./lesson_store.js"
import { showTerms } from "./lesson_terms.js"

/**
 * @import { Answer, ChoiceQuestion, CurveQuestion, Lesson, LessonData, Seat } from "./types"
 */

/** @type {LessonData} */
const { slug, parts, glossary, seat, hosts, site } = JSON.parse(String(byId("data").textContent))
const sections = [...document.querySelectorAll(/** @type {"section"} */ (".part"))]
const place = seat ? `${slug}.${seat.code}.${seat.role}` : slug // what a browser remembers of a class is apart
const memory = recall(place)
const stage = createStage()
const shareButton = document.getElementById("share-open")
const [back, next] = ["back", "next"].map((id) => /** @type {HTMLButtonElement} */ (byId(id)))
const leading = sections[0].querySelector(".leading")?.textContent ?? ""
const first = parts.findIndex((part) => part.src) + 1 // alive without any input

/** @type {Record<string, number>} */
const TURNS = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 }

let n = 0
/** @type {Lesson["curve"]} */
let curve = null

const remember = () => keep(place, memory)
const here = () => parts[n - 1]
const section = () => sections[n - 1]

/** The answer that may stand beside the result: in a class, once the teacher has revealed it. @param {number} part */
const settled = (part) => (group ? group.settled(part) : memory.answers[part])

// ------------------------------------------------------------------ going from part to part

/** Turn pages by hand: in a class that is the teacher's matter. @param {number} to */
const turn = (to) => (group ? group.turn(to) : go(to))

/** @param {number} to */
function go(to, focus = true) {
  const part = Math.min(Math.max(1, to || 1), parts.length)
  if (part === n) return
  n = part
  sections.forEach((section, i) => {
    section.hidden = i !== n - 1
  })
  ;[...byId("dots").children].forEach((dot, i) => {
    dot.className = i < n - 1 ? "past" : i === n - 1 ? "now" : ""
  })
  byId("where").textContent = t("step_of", { n, total: parts.length })
  back.disabled = n === 1
  next.disabled = n === parts.length
  history.replaceState(null, "", `${location.search}#${n}`)
  memory.page = n
  memory.done ||= n === parts.length
  remember()
  if (n === parts.length) recap()
  show()
  host?.shown()
  byId("main").scrollTo(0, 0)
  find(document, ".text").scrollTop = 0
  if (focus) find(section(), "h1").focus({ preventScroll: true })
}

async function show() {
  const { src, question: asked } = here()
  const answer = settled(n)
  const draws = asked?.kind === "draw"
  document.body.classList.toggle("no-stage", !src)
  if (shareButton) shareButton.hidden = !src
  stage.show(draws)
  bar(asked?.kind === "ask" && !answer)
  if (asked?.kind === "draw") startCurve(asked, answer)
  else if (asked && answer) settle(asked, answer)
  else if (asked) form.ask(section())
  group?.shown(n)
  if (src && !draws) await play(src, n)
}

/**
 * Show the run of a part: up to a mark or time, or else as what was answered wants it.
 * @param {string} src
 * @param {number} part
 */
async function play(src, part, to = "") {
  if (!(await stage.load(src, () => part === n))) return
  const { question: asked, evidence } = here()
  const answered = Boolean(asked && settled(n))
  const proof = answered && asked?.kind === "ask" ? evidence : null
  if (proof) {
    await stage.prove(proof, () => part === n)
    if (part !== n) return
  }
  if (to) await stage.until(to)
  else if (answered) stage.jump(evidence?.run_to)
  else if (!stage.closed && n === first) stage.start()
  if (proof && part === n) stage.draw(section().querySelector("template"), !proof.plays)
}

// ------------------------------------------------------------------ predict, watch, explain

/** Close the stage until something is predicted, or open it; a lesson's question stands over its first picture. @param {boolean} closed */
const bar = (closed) => stage.close(closed, closed ? t("locked") : n === 1 ? leading : "")

/** @param {number | null} choice null: show the answer */
async function commit(choice) {
  const { question: asked, src, evidence } = here()
  if (!asked || asked.kind === "draw") return
  const part = n
  memory.answers[n] = { choice, why: null }
  remember()
  host?.answered()
  form.close(section())
  if (evidence && src) {
    if (evidence.plays) stage.close(false, t("watching"))
    await play(src, part, evidence.plays ? evidence.run_to || "end" : "")
    if (part !== n) return
  }
  settle(asked, memory.answers[n])
  toVerdict()
  find(section(), ".verdict").scrollIntoView({ block: "nearest" })
}

const toVerdict = () => find(section(), ".verdict").focus({ preventScroll: true })

/** The answer over the result. @type {(asked: ChoiceQuestion, answer: Answer) => void} */
function settle(asked, answer) {
  const verdict = form.settle(section(), asked, answer)
  stage.close(false, asked.kind === "ask" ? verdict : "")
}

// A radio button chooses while arrows walk over it: a reason counts once it is clicked, or confirmed with Enter or Space.
let arrows = false
/** @param {number | null} why null: show the reason */
function reason(why) {
  const { question: asked } = here()
  if (arrows || !asked || asked.kind === "draw") return
  const answer = memory.answers[n]
  Object.assign(answer, { why, why_shown: true })
  remember()
  form.explain(section(), why)
  group?.more()
}

// ------------------------------------------------------------------ draw, compare

/** @type {(asked: CurveQuestion, answer: Answer | undefined) => void} */
function startCurve(asked, answer) {
  find(section(), ".outcome").hidden = !answer
  find(section(), "form.question").classList.toggle("answered", Boolean(answer))
  curve = createCurve(stage.plot, asked, () => form.commitOf(section()).click())
  if (answer) settleCurve(asked, answer)
}

/** @param {number[] | null} guess null: show the runs */
function answerCurve(guess) {
  const { question: asked } = here()
  if (asked?.kind !== "draw") return
  memory.answers[n] = { curve: guess }
  remember()
  host?.answered()
  find(section(), "form.question").classList.add("answered")
  settleCurve(asked, memory.answers[n])
  toVerdict()
}

/** @type {(asked: CurveQuestion, answer: Answer) => void} */
function settleCurve(asked, { curve: guess }) {
  if (guess) curve?.set(guess)
  curve?.reveal((i) => openRun(asked, i), Boolean(guess))
  find(section(), ".verdict").textContent = guess ? judged(guess, asked, { x: "", y: asked.unit }).join(" ") : ""
  form.tell(section(), ".feedback", guess ? judge(guess, asked).verdict : "near")
  find(section(), ".numbers").replaceChildren(table(asked, guess))
  find(section(), ".outcome").hidden = false
}

/** @type {(asked: CurveQuestion, i: number) => void} */
function openRun(asked, i) {
  stage.leavePlot()
  play(asked.runs[i], n, "end")
}

// ------------------------------------------------------------------ exercises

/** Show what was tried in the scene, and tell it on. */
function showTasks() {
  for (const [part, { now, met, address }] of Object.entries(memory.tasks ?? {})) {
    const result = sections[Number(part) - 1]?.querySelector(".task-result")
    const href = new URL(address, site || location.href).href
    result?.replaceChildren(`${now} · `, h("a", { href, target: "_blank", rel: "opener" }, t("task_yours")))
    result?.classList.toggle("met", met)
  }
  group?.more()
  if (n === parts.length) recap()
}

/** An attempt is known. @type {(task: string, attempt: import("../kit/tasks.js").Attempt) => void} */
function takeTask(task, attempt) {
  const part = task && parts.findIndex((each) => each.task === task) + 1
  if (!part) return
  memory.tasks = { ...memory.tasks, [part]: better(memory.tasks?.[part], attempt) }
  remember()
}

/** Take the attempts that this browser knows. */
function takeTasks() {
  for (const { task } of parts) {
    const attempt = task && attemptAt(task)
    if (attempt) takeTask(task, attempt)
  }
  showTasks()
}

/** Forget everything that was answered and tried. */
function forgetAll() {
  forget(place)
  for (const { task } of parts) if (task) dropAttempt(task)
}
addEventListener("storage", takeTasks)
hearAttempts(new URL(site || location.href).origin, (task, attempt) => {
  takeTask(task, attempt)
  showTasks()
})

// ------------------------------------------------------------------ the end

function recap() {
  const all = results(parts, memory.answers)
  const given = all.filter((result) => result.given)
  const missed = given.filter((result) => result.missed)
  const tried = Object.values(memory.tasks ?? {})
  const told = /** @type {const} */ ([
    ["recap_transfer", counted(all, "transfer")],
    ["recap_recall", counted(all, "recall")],
    ["recap_task", { n: tried.filter(({ met }) => met).length, total: parts.filter(({ task }) => task).length }],
  ])
  const predictions = counted(all, "ask", "draw")
  const skipped = all.length - given.length
  byId("recap").replaceChildren(
    h("li", {}, predictions.total ? t("recap_right", predictions) : t("recap_none")),
    ...told.flatMap(([name, values]) => (values.total ? [h("li", {}, t(name, values))] : [])),
    ...(skipped ? [h("li", {}, t("recap_skipped", { n: skipped }))] : []),
  )
  byId("again").hidden = missed.length === 0
  const entries = missed.map(({ part, kind }) => {
    const named = find(sections[part - 1], kind === "recall" ? "legend" : "h1").textContent
    const button = h("button", { type: "button", class: "button", onclick: () => again(part) }, t("try_again"))
    return h("li", {}, named, " ", button)
  })
  find(byId("again"), "ul").replaceChildren(...entries)
}

/** @param {number} part */
function again(part) {
  delete memory.answers[part]
  remember()
  go(part)
}

// ------------------------------------------------------------------ hands

/** What an event comes from, or what holds that. @type {(event: Event, selector: string) => Element | null} */
const within = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null)

document.addEventListener("change", (event) => {
  if (within(event, ".answers")) form.commitOf(section()).disabled = false
  if (within(event, ".why")) reason(Number(/** @type {HTMLInputElement} */ (event.target).value))
})

document.addEventListener("submit", (event) => {
  if (!within(event, "form.question")) return
  event.preventDefault()
  if (settled(n)) return
  const drawn = here().question?.kind === "draw" ? curve?.guess : undefined
  const chosen = form.inputsOf(section()).findIndex((input) => input.checked)
  if (!drawn && chosen < 0) return
  if (group) group.answer(drawn ?? chosen)
  else if (drawn) answerCurve(drawn)
  else commit(chosen)
})

document.addEventListener("click", (event) => {
  if (within(event, ".show-me")) here().question?.kind === "draw" ? answerCurve(null) : commit(null)
  if (within(event, ".show-why")) reason(null)
  if (within(event, ".skip-recall")) turn(n + 1)
})

document.addEventListener("keydown", (event) => {
  const why = within(event, ".why input")
  arrows = Boolean(why) && event.key.startsWith("Arrow")
  if (why instanceof HTMLInputElement && (event.key === "Enter" || event.key === " ") && why.checked) {
    event.preventDefault()
    reason(Number(why.value))
    return
  }
  const taken = event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented
  if (taken || document.querySelector("dialog[open]")) return
  // Arrows turn pages too, for keyboards without PageDown, where neither a control nor a deck around uses them.
  const used = host !== null || within(event, "input, textarea, select, [role=slider], #beside") !== null
  const by = used && event.key.startsWith("Arrow") ? 0 : (TURNS[event.key] ?? 0)
  if (by) {
    event.preventDefault()
    turn(n + by)
  } else if (
    event.key === " " &&
    !within(event, "input, button, a, textarea, select, summary, [role=slider], [role=button]")
  ) {
    event.preventDefault()
    stage.toggle()
  }
})
document.addEventListener("keyup", () => {
  arrows = false
})

back.addEventListener("click", () => turn(n - 1))
next.addEventListener("click", () => turn(n + 1))
addEventListener("hashchange", () => Number(location.hash.slice(1)) && turn(Number(location.hash.slice(1))))

const contents = /** @type {HTMLDialogElement} */ (byId("contents"))
byId("contents-button").addEventListener("click", () => contents.showModal())
contents.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.matches("a[href^='#']")) contents.close()
})
byId("answers-csv").addEventListener("click", async () => {
  const { csvOf, given, saveCsv } = await import("./lesson_csv.js")
  saveCsv(csvOf(parts, [given(memory)]), `${slug}.csv`)
})
const handIn = document.getElementById("hand-in")
handIn?.addEventListener("toggle", async () => {
  const [{ lineOf }, { given }] = await Promise.all([import("./lesson_hand_in.js"), import("./lesson_csv.js")])
  memory.student ??= someName()
  remember()
  const line = /** @type {HTMLTextAreaElement} */ (byId("result-line"))
  line.value = await lineOf(slug, parts, memory.student, given(memory))
})
byId("result-line")?.addEventListener("focus", ({ target }) => /** @type {HTMLTextAreaElement} */ (target).select())
byId("result-save")?.addEventListener("click", async () => {
  const { saveFile } = await import("./lesson_csv.js")
  const line = /** @type {HTMLTextAreaElement} */ (byId("result-line"))
  saveFile(`${line.value}\n`, "text/plain", `${slug}.txt`)
})
byId("forget").addEventListener("click", () => {
  forgetAll()
  location.replace(location.pathname + location.search)
})

shareButton?.addEventListener("click", async () => {
  const { openShare } = await import("./share.js")
  const { lang } = document.documentElement
  /** @type {(more: Record<string, string>, hash: string) => string} */
  const address = (more, hash) => {
    const words = new URLSearchParams({ ...(lang === "en" ? {} : { lang }), ...more }).toString()
    return `${words && `?${words}`}${hash}`
  }
  const { scene, query, src } = here()
  if (!scene) return
  openShare({
    player: stage.playerOf(src),
    scene,
    search: query,
    title: String(find(section(), "h1").textContent),
    link: `${location.origin}${location.pathname}${address({}, `#${n}`)}`,
    qr: `/qr/course/${slug}/${n}${address({}, "")}`,
    whole: (theme) => `${location.pathname}${address({ embed: "1", theme }, `#${n}`)}`,
  })
})

showTerms(glossary)

// ------------------------------------------------------------------ a class together, a host around the frame

/** @type {Lesson} */
const lesson = {
  slug,
  parts,
  memory,
  stage,
  remember,
  go,
  section,
  get page() {
    return n
  },
  get curve() {
    return curve
  },
  reveal() {
    const given = memory.answers[n]
    return here().question?.kind === "draw" ? answerCurve(given?.curve ?? null) : commit(given?.choice ?? null)
  },
  forget: forgetAll,
}
/** @type {ReturnType<typeof import("./lesson_frame.js").joinHost> | null} */
const host = hosts && window.parent !== window ? (await import("./lesson_frame.js")).joinHost(hosts, lesson) : null
/** @type {Seat | null} */
const group = seat && (await import("./lesson_class.js")).takeSeat(seat, lesson)

document.body.classList.add("stepwise")
go(Number(location.hash.slice(1)) || memory.page, false)
takeTasks()
document.body.dataset.ready = "true"
