/** Points in time as a person writes them behind --since and --until. */
import { isoStamp } from '#lib/logs/stamp.ts'

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const AGO = /^(\d{1,6})([smhd])$/
const DAY = /^\d{4}-\d\d-\d\d$/
const WITHOUT_SECONDS = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(Z|[+-]\d\d:?\d\d)?$/

/**
 * Milliseconds since the epoch; undefined where it is no time. `2h` is before now; a day is its beginning; without a zone it
 * is UTC, as in the report.
 */
export function momentOf(text: string, nowMs: number): number | undefined {
  const [, amount, unit = ''] = AGO.exec(text) ?? []
  if (amount !== undefined) return nowMs - Number(amount) * (UNITS_MS[unit] ?? 0)
  const whole = DAY.test(text) ? `${text}T00:00:00Z` : text.replace(WITHOUT_SECONDS, '$1:00$2')
  const read = isoStamp(whole)
  if (read === undefined || read.length !== whole.length) return undefined
  // A month of 13 or an hour of 25 would be another day.
  const [date, time] = [whole.slice(0, 10).replaceAll('/', '-'), whole.slice(11, 19)]
  const isReal = Number.isFinite(Date.parse(`${date}T${time}Z`))
  return isReal ? read.atMs : undefined
}
