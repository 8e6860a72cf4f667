// The time of a player. It goes on frame by frame while playing, and ends with the run, or with the longer one beside it.

import { clamp, markNamed, neighbour, pace, passed, stepped, stride } from "./timeline.js"

/** @import { Mark, Run } from "../kit/types" */

const LONGEST_STEP_MS = 100 // after a hidden tab time goes on where it stopped

/**
 * What a clock tells.
 * @typedef {object} ClockListener
 * @property {(jumped: boolean) => void} time it is another time, which has come by playing or by a jump
 * @property {(mark: Mark) => void} passed playing has reached a mark
 * @property {(mark: Mark) => void} sought a mark was gone to by its name
 * @property {(atOnce: boolean) => void} say the time may be put into words
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} end playing has reached the end
 * @property {(speed: number) => void} speed
 */

/**
 * Where frames come from.
 * @typedef {object} Screen
 * @property {() => number} now [ms]
 * @property {(frame: (now: number) => void) => number} request
 * @property {(request: number) => void} cancel
 */

/** @type {Screen} */
const SCREEN = {
  now: () => performance.now(),
  request: (frame) => requestAnimationFrame(frame),
  cancel: (request) => cancelAnimationFrame(request),
}

/**
 * A clock without a run, which does nothing until it is `set`.
 * @param {ClockListener} tell
 * @param {number} [speed] relative to the pace of the run
 * @param {Screen} [screen]
 */
export function createClock(tell, speed = 1, screen = SCREEN) {
  /** @type {Run | null} */
  let run = null
  let t = 0
  let ends = 0 // where the picture of the run ends; what comes after the end of the recording is not played
  let until = 0 // time goes on to here where another run beside this one takes longer
  let playing = false
  let seen = true
  let request = 0
  let last = 0

  const end = () => (run ? Math.max(run.duration, until) : 0)

  /** @param {number} to */
  function go(to) {
    t = clamp(to, end())
    tell.time(true)
  }

  function wake() {
    if (playing && seen && !request) request = screen.request(frame)
  }

  /** @param {number} now */
  function frame(now) {
    request = 0
    if (!run) return
    const ms = Math.min(LONGEST_STEP_MS, Math.max(0, now - last))
    last = now
    const from = t
    t = clamp(t + (ms / 1000) * pace(end()) * speed, end())
    passed(run.marks, from, t).forEach(tell.passed)
    tell.time(false)
    if (t >= end()) {
      clock.stop()
      tell.say(true)
      tell.end()
    } else {
      tell.say(false)
      wake()
    }
  }

  const clock = {
    get t() {
      return t
    },
    /** The time within the run, which may have ended before that beside it. */
    get inRun() {
      return Math.min(t, ends)
    },
    get duration() {
      return end()
    },
    get playing() {
      return playing
    },
    get speed() {
      return speed
    },
    /** Another run, and where its picture ends; time goes to `to`, or stays. @param {Run} next @param {number} [to] @param {number} [drawn] */
    set(next, to = t, drawn = next.duration) {
      run = next
      ends = drawn
      t = clamp(to, end())
    },
    /** Go on where nothing is recorded any more. @param {number} to */
    beyond(to) {
      t = clamp(to, ends)
      tell.time(false)
    },
    /** Time goes on to here at least [tick]. @param {number} ticks */
    reach(ticks) {
      until = ticks
    },
    go,
    play() {
      if (!run || playing) return
      if (t >= end()) go(0)
      playing = true
      last = screen.now()
      tell.play()
      wake()
    },
    pause() {
      if (!playing) return
      clock.stop()
      tell.pause()
      tell.say(true)
    },
    /** Pause, and tell nobody. */
    stop() {
      playing = false
      screen.cancel(request)
      request = 0
    },
    /** @param {number} to Infinity is the end */
    seek(to) {
      if (!run) return
      go(to === Infinity ? end() : to)
      last = screen.now()
      if (!playing) tell.say(true)
    },
    /** @param {string} name */
    seekMark(name) {
      const mark = run && markNamed(run.marks, name)
      if (!mark) return
      clock.pause()
      clock.seek(mark.t)
      tell.sought(mark)
    },
    /** @param {number} n steps */
    step(n) {
      if (!run) return
      clock.pause()
      clock.seek(stepped(t, n * (run.meta.step ?? stride(run)), end()))
    },
    /** To the next mark or one of `more` ticks, or to the previous one. @param {number} direction @param {Iterable<number>} more */
    stepEvent(direction, more) {
      if (!run) return
      clock.pause()
      const ticks = [...run.marks.map((mark) => mark.t), ...more].sort((a, b) => a - b)
      clock.seek(neighbour(ticks, t, direction, end()))
    },
    /** @param {number} value */
    setSpeed(value) {
      speed = value
      tell.speed(speed)
    },
    /** Show a time of this run that another clock says. @param {number} to */
    follow(to) {
      if (!run) return
      t = clamp(to, run.duration)
      tell.time(false)
    },
    /** The time that has gone by until now does not count. */
    skip() {
      last = screen.now()
    },
    /** Time stands still while nobody can see it. @param {boolean} visible */
    see(visible) {
      seen = visible
      clock.skip()
      wake()
    },
  }
  return clock
}

/** @typedef {ReturnType<typeof createClock>} Clock */
