/**
 * The layout of a frame (RFC 6455 §5.2), written and read in one place. What we send as a server is never masked
 * and never fragmented, header and payload in one buffer so that a message costs one chunk; frames of any other
 * shape are in `raw-frame.ts`.
 */
export const opcodes = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const

export type Opcode = (typeof opcodes)[keyof typeof opcodes]

/** Bytes behind the second one that say how long the payload is. */
export type LengthBytes = 0 | 2 | 8

/** The fewest that hold this length, which are the only ones that may be used. */
export function lengthBytesFor(payloadLength: number): LengthBytes {
  if (payloadLength < 126) return 0
  return payloadLength < 65_536 ? 2 : 8
}

/**
 * Writes the first two bytes and the length; a mask comes behind.
 * @param first the whole first byte: FIN, reserved bits, opcode
 * @param maskBit 0x80 for a masked frame, or 0
 */
export function writeHeader(
  frame: Buffer,
  first: number,
  maskBit: number,
  payloadLength: number,
  lengthBytes: LengthBytes,
): void {
  frame[0] = first
  if (lengthBytes === 0) frame[1] = maskBit | payloadLength
  else if (lengthBytes === 2) {
    frame[1] = maskBit | 126
    frame[2] = payloadLength >>> 8
    frame[3] = payloadLength & 0xff
  } else {
    frame[1] = maskBit | 127
    frame.writeUInt32BE(Math.floor(payloadLength / 2 ** 32), 2)
    frame.writeUInt32BE(payloadLength >>> 0, 6)
  }
}

export type FrameHeader = {
  opcode: number
  fin: boolean
  /** The three reserved bits of the first byte, shifted down: 4, 2, 1. */
  rsv: number
  masked: boolean
  /** Payload bytes that the header announces; beyond 2^53 no longer exact. */
  length: number
  /** Present when the length is written in more bytes than it needs. */
  minimal?: false
}

/** Bytes of a header in all, mask included, as far as the bytes at hand can tell; at least 2. */
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
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0
  return {
    opcode: first & 0x0f,
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 7,
    masked: (second & 0x80) !== 0,
    length,
    ...(lengthBytes > lengthBytesFor(length) && { minimal: false }),
  }
}

/** One whole frame from server to client. A string becomes UTF-8. */
export function encodeFrame(opcode: Opcode, payload: string | Uint8Array): Buffer {
  const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
  const lengthBytes = lengthBytesFor(length)
  const offset = 2 + lengthBytes
  const frame = Buffer.allocUnsafe(offset + length)
  writeHeader(frame, 0x80 | opcode, 0, length, lengthBytes)
  // Text as long as its UTF-8 is ASCII, and the latin1 writer copies without looking at each character.
  if (typeof payload !== 'string') frame.set(payload, offset)
  else if (length === payload.length) frame.write(payload, offset, length, 'latin1')
  else frame.write(payload, offset, length, 'utf8')
  return frame
}

/** Above this length the copy into a buffer costs less than a string in the socket's queue. */
const greatestAsciiText = 4096

/**
 * A text message that is known to be ASCII as a latin1 string, header included, or undefined where it is long.
 * The socket copies such a string straight into the write: a third off a pipelined echo.
 */
export function asciiFrame(text: string): string | undefined {
  const { length } = text
  if (length < 126) return String.fromCharCode(0x80 | opcodes.text, length) + text
  if (length > greatestAsciiText) return undefined
  return String.fromCharCode(0x80 | opcodes.text, 126, length >>> 8, length & 0xff) + text
}
