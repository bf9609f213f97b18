import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseLine } from '#lib/logs/line.ts'
import type { AccessRecord, AppRecord } from '#lib/logs/record.ts'

describe('Envoy', () => {
  const common = '"198.51.100.4" "agent/1" "b1a2" "chat.test" "10.0.0.4:80"'

  it('reads a tunnel of the default format: it began at the stamp and ended after its duration', () => {
    const line = `[2026-05-14T13:46:40.100Z] "GET /ws HTTP/1.1" 101 SI 20 60 300010 - ${common}`
    const record = parseLine(line) as AccessRecord
    assert.equal(record.format, 'envoy')
    assert.equal(record.status, 101)
    assert.equal(record.durationMs, 300_010)
    assert.equal(record.atMs, Date.UTC(2026, 4, 14, 13, 46, 40, 100) + 300_010)
    assert.equal(record.responseFlags, 'SI')
    assert.equal(record.client, '198.51.100.4')
  })

  it('reads Istio’s details, and that Envoy answered by itself', () => {
    const line = `[2026-05-14T13:46:40.100Z] "GET /ws HTTP/1.1" 403 - upgrade_failed - "-" 0 0 0 - ${common} - -`
    const record = parseLine(line) as AccessRecord
    assert.equal(record.detail, 'upgrade_failed')
    assert.equal(record.upstreamStatus, null)
  })

  it('reads a backend that was not reached as one', () => {
    const line = `[2026-05-14T13:46:40.100Z] "GET /ws HTTP/1.1" 503 UF upstream_reset_before_response_started{connection_failure} - "delayed_connect_error:_111" 0 91 12 - ${common}`
    const record = parseLine(line) as AccessRecord
    assert.equal(record.upstreamConnectMs, null)
    assert.equal(record.responseFlags, 'UF')
  })

  it('reads the same from JSON', () => {
    const line = JSON.stringify({
      start_time: '2026-05-14T13:46:40.100Z',
      method: 'GET',
      path: '/ws',
      protocol: 'HTTP/1.1',
      response_code: 503,
      response_flags: 'UH',
      response_code_details: 'no_healthy_upstream',
      bytes_sent: 19,
      duration: 0,
      x_forwarded_for: '198.51.100.4,10.0.0.1',
    })
    const record = parseLine(line) as AccessRecord
    assert.deepEqual(
      [record.status, record.detail, record.client],
      [503, 'no_healthy_upstream', '198.51.100.4'],
    )
    assert.equal(record.upstreamConnectMs, null)
  })
})

describe('Traefik', () => {
  it('counts in nanoseconds, and knows a backend that did not answer', () => {
    const line = JSON.stringify({
      ClientHost: '198.51.100.4',
      ClientPort: '51220',
      DownstreamStatus: 101,
      Duration: 2_020_000_000,
      OriginStatus: 0,
      RequestMethod: 'GET',
      RequestPath: '/live',
      ServiceAddr: '10.0.0.4:80',
      StartUTC: '2026-04-11T01:46:40.5Z',
    })
    const record = parseLine(line) as AccessRecord
    assert.equal(record.durationMs, 2020)
    assert.equal(record.clientPort, 51_220)
    assert.equal(record.upstreamStatus, null)
  })

  it('writes its unit at the end of a common line', () => {
    const line =
      '198.51.100.4 - - [11/Apr/2026:01:46:40 +0000] "GET /live HTTP/1.1" 101 0 "-" "-" 171 "app@docker" "http://10.0.0.4:80" 2001ms'
    const record = parseLine(line) as AccessRecord
    assert.deepEqual([record.format, record.durationMs], ['traefik', 2001])
  })
})

describe('Django', () => {
  it('knows one connection by its address and port', () => {
    const rejected = parseLine('WebSocket REJECT /ws/echo/ [172.20.0.1:51624]') as AppRecord
    assert.deepEqual(
      [rejected.event, rejected.clientId, rejected.status],
      ['rejected', '172.20.0.1:51624', 403],
    )
    const stamped = parseLine(
      '172.20.0.1:57338 - - [17/Oct/2026:12:18:04] "WSREJECT /ws/echo/" - -',
    ) as AppRecord
    assert.equal(stamped.event, 'rejected')
    assert.equal(stamped.atMs, Date.UTC(2026, 9, 17, 12, 18, 4))
  })

  it('answers a WebSocket as plain HTTP where Channels is not in charge', () => {
    const record = parseLine('[19/Nov/2026 13:01:19] "GET /ws/chat/ HTTP/1.1" 404 2221') as AccessRecord
    assert.deepEqual([record.format, record.status, record.path], ['django', 404, '/ws/chat/'])
  })
})

describe('an AWS load balancer and IIS', () => {
  it('write one line of a WebSocket, when it ended', () => {
    const alb = parseLine(
      'wss 2026-07-02T22:24:00.186641Z app/front/50dc6c495c0c9188 203.0.113.9:40914 10.0.1.192:8010 0.001 0.003 0.000 101 101 218 786 "GET https://app.example:443/ws HTTP/1.1" "-" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/73e2 "Root=1-58337364" "app.example" "-" 1 2026-07-02T22:23:00.186641Z "forward" "-" "-" "10.0.1.192:8010" "101" "-" "-"',
    ) as AccessRecord
    assert.deepEqual(
      [alb.format, alb.status, alb.path, alb.durationMs, alb.upstreamStatus],
      ['aws-alb', 101, '/ws', 60_000, 101],
    )
    const iis = parseLine(
      '2026-03-01 10:01:00 10.0.0.4 GET /hub id=abc 443 - 203.0.113.9 Mozilla/5.0+(X11) - 101 0 64 60015',
    ) as AccessRecord
    assert.deepEqual([iis.format, iis.status, iis.path, iis.durationMs], ['iis', 101, '/hub?id=abc', 60_015])
  })
})

describe('envelopes', () => {
  const inner = 'WebSocket REJECT /ws/ [172.20.0.1:5]'
  for (const line of [
    `web-1  | ${inner}`,
    `10:22:01 web.1    | ${inner}`,
    `[pod/web-5d8/app] ${inner}`,
    JSON.stringify({ log: `${inner}\n`, stream: 'stdout', time: '2026-04-11T01:46:40.5Z' }),
    `2026-04-11T01:46:40.500000000Z stdout F ${inner}`,
    `Apr 11 01:46:40 host web[12]: ${inner}`,
    `2026-04-11T01:46:40+0200 host web[12]: ${inner}`,
    `2026-04-11T01:46:40.123456+00:00 app[web.1]: ${inner}`,
    `0|web   | ${inner}`,
    `web │ ${inner}`,
    `web-7c9f8d5b6c-x2x9z web ${inner}`,
    `[0] {"log":"${inner}\\n","stream":"stdout","time":"2026-04-11T01:46:40.5Z"}`,
  ])
    it(line.slice(0, 40), () => assert.equal((parseLine(line) as AppRecord).event, 'rejected'))
})
