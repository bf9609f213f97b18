/** Numbers as this interface writes them: a unit beside each, as many digits as one can act on. */
import { describeDuration, describeWait } from '#lib/text/duration.ts'

/** `0.42 ms`, `9.3 ms`, `120 ms`, `1.42 s`, `4 min 12 s`. Null is a dash. */
export function formatMs(ms: number | null): string {
  return ms === null ? '–' : describeDuration(ms)
}

/** Like {@link formatMs}, but in seconds from the start, for what counts up or down: `0.40 s`, `6.02 s`, `47.3 s`. */
export function formatSeconds(ms: number): string {
  return ms < 1000 ? `${(ms / 1000).toFixed(2)} s` : describeDuration(ms)
}

/** Likewise how long somebody waits for a timer, which is set in seconds: `75 s`. */
export function formatWait(ms: number): string {
  return ms < 1000 ? formatSeconds(ms) : describeWait(ms)
}

/** An age that ticks, in whole seconds: `0:07`, `4:12`, `1:04:12`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** `31 B`, `1.2 KiB`, `4.0 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kib = bytes / 1024
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`
}

/** A sentence whose numbers keep their units with them where a line ends. */
export function keepUnits(text: string): string {
  return text.replace(/(?<=\d) (?=(?:ms|s|min|h|B|KiB|MiB)\b)/g, '\u00a0')
}

/** `14:02:41.118`, local time. */
export function formatClock(epochMs: number): string {
  return `${formatTime(epochMs)}.${three(new Date(epochMs).getMilliseconds())}`
}

/** `14:02:41`, local time. */
export function formatTime(epochMs: number): string {
  const date = new Date(epochMs)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `29 Nov 2026, 16:17 UTC+1`, local time. */
export function formatDate(epochMs: number): string {
  const date = new Date(epochMs)
  return `${dayOf(date)} ${date.getFullYear()}, ${minuteOf(date)} ${zoneName(date)}`
}

/** `29 Nov, 16:17`, local time, with the year where it is another: in lists, whose head names the zone. */
export function formatDay(epochMs: number): string {
  return `${formatDayAlone(epochMs)}, ${minuteOf(new Date(epochMs))}`
}

/** `29 Nov`, `29 Nov 2024`. */
export function formatDayAlone(epochMs: number): string {
  const date = new Date(epochMs)
  const isThisYear = date.getFullYear() === new Date().getFullYear()
  return `${dayOf(date)}${isThisYear ? '' : ` ${date.getFullYear()}`}`
}

/** `14:02:41.118` of today, `29 Nov 14:02:41` of another day; local time. */
export function formatMoment(epochMs: number, nowMs: number): string {
  const date = new Date(epochMs)
  const today = new Date(nowMs)
  const isToday =
    date.getDate() === today.getDate() &&
    date.getMonth() === today.getMonth() &&
    date.getFullYear() === today.getFullYear()
  if (isToday) return formatClock(epochMs)
  return `${dayOf(date)} ${formatTime(epochMs)}`
}

const dayOf = (date: Date): string => `${date.getDate()} ${months[date.getMonth()]}`

const minuteOf = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}`

/** The zone of all local times: `UTC+1`, `UTC−3:30`. */
export function zoneName(now = new Date()): string {
  const minutes = -now.getTimezoneOffset()
  const hours = Math.floor(Math.abs(minutes) / 60)
  const rest = Math.abs(minutes) % 60
  if (minutes === 0) return 'UTC'
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest > 0 ? `:${two(rest)}` : ''}`
}

/** `1 message`, `2 messages`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function three(value: number): string {
  return String(value).padStart(3, '0')
}
