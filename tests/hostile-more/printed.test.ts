/** What the command line prints of hostile servers and hostile files, in each of its formats, is lines of its own and steers no terminal. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { visibleLines } from '#lib/text/foreign.ts'
import { run as diagnose } from '#server/cli/diagnose.ts'
import { run as explain } from '#server/cli/explain.ts'
import { run as judge } from '#server/cli/judge.ts'
import { run as lint } from '#server/cli/lint.ts'
import { run as logs } from '#server/cli/logs.ts'
import { finish } from '#tests/server/cli/support/command.ts'
import {
  accept,
  answer,
  frame,
  pour,
  rawServer,
  type Script,
} from '#tests/server/probe/support/raw-server.ts'

const FORGED = 'This line is forged'
const steers = '\u001b]0;x\u0007\u001b[31m\u009b31m\u202e\u2066\u200b\u061c'
/** With ends of lines of every kind. */
const says = ['\r\n\r\n', '\n', '\r', '\u0085', '\u2028', '\v']
  .map((end) => `${steers}${end}${FORGED}`)
  .join('')
/** What fits a header, in the bytes of UTF-8. */
const inHeader = Buffer.from(steers).toString('latin1')

function checkPrinted({ stdout, stderr }: { stdout: string; stderr: string }): void {
  for (const printed of [stdout, stderr]) {
    assert.equal(printed, visibleLines(printed))
    assert.doesNotMatch(printed, new RegExp(`^\\s*${FORGED}`, 'm'))
    assert.doesNotMatch(printed, /\bat .*\(file:|TypeError|RangeError/)
  }
}

const closing = (code: number, reason: string | Buffer) => {
  const body = Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)])
  return frame(0x88, body.subarray(0, 125))
}
const opened =
  (...frames: Buffer[]): Script =>
  (socket, request) => {
    accept(socket, request)
    for (const each of frames) socket.write(each)
  }
const opensWith =
  (...headers: string[]): Script =>
  (socket, request) =>
    accept(socket, request, ...headers)
const answers =
  (text: string | Buffer): Script =>
  (socket) =>
    socket.end(typeof text === 'string' ? Buffer.from(text, 'latin1') : text)

const servers: Readonly<Record<string, Script>> = {
  'a status line': answers(`HTTP/1.1 403 ${inHeader}\r\nX-A: ${inHeader}\r\n\r\n${says}`),
  'a page': answers(answer('502 Bad Gateway', ['Content-Type: text/html'], `<title>${says}</title>`)),
  'a challenge': answers(
    answer('401 No', [`WWW-Authenticate: Basic realm="${inHeader}"`, `Server: ${inHeader}`]),
  ),
  'a close reason': opened(closing(1008, says)),
  'a reason behind 1005': opened(closing(1005, says)),
  'a reason behind 65535': opened(closing(65_535, says)),
  'a reason that is no UTF-8': opened(closing(1000, Buffer.from([255, 254, 192, 155]))),
  'messages and an end': opened(frame(0x81, says), frame(0x82, says), closing(1011, '')),
  'a subprotocol': opensWith(`Sec-WebSocket-Protocol: a${inHeader}`),
  'many subprotocols': opensWith(`Sec-WebSocket-Protocol: ${'b,'.repeat(500)}`),
  'extensions that are none': opensWith(`Sec-WebSocket-Extensions: x-${inHeader}; a="${'b'.repeat(3000)}"`),
  'a bomb that nobody asked for': opened(frame(0xc1, deflateRawSync(Buffer.alloc(32 << 20)))),
  'a packed body': answers(
    Buffer.concat([
      Buffer.from(answer('502 Bad', ['Content-Encoding: gzip']), 'latin1'),
      gzipSync(Buffer.alloc(64 << 20)),
    ]),
  ),
  'a redirect to a script': answers(answer('302 F', [`Location: javascript:alert(1)//${inHeader}`])),
  'a redirect to a command': answers(answer('302 F', ['Location: ws://$({touch,pwned})/;id;`id`'])),
  'a redirect to a file': answers(answer('302 F', ['Location: file:///etc/passwd'])),
  'names of objects': answers(answer('400 x', ['__proto__: y', 'constructor: z', 'Set-Cookie: __proto__=1'])),
  'an endless status line': (socket) => pour(socket, 'x'.repeat(65_536)),
  'interim answers without end': (socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'),
  'bytes of all kinds': answers(Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7) & 255))),
  'NUL in a head': answers('HTTP/1.1 200 OK\0\r\nA\0B: c\r\n\r\n\0\0'),
  'another protocol': answers(`SSH-2.0-${inHeader}\r\n`),
}

