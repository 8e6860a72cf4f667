// What was pressed with a pointer last. Such a press leaves the focus on a button, where nobody sees it; the space bar
// then means the picture, not that button.

/** @type {EventTarget[]} */
let pressed = []
let chosen = false // whether something has been chosen since, which closes a menu
globalThis.addEventListener?.(
  "pointerdown",
  (event) => {
    pressed = event.composedPath()
    chosen = false
  },
  true,
)
globalThis.addEventListener?.("input", () => (chosen = true), true)
globalThis.addEventListener?.("keydown", ({ key }) => key === "Tab" && (pressed = []), true)

/**
 * Whether the focus is on an element because it was pressed with a pointer, and a space is not text for it.
 * @param {EventTarget} element
 */
export function pointed(element) {
  if (!(element instanceof Element)) return false
  const isText = element.matches("select")
    ? !chosen
    : element.matches("textarea, input:not([type=checkbox], [type=radio], [type=range], [type=number])")
  // What was chosen may have changed the form around it, in which it is there again.
  const isIt = (/** @type {EventTarget} */ part) =>
    part === element || (part instanceof Element && part.id !== "" && part.id === element.id)
  const isPressed = pressed.some((part) => isIt(part) || /** @type {HTMLLabelElement} */ (part).control === element)
  return isPressed && !isText
}
