import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { EndlessLine } from '#lib/logs/bytes/lines.ts'
import { createLogScanner, type LogScanner } from '#lib/logs/scanner.ts'
import { createLogReader, type LogSummary } from '#lib/logs/summary.ts'
import { runs } from '#tests/sampling.ts'
import { linesOf, logFixtures, readFixture } from '#tests/unit/logs/fixtures.ts'

const encoder = new TextEncoder()

function scan(text: string | Uint8Array, size = 1 << 16): LogScanner {
  const scanner = createLogScanner({ year: 2026 })
  const file = scanner.open('access.log')
  const bytes = typeof text === 'string' ? encoder.encode(text) : text
  for (let at = 0; at < bytes.length; at += size) file.push(bytes.slice(at, at + size))
  file.end()
  return scanner
}

/** What both ways of reading tell: without places, which lines that are read one by one have not, and their order among all that were kept. */
function told({ skimmed: _skimmed, ...summary }: LogSummary): unknown {
  const texts = JSON.stringify(
    { ...summary, formats: [...summary.formats], codes: [...summary.codes], statuses: [...summary.statuses] },
    (key, value) => (key === 'place' || key === 'told' || key === 'order' ? undefined : value),
  )
  return JSON.parse(texts)
}

for (const fixture of logFixtures) {
  test(`${fixture.id}: bytes in small pieces tell what its lines tell one by one`, () => {
    const scanner = createLogScanner({ year: 2026 })
    for (const name of fixture.files) {
      const packed = readFileSync(new URL(`../../fixtures/logs/${fixture.id}/${name}`, import.meta.url))
      const bytes = name.endsWith('.gz') ? gunzipSync(packed) : packed
      const file = scanner.open(name)
      for (let at = 0; at < bytes.length; at += 97) file.push(bytes.subarray(at, at + 97))
      file.end()
    }
    assert.deepEqual(told(scanner.summary()), told(readFixture(fixture)))
  })
}

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)

/** Access lines that are alike but for what may decide whose they are. */
const accessLine = fc
  .record({
    before: oneOf(
      '',
      '',
      'app.example:443 ',
      'web-1  | ',
      '<29>Nov 20 09:04:30 host nginx: ',
      '2026-11-20T09:04:30Z ',
    ),
    client: oneOf(
      '203.0.113.7',
      '203.0.113.214',
      '2001:db8::7',
      'fe80::1',
      'localhost',
      '1.2.3',
      '999.1.1.1',
      '-',
    ),
    user: oneOf('-', '-', 'alice', 'ws', '10.0.0.1'),
    stamp: oneOf(
      '20/Nov/2026:09:04:30 +0000',
      '20/Nov/2026:09:04:31 +0100',
      '20/Xyz/2026:09:04:31 +0000',
      '20/Nov/2026',
    ),
    method: oneOf('GET', 'GET', 'GET', 'POST', 'PROPFIND', 'get'),
    path: oneOf(
      '/',
      '/app.js',
      '/ws',
      '/chat?room=1',
      '/chat',
      '/a"b',
      '/a\\x22b',
      '/é',
      'https://x.example/chat',
      '*',
    ),
    http: oneOf(' HTTP/1.1', ' HTTP/2.0', ' HTTP/2', '', ' HTTP/1.10'),
    status: oneOf('101', '101', '200', '204', '301', '304', '404', '502', '000', '99', '1010', '-'),
    size: oneOf('0', '512', '-', '1234567890123456789', 'x', ''),
    referer: oneOf(
      '"-"',
      '""',
      '"https://a.example/"',
      '"websocket"',
      '"rt=60.000"',
      '"open',
      '[b]',
      '[open',
    ),
    agent: oneOf('"Mozilla/5.0 (X11)"', '"a \\x22b\\x22"', '"a \\"b\\""', '"é"', '"-"', ''),
    rest: fc.array(
      oneOf(
        'rt=0.003',
        'rt=-',
        'rt=60.020',
        'rt=5s',
        'D=60020',
        'T=60',
        'us=101',
        'us=200',
        'cs=OK',
        'up=websocket',
        'up=-',
        'up=',
        'up="websocket"',
        'up="-"',
        'upgrade=h2c',
        'status=101',
        'status=200',
        'path=/ws',
        'request="GET /ws HTTP/1.1"',
        'ua=10.0.0.1:8080',
        'rid=4f1a',
        '=x',
        '60.020',
        '0.003',
        '60020',
        '60021',
        '12',
        '0.0031',
        '0.003123',
        '"0.003"',
        '1m2s',
        '25ms',
        '-',
        'websocket',
        '"websocket"',
        '"-"',
        '10.0.0.1:8080',
        '200',
        'key="open',
        'a=b=c',
        'ms',
        'latency=3',
      ),
      { maxLength: 5 },
    ),
  })
  .map(({ before, client, user, stamp, method, path, http, status, size, referer, agent, rest }) =>
    [
      `${before}${client} - ${user} [${stamp}] "${method} ${path}${http}" ${status} ${size}`,
      referer,
      agent,
      ...rest,
    ]
      .filter((part) => part !== '')
      .join(' '),
  )

