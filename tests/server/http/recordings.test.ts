import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { recordingAnswer, recordingList } from '#lib/api/recordings.ts'
import { exchange } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const page = 'https://app.example'
let server: TestServer
before(async () => {
  server = await startServer({ HOST: 'localhost', ALLOWED_ORIGINS: page })
})
after(() => server.app.close(0))

const recorded = (id: string, events: object[], url = 'wss://api.example/ws') => ({
  recordings: [
    { id, started: 1_795_165_400, evidence: { target: { url }, browser: { events, online: true } } },
  ],
})
const opened = [{ ms: 12, type: 'open' }]
const dropped = [...opened, { ms: 8012, type: 'close', code: 1006, reason: '', was_clean: false }]

const json = { 'Content-Type': 'application/json' }
const post = (body: object | string, headers: Record<string, string> = { ...json, Origin: page }) =>
  fetch(`http://localhost:${server.port}/api/recordings`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const list = async () => {
  const answer = await fetch(`http://localhost:${server.port}/api/recordings`)
  return recordingList.parse(await answer.json()).recordings
}

test('the recorder is a script of less than 4 kB gzipped that any page may load and that names this server', async () => {
  const answer = await fetch(`http://localhost:${server.port}/recorder.js`)
  const script = await answer.text()
  assert.match(answer.headers.get('content-type') ?? '', /^text\/javascript/)
  assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin')
  assert.equal(answer.headers.get('access-control-allow-origin'), null)
  assert.ok(gzipSync(script).length < 4000, `${gzipSync(script).length} B`)
  assert.match(script, new RegExp(`"http://localhost:${server.port}"`))
  // Those who are to paste it read at its beginning what it is.
  assert.match(script, /^\/\/ The Why1006 recorder/)
  assert.doesNotMatch(script.split('\n').slice(3).join('\n'), /@type|@param|^\s*\/\//m)
  const other = await exchange(
    server.port,
    `GET /recorder.js HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
  )
  assert.match(other.body, new RegExp(`"http://127.0.0.1:${server.port}"`))
})

test('a page of ALLOWED_ORIGINS tells of a socket as often as it says more, and Live hears of it', async () => {
  const first = await post(recorded('socket-000', opened))
  assert.equal(first.status, 204)
  assert.equal(first.headers.get('access-control-allow-origin'), page)
  assert.match(first.headers.get('vary') ?? '', /Origin/)
  await post(recorded('socket-000', dropped))
  const [newest, ...others] = await list()
  assert.deepEqual(
    [newest?.recording, newest?.phase, newest?.close_code, newest?.duration_ms, newest?.origin],
    ['socket-000', 'closed', 1006, 8000, page],
  )
  assert.equal(others.length, 0)
  const events = (await server.journal.read({ limit: 10, filter: { kinds: ['recorded'] } })).records
  assert.deepEqual(
    events.map(({ event }) => event.kind === 'recorded' && event.phase),
    ['open', 'closed'],
  )
  const one = await fetch(`http://localhost:${server.port}/api/recordings/socket-000`)
  const { evidence } = recordingAnswer.parse(await one.json())
  assert.deepEqual(evidence.browser.events, dropped)
  assert.equal(evidence.target.page_origin, page)
})

test('another origin can neither send nor change a recording, and learns nothing', async () => {
  const foreign = await post(recorded('socket-000', opened), { ...json, Origin: 'https://evil.example' })
  assert.equal(foreign.status, 403)
  assert.equal(foreign.headers.get('access-control-allow-origin'), null)
  // Of a page that is allowed, too: the name belongs to the page that used it first.
  const own = `http://localhost:${server.port}`
  assert.equal((await post(recorded('socket-000', opened), { ...json, Origin: own })).status, 204)
  const [kept] = (await list()).filter(({ recording }) => recording === 'socket-000')
  assert.deepEqual([kept?.phase, kept?.origin], ['closed', page])
})

test('the preflight of an allowed origin is answered, for POST and JSON alone', async () => {
  const ask = (origin: string, path = '/api/recordings') =>
    fetch(`http://localhost:${server.port}${path}`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    })
  const allowed = await ask(page)
  assert.equal(allowed.status, 204)
  assert.equal(allowed.headers.get('access-control-allow-origin'), page)
  assert.equal(allowed.headers.get('access-control-allow-methods'), 'POST')
  assert.equal(allowed.headers.get('access-control-allow-headers'), 'content-type')
  assert.equal(allowed.headers.get('access-control-allow-credentials'), null)
  for (const [origin, path] of [
    ['https://evil.example', '/api/recordings'],
    ['null', '/api/recordings'],
    [page, '/api/recordings/socket-000'],
    [page, '/api/reports'],
    [page, '/api/diagnose'],
    [page, '/api/events'],
    [page, '/health'],
  ] as const) {
    const refused = await ask(origin, path)
    assert.ok(refused.status >= 400, `${origin} ${path}`)
    assert.equal(refused.headers.get('access-control-allow-origin'), null, `${origin} ${path}`)
  }
})

test('no other route tells a foreign page anything, reading recordings included', async () => {
  for (const path of [
    '/api/recordings',
    '/api/recordings/socket-000',
    '/api/events',
    '/api/reports',
    '/recorder.js',
  ]) {
    const answer = await fetch(`http://localhost:${server.port}${path}`, { headers: { Origin: page } })
    assert.equal(answer.headers.get('access-control-allow-origin'), null, path)
  }
  for (const path of ['/api/recordings', '/api/recordings/socket-000']) {
    const answer = await fetch(`http://localhost:${server.port}${path}`, {
      headers: { Origin: page, 'Sec-Fetch-Site': 'cross-site' },
    })
    assert.equal(answer.status, 403, path)
  }
})

for (const [what, status, body, headers] of [
  [
    'text in place of JSON',
    415,
    recorded('socket-001', opened),
    { Origin: page, 'Content-Type': 'text/plain' },
  ],
  ['no recording at all', 400, { recordings: [] }],
  ['a name that is no name', 400, recorded('a b', opened)],
  ['eleven at once', 400, { recordings: Array(11).fill(recorded('socket-001', opened).recordings[0]) }],
  ['too many events', 400, recorded('socket-001', Array(201).fill(opened[0]))],
  ['a URL of 3,000 characters', 400, recorded('socket-001', opened, `wss://x/${'y'.repeat(3000)}`)],
  ['a member that nobody knows', 400, { ...recorded('socket-001', opened), more: 1 }],
  ['broken JSON', 400, '{"recordings":'],
  [
    'more than 64 KiB',
    413,
    JSON.stringify(recorded('socket-001', [{ ...opened[0], x: 'x'.repeat(70_000) }])),
  ],
] as const satisfies [string, number, object | string, Record<string, string>?][]) {
  test(`${what} is refused with ${status}`, async () => {
    const answer = await post(body, headers ?? { ...json, Origin: page })
    assert.equal(answer.status, status)
    const { message, remedy } = (await answer.json()) as { message: string; remedy: string }
    assert.ok(message.endsWith('.') && remedy.endsWith('.'))
    assert.deepEqual(
      (await list()).filter(({ recording }) => recording === 'socket-001'),
      [],
    )
  })
}

test('secrets that a recorder let pass are masked before anything is kept or logged', async () => {
  await post(recorded('socket-002', opened, 'wss://user:hunter2@api.example/ws?token=hunter2'))
  const [kept] = await list()
  const one = await fetch(`http://localhost:${server.port}/api/recordings/socket-002`)
  assert.doesNotMatch(JSON.stringify([kept, await one.json()]), /hunter2/)
})

test('the newest 200 are kept, and one page sends 240 times a minute', async () => {
  const own = await startServer({ HOST: 'localhost', ALLOWED_ORIGINS: page })
  const send = (number: number) =>
    fetch(`http://localhost:${own.port}/api/recordings`, {
      method: 'POST',
      headers: { ...json, Origin: page },
      body: JSON.stringify(recorded(`many-${String(number).padStart(8, '0')}`, opened)),
    })
  const statuses: number[] = []
  for (let number = 0; number < 241; number++) statuses.push((await send(number)).status)
  assert.deepEqual(new Set(statuses.slice(0, 240)), new Set([204]))
  assert.equal(statuses[240], 429)
  const answer = await fetch(`http://localhost:${own.port}/api/recordings`)
  const { recordings } = recordingList.parse(await answer.json())
  assert.deepEqual(
    [recordings.length, recordings[0]?.recording, recordings.at(-1)?.recording],
    [200, 'many-00000239', 'many-00000040'],
  )
  await own.app.close(0)
})
