/**
 * One direction of a WebSocket, read in passing: headers of frames and the payload of control frames. Of messages
 * only the bytes are counted, whatever their length; those of a single byte alone are looked at.
 *
 * It runs for every chunk of every connection of somebody else's server: a frame that a chunk holds whole is read in
 * place, without a copy or an object.
 */
import { headerLength, lengthBytesFor, opcodes, readHeader } from '#server/wire/frame.ts'
import { masked } from '#server/wire/raw-frame.ts'

export interface FrameListener {
  /** A frame of a message begins. */
  message(isFirst: boolean, payloadBytes: number): void
  /** A control frame is whole; its payload is not masked any more. */
  control(opcode: number, payload: Buffer): void
  /** A message of one byte of text, not masked any more: Engine.IO's pings are such. */
  single(byte: number): void
}

const LONGEST_HEADER = 14
const MOST_CONTROL_BYTES = 125
const NOTHING = Buffer.alloc(0)

export class FrameMeter {
  readonly #listener: FrameListener
  /** Of the payload under way. */
  #left = 0
  /** A header that the last chunk cut. */
  #header: Buffer = NOTHING
  /** A payload that is kept until it is whole. */
  #kept: { readonly opcode: number; readonly mask: Buffer | undefined; payload: Buffer } | undefined
  /** The frame under way ends the connection. */
  #isClose = false
  /** What comes is no frame: a peer that breaks the protocol is its server's business, not ours. */
  #isLost = false

  constructor(listener: FrameListener) {
    this.#listener = listener
  }

  /** Whether another frame could stand here. */
  get isBetweenFrames(): boolean {
    return !this.#isLost && this.#left === 0 && this.#header.length === 0
  }

  /** Whether the chunk brought anything but (a part of) a Close frame, which is no sign that the connection was in use. */
  push(chunk: Buffer): boolean {
    const end = chunk.length
    let at = 0
    let isTraffic = this.#isLost
    while (at < end && !this.#isLost) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, end - at)
        if (this.#kept !== undefined)
          this.#kept.payload = Buffer.concat([this.#kept.payload, chunk.subarray(at, at + taken)])
        this.#left -= taken
        at += taken
        if (this.#left === 0 && this.#kept !== undefined) this.#finish()
      } else {
        at = this.#plain(chunk, at) || this.#begin(chunk, at)
      }
      isTraffic ||= !this.#isClose
    }
    return isTraffic
  }

  /** A frame of a short message, which most are: where it stands whole, the place behind its header, else 0. */
  #plain(chunk: Buffer, at: number): number {
    const first = chunk[at] ?? 0
    const second = chunk[at + 1]
    if (second === undefined || (first & 0x0f) >= 8 || this.#header.length > 0) return 0
    const length = second & 0x7f
    if (length < 2 || lengthBytesFor(length) !== 0) return 0
    this.#isClose = false
    this.#listener.message((first & 0x0f) !== 0, length)
    this.#left = length
    // A mask that the next chunk brings is counted as payload is.
    if (second >= 0x80) this.#left += 4
    return at + 2
  }

  /** Reads any header and gives the place behind it; keeps what there is of one that is not whole. */
  #begin(chunk: Buffer, at: number): number {
    const before = this.#header.length
    const ahead = chunk.subarray(at, at + LONGEST_HEADER)
    const bytes = before === 0 ? ahead : Buffer.concat([this.#header, ahead])
    this.#isClose = ((bytes[0] ?? 0) & 0x0f) === opcodes.close
    const needed = headerLength(bytes)
    if (bytes.length < needed) {
      this.#header = Buffer.from(bytes)
      return chunk.length
    }
    this.#header = NOTHING
    const { opcode, fin, masked: isMasked, length } = readHeader(bytes)
    const isControl = opcode >= 8
    if (isControl && length > MOST_CONTROL_BYTES) this.#isLost = true
    if (!isControl) this.#listener.message(opcode !== 0, length)
    if (isControl || (opcode === opcodes.text && fin && length === 1)) {
      const mask = isMasked ? Buffer.from(bytes.subarray(needed - 4, needed)) : undefined
      this.#kept = { opcode, mask, payload: NOTHING }
      if (length === 0) this.#finish()
    }
    this.#left = length
    return at + needed - before
  }

  #finish(): void {
    const kept = this.#kept
    if (kept === undefined) return
    this.#kept = undefined
    const { opcode, mask, payload } = kept
    const plain = mask === undefined ? payload : masked(payload, mask)
    if (opcode === opcodes.text) this.#listener.single(plain[0] ?? 0)
    else this.#listener.control(opcode, plain)
  }
}
