// @ts-nocheck
// How a page in a frame talks to the window around it. embed.schema.json types every message.
//
// A message is heard from the parent window only, from one of the origins in `hosts`; everything else is ignored. The answer goes
// to where the question came from. Nothing here is secret, and nothing is evaluated.

/** Whether there is a window around this one. */
export const framed = window.parent !== window

// reveal.js knows keys by these numbers.
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

/**
 * Listen to the host.
 * @param {object} options
 *   hosts: origins, or ["*"]; commands: name to a function of the message, whose answer {data} or {error} goes back to the host;
 *   deck(on): hears reveal.js's slide:start and slide:stop; able(): whether commands other than hello can be obeyed yet
 * @returns {{tell: (type: string, detail?: object, to?: string) => void, forwardKey: (event: KeyboardEvent) => void}}
 *   tell the host an event, or give it a key
 */
export function openChannel({ hosts, commands, deck = () => {}, able = () => true }) {
  const applied = new Set()
  let host = null // where answers go that nobody asked for
  let met = false // the host has said something, so it listens

  function tell(type, detail = {}, to = host) {
    if (!framed) return
    // Before a host has said hello its origin is unknown; a window without an origin can only be met by "*".
    window.parent.postMessage({ ns: "waferscope", v: 1, type, ...detail }, to && to !== "null" ? to : "*")
  }

  addEventListener("message", ({ data, source, origin }) => {
    if (source !== window.parent || !framed || !(hosts.includes("*") || hosts.includes(origin))) return
    if (data === "slide:start" || data === "slide:stop") {
      met = true
      return deck(data === "slide:start")
    }
    if (data?.ns !== "waferscope" || data.v !== 1 || !Object.hasOwn(commands, data.type)) return
    met = true
    host = origin
    if (data.id !== undefined) {
      if (applied.has(data.id)) return
      applied.add(data.id)
    }
    const refuse = (error) => data.id !== undefined && tell("reply", { id: data.id, error }, origin)
    if (!able() && data.type !== "hello") return refuse("not loaded yet")
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

  // As an event, and as reveal.js hears it. A deck that has said nothing may know neither: it gets the focus, so that the next key
  // reaches it, and where both pages have one origin this key itself.
  function forwardKey({ key, code, shiftKey }) {
    tell("key", { key, code, shift: shiftKey })
    const number = KEYS[key] ?? (/^[a-z]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : null)
    if (!framed || !number) return
    window.parent.postMessage(JSON.stringify({ method: "triggerKey", args: [number] }), "*")
    if (met) return
    window.parent.focus()
    try {
      window.parent.document.body.dispatchEvent(
        new KeyboardEvent("keydown", {
          key,
          code,
          shiftKey,
          keyCode: number,
          which: number,
          bubbles: true,
          cancelable: true,
        }),
      )
    } catch {
      /* another origin */
    }
  }
  return { tell, forwardKey }
}
