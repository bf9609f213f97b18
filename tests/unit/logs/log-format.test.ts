import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseLine } from '#lib/logs/line.ts'
import { parserOfFormat, parsersOfConfig } from '#lib/logs/log-format.ts'

const config = `
http {
  log_format tunnel '$time_iso8601|$remote_addr|$status|$request_time|'
                    '$request_method $request_uri|up:\${http_upgrade}';
  log_format json escape=json '{"status":"$status"}';
  log_format silly '$msec';
}`

test('a format of one’s own is read with the configuration that defines it', () => {
  const line = '2026-11-20T09:04:30+00:00|203.0.113.7|101|60.020|GET /ws|up:websocket'
  assert.equal(parseLine(line), undefined)
  const record = parseLine(line, { custom: parsersOfConfig(config) })
  assert.deepEqual(record, {
    kind: 'access',
    format: 'nginx-access',
    resolutionMs: 1000,
    atMs: Date.UTC(2026, 10, 20, 9, 4, 30),
    zoneMs: 0,
    client: '203.0.113.7',
    status: 101,
    durationMs: 60_020,
    method: 'GET',
    path: '/ws',
    upgrade: true,
  })
})

test('formats without a status or a request, and JSON formats, need no parser', () => {
  assert.equal(parsersOfConfig(config).length, 1)
  assert.equal(parserOfFormat('$status$request'), undefined)
})

test('a line of another format is not forced into it', () => {
  const [parse] = parsersOfConfig(config)
  assert.equal(parse?.('a|b|c', { year: 2026 }), undefined)
})

test('any configuration and any line are read without a fault', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 120 }),
      fc.string({ unit: 'binary-ascii', maxLength: 120 }),
      (format, line) => {
        for (const parse of parsersOfConfig(`log_format x '$status ${format} $request';`))
          parse(line, { year: 2026 })
      },
    ),
  )
})
