// How a page in a frame talks to the window around it. embed.schema.json types every message.
//
// A message is heard from the parent window only, from one of the origins in `hosts`; everything else is ignored. The answer goes
// to where the question came from. Nothing here is secret, and nothing is evaluated.

import { t } from "./language.js"

/** Whether there is a window around this one. */
export const framed = window.parent !== window

/** reveal.js knows keys by these numbers. @type {Record<string, number>} */
const KEYS = {
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  PageUp: 33,
  PageDown: 34,
  Escape: 27,
  " ": 32,
  Home: 36,
  End: 35,
  Enter: 13,
}

/** The body of the window around this one, or null where that is of another origin. */
function neighbour() {
  try {
    return window.parent.document.body
  } catch {
    return null
  }
}

/**
 * @typedef {{data?: unknown, error?: string} | undefined | void} Answer what goes back to the host
 * @typedef {(message: any) => Answer | Promise<Answer>} Command
 */

/**
 * Listen to the host.
 * @param {object} options
 * @param {string[]} options.hosts origins, or ["*"]
 * @param {Record<string, Command>} options.commands by name
 * @param {(on: boolean) => void} [options.deck] hears reveal.js's slide:start and slide:stop
 * @param {() => boolean} [options.able] whether commands other than hello can be obeyed yet
 * @returns tell the host an event, or give it a key
 */
export function openChannel({ hosts, commands, deck = () => {}, able = () => true }) {
  const applied = new Set()
  /** @type {string | null} */
  let host = null // where answers go that nobody asked for
  let met = false // the host has said something of ours, so it hears keys as events
  let slides = false // it is a deck of reveal.js

  /**
   * @param {string} type
   * @param {object} [detail]
   * @param {string | null} [to]
   */
  function tell(type, detail = {}, to = host) {
    if (!framed) return
    // Before a host has said hello its origin is unknown; a window without an origin can only be met by "*".
    window.parent.postMessage({ ns: "waferscope", v: 1, type, ...detail }, to && to !== "null" ? to : "*")
  }

  addEventListener("message", ({ data, source, origin }) => {
    if (source !== window.parent || !framed || !(hosts.includes("*") || hosts.includes(origin))) return
    if (data === "slide:start" || data === "slide:stop") {
      slides = true
      return deck(data === "slide:start")
    }
    if (data?.ns !== "waferscope" || data.v !== 1 || !Object.hasOwn(commands, data.type)) return
    met = true
    host = origin
    if (data.id !== undefined) {
      if (applied.has(data.id)) return
      applied.add(data.id)
    }
    const refuse = (/** @type {string} */ error) =>
      data.id !== undefined && tell("reply", { id: data.id, error }, origin)
    if (!able() && data.type !== "hello") return refuse(t("embed_not_loaded"))
    Promise.resolve(data)
      .then(commands[data.type])
      .then(
        (answer) => {
          if (answer?.error) refuse(answer.error)
          else if (answer) tell("reply", { id: data.id, data: answer.data }, origin)
        },
        (error) => refuse(error.message),
      )
  })

  /**
   * As an event, and as reveal.js hears it. A deck gets the focus with it, since it may empty the frame as it moves on,
   * and then nobody would be left to hear the next key. One that has said nothing may hear neither: where both pages
   * have one origin it gets the key itself.
   * @param {Pick<KeyboardEvent, "key" | "code" | "shiftKey">} event
   */
  function forwardKey({ key, code, shiftKey }) {
    tell("key", { key, code, shift: shiftKey })
    const number = KEYS[key] ?? (/^[a-z]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : null)
    if (!framed || !number) return
    if (slides || !met) window.parent.focus()
    const body = slides || met ? null : neighbour()
    const pressed = {
      key,
      code,
      shiftKey,
      keyCode: number,
      which: number,
      bubbles: true,
      cancelable: true,
    }
    if (body) body.dispatchEvent(new KeyboardEvent("keydown", pressed))
    else window.parent.postMessage(JSON.stringify({ method: "triggerKey", args: [number] }), "*")
  }
  return { tell, forwardKey }
}
