/** The time that somebody wrote beside a line, in whatever habit. */
import { isoStamp, monthDayStamp } from '#lib/logs/stamp.ts'

const DAY_MS = 86_400_000
const CLOCK = /(?:^|[\s[(|])(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,6}))?(?: ?([AP]M))?(?=$|[\s\])|,;])/i
const ISO = /\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d/

/** Where in a line a stamp is looked for: at its head, or at its end. */
const MOST_CHARACTERS = 400

/**
 * Milliseconds: since the epoch where the line has a date, else since midnight; undefined where it has none. Only
 * differences between lines of one habit mean something.
 */
export function timeIn(text: string): number | undefined {
  const head = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text
  const iso = ISO.exec(head)
  if (iso !== null) return isoStamp(head.slice(iso.index))?.atMs
  const bsd = monthDayStamp(head, 2024)
  if (bsd !== undefined) return bsd.atMs
  const clock = CLOCK.exec(head)
  if (clock === null) return undefined
  const [, hour, minute, second, fraction = '0', half] = clock
  const hours = (Number(hour) % (half === undefined ? 24 : 12)) + (half?.toUpperCase() === 'PM' ? 12 : 0)
  return hours * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000 + Number(`0.${fraction}`) * 1000
}

/** From one line to a later one; a clock without a date may have passed midnight in between. */
export function passedMs(from: number, to: number): number {
  const passed = to - from
  return passed < 0 && from < DAY_MS && to < DAY_MS ? passed + DAY_MS : passed
}
