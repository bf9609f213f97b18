/**
 * What an application of ws sees with `instrument` is what it sees without: the same events with the same values in the same
 * order, the same properties, the same callbacks, and for its client the same bytes.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { instrument } from '#server/instrument/instrument.ts'
import { encodeClosePayload, encodeRawFrame } from '#server/wire/raw-frame.ts'
import { sampleKey } from '#tests/server/support/client.ts'

type Sees = (...what: unknown[]) => void

interface Play {
  readonly options?: ServerOptions
  /** Lines of the request behind its Host. */
  readonly request?: readonly string[]
  readonly path?: string
  /** What the application does with a connection. */
  readonly serve?: (socket: WebSocket, sees: Sees) => void
  /** Sent behind the handshake, each piece when the one before was written. */
  readonly sends?: readonly Uint8Array[]
  /** How the client leaves once all is sent. `stays` waits for the server to end it. */
  readonly leaves?: 'stays' | 'fin' | 'rst'
}

const mask = Buffer.from([1, 2, 3, 4])
const frame = (
  opcode: number,
  payload: string | Uint8Array,
  more: { reserved?: number; mask?: undefined } = {},
) => encodeRawFrame({ opcode, payload: Buffer.from(payload as string), mask, ...more })
const closing = (code = 1000, reason = '') => frame(8, encodeClosePayload(code, reason))

const HANDSHAKE = [
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${sampleKey}`,
  'Sec-WebSocket-Version: 13',
]

/** Everything of a connection that a program can ask for, but its own clock and ports. */
const propertiesOf = (socket: WebSocket) => ({
  ready: socket.readyState,
  buffered: socket.bufferedAmount,
  protocol: socket.protocol,
  extensions: socket.extensions,
  binary: socket.binaryType,
  paused: socket.isPaused,
  url: socket.url,
})

const streamOf = (socket: WebSocket) => (socket as unknown as { _socket: Socket | null })._socket

/** What belongs to the application: its own listeners, and which events wait for one. */
const listenersOf = (stream: Duplex) =>
  ['data', 'end', 'readable', 'drain', 'timeout', 'upgrade'].map((name) => [name, stream.listenerCount(name)])

const said = (value: unknown): unknown => {
  if (value instanceof Error) return { error: value.message, code: (value as { code?: string }).code }
  if (Buffer.isBuffer(value)) return `${value.length} bytes ${value.subarray(0, 200).toString('hex')}`
  return value
}

/** Plays it once, and gives what application and client saw. */
async function played(
  play: Play,
  watch: (server: Server, sockets: WebSocketServer) => void,
): Promise<unknown[]> {
  const seen: unknown[] = []
  const sees: Sees = (...what) => void seen.push(what.map(said))
  const server = createServer((request, response) => {
    sees('request', request.url)
    response.writeHead(426).end('not here')
  })
  const sockets = new WebSocketServer({ server, ...play.options })
  watch(server, sockets)
  sees(
    'own keys',
    Object.keys(sockets).filter((key) => key !== 'handleUpgrade'),
  )
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    sees('upgrade', request.url, head, stream.readableFlowing, stream.listenerCount('data'))
  })
  const over: Promise<unknown>[] = []
  server.on('connection', (stream) => over.push(new Promise((resolve) => stream.once('close', resolve))))
  sockets.on('headers', (headers) => sees('headers', headers))
  sockets.on('connection', (socket, request) => {
    sees('connection', request.url, propertiesOf(socket))
    const stream = streamOf(socket)
    if (stream) sees('listeners', listenersOf(stream))
    socket.on('message', (data, isBinary) => sees('message', data, isBinary))
    socket.on('ping', (data) => sees('ping', data))
    socket.on('pong', (data) => sees('pong', data))
    socket.on('error', (error) => sees('error', error, socket.readyState))
    socket.on('close', (code, reason) => {
      sees('close', code, reason, propertiesOf(socket))
      if (stream) sees('stream', stream.destroyed, stream.bytesWritten, stream.writableLength)
    })
    play.serve?.(socket, sees)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const received: Buffer[] = []
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  client.on('error', () => {})
  client.on('data', (bytes) => received.push(bytes))
  client.on('end', () => client.end())
  const closed = new Promise((resolve) => client.once('close', resolve))
  const { request = HANDSHAKE, path = '/', sends = [], leaves = 'stays' } = play
  client.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n${request.map((line) => `${line}\r\n`).join('')}\r\n`)
  if (sends.length > 0 || leaves !== 'stays') await once(client, 'data')
  for (const bytes of sends) await new Promise<void>((resolve) => client.write(bytes, () => resolve()))
  if (leaves === 'fin') client.end()
  if (leaves === 'rst') client.resetAndDestroy()
  await closed
  await Promise.all(over)
  await new Promise((resolve) => setImmediate(resolve))
  for (const socket of sockets.clients) socket.terminate()
  sockets.close()
  server.close()
  // A reset may overtake what was written before it.
  if (leaves !== 'rst')
    sees(
      'received',
      Buffer.concat(received)
        .toString('latin1')
        .replace(/^Date: .*$/m, ''),
    )
  return seen
}

