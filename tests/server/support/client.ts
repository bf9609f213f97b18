/** A WebSocket client on a bare socket, which sees every byte, every frame and how TCP ended. */
import { connect, type Socket } from 'node:net'
import { createFrameCutter } from '#server/lab/frame-cutter.ts'
import { headerLength, opcodes } from '#server/wire/frame.ts'
import { type HeaderLine, headerOf, parseResponseHead, type ResponseHead } from '#server/wire/http-head.ts'
import { anyMask, encodeRawFrame } from '#server/wire/raw-frame.ts'

/** The key of RFC 6455 §1.3 and the right answer to it. */
export const sampleKey = 'dGhlIHNhbXBsZSBub25jZQ=='
export const sampleAccept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='

export interface SeenFrame {
  /** Since the handshake was sent. */
  readonly ms: number
  readonly opcode: number
  readonly bytes: Buffer
}

export interface ClientEnd {
  readonly kind: 'fin' | 'rst' | 'error'
  /** Since the handshake was sent. */
  readonly ms: number
  readonly at: number
}

export interface Client {
  readonly socket: Socket
  /** Undefined where the connection ended, or was no HTTP, before. */
  readonly response: Promise<ResponseHead | undefined>
  /** Bytes behind the head of the response; of a 101 these are `frames`. */
  readonly body: () => string
  readonly frames: readonly SeenFrame[]
  /** Bytes behind the last whole frame. */
  readonly remainder: () => number
  /** The next frame of this opcode that was not awaited before; rejects when the connection ends without it. */
  nextFrame(opcode: number): Promise<SeenFrame>
  /** The next text message, parsed as JSON. */
  nextJson(): Promise<Record<string, unknown>>
  send(opcode: number, payload: string): void
  /** `at`: monotonic, to compare clients by. */
  readonly end: Promise<ClientEnd>
  status(): Promise<number | undefined>
  header(name: string): Promise<string | undefined>
  close(): void
}

export interface ClientOptions {
  readonly origin?: string
  readonly host?: string
  readonly headers?: readonly HeaderLine[]
  /** Answers pings unless told not to. */
  readonly pongs?: boolean
}

export function openClient(port: number, target: string, options: ClientOptions = {}): Client {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  const startedAt = performance.now()
  const ms = () => performance.now() - startedAt
  const cutter = createFrameCutter()
  const frames: SeenFrame[] = []
  const taken = new Set<SeenFrame>()
  const waiting = new Set<() => void>()
  let isOver = false
  let bytes: Buffer = Buffer.alloc(0)
  const behind: Buffer[] = []
  let partial: Buffer[] = []
  let head: ResponseHead | undefined
  let isAnswered = false
  const answered = Promise.withResolvers<ResponseHead | undefined>()
  const ended = Promise.withResolvers<ClientEnd>()

  const send = (opcode: number, payload: string) =>
    socket.write(encodeRawFrame({ opcode, payload: Buffer.from(payload), mask: anyMask }))

  const take = (arrived: Buffer) => {
    behind.push(arrived)
    if (head?.status !== 101) return
    for (const piece of cutter.push(arrived)) {
      partial.push(piece.bytes)
      if (!piece.ends) continue
      const frame = { ms: ms(), opcode: piece.opcode, bytes: Buffer.concat(partial) }
      partial = []
      frames.push(frame)
      if (piece.opcode === opcodes.ping && options.pongs !== false) {
        send(opcodes.pong, payloadOf(frame).toString())
      }
    }
    for (const look of waiting) look()
  }

  const end = (kind: ClientEnd['kind']) => {
    isOver = true
    answered.resolve(undefined)
    ended.resolve({ kind, ms: ms(), at: performance.now() })
    for (const look of waiting) look()
  }

  socket.on('data', (arrived: Buffer) => {
    if (isAnswered) return take(arrived)
    bytes = Buffer.concat([bytes, arrived])
    const headEnd = bytes.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    isAnswered = true
    head = parseResponseHead(bytes.toString('latin1', 0, headEnd))
    answered.resolve(head)
    take(bytes.subarray(headEnd + 4))
  })
  socket.on('end', () => {
    end('fin')
    socket.end()
  })
  socket.on('error', ({ code }: NodeJS.ErrnoException) => end(code === 'ECONNRESET' ? 'rst' : 'error'))

  const headers: readonly HeaderLine[] = [
    ['Host', options.host ?? `localhost:${port}`],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', sampleKey],
    ['Sec-WebSocket-Version', '13'],
    ...(options.origin === undefined ? [] : [['Origin', options.origin] as const]),
    ...(options.headers ?? []),
  ]
  socket.write(
    `GET ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )

  const body = () => Buffer.concat(behind).toString()
  const nextFrame = (opcode: number) =>
    new Promise<SeenFrame>((resolve, reject) => {
      const look = () => {
        const found = frames.find((frame) => frame.opcode === opcode && !taken.has(frame))
        if (found === undefined && !isOver) return
        waiting.delete(look)
        if (found === undefined)
          return reject(
            new Error(
              `${target}: ${head?.status}, then the end without such a frame. ${body().slice(0, 200)}`,
            ),
          )
        taken.add(found)
        resolve(found)
      }
      waiting.add(look)
      look()
    })

  return {
    socket,
    response: answered.promise,
    body,
    frames,
    remainder: () => partial.reduce((sum, { length }) => sum + length, 0),
    nextFrame,
    nextJson: async () => JSON.parse(payloadOf(await nextFrame(opcodes.text)).toString()),
    send,
    end: ended.promise,
    status: async () => (await answered.promise)?.status,
    header: async (name) => headerOf((await answered.promise)?.headers ?? [], name),
    close: () => socket.destroy(),
  }
}

/** The payload of an unmasked frame. */
export function payloadOf({ bytes }: SeenFrame): Buffer {
  return bytes.subarray(headerLength(bytes))
}

/** Code and reason of a Close frame. */
export function closeOf(frame: SeenFrame): { code: number | undefined; reason: string } {
  const payload = payloadOf(frame)
  return {
    code: payload.length < 2 ? undefined : payload.readUInt16BE(0),
    reason: payload.subarray(2).toString(),
  }
}
