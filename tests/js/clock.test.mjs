import assert from "node:assert/strict"
import { test } from "node:test"
import { createClock } from "../../viz/client/player/clock.js"
import { together } from "../../viz/client/player/timeline.js"

/** @import { Run } from "../../viz/client/kit/types" */

/** @type {Run} */
const RUN = {
  scene: "fabric",
  title: "A sum",
  verdict: null,
  scenario: {},
  figures: {},
  duration: 10,
  tick: { unit: "cycle", seconds: 1e-9 },
  marks: [
    { t: 3, name: "first", text: "It begins." },
    { t: 8, name: "last", text: "It ends." },
  ],
  meta: {},
  tables: {},
}

/** A clock of a run on a screen whose frames come when they are asked for, and all it tells. @param {Run} [run] */
function started(run = RUN) {
  /** @type {any[]} */
  const told = []
  /** @type {((now: number) => void) | null} */
  let next = null
  let now = 0
  const clock = createClock(
    {
      time: (jumped) => told.push([jumped ? "jump" : "time", clock.t]),
      passed: ({ name }) => told.push(["passed", name]),
      sought: ({ name }) => told.push(["sought", name]),
      say: (atOnce) => atOnce && told.push(["say"]),
      play: () => told.push(["play"]),
      pause: () => told.push(["pause"]),
      end: () => told.push(["end"]),
      speed: (speed) => told.push(["speed", speed]),
    },
    1,
    {
      now: () => now,
      request(frame) {
        next = frame
        return 1
      },
      cancel() {
        next = null
      },
    },
  )
  clock.set(run, 0)
  /** Let time go by, then show a frame. @param {number} ms */
  const frame = (ms) => {
    const due = next
    next = null
    now += ms
    due?.(now)
  }
  return { clock, told, frame, waits: () => next !== null }
}

test("playing goes on at four ticks a second, tells each mark it passes, and stops at the end", () => {
  const { clock, told, frame, waits } = started()
  clock.play()
  for (let k = 0; k < 9; k++) frame(100)
  assert.ok(Math.abs(clock.t - 3.6) < 1e-9)
  assert.deepEqual(
    told.filter(([what]) => what !== "time"),
    [["play"], ["passed", "first"]],
  )
  for (let k = 0; k < 30; k++) frame(100)
  assert.equal(clock.t, 10)
  assert.equal(clock.playing, false)
  assert.equal(waits(), false)
  assert.deepEqual(told.slice(-3), [["time", 10], ["say"], ["end"]])
  assert.deepEqual(told.filter(([what]) => what === "passed").length, 2)
})

test("playing from the end begins at the start", () => {
  const { clock, told } = started()
  clock.seek(Infinity)
  assert.equal(clock.t, 10)
  told.length = 0
  clock.play()
  assert.deepEqual(told, [["jump", 0], ["play"]])
})

test("a long pause between two frames, and what nobody sees, does not count", () => {
  const { clock, frame, waits } = started()
  clock.play()
  frame(5000)
  assert.ok(Math.abs(clock.t - 0.4) < 1e-9)
  clock.see(false)
  frame(100)
  assert.equal(waits(), false)
  const hidden = clock.t
  clock.see(true)
  frame(50)
  assert.ok(Math.abs(clock.t - hidden - 0.2) < 1e-9)
})

test("a step lands on a whole tick and pauses; an event is a mark or a change of what is selected", () => {
  const { clock, told } = started()
  clock.play()
  clock.seek(4.4)
  clock.step(1)
  assert.equal(clock.t, 5)
  assert.ok(told.some(([what]) => what === "pause"))
  clock.stepEvent(1, [6, 9])
  assert.equal(clock.t, 6)
  clock.stepEvent(1, [])
  assert.equal(clock.t, 8)
  clock.stepEvent(-1, [5])
  assert.equal(clock.t, 5)
})

