/** Entries of Redis streams, as the protocol of Redis (RESP 2) has them. */

export interface Entry {
  /** Given by Redis: `<milliseconds>-<number>`. */
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
}

/** Before the first entry of any stream. */
export const BEGINNING = '0-0'

/** What XRANGE answers: an array of `[id, [name, value, …]]`. */
export function entriesOf(reply: unknown): Entry[] {
  return listOf(reply).flatMap((each) => {
    const [id, pairs] = listOf(each)
    return typeof id === 'string' ? [{ id, fields: fieldsOf(listOf(pairs)) }] : []
  })
}

/** What XREAD answers: null, or an array of `[key, entries]`. */
export function streamsOf(reply: unknown): Map<string, Entry[]> {
  return new Map(
    listOf(reply).map((each) => {
      const [key, entries] = listOf(each)
      return [String(key), entriesOf(entries)] as const
    }),
  )
}

/** Redis orders entries by both numbers. Negative where the first is older. */
export function byEntryId(one: string, other: string): number {
  const [oneMs = 0, oneNumber = 0] = one.split('-').map(Number)
  const [otherMs = 0, otherNumber = 0] = other.split('-').map(Number)
  return oneMs - otherMs || oneNumber - otherNumber
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function fieldsOf(pairs: readonly unknown[]): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (let at = 0; at + 1 < pairs.length; at += 2) fields[String(pairs[at])] = String(pairs[at + 1])
  return fields
}
