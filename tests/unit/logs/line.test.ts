import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { LONGEST_LINE, parseLine } from '#lib/logs/line.ts'
import type { AccessRecord, NoticeRecord } from '#lib/logs/record.ts'
import { runs } from '#tests/sampling.ts'
import { linesOf, logFixtures } from '#tests/unit/logs/fixtures.ts'
import { timed } from '#tests/unit/processor-time.ts'

const recorded = logFixtures.flatMap(({ id, files }) =>
  files
    .filter((file) => !file.endsWith('.gz'))
    .flatMap((file) =>
      linesOf(readFileSync(new URL(`../../fixtures/logs/${id}/${file}`, import.meta.url), 'utf8')).slice(
        0,
        6,
      ),
    ),
)

const recordedJson = recorded.filter((text) => text.startsWith('{'))

test('every parser of the folder is tried', () => {
  const folder = readdirSync(new URL('../../../lib/logs/formats/', import.meta.url))
  const catalogue = readFileSync(new URL('../../../lib/logs/formats.ts', import.meta.url), 'utf8')
  const json = readFileSync(new URL('../../../lib/logs/formats/json.ts', import.meta.url), 'utf8')
  for (const file of folder)
    assert.ok((catalogue + json).includes(`formats/${file}'`) || file === 'json.ts', file)
})

test('any line is read without a fault, and never half a record', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 12 }),
    fc.constantFrom('1e999', '9'.repeat(400), '-1', ':', '":1e308,"'),
  )
  const line = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 300 }),
    fc
      .tuple(fc.constantFrom(...recorded), fc.nat(400), junk)
      .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + piece.length)),
    // A number of a JSON line becomes one that no number can hold, or no moment of time.
    fc
      .tuple(fc.constantFrom(...recordedJson), fc.nat(60), fc.constantFrom('1e999', '-1e300', '1e15'))
      .map(([text, skipped, number]) => {
        let seen = 0
        return text.replace(/(?<=:)\d+(\.\d+)?/g, (old) => (seen++ === skipped % 12 ? number : old))
      }),
  )
  fc.assert(
    fc.property(line, (text) => {
      const record = parseLine(text)
      if (record === undefined) return
      for (const value of Object.values(record))
        assert.ok(typeof value !== 'number' || Number.isFinite(value), text)
      if (record.atMs !== undefined) new Date(record.atMs).toISOString()
    }),
    { numRuns: runs(20_000) },
  )
})

test('huge lines cost no more than their length, and are left unread', () => {
  const hostile = [
    '"',
    '\\"',
    '[',
    'a=',
    'a="',
    ' ',
    '{"',
    '1/',
    'client_id=',
    ', ',
    '<1>',
    'x | ',
    '203.0.113.1:1 [',
    "'",
  ]
  for (const piece of hostile) {
    for (const line of [piece.repeat(LONGEST_LINE), piece.repeat(Math.floor(LONGEST_LINE / piece.length))]) {
      const { tookMs } = timed(() => {
        parseLine(line)
        parseLine(`[WS_DIAGNOSTICS] ${line.slice(0, LONGEST_LINE - 20)}`)
      })
      assert.ok(tookMs < 250, `${JSON.stringify(piece)} took ${tookMs.toFixed(0)} ms`)
    }
  }
  assert.equal(parseLine(`${recorded[0]}${' '.repeat(LONGEST_LINE)}`), undefined)
})

test('a line that was cut in the middle of a field is not taken for a whole one', () => {
  const whole =
    '203.0.113.7 - - [20/Nov/2026:09:04:39 +0000] "GET /ws HTTP/1.1" 101 37 "-" "okhttp/5.3.0" rt=60.000 us=101 cs=OK'
  assert.equal(access(whole).durationMs, 60_000)
  assert.equal(parseLine(whole.slice(0, whole.indexOf('okhttp') + 3)), undefined)
  assert.equal(parseLine('{"time":"2026-11-20T09:04:30+00:00","status":101,"uri":"/w'), undefined)
  assert.equal(
    parseLine(
      '203.0.113.10:36253 [20/Nov/2026:09:04:32.160] fe be/ws1 0/0/40/60/100 403 56 - - ---- 1/1/0/0/0 0/0 "GET /w',
    ),
    undefined,
  )
})

test('combined lines: IPv6, virtual hosts, absolute URLs, TLS bytes and broken requests', () => {
  const tail = '[20/Nov/2026:09:04:39 +0100] "GET /ws?x=1 HTTP/1.1" 101 37 "-" "ua"'
  assert.equal(access(`2001:db8::1f - bob ${tail}`).client, '2001:db8::1f')
  assert.equal(access(`app.example:443 203.0.113.7 - - ${tail}`).client, '203.0.113.7')
  assert.equal(access(`203.0.113.7 - - ${tail}`).atMs, Date.UTC(2026, 10, 20, 8, 4, 39))
  assert.equal(access(`203.0.113.7 - - ${tail.replace('/ws?x=1', 'https://app.example/ws')}`).path, '/ws')
  const garbage = access('203.0.113.7 - - [20/Nov/2026:09:04:39 +0000] "\\x16\\x03\\x01" 400 157 "-" "-"')
  assert.deepEqual([garbage.status, garbage.path], [400, undefined])
})

test('durations are read in the unit that is meant', () => {
  const base = '203.0.113.7 - - [20/Nov/2026:09:04:39 +0000] "GET /ws HTTP/1.1" 101 37 "-" "ua"'
  assert.equal(access(`${base} rt=60.020`).durationMs, 60_020)
  assert.equal(access(`${base} 60166980`).durationMs, 60_166.98)
  assert.equal(access(`${base} D=60166980us`).durationMs, 60_166.98)
  assert.equal(access(`${base} 60.020 60.000`).durationMs, 60_020)
  assert.equal(access(`${base} request_time=60.020, status=101`).durationMs, 60_020)
  assert.equal(access(base).durationMs, undefined)
})

