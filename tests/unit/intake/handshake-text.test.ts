import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'

const KEY = 'AQIDBAUGBwgJCgsMDQ4PEA=='
const ACCEPT = 'C/0nmHhBztSRGR1CwL6Tf4ZjwpY='
const OTHER = 'HSmrc0sMlYUkAGmm5OPpG2HaGWk='

const command = (key: string) => [
  '$ curl -i -N --http1.1 \\',
  '    -H "Connection: Upgrade" -H "Upgrade: websocket" \\',
  `    -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: ${key}' \\`,
  '    https://app.example/ws',
]
const answer = (accept: string) => [
  'HTTP/1.1 101 Switching Protocols',
  'Connection: upgrade',
  'Upgrade: websocket',
  `Sec-WebSocket-Accept: ${accept}`,
  '',
]
const sent = (key: string) => [
  'GET /ws HTTP/1.1',
  'Host: app.example',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${key}`,
  '',
]
const verbose = (key: string, accept: string) => [
  '* Connected to app.example (192.0.2.9) port 80',
  ...sent(key).map((line) => `> ${line}`),
  ...answer(accept).map((line) => `< ${line}`),
]

const judged = (...lines: string[]) => {
  const { report } = readAndJudge({ files: [{ file: 'paste', text: `${lines.join('\n')}\n` }] })
  return { outcome: report.outcome, first: report.verdicts[0] }
}

const forms: Record<string, (key: string, accept: string) => string[]> = {
  'curl -v': verbose,
  'curl -i, whose command has the key': (key, accept) => [...command(key), ...answer(accept)],
  'two messages as they were sent': (key, accept) => [...sent(key), ...answer(accept)],
}

describe('a handshake that somebody made by hand', () => {
  for (const [name, written] of Object.entries(forms)) {
    it(`is healthy where the accept value belongs to the key: ${name}`, () => {
      assert.equal(judged(...written(KEY, ACCEPT)).outcome, 'healthy')
      assert.equal(judged(...written(KEY, ACCEPT), '^C').outcome, 'healthy')
    })

    it(`is refused by a client where it does not: ${name}`, () => {
      const { first } = judged(...written(KEY, OTHER))
      assert.equal(first?.cause, 'invalid-handshake-response')
      assert.equal(first?.certainty, 'proven')
    })

    it(`says neither where the key was replaced: ${name}`, () => {
      assert.equal(judged(...written('…', OTHER)).outcome, 'undetermined')
      assert.equal(judged(...written('REDACTED', ACCEPT)).outcome, 'undetermined')
    })
  }

  it('is not healthy beside anything that may tell more', () => {
    for (const more of ['the browser fails all the same', 'WebSocket closed with code 1006']) {
      assert.notEqual(judged(...verbose(KEY, ACCEPT), '', more).outcome, 'healthy')
    }
  })

  it('is healthy until curl’s own limit, and not where the connection was reset', () => {
    const limit = 'curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received'
    assert.equal(judged(...verbose(KEY, ACCEPT), limit).outcome, 'healthy')
    assert.notEqual(
      judged(...verbose(KEY, ACCEPT), 'curl: (56) Recv failure: Connection reset by peer').outcome,
      'healthy',
    )
  })

  it('takes no answer for that of a command far above', () => {
    const between = Array.from({ length: 12 }, (_, at) => `note ${at}`)
    assert.notEqual(
      judged(...command(KEY), ...between, ...answer(OTHER)).first?.cause,
      'invalid-handshake-response',
    )
  })

  it('is read where a program’s log begins each of its lines, whatever the time in it', () => {
    const said = ['HTTP/1.1 502 Bad Gateway', 'Server: nginx', 'Content-Length: 157', 'Connection: close']
    const asked = sent(KEY).slice(0, -1)
    const logs = [
      [...asked.map((line) => `DEBUG:chat:> ${line}`), ...said.map((line) => `DEBUG:chat:< ${line}`)],
      said.map((line, at) => `09:10:1${at}.${at}42 > [Feed][head] RX: ${line}`),
    ]
    for (const lines of logs) {
      const { first, outcome } = judged(...lines)
      assert.equal(outcome, 'undetermined')
      assert.equal(first?.cause, 'backend-unreachable')
    }
  })

  it('is no 101 that a client refuses where an ESP prints what its answer lacks, and that is a 502', () => {
    const lacks = ['- cIsUpgrade: 0', '- cIsWebsocket: 0'].map((line) => `[WS-Client][handleHeader]  ${line}`)
    const refused = [...lacks, '[WS-Client][handleHeader] no Websocket connection close.']
    for (const lines of [refused, ['[WS-Client][handleHeader]  - cCode: 502', ...refused]]) {
      assert.notEqual(judged(...lines).first?.certainty, 'proven')
    }
    const answered = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Server: Apache']
    const seen = answered.map((line) => `[WS-Client][handleHeader] RX: ${line}`)
    assert.equal(judged(...seen, ...refused).first?.cause, 'invalid-handshake-response')
  })
})

describe('a key that somebody typed', () => {
  const warned = (key: string) => {
    const text = [
      ...sent(key).filter((line) => line !== ''),
      '',
      'HTTP/1.1 400 Bad Request',
      'Content-Length: 0',
      '',
    ]
    const { report } = readAndJudge({ files: [{ file: 'paste', text: text.join('\n') }] })
    return report.warnings.map(({ id }) => id)
  }

  it('is warned of where it is not 16 bytes in base64', () => {
    assert.deepEqual(warned('SGVsbG8sIHdvcmxkIQ=='), ['bad-key'])
    assert.deepEqual(warned('test'), ['bad-key'])
  })

  it('is passed over where it is right, or was masked', () => {
    assert.deepEqual(warned(KEY), [])
    assert.deepEqual(warned('<redacted>'), [])
    assert.deepEqual(warned('xxxxxxxx'), [])
  })
})
