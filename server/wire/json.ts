/** JSON as bytes, for documents that are passed on without being taken apart. */

import { visible } from '#lib/text/foreign.ts'

/** UTF-8. */
export type JsonBytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()

/** What steers a terminal, or nobody sees, is spelled out: people read answers with curl. It parses as the same value. */
export const jsonText = (value: unknown): string => visible(JSON.stringify(value))

export const encodeJson = (value: unknown): JsonBytes => encoder.encode(jsonText(value))

const [comma, closing] = encoder.encode(',}')
const opening = encoder.encode('{')
const empty = '{}'.length

/** One object with the members of all; none may be in two of them. */
export function joinObjects(...objects: readonly JsonBytes[]): JsonBytes {
  const members = objects.filter(({ length }) => length > empty)
  // Each without its opening brace, and with what follows in place of the closing one.
  const joined = new Uint8Array(
    1 +
      Math.max(
        1,
        members.reduce((sum, { length }) => sum + length - 1, 0),
      ),
  )
  joined.set(opening)
  let at = 1
  for (const object of members) {
    joined.set(object.subarray(1, -1), at)
    at += object.length - 2
    joined[at] = comma ?? 0
    at += 1
  }
  joined[joined.length - 1] = closing ?? 0
  return joined
}
