/** Durations, as we write them for people and as proxies write them: always with a unit, and with digits that one can act on. */

/** `0.42 ms`, `9.3 ms`, `120 ms`, `6.02 s`, `47.3 s`, `4 min 12 s`, `1 h 04 min`. */
export function describeDuration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`
  if (ms < 99.95) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9_995) return `${(ms / 1_000).toFixed(2)} s`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  return `${Math.floor(seconds / 3_600)} h ${twoDigits(Math.floor((seconds % 3_600) / 60))} min`
}

/** What several of one kind have in common, in the digits they share: `850 ms`, `7.9 s`, `60 s`, `4 min 12 s`. */
export function describeRoughly(ms: number): string {
  if (ms < 995) return `${Number(ms.toPrecision(2))} ms`
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 99_500) return `${Math.round(ms / 1_000)} s`
  return describeDuration(ms)
}

/** How long somebody waited for a timer, in its unit: as `describeDuration`, but `75 s` and `300 s`. */
export function describeWait(ms: number): string {
  return ms < 59_950 || ms >= 600_000 ? describeDuration(ms) : `${Math.round(ms / 1_000)} s`
}

/** A setting rather than a measurement: `2 s`, `0.5 s`, `200 ms`, no digits that nobody set. */
export function describeSetting(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

const UNIT_SECONDS: Record<string, number> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

/**
 * Seconds of what proxies write: `90`, `90s`, `1m30s`, `500ms`; a bare number counts in `bareUnit`. Undefined for what
 * none of them accepts.
 */
export function durationSeconds(text: string | undefined, bareUnit: 's' | 'ms'): number | undefined {
  if (text === undefined || text.length > 40) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * (UNIT_SECONDS[bareUnit] ?? 1)
  if (!/^(\d+(\.\d+)?(us|ms|s|m|h|d|w) ?)+$/.test(text)) return undefined
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(/(?<![\d.])(\d+(?:\.\d+)?)(us|ms|s|m|h|d|w)/g)) {
    seconds += Number(amount) * (UNIT_SECONDS[unit ?? 's'] ?? 1)
  }
  return seconds
}
