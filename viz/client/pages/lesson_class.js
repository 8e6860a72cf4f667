// A lesson that a class takes together: the teacher's seat leads, a student's seat follows.
//
// A seat tells lesson.js what may be shown (settled), whether pages may be turned (turn), takes an answer (answer), and is told
// when a part is on the screen (shown).

import { byId, find } from "../kit/dom.js"
import { t } from "../kit/language.js"
import { csvOf, given, saveCsv } from "./lesson_csv.js"
import { someName } from "./lesson_hand_in.js"
import { ask, commitOf, inputsOf, reasonsOf, wordsOf } from "./lesson_question.js"
import { dropKey, follow, give, keyOf, openRoom, outbox, send } from "./lesson_room.js"
import { drawTally } from "./lesson_tally.js"

/**
 * @import { Lesson, LessonData, Memory, RoomCounts, RoomState, Seat } from "./types"
 * @typedef {Memory & {state: RoomState}} RoomMemory
 */

/**
 * Take the seat that the page is for.
 * @param {NonNullable<LessonData["seat"]>} seat
 * @param {Lesson} lesson
 * @returns {Seat}
 */
export function takeSeat({ code, role }, lesson) {
  const state = { page: lesson.memory.page, locked: false, revealed: [], again: [], ...lesson.memory.state }
  const memory = Object.assign(lesson.memory, { state })
  /** @type {Seat["settled"]} */
  const settled = (part) =>
    memory.state.revealed.includes(part)
      ? (memory.answers[part] ??= { choice: null, why: null, curve: null })
      : undefined
  return { settled, ...(role === "teacher" ? teacher : student)(code, lesson, memory) }
}

/** @param {string} text */
const status = (text) => {
  byId("room-status").textContent = text
}

/** Close the lesson's door: what the browser kept of the room is forgotten. @param {Lesson} lesson */
function leave(lesson) {
  lesson.forget()
  status(t("class_closed"))
  byId("room-alone").hidden = false
  document.body.classList.add("room-over")
}

/** @type {(code: string, lesson: Lesson, memory: RoomMemory) => Omit<Seat, "settled">} */
function student(code, lesson, memory) {
  const { remember } = lesson
  const name = (memory.student ??= someName())
  /** Votes that do not count. @type {string[]} */
  let late = []
  const post = outbox(
    async (/** @type {object} */ message) => {
      const told = await give(code, message)
      late = told.late
      return told.status
    },
    () => update(),
  )
  let connected = false
  for (const button of document.querySelectorAll(".commit")) button.textContent = t("class_send")

  function sendAll() {
    const answers = given(memory)
    if (Object.keys(answers).length) post({ student: name, answers })
  }

  function update() {
    const { page, locked, revealed } = memory.state
    const asked = lesson.parts[page - 1].question
    const open = asked && !locked && !revealed.includes(page)
    if (asked && !revealed.includes(page)) {
      const inputs = inputsOf(lesson.section())
      for (const input of inputs) input.disabled = !open
      commitOf(lesson.section()).disabled = !open || (asked.kind !== "draw" && !inputs.some((input) => input.checked))
      if (asked.kind === "draw") lesson.curve?.lock(!open)
    }
    const answer = memory.answers[page]
    const given = answer && (answer.curve ?? answer.choice ?? null) !== null
    if (!post.idle()) status(t("class_unsent"))
    else if (!connected) status(t("class_lost"))
    else if (late.includes(`${page}${memory.state.again.includes(page) ? "s" : ""}`)) status(t("class_late"))
    else if (!asked || revealed.includes(page)) status(t("class_wait"))
    else if (locked) status(t("class_locked"))
    else status(given ? t("class_sent") : t(memory.state.again.includes(page) ? "class_vote_again" : "class_choose"))
  }

  /** The class votes a second time on parts: what was chosen is the first vote. @param {number[]} parts */
  function voteAgain(parts) {
    for (const part of parts) {
      const { curve, choice } = memory.answers[part] ?? {}
      memory.answers[part] = { choice: null, first: curve ?? choice ?? null }
    }
    if (parts.includes(lesson.page)) ask(lesson.section())
  }

  /** Whoever has not voted a second time stays with the first vote. @param {number} part */
  function keepFirst(part) {
    const answer = memory.answers[part]
    if (answer?.first === undefined || (answer.curve ?? answer.choice ?? null) !== null) return
    const { first } = answer
    memory.answers[part] = Array.isArray(first) ? { curve: first } : { choice: first, why: null }
  }

  const stream = follow(code, {
    student: name,
    seen(/** @type {RoomState | null} */ view, isFirst) {
      if (!view) {
        stream.stop()
        leave(lesson)
        return
      }
      connected = true
      const before = memory.state
      memory.state = view
      voteAgain(view.again.filter((part) => !before.again.includes(part)))
      view.revealed.filter((part) => !before.revealed.includes(part)).forEach(keepFirst)
      remember()
      if (isFirst) sendAll()
      if (view.page !== lesson.page) lesson.go(view.page)
      else if (view.revealed.includes(view.page) && !before.revealed.includes(view.page)) lesson.reveal()
      update()
    },
    lost(answered) {
      connected = false
      update()
      if (answered === 404) status(t("class_none"))
    },
  })

  return {
    turn: () => lesson.go(memory.state.page),
    answer(value) {
      const { first } = memory.answers[lesson.page] ?? {}
      memory.answers[lesson.page] = Array.isArray(value) ? { curve: value, first } : { choice: value, why: null, first }
      remember()
      sendAll()
      update()
    },
    more: sendAll,
    shown(part) {
      const answer = memory.answers[part]
      if (answer && !memory.state.revealed.includes(part)) {
        const drawn = answer.curve ?? answer.first
        if (Array.isArray(drawn)) lesson.curve?.set(drawn)
        for (const [i, input] of inputsOf(lesson.section()).entries()) input.checked = i === answer.choice
      }
      lesson.stage.say("")
      update()
    },
  }
}

