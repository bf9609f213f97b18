import type { Socket } from 'node:net'
import { opening, wsBackend } from '#tests/parity/support/backends.ts'
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

/** The server sends these bytes right after a good handshake. */
const sending = (id: string, what: string, bytes: Buffer, expect: Expectation, quick?: true): SetUp => ({
  id: `direct-${id}`,
  fault: `the server sends ${what}`,
  ...(quick ? { quick } : {}),
  build: async (stage) => stage.keep(await opening((socket: Socket) => socket.write(bytes))),
  expect,
})

export const directOpenSetUps: SetUp[] = [
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
    fault('upgrade-handled-twice', 'protocol-error'),
  ),
]
