// What an inference run says in words: a sentence on a time, the text that is written, and the cards of the parts.

import { quantity, t } from "../../kit/language.js"

/**
 * @import { Inspection, Quantity, Rest } from "../../kit/types"
 * @import { Model, System } from "./model.js"
 */

/**
 * What a system is, to be said.
 * @param {Pick<System, "n" | "device">} system
 * @returns {Quantity}
 */
export const devicesOf = ({ n, device }) => ({ value: n, unit: device, digits: 12 })

/** The rate of one user. @param {Pick<System, "token_s">} system @returns {Quantity} */
export const rateOf = ({ token_s }) => ({ value: 1 / token_s, unit: "token/s", digits: 3 })

/** The text that is written: a word stands for a token. */
export const sample = () =>
  t("inference_sample")
    .split(" ")
    .map((word) => `${word} `)

/**
 * A sentence for each system.
 * @param {Model} model
 * @param {number} time
 */
export function describe({ systems }, time) {
  const said = systems.map((system) => {
    const [n, devices] = [system.written(time), devicesOf(system)]
    if (!n) return t("inference_says_reading", { devices })
    if (n === system.output_tokens) return t("inference_says_done", { devices })
    return t("inference_says", { devices, n: { value: n, unit: "", digits: 12 }, total: system.output_tokens })
  })
  return said.join(" ")
}

/**
 * What is still to be written when the recording ends.
 * @param {Model} model
 * @returns {Rest | undefined}
 */
export function rest({ systems, duration }) {
  const last = systems.reduce((late, each) => (each.end > late.end ? each : late))
  return last.end > duration + 1 ? { until: Math.round(last.end), who: quantity(last.n, last.device) } : undefined
}

/**
 * What the inspector shows of a part of a pass.
 * @param {System} system
 * @param {number} index
 * @returns {Inspection}
 */
export function inspect(system, index) {
  const { part, seconds, steps } = system.parts[index]
  return {
    title: t(`inference_part_${part}`),
    state: `${quantity(system.n, system.device)} · ${quantity(seconds / system.pass_s, "share")}`,
    rows: steps.map(([step, each]) => [t(`inference_step_${step}`), quantity(each, "s")]),
    lines: [],
  }
}