test('a name behind the request counts more than the request, whatever came first', () => {
  const named = (path: string) => `${plain(path, 502)} path=/ws`
  assert.equal(scan([named('/ws'), named('/x'), named('/y')].join('\n')).summary().connections.length, 3)
})

test('lines that are only looked at count as if they had been read', () => {
  fc.assert(
    fc.property(fc.array(accessLine, { minLength: 1, maxLength: 12 }), oneOf('\n', '\r\n'), (few, end) => {
      // The forms of the first time are known the second time.
      const lines = [...few, ...few, ...few]
      const reader = createLogReader({ year: 2026 })
      for (const line of lines) reader.read(line)
      const expected = reader.summary()
      const summary = scan(lines.join(end)).summary()
      const counts = ({ lines, understood, formats, statuses, connections, unread }: LogSummary) => ({
        lines,
        understood,
        formats: Object.fromEntries(formats),
        statuses: Object.fromEntries(statuses),
        connections: connections.map(({ path, status, ageMs }) => `${path} ${status} ${ageMs}`).sort(),
        unread,
      })
      assert.deepEqual(counts(summary), counts(expected))
    }),
    { numRuns: runs(400, 100) },
  )
})

const plain = (path: string, status = 200) =>
  `203.0.113.7 - - [20/Nov/2026:09:04:30 +0000] "GET ${path} HTTP/1.1" ${status} 5120 "-" "Mozilla/5.0" rt=0.003`

test('of plain requests the first alone is read', () => {
  const scanner = scan(`${Array.from({ length: 1000 }, (_, at) => plain(`/page/${at}`)).join('\n')}\n`)
  const { lines, understood, skimmed, connections } = scanner.summary()
  assert.deepEqual([lines, understood, skimmed, connections.length], [1000, 1000, 999, 0])
})

test('a failed request counts once a WebSocket is seen on its path, wherever that is', () => {
  const failed = Array.from({ length: 50 }, () => plain('/chat', 404))
  const { connections } = scan(
    [plain('/x', 404), ...failed, plain('/chat', 101), plain('/chat', 502)].join('\n'),
  ).summary()
  assert.deepEqual(connections.map(({ status }) => status).sort(), [
    101,
    ...Array.from({ length: 50 }, () => 404),
    502,
  ])
})

test('each quoted line has its file and number', () => {
  const { connections } = scan(
    [plain('/'), '', plain('/ws', 101), plain('/'), plain('/ws', 502)].join('\n'),
  ).summary()
  assert.deepEqual(
    connections.map(({ access }) => access?.place),
    [
      { file: 'access.log', number: 3 },
      { file: 'access.log', number: 5 },
    ],
  )
})

test('text in UTF-16 is read by its byte order mark', () => {
  const text = `\uFEFF${plain('/ws', 101)}\r\n${plain('/ws', 502)}`
  const little = new Uint8Array(Buffer.from(text, 'utf16le'))
  const big = new Uint8Array(Buffer.from(text, 'utf16le').swap16())
  for (const bytes of [little, big]) assert.equal(scan(bytes, 3).summary().connections.length, 2)
})

test('a line of 10 MB is counted and the next one read', () => {
  const summary = scan(`${'x'.repeat(10_000_000)}\n${plain('/ws', 101)}`).summary()
  assert.deepEqual([summary.lines, summary.understood, summary.connections.length], [2, 1, 1])
  assert.equal(summary.unread[0]?.length, 200)
})

test('what has no line end is refused in the end', () => {
  const file = createLogScanner().open('zero')
  const piece = new Uint8Array(1 << 20)
  assert.throws(() => {
    for (let at = 0; at < 100; at++) file.push(piece)
  }, EndlessLine)
})

test('any bytes are read as lines', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (bytes, size) => {
      const text = new TextDecoder('utf-8').decode(bytes)
      const isMarked = (bytes[0] ?? 0) >= 0xfe
      if (!isMarked) assert.equal(scan(bytes, size).summary().lines, linesOf(text).length)
    }),
  )
})
