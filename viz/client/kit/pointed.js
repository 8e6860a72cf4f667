// What was pressed with a pointer last. Such a press leaves the focus on a button, where nobody sees it; the space bar
// then means the picture, not that button.

/** @type {EventTarget[]} */
let pressed = []
globalThis.addEventListener?.("pointerdown", (event) => (pressed = event.composedPath()), true)
globalThis.addEventListener?.("keydown", ({ key }) => key === "Tab" && (pressed = []), true)

/**
 * Whether the focus is on an element because it was pressed with a pointer, and a space is not text for it.
 * @param {EventTarget} element
 */
export function pointed(element) {
  if (!(element instanceof Element)) return false
  const isText = element.matches(
    "select, textarea, input:not([type=checkbox], [type=radio], [type=range], [type=number])",
  )
  const isPressed = pressed.some(
    (part) => part === element || /** @type {HTMLLabelElement} */ (part).control === element,
  )
  return isPressed && !isText
}
