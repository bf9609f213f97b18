/** The wire contract's events, and what the server finds when it looks at itself. */
import { randomUUID } from 'node:crypto'
import { checklistReport } from '#lib/api/checklist.ts'
import { ok, problem, unknown, warning } from '#lib/checklist/result.ts'
import { diagnosticsMessage, eventsPage } from '#lib/protocol/events.ts'
import { diagnosticsPath } from '#lib/protocol/own-endpoint.ts'
import { during } from '#server/checklist/outside/asking.ts'
import { converse, NotOpened } from '#server/checklist/outside/conversation.ts'
import { fetchFrom, shortened, whyNot } from '#server/checklist/outside/expect.ts'
import type { OutsideCheck } from '#server/checklist/outside/target.ts'
import { FOREIGN_ORIGIN } from '#server/probe/variations.ts'

export const eventChecks: readonly OutsideCheck[] = [
  {
    id: 'diagnostics',
    asks: '/ws/diagnostics greets, then tells of a connection by its trace',
    run: (target) => {
      const trace = `check-${randomUUID()}`
      return during(target, `${diagnosticsPath}?trace=${trace}`, async (talk) => {
        const hello = await talk.nextJson()
        if (hello?.type !== 'hello') return problem(`${shortened(hello)}: no hello`)
        ;(await converse(target, `/ws?trace=${trace}`)).end()
        const told = await talk.next('text', ({ text }) => text.includes('"accepted"'))
        const wrong = told ? whyNot(diagnosticsMessage, JSON.parse(told.text)) : 'no event of it came'
        return wrong ? problem(wrong) : ok('hello, then the event accepted')
      })
    },
  },
  {
    id: 'diagnostics-origin',
    asks: 'foreign websites may not read the events',
    async run(target) {
      try {
        const talk = await converse(target, diagnosticsPath, { origin: FOREIGN_ORIGIN })
        const first = await talk.next('text')
        talk.end()
        return first ? problem(`${FOREIGN_ORIGIN} was told ${shortened(first.text)}`) : ok('closed at once')
      } catch (error) {
        if (!(error instanceof NotOpened) || error.status === undefined) throw error
        return ok(`refused with ${error.status}`)
      }
    },
  },
  {
    id: 'events',
    asks: 'GET /api/events answers with a page of events',
    async run(target) {
      const response = await fetchFrom(target, '/api/events?limit=1')
      if (response.status !== 200) return problem(`${response.status}`)
      const body = await response.json().catch(() => undefined)
      const wrong = whyNot(eventsPage, body)
      return wrong ? problem(`${shortened(body)}: ${wrong}`) : ok('a page')
    },
  },
  {
    id: 'own-checklist',
    asks: 'the server finds no problem when it looks at itself',
    async run(target) {
      const response = await fetchFrom(target, '/api/checklist')
      if (response.status === 404) return unknown('it has no checklist')
      const report = checklistReport.safeParse(await response.json().catch(() => undefined))
      if (response.status !== 200 || !report.success) return problem(`${response.status}, and no checklist`)
      const { items } = report.data
      const found = (outcome: string) =>
        items.filter((item) => item.outcome === outcome).map(({ title, says }) => `${title}: ${says}`)
      const [problems, warnings] = [found('problem'), found('warning')]
      if (problems.length > 0) return problem(problems.join(' '))
      if (warnings.length > 0) return warning(warnings.join(' '))
      return ok(`${found('ok').length} of ${items.length} fine, the others need more than a look`)
    },
  },
]
