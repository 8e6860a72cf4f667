// How large a wafer is: the millimetres of its PEs, the round slice that it is cut from, and a GPU's die to the same scale.

import { t } from "../../kit/language.js"

/**
 * @import { Key, Pen, View } from "../../kit/types"
 * @import { Meta, Spread } from "./types"
 */

const WHOLE = 0.9 // share of the columns and rows of the chip from which on a run is of the whole of it
const APART = 10 // between the chip and the die beside it [mm]
const ROOM = 60 // for the name of the die [px]

/**
 * What is drawn around a run of the whole chip, or null for any other.
 * @param {Pick<Meta, "width" | "height" | "chip">} meta
 */
export function createChip({ width, height, chip }) {
  if (!chip || width < WHOLE * chip.width || height < WHOLE * chip.height) return null
  const { area, wafer, gpu } = chip
  const side = Math.sqrt(area) // the chip is a square [mm]
  const die = Math.sqrt(gpu.area)
  const square = { value: gpu.area, unit: "mm²" }
  return {
    /** Width of a PE over its height, so that the chip is a square. */
    aspect: height / width,
    /** @type {Key} */
    legend: {
      label: t("fabric_stage_gpu", { name: gpu.name, area: square }),
      more: t("fabric_stage_gpu.title", { source: gpu.source }),
      paint: "--gpu",
      shape: "square",
    },
    /** What stands below. @param {number} columns @param {number} rows */
    said: (columns, rows) =>
      t("fabric_stage_chip", {
        columns,
        rows,
        area: { value: area, unit: "mm²", digits: 5 },
        wafer: { value: wafer, unit: "mm" },
      }),
    /**
     * The slice, below the picture.
     * @param {Pen} ctx
     * @param {Spread} layout
     * @param {View} view
     */
    drawBelow(ctx, { x, y, px, py, columns, rows }, { theme, width: wide, height: high }) {
      const [across, down] = [(px * columns) / side, (py * rows) / side]
      ctx.save()
      ctx.beginPath() // an SVG does not end where the stage does
      ctx.rect(0, 0, wide, high)
      ctx.clip()
      ctx.beginPath()
      ctx.ellipse(
        x + (px * columns) / 2,
        y + (py * rows) / 2,
        (wafer / 2) * across,
        (wafer / 2) * down,
        0,
        0,
        2 * Math.PI,
      )
      ctx.fillStyle = theme.line2
      ctx.fill()
      ctx.strokeStyle = theme.line
      ctx.lineWidth = theme.strokeScale
      ctx.stroke()
      ctx.restore()
    },
    /**
     * The die of a GPU: beside the chip where there is room, otherwise on it.
     * @param {Pen} ctx
     * @param {Spread} layout
     * @param {View} view
     */
    drawAbove(ctx, { x, y, px, py, columns, rows }, { theme, width: room }) {
      const [across, down] = [(px * columns) / side, (py * rows) / side]
      const beside = x + (side + APART + die) * across + ROOM * theme.textScale < room
      const left = x + (beside ? side + APART : side - APART - die) * across
      const top = y + (side - die - (beside ? 0 : APART)) * down
      ctx.fillStyle = theme.gpu
      ctx.strokeStyle = theme.gpu
      ctx.lineWidth = 2 * theme.strokeScale
      ctx.globalAlpha = beside ? 1 : 0.25
      ctx.fillRect(left, top, die * across, die * down)
      ctx.globalAlpha = 1
      ctx.strokeRect(left, top, die * across, die * down)
      if (!beside) return
      ctx.font = `600 ${11.5 * theme.textScale}px ${theme.font}`
      ctx.textAlign = "left"
      ctx.textBaseline = "bottom"
      ctx.fillText(t("fabric_stage_gpu_die"), left, top - 5)
    },
  }
}
