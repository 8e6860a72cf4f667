// @ts-nocheck
// The bridge between the Panel component TracePlayer and player.js, which it imports by URL: Panel loads this text as
// a blob, from which nothing relative can be imported.
//
// A page may show a player before Panel is there and leave its promise in window.waferscopeStage: it is adopted.

const SETTLE_MS = 150 // a drag over the time bar tells Python once, not per pixel

export async function render({ model, el }) {
  const host = document.createElement("div")
  host.style.width = host.style.height = "100%"
  el.append(host)
  let removed = false
  model.on("remove", () => {
    removed = true
  })

  let player = await window.waferscopeStage
  window.waferscopeStage = null
  if (player) {
    host.append(player.root)
    if (model.src && new URL(model.src, document.baseURI).href !== new URL(player.state.src, document.baseURI).href) {
      player.load(model.src, { t: player.state.t })
    }
  } else {
    const { createPlayer } = await import(new URL(`${model.base}player.js`, document.baseURI).href)
    const { src, t, speed, selected, label, heading, inspector, playing } = model
    player = await createPlayer(host, {
      src,
      t,
      speed,
      selected,
      label,
      heading,
      inspector,
      autoplay: playing,
      looks: true,
    })
  }
  if (removed) return player.destroy()

  let settling = 0
  const settle = () => {
    clearTimeout(settling)
    settling = setTimeout(() => {
      model.t = player.state.t
    }, SETTLE_MS)
  }
  const write = {
    look: (window) => model.send_msg({ look: window }),
    ready: ({ run }) => {
      model.duration = run.duration
      model.shown = player.state.src
    },
    play: () => {
      model.playing = true
    },
    pause: () => {
      model.playing = false
      settle()
    },
    end: () => {
      model.playing = false
      settle()
    },
    time: () => player.state.playing || settle(),
    speed: ({ speed }) => {
      model.speed = speed
    },
    select: ({ id }) => {
      model.selected = id
    },
  }
  for (const [name, run] of Object.entries(write)) player.root.addEventListener(name, ({ detail }) => run(detail))
  if (player.run) write.ready({ run: player.run })
  if (player.renderer?.wanted) write.look(player.renderer.wanted)
  model.playing = player.state.playing

  model.on("src", () => player.load(model.src))
  model.on("t", () => model.t !== player.state.t && player.seek(model.t))
  model.on("playing", () => model.playing !== player.state.playing && player.toggle())
  model.on("speed", () => model.speed !== player.state.speed && player.setSpeed(model.speed))
  model.on("selected", () => player.select(model.selected))
  model.on("remove", () => {
    clearTimeout(settling)
    player.destroy()
  })
}

export default { render }
