import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseLine } from '#lib/logs/line.ts'
import type { AccessRecord } from '#lib/logs/record.ts'

const LINES: readonly [string, string, Partial<AccessRecord>][] = [
  [
    'Gin',
    '[GIN] 2026/05/14 - 13:46:40 | 101 |        1m0.004s |    198.51.100.4 | GET      "/feed?room=4"',
    { status: 101, path: '/feed?room=4', client: '198.51.100.4', durationMs: 60_004 },
  ],
  [
    'Fiber',
    '13:46:40 | 426 |     13.1µs |   198.51.100.4 | GET     | /feed | -',
    { status: 426, path: '/feed', client: '198.51.100.4' },
  ],
  [
    'chi',
    '2026/05/14 13:46:40 "GET http://127.0.0.1:8080/feed HTTP/1.1" from 127.0.0.1:51220 - 403 10B in 81.2µs',
    { status: 403, path: '/feed', client: '127.0.0.1' },
  ],
  ['morgan, dev', 'GET /feed 404 3.127 ms - 164', { status: 404, path: '/feed', durationMs: 3.127 }],
  ['morgan, tiny', 'GET /feed 404 164 - 3.127 ms', { status: 404, path: '/feed', durationMs: 3.127 }],
  [
    'Kestrel',
    '      Request finished HTTP/1.1 GET http://127.0.0.1:5000/hub?id=4 - 101 - - 60012.5ms',
    { status: 101, path: '/hub?id=4', durationMs: 60_012.5 },
  ],
  [
    'tower-http',
    'request{method=GET uri=/feed version=HTTP/1.1}: tower_http::trace::on_response: finished processing request latency=4 ms status=426',
    { status: 426, path: '/feed', durationMs: 4 },
  ],
  [
    'names and values',
    't=2026-05-14T13:46:40+0000 lvl=info msg="Request Completed" method=GET path=/api/live/ws status=403 remote_addr=198.51.100.4 time_ms=0',
    { status: 403, path: '/api/live/ws', client: '198.51.100.4', atMs: Date.UTC(2026, 4, 14, 13, 46, 40) },
  ],
  [
    'pino',
    '{"level":30,"time":1778766400000,"req":{"id":4,"method":"GET","url":"/feed"},"res":{"statusCode":404},"responseTime":3,"msg":"request completed"}',
    { status: 404, path: '/feed', durationMs: 3, atMs: 1_778_766_400_000 },
  ],
]

describe('a web framework’s lines about requests', () => {
  for (const [name, line, wanted] of LINES) {
    it(name, () => {
      const record = parseLine(line) as AccessRecord
      assert.equal(record?.format, 'framework')
      assert.partialDeepStrictEqual(record, { kind: 'access', method: 'GET', ...wanted })
    })
  }

  it('leaves sentences that have a status in them to others', () => {
    assert.equal(parseLine('method=GET status=403 and nothing of a path'), undefined)
    assert.equal(parseLine('GET /feed failed with 404 after 3 ms'), undefined)
  })
})

it('an access line that was copied from its request on', () => {
  const record = parseLine('"GET /feed HTTP/1.1" 403 284 "-" "Mozilla/5.0"') as AccessRecord
  assert.partialDeepStrictEqual(record, { kind: 'access', status: 403, path: '/feed', bytes: 284 })
})
