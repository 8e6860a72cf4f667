// A lesson in a frame: it tells its host what happens, and hears where to go. embed.schema.json types the messages.

import { byId, find } from "../kit/dom.js"
import { openChannel } from "../kit/channel.js"
import { t } from "../kit/language.js"
import { results, score } from "./lesson_results.js"

const STAGE = 9 / 16 // height of the stage by its width

/**
 * Talk to the window around this one.
 * @param {string[]} hosts origins that may talk, or ["*"]
 * @param {import("./types").Lesson} lesson
 */
export function joinHost(hosts, lesson) {
  const { parts } = lesson
  let since = performance.now()
  let wanted = 0

  /** @type {Record<string, import("../kit/channel.js").Command>} */
  const commands = {
    hello: () => tell("ready", ready()),
    lesson({ goto: to, go }) {
      if (Number.isInteger(to)) lesson.go(to)
      else if (go === "next" || go === "prev") lesson.go(lesson.page + (go === "next" ? 1 : -1))
      else if (go === "reveal") {
        if (!parts[lesson.page - 1].question) return { error: t("frame_no_question") }
        lesson.reveal()
      } else return { error: t("frame_lesson") }
    },
    get: ({ what }) =>
      what === "state"
        ? { data: { step: lesson.page, of: parts.length, answers: lesson.memory.answers } }
        : { error: t("frame_get") },
  }
  const { tell, forwardKey } = openChannel({ hosts, commands })
  const ready = () => ({ version: 1, scene: "", title: document.title, size: [innerWidth, innerHeight], markers: [] })

  /** The height at which the text neither scrolls nor leaves room; the stage beside or above it wants its own. */
  function measure() {
    const section = lesson.section()
    const style = getComputedStyle(section)
    const children = /** @type {HTMLElement[]} */ ([...section.children])
    const text =
      children.reduce((sum, child) => sum + child.offsetHeight + parseFloat(style.rowGap), 0) +
      parseFloat(style.paddingTop) +
      parseFloat(style.paddingBottom)
    const around = find(document, ".top").offsetHeight + find(document, ".walk").offsetHeight
    const stage = byId("beside")
    const above = getComputedStyle(byId("main")).flexDirection === "column-reverse"
    const h = Math.ceil(around + (above ? stage.offsetHeight + text : Math.max(text, STAGE * stage.offsetWidth)))
    if (h !== wanted) tell("resize", { h: (wanted = h) })
  }

  tell("ready", ready())
  new ResizeObserver(measure).observe(byId("main"))
  addEventListener("focus", () => tell("focus"))
  addEventListener("blur", () => tell("blur"))
  document.addEventListener("keydown", (event) => {
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      document.querySelector("dialog[open]")
    )
      return
    if (
      ["Tab", "Shift", "Enter", " "].includes(event.key) ||
      /** @type {Element} */ (event.target).closest("input, textarea, select, summary, [role=slider]")
    )
      return
    forwardKey(event)
  })

  return {
    /** The lesson shows another part. */
    shown() {
      since = performance.now()
      tell("progress", { step: lesson.page, of: parts.length, title: find(lesson.section(), "h1").textContent })
      if (lesson.page === parts.length) tell("completed", { score: score(parts, lesson.memory.answers) })
      measure()
    },
    /** The question of the present part was answered. */
    answered() {
      const { choice, curve } = lesson.memory.answers[lesson.page]
      const result = results(parts, lesson.memory.answers).find(({ part }) => part === lesson.page)
      tell("answer", {
        qid: lesson.page,
        choice: (curve === undefined ? choice : curve) ?? null,
        correct: result?.given ? !result.missed : null,
        ms: Math.round(performance.now() - since),
      })
    },
  }
}
