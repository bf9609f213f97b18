/** The time that somebody wrote beside a line, in whatever habit. */
import { commonLogStamp, isoStamp, jsonStamp, monthDayStamp } from '#lib/logs/stamp.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Where in a line a stamp is looked for: at its head, or at its end. */
const MOST_CHARACTERS = 400

type Reader = (text: string) => number | undefined

const ISO = /\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d/
const COMMON = /\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?/
/** `Fri, 22 Nov 2024 10:22:01 GMT` of HTTP, `Fri Nov 22 2024 10:22:01 GMT+0100` of JavaScript. */
const LONG =
  /\b(?:(\d{1,2}) ([A-Z][a-z]{2})|([A-Z][a-z]{2}) (\d{1,2})) (\d{4}) (\d\d:\d\d:\d\d)(?: (?:GMT|UTC)?([+-]\d{4})?)?/
/** `Nov 22 10:22:01` of syslog, `Fri Nov 22 10:22:01 2024` of C. */
const MONTH_DAY =
  /(?:^|[\s[(])(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})?(?: \d{4})?)/
/** `11/22/2024, 10:22:01 AM`, `22.11.2024 10:22:01`, as browsers and people write for a locale. */
const LOCAL =
  /(?:^|[\s[(])(\d{1,2})([./-])(\d{1,2})\2(\d{4}),? (\d{1,2}:\d\d:\d\d(?:[.,]\d{1,6})?(?: ?[AP]M)?)/i
/** `11-22 10:22:01.123` of Android, `I1122 10:22:01.123456` of glog: no year. */
const NO_YEAR = /^(?:[VDIWEF])?(\d\d)-?(\d\d) (\d\d:\d\d:\d\d\.\d{1,9})/
/** Seconds or milliseconds since the epoch: at the head, in brackets, or under a name of their own. */
const EPOCH =
  /(?:^\[?|\[|(?:"(?:time|ts|timestamp|@timestamp|t)" ?: ?"?|\b(?:time|ts|timestamp)=))(1\d{9}(?:\d{3})?(?:\.\d{1,9})?)(?=[\s\]",}:]|$)/
const CLOCK = /(?:^|[\s[(|])(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?([AP]M))?Z?(?=$|[\s\])|,;:])/i

/** Since the program began: `[   60.250]`, `+60.150s`, `t=60150ms`. */
const SINCE = /^\s{0,8}(?:\[\s{0,8}(\d{1,7}\.\d{1,6})\]|(?:t ?[=+:] ?|\+)(\d{1,9}(?:\.\d{1,6})?) ?(ms|s)\b)/

const SOME_YEAR = 2024
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The surest first: a date and a time, then a time alone. */
const READERS: readonly Reader[] = [
  (text) => {
    const found = ISO.exec(text)
    return found === null ? undefined : isoStamp(text.slice(found.index))?.atMs
  },
  (text) => {
    const found = COMMON.exec(text)
    return found === null ? undefined : commonLogStamp(found[0])?.atMs
  },
  (text) => {
    const [, day1, month1, month2, day2, year, clock = '', zone] = LONG.exec(text) ?? []
    const month = MONTHS.indexOf(month1 ?? month2 ?? '') + 1
    if (year === undefined || month === 0) return undefined
    const date = `${year}-${two(month)}-${two(Number(day1 ?? day2))}`
    return isoStamp(`${date}T${clock}${zone ?? 'Z'}`)?.atMs
  },
  (text) => monthDayStamp(MONTH_DAY.exec(text)?.[1] ?? '', SOME_YEAR)?.atMs,
  (text) => {
    const [, first, separator, second, year, clock = ''] = LOCAL.exec(text) ?? []
    const ofDay = clockIn(clock)
    if (year === undefined || ofDay === undefined) return undefined
    const [a, b] = [Number(first), Number(second)]
    // Day and month cannot be told apart: the time of day is all that is sure.
    if (separator !== '.' && a <= 12 && b <= 12 && a !== b) return ofDay
    const [day, month] = separator === '.' || a > 12 ? [a, b] : [b, a]
    return Date.UTC(Number(year), month - 1, day) + ofDay
  },
  (text) => {
    const [, month, day, clock = ''] = NO_YEAR.exec(text) ?? []
    const ofDay = clockIn(clock)
    return ofDay === undefined ? undefined : Date.UTC(SOME_YEAR, Number(month) - 1, Number(day)) + ofDay
  },
  (text) => jsonStamp(EPOCH.exec(text)?.[1])?.atMs,
  clockIn,
  (text) => {
    const [, bracketed, value, unit] = SINCE.exec(text) ?? []
    if (bracketed !== undefined) return Number(bracketed) * 1000
    return value === undefined ? undefined : Number(value) * (unit === 'ms' ? 1 : 1000)
  },
]

const two = (number: number): string => String(number).padStart(2, '0')

function clockIn(text: string): number | undefined {
  const clock = CLOCK.exec(text)
  if (clock === null) return undefined
  const [, hour, minute, second, fraction = '0', half] = clock
  const hours = (Number(hour) % (half === undefined ? 24 : 12)) + (half?.toUpperCase() === 'PM' ? 12 : 0)
  return hours * HOUR_MS + Number(minute) * 60_000 + Number(second) * 1000 + Number(`0.${fraction}`) * 1000
}

/**
 * Milliseconds: since the epoch where the line has a date, else since midnight; undefined where it has none. Only
 * differences between lines of one habit mean something.
 */
export function timeIn(text: string): number | undefined {
  const head = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text
  if (!/\d/.test(head)) return undefined
  for (const read of READERS) {
    const atMs = read(head)
    if (atMs !== undefined) return atMs
  }
  return undefined
}

const ALONE =
  /^\s{0,8}(?:[A-Z][a-z]{2},? {1,2})?(?:[A-Z][a-z]{2} {1,2}\d{1,2} |\d{1,2} [A-Z][a-z]{2} )?(?:\d{4} )?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?[AP]M)?(?: ?(?:Z|[A-Z]{2,5}|[+-]\d\d:?\d\d))?(?: \d{4})?\s{0,8}$/
const EPOCH_ALONE = /^\s{0,8}1\d{9}(?:\d{3})?(?:\.\d{1,9})?\s{0,8}$/

/** A line that is a time and nothing else, as `date` prints between two commands; undefined for every other. */
export const timeAlone = (line: string): number | undefined =>
  line.length <= 60 && (ALONE.test(line) || EPOCH_ALONE.test(line)) ? timeIn(line) : undefined

/** What `time` says that the command above it took, in milliseconds: `real 1m40.2s`, `1:40.20 total`. */
export function tookMs(line: string): number | undefined {
  if (line.length > 200) return undefined
  const bash = /^\s{0,8}real\s{1,8}(?:(\d{1,5})m)?(\d{1,6}[.,]\d{1,3})s?\s{0,8}$/.exec(line)
  const zsh = / (?:(\d{1,4}):)?(\d{1,4}\.\d{1,3}) total\s{0,8}$/.exec(line)
  const [, minutes = '0', seconds] = bash ?? (/ \d{1,3}% cpu /.test(line) ? zsh : null) ?? []
  return seconds === undefined
    ? undefined
    : Math.round((Number(minutes) * 60 + Number(seconds.replace(',', '.'))) * 1000)
}

/** Milliseconds from one line to a later one; a clock without a date may have passed midnight in between. */
export function passedMs(from: number, to: number): number {
  const passed = to - from
  return passed < 0 && from < DAY_MS && to < DAY_MS ? passed + DAY_MS : passed
}

export type Clock = {
  /** The time beside a line; one that goes on with what was begun (an indent, a carrier’s own header) has the time before it. */
  timeOf: (line: string) => number | undefined
  /** Whether the last of these lines had a time of its own. */
  isStamped: () => boolean
}

/** supervisord writes the time on a line of its own before what a program printed. */
const CARRIER = /DEBG '[^']{1,80}' (?:stdout|stderr) output:$/

export function createClock(): Clock {
  let last: number | undefined
  let isHeader = false
  let isStamped = false
  return {
    timeOf(line) {
      const own = timeIn(line)
      isStamped = own !== undefined
      const continues = isHeader || /^\s/.test(line)
      isHeader = CARRIER.test(line)
      if (own === undefined) return continues ? last : undefined
      last = own
      return own
    },
    isStamped: () => isStamped,
  }
}
