/** What kind of value the bytes of a word are. */

const DASH = 45
const DOT = 46
const ZERO = 48

const isDigit = (code: number): boolean => code >= 48 && code <= 57

export const LONGEST_NUMBER = 18
/** Nine digits before the point and three behind it. */
export const LONGEST_DECIMAL = 13

/** What a word is, for the form. */
export const is = {
  address: 1,
  word: 2,
  stamp: 3,
  quoted: 4,
  bracketed: 5,
  named: 6,
  whole: 7,
  decimal: 8,
  milliseconds: 9,
  nothing: 10,
  empty: 11,
  upgrade: 12,
  other: 13,
  escapesLikeNginx: 14,
  escapesLikeApache: 15,
  /** With four or six decimals. */
  finer: 16,
} as const

const WEBSOCKET = Array.from('websocket', (char) => char.charCodeAt(0))

export function kindOf(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from
  if (length === 0) return is.empty
  if (length === 1 && bytes[from] === DASH) return is.nothing
  let at = from
  while (at < to && isDigit(bytes[at] ?? 0)) at++
  const digits = at - from
  if (at === to) return digits <= LONGEST_NUMBER ? is.whole : is.other
  if (digits === 0) return isWebsocket(bytes, from, to) ? is.upgrade : is.other
  if (bytes[at] === DOT && digits <= 9) {
    for (let each = at + 1; each < to; each++) if (!isDigit(bytes[each] ?? 0)) return is.other
    const decimals = to - at - 1
    return decimals === 3 ? is.decimal : decimals === 4 || decimals === 6 ? is.finer : is.other
  }
  const isMs = to - at === 2 && bytes[at] === 109 && bytes[at + 1] === 115 && digits <= 12
  return isMs ? is.milliseconds : is.other
}

export function isWebsocket(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== WEBSOCKET.length) return false
  for (let index = 0; index < WEBSOCKET.length; index++)
    if (((bytes[from + index] ?? 0) | 32) !== WEBSOCKET[index]) return false
  return true
}

export function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + ((bytes[at] ?? ZERO) - ZERO)
  return value
}
