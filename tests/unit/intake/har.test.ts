import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { readBrought } from '#lib/intake/read.ts'
import { amount } from '#tests/sampling.ts'

const url = 'wss://app.test/ws?token=secret'
const began = '2026-11-29T16:04:39.000Z'
const beganSeconds = Date.parse(began) / 1000
const headers = (entries: Record<string, string>) =>
  Object.entries(entries).map(([name, value]) => ({ name, value }))
const asked = headers({
  Origin: 'https://app.test',
  Upgrade: 'websocket',
  'Sec-WebSocket-Protocol': 'chat, v2',
  'User-Agent': 'Mozilla/5.0 Chrome/156.0.0.0',
})

type Parts = {
  status?: number
  messages?: object[]
  wait?: number
  receive?: number
  response?: object
  at?: string
  to?: string
}

/** An entry as Chrome's DevTools write it. */
const entry = ({
  status = 101,
  messages,
  wait = 30,
  receive = 0,
  response = {},
  at = began,
  to = url,
}: Parts) => ({
  _resourceType: 'websocket',
  startedDateTime: at,
  time: wait + receive,
  timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait, receive },
  request: { method: 'GET', url: to, httpVersion: 'HTTP/1.1', headers: asked },
  response: { status, statusText: '', headers: headers({ Upgrade: 'websocket' }), content: {}, ...response },
  ...(messages && { _webSocketMessages: messages }),
})
const image = { request: { url: 'https://app.test/a.png', headers: [] }, response: { status: 200 } }
const har = (entries: unknown[], creator = 'WebInspector') =>
  JSON.stringify({ log: { version: '1.2', creator: { name: creator }, pages: [], entries } })
const frame = (seconds: number, type: string, data = 'hello', opcode = 1) => ({
  type,
  time: beganSeconds + seconds,
  opcode,
  data,
})

const readOf = (text: string) => {
  const { evidence, read } = readBrought([{ file: 'a.har', text }])
  return {
    evidence,
    says: read[0]?.pieces.map(({ says }) => says) ?? [],
    events: evidence.browser?.events?.map(({ type, ms }) => `${type} ${ms}`) ?? [],
    unread: read[0]?.unread_count,
  }
}

test('Chrome: a handshake that was refused, with its answer, its Origin and what the console said', () => {
  const { evidence, says, unread } = readOf(
    har([
      image,
      entry({
        status: 403,
        messages: [
          frame(0.03, 'error', 'Error during WebSocket handshake: Unexpected response code: 403', -1),
        ],
        response: { statusText: 'Forbidden', content: { text: 'Origin not allowed' } },
      }),
    ]),
  )
  assert.equal(evidence.probe?.http?.status, 403)
  assert.equal(evidence.probe?.http?.body_start, 'Origin not allowed')
  assert.equal(evidence.probe?.origin, 'https://app.test')
  assert.deepEqual(evidence.target?.subprotocols, ['chat', 'v2'])
  assert.match(evidence.browser?.console?.[0] ?? '', /failed: Error during WebSocket handshake/)
  assert.deepEqual(says, ['wss://app.test/ws?token=***: the handshake was answered with 403'])
  assert.equal(unread, 0)
  assert.equal(diagnose(evidence).verdicts[0]?.cause, 'origin-rejected')
})

test('Chrome: no answer at all, with the error of the network', () => {
  const { evidence, says } = readOf(
    har([
      entry({
        status: 0,
        messages: [frame(2, 'error', 'Error in connection establishment: net::ERR_CONNECTION_REFUSED', -1)],
      }),
    ]),
  )
  assert.equal(evidence.probe, undefined)
  assert.match(says[0] ?? '', /net::ERR_CONNECTION_REFUSED/)
  assert.equal(diagnose(evidence).verdicts[0]?.cause, 'connection-refused')
})

