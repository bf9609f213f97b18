import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collectConnections } from '#lib/logs/connections.ts'
import { parseLine } from '#lib/logs/line.ts'
import { createLogReader, finished, type LogSummary } from '#lib/logs/summary.ts'
import { troubleOf } from '#lib/logs/trouble.ts'

function read(...lines: string[]): LogSummary {
  const reader = createLogReader()
  for (const line of lines) reader.read(line)
  return reader.summary()
}

const access = (
  second: string,
  status: number,
  tail = 'rt=60.020 us=101 cs=OK up=websocket',
  client = '203.0.113.7',
) => `${client} - - [20/Nov/2026:09:06:${second} +0000] "GET /ws HTTP/1.1" ${status} 37 "-" "ua" ${tail}`
const timedOut = (time: string) =>
  `2026/11/20 ${time} [info] 1#1: *9 upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 203.0.113.7, server: a, request: "GET /ws HTTP/1.1", upstream: "http://b/ws", host: "a"`
const own = (kind: string, at: number, fields: object = {}) =>
  JSON.stringify({
    id: 'x',
    at: 1_795_165_500 + at,
    instance: 'i',
    kind,
    client_id: 'c1',
    endpoint: '/ws',
    ...fields,
  })
const disconnected = (at: number, fields: object = {}) =>
  own('disconnected', at, {
    close_code: 1006,
    reason: '',
    duration_ms: 60_020,
    initiator: 'network',
    pings: 0,
    pongs: 0,
    ...fields,
  })

test('access line, error line and the server’s events about one connection are one', () => {
  const { connections } = read(
    access('03', 101),
    timedOut('09:06:03'),
    own('attempt', 3, { address: '10.0.0.2', forwarded_for: '203.0.113.7' }),
    own('accepted', 3),
    disconnected(63.02),
  )
  assert.equal(connections.length, 1)
  const [connection] = connections
  assert.deepEqual(connection?.formats, ['nginx-access', 'nginx-error', 'why1006-json'])
  assert.deepEqual([connection?.code, connection?.status, connection?.ageMs], [1006, 101, 60_020])
})

test('of connections of one client that ended together each has an error line of its own', () => {
  const lines = ['03', '03', '04', '03'].flatMap((second, at) => [
    access(second, 101),
    timedOut(`09:06:${second}`).replace('*9', `*${at}`),
  ])
  const { connections, troubles } = read(...lines)
  assert.equal(connections.length, 4)
  assert.deepEqual(
    connections.map(({ notices }) => notices?.length),
    [1, 1, 1, 1],
  )
  assert.deepEqual(
    troubles.map(({ trouble, connections: those }) => [trouble.kind, those.length]),
    [['cut', 4]],
  )
  // A second line of the same connection has no other to go to.
  const more = read(access('03', 101), timedOut('09:06:03'), timedOut('09:06:03'))
  assert.deepEqual([more.connections.length, more.connections[0]?.notices?.length], [1, 2])
})

test('an error line goes to the path, the port and the connection that it names, whatever ended nearer', () => {
  const withPath = (path: string, second: string) => access(second, 101).replace('GET /ws ', `GET ${path} `)
  const { connections } = read(
    withPath('/ws/a', '03'),
    withPath('/ws/b', '04'),
    timedOut('09:06:03').replace('GET /ws ', 'GET /ws/b '),
  )
  assert.deepEqual(
    connections.map(({ path, notices }) => [path, notices?.length]),
    [
      ['/ws/a', undefined],
      ['/ws/b', 1],
    ],
  )
})

test('of what both ends saw of a restart, those of one age are one', () => {
  const ages = [12, 600, 61, 3600, 59, 1, 25]
  const proxy = ages.map((age) => access('03', 101, `rt=${age}.000 up=websocket`))
  const server = ages.toReversed().map((age, at) =>
    own('disconnected', 63 + at / 10, {
      client_id: `c-${age}`,
      close_code: 1006,
      reason: '',
      duration_ms: age * 1000 + 40,
      initiator: 'network',
      pings: 0,
      pongs: 0,
    }),
  )
  const { connections } = read(...proxy, ...server)
  assert.deepEqual(
    connections.map(({ clientId }) => clientId),
    ages.map((age) => `c-${age}`),
  )
})

test('an error log in local time is matched through the zone of the access log', () => {
  const { connections } = read(access('03', 101).replace('+0000', '+0200'), timedOut('09:06:03'))
  assert.equal(connections.length, 1)
})

test('the same moment with another client or another age is another connection', () => {
  const other = read(access('03', 101), disconnected(63, { duration_ms: 12_000 }))
  assert.equal(other.connections.length, 2)
  const twoClients = read(access('03', 101), access('03', 101, 'rt=60.020 up=websocket', '203.0.113.8'))
  assert.equal(twoClients.connections.length, 2)
})

test('a failed GET counts as a handshake where others were upgraded on the same path', () => {
  const combined = (status: number, path: string) =>
    `203.0.113.7 - - [20/Nov/2026:09:06:03 +0000] "GET ${path} HTTP/1.1" ${status} 37 "-" "ua"`
  assert.equal(finished(read(combined(101, '/live-feed'), combined(502, '/live-feed?x=1'))).length, 2)
  assert.equal(finished(read(combined(101, '/live-feed'), combined(404, '/robots.txt'))).length, 1)
  assert.equal(finished(read(combined(200, '/ws'))).length, 0)
})

test('a client that is still connected has not ended', () => {
  const summary = read(own('attempt', 0), own('accepted', 0))
  assert.deepEqual([summary.connections.length, finished(summary).length], [1, 0])
})

