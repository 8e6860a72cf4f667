// The bridge between the Panel component TracePlayer and player.js, which it imports by URL: Panel loads this text as
// a blob, from which nothing relative can be imported.
//
// The page shows a player before Panel is there and leaves its promise in window.waferscopeStage: it is adopted.

export async function render({ model, el }) {
  const host = document.createElement("div")
  host.style.width = host.style.height = "100%"
  el.append(host)
  let player = await window.waferscopeStage
  window.waferscopeStage = null
  if (player) {
    host.append(player.root)
    if (model.src && player.state.src !== model.src) player.load(model.src)
    else model.duration = player.state.duration
  } else {
    const { createPlayer } = await import(new URL(`${model.base}player.js`, document.baseURI).href)
    player = await createPlayer(host, {
      src: model.src, t: model.t, speed: model.speed, selected: model.selected, label: model.label, heading: model.heading, autoplay: model.playing, inspector: model.inspector,
    })
  }
  const root = player.root
  const follow = (name, write) => root.addEventListener(name, ({ detail }) => write(detail))
  const settled = () => { model.t = player.state.t }
  const tell = (on) => () => {
    model.playing = on
    if (!on) settled()
  }
  follow("play", tell(true))
  follow("pause", tell(false))
  follow("end", tell(false))
  follow("time", () => player.state.playing || settled())
  follow("speed", ({ speed }) => { model.speed = speed })
  follow("select", ({ id }) => { model.selected = id })
  follow("ready", ({ run }) => { model.duration = run.duration })

  model.on("src", () => player.load(model.src))
  model.on("t", () => model.t !== player.state.t && player.seek(model.t))
  model.on("playing", () => model.playing !== player.state.playing && player.toggle())
  model.on("speed", () => model.speed !== player.state.speed && player.setSpeed(model.speed))
  model.on("selected", () => player.select(model.selected))
  model.on("remove", () => player.destroy())
}

export default { render }
