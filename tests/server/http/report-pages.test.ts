/** A page of a report is told which report it shows, by this server alone. */
import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { readShownReport, shownReportHeader } from '#lib/api/shown-report.ts'
import { sentence } from '#lib/text/foreign.ts'
import { tellReport } from '#server/http/report-pages.ts'

const report = {
  id: 'a1b2',
  created: 5,
  outcome: 'fault',
  headline: sentence`A “fault” – 例え`,
  url: 'wss://app.example/ws?x=%0d%0a',
} as const

const reports = {
  summary: async (id: string) => (id === 'a1b2' ? report : undefined),
}

/** What the page reads. */
async function told(url: string, header?: string, asked: typeof reports = reports) {
  const request = { url, headers: { ...(header !== undefined && { [shownReportHeader]: header }) } }
  await tellReport(request as unknown as IncomingMessage, asked)
  return readShownReport(request.headers[shownReportHeader] ?? null)
}

test('the report of the path is told, however it is asked for', async () => {
  for (const url of ['/reports/a1b2', '/reports/a1b2?_rsc=x', '/reports/a1b2/']) {
    assert.deepEqual(await told(url), report, url)
  }
})

test('no other page is told of a report', async () => {
  for (const url of [
    '/',
    '/reports',
    '/reports/',
    '/reports/history?url=a1b2',
    '/reports/a1b2/x',
    '/x/reports/a1b2',
    '/reports/other',
  ]) {
    assert.equal(await told(url), undefined, url)
  }
})

test('what a client says of it is not read', async () => {
  const forged = encodeURIComponent(JSON.stringify({ ...report, headline: 'forged' }))
  assert.equal(await told('/reports/other', forged), undefined)
  assert.equal(await told('/', forged), undefined)
  assert.deepEqual(await told('/reports/a1b2', forged), report)
})

test('a page comes without its report where the reports cannot be read', async () => {
  assert.equal(
    await told('/reports/a1b2', undefined, { summary: () => Promise.reject(new Error('disk')) }),
    undefined,
  )
})

test('a header that is none is no report', () => {
  for (const header of ['', '%', '%7B', '{}', 'null', encodeURIComponent('{"id":5}')]) {
    assert.equal(readShownReport(header), undefined, header)
  }
})
