/**
 * The load of the echo benchmark: raw sockets, prebuilt masked frames, replies counted by their headers, so
 * that this process costs less than the server it drives. Speaks over IPC.
 */
import { connect, type Socket } from 'node:net'

export interface LoadOrder {
  readonly port: number
  readonly connections: number
  readonly inFlight: number
  readonly payloadBytes: number
  readonly durationMs: number
}

export interface LoadResult {
  readonly messages: number
  readonly elapsedMs: number
}

/** A JSON text of exactly this many bytes in one masked frame (RFC 6455 §5.3). */
function maskedFrame(payloadBytes: number): Buffer {
  const frame = `{"type":"bench","fill":"${'x'.repeat(payloadBytes - 26)}"}`
  const payload = Buffer.from(frame)
  const header =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff])
  const mask = Buffer.from([0x12, 0x34, 0x56, 0x78])
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([header, mask, masked])
}

/** Counts whole frames from the server; returns what is left of an unfinished one. */
function countFrames(data: Buffer): { frames: number; rest: Buffer } {
  let frames = 0
  let at = 0
  for (;;) {
    const short = data[at + 1]
    if (short === undefined) break
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (data.length < at + header) break
    const length = short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : data.readUInt32BE(at + 6)
    if (data.length < at + header + length) break
    at += header + length
    frames += 1
  }
  return { frames, rest: data.subarray(at) }
}

function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.write(
      `GET /ws/echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    )
    // The answer, and ours the welcome; either may come in two parts, so wait until it is quiet.
    socket.once('data', () => setTimeout(() => resolve(socket), 100))
  })
}

async function drive(order: LoadOrder): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: order.connections }, () => openSocket(order.port)))
  const frame = maskedFrame(order.payloadBytes)
  const frames = Array.from({ length: order.inFlight + 1 }, (_, count) =>
    Buffer.concat(Array.from({ length: count }, () => frame)),
  )
  let messages = 0
  const startedAt = performance.now()
  for (const socket of sockets) {
    let rest = Buffer.alloc(0)
    socket.removeAllListeners('data')
    socket.on('data', (chunk: Buffer) => {
      const counted = countFrames(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk)
      rest = Buffer.from(counted.rest)
      messages += counted.frames
      // As many new ones as came back, in one write.
      const next = frames[Math.min(counted.frames, order.inFlight)]
      if (next && next.length > 0) socket.write(next)
    })
    const first = frames[order.inFlight]
    if (first) socket.write(first)
  }
  await new Promise((resolve) => setTimeout(resolve, order.durationMs))
  const elapsedMs = performance.now() - startedAt
  for (const socket of sockets) socket.destroy()
  return { messages, elapsedMs }
}

process.on('message', (order: LoadOrder) => {
  drive(order).then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit(0))
