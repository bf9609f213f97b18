/** The verdict in HTML: what it is, how sure, why, what to do next, and the fix. */
import { nextTitle } from '#lib/diagnosis/next/words.ts'
import { isShortLook, type Report, type Verdict } from '#lib/diagnosis/report.ts'
import { unseenOf } from '#lib/diagnosis/unseen.ts'
import { answerOf } from '#lib/diagnosis/verdict-title.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { type Markup, markup } from '#lib/text/markup.ts'
import { applyingOf, isCommand, stackName, stackOf } from '#lib/text/stack-names.ts'

type Change = Verdict['fix']['changes'][number]

export function answerParts(report: Report): Markup {
  const { outcome, verdicts } = report
  const [first, ...others] = verdicts
  const isFault = outcome === 'fault' && first !== undefined
  return markup`<section class="verdict">
<h1>${isFault ? titleOf(first.cause) : answerOf(report)}. ${badgeOf(report)}</h1>
${isFault ? faultParts(first, others) : verdicts.map((verdict) => candidateParts(verdict, report))}
${nextParts(report)}
${noteParts(report)}
</section>
${isFault ? fixParts(first) : undefined}`
}

const titleOf = (cause: string): string => causeOf(cause)?.title ?? cause

const TONES = { proven: 'dead', likely: 'waiting', possible: 'unknown' } as const

function badgeOf(report: Report): Markup {
  const [first] = report.verdicts
  if (report.outcome === 'fault' && first !== undefined) return badge(TONES[first.certainty], first.certainty)
  if (report.outcome !== 'healthy') return badge('waiting', 'undetermined')
  return isShortLook(report) ? badge('unknown', 'ok so far') : badge('alive', 'healthy')
}

const badge = (tone: string, words: string): Markup => markup`<span class="badge ${tone}">${words}</span>`

function faultParts({ cause, because }: Verdict, others: readonly Verdict[]): Markup {
  const symptom = causeOf(cause)?.symptom
  const open = others.map((other) => `${titleOf(other.cause)} (${other.certainty})`).join(', ')
  return markup`${symptom === undefined ? undefined : markup`<p class="soft">${withCode(symptom)}</p>`}
${becauseList(because)}
${open === '' ? undefined : markup`<p class="soft">Not ruled out: ${open}</p>`}`
}

function candidateParts({ cause, certainty, because, fix }: Verdict, report: Report): Markup {
  const unseen = unseenOf(report, cause)
  return markup`<article>
<h3>${titleOf(cause)} ${badge(TONES[certainty], certainty)}</h3>
${becauseList(because)}
${unseen.length === 0 ? undefined : markup`<p class="soft"><b>Not seen:</b> ${unseen.join('; ')}</p>`}
<p class="soft"><b>If so:</b> ${fix.summary}</p>
</article>`
}

/** Text of ours, with code between backticks. */
const withCode = (text: string): Markup[] =>
  text.split('`').map((part, at) => (at % 2 === 0 ? markup`${part}` : markup`<code>${part}</code>`))

const becauseList = (because: Verdict['because']): Markup =>
  markup`<ul>${because.map(({ says, from }) => markup`<li>${says} <code class="from">${from}</code></li>`)}</ul>`

function nextParts({ outcome, next }: Report): Markup | undefined {
  if (next.length === 0) return undefined
  return markup`<h2>${nextTitle(outcome)}</h2>
<ol>${next.map(
    ({ do: what, command, outcomes }) => markup`<li><p>${what}</p>
${command === undefined ? undefined : markup`<pre>${command}</pre>`}
${outcomesList(outcomes)}</li>`,
  )}</ol>`
}

function outcomesList(outcomes: Report['next'][number]['outcomes']): Markup | undefined {
  const telling = outcomes.filter(({ causes }) => causes.length > 0)
  if (telling.length === 0) return undefined
  return markup`<ul class="soft">${telling.map(
    ({ shows, causes }) => markup`<li>${shows}: ${causes.map(titleOf).join(' · ')}</li>`,
  )}</ul>`
}

function noteParts({ warnings, failed_checks: failed }: Report): Markup | undefined {
  const notes = [
    ...warnings.map(({ says }) => markup`<li>${says}</li>`),
    ...failed.map(({ cause, error }) => markup`<li>The check for ${cause} failed: ${error}</li>`),
  ]
  return notes.length === 0 ? undefined : markup`<h2>Worth knowing</h2><ul class="soft">${notes}</ul>`
}

function fixParts({ fix: { summary, changes, others = [] } }: Verdict): Markup {
  const names = [...new Set(others.map((change) => stackName(stackOf(change))))].join(', ')
  return markup`<section>
<h2>Fix</h2>
<p>${summary}</p>
${changes.map(changeParts)}
${others.length === 0 ? undefined : markup`<details><summary>Other programs: ${names}</summary>${others.map(changeParts)}</details>`}
</section>`
}

function changeParts(change: Change): Markup {
  const applying = applyingOf(change)
  const command = applying?.command === undefined ? undefined : markup` <code>${applying.command}</code>`
  return markup`<article>
<h3>${change.where}</h3>
<pre>${isCommand(change) ? change.text : linesOf(change)}</pre>
${applying === undefined ? undefined : markup`<p class="soft">${applying.says}${command ?? '.'}</p>`}
</article>`
}

const MARKS = { '+': 'added', '-': 'removed', ' ': 'kept' } as const

function linesOf({ text, diff }: Change): Markup[] {
  const lines = diff ?? text.split('\n').map((line) => ({ number: null, sign: '+' as const, text: line }))
  return lines.map(({ sign, text: line }) => markup`<span class="${MARKS[sign]}">${sign} ${line}</span>`)
}
