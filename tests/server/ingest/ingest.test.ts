import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as z from 'zod/mini'
import {
  type IngestAnswer,
  ingestAnswer,
  ingestEvent,
  ingestLimits,
  ingestProblem,
  ingestSchema,
} from '#lib/api/ingest.ts'
import { problem } from '#lib/api/problem.ts'
import { diagnosticEvent, eventsPage } from '#lib/protocol/events.ts'
import { createIngest } from '#server/ingest/ingest.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { logJournal } from '#server/log/log.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'
let server: TestServer
before(async () => {
  server = await startServer({ ACCESS_TOKEN: TOKEN })
})
after(() => server.app.close(0))

let number = 0
const event = (fields: Record<string, unknown> = {}) => {
  number += 1
  return {
    id: `e-${number}`,
    at: Math.floor(Date.now() / 1000) - 60 + 0.5,
    instance: 'api-1:4711',
    service: 'api',
    kind: 'disconnected',
    client_id: 'one',
    endpoint: '/socket',
    trace: 'ingest',
    close_code: 1006,
    reason: '',
    duration_ms: 61_000,
    pings: 2,
    pongs: 1,
    initiator: 'network',
    since_rx_ms: 60_000,
    ...fields,
  }
}

const lines = (...events: unknown[]) =>
  events.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n')

const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${server.port}/api/ingest`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })

const taken = async (response: Response): Promise<IngestAnswer> => {
  assert.equal(response.status, 202)
  return ingestAnswer.parse(await response.json())
}

const kept = async (query: string) => {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/events?${query}`)
  return eventsPage.parse(await response.json()).events
}

test('an event keeps its time, instance, service and fields, and gets a cursor of this journal', async () => {
  const given = event({ trace: 'kept', extra: 'stays' })
  assert.equal((await taken(await post(lines(given)))).taken, 1)
  const [found] = await kept('trace=kept')
  const { id, ...fields } = given
  assert.deepEqual({ ...found, id: undefined }, { ...fields, source_id: id, id: undefined })
  assert.notEqual(found?.id, id)
  assert.deepEqual((await kept(`after=${found?.id}&trace=kept`)).length, 0)
})

test('gzip, CRLF and blank lines are read, and without a service the instance is the name', async () => {
  const { service: _, ...nameless } = event({ trace: 'gzip' })
  const body = `${lines(event({ trace: 'gzip' }), nameless).replace('\n', '\r\n\r\n')}\r\n`
  const answer = await taken(await post(gzipSync(body), { 'Content-Encoding': 'gzip' }))
  assert.equal(answer.taken, 2)
  assert.deepEqual(
    (await kept('trace=gzip')).map(({ service }) => service),
    ['api', 'api-1:4711'],
  )
})

test('a batch that is sent again counts once, and the same id of another instance is another event', async () => {
  const batch = [event({ trace: 'again' }), event({ trace: 'again' })]
  assert.equal((await taken(await post(lines(...batch)))).taken, 2)
  const again = await taken(await post(lines(...batch, { ...batch[0], instance: 'api-2' })))
  assert.deepEqual([again.taken, again.repeated], [1, 2])
  assert.equal((await kept('trace=again')).length, 3)
})

test('each line is judged alone, and the answer says why it was refused', async () => {
  const answer = await taken(
    await post(
      lines(
        event(),
        '{"kind":',
        '[1]',
        event({ kind: 'recorded' }),
        event({ kind: 'meteor' }),
        event({ close_code: '1006' }),
        event({ at: Date.now() }),
        event({ reason: 'x'.repeat(20_000) }),
        event(),
      ),
    ),
  )
  assert.deepEqual([answer.taken, answer.refused], [2, 7])
  assert.deepEqual(
    answer.reasons.map(({ line, error }) => `${line} ${error}`),
    [
      '2 not_json',
      '3 not_an_event',
      '4 unknown_kind',
      '5 unknown_kind',
      '6 not_an_event',
      '7 wrong_time',
      '8 too_long',
    ],
  )
  assert.match(answer.reasons[4]?.message ?? '', /close_code/)
})

