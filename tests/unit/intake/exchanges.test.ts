import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { readBrought } from '#lib/intake/read.ts'

const KEY = 'AQIDBAUGBwgJCgsMDQ4PEA=='
const ACCEPT = 'C/0nmHhBztSRGR1CwL6Tf4ZjwpY='

const command = (url: string, ...more: string[]) => [
  `$ curl -i -N -H "Connection: Upgrade" -H "Upgrade: websocket" -H "Sec-WebSocket-Version: 13" -H "Sec-WebSocket-Key: ${KEY}" ${more.map((each) => `-H "${each}" `).join('')}${url}`,
]
const accepted = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${ACCEPT}`,
  '',
]
const refused = (status: string) => [`HTTP/1.1 ${status}`, 'Server: nginx/1.26.1', 'Content-Length: 0', '']
const moved = [
  'HTTP/1.1 308 Permanent Redirect',
  'Location: https://chat.example/live',
  'Content-Length: 0',
  '',
]

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`
const judged = (...lines: string[]) => {
  const { report, evidence } = readAndJudge({ text: text(lines) })
  return { outcome: report.outcome, first: report.verdicts[0], evidence }
}

describe('two answers in one paste', () => {
  const orders: [string, (a: string[], b: string[]) => string[]][] = [
    ['the one that failed last', (good, bad) => [...good, ...bad]],
    ['the one that failed first', (good, bad) => [...bad, ...good]],
  ]
  for (const [name, both] of orders) {
    it(`count as the one that failed and an experiment, ${name}`, () => {
      const direct = [...command('http://10.1.1.7:9000/live'), ...accepted]
      const proxied = [...command('https://chat.example/live'), ...refused('400 Bad Request')]
      const { outcome, first, evidence } = judged(...both(direct, proxied))
      assert.notEqual(outcome, 'healthy')
      assert.equal(first?.cause, 'upgrade-headers-stripped')
      assert.equal(first.certainty, 'likely')
      assert.equal(evidence.target?.url, 'wss://chat.example/live')
      assert.deepEqual(evidence.retries?.[0]?.vary, { url: 'ws://10.1.1.7:9000/live' })
    })
  }

  it('tell whether it is the Origin, by the commands or by the words above the second answer', () => {
    const url = 'https://chat.example/live'
    const byCommand = [
      ...command(url, 'Origin: https://shop.example'),
      ...refused('403 Forbidden'),
      ...command(url),
      ...accepted,
    ]
    const byWords = [...refused('403 Forbidden'), 'Without the Origin header:', ...accepted]
    for (const lines of [byCommand, byWords]) {
      const { first, evidence } = judged(...lines)
      assert.equal(first?.cause, 'origin-rejected')
      assert.deepEqual(evidence.retries?.[0]?.vary, { origin: null })
    }
  })

  it('leave open what two changes at once mean', () => {
    const lines = [
      ...command('https://chat.example/live', 'Origin: https://shop.example'),
      ...refused('403 Forbidden'),
      ...command('http://10.1.1.7:9000/live'),
      ...accepted,
    ]
    assert.equal(judged(...lines).evidence.retries, undefined)
    const withCookie = [
      ...command('https://chat.example/live'),
      ...refused('401 Unauthorized'),
      ...command('https://chat.example/live', 'Cookie: sid=1'),
      ...accepted,
    ]
    assert.equal(judged(...withCookie).evidence.retries, undefined)
    assert.equal(judged(...withCookie).first?.cause, 'authentication-required')
  })

  it('are a redirect and what is behind it, which no client of a WebSocket sees', () => {
    const followed = judged(...command('http://chat.example/live'), ...moved, ...accepted)
    assert.equal(followed.first?.cause, 'redirected')
    assert.equal(followed.evidence.retries?.[0]?.vary.location, 'wss://chat.example/live')
    assert.equal(followed.evidence.retries[0].status, 101)
  })

  it('are told apart in the output of curl -v -L', () => {
    const asked = (host: string) => [
      '* Connected to chat.example (192.0.2.9) port 80',
      ...['GET /live HTTP/1.1', `Host: ${host}`, 'Upgrade: websocket', 'Connection: Upgrade', ''].map(
        (line) => `> ${line}`,
      ),
    ]
    const lines = [
      ...asked('chat.example'),
      ...moved.map((line) => `< ${line}`),
      '* Connection #0 to host chat.example left intact',
      "* Issue another request to this URL: 'https://chat.example/live'",
      ...asked('chat.example'),
      ...accepted.map((line) => `< ${line}`),
    ]
    const { outcome, first } = judged(...lines)
    assert.notEqual(outcome, 'healthy')
    assert.equal(first?.cause, 'redirected')
    const [source] = readBrought([{ file: 'paste', text: text(lines) }]).read
    assert.deepEqual(
      source?.pieces.map(({ says }) => says),
      ['an answer with HTTP 308', 'an answer with HTTP 101'],
    )
  })
})

