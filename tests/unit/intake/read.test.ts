import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { recognizedIn } from '#lib/intake/pieces.ts'
import { LONGEST_TEXT, readBrought } from '#lib/intake/read.ts'

function readPaste(text: string) {
  const { evidence, read } = readBrought([{ file: 'paste', text }])
  return {
    evidence,
    recognised: recognizedIn(read),
    unread: read.flatMap(({ unread }) => unread.map((line) => line.text)),
    unreadCount: read.reduce((sum, { unread_count }) => sum + unread_count, 0),
  }
}

const access =
  '203.0.113.7 - - [20/Nov/2026:09:04:39 +0000] "GET /ws HTTP/1.1" 403 0 "-" "ua" rt=0.060 us=- up=websocket'
const console =
  "WebSocket connection to 'wss://app.example/ws' failed: Error during WebSocket handshake: Unexpected response code: 403"

test('log lines and console messages of one paste go to their readers', () => {
  const reading = readPaste(`${console}\n${access}\n`)
  assert.deepEqual(reading.recognised, ['1 log line', '1 console message'])
  assert.deepEqual(reading.evidence.proxy?.access_log, [access])
  assert.deepEqual(reading.evidence.browser?.console, [console])
  assert.equal(diagnose(reading.evidence).verdicts[0]?.cause, 'forbidden')
})

test('a line that accuses nobody still settles what the page saw', () => {
  const tunnel = access.replace('" 403 0', '" 101 37').replace('rt=0.060 us=-', 'rt=60.010 us=101 cs=')
  const { evidence } = readPaste(tunnel.replace('cs=', 'cs=OK'))
  assert.equal(evidence.proxy?.access_log?.length, 1)
  assert.equal(diagnose(evidence).outcome, 'undetermined')
})

test('an evidence document is taken as it is', () => {
  const evidence = { browser: { console: [console] } }
  assert.deepEqual(readPaste(JSON.stringify({ evidence })).evidence, evidence)
})

test('an nginx configuration becomes the proxy’s', () => {
  const { evidence, recognised } = readPaste(
    'server {\n  listen 80;\n  location /ws { proxy_pass http://b; }\n}',
  )
  assert.equal(evidence.proxy?.kind, 'nginx')
  assert.deepEqual(recognised, ['1 configuration'])
})

test('what nobody understands is said, and is no evidence', () => {
  const reading = readPaste('Dear support,\nit does not work.\n')
  assert.deepEqual(reading.evidence, {})
  assert.deepEqual(reading.recognised, [])
  assert.deepEqual(reading.unread, ['Dear support,', 'it does not work.'])
  assert.equal(reading.unreadCount, 2)
})

test('the address in a line of code is what the program connects to', () => {
  for (const line of [
    "const ws = new WebSocket('wss://app.example/live')",
    'async with websockets.connect("wss://app.example/live") as ws:',
    'await client.ConnectAsync(new Uri("wss://app.example/live"), token);',
  ]) {
    assert.equal(readPaste(`${line}\n`).evidence.target?.url, 'wss://app.example/live', line)
  }
})

test('an error that does not name where it connected has it from the line above', () => {
  const { evidence } = readPaste(
    'connecting to: 127.0.0.1:5999\nhandler exception: [Errno 111] Connection refused\n',
  )
  const [first] = diagnose(evidence).verdicts
  assert.match(JSON.stringify(first?.because), /5999/)
})

test('a greeting beside what was understood is no unread line', () => {
  assert.deepEqual(readPaste(`Dear support,\n${console}\nit does not work.\n`).unread, ['it does not work.'])
})

test('any paste is read without a fault', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 80 }),
    fc.constantFrom(access, console, '{', '{"server":3}', 'server {'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      diagnose(readPaste(pieces.join('\n')).evidence)
    }),
  )
  assert.ok(LONGEST_TEXT > 0)
})

test('beside a line that speaks of a failure and that nobody understood, nothing is healthy', () => {
  const life = '12:00:00 ws open\n12:00:41 ws closed: code=1000\n'
  const strange = '12:00:07 ERROR flux capacitor of client 7 failed\n'
  const judged = (text: string) => diagnose(readBrought([{ file: 'paste', text }]).evidence)
  assert.notEqual(judged(life + strange).outcome, 'healthy')
  assert.match(
    judged(life + strange)
      .warnings.map(({ says }) => says)
      .join(),
    /flux capacitor/,
  )
})
