// @ts-nocheck
// Makes the text of a lesson a sequence: one part at a time, predict, watch, explain. See templates/lesson.html.

import { distance } from "../kit/guess.js"
import { createCurve, table } from "./curve.js"
import { h } from "../kit/dom.js"
import { results } from "./lesson_results.js"
import { forget, keep, recall } from "./lesson_store.js"

const PATIENCE_MS = 12_000 // a run to a mark that takes longer is not waited for

const { slug, parts, texts, glossary, seat, hosts } = JSON.parse(document.getElementById("data").textContent)
const sections = [...document.querySelectorAll(".part")]
const byId = (id) => document.getElementById(id)
const stage = byId("beside"),
  overlay = byId("overlay"),
  plot = byId("plot"),
  playerBox = byId("player"),
  stageFoot = byId("stage-foot")
const place = seat ? `${slug}.${seat.code}.${seat.role}` : slug // what a browser remembers of a class is apart
const memory = recall(place)
const still = matchMedia("(prefers-reduced-motion: reduce)")

const first = parts.findIndex((part) => part.src) + 1 // alive without any input

let n = 0
let player = null
let curve = null
let loaded = ""
const ready = import("../player/player.js")
  .then(({ createPlayer }) => createPlayer(playerBox, { controls: "full", motion: "auto" }))
  .then((made) => {
    player = made
  })
  .catch(() => {
    playerBox.textContent = texts.no_player
  })

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
/** The run at an address: its bytes where the page holds them, else the address. */
function held(src) {
  const text = [...document.querySelectorAll("script[data-run]")].find(
    (script) => script.dataset.run === src,
  )?.textContent
  return text ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : src
}
const remember = () => keep(place, memory)
const question = () => parts[n - 1].question
const section = () => sections[n - 1]
const find = (selector) => section().querySelector(selector)
const all = (selector) => [...section().querySelectorAll(selector)]

/** The answer that may stand beside the result: in a class, once the teacher has revealed it. */
const settled = (part) => (group ? group.settled(part) : memory.answers[part])

// ------------------------------------------------------------------ going from part to part

/** Turn pages by hand: in a class that is the teacher's matter. */
const turn = (to) => (group ? group.turn(to) : go(to))

function go(to, focus = true) {
  const next = Math.min(Math.max(1, to || 1), parts.length)
  if (next === n) return
  n = next
  sections.forEach((part, i) => {
    part.hidden = i !== n - 1
  })
  ;[...byId("dots").children].forEach((dot, i) => {
    dot.className = i < n - 1 ? "past" : i === n - 1 ? "now" : ""
  })
  byId("where").textContent = fill(texts.step_of, { n, total: parts.length })
  byId("back").disabled = n === 1
  byId("next").disabled = n === parts.length
  history.replaceState(null, "", `${location.search}#${n}`)
  memory.page = n
  memory.done ||= n === parts.length
  remember()
  if (n === parts.length) recap()
  show()
  host?.shown()
  byId("main").scrollTo?.(0, 0)
  document.querySelector(".text").scrollTop = 0
  if (focus) find("h1").focus({ preventScroll: true })
}

async function show() {
  const { src, question: asked } = parts[n - 1]
  const answer = settled(n)
  const draws = asked?.kind === "draw"
  document.body.classList.toggle("no-stage", !src)
  if (byId("share-open")) byId("share-open").hidden = !src
  stageFoot.hidden = true
  plot.hidden = !draws
  playerBox.hidden = draws
  overlay.hidden = draws
  say("")
  if (draws) startCurve(asked, answer)
  else if (asked) answer === undefined ? lock(asked) : settle(asked, answer)
  group?.shown(n)
  if (src && !draws) await play(src, n)
}

async function play(src, part, to = "") {
  await ready
  if (!player || part !== n) return
  if (loaded !== src) {
    player.pause()
    if (!(await player.load(held(src))) || part !== n) return
    loaded = src
  } else player.reset()
  const locked = stage.classList.contains("locked")
  player.conceal(locked)
  if (to) return until(to)
  const { question: asked } = parts[n - 1]
  const answered = settled(n) !== undefined
  if (asked && answered) await jump(parts[n - 1].run_to)
  else if (!locked && n === first && !still.matches) player.play()
}

