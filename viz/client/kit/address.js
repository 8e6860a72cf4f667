// @ts-nocheck
// What an address says about the look of a page; all other names are the scenario's. The same list is in viz/address.py.

export const VIEW = ["theme", "lang", "v", "hide", "chart", "read", "axes", "against", "years", "beside", "clock"]

/** Part the settings of an address, pairs of name and value, into the scenario's and the view's. */
export function parted(pairs) {
  const all = [...pairs]
  return { scenario: all.filter(([name]) => !VIEW.includes(name)), view: all.filter(([name]) => VIEW.includes(name)) }
}