/**
 * Show how a class answered the present part, with the curves on the plot or in bars, for which the player makes room.
 * @param {Lesson} lesson
 * @param {RoomCounts} counts
 * @param {{revealed: boolean, told: boolean, hidden: boolean}} how whether the result is on the stage, whether it has been seen
 *   to its end, and whether the counts are not to be seen
 */
function drawAnswers(lesson, { present, answered, tally, first, reasons }, { revealed, told, hidden }) {
  const { page } = lesson
  const { question: asked } = lesson.parts[page - 1]
  const box = byId("tally")
  box.hidden = !asked || asked.kind === "draw"
  if (!asked) return
  if (asked.kind === "draw") {
    const [own, before] = [tally, first].map((curves) => /** @type {number[][]} */ (hidden ? [] : (curves ?? [])))
    lesson.curve?.cloud(own, before)
    lesson.stage.say(t("class_cloud", { n: answered }))
    return
  }
  const beside = asked.kind === "ask" && revealed
  byId("player").hidden = !beside
  box.classList.toggle("compact", beside)
  box.classList.toggle("veiled", hidden)
  const words = wordsOf(lesson.section())
  const why = reasonsOf(lesson.section())
  const counted = /** @type {number[]} */ (tally ?? words.map(() => 0))
  const votes = first ? [/** @type {number[]} */ (first), counted] : [counted]
  const titles = first ? ["class_first", "class_second"] : ["class_tally"]
  const total = (/** @type {number[]} */ counts) => counts.reduce((sum, n) => sum + n, 0)
  drawTally(
    box,
    ...votes.map((counts, i) => ({
      counts,
      words,
      of: present,
      right: told ? asked.right : -1,
      title: t(titles[i], { n: total(counts) }),
    })),
    told &&
      reasons && {
        counts: reasons,
        words: why.labels.map((label) => find(label, ".words")),
        of: present,
        right: lesson.memory.answers[page]?.why_shown ? why.right : -1,
        title: t("class_reasons", { n: total(reasons) }),
      },
  )
}