describe('a handshake as it arrived at the backend', () => {
  const key = `Sec-WebSocket-Key: ${KEY}`
  const forms: Record<string, string[]> = {
    'a request of nginx’s defaults': ['GET /live HTTP/1.0', 'Host: app', 'Connection: close', key],
    'HTTP/1.1 without Upgrade': ['GET /live HTTP/1.1', 'Host: app', 'Connection: keep-alive', key],
    'an object of Node': [
      '{',
      "  host: 'app:3000',",
      "  connection: 'close',",
      `  'sec-websocket-key': '${KEY}'`,
      '}',
    ],
    'JSON over lines': ['headers {', '  "connection": "close",', `  "sec-websocket-key": "${KEY}"`, '}'],
    'a dict of Python': [`{'host': 'app', 'connection': 'close', 'sec-websocket-key': '${KEY}'}`],
    'a map of Go': [`map[Accept:[*/*] Connection:[close] Sec-Websocket-Key:[${KEY}]]`],
    'lines without a request': ['Host: app', 'Connection: close', key],
    'a packet': [
      'E...k.@.@..{.........P..c.`I.q.T.....2......Q...GET /live HTTP/1.0',
      'Host: app',
      'Connection: close',
      key,
    ],
  }
  for (const [name, lines] of Object.entries(forms)) {
    it(`has lost its upgrade: ${name}`, () => {
      const { first } = judged(...lines)
      assert.equal(first?.cause, 'upgrade-headers-stripped')
      assert.match(first.because[0]?.says ?? '', /received no Upgrade/)
    })
  }

  it('is no handshake of a client that typed its headers into curl', () => {
    const lines = ['GET /live HTTP/1.1', 'Host: chat.example', key].map((line) => `> ${line}`)
    assert.equal(judged(...lines, ...refused('400 Bad Request').map((line) => `< ${line}`)).first, undefined)
  })

  it('proves nothing where the headers are those of an event that leaves out Connection', () => {
    const lines = [
      '{',
      "  Host: 'abc.execute-api.example',",
      `  'Sec-WebSocket-Key': '${KEY}',`,
      "  'Sec-WebSocket-Version': '13'",
      '}',
    ]
    assert.equal(judged(...lines).first, undefined)
  })

  it('came in another version than it needs', () => {
    const lines = ['GET /live HTTP/1.0', 'Host: app', 'Upgrade: websocket', 'Connection: upgrade', key]
    const { first } = judged(...lines)
    assert.equal(first?.cause, 'upstream-http-version')
    assert.equal(first.certainty, 'likely')
  })

  it('tells nothing where all of it is there', () => {
    const lines = ['GET /live HTTP/1.1', 'Host: app', 'Upgrade: websocket', 'Connection: upgrade', key]
    const { outcome, first } = judged(...lines)
    assert.equal(outcome, 'undetermined')
    assert.equal(first, undefined)
  })

  it('goes with the server’s answer to it, and with a configuration below', () => {
    const config = ['location /live {', '    proxy_pass http://app:3000;', '}']
    const lines = [
      'GET /live HTTP/1.0',
      'Host: app:3000',
      'Connection: close',
      key,
      '',
      ...refused('426 Upgrade Required'),
      ...config,
    ]
    const { first, evidence } = judged(...lines)
    assert.equal(first?.cause, 'upgrade-headers-stripped')
    assert.equal(evidence.proxy?.config, config.join('\n'))
  })
})
