// Which of many intervals hold at a tick? Rows are filed by time buckets, so a frame looks at few of them.

/**
 * Index half-open intervals [t0, t1) of ticks.
 * @param {ArrayLike<number>} t0 first tick of each row
 * @param {ArrayLike<number>} t1 tick after the last
 * @returns {{at: (tick: number) => Uint32Array}} `at`: the rows filed at a tick, in their order; it contains every row
 *   that holds then and some that do not, so the caller compares again
 */
export function indexIntervals(t0, t1) {
  const rows = t0.length
  let total = 0
  let end = 0
  for (let i = 0; i < rows; i++) {
    total += Math.max(0, t1[i] - t0[i])
    if (t1[i] > end) end = t1[i]
  }
  // A quarter of the mean length: five entries a row on average, and a quarter of the rows found in vain.
  const width = Math.max(1, Math.ceil(total / (4 * Math.max(1, rows))), Math.ceil(end / 65536))
  const buckets = Math.floor(end / width) + 1
  const first = new Uint32Array(buckets + 1)
  const each = (/** @type {(bucket: number, row: number) => void} */ visit) => {
    for (let i = 0; i < rows; i++) {
      for (let b = Math.floor(t0[i] / width), last = Math.floor((t1[i] - 1) / width); b <= last; b++) visit(b, i)
    }
  }
  each((b) => first[b + 1]++)
  for (let b = 0; b < buckets; b++) first[b + 1] += first[b]
  const filed = new Uint32Array(first[buckets])
  const next = first.slice(0, buckets)
  each((b, i) => {
    filed[next[b]++] = i
  })
  return {
    at(tick) {
      const b = Math.floor(tick / width)
      return b >= 0 && b < buckets ? filed.subarray(first[b], first[b + 1]) : filed.subarray(0, 0)
    },
  }
}