// ------------------------------------------------------------------ predict, watch, explain

function lock(asked) {
  const form = find("form.question")
  form.reset()
  form.classList.remove("answered")
  all(".outcome, .feedback, .reason").forEach((element) => {
    element.hidden = true
  })
  all("label.option").forEach((label) => {
    label.classList.remove("correct", "chosen")
    label.querySelector(".tag").textContent = ""
  })
  all("input").forEach((input) => {
    input.disabled = false
  })
  find(".commit").disabled = true
  bar(asked.kind === "ask")
}

function bar(closed) {
  stage.classList.toggle("locked", closed)
  playerBox.inert = closed
  player?.conceal(closed)
  say(closed ? texts.locked : "")
}

function say(text) {
  overlay.textContent = text
}

async function commit(choice) {
  const asked = question()
  const part = n
  memory.answers[n] = { choice, why: null }
  remember()
  host?.answered()
  find("form.question").classList.add("answered")
  all(".answers input").forEach((input) => {
    input.disabled = true
  })
  if (asked.kind === "ask") {
    bar(false)
    say(texts.watching)
    await play(parts[n - 1].src, part, parts[n - 1].run_to || "end")
    if (part !== n) return
  }
  settle(asked, memory.answers[n])
  find(".verdict").focus({ preventScroll: true })
  find(".verdict").scrollIntoView({ block: "nearest" })
}

/** Play to a mark, a time, or the end; with reduced motion be there at once. */
async function until(name) {
  if (still.matches) return jump(name)
  await new Promise((done) => {
    const root = player.root
    const stop = (event) => {
      if (event.type === "mark" && event.detail.name !== name) return
      if (event.type === "time" && !(event.detail.t >= Number(name))) return
      for (const type of ["mark", "time", "end", "error"]) root.removeEventListener(type, stop)
      clearTimeout(timer)
      done()
    }
    const timer = setTimeout(() => stop(new Event("end")), PATIENCE_MS)
    for (const type of ["mark", "time", "end", "error"]) root.addEventListener(type, stop)
    player.play()
  })
  jump(name)
}

function jump(name) {
  player.pause()
  if (Number(name)) player.seek(Number(name))
  else if (name && name !== "end") player.seekMark(name)
  else player.seek(Infinity)
}

/** Show what became of an answer: the answer over the result, then the reason, then what there is to say about it. */
function settle(asked, { choice, why, why_shown: shown }) {
  const runs = asked.kind === "ask"
  bar(false)
  find("form.question").classList.add("answered")
  all(".answers label.option").forEach((label, i) => {
    const [right, chosen] = [i === asked.right, i === choice]
    label.classList.toggle("correct", right)
    label.classList.toggle("chosen", chosen)
    label.querySelector("input").checked = chosen
    label.querySelector("input").disabled = true
    label.querySelector(".tag").textContent = [chosen && texts.your_answer, right && texts.right_answer]
      .filter(Boolean)
      .join(" · ")
  })
  const text = (i) => all(".answers .words")[i]?.textContent
  const kind = choice === null ? "none" : choice === asked.right ? "right" : "wrong"
  const verdict = fill(texts[`${runs ? "said" : "told"}_${kind}`], { answer: text(choice), right: text(asked.right) })
  find(".verdict").textContent = verdict
  if (runs) say(verdict)
  find(".outcome").hidden = false
  const reasons = find(".why")
  if (!reasons || why !== null || shown) explain(choice ?? asked.right, why, Boolean(reasons))
}

function explain(choice, why, reasons) {
  for (const paragraph of all(".feedback")) paragraph.hidden = Number(paragraph.dataset.option) !== choice
  if (!reasons) return
  const options = all(".why label.option")
  const right = options.findIndex((label) => label.hasAttribute("data-right"))
  options.forEach((label, i) => {
    label.classList.toggle("correct", i === right)
    label.classList.toggle("chosen", i === why)
    label.querySelector("input").checked = i === why
    label.querySelector("input").disabled = true
    label.querySelector(".tag").textContent = [i === why && texts.your_answer, i === right && texts.right_answer]
      .filter(Boolean)
      .join(" · ")
  })
  for (const paragraph of all(".reason")) {
    const i = Number(paragraph.dataset.option)
    paragraph.hidden = i !== (why ?? right)
  }
  find(".show-why").hidden = true
  find(".explanation").scrollIntoView({ block: "nearest" })
}

