/** Values from outside in a line of our log: no header can forge a line, or pass for another field. */
import { visible } from '#lib/text/foreign.ts'

/** ASCII without blanks, quotes, comma, equals sign and backslash. */
const plain = /^[!#-&(-+\--<>-[\]-~]+$/
const needsQuotes = /[\s"',=\\]/

/** What we write ourselves for an absent header; sent by a client, they are quoted. */
const isOurs = (value: string): boolean => value === 'none' || value === 'no_origin'

/** The value as it is where it is plain, else in double quotes with escapes as in JSON. */
export function quote(value: string): string {
  if (value === '') return '""'
  if (isOurs(value)) return `"${value}"`
  if (plain.test(value) || (visible(value) === value && !needsQuotes.test(value))) return value
  return `"${visible(value.replace(/["\\]/g, '\\$&'))}"`
}

/** What `quote` was given. Text in single quotes, as the original server writes it, has no escapes. */
export function unquote(written: string): string {
  const mark = written[0]
  if (mark !== '"' && mark !== "'") return written
  const inner = written.slice(1, -1)
  if (mark === "'") return inner
  return inner.replace(/\\(?:u([0-9a-f]{4})|(["\\]))/g, (_escape, code?: string, character = '') =>
    code === undefined ? character : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
