/** Faults of the server itself, nothing in between. */
import type { Socket } from 'node:net'
import { nobody, onlyOrigin, opening, refusing, wsBackend } from '#tests/parity/support/backends.ts'
import { type Expectation, fault, open, type SetUp } from '#tests/parity/support/set-up.ts'
import { closeFrame, frame, rawServer, switching } from '#tests/server/probe/support/raw-server.ts'

/** The server closes with a code after 50 ms. */
const closing = (code: number, reason: string, expect: Expectation, quick?: true): SetUp => ({
  id: `direct-close-${code}`,
  fault: `the server closes with ${code} “${reason}”`,
  ...(quick ? { quick } : {}),
  build: async (stage) =>
    stage.keep(await opening((socket) => setTimeout(() => socket.end(closeFrame(code, reason)), 50))),
  expect,
})

const refused = (
  id: string,
  status: string,
  headers: string[],
  expect: Expectation,
  quick?: true,
): SetUp => ({
  id: `direct-${id}`,
  fault: `the server answers ${status}`,
  ...(quick ? { quick } : {}),
  build: async (stage) => stage.keep(await refusing(status, headers, 'no')),
  expect,
})

/** The server sends these bytes right after a good handshake. */
const sending = (id: string, what: string, bytes: Buffer, expect: Expectation, quick?: true): SetUp => ({
  id: `direct-${id}`,
  fault: `the server sends ${what}`,
  ...(quick ? { quick } : {}),
  build: async (stage) => stage.keep(await opening((socket: Socket) => socket.write(bytes))),
  expect,
})

