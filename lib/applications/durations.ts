/** A duration as source code writes it: `TimeSpan.FromSeconds(50)`, `Duration.ofMinutes(2)`, `30_000`, `60 * 1000`. */

const UNIT_MS: Readonly<Record<string, number>> = {
  milliseconds: 1,
  millis: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
}
const CALL =
  /^(?:System\.)?(?:TimeSpan\.From|Duration\.of|TimeUnit\.)(Milliseconds|Millis|Seconds|Minutes|Hours)\((\d{1,9}(?:\.\d{1,3})?)\)/i
/** `new TimeSpan(0, 0, 50)`: hours, minutes, seconds. */
const PARTS = /^new TimeSpan\((\d{1,4}), ?(\d{1,4}), ?(\d{1,6})\)/
const PRODUCT = /^\d[\d_]{0,12}(?: ?\* ?\d[\d_]{0,12}){0,4}(?=\s{0,8}(?:[;,)\]}]|\/\/|$))/

/** Milliseconds; a bare number is of milliseconds. Undefined where it is a name, or a sum of names. */
export function durationOfCode(text: string): number | undefined {
  const value = text.trim()
  const [, unit = '', amount] = CALL.exec(value) ?? []
  const factor = UNIT_MS[unit.toLowerCase()]
  if (amount !== undefined && factor !== undefined) return Number(amount) * factor
  const [, hours, minutes, seconds] = PARTS.exec(value) ?? []
  if (seconds !== undefined) return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
  const product = PRODUCT.exec(value)?.[0]
  if (product === undefined) return undefined
  const ms = product.split('*').reduce((all, each) => all * Number(each.trim().replaceAll('_', '')), 1)
  return Number.isSafeInteger(ms) ? ms : undefined
}
