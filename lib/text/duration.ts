/** Durations as evidence states them: a unit always, as many digits as one can act on. */

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

/** A setting rather than a measurement: `2 s`, `0.5 s`, `200 ms`, no digits that nobody set. */
export function describeSetting(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