test('nonsense, another version, another encoding and another type are refused with what to do', async () => {
  for (const [status, body, headers] of [
    [400, 'GET / HTTP/1.1\n\n', {}],
    [400, '{}\n{}\n', {}],
    [400, lines(event()), { 'Why1006-Events': '0' }],
    [400, lines(event()), { 'Content-Encoding': 'gzip' }],
    [415, lines(event()), { 'Content-Encoding': 'br' }],
    [415, lines(event()), { 'Content-Type': 'text/plain' }],
    [403, lines(event()), { Origin: 'https://evil.example' }],
    [401, lines(event()), { 'X-Forwarded-For': '203.0.113.5' }],
    [401, lines(event()), { 'X-Forwarded-For': '203.0.113.5', Authorization: 'Bearer wrong' }],
  ] as const) {
    const response = await post(body, headers)
    assert.equal(response.status, status, `${body.slice(0, 20)} ${JSON.stringify(headers)}`)
    problem.parse(await response.json())
  }
  const nonsense = ingestProblem.parse(await (await post('x\ny')).json())
  assert.deepEqual([nonsense.refused, nonsense.reasons.length], [2, 2])
})

test('with the token a sender elsewhere is taken', async () => {
  const headers = { 'X-Forwarded-For': '203.0.113.5', Authorization: `Bearer ${TOKEN}` }
  assert.equal((await taken(await post(lines(event()), headers))).taken, 1)
})

test('a batch that is too large, or unpacks to too much, is refused before it is held', async () => {
  const bomb = gzipSync(Buffer.alloc(ingestLimits.unpackedBytes + 1))
  for (const [body, headers] of [
    [Buffer.alloc(ingestLimits.bytes + 1, 'x\n'), {}],
    [bomb, { 'Content-Encoding': 'gzip' }],
    ['{}\n'.repeat(ingestLimits.lines + 1), {}],
  ] as const) {
    const response = await post(body, headers)
    assert.equal(response.status, 413)
    assert.match(problem.parse(await response.json()).message, /10000 lines/)
  }
})

test('secrets of a query are masked, long texts are cut, and nothing can steer a terminal', async () => {
  const attempt = {
    ...event({ trace: 'secret' }),
    kind: 'attempt',
    address: '203.0.113.9',
    url: '/socket?token=hunter2&trace=secret',
    scheme: 'wss',
    http_version: '1.1',
    user_agent: `\u001b]0;pwned\u0007${'x'.repeat(5000)}`,
  }
  await taken(await post(lines(attempt)))
  const [found] = await kept('trace=secret')
  assert.equal(found?.url, '/socket?token=***&trace=secret')
  assert.equal(String(found?.user_agent).length, 1024)
  const raw = await (await fetch(`http://127.0.0.1:${server.port}/api/events?trace=secret`)).text()
  assert.ok(!raw.includes('hunter2') && !raw.includes('\u001b'))
})

test('a sender that floods is told to wait, and others are not', async () => {
  const journal = createMemoryJournal({ capacity: 100, instance: 'test' })
  const ingest = createIngest(journal, {
    rates: { instance: { perSecond: 10, burst: 3 }, address: { perSecond: 100, burst: 8 } },
  })
  const batch = (instance: string, count: number) =>
    Array.from({ length: count }, () => JSON.stringify(event({ instance })))
  assert.equal((await ingest.take(batch('a', 3), '192.0.2.1')).is, 'done')
  const flood = await ingest.take(batch('a', 3), '192.0.2.1')
  assert.ok(flood.is === 'too-fast' && flood.waitMs > 200)
  assert.equal((await ingest.take(batch('b', 3), '192.0.2.1')).is, 'done')
  // Whatever it calls itself.
  assert.equal((await ingest.take(batch('c', 3), '192.0.2.1')).is, 'too-fast')
  assert.equal((await ingest.take(batch('a', 3), '192.0.2.2')).is, 'done')
})

test('this server’s own log has no line of somebody else’s events', async () => {
  const journal = createMemoryJournal({ capacity: 100, instance: 'test' })
  const written: string[] = []
  logJournal(journal, { format: 'text', level: 'debug', write: (text) => written.push(text) })
  await createIngest(journal).take([JSON.stringify(event())], 'a')
  journal.append({ kind: 'server', state: 'draining' })
  await journal.close()
  assert.match(written.join(''), /^\[WS_DIAGNOSTICS\] SERVER draining[^\n]*\n$/)
})

test('what was taken before a restart is known after it', async () => {
  const journal = createMemoryJournal({ capacity: 100, instance: 'test' })
  const batch = [JSON.stringify(event())]
  const first = await createIngest(journal).take(batch, 'a')
  const second = await createIngest(journal).take(batch, 'a')
  assert.ok(first.is === 'done' && second.is === 'done')
  assert.deepEqual([first.answer.taken, second.answer.taken, second.answer.repeated], [1, 0, 1])
})

