// Making elements without innerHTML: text from a run is never markup.

import { unbroken } from "./quantities.js"

const SVG = "http://www.w3.org/2000/svg"

/**
 * @import { Child, Props } from "./types"
 */

/** The element of an id, which the page has. @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

/** The first element of a selector, which is there. @param {ParentNode} root @param {string} selector */
export const find = (root, selector) => /** @type {HTMLElement} */ (root.querySelector(selector))

/**
 * An element with properties (`on…` listens, `style` holds properties of CSS, all others are attributes) and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...Child} children
 */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children)
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...Child} children
 */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children)
}

/**
 * @template {HTMLElement | SVGElement} Made
 * @param {Made} element
 * @param {Props} props
 * @param {Child[]} children
 */
function fill(element, { style = {}, ...props }, children) {
  for (const [name, text] of Object.entries(style)) element.style.setProperty(name, text)
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), /** @type {EventListener} */ (value))
    else if (value === true) element.setAttribute(key, "")
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, String(value))
  }
  element.append(
    ...children
      .filter((child) => child !== null && child !== undefined)
      .map((child) => (typeof child === "number" ? String(child) : child)),
  )
  return element
}

/** A text as nodes, in which no line ends within a quantity or within a name such as CS-2. @param {string} text */
export const whole = (text) =>
  unbroken(text)
    .split(/(\p{Lu}+-\d+)/u)
    .map((part, i) => (i % 2 ? h("span", { class: "whole" }, part) : part))

const ICONS = {
  play: "M4 2v12l10-6z",
  pause: "M3 2h3.8v12H3zM9.2 2H13v12H9.2z",
  back: "M11.5 2v12L4 8zM2 2h1.8v12H2z",
  forward: "M4.5 2v12L12 8zM12.2 2H14v12h-1.8z",
  reset: "M8 2.5a5.5 5.5 0 1 1-5.2 3.7l1.7.6A3.7 3.7 0 1 0 8 4.3v2.2L4 3.4 8 .3z",
  end: "M2 2v12l6-6zM8 2v12l6-6zM14 2h1.4v12H14z",
  help: "M7 10.2h1.9v-.5c0-.9.5-1.3 1.2-1.8.9-.7 1.7-1.4 1.7-2.8C11.800 3 10.200 1.800 8 1.800 6 1.800 4.500 2.800 4 4.500l1.800.7c.3-1 1.100-1.600 2.100-1.600 1.100 0 1.900.6 1.900 1.600 0 .8-.4 1.200-1.100 1.700C7.700 7.600 7 8.200 7 9.600zM7 11.900h2v2H7z",
  closer:
    "M7 1.500a5.500 5.500 0 0 1 4.400 8.800l3.400 3.400-1.200 1.200-3.400-3.400A5.500 5.500 0 1 1 7 1.500zm0 1.700a3.800 3.800 0 1 0 0 7.600 3.800 3.800 0 0 0 0-7.600zM6.200 4.700h1.600v1.500h1.500v1.600H7.800v1.500H6.200V7.800H4.700V6.200h1.500z",
  close:
    "M3.300 2 8 6.700 12.700 2 14 3.300 9.300 8l4.700 4.700-1.300 1.300L8 9.300 3.300 14 2 12.700 6.700 8 2 3.300z",
}

/**
 * An icon; fonts lack media glyphs, so these are drawings.
 * @param {keyof typeof ICONS} name
 */
export const icon = (name) =>
  svg(
    "svg",
    { viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true", fill: "currentColor" },
    svg("path", { d: ICONS[name] }),
  )
