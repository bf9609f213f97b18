/** The little Markdown that articles use: code in backticks, links, and nothing else. */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'close-code'; text: string }

/** Code, a link to http(s) or to a page of ours, or a close code; 1000 is left out, for it is also a plain number. */
const MARKED = /`([^`]+)`|\[([^[\]]+)\]\((https?:\/\/[^\s()]+|\/(?!\/)[^\s()]*)\)|\b(10(?:0[1-9]|1[0-5]))\b/g

/** Splits a text at its marks. What is no complete mark stays text, so any string is safe. */
export function parseInline(source: string): Inline[] {
  const parts: Inline[] = []
  let end = 0
  const addText = (until: number) => {
    if (until > end) parts.push({ kind: 'text', text: source.slice(end, until) })
  }
  for (const match of source.matchAll(MARKED)) {
    addText(match.index)
    parts.push(marked(match))
    end = match.index + match[0].length
  }
  addText(source.length)
  return parts
}

function marked([whole, code, label, href]: RegExpExecArray): Inline {
  if (code !== undefined) return { kind: 'code', text: code }
  if (label !== undefined && href !== undefined) return { kind: 'link', text: label, href }
  return { kind: 'close-code', text: whole }
}