test('Chrome: messages of both directions with their times, and a connection that is still open', () => {
  const { evidence, events, says } = readOf(
    har([
      entry({
        messages: [
          frame(0.1, 'send', 'abc'),
          frame(0.2, 'receive', 'abcdef'),
          frame(5, 'receive', 'AAEC', 2),
        ],
        wait: 5000,
        response: { headers: headers({ 'Sec-WebSocket-Protocol': 'chat' }) },
      }),
    ]),
  )
  assert.deepEqual(events, ['open 100', 'sent 100', 'message 200', 'message 5000', 'still_open 5000'])
  assert.deepEqual(
    evidence.browser?.events?.map(({ length }) => length),
    [undefined, 3, 6, 3, undefined],
  )
  assert.equal(evidence.browser?.events?.[0]?.protocol, 'chat')
  assert.deepEqual(says, ['wss://app.test/ws?token=***: opened, 3 messages, still open'])
})

test('Chrome: one that ended has no close code, and none is made up', () => {
  const { evidence, events, says } = readOf(
    har([entry({ messages: [frame(0.1, 'receive')], wait: 100, receive: 60_000 })]),
  )
  assert.deepEqual(events, ['open 100', 'message 100'])
  assert.match(says[0] ?? '', /ended after 1 min 00 s\. A HAR file has no close code/)
  const { outcome, next } = diagnose(evidence)
  assert.equal(outcome, 'undetermined')
  assert.ok(next.length > 0)
})

test('Chrome: an error on the open connection ends it with 1006', () => {
  const { events, evidence } = readOf(
    har([
      entry({
        messages: [frame(0.1, 'receive'), frame(3, 'error', 'Invalid frame header', -1)],
        wait: 100,
        receive: 2900,
      }),
    ]),
  )
  assert.deepEqual(events, ['open 100', 'message 100', 'error 3000', 'close 3000'])
  assert.equal(diagnose(evidence).verdicts[0]?.cause, 'protocol-error')
})

test('Chrome: several that ended after the same silence are a crowd', () => {
  const minutes = ['16:04', '16:09', '16:17', '16:31']
  const { evidence, says } = readOf(
    har([
      image,
      ...minutes.map((minute) =>
        entry({ at: `2026-11-29T${minute}:00.000Z`, messages: [], wait: 50, receive: 60_010 }),
      ),
      entry({ to: 'wss://other.test/', messages: [] }),
    ]),
  )
  assert.equal(evidence.browser, undefined)
  assert.equal(evidence.peers?.length, 4)
  // Equal neighbours are one piece.
  assert.equal(says.length, 3)
  assert.ok(diagnose(evidence).verdicts.some(({ cause }) => cause === 'idle-timeout'))
})

test('a refused one among others that opened is the one that is judged', () => {
  const { evidence, says } = readOf(
    har([entry({}), entry({ status: 502 }), entry({ to: 'wss://other.test/' })]),
  )
  assert.equal(evidence.probe?.http?.status, 502)
  assert.match(says[1] ?? '', /^also wss:\/\/app\.test/)
})

test('Firefox: the handshake alone', () => {
  const { request, response } = entry({})
  const { events, evidence } = readOf(
    har(
      [
        {
          startedDateTime: '2026-11-29T17:04:39.000+01:00',
          time: 22,
          timings: { wait: 12 },
          request,
          response,
        },
      ],
      'Firefox',
    ),
  )
  assert.deepEqual(events, ['open 12'])
  assert.equal(evidence.browser?.user_agent, 'Mozilla/5.0 Chrome/156.0.0.0')
})

test('Playwright: times in milliseconds, -1 for no answer, the failure beside the response', () => {
  const inMs = { type: 'receive', time: (beganSeconds + 2) * 1000, opcode: 1, data: 'x' }
  assert.deepEqual(readOf(har([entry({ messages: [inMs] })], 'Playwright')).events, [
    'open 2000',
    'message 2000',
  ])
  const failed = entry({ status: -1, response: { _failureText: 'net::ERR_NAME_NOT_RESOLVED' } })
  const { evidence } = readOf(har([failed], 'Playwright'))
  assert.equal(diagnose(evidence).verdicts[0]?.cause, 'dns-failure')
})