test("steps are those of the run, and words are said at once only where the time stands", () => {
  const { clock, told } = started({ ...RUN, meta: { step: 2.5 } })
  clock.step(2)
  assert.deepEqual([clock.t, told], [5, [["jump", 5], ["say"]]])
  told.length = 0
  clock.pause() // it stands already
  assert.deepEqual(told, [])
  clock.play()
  clock.seek(1)
  assert.deepEqual(told, [["play"], ["jump", 1]])
  clock.pause()
  assert.deepEqual(told.slice(2), [["pause"], ["say"]])
})

test("speed is relative to the pace, and time that is skipped does not count", () => {
  const { clock, told, frame } = started()
  clock.play()
  clock.setSpeed(2)
  frame(100)
  assert.ok(Math.abs(clock.t - 0.8) < 1e-9)
  assert.deepEqual(told.at(-2), ["speed", 2])
  assert.equal(clock.speed, 2)
})

test("a mark is found by its name, and an unknown one changes nothing", () => {
  const { clock, told } = started()
  clock.seekMark("last")
  assert.equal(clock.t, 8)
  assert.deepEqual(told.at(-1), ["sought", "last"])
  told.length = 0
  clock.seekMark("none")
  assert.deepEqual([clock.t, told], [8, []])
})

test("beside a longer run time goes on to its end, and the pace is that of the longer", () => {
  const { clock, frame } = started()
  clock.reach(200)
  assert.equal(clock.duration, 200)
  clock.play()
  frame(100)
  assert.ok(Math.abs(clock.t - 1) < 1e-9)
  clock.seek(150)
  assert.deepEqual([clock.t, clock.inRun], [150, 10])
  clock.follow(150)
  assert.equal(clock.t, 10)
})

test("a picture may go on after what is recorded, which is not played, and time comes back from there", () => {
  const { clock, told } = started()
  clock.set(RUN, 0, 5000)
  assert.equal(clock.duration, 10)
  clock.seek(Infinity)
  clock.beyond(3000)
  assert.deepEqual([clock.t, clock.inRun, told.at(-1)], [3000, 3000, ["time", 3000]])
  clock.beyond(9000)
  assert.equal(clock.t, 5000)
  clock.play()
  assert.equal(clock.t, 0)
})

test("another run keeps the time within it, and without a run nothing happens", () => {
  const { clock } = started()
  clock.seek(9)
  clock.set({ ...RUN, duration: 4 })
  assert.equal(clock.t, 4)
  const silent = createClock(/** @type {any} */ ({}), 1, { now: () => 0, request: () => 1, cancel() {} })
  silent.play()
  silent.seek(5)
  silent.step(1)
  silent.stepEvent(1, [1])
  silent.follow(1)
  silent.seekMark("first")
  assert.deepEqual([silent.t, silent.inRun, silent.playing, silent.duration], [0, 0, false, 0])
})

test("frames are those of the browser", () => {
  /** @type {((now: number) => void)[]} */
  const asked = []
  const later = performance.now() + 60
  Object.assign(globalThis, {
    requestAnimationFrame: (/** @type {any} */ frame) => asked.push(frame),
    cancelAnimationFrame: (/** @type {number} */ request) => asked.splice(request - 1),
  })
  const nothing = () => {}
  const tell = { time: nothing, passed: nothing, sought: nothing, say: nothing, play: nothing, end: nothing }
  const clock = createClock({ ...tell, pause: nothing, speed: nothing })
  clock.set(RUN)
  clock.play()
  asked[0](later)
  assert.ok(clock.t > 0 && clock.t <= 0.4, String(clock.t))
  clock.pause()
  assert.equal(asked.length, 1)
})

test("marks too near to be told apart on the time bar are one there", () => {
  const marks = [0, 3, 6, 40, 50, 100].map((t) => ({ t, name: String(t), text: "" }))
  const told = (/** @type {number} */ duration) => together(marks, duration).map((some) => some.map(({ t }) => t))
  assert.deepEqual(told(100), [[0, 3], [6], [40], [50], [100]])
  assert.deepEqual(told(200), [[0, 3, 6], [40], [50], [100]])
  assert.deepEqual(told(0), [[0], [3], [6], [40], [50], [100]])
})