describe('what a server that is probed says', { concurrency: 4 }, () => {
  for (const [what, script] of Object.entries(servers)) {
    test(what, async () => {
      const server = await rawServer(script)
      const args = ['--no-retries', '--origin', 'https://app.example', server.url]
      for (const format of [[], ['--json'], ['--markdown']]) {
        const printed = await finish(diagnose, [...format, ...args])
        assert.equal(printed.code, 1)
        checkPrinted(printed)
      }
      await server.close()
    })
  }
})

const evidence = {
  target: { url: `ws://h/${says}`, subprotocols: [says], page_origin: says },
  browser: {
    events: [
      { ms: 1, type: says },
      { ms: 2, type: 'error', message: says, name: says },
      { ms: 3, type: 'close', code: 1008, reason: says },
    ],
    console: [says],
    user_agent: says,
  },
  server: [{ type: 'log', line: says }],
  proxy: {
    kind: says,
    config: `server { server_name ${says}; location "/${says}" { proxy_pass http://${says}; } }`,
  },
}
const har = {
  log: {
    version: says,
    creator: { name: says, version: says },
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00Z',
        time: 1e308,
        _resourceType: 'websocket',
        request: { method: says, url: `ws://h/${says}`, headers: [{ name: says, value: says }] },
        response: {
          status: 403,
          statusText: says,
          headers: [{ name: says, value: says }],
          content: { text: says },
        },
        _webSocketMessages: [
          { type: 'receive', time: 1, opcode: 1, data: says },
          { type: says, opcode: -5 },
        ],
      },
    ],
  },
}
const accessLine = `1.2.3.4 - - [01/Jan/2026:00:00:00 +0000] "GET /ws${steers} HTTP/1.1" 101 0 "-" "${steers}" 60.000\n`
const errorLine = `2026/01/01 00:00:00 [error] 1#1: *1 upstream prematurely closed connection${steers}, upstream: "http://$(id)/"\n`

const files: Readonly<Record<string, string | Buffer>> = {
  'evidence.json': JSON.stringify(evidence),
  'wrapped.json': JSON.stringify({ evidence }),
  'names.json':
    '{"__proto__":{"x":1},"browser":{"__proto__":[],"events":[{"type":"close","__proto__":{"code":1006}}]}}',
  'halves.json': '{"browser":{"events":[{"ms":1,"type":"close","code":1006,"reason":"\\ud800 \\udc00"}]}}',
  'numbers.json': '{"browser":{"events":[{"ms":1e999,"type":"close","code":1e400},{"ms":-0,"type":"open"}]}}',
  'deep.json': `{"browser":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`,
  'brackets.json': '['.repeat(1_000_000),
  'capture.har': JSON.stringify(har),
  'names.har': '{"log":{"__proto__":{},"entries":[{"__proto__":{"request":1},"request":{"url":"ws://h/"}}]}}',
  'length.har': '{"log":{"entries":{"length":1e9}}}',
  'text.txt': `${says.repeat(50)}WebSocket connection to 'ws://h/${says}' failed: ${says}`,
  'table.csv': '=cmd|calc!A1,+1+1,@SUM(1)\n'.repeat(100),
  'nul.txt': '\0'.repeat(1_000_000),
  'wide.txt': Buffer.from('\ufeffWebSocket connection to ws://h/ failed', 'utf16le'),
  'bytes.bin': Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 31) & 255)),
  'access.log': accessLine.repeat(50) + errorLine.repeat(30),
  'twice.gz': gzipSync(gzipSync(accessLine)),
  'cut.gz': gzipSync(accessLine.repeat(1000)).subarray(0, 200),
  'site.conf': `events {}\nhttp { server { server_name "${says}"; location "/${says}" { proxy_pass http://b; } ${says} } }`,
  [`name${steers}.conf`]: `include "${steers}.conf";`,
}

describe('what a file says', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'why1006-printed-'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  })
  after(() => rm(folder, { recursive: true }))

  for (const name of Object.keys(files)) {
    test(name.replace(steers, ''), async () => {
      const file = join(folder, name)
      for (const [run, ...formats] of [
        [diagnose, [], ['--json'], ['--markdown']],
        [judge, [], ['--json'], ['--markdown']],
        [logs, [], ['--json'], ['--markdown']],
        [lint, [], ['--json']],
      ] as const) {
        for (const format of formats) checkPrinted(await finish(run, [...format, file]))
      }
    })
  }

  test('names and words that the command line is given', async () => {
    for (const run of [diagnose, judge, logs, lint, explain]) {
      checkPrinted(await finish(run, [join(folder, `none${says}`)]))
      checkPrinted(await finish(run, [says]))
      checkPrinted(await finish(run, [`--${steers}`]))
    }
  })
})
