// @ts-nocheck
// A curve to draw: one figure over one parameter, on logarithmic axes where the values span more than a decade.

import { h, svg } from "../kit/dom.js"
import { stroke } from "../kit/guess.js"
import { scale, ticks } from "../kit/scale.js"

const RIGHT = 96,
  TOP = 44,
  BOTTOM = 62,
  LEFT = 84 // room around the plot
const PREFIXES = [
  ["P", 1e15],
  ["T", 1e12],
  ["G", 1e9],
  ["M", 1e6],
  ["µ", 1e-6],
  ["n", 1e-9],
  ["p", 1e-12],
] // of the very large and very small

/** The range of the y axis: wide enough not to give the answer away. */
export function range(truth) {
  return [10 ** Math.floor(Math.log10(Math.min(...truth) / 3)), 10 ** Math.ceil(Math.log10(Math.max(...truth) * 3))]
}

/** A number for people: whole numbers in full, others with three digits, and a prefix where it is far from one. */
export function short(value) {
  if (value >= 1e7 || value < 1e-3) {
    const [prefix, size] = PREFIXES.find(([, s]) => value >= s * 0.9995) ?? PREFIXES.at(-1)
    return `${Number((value / size).toPrecision(3))}\u202f${prefix}`
  }
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(3))
  return rounded.toLocaleString("en").replaceAll(",", "\u202f")
}

