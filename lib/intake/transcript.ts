/**
 * What wscat, websocat and Postman show while a person talks to a server: an opening, messages with an arrow in
 * front, an end.
 */

export type TranscriptLine = { type: 'open' } | { type: 'message'; way: 'sent' | 'received'; text: string }

const OPEN = /^Connected(?: to \S{1,2000})?(?: \(press CTRL\+C to quit\))?$/i

/** Arrows alone are quotes, shell prompts and diffs as well: they count once an opening was seen. */
export function transcriptLineOf(text: string, isOpen: boolean): TranscriptLine | undefined {
  if (OPEN.test(text.trim())) return { type: 'open' }
  if (!isOpen) return undefined
  const arrow = /^\s{0,2}([<>←→⬆⬇↑↓]) (.*)$/.exec(text)
  if (arrow === null) return undefined
  return {
    type: 'message',
    way: /[>→⬆↑]/.test(arrow[1] ?? '') ? 'sent' : 'received',
    text: arrow[2] ?? '',
  }
}
