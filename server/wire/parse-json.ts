/** JSON that somebody else wrote, taken apart on the thread that serves everybody. */
import { isDeeperThan } from '#lib/text/json-depth.ts'

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false }

const invalid: ParsedJson = { ok: false }

/** More than any message has (RFC 8259 §9 lets a reader set a limit). */
const DEEPEST = 1000

/** Nothing shorter is deep enough to be worth a look: a level that takes a character takes the parser 0.1 µs. */
const SHORT = 4096

/** What is nested deeper than 1,000 levels is not read: the parser would take ten times as long for it as for flat text. */
export function parseJson(text: string): ParsedJson {
  if (text.length > SHORT && isDeeperThan(text, DEEPEST)) return invalid
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return invalid
  }
}