/** Draw a plot into `el`. Returns {guess, set(guess), lock(on), cloud(curves), reveal(onRun)}; `changed` is called after every change. */
export function createCurve(el, question, texts, changed) {
  const { x, y, x_label, y_label } = question
  const [WIDTH, HEIGHT] = el.clientWidth < 560 ? [460, 380] : [760, 470] // labels keep their size on a phone
  const [low, high] = range(y)
  const sx = scale(x[0], x.at(-1), LEFT, WIDTH - RIGHT)
  const sy = scale(low, high, HEIGHT - BOTTOM, TOP)
  let guess = x.map(() => y[0])
  let locked = false

  const grid = svg("g", { class: "grid" })
  for (const value of ticks(low, high)) {
    grid.append(
      svg("path", { d: `M${LEFT} ${sy.at(value)}H${WIDTH - RIGHT}` }),
      svg("text", { x: LEFT - 10, y: sy.at(value) + 5, "text-anchor": "end" }, short(value)),
    )
  }
  for (const value of x)
    grid.append(svg("text", { x: sx.at(value), y: HEIGHT - BOTTOM + 24, "text-anchor": "middle" }, short(value)))
  grid.append(
    svg("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 10, "text-anchor": "middle", class: "axis" }, x_label),
    svg("text", { x: LEFT - 60, y: TOP - 24, class: "axis" }, y_label),
  )
  const cloud = svg("g", { class: "cloud" })
  const yours = svg("path", { class: "yours" })
  const truth = svg("path", { class: "truth" })
  const gaps = svg("path", { class: "gaps" })
  const marks = svg("g", {})
  const words = svg("g", { class: "words" })
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "curve", role: "group", "aria-label": `${y_label}, ${x_label}` },
    grid,
    cloud,
    gaps,
    truth,
    yours,
    marks,
    words,
  )

  const points = x.map((value, i) => {
    const label = texts.curve_point.replace("{label}", y_label).replace("{x}", short(value))
    const point =
      i === 0
        ? svg("rect", { class: "given", width: 14, height: 14 })
        : svg("circle", {
            class: "point",
            r: 10,
            tabindex: 0,
            role: "slider",
            "aria-orientation": "vertical",
            "aria-label": label,
            "aria-valuemin": low,
            "aria-valuemax": high,
          })
    if (i) point.addEventListener("keydown", (event) => key(event, i))
    marks.append(point)
    return point
  })

  function key(event, i) {
    const step = event.shiftKey ? 1.5 : 1.06
    const to = { ArrowUp: guess[i] * step, ArrowDown: guess[i] / step, Home: low, End: high }[event.key]
    const next = { ArrowLeft: i - 1, ArrowRight: i + 1 }[event.key]
    if (next > 0 && next < x.length) points[next].focus()
    else if (to && !locked) put(i, to)
    else if (next === undefined) return
    event.preventDefault()
  }

  function put(i, value) {
    guess[i] = Math.min(high, Math.max(low, value))
    paint()
    changed?.()
  }

  const line = (values) =>
    `M${values.map((value, i) => `${sx.at(x[i]).toFixed(1)} ${sy.at(value).toFixed(1)}`).join("L")}`

  function paint() {
    yours.setAttribute("d", line(guess))
    points.forEach((point, i) => {
      const [px, py] = [sx.at(x[i]), sy.at(guess[i])]
      if (i === 0) {
        point.setAttribute("x", px - 7)
        point.setAttribute("y", py - 7)
        return
      }
      point.setAttribute("cx", px)
      point.setAttribute("cy", py)
      point.setAttribute("aria-valuenow", Number(guess[i].toPrecision(3)))
      point.setAttribute("aria-valuetext", short(guess[i]))
    })
    if (!locked) name([[texts.curve_you, guess.at(-1), "yours"]])
  }

  // Labels stand at the end of their line, moved apart where they would touch.
  function name(labels) {
    const placed = labels.map(([text, value, kind]) => ({ text, kind, at: sy.at(value) })).sort((a, b) => a.at - b.at)
    placed.forEach((label, i) => {
      if (i && label.at - placed[i - 1].at < 20) label.at = placed[i - 1].at + 20
    })
    words.replaceChildren(
      svg("text", { x: sx.at(x[0]) + 12, y: sy.at(guess[0]) - 12 }, texts.curve_given),
      ...placed.map(({ text, kind, at }) => svg("text", { x: WIDTH - RIGHT + 16, y: at + 5, class: kind }, text)),
    )
  }

  // A stroke of the pointer sets every point that it passes.
  let from = null
  const place = (event) => {
    const box = picture.getBoundingClientRect()
    const ratio = Math.max(WIDTH / box.width, HEIGHT / box.height)
    return {
      x: (event.clientX - box.left - (box.width - WIDTH / ratio) / 2) * ratio,
      y: (event.clientY - box.top - (box.height - HEIGHT / ratio) / 2) * ratio,
    }
  }
  const xs = x.map(sx.at)
  const drag = (to) => {
    const heights = guess.map(sy.at)
    stroke(heights, xs, from, to).forEach((height, i) => height !== heights[i] && put(i, sy.value(height)))
    from = to
  }
  picture.addEventListener("pointerdown", (event) => {
    if (locked || event.button) return
    picture.setPointerCapture(event.pointerId)
    from = place(event)
    drag(from)
  })
  picture.addEventListener("pointermove", (event) => from && drag(place(event)))
  for (const name of ["pointerup", "pointercancel"])
    picture.addEventListener(name, () => {
      from = null
    })

  el.replaceChildren(picture)
  paint()

  return {
    get guess() {
      return [...guess]
    },
    set(values) {
      guess = [...values]
      paint()
    },
    /** Let the curve be drawn, or not. */
    lock(on) {
      locked = on
      picture.classList.toggle("fixed", on)
    },
    /** Show the curves of others in place of one's own. */
    cloud(curves) {
      locked = true
      yours.style.display = "none"
      if (!picture.classList.contains("revealed")) {
        marks.style.display = "none"
        words.replaceChildren()
      }
      cloud.style.setProperty("--n", curves.length)
      cloud.replaceChildren(...curves.map((values) => svg("path", { d: line(values) })))
    },
    /** Show the runs over the guess (null: none was made); `onRun(i)` opens the run of a point. */
    reveal(onRun, guessed = true) {
      locked = true
      picture.classList.add("revealed")
      truth.setAttribute("d", line(y))
      if (guessed)
        gaps.setAttribute("d", x.map((value, i) => `M${sx.at(value)} ${sy.at(guess[i])}V${sy.at(y[i])}`).join(""))
      yours.style.display = guessed ? "" : "none"
      marks.style.display = ""
      marks.replaceChildren(
        ...y.map((value, i) => {
          const label = texts.watch_run.replace("{x}", short(x[i]))
          const mark = svg(
            "circle",
            { class: "run", r: 9, cx: sx.at(x[i]), cy: sy.at(value), tabindex: 0, role: "button", "aria-label": label },
            svg("title", {}, label),
          )
          mark.addEventListener("click", () => onRun(i))
          mark.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" && event.key !== " ") return
            event.preventDefault()
            event.stopPropagation()
            onRun(i)
          })
          return mark
        }),
      )
      name([...(guessed ? [[texts.curve_you, guess.at(-1), "yours"]] : []), [texts.curve_truth, y.at(-1), "truth"]])
    },
  }
}

/** The numbers behind a revealed plot, as a table. */
export function table(question, guess, texts) {
  const row = (label, values) =>
    h("tr", {}, h("th", { scope: "row" }, label), ...values.map((value) => h("td", {}, short(value))))
  return h(
    "table",
    {},
    h("caption", {}, `${texts.curve_table}: ${question.y_label}`),
    row(question.x_label, question.x),
    ...(guess ? [row(texts.curve_you, guess)] : []),
    row(texts.curve_truth, question.y),
  )
}
