/** A cause's article as Markdown or plain text, with the fix as it reads where no evidence is at hand. */
import { readFacts } from '#lib/facts/facts.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import type { Change, Fix } from '#lib/text/fix.ts'
import { isUntried } from '#lib/text/fix.ts'

/** The fix with stand-ins for address, path and interval. */
export const generalFix = (cause: Cause): Fix => cause.fix(readFacts({}))

/** Where to read on, whatever the cause. */
export const furtherReading: readonly { title: string; url: string }[] = [
  { title: 'RFC 6455, The WebSocket Protocol', url: 'https://www.rfc-editor.org/rfc/rfc6455' },
  { title: 'MDN, WebSocket', url: 'https://developer.mozilla.org/en-US/docs/Web/API/WebSocket' },
  { title: 'nginx, WebSocket proxying', url: 'https://nginx.org/en/docs/http/websocket.html' },
]

const HEADINGS = [
  ['wire', 'What happens on the wire'],
  ['browser', 'What the browser shows'],
  ['sure', 'How to confirm'],
] as const

export function articleToMarkdown(cause: Cause): string {
  const fix = generalFix(cause)
  const parts = [`# ${cause.title}`, `\`${cause.id}\`: ${cause.symptom}`]
  for (const [key, heading] of HEADINGS) parts.push(`## ${heading}`, cause.explain[key])
  parts.push('## Fix', fix.summary)
  for (const change of fix.changes) parts.push(headOf(change), `\`\`\`\n${change.text}\n\`\`\``)
  parts.push('## Sources', cause.explain.sources.map(({ title, url }) => `- [${title}](${url})`).join('\n'))
  return `${parts.join('\n\n')}\n`
}

export function articleToText(cause: Cause): string {
  const fix = generalFix(cause)
  const lines = [`${cause.title} (${cause.id})`, cause.symptom]
  for (const [key, heading] of HEADINGS) lines.push('', heading, indented(cause.explain[key]))
  lines.push('', 'Fix', indented(fix.summary))
  for (const change of fix.changes) lines.push(indented(headOf(change)), indented(indented(change.text)))
  lines.push('', 'Sources', ...cause.explain.sources.map(({ title, url }) => indented(`${title}: ${url}`)))
  return `${lines.join('\n')}\n`
}

/** Where a change goes; what the tests could not run says so. */
const headOf = (change: Change): string => (isUntried(change) ? `${change.where} (untested)` : change.where)

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
