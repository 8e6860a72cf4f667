// @ts-nocheck
// A lesson that a class takes together: the teacher's seat leads, a student's seat follows.
//
// A seat tells lesson.js what may be shown (settled), whether pages may be turned (turn), takes an answer (answer), and is told
// when a part is on the screen (shown).

import { csvOf, given, saveCsv } from "./lesson_csv.js"
import { dropKey, follow, keyOf, openRoom, outbox, send } from "./lesson_room.js"
import { drawTally } from "./lesson_tally.js"

const byId = (id) => document.getElementById(id)

/** Take the seat that the page is for. */
export function takeSeat({ code, role }, lesson) {
  lesson.memory.state ??= { page: lesson.memory.page, locked: false, revealed: [] }
  const { memory } = lesson
  const settled = (part) =>
    memory.state.revealed.includes(part)
      ? (memory.answers[part] ??= { choice: null, why: null, curve: null })
      : undefined
  return role === "teacher" ? { settled, ...teacher(code, lesson) } : { settled, ...student(code, lesson) }
}

/** Close the lesson's door: what the browser kept of the room is forgotten. */
function leave(lesson, text) {
  lesson.forget()
  byId("room-status").textContent = text
  byId("room-alone").hidden = false
  document.body.classList.add("room-over")
}

function student(code, lesson) {
  const { memory, texts, remember } = lesson
  memory.student ??= [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
  const status = (text) => {
    byId("room-status").textContent = text
  }
  const post = outbox((message) => send("POST", `${code}/answers`, "", message))
  let connected = false
  for (const button of document.querySelectorAll(".commit")) button.textContent = texts.class_send

  function sendAll() {
    const answers = given(memory.answers)
    if (Object.keys(answers).length) post({ student: memory.student, answers })
  }

  function update() {
    const { page, locked, revealed } = memory.state
    const asked = lesson.parts[page - 1].question
    const open = asked && !locked && !revealed.includes(page)
    if (asked && !revealed.includes(page)) {
      for (const input of lesson.section().querySelectorAll(".answers input")) input.disabled = !open
      lesson.section().querySelector(".commit").disabled =
        !open || (asked.kind !== "draw" && !lesson.section().querySelector(".answers input:checked"))
      if (asked.kind === "draw") lesson.curve.lock(!open)
    }
    if (!connected) status(texts.class_lost)
    else if (!asked || revealed.includes(page)) status(texts.class_wait)
    else if (locked) status(texts.class_locked)
    else status(memory.answers[page] ? texts.class_sent : texts.class_choose)
  }

  const stream = follow(code, {
    student: memory.student,
    seen(view, isFirst) {
      if (!view) {
        stream.stop()
        leave(lesson, texts.class_closed)
        return
      }
      connected = true
      const before = memory.state
      memory.state = view
      remember()
      if (isFirst) sendAll()
      if (view.page !== lesson.page) lesson.go(view.page)
      else if (view.revealed.includes(view.page) && !before.revealed.includes(view.page)) lesson.reveal()
      update()
    },
    lost(answered) {
      connected = false
      update()
      if (answered === 404) status(texts.class_none)
    },
  })

  return {
    turn: () => lesson.go(memory.state.page),
    answer(value) {
      const draws = Array.isArray(value)
      if (!draws && Number.isNaN(value)) return
      memory.answers[lesson.page] = draws ? { curve: value } : { choice: value, why: null }
      remember()
      sendAll()
      update()
    },
    reason: sendAll,
    shown(part) {
      const answer = memory.answers[part]
      if (answer && !memory.state.revealed.includes(part)) {
        if (answer.curve) lesson.curve.set(answer.curve)
        else lesson.section().querySelectorAll(".answers input")[answer.choice].checked = true
      }
      lesson.say("")
      update()
    },
  }
}

function teacher(code, lesson) {
  const { memory, texts, remember, fill } = lesson
  const key = keyOf(code)
  const tell = outbox((state) => send("PUT", code, key, state))
  const tallyBox = byId("tally")
  const lang = document.documentElement.lang
  let view = { present: 0, answered: 0, tally: null }
  let hidden = false

  const question = () => lesson.parts[lesson.page - 1].question
  const isRevealed = () => memory.state.revealed.includes(lesson.page)

  function lead(change) {
    memory.state = { ...memory.state, ...change }
    remember()
    tell(memory.state)
    paint()
  }

  function paint() {
    const asked = question()
    const { locked } = memory.state
    const open = Boolean(asked) && !isRevealed()
    byId("room-present").textContent = fill(texts.class_present, { n: view.present })
    byId("room-answered").textContent = asked ? fill(texts.class_answered, { n: view.answered }) : ""
    byId("room-lock").textContent = locked ? texts.class_unlock : texts.class_lock
    byId("room-lock").disabled = byId("room-reveal").disabled = !open
    byId("room-hide").textContent = hidden ? texts.class_show : texts.class_hide
    byId("room-hide").setAttribute("aria-pressed", hidden)
    const fits = view.page === lesson.page
    if (asked?.kind === "draw") {
      tallyBox.hidden = true
      lesson.curve.cloud(fits && !hidden ? (view.tally ?? []) : [])
      lesson.say(fill(texts.class_cloud, { n: fits ? view.answered : 0 }))
    } else if (asked) {
      const words = [...lesson.section().querySelectorAll(".answers .words")]
      const beside = asked.kind === "ask" && isRevealed()
      byId("player").hidden = !beside
      tallyBox.classList.toggle("compact", beside)
      tallyBox.classList.toggle("veiled", hidden)
      tallyBox.hidden = false
      const why = [...lesson.section().querySelectorAll(".why label.option")]
      const told = memory.answers[lesson.page]?.why_shown
      drawTally(
        tallyBox,
        texts.class_count,
        {
          counts: (fits && view.tally) || words.map(() => 0),
          words,
          right: isRevealed() ? asked.right : -1,
          title: `${texts.class_tally} · ${fill(texts.class_answered, { n: fits ? view.answered : 0 })}`,
        },
        isRevealed() &&
          fits &&
          view.reasons && {
            counts: view.reasons,
            words: why.map((label) => label.querySelector(".words")),
            right: told ? why.findIndex((label) => label.hasAttribute("data-right")) : -1,
            title: `${texts.class_reasons} · ${fill(texts.class_answered, { n: view.reasons.reduce((sum, n) => sum + n, 0) })}`,
          },
      )
    } else tallyBox.hidden = true
  }

  const status = (text) => {
    byId("room-status").textContent = text
  }
  let stream = { stop() {} }
  if (!key) status(texts.class_no_key)
  else
    stream = follow(code, {
      key,
      seen(next) {
        if (!next) return end()
        const { page, locked, revealed, ...counts } = next
        view = { page, ...counts }
        status("")
        if (tell.idle()) {
          // another window of the same teacher may have the lead
          const fresh = revealed.includes(page) && !isRevealed()
          memory.state = { page, locked, revealed }
          remember()
          if (page !== lesson.page) lesson.go(page, false)
          else if (fresh) lesson.reveal()
        }
        paint()
      },
      async lost(answered) {
        status(answered === 403 ? texts.class_no_key : texts.class_lost)
        return answered === 404 && Boolean((await openRoom(lesson.slug, lang, key, memory.state)).code)
      },
    })

  function end() {
    stream.stop()
    dropKey(code)
    leave(lesson, texts.class_closed)
  }

  byId("room-join").addEventListener("click", () => byId("room-dialog").showModal())
  byId("room-lock").addEventListener("click", () => lead({ locked: !memory.state.locked }))
  byId("room-reveal").addEventListener("click", async () => {
    lead({ locked: true, revealed: [...memory.state.revealed, lesson.page].sort((a, b) => a - b) })
    await lesson.reveal()
    paint()
  })
  byId("room-hide").addEventListener("click", () => {
    hidden = !hidden
    paint()
  })
  byId("room-csv").addEventListener("click", async () => {
    const answer = await fetch(`/room/${code}/answers`, { headers: { Authorization: `Bearer ${key}` } })
    if (answer.ok) saveCsv(csvOf(lesson.parts, (await answer.json()).answers), `${lesson.slug}-${code}.csv`)
  })
  byId("room-close").addEventListener("click", async ({ target }) => {
    if (confirm(target.dataset.sure) && (await send("DELETE", code, key)) === 204) end()
  })

  return {
    turn(to) {
      if (!key) return
      lesson.go(to)
      if (memory.state.page !== lesson.page) lead({ page: lesson.page, locked: false })
    },
    answer() {},
    reason: paint,
    shown() {
      const asked = question()
      for (const input of lesson.section().querySelectorAll(".answers input")) input.disabled = true
      if (asked) {
        document.body.classList.remove("no-stage")
        lesson.bar(false)
        lesson.say("")
      }
      paint()
    },
  }
}
