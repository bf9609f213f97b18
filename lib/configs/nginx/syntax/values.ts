/** Values as nginx reads them: times, sizes, numbers (src/core/ngx_parse.c). */

const UNITS: readonly { unit: string; seconds: number }[] = [
  { unit: 'y', seconds: 365 * 86_400 },
  { unit: 'M', seconds: 30 * 86_400 },
  { unit: 'w', seconds: 7 * 86_400 },
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3600 },
  { unit: 'm', seconds: 60 },
  { unit: 's', seconds: 1 },
  { unit: 'ms', seconds: 0.001 },
]

/** Beyond this a time does not fit the 64 bits that nginx counts milliseconds in. */
const MOST_MILLISECONDS = 2 ** 63

/**
 * Seconds of a time such as `90`, `1h 30m` or `2s500ms`; undefined where nginx refuses it. Units go from large to
 * small, each once, and a bare number, which is seconds, comes last; a unit without a number is none of it. `resolution` is that of the directive: those that count in
 * milliseconds know no months and years, those that count in seconds no milliseconds.
 */
export function parseTime(text: string, resolution: 'ms' | 's'): number | undefined {
  if (!/\d/.test(text)) return undefined
  let seconds = 0
  let largest = resolution === 'ms' ? 2 : 0
  const smallest = resolution === 'ms' ? 7 : 6
  const piece = /(\d*)(ms|[yMwdhms]| |$) */y
  while (piece.lastIndex < text.length) {
    const match = piece.exec(text)
    if (!match) return undefined
    const unit = match[2] === '' || match[2] === ' ' ? 's' : match[2]
    const index = UNITS.findIndex((each) => each.unit === unit)
    if (index < largest || index > smallest) return undefined
    // A number without a unit is the last, but for spaces.
    largest = match[2] === '' || match[2] === ' ' ? UNITS.length : index + 1
    seconds += Number(match[1]) * (UNITS[index]?.seconds ?? 0)
  }
  return seconds * 1000 < MOST_MILLISECONDS ? Math.round(seconds * 1000) / 1000 : undefined
}

/** Bytes of a size such as `8k` or `1m`; `g` only for those directives that count in file offsets. */
export function parseSize(text: string, largest: 'm' | 'g'): number | undefined {
  const match = /^(\d{1,18})([kKmMgG]?)$/.exec(text)
  if (!match) return undefined
  const unit = (match[2] ?? '').toLowerCase()
  if (unit === 'g' && largest === 'm') return undefined
  return Number(match[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit)
}

export const parseNumber = (text: string): number | undefined =>
  /^\d{1,18}$/.test(text) ? Number(text) : undefined

/** Negative, zero or positive as the first version is older than, equal to or newer than the second. */
export function compareVersions(one: string, other: string): number {
  const numbers = one.split('.').map(Number)
  const others = other.split('.').map(Number)
  for (let i = 0; i < 3; i += 1) {
    const difference = (numbers[i] ?? 0) - (others[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
