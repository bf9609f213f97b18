import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createLogReader, finished, type LogSummary } from '#lib/logs/summary.ts'

function read(...lines: string[]): LogSummary {
  const reader = createLogReader()
  for (const line of lines) reader.read(line)
  return reader.summary()
}

const opens = (port: number, at = 'INFO:    ') => [
  `${at} 203.0.113.7:${port} - "WebSocket /ws/chat" [accepted]`,
  `${at} connection open`,
]
const gunicorn = (time: string) => `[2026-11-20 ${time} +0000] [812] [INFO]`

describe('uvicorn, which does not say whose connection was closed', () => {
  it('ends the one that is open, and knows its age', () => {
    const { connections } = read(
      ...opens(40_001, gunicorn('09:00:00')),
      `${gunicorn('09:01:00')} connection closed`,
    )
    assert.deepEqual(
      connections.map(({ outcome, ageMs, openedMs, closedMs, path }) => [
        outcome,
        ageMs ?? (closedMs ?? 0) - (openedMs ?? 0),
        path,
      ]),
      [['ended', 60_000, '/ws/chat']],
    )
  })

  it('ends one of several, whose age nobody knows', () => {
    const { connections } = read(
      ...opens(40_001, gunicorn('09:00:00')),
      ...opens(40_002, gunicorn('09:00:30')),
      `${gunicorn('09:01:00')} connection closed`,
      `${gunicorn('09:01:30')} connection closed`,
    )
    assert.deepEqual(
      connections.map(({ outcome, openedMs }) => [outcome, openedMs]),
      [
        ['ended', undefined],
        ['ended', undefined],
      ],
    )
  })

  it('leaves those open that nothing says ended', () => {
    const summary = read(...opens(40_001), ...opens(40_002), 'INFO:     connection closed')
    assert.equal(finished(summary).length, 1)
    assert.equal(summary.connections.length, 2)
  })

  it('takes the end of a refused one for no other', () => {
    const summary = read(
      ...opens(40_001),
      'INFO:     203.0.113.8:40002 - "WebSocket /ws/chat" 403',
      'INFO:     connection rejected (403 Forbidden)',
      'INFO:     connection closed',
    )
    assert.deepEqual(summary.connections.map(({ outcome, status }) => [outcome, status]).toSorted(), [
      ['open', undefined],
      ['refused', 403],
    ])
  })

  it('counts one whose handler failed before it accepted as answered 500', () => {
    const summary = read('INFO:     connection open', 'INFO:     connection closed')
    assert.deepEqual(Object.fromEntries(summary.statuses), { 500: 1 })
    assert.equal(summary.connections.length, 1)
  })

  it('tells clients behind a trusted proxy apart, where every port is 0', () => {
    const summary = read(
      `INFO:     ('203.0.113.7', 0) - "WebSocket /ws" [accepted]`,
      `INFO:     ('203.0.113.7', 0) - "WebSocket /ws" [accepted]`,
    )
    assert.equal(summary.connections.length, 2)
  })
})

describe('Action Cable, which names address and path and no connection', () => {
  const tag = 'I, [2026-11-20T09:00:00.123456 #812]  INFO -- : [4f7c] '
  const at = (time: string) => `for 203.0.113.7 at 2026-11-20 ${time} +0000`

  it('joins Started and Finished', () => {
    const { connections } = read(
      `${tag}Started GET "/cable" [WebSocket] ${at('09:00:00')}`,
      `${tag}Successfully upgraded to WebSocket (REQUEST_METHOD: GET, HTTP_CONNECTION: Upgrade, HTTP_UPGRADE: websocket)`,
      `${tag}Finished "/cable" [WebSocket] ${at('09:01:00')}`,
    )
    assert.deepEqual(
      connections.map(({ outcome, openedMs = 0, closedMs = 0 }) => [outcome, closedMs - openedMs]),
      [['ended', 60_000]],
    )
  })

  it('counts a refusal once, with the reason that comes first', () => {
    const { connections } = read(
      `${tag}Started GET "/cable" [WebSocket] ${at('09:00:00')}`,
      `${tag}Request origin not allowed: https://app.example`,
      `${tag}Failed to upgrade to WebSocket (REQUEST_METHOD: GET, HTTP_CONNECTION: Upgrade, HTTP_UPGRADE: websocket)`,
      `${tag}Finished "/cable" [WebSocket] ${at('09:00:00')}`,
    )
    assert.deepEqual(
      connections.map(({ outcome, status, origin, reason }) => [outcome, status, origin, reason]),
      [['refused', 404, 'https://app.example', 'Request origin not allowed: https://app.example']],
    )
  })
})

it('Phoenix refuses six clients in one second, and names none', () => {
  const summary = read(
    ...Array.from(
      { length: 6 },
      () => '09:00:00.123 [info] REFUSED CONNECTION TO ChatWeb.UserSocket in 45µs',
    ),
  )
  assert.deepEqual(Object.fromEntries(summary.statuses), { 403: 6 })
})

it('daphne says when one ended, and whose', () => {
  const line = (time: string, verb: string) =>
    `203.0.113.7:40001 - - [20/Nov/2026:${time}] "WS${verb} /ws/chat" - -`
  const { connections } = read(
    line('09:00:00', 'CONNECTING'),
    line('09:00:00', 'CONNECT'),
    line('09:01:00', 'DISCONNECT'),
  )
  assert.deepEqual(
    connections.map(({ outcome, openedMs = 0, closedMs = 0 }) => [outcome, closedMs - openedMs]),
    [['ended', 60_000]],
  )
  const refused = read(
    line('09:00:00', 'CONNECTING'),
    line('09:00:00', 'REJECT'),
    line('09:00:00', 'DISCONNECT'),
  )
  assert.deepEqual(
    refused.connections.map(({ outcome, status }) => [outcome, status]),
    [['refused', 403]],
  )
})

describe('Caddy, which writes a failed request into two logs', () => {
  const request = (port: number) =>
    `"request":{"remote_ip":"203.0.113.7","remote_port":"${port}","proto":"HTTP/1.1","method":"GET","uri":"/ws","headers":{"Upgrade":["websocket"]}}`
  const error = (port: number) =>
    `{"level":"error","ts":1795165500.12,"logger":"http.log.error.log0","msg":"dial tcp 10.0.0.4:8080: connect: connection refused",${request(port)},"duration":0.001,"status":502}`
  const access = (port: number) =>
    `{"level":"error","ts":1795165500.13,"logger":"http.log.access.log0","msg":"handled request",${request(port)},"duration":0.002,"size":0,"status":502}`

  it('has one connection for both lines, in either order', () => {
    for (const lines of [
      [error(1), access(1)],
      [access(1), error(1)],
      [error(1), error(2), access(1), access(2)],
    ])
      assert.equal(read(...lines).connections.length, lines.length / 2)
  })

  it('has two for two requests of one connection', () => {
    assert.equal(read(error(1), access(1), error(1), access(1)).connections.length, 2)
    assert.equal(read(access(1), access(1)).connections.length, 2)
  })
})
