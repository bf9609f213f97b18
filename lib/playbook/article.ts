/** A cause's article as Markdown or plain text, with the fix as it reads where no evidence is at hand. */
import { readFacts } from '#lib/diagnosis/facts/facts.ts'
import type { Cause, Fix } from '#lib/playbook/cause.ts'

/** The fix with stand-ins for address, path and interval. */
export const generalFix = (cause: Cause): Fix => cause.fix(readFacts({}))

const HEADINGS = [
  ['wire', 'What happens on the wire'],
  ['browser', 'What the browser tells'],
  ['sure', 'How to be sure'],
] as const

export function articleToMarkdown(cause: Cause): string {
  const fix = generalFix(cause)
  const parts = [`# ${cause.title}`, `\`${cause.id}\`: ${cause.symptom}`]
  for (const [key, heading] of HEADINGS) parts.push(`## ${heading}`, cause.explain[key])
  parts.push('## Fix', fix.summary)
  for (const { where, text } of fix.changes) parts.push(where, `\`\`\`\n${text}\n\`\`\``)
  parts.push('## Sources', cause.explain.sources.map(({ title, url }) => `- [${title}](${url})`).join('\n'))
  return `${parts.join('\n\n')}\n`
}

export function articleToText(cause: Cause): string {
  const fix = generalFix(cause)
  const lines = [`${cause.title} (${cause.id})`, cause.symptom]
  for (const [key, heading] of HEADINGS) lines.push('', heading, indented(cause.explain[key]))
  lines.push('', 'Fix', indented(fix.summary))
  for (const { where, text } of fix.changes) lines.push(indented(where), indented(indented(text)))
  lines.push('', 'Sources', ...cause.explain.sources.map(({ title, url }) => indented(`${title}: ${url}`)))
  return `${lines.join('\n')}\n`
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