// ------------------------------------------------------------------ draw, compare

function startCurve(asked, answer) {
  find(".outcome").hidden = answer === undefined
  stage.classList.remove("locked")
  curve = createCurve(plot, asked, texts)
  find("form.question").classList.toggle("answered", answer !== undefined)
  if (answer !== undefined) settleCurve(asked, answer)
}

function settleCurve(asked, { curve: guess }) {
  if (guess) curve.set(guess)
  curve.reveal((i) => openRun(asked, i), Boolean(guess))
  const result = guess && distance(guess, asked.y)
  find(".verdict").textContent = result ? fill(texts.curve_off, { factor: result.factor.toFixed(1) }) : ""
  for (const paragraph of all(".feedback")) paragraph.hidden = paragraph.dataset.option !== (result?.verdict ?? "near")
  find(".numbers").replaceChildren(table(asked, guess, texts))
  find(".outcome").hidden = false
}

function openRun(asked, i) {
  plot.hidden = true
  playerBox.hidden = false
  stageFoot.hidden = false
  byId("to-curve").focus()
  play(asked.runs[i], n, "end")
}

byId("to-curve").addEventListener("click", () => {
  player?.pause()
  plot.hidden = false
  playerBox.hidden = true
  stageFoot.hidden = true
})

// ------------------------------------------------------------------ the end

function recap() {
  const given = results(parts, memory.answers).filter((result) => result.given)
  const missed = given.filter((result) => result.missed)
  byId("recap").textContent = given.length
    ? fill(texts.recap_right, { n: given.length - missed.length, total: given.length })
    : texts.recap_none
  byId("again").hidden = missed.length === 0
  byId("again")
    .querySelector("ul")
    .replaceChildren(
      ...missed.map(({ part }) =>
        h(
          "li",
          {},
          sections[part - 1].querySelector("h1").textContent,
          " ",
          h("button", { type: "button", class: "button", onclick: () => again(part) }, texts.try_again),
        ),
      ),
    )
}

function again(part) {
  delete memory.answers[part]
  remember()
  go(part)
}

// ------------------------------------------------------------------ hands

document.addEventListener("change", (event) => {
  if (event.target.closest(".answers")) find(".commit").disabled = false
  if (event.target.closest(".why")) reason(Number(event.target.value))
})

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.question")) return
  event.preventDefault()
  if (settled(n) !== undefined) return
  const chosen = find(".answers input:checked")
  if (group) group.answer(curve && question().kind === "draw" ? curve.guess : Number(chosen?.value))
  else if (question().kind === "draw") answerCurve(curve.guess)
  else if (chosen) commit(Number(chosen.value))
})

document.addEventListener("click", (event) => {
  if (event.target.closest(".show-me")) question().kind === "draw" ? answerCurve(null) : commit(null)
  if (event.target.closest(".show-why")) reason(null)
})

// A radio button chooses while arrows walk over it: a reason counts once it is clicked, or confirmed with Enter or Space.
let arrows = false
function reason(why) {
  if (arrows) return
  const answer = memory.answers[n]
  Object.assign(answer, { why, why_shown: true })
  remember()
  explain(answer.choice ?? question().right, why, true)
  group?.reason()
}

function answerCurve(guess) {
  memory.answers[n] = { curve: guess }
  remember()
  host?.answered()
  find("form.question").classList.add("answered")
  settleCurve(question(), memory.answers[n])
  find(".verdict").focus({ preventScroll: true })
}

