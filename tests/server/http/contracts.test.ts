import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type * as z from 'zod/mini'
import { accessAnswer } from '#lib/api/access.ts'
import { checklistReport } from '#lib/api/checklist.ts'
import { labCatalogue } from '#lib/api/lab.ts'
import { problem } from '#lib/api/problem.ts'
import { queryProblem } from '#lib/api/query.ts'
import { recordingList } from '#lib/api/recordings.ts'
import { reportList } from '#lib/api/reports.ts'
import { securePage } from '#lib/api/secure-page.ts'
import { eventKinds, eventsPage } from '#lib/protocol/events.ts'
import { healthReport } from '#lib/protocol/health.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

let server: TestServer
before(async () => {
  server = await startServer({ HOST: 'localhost', ACCESS_TOKEN: TOKEN })
})
after(() => server.app.close(0))

const json = { 'Content-Type': 'application/json' }
const ask = (request: string, body?: string, headers: Record<string, string> = json) => {
  const [method = '', path = ''] = request.split(' ')
  return fetch(`http://localhost:${server.port}${path}`, { method, headers, ...(body && { body }) })
}

for (const [request, status, contract, body] of [
  ['GET /health', 200, healthReport],
  ['GET /api/events', 200, eventsPage],
  ['GET /api/lab', 200, labCatalogue],
  ['GET /api/reports', 200, reportList],
  ['GET /api/recordings', 200, recordingList],
  ['GET /api/access', 200, accessAnswer],
  ['GET /api/checklist', 200, checklistReport],
  ['POST /api/secure-page', 201, securePage, '{}'],
] as const satisfies [string, number, z.ZodMiniType, string?][]) {
  test(`${request} answers as its contract has it`, async () => {
    const response = await ask(request, body)
    assert.equal(response.status, status)
    contract.parse(await response.json())
  })
}

for (const [request, status, body, headers] of [
  ['GET /api/nothing', 404],
  ['GET /nothing', 404],
  ['GET /api/diagnose', 405],
  ['GET /api/reports/none', 404],
  ['GET /api/recordings/none', 404],
  ['GET /api/reports?limit=0', 400],
  ['GET /api/reports?outcome=none', 400],
  ['GET /api/reports/compare?before=a', 400],
  ['POST /api/reports/import', 400, '{}'],
  ['GET /api/events?after=none', 400],
  ['DELETE /api/lab/proxies/none', 404],
  ['POST /api/diagnose', 400, '{}'],
  ['POST /api/reports', 400, '{}'],
  ['POST /api/checklist', 400, '[]'],
  ['POST /api/lab/proxies', 400, '{}'],
  ['POST /api/lab/proxies', 400, '{"proxy":"nginx","fault":"meteor"}'],
  ['POST /api/lab/proxies', 400, '{"proxy":"nginx","fault":"reset","knobs":{"x":1}}'],
  ['POST /api/lab/proxies', 413, 'x'.repeat(20_000)],
  ['POST /api/secure-page', 401, '{}', { ...json, 'X-Forwarded-For': '192.0.2.1' }],
  [
    'POST /api/secure-page',
    403,
    '{}',
    { ...json, 'X-Forwarded-For': '192.0.2.1', Authorization: `Bearer ${TOKEN}` },
  ],
  ['POST /api/checklist', 403, '{}', { ...json, Origin: 'https://evil.example' }],
  ['POST /api/checklist', 415, '{}', { 'Content-Type': 'text/plain' }],
] as const satisfies [string, number, string?, Record<string, string>?][]) {
  test(`${request} ${body?.slice(0, 60) ?? ''} is refused with ${status}: a code, a reason and a remedy`, async () => {
    const response = await ask(request, body, headers)
    assert.equal(response.status, status)
    const { message, remedy } = problem.parse(await response.json())
    for (const sentence of [message, remedy]) assert.match(sentence, /\S.*[.?)]$/)
    assert.notEqual(message, remedy)
  })
}

const refusalOf = async (query: string) => {
  const response = await ask(`GET /api/events?${query}`)
  assert.equal(response.status, 400)
  return queryProblem.parse(await response.json())
}

test('a parameter that is refused is named, with what would be right', async () => {
  for (const [query, parameter, code, message] of [
    ['limit=0', 'limit', 'parameter-out-of-range', /1 to 1000/],
    ['limit=1e3', 'limit', 'parameter-out-of-range', /1 to 1000/],
    ['limit=5&limit=6', 'limit', 'malformed-parameter', /1 to 1000/],
    ['before=x', 'before', 'malformed-cursor', /cursor/],
    ['trace=%20', 'trace', 'malformed-parameter', /1 to 64/],
    [`client_id=${'x'.repeat(129)}`, 'client_id', 'malformed-parameter', /128/],
  ] as const) {
    const told = await refusalOf(query)
    assert.deepEqual([told.parameter, told.code], [parameter, code], query)
    assert.match(told.message, message)
  }
  const { parameter, code, allowed } = await refusalOf('kinds=heartbeat,hartbeat')
  assert.deepEqual([parameter, code, allowed], ['kinds', 'unknown-kind', [...eventKinds]])
})

test('empty parameters are absent ones, and kinds are one list however they come', async () => {
  const kindsOf = async (query: string) => {
    const page = eventsPage.parse(await (await ask(`GET /api/events?${query}`)).json())
    return page.events.map(({ kind }) => kind)
  }
  server.journal.append({ kind: 'error', code: 'test', message: 'a' })
  server.journal.append({ kind: 'server', state: 'draining' })
  const own = ['error', 'server']
  assert.deepEqual((await kindsOf('kinds=&after=&limit=&trace=')).slice(-2), own)
  assert.deepEqual((await kindsOf('kinds=,')).slice(-2), own)
  assert.deepEqual((await kindsOf('kinds=error,%20server')).slice(-2), own)
  assert.deepEqual((await kindsOf('kinds=error&kinds=server')).slice(-2), own)
  assert.deepEqual(await kindsOf('kinds=error'), ['error'])
})