test('the schema is the contract in the code, and JSON Schema', async () => {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/ingest/schema`)
  const schema = await response.json()
  assert.deepEqual(schema, JSON.parse(JSON.stringify(ingestSchema())))
  assert.deepEqual(
    schema.oneOf.map(({ properties }: { properties: { kind: { const: string } } }) => properties.kind.const),
    diagnosticEvent.def.options.map(({ shape }) => shape.kind.def.values[0]),
  )
  assert.deepEqual(schema.oneOf, JSON.parse(JSON.stringify(z.toJSONSchema(ingestEvent).oneOf)))
  // What may be sent is what a journal holds, within narrower limits: no field and no demand is lost.
  for (const [at, kept] of (z.toJSONSchema(diagnosticEvent).oneOf ?? []).entries()) {
    assert.deepEqual(
      Object.keys(schema.oneOf[at].properties).sort(),
      Object.keys(kept.properties ?? {}).sort(),
    )
    assert.deepEqual(schema.oneOf[at].required.toSorted(), kept.required?.toSorted())
    assert.match(schema.oneOf[at].properties.at.description, /JOURNAL_KEEP/)
  }
  const codes = schema.oneOf.flatMap(
    ({ properties }: { properties: Record<string, unknown> }) => properties.close_code ?? [],
  )
  assert.equal(codes.length, 4)
  for (const code of codes) assert.deepEqual(code, { type: 'integer', minimum: 1000, maximum: 4999 })
})

test('a line that is refused says which field, what it must be and what it was', async () => {
  const { duration_ms: _, ...endless } = event()
  const { kind: __, ...kindless } = event()
  const now = Date.now() / 1000
  const wrong: [unknown, string, RegExp][] = [
    [
      event({ at: 1000 }),
      'wrong_time',
      /^at: 1000 is older than the 30 days that the journal keeps \(JOURNAL_KEEP\)/,
    ],
    [event({ at: now - 31 * 86_400 }), 'wrong_time', /JOURNAL_KEEP/],
    [
      event({ at: Date.now() }),
      'wrong_time',
      /^at: \d+ is in the future\. It is in seconds since 1970, not in milliseconds/,
    ],
    [event({ at: -1 }), 'not_an_event', /^at: must be more than 0, not -1\.$/],
    [event({ close_code: 99_999 }), 'not_an_event', /^close_code: must be 4999 or less, not 99999\.$/],
    [event({ close_code: 999 }), 'not_an_event', /^close_code: must be 1000 or more, not 999\.$/],
    [event({ close_code: 1006.5 }), 'not_an_event', /^close_code: must be a whole number, not 1006\.5\.$/],
    [event({ close_code: '1006' }), 'not_an_event', /^close_code: must be a number, not "1006"\.$/],
    [event({ duration_ms: -1 }), 'not_an_event', /^duration_ms: must be 0 or more, not -1\.$/],
    [
      event({ initiator: 'nobody' }),
      'not_an_event',
      /^initiator: must be one of client, server, network, not "nobody"\.$/,
    ],
    [endless, 'not_an_event', /^duration_ms is missing\.$/],
    [kindless, 'not_an_event', /^kind is missing\.$/],
    [event({ kind: 7 }), 'not_an_event', /^kind: must be .*, not 7\.$/],
  ]
  const within = [event({ at: now - 29 * 86_400 }), event({ close_code: 1000 }), event({ close_code: 4999 })]
  const answer = await taken(await post(lines(...within, ...wrong.map(([each]) => each))))
  assert.deepEqual([answer.taken, answer.refused], [within.length, wrong.length])
  for (const [at, [, error, message]] of wrong.entries()) {
    const reason = answer.reasons[at]
    assert.deepEqual([reason?.line, reason?.error], [within.length + at + 1, error])
    assert.match(reason?.message ?? '', message)
  }
})

test('what a journal keeps by size alone may be of any age', async () => {
  const journal = createMemoryJournal({ capacity: 100, instance: 'test' })
  const old = await createIngest(journal).take([JSON.stringify(event({ at: 1_000_000_000 }))], 'a')
  assert.ok(old.is === 'done' && old.answer.taken === 1)
})
