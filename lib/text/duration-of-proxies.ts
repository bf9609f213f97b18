/** Durations as proxies write them, in seconds; undefined for what none of them accepts. */

const UNIT_SECONDS: Record<string, number> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

/** `90`, `90s`, `1m30s`, `500ms`; a bare number counts in `bareUnit`. */
export function durationSeconds(text: string | undefined, bareUnit: 's' | 'ms'): number | undefined {
  if (text === undefined || text.length > 40) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * (UNIT_SECONDS[bareUnit] ?? 1)
  if (!/^(\d+(\.\d+)?(us|ms|s|m|h|d|w) ?)+$/.test(text)) return undefined
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h|d|w)/g)) {
    seconds += Number(amount) * (UNIT_SECONDS[unit ?? 's'] ?? 1)
  }
  return seconds
}