test('the default formats of ingress-nginx and Traefik are read', () => {
  const base = '203.0.113.7 - - [20/Nov/2026:09:04:39 +0000] "GET /ws HTTP/1.1" 101 37 "-" "ua"'
  const ingress = access(`${base} 512 60.003 [default-app-80] [] 10.0.0.5:8000 37 60.001 101 3f2a`)
  assert.deepEqual(
    [ingress.durationMs, ingress.upstreamStatus, ingress.backend],
    [60_003, 101, '10.0.0.5:8000'],
  )
  const traefik = access(`${base} 17 "router@docker" "http://10.0.0.5:8000" 60012ms`)
  assert.equal(traefik.durationMs, 60_012)
})

test('an nginx error line says what was tried, to whom and why it failed', () => {
  const record = notice(
    '2026/11/20 09:06:03 [error] 17388#17388: *9 connect() failed (111: Connection refused) while connecting to upstream, client: 2001:db8::19, server: app.example, request: "GET /ws HTTP/1.1", upstream: "http://10.0.0.5:8000/ws", host: "app.example"',
  )
  assert.deepEqual(
    [record.sign, record.client, record.path, record.upstream, record.connection],
    ['connect-refused', '2001:db8::19', '/ws', 'http://10.0.0.5:8000/ws', '9'],
  )
})

test('a reset by the client is not laid at the backend’s door', () => {
  const line = (level: string) =>
    `2026/11/20 09:06:03 [${level}] 17388#17388: *9 recv() failed (104: Connection reset by peer) while proxying upgraded connection, client: 203.0.113.7, server: app.example, request: "GET /ws HTTP/1.1"`
  assert.equal(notice(line('error')).sign, 'tunnel-reset')
  assert.equal(notice(line('info')).sign, 'other')
})

test('HAProxy behind syslog without a year, in TCP mode, and error log', () => {
  const tail =
    '203.0.113.7:38215 [20/Nov/2026:11:19:49.200] fe bk/s1 0/0/0/600/60000 101 4921 - - cD-- 14/14/13/12/0 0/0 "GET /ws HTTP/1.1"'
  const http = access(`<134>Nov 20 11:20:49 lb1 haproxy[312]: ${tail}`)
  assert.deepEqual(
    [http.flags, http.durationMs, http.atMs],
    ['cD--', 60_000, Date.UTC(2026, 10, 20, 11, 20, 49, 200)],
  )
  const tcp = access('127.0.0.1:46438 [22/Nov/2026:21:41:03.006] f bk/s1 1/0/2006 129 cD 4/4/3/3/0 0/0')
  assert.deepEqual([tcp.flags, tcp.durationMs, tcp.status], ['cD', 2006, undefined])
  assert.equal(notice('Proxy f hard-stopped (4 remaining conns will be closed).').sign, 'stop')
  assert.equal(
    notice(
      '[WARNING]  (312) : Server bk/s1 is DOWN, reason: Layer4 connection problem, info: "Connection refused"',
    ).sign,
    'connect-refused',
  )
})

test('Apache’s and Caddy’s errors carry their client', () => {
  const apache = notice(
    '[Fri Nov 20 09:05:55.900002 2026] [proxy_http:error] [pid 18623:tid 18639] [client 203.0.113.47:45403] AH01114: HTTP: failed to make connection to backend: 10.0.0.5',
  )
  assert.deepEqual([apache.sign, apache.client, apache.clientPort], ['connect-failed', '203.0.113.47', 45403])
  const caddy = access(
    '{"level":"error","ts":1795165551.7,"logger":"http.log.error","msg":"dial tcp 10.0.0.5:8000: connect: connection refused","request":{"remote_ip":"203.0.113.46","remote_port":"46735","method":"GET","uri":"/ws","headers":{"Upgrade":["websocket"]}},"duration":0.006,"status":502}',
  )
  assert.deepEqual([caddy.status, caddy.upgrade, caddy.error?.slice(0, 8)], [502, true, 'dial tcp'])
})

test('uvicorn says who came and who was turned away', () => {
  const accepted = parseLine('INFO:     203.0.113.7:53422 - "WebSocket /ws" [accepted]')
  const refused = parseLine('INFO:     (\'203.0.113.7\', 53422) - "WebSocket /ws" 403')
  assert.ok(accepted?.kind === 'app' && accepted.event === 'accepted')
  assert.ok(refused?.kind === 'app' && refused.event === 'rejected' && refused.status === 403)
})

test('lines of other programs are nobody’s', () => {
  for (const line of [
    '',
    '   ',
    '2026-11-20 09:00:12.481 UTC [311] LOG:  duration: 1203.114 ms  statement: SELECT 1',
    'Traceback (most recent call last):',
    '  File "app/worker.py", line 88, in run',
    "INSERT INTO audit (at, what) VALUES (now(), 'websocket closed by user');",
    '{"level":"info","message":"hello"}',
    'null',
    '[1,2,3]',
  ]) {
    assert.equal(parseLine(line), undefined, line)
  }
})

function access(line: string): AccessRecord {
  const record = parseLine(line)
  assert.ok(record?.kind === 'access', line)
  return record
}

function notice(line: string): NoticeRecord {
  const record = parseLine(line)
  assert.ok(record?.kind === 'notice', line)
  return record
}
