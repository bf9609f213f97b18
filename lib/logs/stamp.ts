/** Time stamps of log lines, read without `Date.parse`, whose readings differ between engines. */

export type Stamp = { atMs: number; resolutionMs: number; zoneless?: boolean; zoneMs?: number }

/** The last moment that a `Date` can be, ms since the epoch (ECMA-262). */
export const LATEST_MS = 8.64e15

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function monthOf(name: string): number | undefined {
  const index = months.indexOf(name)
  return index === -1 ? undefined : index
}

/** Offset in ms of `Z`, `+0100` or `+01:00`. */
function offsetMs(zone: string): number {
  if (zone === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000
}

function fractionMs(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(`0.${digits}`) * 1000
}

const commonLog =
  /^(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ([+-]\d{4}))?$/

/** `20/Nov/2026:09:04:30 +0000`, or HAProxy's `20/Nov/2026:09:04:30.120`. */
export function commonLogStamp(text: string): Stamp | undefined {
  const match = commonLog.exec(text)
  if (match === null) return undefined
  const [, day, monthName = '', year, hour, minute, second, fraction, zone] = match
  const month = monthOf(monthName)
  if (month === undefined) return undefined
  const local = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second))
  return stamp(local + fractionMs(fraction), fraction, zone)
}

const iso = /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?/

/** ISO 8601 at the beginning of the text, also with a blank for T, a comma for the point, or nginx's slashes; `length` is what was read. */
export function isoStamp(text: string): (Stamp & { length: number }) | undefined {
  const match = iso.exec(text)
  if (match === null) return undefined
  const [whole, year, month, day, hour, minute, second, fraction, zone] = match
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  return { ...stamp(local + fractionMs(fraction), fraction, zone), length: whole.length }
}

const bsd = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: (\d{4}))?/

/** `Nov 20 09:04:30` of BSD syslog, without a year, or `Nov 20 09:04:30.123456 2026` of Apache's error log. */
export function monthDayStamp(text: string, yearIfNone: number): (Stamp & { length: number }) | undefined {
  const match = bsd.exec(text)
  if (match === null) return undefined
  const [whole, monthName = '', day, hour, minute, second, fraction, year] = match
  const month = monthOf(monthName)
  if (month === undefined) return undefined
  const local = Date.UTC(
    Number(year ?? yearIfNone),
    month,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  return { ...stamp(local + fractionMs(fraction), fraction, undefined), length: whole.length }
}

function stamp(localMs: number, fraction: string | undefined, zone: string | undefined): Stamp {
  const resolutionMs = fraction === undefined ? 1000 : 1
  return zone === undefined
    ? { atMs: localMs, resolutionMs, zoneless: true }
    : { atMs: localMs - offsetMs(zone), resolutionMs, zoneMs: offsetMs(zone) }
}

/** A JSON time: epoch seconds or milliseconds as number or digits, or ISO text. */
export function jsonStamp(value: unknown): Stamp | undefined {
  const number = typeof value === 'string' && /^\d{9,13}(\.\d+)?$/.test(value) ? Number(value) : value
  if (typeof number === 'number') {
    if (!(number >= 1e8 && number <= LATEST_MS)) return undefined
    const atMs = number < 1e11 ? number * 1000 : number
    return { atMs, resolutionMs: Number.isInteger(number) && number < 1e11 ? 1000 : 1 }
  }
  if (typeof value !== 'string') return undefined
  const written = isoStamp(value)
  if (written === undefined) return commonLogStamp(value)
  const { length: _read, ...stamp } = written
  return stamp
}