export const directSetUps: SetUp[] = [
  {
    id: 'direct-refused',
    fault: 'nothing listens',
    quick: true,
    build: nobody,
    expect: fault('connection-refused'),
  },
  {
    id: 'direct-no-such-name',
    fault: 'the name does not exist',
    quick: true,
    build: async () => ({ url: 'ws://no-such-host.invalid/ws' }),
    expect: fault('dns-failure'),
  },
  {
    id: 'direct-silent',
    fault: 'the handshake is never answered',
    quick: true,
    build: async (stage) => ({
      ...stage.keep(await rawServer(() => {})),
      options: { budget: { stageMs: 600, runMs: 5000 } },
    }),
    expect: open('handshake-timeout', 'slow-handshake', 'server-stalled'),
  },
  {
    id: 'direct-closes',
    fault: 'the server ends TCP before it answers',
    quick: true,
    build: async (stage) => stage.keep(await rawServer((socket) => socket.end())),
    expect: fault('handshake-closed'),
  },
  {
    id: 'direct-resets',
    fault: 'the server resets before it answers',
    build: async (stage) => stage.keep(await rawServer((socket) => socket.resetAndDestroy())),
    expect: open('handshake-closed', 'middlebox-reset'),
  },
  {
    id: 'direct-ssh',
    fault: 'another protocol speaks on this port',
    quick: true,
    build: async (stage) =>
      stage.keep(await rawServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'), { onConnect: true })),
    expect: fault('not-http'),
  },
  {
    id: 'direct-redis',
    fault: 'a server that answers with an error of its own protocol',
    build: async (stage) =>
      stage.keep(await rawServer((socket) => socket.write("-ERR unknown command 'GET'\r\n"))),
    expect: fault('not-http'),
  },
  {
    id: 'direct-foreign-origin',
    fault: 'the server lets in one origin only, and another one asks',
    quick: true,
    build: async (stage) => {
      const server = stage.keep(await rawServer(onlyOrigin('https://app.example')))
      return { url: server.url, options: { origin: 'https://elsewhere.example' } }
    },
    expect: open('origin-rejected', 'forbidden', 'origin-rewritten'),
  },
  {
    id: 'direct-foreign-origin-1008',
    fault: 'the server accepts, then closes a foreign origin with 1008',
    build: async (stage) => {
      const server = stage.keep(
        await wsBackend({
          onConnection: (socket, request) => {
            if (/elsewhere/.test(request.headers.origin ?? '')) socket.close(1008, 'origin not allowed')
          },
        }),
      )
      return { url: server.url, options: { origin: 'https://elsewhere.example' } }
    },
    expect: open('policy-violation', 'origin-rejected'),
  },
  {
    id: 'direct-slow',
    fault: 'the 101 comes after 2.2 s',
    quick: true,
    build: async (stage) =>
      stage.keep(
        await rawServer((socket, request) => {
          setTimeout(() => socket.write(switching(request)), 2200)
        }),
      ),
    expect: open('slow-handshake', 'server-stalled'),
  },
  {
    id: 'direct-no-subprotocol',
    fault: 'a subprotocol is asked for, and none is picked',
    quick: true,
    build: async (stage) => ({
      ...stage.keep(await opening(() => {})),
      options: { subprotocols: ['a', 'b'] },
    }),
    expect: fault('subprotocol-mismatch'),
  },
  {
    id: 'direct-other-subprotocol',
    fault: 'another subprotocol is picked than was asked for',
    build: async (stage) => ({
      ...stage.keep(await opening(() => {}, 'Sec-WebSocket-Protocol: c')),
      options: { subprotocols: ['a', 'b'] },
    }),
    expect: fault('subprotocol-mismatch'),
  },
  {
    id: 'direct-extension',
    fault: 'an extension is agreed on that nobody offered',
    quick: true,
    build: async (stage) => stage.keep(await opening(() => {}, 'Sec-WebSocket-Extensions: x-foo')),
    expect: fault('extension-mismatch'),
  },
  {
    id: 'direct-bad-accept',
    fault: 'a wrong Sec-WebSocket-Accept',
    quick: true,
    build: async (stage) =>
      stage.keep(
        await rawServer((socket, request) =>
          socket.write(switching(request).replace(/Accept: .*/, 'Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=')),
        ),
      ),
    expect: fault('invalid-handshake-response'),
  },
  {
    id: 'direct-fin',
    fault: 'FIN right after the 101, no close frame',
    quick: true,
    build: async (stage) => stage.keep(await opening((socket) => setTimeout(() => socket.end(), 60))),
    expect: open('backend-dropped', 'idle-timeout', 'max-lifetime', 'proxy-restart'),
  },
  {
    id: 'direct-rst',
    fault: 'a reset in the middle',
    quick: true,
    build: async (stage) =>
      stage.keep(await opening((socket) => setTimeout(() => socket.resetAndDestroy(), 60))),
    expect: open(
      'backend-dropped',
      'middlebox-reset',
      'half-open',
      'proxy-restart',
      'idle-timeout',
      'max-lifetime',
    ),
  },
  {
    id: 'direct-stalled-close',
    fault: 'the server reads nothing after the handshake: neither ping nor close is answered',
    quick: true,
    build: async (stage) =>
      stage.keep(
        await rawServer((socket, request) => socket.write(switching(request), () => socket.pause())),
      ),
    expect: open(
      'close-handshake-stalled',
      'half-open',
      'peer-not-reading',
      'server-stalled',
      'backend-dropped',
    ),
  },
  {
    id: 'direct-max-payload',
    fault: 'the first message is above maxPayload (1009)',
    quick: true,
    build: async (stage) => ({
      ...stage.keep(await wsBackend({ maxPayload: 16 })),
      options: { send: 'x'.repeat(100) },
    }),
    expect: fault('message-too-big'),
  },
  refused('401', '401 Unauthorized', ['WWW-Authenticate: Bearer'], fault('authentication-required')),
  refused(
    '407',
    '407 Proxy Authentication Required',
    ['Proxy-Authenticate: Basic realm="p"'],
    fault('proxy-authentication-required'),
    true,
  ),
  refused('429', '429 Too Many Requests', ['Retry-After: 30'], fault('rate-limited')),
  refused('431', '431 Request Header Fields Too Large', [], fault('request-too-large')),
  refused(
    '500',
    '500 Internal Server Error',
    [],
    open('server-error', 'backend-handshake-failure', 'proxy-misconfigured'),
    true,
  ),
  closing(1000, 'bye', { outcomes: ['fault', 'healthy'], causes: ['normal-closure'] }, true),
  closing(1001, 'going away', open('going-away', 'server-restarting', 'proxy-restart')),
  closing(1007, 'bad data', fault('invalid-data'), true),
  closing(1008, 'token expired', fault('policy-violation'), true),
  closing(1011, 'internal error', fault('internal-error'), true),
  closing(1012, 'service restart', fault('server-restarting'), true),
  closing(1013, 'try later', fault('try-again-later'), true),
  closing(4001, 'session expired', fault('application-close'), true),
  closing(1006, 'x', fault('protocol-error', 'unusual-close-code')),
  closing(2000, 'x', fault('unusual-close-code', 'protocol-error'), true),
  sending('empty-close', 'an empty close frame', frame(0x88), fault('no-status'), true),
  sending('masked', 'a masked frame', frame(0x81, 'hello', { mask: true }), fault('protocol-error'), true),
  sending(
    'reserved-bit',
    'a reserved bit',
    frame(0xc1, 'hello'),
    fault('protocol-error', 'extension-mismatch'),
  ),
  sending(
    'bad-utf8',
    'text that is not UTF-8',
    frame(0x81, Buffer.from([0xc3, 0x28])),
    fault('protocol-error', 'invalid-data'),
  ),
  sending('oversize-ping', 'a ping of 126 bytes', frame(0x89, 'p'.repeat(126)), fault('protocol-error')),
  sending(
    'interleaved',
    'a message inside a fragmented one',
    Buffer.concat([frame(0x01, 'a'), frame(0x81, 'b')]),
    fault('protocol-error'),
  ),
  sending(
    'http-after-101',
    'HTTP after the 101',
    Buffer.from('HTTP/1.1 200 OK\r\n\r\nhello'),
    fault('protocol-error'),
  ),
]
