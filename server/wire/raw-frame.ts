/** Frames of any shape, by the rules or against them: a client's, which are masked, and those of a broken endpoint. */
import { headerLength, type LengthBytes, lengthBytesFor, writeHeader } from '#server/wire/frame.ts'

export interface RawFrame {
  readonly opcode: number
  readonly payload: Uint8Array
  /** All three reserved bits as a number from 0 to 7; 4 is RSV1. */
  readonly reserved?: number
  /** Four bytes: a client masks what it sends, and a server must not. */
  readonly mask?: Uint8Array
  /** What the header says; the payload's length unless given. */
  readonly announcedLength?: number
  /** More than the length needs is against the rules. */
  readonly lengthBytes?: LengthBytes
}

/** For frames whose mask hides nothing: it only keeps caches from reading a page's words as HTTP (§10.3). */
export const anyMask: Uint8Array = Buffer.from([0x57, 0x68, 0x79, 0x3f])

export function encodeRawFrame({
  opcode,
  payload,
  reserved = 0,
  mask,
  announcedLength = payload.length,
  lengthBytes = lengthBytesFor(announcedLength),
}: RawFrame): Buffer {
  const offset = 2 + lengthBytes + (mask ? 4 : 0)
  const frame = Buffer.alloc(offset + payload.length)
  writeHeader(frame, 0x80 | (reserved << 4) | opcode, mask ? 0x80 : 0, announcedLength, lengthBytes)
  if (mask) frame.set(mask, offset - 4)
  frame.set(mask ? masked(payload, mask) : payload, offset)
  return frame
}

/**
 * Masks, or takes the mask away.
 * @param from where in the payload these bytes begin
 */
export function masked<Bytes extends Uint8Array>(bytes: Bytes, mask: Uint8Array, from = 0): Bytes {
  return bytes.map((byte, at) => byte ^ (mask[(from + at) % 4] ?? 0)) as Bytes
}

/** The payload of a whole frame, still masked where it is. */
export function payloadOf(frame: Buffer): Buffer {
  return frame.subarray(headerLength(frame))
}

/** Code and reason of a Close frame; 1005 means that there is none, and so an empty frame. */
export function encodeClosePayload(code: number, reason = ''): Buffer {
  if (code === 1005) return Buffer.alloc(0)
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason))
  payload.writeUInt16BE(code, 0)
  payload.write(reason, 2)
  return payload
}

export interface CloseBody {
  /** null: an empty body, which a browser reports as 1005. */
  code: number | null
  reason: string
  /** A body of one byte, or a reason that is not UTF-8. */
  broken: boolean
}

export function readClosePayload(payload: Buffer): CloseBody {
  if (payload.length < 2) return { code: null, reason: '', broken: payload.length === 1 }
  const reason = payload.subarray(2)
  const text = reason.toString('utf8')
  return { code: payload.readUInt16BE(0), reason: text, broken: !Buffer.from(text, 'utf8').equals(reason) }
}
