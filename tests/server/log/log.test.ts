import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { diagnosticEvent } from '#lib/protocol/events.ts'
import { formatLine } from '#lib/protocol/log-line.ts'
import { quote } from '#lib/protocol/log-value.ts'
import type { App } from '#server/app.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { logJournal } from '#server/log/log.ts'
import { maskUrl } from '#server/wire/handshake-fields.ts'
import { exchange, get, handshake } from '#tests/server/support/raw.ts'
import { startServer } from '#tests/server/support/server.ts'
import { until } from '#tests/server/support/until.ts'

const common = { id: '1', at: 1_795_000_000.5, instance: 'test', client_id: 'c-1', endpoint: '/ws' }

/** Lines of whatever happens on one server, until it has drained. */
async function linesOf(
  act: (port: number, app: App) => Promise<unknown>,
  options: { format?: 'text' | 'json'; level?: 'debug' | 'info' | 'warn'; rejection?: string } = {},
): Promise<readonly string[]> {
  const server = await startServer({ WS_ORIGIN_REJECTION: options.rejection ?? '403' })
  let text = ''
  logJournal(server.journal, {
    format: options.format ?? 'text',
    level: options.level ?? 'info',
    write: (lines) => {
      text += lines
    },
  })
  await act(server.port, server.app)
  await server.app.close(50)
  await server.journal.close()
  assert.ok(text.endsWith('\n'))
  const lines = text.slice(0, -1).split('\n')
  // That the server itself started and drained is not what is looked at here.
  return lines.filter((line) => !/^\[WS_DIAGNOSTICS\] SERVER |"kind":"server"/.test(line))
}

test('an attempt is one line with every field, absent headers as none and no_origin', async () => {
  const [line = ''] = await linesOf((port) => exchange(port, handshake('/ws')))
  assert.match(line, /^\[WS_DIAGNOSTICS\] CONNECTION ATTEMPT START client_id=c-[0-9a-f]+, path=\/ws, /)
  for (const part of [
    'client=127.0.0.1',
    'Origin: no_origin',
    'User-Agent: none',
    'Scheme: ws',
    'X-Forwarded-For: none',
    'X-Forwarded-Proto: none',
    'X-Forwarded-Host: none',
    'X-Real-IP: none',
    'Upgrade: websocket',
  ]) {
    assert.ok(line.includes(`${part},`), `${part} in ${line}`)
  }
})

test('behind a proxy the line tells what it forwarded, and wss', async () => {
  const headers = {
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-For': '203.0.113.9, 10.0.0.1',
    'X-Forwarded-Host': 'app.example',
    'X-Real-IP': '203.0.113.9',
    'User-Agent': 'okhttp/5',
  }
  const [line = ''] = await linesOf((port) => exchange(port, handshake('/ws', headers)))
  for (const part of [
    'X-Forwarded-Proto: https',
    'Scheme: wss',
    'X-Forwarded-For: "203.0.113.9, 10.0.0.1"',
    'X-Forwarded-Host: app.example',
    'X-Real-IP: 203.0.113.9',
    'User-Agent: okhttp/5',
  ]) {
    assert.ok(line.includes(`${part},`), `${part} in ${line}`)
  }
})

for (const rejection of ['403', '1008']) {
  test(`a foreign origin is told in the searched words, with ${rejection} as well`, async () => {
    const foreign = handshake('/ws', { Origin: 'https://evil.example' })
    const lines = await linesOf((port) => exchange(port, foreign), { rejection })
    const words = '[WS_DIAGNOSTICS] 403 FORBIDDEN: Origin not in allowed list'
    const [line = '', ...others] = lines.filter((candidate) => candidate.startsWith(words))
    assert.deepEqual(others, [])
    assert.match(line, / - client_id=c-\S+, path=\/ws, cause=origin, Origin: https:\/\/evil\.example, at=/)
    assert.ok(!lines.some((line) => line.includes('ACCEPTED')))
  })
}

test('a cut connection is one line with disconnected - code= and close_code=1006', async () => {
  const lines = await linesOf(async (port, app) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.write(handshake('/ws'))
    await once(socket, 'data')
    socket.destroy()
    await until(() => app.sessions.size === 0)
  })
  const line = lines.find((candidate) =>
    candidate.includes('disconnected - code=1006, close_code=1006, reason="", '),
  )
  assert.match(line ?? '', /client_id=c-\S+, .*duration_ms=[\d.]+, pings=0, pongs=0, ended_by=network/)
})

