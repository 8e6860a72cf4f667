// How a machine looks in every picture: the hue, the mark and the dash of its family. Charts of Bokeh have the same from
// viz/charts/identity.py.

/**
 * @import { Pen, Theme } from "./types"
 * @typedef {"wafer" | "gpu"} Family a role of the theme too
 */

/** @type {Record<Family, number[]>} */
export const DASHES = { wafer: [], gpu: [8, 5] }

/**
 * The family of the machines of a kind of cluster.
 * @param {string} cluster "cs" or "gpu"
 * @returns {Family}
 */
export const familyOf = (cluster) => (cluster === "cs" ? "wafer" : "gpu")

/**
 * The outline of a machine, for the pen to fill or draw: a wafer is round.
 * @param {Pen} ctx
 * @param {Family} family
 * @param {number} x of its middle
 * @param {number} y
 * @param {number} half of its width
 */
export function outline(ctx, family, x, y, half) {
  ctx.beginPath()
  if (family === "wafer") ctx.arc(x, y, half, 0, 7)
  else ctx.roundRect(x - half, y - half, 2 * half, 2 * half, Math.min(6, half * 0.36))
}

/**
 * The mark of a machine before its name.
 * @param {Pen} ctx
 * @param {Theme} theme
 * @param {Family} family
 * @param {number} x of its middle
 * @param {number} y
 * @param {number} half of its width
 */
export function drawMark(ctx, theme, family, x, y, half) {
  outline(ctx, family, x, y, half)
  ctx.fillStyle = theme[family]
  ctx.fill()
}
