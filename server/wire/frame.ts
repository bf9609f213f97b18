/**
 * Frames from server to client (RFC 6455 §5.2): never masked, never fragmented, header and payload in one
 * buffer so that a message costs one chunk.
 */
export const opcodes = { text: 0x1, binary: 0x2, ping: 0x9, pong: 0xa } as const

export type Opcode = (typeof opcodes)[keyof typeof opcodes]

/** Bytes of the header that goes before a payload of this length: 2, 4 or 10. */
export function headerLength(payloadLength: number): number {
  if (payloadLength < 126) return 2
  return payloadLength < 65_536 ? 4 : 10
}

function writeHeader(frame: Buffer, opcode: Opcode, payloadLength: number): number {
  frame[0] = 0x80 | opcode
  if (payloadLength < 126) {
    frame[1] = payloadLength
    return 2
  }
  if (payloadLength < 65_536) {
    frame[1] = 126
    frame[2] = payloadLength >>> 8
    frame[3] = payloadLength & 0xff
    return 4
  }
  frame[1] = 127
  frame.writeUInt32BE(Math.floor(payloadLength / 2 ** 32), 2)
  frame.writeUInt32BE(payloadLength >>> 0, 6)
  return 10
}

/** One whole frame. A string becomes UTF-8. */
export function encodeFrame(opcode: Opcode, payload: string | Uint8Array): Buffer {
  const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
  const frame = Buffer.allocUnsafe(headerLength(length) + length)
  const offset = writeHeader(frame, opcode, length)
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
