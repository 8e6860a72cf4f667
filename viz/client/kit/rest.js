// The rest of a race that nobody wants to wait for: how long it lasts on the clock of who watches, a dial for it, and its skip.

import { svg } from "./dom.js"
import { t } from "./language.js"

const SKIP_MS = 3200

/** A time of who watches, whole in its smaller unit. @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) return t("watched_seconds", { seconds: Math.floor(seconds) })
  const all = Math.round(seconds / 60)
  const [hours, minutes] = [Math.floor(all / 60), all % 60]
  if (!hours) return t("watched_minutes", { minutes })
  return minutes ? t("watched_hours_minutes", { hours, minutes }) : t("watched_hours", { hours })
}

/**
 * The time so long after it began to be skipped: the same clock, only faster, and slower at both ends.
 * @param {number} from
 * @param {number} to
 * @param {number} passed [ms]
 * @param {boolean} still whether it jumps
 */
export function skipped(from, to, passed, still) {
  const share = still ? 1 : Math.min(1, Math.max(0, passed) / SKIP_MS)
  const eased = share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2
  return to - (to - from) * (1 - eased)
}

/** A dial whose hands turn to a time of who watches. */
export function createDial() {
  const turned = svg("path", { class: "ws-turned" })
  const hours = svg("line", { class: "ws-hours", y2: -10 })
  const minutes = svg("line", { y2: -15 })
  const ticks = svg("path", { d: "M0-18v3M0 15v3M-18 0h3M15 0h3" })
  const face = svg("circle", { r: 20 })
  return {
    element: svg(
      "svg",
      { class: "ws-dial", viewBox: "-22 -22 44 44", "aria-hidden": "true" },
      ...[face, ticks, turned, hours, minutes],
    ),
    /** @param {number} seconds */
    turn(seconds) {
      const passed = seconds / 3600
      hours.setAttribute("transform", `rotate(${passed * 30})`)
      minutes.setAttribute("transform", `rotate(${(passed % 1) * 360})`)
      const angle = Math.min(passed / 12, 0.999) * 2 * Math.PI
      const end = `${17 * Math.sin(angle)} ${-17 * Math.cos(angle)}`
      turned.setAttribute("d", `M0 0V-17A17 17 0 ${angle > Math.PI ? 1 : 0} 1 ${end}Z`)
    },
  }
}
