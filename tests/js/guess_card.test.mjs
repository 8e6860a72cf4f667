import assert from "node:assert/strict"
import { test } from "node:test"
import { drawCard, HEIGHT, WIDTH } from "../../viz/client/components/guess_card.js"
import { recorder, theme, withoutBrowser } from "./recorder.mjs"

withoutBrowser()

/** @type {import("../../viz/client/components/guess_card.js").Card} */
const card = {
  said: "At 16 wafers you guessed 12×; the simulation says 9×.",
  about: "A model: how many times as fast 16 CS-2 are as 1 CS-2",
  source: "Simulation (modelled): tokens per second",
  site: "example.org",
  unit: "wafer",
  log: false,
  n: [1, 4, 16],
  guess: [1, 4, 12],
  found: [1, 3.5, 9],
  line: [1, 4, 16],
}

test("the card of a guess has both curves and the line with their names, what they are, and where they come from", () => {
  const ctx = recorder()
  drawCard(ctx, theme, card)
  const written = ctx.drawn.filter(({ op }) => op === "fillText")
  const texts = written.map(({ args }) => args[0])
  const { said, about, source, site } = card
  for (const text of ["Waferscope", said, about, source, site, "linear", "guess", "simulation", "0×", "16"])
    assert.ok(texts.includes(text), `${text} is not on the card: ${texts}`)
  for (const { args } of written)
    assert.ok(args[1] >= 0 && args[1] <= WIDTH && args[2] > 0 && args[2] < HEIGHT, args[0])
  const curves = ctx.drawn.filter(({ op }) => op === "stroke")
  assert.deepEqual(
    curves.map(({ strokeStyle }) => strokeStyle),
    [theme.linear, theme.ink2, theme.wafer],
  )
  const [line, guess, found] = curves.map(({ path }) => path[path.length - 1][2])
  assert.ok(line < guess && guess < found) // higher values lie higher
  const [x0, x1, x2] = curves[0].path.map(([, x]) => x)
  assert.ok(Math.abs((x2 - x0) / (x1 - x0) - 5) < 1e-6) // 15 devices more against 3
})

test("names at the ends of the curves stand apart where the curves end together, and a long sentence goes on below", () => {
  const ctx = recorder()
  const said = card.said.repeat(6)
  drawCard(ctx, theme, { ...card, said, guess: card.line, found: card.line, log: true })
  const names = ["linear", "guess", "simulation"]
  const ends = ctx.drawn.filter(({ args }) => names.includes(args[0])).map(({ args }) => args[2])
  assert.ok(ends[1] - ends[0] >= 26 && ends[2] - ends[1] >= 26)
  assert.ok(ctx.drawn.filter(({ args }) => said.includes(args[0]) && String(args[0]).length > 20).length > 1)
})
