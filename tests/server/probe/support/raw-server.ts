/**
 * Servers that misbehave on purpose, byte by byte, on port 0. Each takes a script of what to do with one
 * connection; nothing of it is a mock: the probe speaks to a real socket.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

export interface RawServer {
  port: number
  url: string
  /** Connections so far. */
  seen: () => number
  /** As when its process ends, whose connections may outlive it by a moment. */
  stopListening: () => void
  close: () => Promise<void>
}

/** `request`: the head of the handshake, as it arrived. */
export type Script = (socket: Socket, request: string) => void

const ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/**
 * Runs the script once the whole request head is there; `onConnect` instead at once. `mindsHttp`: what is no HTTP gets
 * the answer that HTTP parsers have for it, and no script.
 */
export async function rawServer(
  script: Script,
  { onConnect = false, mindsHttp = false } = {},
): Promise<RawServer> {
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    count += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('end', () => socket.end())
    if (onConnect) script(socket, '')
    let head = ''
    let answered = onConnect
    socket.on('data', (chunk) => {
      if (answered) return
      head += chunk.toString('latin1')
      if (mindsHttp && !/^[A-Z]/.test(head)) {
        answered = true
        socket.end(answer('400 Bad Request', ['Connection: close']))
      }
      if (answered || !head.includes('\r\n\r\n')) return
      answered = true
      script(socket, head)
    })
  })
  return listening(server, sockets, () => count)
}

export async function listening(
  server: Server,
  sockets: Set<Socket> = new Set(),
  seen: () => number = () => sockets.size,
): Promise<RawServer> {
  // A test that fails before it closes its server must not keep the process.
  server.unref()
  server.on('connection', (socket: Socket) => socket.unref())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    url: `ws://127.0.0.1:${address.port}/ws`,
    seen,
    stopListening: () => void server.close(),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}

export const headerIn = (request: string, name: string): string | undefined =>
  new RegExp(`^${name}:[ \t]*(.*?)\r?$`, 'im').exec(request)?.[1]

/** A right answer to this request, with extra header lines. */
export function switching(request: string, ...extra: string[]): string {
  const key = headerIn(request, 'Sec-WebSocket-Key') ?? ''
  const accept = createHash('sha1')
    .update(key + ACCEPT_GUID)
    .digest('base64')
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    ...extra,
    '',
    '',
  ].join('\r\n')
}

export const answer = (status: string, headers: string[] = [], body = ''): string =>
  [`HTTP/1.1 ${status}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n')

/** A server's frame: `first` is the whole first byte (0x81: final text), `mask` makes it a wrong one. */
export function frame(first: number, payload: Buffer | string = '', { mask = false } = {}): Buffer {
  const bytes = Buffer.from(payload)
  const length =
    bytes.length < 126
      ? Buffer.from([bytes.length])
      : bytes.length < 65_536
        ? Buffer.from([126, bytes.length >> 8, bytes.length & 0xff])
        : Buffer.concat([Buffer.from([127]), eightBytes(BigInt(bytes.length))])
  if (!mask) return Buffer.concat([Buffer.from([first]), length, bytes])
  length[0] = (length[0] ?? 0) | 0x80
  return Buffer.concat([Buffer.from([first]), length, Buffer.from([0, 0, 0, 0]), bytes])
}

export function eightBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}

export const closeFrame = (code: number, reason = ''): Buffer =>
  frame(0x88, Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]))

/** Writes as fast as the peer reads, for ever or so many times. */
export function pour(socket: Socket, chunk: Buffer | string, times = Number.POSITIVE_INFINITY): void {
  let left = times
  const more = () => {
    while (left-- > 0 && !socket.destroyed && socket.writable && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}

/** Reads the probe's short, masked frames. */
export function onClientFrame(socket: Socket, take: (opcode: number, payload: Buffer) => void): void {
  let bytes: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    for (;;) {
      const length = (bytes[1] ?? 0) & 0x7f
      if (bytes.length < 6 + length) return
      const mask = bytes.subarray(2, 6)
      const payload = bytes.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0))
      const opcode = (bytes[0] ?? 0) & 0x0f
      bytes = bytes.subarray(6 + length)
      take(opcode, Buffer.from(payload))
    }
  })
}

/** A right answer, and a close frame for a close frame: the least that a healthy server does. */
export function accept(socket: Socket, request: string, ...headers: string[]): void {
  socket.write(switching(request, ...headers))
  answerClose(socket)
}

/** A close frame for a close frame. */
export function answerClose(socket: Socket): void {
  onClientFrame(socket, (opcode, payload) => {
    if (opcode === 8 && socket.writable) socket.end(frame(0x88, payload))
  })
}
