/** The layout of a frame on the wire (RFC 6455 §5.2), read and written, and of a close frame's body (§5.5.1). */
import { randomBytes } from 'node:crypto'

export type FrameHeader = {
  opcode: number
  fin: boolean
  /** The three reserved bits of the first byte, shifted down: 4, 2, 1. */
  rsv: number
  masked: boolean
  /** Payload bytes that the header announces; beyond 2^53 no longer exact. */
  length: number
}

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** Bytes that the header has in all, as far as the bytes at hand can tell; at least 2. */
export function headerLength(bytes: Buffer): number {
  const second = bytes[1]
  if (second === undefined) return 2
  const short = second & 0x7f
  return 2 + (short === 127 ? 8 : short === 126 ? 2 : 0) + (second & 0x80 ? 4 : 0)
}

/** Reads a complete header, as long as `headerLength` says. */
export function readHeader(bytes: Buffer): FrameHeader {
  const [first = 0, second = 0] = bytes
  const short = second & 0x7f
  return {
    opcode: first & 0x0f,
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 7,
    masked: (second & 0x80) !== 0,
    length: short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short,
  }
}

export interface CloseBody {
  /** null: an empty body, which a browser reports as 1005. */
  code: number | null
  reason: string
  /** A body of one byte, or a reason that is not UTF-8. */
  broken: boolean
}

export function readCloseBody(payload: Buffer): CloseBody {
  if (payload.length < 2) return { code: null, reason: '', broken: payload.length === 1 }
  const reason = payload.subarray(2)
  const text = reason.toString('utf8')
  return { code: payload.readUInt16BE(0), reason: text, broken: !Buffer.from(text, 'utf8').equals(reason) }
}

/** A client's frame: final, masked with a fresh key, at most 64 KiB of payload. */
export function writeFrame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4)
  const long = payload.length > 125
  const header = Buffer.alloc(long ? 4 : 2)
  header[0] = 0x80 | opcode
  header[1] = 0x80 | (long ? 126 : payload.length)
  if (long) header.writeUInt16BE(payload.length, 2)
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  return Buffer.concat([header, mask, masked])
}

export function writeClose(code: number, reason = ''): Buffer {
  const body = Buffer.alloc(2)
  body.writeUInt16BE(code)
  return writeFrame(OPCODE.close, Buffer.concat([body, Buffer.from(reason, 'utf8')]))
}
