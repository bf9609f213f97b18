/** What a verdict rests on, in HTML: the path, the answer, what else was tried, what is ruled out, what has changed. */
import type { Comparison } from '#lib/diagnosis/compare/compare.ts'
import { excludedOf } from '#lib/diagnosis/excluded.ts'
import { pathOf } from '#lib/diagnosis/path.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { stationNames, stationStates } from '#lib/diagnosis/stations.ts'
import { outcomeOfRetry } from '#lib/evidence/probe-outcome.ts'
import { resultWords, variationWords } from '#lib/evidence/retry-kinds.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { shortened } from '#lib/text/foreign.ts'
import { textOfHtml } from '#lib/text/html.ts'
import { type Markup, markup } from '#lib/text/markup.ts'

const panel = (title: string, body: Markup): Markup => markup`<section>
<h2>${title}</h2>
${body}
</section>`

export type Since = Pick<Comparison, 'says' | 'changes'>

export function sinceParts(previous: Since | undefined): Markup | undefined {
  if (previous === undefined) return undefined
  const changes = previous.changes.map(({ says }) => markup`<li>${says}</li>`)
  return panel('Since the last report', markup`<p>${previous.says}</p><ul class="soft">${changes}</ul>`)
}

export function pathParts(evidence: Evidence, told: Report['ending']): Markup | undefined {
  const stops = pathOf(evidence, null, told).filter(({ state }) => state !== 'waiting')
  if (stops.length === 0) return undefined
  const rows = stops.map(
    ({ id, state, says, whole }) =>
      markup`<tr class="${state}"><th scope="row">${stationNames[id]}</th><td>${stationStates[state]}</td><td class="mono">${whole ?? says}</td></tr>`,
  )
  return panel('Path', markup`<table class="path">${rows}</table>`)
}

const MOST_OF_BODY = 400
const MOST_HEADERS = 40

export function responseParts({ probe }: Evidence): Markup | undefined {
  const http = probe?.http
  if (http?.status === undefined) return undefined
  const { status, status_text: reason = '', headers = [], body_start: body = '' } = http
  const said = shortened(textOfHtml(body) || body.trim(), MOST_OF_BODY)
  const rows = [
    ['status', `${status} ${reason}`.trimEnd()] as const,
    ...(said === '' ? [] : [['body', said] as const]),
    ...headers.slice(0, MOST_HEADERS).map(([name, value]) => [name.toLowerCase(), value] as const),
  ].map(([name, value]) => markup`<tr><th scope="row">${name}</th><td class="mono">${value}</td></tr>`)
  return panel('Response', markup`<table>${rows}</table>`)
}

export function retryParts({ retries = [] }: Evidence): Markup | undefined {
  if (retries.length === 0) return undefined
  const rows = retries.map(
    (retry) =>
      markup`<tr><th scope="row">${variationWords(retry.vary)}</th><td class="mono">${resultWords(outcomeOfRetry(retry))}</td></tr>`,
  )
  return panel('Also tried', markup`<table>${rows}</table>`)
}

const titleOf = (cause: string): string => causeOf(cause)?.title ?? cause

export function excludedParts(report: Report): Markup | undefined {
  const { plausible, rest, because } = excludedOf(report)
  if (plausible.length + rest.length === 0) return undefined
  const rows = plausible.map(
    ({ cause, because: [reason] }) => markup`<li><b>${titleOf(cause)}</b> ${reason?.says}</li>`,
  )
  const others = `${rest.length} ${plausible.length > 0 ? 'others' : 'causes'}`
  const folded =
    rest.length === 0
      ? undefined
      : markup`<details><summary>${others}${because === undefined ? undefined : `: ${because}`}</summary><ul>${rest.map(({ cause }) => markup`<li>${titleOf(cause)}</li>`)}</ul></details>`
  return panel('Ruled out', markup`<ul>${rows}</ul>${folded}`)
}
