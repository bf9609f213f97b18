/** Frames that a proper endpoint would never send, byte by byte (RFC 6455 §5.2). */

export const rawOpcodes = { text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const

export interface RawFrame {
  readonly opcode: number
  readonly payload: Buffer
  /** All three reserved bits as a number from 0 to 7; 4 is RSV1. */
  readonly reserved?: number
  readonly masked?: boolean
  /** What the header says; the payload's length unless given. */
  readonly announcedLength?: number
}

// Any four bytes do: the mask hides nothing, it only keeps caches from reading a page's words as HTTP (§10.3).
const mask = Buffer.from([0x57, 0x68, 0x79, 0x3f])

export function encodeRawFrame({
  opcode,
  payload,
  reserved = 0,
  masked = false,
  announcedLength,
}: RawFrame): Buffer {
  const length = announcedLength ?? payload.length
  const first = 0x80 | (reserved << 4) | opcode
  const maskBit = masked ? 0x80 : 0
  const header = length < 126 ? Buffer.from([first, maskBit | length]) : longHeader(first, maskBit, length)
  return Buffer.concat(masked ? [header, mask, maskedCopy(payload)] : [header, payload])
}

/** Code and reason of a Close frame; 1005 means that there is none, and so an empty frame. */
export function encodeClosePayload(code: number, reason: string): Buffer {
  if (code === 1005) return Buffer.alloc(0)
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason))
  payload.writeUInt16BE(code, 0)
  payload.write(reason, 2)
  return payload
}

/** The payload of a whole frame that is not masked. */
export function payloadOf(frame: Buffer): Buffer {
  const short = (frame[1] ?? 0) & 0x7f
  return frame.subarray(short < 126 ? 2 : short === 126 ? 4 : 10)
}

function longHeader(first: number, maskBit: number, length: number): Buffer {
  if (length < 65_536) {
    const header = Buffer.from([first, maskBit | 126, 0, 0])
    header.writeUInt16BE(length, 2)
    return header
  }
  const header = Buffer.alloc(10)
  header[0] = first
  header[1] = maskBit | 127
  header.writeBigUInt64BE(BigInt(length), 2)
  return header
}

function maskedCopy(payload: Buffer): Buffer {
  return Buffer.from(payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0)))
}
