/** Values from outside in a line of our log: no header can forge a line, or pass for another field. */

/** Everything that a terminal or a pager may take for a new line, a control sequence or a change of direction. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

const needsQuotes = /[\s"',=\\]/

/** What we write ourselves for an absent header; sent by a client, they are quoted. */
const ours = new Set(['', 'none', 'no_origin'])

export function escapeControls(text: string): string {
  return text.replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The value as it is where it is plain, else in double quotes with escapes as in JSON. */
export function quote(value: string): string {
  const escaped = escapeControls(value)
  if (escaped === value && !needsQuotes.test(value) && !ours.has(value)) return value
  return `"${escapeControls(value.replace(/["\\]/g, '\\$&'))}"`
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
