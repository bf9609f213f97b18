/** The scale of time under the strips, in seconds: it grows by steps, so that nothing slides while one looks. */

const lengths = [5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1200, 3600]

/** The shortest length that holds so many seconds with a little room behind them. */
export function axisSeconds(needed: number): number {
  return lengths.find((length) => length >= needed * 1.02) ?? Math.ceil(needed / 3600) * 3600
}

/** About five marks, both ends among them. */
export function ticksOf(seconds: number): number[] {
  const step = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600].find((each) => seconds / each <= 6) ?? 1200
  const count = Math.floor(seconds / step)
  return Array.from({ length: count + 1 }, (_, at) => at * step)
}
