// A plugin of reveal.js for slides with a frame of Waferscope. Frames start and stop without it; it adds
//   fragments   <span class="fragment" data-waferscope='{"type": "seek", "marker": "rows_done"}'>
//   posters     <img class="waferscope-poster"> before a frame: printed, and seen when the frame does not answer
//   keys        for decks with postMessage: false; and the focus back from a frame whose slide is left

const SILENCE_MS = 4000

export default () => ({
  id: "waferscope",
  init(deck) {
    const frames = () => [...deck.getRevealElement().querySelectorAll("iframe[data-waferscope-frame]")]
    const say = (frame, message) => frame?.contentWindow?.postMessage({ ns: "waferscope", v: 1, ...message }, "*")
    const frameOf = (fragment) => fragment.closest("section").querySelector("iframe[data-waferscope-frame]")

    // What the last visible fragment says holds; before the first one the frame is back at its start.
    const replay = (slide) => {
      const told = [...slide.querySelectorAll(".fragment.visible[data-waferscope]")].at(-1)
      const first = slide.querySelector(".fragment[data-waferscope]")
      if (first) say(frameOf(first), told ? JSON.parse(told.dataset.waferscope) : { type: "reset" })
    }
    for (const event of ["fragmentshown", "fragmenthidden"])
      deck.on(event, ({ fragment }) => fragment.dataset.waferscope && replay(fragment.closest("section")))

    addEventListener("message", ({ data, source }) => {
      const frame = frames().find(({ contentWindow }) => contentWindow === source)
      if (!frame || data?.ns !== "waferscope") return
      if (data.type === "ready") frame.dataset.answered = "true"
      if (
        data.type === "loaded" &&
        deck.getCurrentSlide()?.contains(frame) &&
        frame.closest("section").querySelector(".fragment.visible[data-waferscope]")
      )
        replay(frame.closest("section"))
      const key =
        {
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
        }[data.key] ?? data.key?.toUpperCase().charCodeAt(0)
      if (data.type === "key" && !deck.getConfig().postMessage && key) deck.triggerKey(key)
    })
    // A remote or the speaker's window leaves a slide whose frame has been clicked: the keys are the deck's again.
    deck.on("slidechanged", () => document.activeElement?.matches("iframe") && document.activeElement.blur())
    deck.on("slidechanged", () =>
      setTimeout(() => {
        for (const frame of frames())
          frame.classList.toggle("waferscope-silent", deck.getCurrentSlide().contains(frame) && !frame.dataset.answered)
      }, SILENCE_MS),
    )
  },
})
