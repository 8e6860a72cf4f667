// The way to a room: open it, follow what happens in it, send something and make sure that it arrives.
//
// Everything is fetch: requests are sent again until they arrive, and the stream is opened again whenever it ends. The
// server may restart and a telephone may sleep meanwhile. viz/web/rooms/handlers.py says why this is no websocket.

import { byId } from "../kit/dom.js"
import { t } from "../kit/language.js"

const SILENCE_MS = 40_000 // the server says something every 15 s; after more than two of them missing the stream is dead
const LONGEST_WAIT_MS = 4000
const SERVER_IS_BACK_MS = 1000 // it answers: what is missing is the room, and its teacher is on the way

/** @import { RoomState } from "./types" */

const keyPlace = (/** @type {string} */ code) => `waferscope.room.${code}`
const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms))
const headersWith = (/** @type {string} */ key) => new Headers(key ? { Authorization: `Bearer ${key}` } : {})

/** The key of a room that was opened in this browser, "" for others. @param {string} code */
export function keyOf(code) {
  try {
    return localStorage.getItem(keyPlace(code)) ?? ""
  } catch {
    return ""
  }
}

/** Forget the key of a room. @param {string} code */
export function dropKey(code) {
  try {
    localStorage.removeItem(keyPlace(code))
  } catch {
    // nothing was kept
  }
}

/**
 * Open a room, with its key and state open it again.
 * @param {string} slug
 * @param {string} lang
 * @param {string} [key]
 * @param {RoomState} [state]
 * @returns {Promise<{code: string, key: string, error?: undefined} | {code?: undefined, status: number, error: string}>}
 */
export async function openRoom(slug, lang, key, state) {
  try {
    const answer = await fetch(`/room?lang=${lang}`, { method: "POST", body: JSON.stringify({ slug, key, state }) })
    return answer.ok ? await answer.json() : { status: answer.status, error: (await answer.text()).trim() }
  } catch {
    return { status: 0, error: t("class_no_server") }
  }
}

/**
 * On the teacher's page, make the button open a room and lead into it.
 * @param {string} slug
 * @param {string} lang
 */
export function offerRoom(slug, lang) {
  const button = /** @type {HTMLButtonElement} */ (byId("open-room"))
  const error = byId("open-room-error")
  button.addEventListener("click", async () => {
    button.disabled = true
    const room = await openRoom(slug, lang)
    try {
      if (room.code) localStorage.setItem(keyPlace(room.code), room.key)
      error.textContent = room.error === undefined ? "" : t("class_failed", { reason: room.error })
    } catch {
      error.textContent = t("class_no_storage")
    }
    error.hidden = !error.textContent
    button.disabled = false
    if (error.hidden)
      location.assign(`/course/${slug}?class=${room.code}&role=teacher${lang === "en" ? "" : `&lang=${lang}`}`)
  })
}

/**
 * Send a request of a room; the status, 0 where no answer came.
 * @param {string} method
 * @param {string} path
 * @param {string} key
 * @param {object} [message]
 */
export async function send(method, path, key, message) {
  try {
    const body = message && JSON.stringify(message)
    return (await fetch(`/room/${path}`, { method, headers: headersWith(key), body })).status
  } catch {
    return 0
  }
}

/**
 * Give the answers of a student: the status, and which votes came too late.
 * @param {string} code
 * @param {object} message
 * @returns {Promise<{status: number, late: string[]}>}
 */
export async function give(code, message) {
  try {
    const answer = await fetch(`/room/${code}/answers`, { method: "POST", body: JSON.stringify(message) })
    return { status: answer.status, late: answer.ok ? (await answer.json()).late : [] }
  } catch {
    return { status: 0, late: [] }
  }
}

/**
 * A function that sends the latest of what it is given until it has arrived, or was refused; `idle()` says whether it rests.
 * @template {object} Message
 * @param {(message: Message) => Promise<number>} request
 * @param {() => void} [rests] hears when it comes to rest
 */
export function outbox(request, rests = () => {}) {
  /** @type {Message | null} */
  let latest = null
  let busy = false
  async function run() {
    if (busy) return
    busy = true
    for (let wait = 300; latest; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const message = latest
      const status = await request(message)
      const again = status === 0 || status === 429 || status >= 500
      if (again) await pause(wait * (0.5 + Math.random()))
      else if (latest === message) latest = null
    }
    busy = false
    rests()
  }
  const put = (/** @type {Message} */ message) => {
    latest = message
    run()
  }
  return Object.assign(put, { idle: () => !busy })
}

/**
 * Follow a room until `stop()`: `seen(view, isFirst)` hears what changes, null when the room closes, `lost(status)` when the stream
 * ends; the promise that it gives is waited for before the next attempt, which comes at once if it is true.
 * @template {RoomState} Seen
 * @param {string} code
 * @param {object} options
 * @param {string} [options.student] name of the student whose seat this is
 * @param {string} [options.key] of the room, for the teacher's
 * @param {(view: Seen | null, isFirst: boolean) => void} options.seen
 * @param {(status: number) => unknown} options.lost
 */
export function follow(code, { student = "", key = "", seen, lost }) {
  let over = false
  /** @type {(value?: unknown) => void} */
  let wake = () => {}
  let abort = new AbortController()
  const hurry = () => document.visibilityState === "visible" && wake()
  addEventListener("online", hurry)
  addEventListener("visibilitychange", hurry)

  /** @param {(view: Seen | null) => void} told */
  async function listen(told) {
    abort = new AbortController()
    let timer = 0
    const alive = () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => abort.abort(), SILENCE_MS)
    }
    try {
      alive()
      const answer = await fetch(`/room/${code}${student && `?student=${student}`}`, {
        headers: headersWith(key),
        cache: "no-store",
        signal: abort.signal,
      })
      if (!answer.ok || !answer.body) return answer.status
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let text = ""; !over;) {
        const { done, value } = await reader.read()
        if (done) return 0
        alive()
        const lines = (text + value).split("\n")
        text = lines.pop() ?? ""
        for (const line of lines) if (line.startsWith("data: ")) told(JSON.parse(line.slice(6)))
      }
    } catch {
      // the connection broke, or was silent for too long
    } finally {
      clearTimeout(timer)
      abort.abort()
    }
    return 0
  }

  async function run() {
    let wait = 300
    while (!over) {
      let first = true
      const status = await listen((view) => {
        seen(view, first)
        first = false
        wait = 300
      })
      if (over) return
      if (status) wait = Math.min(wait, SERVER_IS_BACK_MS)
      if (await lost(status)) wait = 0
      await Promise.race([
        pause(wait * (0.5 + Math.random())),
        new Promise((done) => {
          wake = done
        }),
      ])
      wait = Math.min(2 * wait + 1, LONGEST_WAIT_MS)
    }
  }
  run()

  return {
    stop() {
      over = true
      abort.abort()
      removeEventListener("online", hurry)
      removeEventListener("visibilitychange", hurry)
    },
  }
}
