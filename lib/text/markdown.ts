/** Text of a sentence in Markdown as GitHub and GitLab read it: nothing of it is markup, a mention, a reference or a link. */

import type { Sentence } from '#lib/text/foreign.ts'

/** What acts by its form alone, behind a backslash too: mentions, references, addresses, emoji. */
const ACTING = /@|#\w|:\/\/|\bwww\.|\bGH-\d|:[\w+-]{1,40}:/i

/** What a sentence ends with, and no address does. */
const CLOSING = new Set('.,;!?)')

export function inMarkdown(text: Sentence): string {
  const words = text.split(/([\s“”]+)/)
  return words
    .map(inert)
    .join('')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

function inert(word: string): string {
  if (!ACTING.test(word)) return escaped(word)
  let end = word.length
  while (end > 0 && CLOSING.has(word.charAt(end - 1))) end--
  return codeSpan(word.slice(0, end)) + escaped(word.slice(end))
}

const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|&~$#]/g, '\\$&')

/** With more backticks around it than are in it. */
export function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1)
  const room = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return fence + room + text + room + fence
}

export function codeBlock(text: string): string {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1)
  return `${fence}\n${text}\n${fence}`
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0)
}
