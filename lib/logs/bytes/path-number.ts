/** What two paths differ in, but for one in 2⁵³. @param path without its query */
export function numberOfPath(path: string): number {
  let [one, other] = [0, 0]
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at)
    one = Math.imul(one ^ code, 0x01000193)
    other = (Math.imul(other, 31) + code) | 0
  }
  return joined(one, other)
}

/** 32 bits of the one and 21 of the other, as one number. */
export const joined = (one: number, other: number): number => (one >>> 0) * 2_097_152 + (other & 2_097_151)
