// The JavaScript half of every component, as Panel loads it: a text that becomes a blob, from which nothing relative can be
// imported. So it imports the component's own module by its address.

/** @param {import("./types").Rendered<{module: string}>} component */
export async function render(component) {
  const { render } = await import(new URL(component.model.module, document.baseURI).href)
  return render(component)
}

export default { render }