const options = { log: false, openTelemetry: false, onEvent: () => {} } as const

async function isUnchanged(play: Play): Promise<void> {
  const bare = await played(play, () => {})
  assert.deepEqual(await played(play, (server) => instrument(server, options)), bare, 'the server is watched')
  assert.deepEqual(await played(play, (_, sockets) => instrument(sockets, options)), bare, 'ws is watched')
}

const echo = (socket: WebSocket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
}

const PLAYS: Readonly<Record<string, Play>> = {
  'messages of every kind are echoed': {
    serve: echo,
    sends: [
      frame(1, 'text'),
      frame(2, Buffer.alloc(70_000, 7)),
      frame(1, ''),
      frame(9, 'ping'),
      closing(4001, 'bye'),
    ],
  },
  'compressed messages are echoed': {
    options: { perMessageDeflate: { threshold: 0 } },
    request: [...HANDSHAKE, 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'],
    serve: (socket) => socket.send('compress me '.repeat(100), () => socket.close(1000)),
    sends: [frame(1, Buffer.from('f248cdc9c90700', 'hex'), { reserved: 4 }), closing()],
  },
  'the server closes with a code, and tells when it is done': {
    serve: (socket, sees) => {
      socket.send('first', (error) => sees('sent', error))
      sees('after send', propertiesOf(socket))
      socket.close(4009, 'enough')
      sees('after close', propertiesOf(socket))
      socket.send('too late', (error) => sees('not sent', error))
    },
    sends: [closing(4009)],
  },
  'the server closes without a code': { serve: (socket) => socket.close(), sends: [frame(8, '')] },
  'the server pings': {
    serve: (socket) => {
      socket.ping('a')
      socket.ping()
      socket.pong('unasked')
      socket.once('pong', () => socket.close(1001))
    },
    sends: [frame(10, 'a'), closing(1001)],
  },
  'the server terminates': { serve: (socket) => socket.terminate() },
  'the server sends a stream of fragments': {
    serve: (socket, sees) => {
      socket.send('a', { fin: false })
      socket.send('b', { fin: true }, (error) => sees('sent', error))
      socket.close()
    },
    sends: [frame(8, '')],
  },
  'a message is sent by who pauses': {
    serve: (socket) => {
      socket.pause()
      setImmediate(() => socket.resume())
      echo(socket)
    },
    sends: [frame(1, 'while paused'), closing()],
  },
  'the client leaves without a Close frame': { serve: echo, sends: [frame(1, 'x')], leaves: 'fin' },
  'the client resets': { leaves: 'rst' },
  'a frame without a mask': { sends: [frame(1, 'x', { mask: undefined })] },
  'a reserved bit': { sends: [frame(1, 'x', { reserved: 2 })] },
  'an unknown opcode': { sends: [frame(3, 'x')] },
  'a text that is not UTF-8': { sends: [frame(1, Buffer.from([0xc3, 0x28]))] },
  'a close code that may not be sent': { sends: [closing(1006)] },
  'a message over the limit': { options: { maxPayload: 10 }, sends: [frame(1, 'eleven bytes')] },
  'a path that is not served': { options: { path: '/chat' }, path: '/other' },
  'a client that is refused': {
    options: {
      verifyClient: (_: unknown, done: (ok: boolean, code: number, why: string) => void) =>
        done(false, 403, 'not you'),
    },
  },
  'a key that is wrong': {
    request: HANDSHAKE.map((line) => (line.includes('Key') ? 'Sec-WebSocket-Key: x' : line)),
  },
  'a version that is not spoken': { request: HANDSHAKE.map((line) => line.replace(/13$/, '12')) },
  'a subprotocol that is chosen': {
    options: { handleProtocols: (offered) => [...offered].at(-1) ?? false },
    request: [...HANDSHAKE, 'Sec-WebSocket-Protocol: a, b'],
    sends: [closing()],
  },
  'a plain request': { request: ['Connection: close'] },
}

for (const [name, play] of Object.entries(PLAYS)) test(`unchanged: ${name}`, () => isUnchanged(play))

test('unchanged: whatever frames a client sends, cut wherever TCP cuts them', async () => {
  const one = fc.record({
    opcode: fc.constantFrom(0, 1, 1, 1, 2, 2, 9, 10, 5),
    payload: fc.uint8Array({ maxLength: 140 }),
    reserved: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 2),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { maxLength: 6 }),
      fc.integer({ min: 1, max: 200 }),
      async (frames, size) => {
        const bytes = Buffer.concat([
          ...frames.map(({ opcode, payload, reserved }) => frame(opcode, payload, { reserved })),
          closing(),
        ])
        const count = Math.ceil(bytes.length / size)
        const sends = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
        await isUnchanged({ serve: echo, sends })
      },
    ),
    { numRuns: 40 },
  )
})