document.addEventListener("keydown", (event) => {
  const why = event.target.closest?.(".why")
  arrows = Boolean(why) && event.key.startsWith("Arrow")
  if (why && (event.key === "Enter" || event.key === " ") && event.target.checked) {
    event.preventDefault()
    reason(Number(event.target.value))
    return
  }
  if (
    event.ctrlKey ||
    event.altKey ||
    event.metaKey ||
    event.defaultPrevented ||
    document.querySelector("dialog[open]")
  )
    return
  if (event.key === "PageDown" || event.key === "PageUp") {
    event.preventDefault()
    turn(n + (event.key === "PageDown" ? 1 : -1))
  } else if (
    event.key === " " &&
    !event.target.closest("input, button, a, textarea, select, summary, [role=slider], [role=button]")
  ) {
    event.preventDefault()
    if (!stage.classList.contains("locked")) player?.toggle()
  }
})
document.addEventListener("keyup", () => {
  arrows = false
})

byId("back").addEventListener("click", () => turn(n - 1))
byId("next").addEventListener("click", () => turn(n + 1))
addEventListener("hashchange", () => Number(location.hash.slice(1)) && turn(Number(location.hash.slice(1))))

const contents = byId("contents")
byId("contents-button").addEventListener("click", () => contents.showModal())
contents.addEventListener("click", (event) => {
  if (event.target.matches("a[href^='#']")) contents.close()
})
byId("answers-csv").addEventListener("click", async () => {
  const { csvOf, given, saveCsv } = await import("./lesson_csv.js")
  saveCsv(csvOf(parts, [given(memory.answers)]), `${slug}.csv`)
})
byId("forget").addEventListener("click", () => {
  forget(place)
  location.replace(location.pathname + location.search)
})

byId("share-open")?.addEventListener("click", async () => {
  const { openShare } = await import("./share.js")
  const { lang } = document.documentElement
  const here = (more, hash) => {
    const words = new URLSearchParams({ ...(lang === "en" ? {} : { lang }), ...more }).toString()
    return `${words && `?${words}`}${hash}`
  }
  const { scene, query, src } = parts[n - 1]
  openShare({
    player: loaded === src ? player : null,
    scene,
    search: query,
    title: find("h1").textContent,
    link: `${location.origin}${location.pathname}${here({}, `#${n}`)}`,
    qr: `/qr/course/${slug}/${n}${here({}, "")}`,
    whole: (theme) => `${location.pathname}${here({ embed: 1, theme }, `#${n}`)}`,
  })
})

// ------------------------------------------------------------------ terms of the glossary

const definition = byId("definition")
let shownFor = null
function define(link) {
  const term = glossary[link.hash.slice(1)]
  if (!term) return
  shownFor = link
  definition.replaceChildren(h("b", {}, term.name), ` ${term.text}`)
  definition.hidden = false
  const box = link.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = definition
  definition.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`
  definition.style.top = `${box.bottom + 6 + height < innerHeight ? box.bottom + 6 : box.top - height - 6}px`
  link.setAttribute("aria-describedby", "definition")
}
function undefine() {
  shownFor?.removeAttribute("aria-describedby")
  shownFor = null
  definition.hidden = true
}
for (const link of document.querySelectorAll("a.term")) {
  link.addEventListener("pointerenter", () => define(link))
  link.addEventListener("focus", () => define(link))
  link.addEventListener("pointerleave", undefine)
  link.addEventListener("blur", undefine)
}
addEventListener("keydown", (event) => event.key === "Escape" && undefine())

// ------------------------------------------------------------------ a class together, a host around the frame

const lesson = {
  slug,
  parts,
  texts,
  memory,
  remember,
  fill,
  go,
  show,
  say,
  section,
  bar,
  get page() {
    return n
  },
  get curve() {
    return curve
  },
  /** Show the result of the present part beside what was answered, as if it were committed now. */
  reveal() {
    const given = memory.answers[n]
    return question().kind === "draw" ? answerCurve(given?.curve ?? null) : commit(given?.choice ?? null)
  },
  forget: () => forget(place),
}
const host = hosts && window.parent !== window ? (await import("./lesson_frame.js")).joinHost(hosts, lesson) : null
const group = seat && (await import("./lesson_class.js")).takeSeat(seat, lesson)

document.body.classList.add("stepwise")
go(Number(location.hash.slice(1)) || memory.page, false)
document.body.dataset.ready = "true"