/** @type {(code: string, lesson: Lesson, memory: RoomMemory) => Omit<Seat, "settled">} */
function teacher(code, lesson, memory) {
  const { remember } = lesson
  const key = keyOf(code)
  const tell = outbox((/** @type {RoomState} */ state) => send("PUT", code, key, state))
  const [lock, again, reveal, hide] = ["lock", "again", "reveal", "hide"].map(
    (name) => /** @type {HTMLButtonElement} */ (byId(`room-${name}`)),
  )
  /** @type {RoomCounts & {page?: number, again?: number[]}} */
  let view = { present: 0, answered: 0, waiting: 0, tally: null }
  let watching = false // the film of the answer
  /** Whether the counts of a vote are shown; by default once everybody who is there has voted, or the answer is revealed. */
  const shown = new Map()
  const vote = () => `${lesson.page} ${memory.state.again.includes(lesson.page)}`

  const question = () => lesson.parts[lesson.page - 1].question
  const isRevealed = () => memory.state.revealed.includes(lesson.page)

  /** @param {Partial<RoomState>} change */
  function lead(change) {
    memory.state = { ...memory.state, ...change }
    remember()
    tell(memory.state)
    paint()
  }

  function paint() {
    byId("room-present").textContent = t("class_present", { n: view.present })
    const second = memory.state.again.includes(lesson.page)
    const fits = view.page === lesson.page && view.again?.includes(lesson.page) === second
    const fitting = fits ? view : { present: view.present, answered: 0, waiting: 0, tally: null }
    const [tried, reached] = fitting.tasks ?? [0, 0]
    byId("room-answered").textContent = question()
      ? t("class_answered", { n: fitting.answered })
      : fitting.tasks
        ? t("class_tasks", { reached, tried })
        : ""
    if (fitting.answered && !fitting.waiting && !shown.has(vote())) shown.set(vote(), true)
    const hidden = !(shown.get(vote()) ?? isRevealed())
    lock.textContent = memory.state.locked ? t("class_unlock") : t("class_lock")
    lock.disabled = reveal.disabled = !question() || isRevealed()
    again.disabled = lock.disabled || second || !fitting.answered
    hide.disabled = !question()
    hide.textContent = t(hidden ? "class_show" : "class_hide")
    drawAnswers(lesson, fitting, { revealed: isRevealed(), told: isRevealed() && !watching, hidden })
  }

  let stream = { stop() {} }
  if (!key) status(t("class_no_key"))
  else
    stream = follow(code, {
      key,
      seen(/** @type {(RoomState & RoomCounts) | null} */ next) {
        if (!next) return end()
        const { page, locked, revealed, again, ...counts } = next
        view = { page, again, ...counts }
        status("")
        if (tell.idle()) {
          // another window of the same teacher may have the lead
          const fresh = revealed.includes(page) && !isRevealed()
          memory.state = { page, locked, revealed, again }
          remember()
          if (page !== lesson.page) lesson.go(page, false)
          else if (fresh) watch()
        }
        paint()
      },
      async lost(answered) {
        status(answered === 403 ? t("class_no_key") : t("class_lost_teacher"))
        return (
          answered === 404 &&
          Boolean((await openRoom(lesson.slug, document.documentElement.lang, key, memory.state)).code)
        )
      },
    })

  /** Show the result; nothing beside the film says it first. */
  async function watch() {
    watching = true
    paint()
    await lesson.reveal()
    watching = false
    paint()
  }

  function end() {
    stream.stop()
    dropKey(code)
    leave(lesson)
  }

  byId("room-join").addEventListener("click", () => /** @type {HTMLDialogElement} */ (byId("room-dialog")).showModal())
  lock.addEventListener("click", () => lead({ locked: !memory.state.locked }))
  reveal.addEventListener("click", () => {
    lead({ locked: true, revealed: [...memory.state.revealed, lesson.page].sort((a, b) => a - b) })
    watch()
  })
  again.addEventListener("click", () => {
    lead({ locked: false, again: [...memory.state.again, lesson.page].sort((a, b) => a - b) })
  })
  hide.addEventListener("click", () => {
    shown.set(vote(), !(shown.get(vote()) ?? isRevealed()))
    paint()
  })
  byId("room-csv").addEventListener("click", async () => {
    const answer = await fetch(`/room/${code}/answers`, { headers: { Authorization: `Bearer ${key}` } })
    if (answer.ok) saveCsv(csvOf(lesson.parts, (await answer.json()).answers), `${lesson.slug}-${code}.csv`)
  })
  const close = byId("room-close")
  close.addEventListener("click", async () => {
    if (confirm(close.dataset.sure) && (await send("DELETE", code, key)) === 204) end()
  })

  return {
    turn(to) {
      if (!key) return
      lesson.go(to)
      if (memory.state.page !== lesson.page) lead({ page: lesson.page, locked: false })
    },
    answer() {},
    more: paint,
    shown() {
      for (const input of inputsOf(lesson.section())) input.disabled = true
      if (question()) {
        document.body.classList.remove("no-stage")
        lesson.stage.close(false)
      }
      paint()
    },
  }
}
