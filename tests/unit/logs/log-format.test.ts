import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseLine } from '#lib/logs/line.ts'
import { parserOfFormat, parsersOfConfig } from '#lib/logs/log-format.ts'
import { timed } from '#tests/unit/processor-time.ts'

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

test('a format may be quoted either way, in any number of pieces, and say how it escapes', () => {
  const of = (text: string) => parsersOfConfig(text).length
  assert.equal(of(`log_format a escape=default "$status " '$request';`), 1)
  assert.equal(of(`log_format a '$status $request'`), 0, 'no semicolon')
  assert.equal(of(`log_format a $status;`), 0, 'no quotes')
  assert.equal(of(`# log_format isn't easy\nlog_format a '$status $request';`), 1)
  assert.equal(of(`log_format a '$status log_format b '$request;\nlog_format c '$status $request';`), 1)
})

test('values may be quoted within the format, escaped for JSON, or lists of what was tried', () => {
  const [parse] = parsersOfConfig(
    `log_format j escape=json '{"st":"$status","u":"$request_uri","us":"$upstream_status","t":$request_time,"up":"$http_upgrade"}';`,
  )
  assert.partialDeepStrictEqual(
    parse?.('{"st":"101","u":"/ws","us":"502, 101","t":60.012,"up":"websocket"}', { year: 2026 }) ?? {},
    { status: 101, path: '/ws', upstreamStatus: 101, durationMs: 60_012, upgrade: true },
  )
  const [quoted] = parsersOfConfig(String.raw`log_format q "\"$request\" -> $upstream_status $status";`)
  assert.partialDeepStrictEqual(quoted?.('"GET /ws HTTP/1.1" -> 502, 504 : 503 503', { year: 2026 }) ?? {}, {
    path: '/ws',
    upstreamStatus: 503,
    status: 503,
  })
})

test('the ConfigMap of ingress-nginx holds one as well', () => {
  const of = (text: string) => {
    const [parse] = parsersOfConfig(text)
    return parse?.('101 /ws 60.012', { year: 2026 })
  }
  const says = { status: 101, path: '/ws', durationMs: 60_012 }
  for (const text of [
    'data:\n  log-format-upstream: $status $request_uri $request_time\n',
    `data:\n  log-format-upstream: '$status $request_uri $request_time'\n`,
    'data:\n  log-format-upstream: >-\n    $status $request_uri\n    $request_time\n  other: 1\n',
  ])
    assert.partialDeepStrictEqual(of(text) ?? {}, says, text)
})

test('what begins formats without end is read once', () => {
  for (const unit of [
    `log_format\t'\t';`,
    'log_format a ',
    `log_format a '`,
    `log_format a "'`,
    `log_format a 'b' `,
  ]) {
    const { tookMs } = timed(() => parsersOfConfig(unit.repeat(1_000_000 / unit.length)))
    assert.ok(tookMs < 2000, `${unit} took ${tookMs} ms`)
  }
  const { tookMs } = timed(() => parsersOfConfig(`log_format a ${' '.repeat(1_000_000)}`))
  assert.ok(tookMs < 2000, `${tookMs} ms`)
})
