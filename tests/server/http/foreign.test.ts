/** Every answer of the server, whatever it was asked, is safe to read in a terminal, and says of what type it is. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { visible, visibleLines } from '#lib/text/foreign.ts'
import { exchange, get, handshake } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

/** What a request line and a header can carry raw: C1 controls and the bytes of UTF-8 (a right-to-left override). */
const bytes = '\u009b31m\u009d0;x\u009c\u00e2\u0080\u00ae'
/** What JSON and percent-encoding can carry: all of it. */
const text = '\u001b[31m\u009b31m\r\nHealthy: nothing failed\u202e\u2066\u200b\u061c\u2028\ud800\udb40\udc41'
const encoded = encodeURIComponent(text.toWellFormed())

const send = (request: string) => exchange(server.port, Buffer.from(request, 'latin1'))
const closing = { Connection: 'close' }
const read = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  send(get(path, { ...closing, ...headers }, method))
const post = (path: string, body: unknown, method = 'POST') => {
  const json = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)).toString('latin1')
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(json.length) }
  return send(`${get(path, { ...closing, ...headers }, method)}${json}`)
}

const routes = [
  ...['/api/events', '/api/lab/proxies', '/api/diagnose', '/api/reports'],
  ...['/api/recordings', '/api/secure-page', '/api/nothing', '/api', '/health', '/recorder.js', '/nothing'],
  ...['/ws', '/ws/echo', '/ws/diagnostics', '/lab/reset/ws'],
]

/** The strings of an answer, its names included. */
function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) {
      yield name
      yield* stringsOf(each)
    }
}

/** Of a refusal every sentence, once parsed, too: not all who read it print JSON. */
function checkAnswer(what: string, { status, head, body, header }: Awaited<ReturnType<typeof send>>) {
  assert.ok((status >= 200 && status < 500) || status === 101, `${what}: ${status} ${body}`)
  assert.equal(head, visibleLines(head.replaceAll('\r\n', '\n')).replaceAll('\n', '\r\n'), what)
  if (status === 101) return
  assert.equal(body, visibleLines(body), what)
  assert.equal(header('X-Content-Type-Options'), 'nosniff', what)
  if (status === 204 || body === '') return
  const type = header('Content-Type') ?? ''
  if (status >= 400) assert.match(type, /^application\/json(; charset=utf-8)?$/, what)
  if (!type.startsWith('application/json')) return
  const { message, remedy, problems } = JSON.parse(body)
  if (status < 400) return
  assert.equal(typeof message, 'string', what)
  for (const sentence of stringsOf([message, remedy ?? '', problems ?? []]))
    assert.equal(sentence, visible(sentence), what)
}

test('paths, queries and headers of control bytes come back as text that steers nothing', async () => {
  for (const route of routes) {
    for (const path of [`${route}/${bytes}`, `${route}/${encoded}`, `${route}?${bytes}=${bytes}`]) {
      for (const method of ['GET', 'DELETE', 'OPTIONS', 'PATCH'])
        checkAnswer(`${method} ${path}`, await read(path, {}, method))
      checkAnswer(`POST ${path}`, await post(path, '{}'))
      checkAnswer(`handshake ${path}`, await send(handshake(path)))
    }
    for (const name of ['Host', 'Origin', 'Upgrade', 'Connection', 'Sec-WebSocket-Version', 'Content-Type']) {
      checkAnswer(`${route} ${name}`, await read(route, { [name]: bytes }))
      checkAnswer(`${route} ${name}`, await read(route, { Upgrade: 'websocket', [name]: bytes }))
      checkAnswer(`handshake ${route} ${name}`, await send(handshake(route, { [name]: bytes })))
    }
  }
  for (const name of ['after', 'before', 'limit', 'kinds', 'client_id', 'trace'])
    for (const path of ['/api/events', '/api/reports'])
      checkAnswer(`${path} ${name}`, await read(`${path}?${name}=${encoded}`))
  checkAnswer('stream', await read(`/api/events/stream?after=${encoded}`))
})

test('names and values of a body come back as text that steers nothing', async () => {
  const bodies = [
    ...[text, [text], { [text]: text }, { url: text }, { url: 'ws://127.0.0.1:9/', [text]: text }],
    ...[
      { url: `ws://127.0.0.1:9/${text}`, headers: [text] },
      { url: 'ws://127.0.0.1:9/', origin: text },
    ],
    ...[{ url: 'ws://127.0.0.1:9/', subprotocols: [text] }, { text }, { evidence: { [text]: text } }],
    ...[{ evidence: { browser: { events: [{ type: text }] } } }, { evidence: { target: { url: text } } }],
    ...[
      { proxy: text, fault: text },
      { proxy: 'nginx', fault: text },
    ],
    ...[{ proxy: 'nginx', fault: 'reset', knobs: { [text]: text } }],
    ...[{ recordings: [{ [text]: text }] }, { recordings: [{ id: text, started: 0, evidence: {} }] }],
    ...[
      {
        recordings: [
          { id: 'recording', started: 0, evidence: { target: { url: text }, browser: { events: [] } } },
        ],
      },
    ],
    ...['{', text, `{"${'x'.repeat(700_000)}":1}`],
  ]
  const takers = ['/api/diagnose', '/api/reports', '/api/reports/none/evidence', '/api/recordings']
  for (const route of [...takers, '/api/lab/proxies', '/api/nothing'])
    for (const body of bodies)
      checkAnswer(`POST ${route} ${JSON.stringify(body).slice(0, 80)}`, await post(route, body))
  checkAnswer('POST /api/checklist', await post('/api/checklist', { url: text, origin: text }))
})

test('events that tell what a client sent are read in a terminal as in the page', async () => {
  await send(handshake(`/ws?trace=foreign&x=${encoded}`, { 'User-Agent': bytes, 'X-Forwarded-For': bytes }))
  await server.event('attempt', 'foreign')
  const answer = await read('/api/events')
  assert.match(answer.body, /\\u009b31m/)
  checkAnswer('/api/events', answer)
  checkAnswer('/api/recordings', await read('/api/recordings'))
})
