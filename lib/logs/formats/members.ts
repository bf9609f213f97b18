/** Members of a JSON record, each read as what it should be: foreign JSON has anything anywhere. */

export type Members = Readonly<Record<string, unknown>>

/** The first of these names that has a text; empty texts and `-` stand for none. */
export function textOf(members: Members, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = members[name]
    if (typeof value === 'string' && value !== '' && value !== '-') return value
  }
  return undefined
}

/** The first of these names that has a number, or digits that are one. JSON has numbers such as 1e999, which are none. */
export function numberOf(members: Members, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = members[name]
    const number =
      typeof value === 'string' && /^-?\d{1,18}(?:\.\d{1,12})?$/.test(value) ? Number(value) : value
    if (typeof number === 'number' && Math.abs(number) < 1e21) return number
  }
  return undefined
}

/** The first of these names that has members of its own; none are an empty object. */
export function partOf(members: Members, ...names: readonly string[]): Members {
  for (const name of names) {
    const value = members[name]
    if (isMembers(value)) return value
  }
  return NONE
}

const NONE: Members = {}

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An HTTP status; undefined for what is none. */
export function statusOf(members: Members, ...names: readonly string[]): number | undefined {
  const status = numberOf(members, ...names)
  return status !== undefined && Number.isInteger(status) && status >= 0 && status < 1000 ? status : undefined
}

/** A header of a map from names to a text or a list of them, whatever its case. */
export function headerOf(headers: Members, name: string): string | undefined {
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name)
  const value = key === undefined ? undefined : headers[key]
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : undefined
}

/** Path and query of an absolute URL, or of what is no URL as it is. */
export const pathOfUrl = (url: string): string => url.replace(/^[a-z]{2,5}:\/\/[^/?#]*/i, '') || '/'