const forgeries = [
  'x\u0085[WS_DIAGNOSTICS] 403 FORBIDDEN',
  'a, Origin: https://app.example, X-Forwarded-Proto: https',
  'evil" client_id=c-2',
  '\u009b31mred',
  'none',
  'no_origin',
  'a=b',
  "it's",
  'back\\slash',
]

for (const value of forgeries) {
  test(`the User-Agent ${JSON.stringify(value)} stays one quoted value of one line`, async () => {
    const [line = ''] = await linesOf((port) =>
      exchange(port, Buffer.from(handshake('/ws', { 'User-Agent': value }), 'latin1')),
    )
    const quoted = /User-Agent: ("(?:[^"\\]|\\.)*"), Scheme: ws,/.exec(line)?.[1]
    assert.ok(quoted, line)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
    assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
    assert.equal(JSON.parse(quoted), value)
  })
}

test('plain values are not quoted, so that searches hit', () => {
  for (const value of ['https', 'curl/8.1', '127.0.0.1', 'https://app.example:8443', '/ws/echo']) {
    assert.equal(quote(value), value)
  }
})

test('the values of foreign query parameters are masked, our own are not', () => {
  const own = new Set(['trace'])
  assert.equal(maskUrl('/ws?token=a&trace=t1&x=&bare&&y=1=2', own), '/ws?token=***&trace=t1&x=***&***&&y=***')
  assert.equal(maskUrl('/ws', own), '/ws')
  assert.equal(maskUrl('/ws?%74race=secret', own), '/ws?%74race=***')
})

test('no secret of a query reaches an event or a line', async () => {
  for (const format of ['text', 'json'] as const) {
    const lines = await linesOf(
      async (port) => {
        await exchange(port, handshake('/ws/echo?token=s3cret'))
        await exchange(port, handshake('/nowhere?token=s3cret'))
        await exchange(port, get('/ws?token=s3cret'))
      },
      { format },
    )
    assert.ok(lines.length >= 5)
    assert.ok(!lines.some((line) => line.includes('s3cret')))
  }
})

test('LOG_FORMAT=json prints the events themselves, one object a line', async () => {
  const agent = Buffer.from(handshake('/ws', { 'User-Agent': 'a\u0085b' }), 'latin1')
  const lines = await linesOf((port) => exchange(port, agent), { format: 'json' })
  const events = lines.map((line) => diagnosticEvent.parse(JSON.parse(line)))
  assert.deepEqual(
    events.slice(0, 2).map(({ kind }) => kind),
    ['attempt', 'accepted'],
  )
  assert.ok(lines[0]?.includes('a\\u0085b'))
})

test('heartbeat and traffic become lines at debug alone', () => {
  const lines = new Map<string, string>()
  const journal = createMemoryJournal({ capacity: 10, instance: 'test' })
  for (const level of ['debug', 'info', 'warn'] as const) {
    logJournal(journal, { format: 'text', level, write: (text) => lines.set(level, text) })
  }
  const { id: _id, at: _at, instance: _instance, ...connection } = common
  journal.append({ ...connection, kind: 'heartbeat', ping_number: 1, rtt_ms: 0.4 })
  journal.append({
    ...connection,
    kind: 'traffic',
    messages_in: 1,
    messages_out: 1,
    bytes_in: 2,
    bytes_out: 3,
  })
  journal.append({ ...connection, kind: 'accepted', ping_interval_seconds: 30, ping_timeout_seconds: 10 })
  journal.append({ ...connection, kind: 'pong_timeout', ping_number: 1, waited_ms: 10_000 })
  void journal.close()
  const count = (level: string) => (lines.get(level) ?? '').split('\n').length - 1
  assert.deepEqual(['debug', 'info', 'warn'].map(count), [4, 2, 1])
})

test('the reason of a close frame cannot forge a field', () => {
  const line = formatLine({
    ...common,
    kind: 'disconnected',
    close_code: 1000,
    reason: 'bye", close_code=1006, ended_by=server\n[WS_DIAGNOSTICS] x',
    duration_ms: 5,
    pings: 0,
    pongs: 0,
    initiator: 'client',
  })
  assert.equal(line.split('\n').length, 1)
  assert.ok(
    line.includes('reason="bye\\", close_code=1006, ended_by=server\\u000a[WS_DIAGNOSTICS] x", duration_ms'),
  )
})

test('what is long is cut for the events, and nothing of it stays alive behind the cut', () => {
  const masked = maskUrl(`/ws?${'x'.repeat(10_000)}=1`, new Set())
  assert.equal(masked.length, 512)
  assert.ok(masked.endsWith('…'))
})
