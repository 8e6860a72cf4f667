// Applies the theme before the first paint: the address names it, else the last choice, else the system's. And lets the link to
// another language lead to the same page in it.
{
  const THEMES = ["light", "dark", "projector"]
  // A sandboxed frame has no storage.
  const stored = (/** @type {string} */ name = "") => {
    try {
      if (name) localStorage.setItem("theme", name)
      return localStorage.getItem("theme")
    } catch {
      return null
    }
  }
  const chosen = [new URLSearchParams(location.search).get("theme"), stored()].find(
    (name) => name && THEMES.includes(name),
  )
  const root = document.documentElement
  root.dataset.theme = chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")
  addEventListener("beforeprint", () => {
    const { theme } = root.dataset
    root.dataset.theme = "light" // paper is
    addEventListener("afterprint", () => Object.assign(root.dataset, { theme }), { once: true })
  })
  addEventListener("DOMContentLoaded", () => {
    const button = /** @type {HTMLElement} */ (document.getElementById("theme"))
    const word = /** @type {HTMLElement} */ (button.querySelector(".theme-name"))
    const theme = () => String(root.dataset.theme)
    /** @type {Record<string, [name: string, said: string]>} */
    const texts = JSON.parse(button.dataset.texts ?? "")
    const show = () => {
      const [name, said] = texts[theme()]
      word.textContent = name
      button.setAttribute("aria-label", said)
    }
    button.addEventListener("click", () => {
      root.dataset.theme = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]
      stored(theme())
      show()
      dispatchEvent(new CustomEvent("waferscope:theme"))
    })
    show()
    for (const link of document.querySelectorAll(/** @type {"a"} */ ("a.language"))) {
      link.addEventListener("click", (event) => {
        event.preventDefault()
        const address = new URL(location.href)
        address.searchParams.set("lang", link.hreflang)
        location.assign(address)
      })
    }
  })
}