test('files in the wrong order give the same connection', () => {
  const [connection, ...more] = read(disconnected(60.02), own('attempt', 0), own('accepted', 0)).connections
  assert.deepEqual(more, [])
  assert.equal(connection?.outcome, 'ended')
})

test('an id that is used again later is another connection', () => {
  const lines = [own('accepted', 0), disconnected(60.02), own('accepted', 300), disconnected(360.02)]
  assert.equal(finished(read(...lines)).length, 2)
})

test('the silence is unknown while pings went unrecorded', () => {
  const traffic = own('traffic', 10, { messages_in: 1, messages_out: 1, bytes_in: 1, bytes_out: 1 })
  const [silent] = read(own('accepted', 0), traffic, disconnected(60)).connections
  assert.equal(silent?.lastByteMs, 1_795_165_510_000)
  const [pinged] = read(own('accepted', 0), traffic, disconnected(60, { pings: 1 })).connections
  assert.equal(pinged?.lastByteMs, undefined)
})

test('an orderly end is no trouble, and each other end has its own', () => {
  const kinds = (...lines: string[]) =>
    read(...lines).connections.map((connection) => troubleOf(connection).kind)
  assert.deepEqual(kinds(disconnected(60, { close_code: 1000, initiator: 'client' })), ['none'])
  assert.deepEqual(kinds(disconnected(60, { close_code: 1001, initiator: 'client' })), ['none'])
  assert.deepEqual(kinds(disconnected(60, { close_code: 1001, initiator: 'server' })), ['closed'])
  assert.deepEqual(kinds(disconnected(60)), ['lost'])
  assert.deepEqual(kinds(own('pong_timeout', 60), disconnected(60)), ['pong-timeout'])
  assert.deepEqual(kinds(access('03', 403)), ['refused'])
  assert.deepEqual(kinds(access('03', 101)), ['unsaid'])
  assert.deepEqual(kinds(access('03', 101, 'rt=3.1 us=101 cs= up=websocket')), ['cut'])
  assert.deepEqual(kinds(timedOut('09:06:03')), ['cut'])
})

/** Connections of many ages, each told by the proxy, in its error log and by the server, one every second. */
const crowd = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => {
    const at = from + index
    const time = new Date(Date.UTC(2026, 10, 20, 9) + at * 1000).toISOString()
    const [day, clock] = [time.slice(0, 10).replaceAll('-', '/'), time.slice(11, 19)]
    const client = `203.0.113.${at % 200}`
    const seconds = 60 + (at % 7) / 1000
    const request = 'request: "GET /ws HTTP/1.1", upstream: "http://b/ws", host: "a"'
    return [
      `${client} - - [20/Nov/2026:${clock} +0000] "GET /ws HTTP/1.1" 101 37 "-" "ua" rt=${seconds.toFixed(3)} up=websocket`,
      `${day} ${clock} [info] 1#1: *${at} upstream timed out (110: Connection timed out) while proxying upgraded connection, client: ${client}, server: a, ${request}`,
      JSON.stringify({
        id: 'x',
        at: Date.parse(time) / 1000,
        instance: 'i',
        kind: 'disconnected',
        client_id: `c${at}`,
        endpoint: '/ws',
        close_code: 1006,
        reason: '',
        duration_ms: seconds * 1000,
        initiator: 'network',
        pings: 0,
        pongs: 0,
      }),
    ]
  }).flat()

function collect(lines: readonly string[], most: number) {
  const collector = collectConnections({ most })
  for (const line of lines) {
    const record = parseLine(line)
    if (record !== undefined) collector.add(record, line)
  }
  return collector
}

test('beyond the bound the oldest are settled: joined as the others, and counted in everything', () => {
  const { list, totals } = collect(crowd(0, 1000), 100).read()
  assert.deepEqual([totals.ended, totals.refused, totals.open], [1000, 0, 0])
  assert.deepEqual([...totals.codes], [[1006, 1000]])
  const [trouble, ...others] = totals.troubles()
  assert.deepEqual(
    [trouble?.trouble, trouble?.count, others.length],
    [{ kind: 'cut', mark: 'tunnel-timed-out' }, 1000, 0],
  )
  assert.deepEqual(trouble?.picture.known, { ages: 1000, silences: 0, ends: 1000 })
  assert.ok(list.every(({ formats }) => formats.length === 3))
})

test('parts that were collected apart tell together what the whole tells', () => {
  for (const most of [100, 10_000]) {
    const whole = collect(crowd(0, 1000), most).read()
    const collector = collectConnections({ most })
    for (let from = 0; from < 1000; from += 250)
      collector.absorb(structuredClone(collect(crowd(from, from + 250), most).data()))
    const { totals } = collector.read()
    assert.equal(totals.ended, 1000)
    assert.deepEqual(totals.troubles()[0]?.picture, whole.totals.troubles()[0]?.picture)
  }
})

test('what is open at the end of one part is ended in the next', () => {
  const collector = collectConnections()
  const parts = [
    [own('attempt', 3, { address: '10.0.0.2' }), own('accepted', 3), own('traffic', 50)],
    [disconnected(63.02)],
  ]
  for (const lines of parts) collector.absorb(structuredClone(collect(lines, 100).data()))
  const { list } = collector.read()
  assert.equal(list.length, 1)
  assert.deepEqual([list[0]?.outcome, list[0]?.code, list[0]?.client], ['ended', 1006, '10.0.0.2'])
  assert.equal((list[0]?.closedMs ?? 0) - (list[0]?.openedMs ?? 0), 60_020)
})

test('a stale error line about the same client joins nothing', () => {
  assert.equal(read(access('03', 101), timedOut('08:06:03')).connections.length, 2)
})