test('a Close frame is read where a program writes it: as members, or as its bytes', () => {
  const bytes = Buffer.concat([Buffer.from([0x03, 0xf3]), Buffer.from('too slow')]).toString('base64')
  for (const closing of [
    { ...frame(4, 'receive', '', 8), code: 1011, reason: 'too slow' },
    frame(4, 'receive', bytes, 8),
  ]) {
    const { evidence } = readOf(har([entry({ messages: [frame(1, 'receive'), closing] })], 'other'))
    const close = evidence.browser?.events?.at(-1)
    assert.deepEqual([close?.type, close?.code, close?.reason, close?.ms], ['close', 1011, 'too slow', 4000])
  }
})

test('over HTTP/2 a WebSocket is answered with 200', () => {
  const { events } = readOf(har([entry({ status: 200, response: { httpVersion: 'h2' } })]))
  assert.deepEqual(events, ['open 30', 'still_open 30'])
  // Over HTTP/1.1 a 200 is somebody's page.
  assert.equal(
    readOf(har([entry({ status: 200, response: { httpVersion: 'HTTP/1.1' } })])).evidence.probe?.http?.status,
    200,
  )
})

test('an archive without a WebSocket, and one that is broken, are said to be so', () => {
  assert.deepEqual(readOf(har([image, null, 1, {}, { request: null }])).says, [
    'no WebSocket in this archive',
  ])
  const whole = har([entry({ messages: Array(200).fill(frame(1, 'receive')) })])
  const { says, unread } = readOf(whole.slice(0, whole.length / 2))
  assert.deepEqual(says, ['a HAR file that is cut off or not valid JSON: export it again'])
  assert.equal(unread, 0)
})

test('members of the wrong kind take nothing down', () => {
  const odd = [
    { _resourceType: 'websocket' },
    { _webSocketMessages: [null, 1, { type: {}, time: 'x', data: {} }], request: { url: 7, headers: {} } },
    {
      _resourceType: 'websocket',
      startedDateTime: 'never',
      time: Number.NaN,
      response: { status: 'x', headers: [{}] },
    },
    {
      _resourceType: 'websocket',
      response: { status: 101 },
      _webSocketMessages: [frame(1, 'receive', '!!', 8)],
    },
  ]
  for (const each of odd) assert.ok(diagnose(readOf(har([each])).evidence).outcome)
})

test('50 MB are read as a whole, and 100,000 messages become a thousand and a count', () => {
  const count = amount(100_000, 10_000)
  const megabytes = amount(50, 5)
  const messages = Array.from({ length: count }, (_, at) => frame(1 + at / 100, at % 2 ? 'send' : 'receive'))
  const bodies = Array(megabytes).fill({
    ...image,
    response: { status: 200, content: { text: 'x'.repeat(1_000_000) } },
  })
  const text = har([...bodies, entry({ messages })])
  assert.ok(text.length > megabytes * 1_000_000)
  const { evidence, says } = readOf(text)
  assert.ok(says[0]?.includes(`${count} messages`), says[0])
  assert.equal(evidence.browser?.events?.length, 1003)
  assert.equal(evidence.browser?.events?.[1]?.type, 'left_out')
})

test('a socket without a message, whose address the page opened again, is not taken for one that is open still', () => {
  const again = entry({ messages: [], at: '2026-11-29T16:04:41.000Z' })
  const { outcome } = diagnose(readOf(har([entry({ messages: [] }), again])).evidence)
  assert.equal(outcome, 'undetermined')
  const alive = entry({ messages: [frame(1, 'receive')] })
  assert.equal(diagnose(readOf(har([alive])).evidence).outcome, 'healthy')
})
