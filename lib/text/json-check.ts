import { isDeeperThan } from '#lib/text/json-depth.ts'

/** What the composer says about its text while it is being typed. */
export type JsonCheck =
  | { readonly verdict: 'empty' }
  | { readonly verdict: 'json' }
  /** It does not begin like JSON and is not meant to be: sent as it is. */
  | { readonly verdict: 'plain-text' }
  /** `position` counts characters from 0; null where the engine names none. */
  | { readonly verdict: 'broken'; readonly says: string; readonly position: number | null }

export function checkJson(text: string): JsonCheck {
  const trimmed = text.trim()
  if (trimmed === '') return { verdict: 'empty' }
  try {
    JSON.parse(text)
    return { verdict: 'json' }
  } catch (error) {
    if (!/^[[{"]/.test(trimmed)) return { verdict: 'plain-text' }
    const says = error instanceof Error ? error.message : String(error)
    return { verdict: 'broken', says, position: positionIn(says, text) }
  }
}

// Engines word it differently: V8 "… at position 7 (line 1 column 8)" or "Unexpected end", Firefox "line 1 column 8".
function positionIn(says: string, text: string): number | null {
  const offset = /position (\d+)/.exec(says)?.[1]
  if (offset !== undefined) return Number(offset)
  const place = /line (\d+) column (\d+)/.exec(says)
  if (place !== null) {
    const before = text.split('\n').slice(0, Number(place[1]) - 1)
    return before.join('\n').length + (before.length > 0 ? 1 : 0) + Number(place[2]) - 1
  }
  return /end of/i.test(says) ? text.length : null
}

/** Each level indents all that is in it: a few kilobytes of brackets would be megabytes of blanks. */
const DEEPEST_READABLE = 40

/** Indented JSON for reading, null when the text is none, or is nested so deep that nobody could read it. */
export function prettyJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text) || isDeeperThan(text, DEEPEST_READABLE)) return null
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return null
  }
}
