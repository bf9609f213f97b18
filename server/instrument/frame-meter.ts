/**
 * One direction of a WebSocket, read in passing: headers of frames and the payload of control frames. Of messages
 * only the bytes are counted, whatever their length; those of a single byte alone are looked at.
 */
import { headerLength, opcodes, readHeader } from '#server/wire/frame.ts'
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
  /** What comes is no frame: a peer that breaks the protocol is its server's business, not ours. */
  #isLost = false

  constructor(listener: FrameListener) {
    this.#listener = listener
  }

  /** Whether another frame could stand here. */
  get isBetweenFrames(): boolean {
    return !this.#isLost && this.#left === 0 && this.#header.length === 0
  }

  push(chunk: Buffer): void {
    let bytes = chunk
    while (bytes.length > 0 && !this.#isLost) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, bytes.length)
        if (this.#kept !== undefined) this.#take(this.#kept, bytes.subarray(0, taken))
        this.#left -= taken
        if (taken === bytes.length && this.#left > 0) return
        bytes = bytes.subarray(taken)
        if (this.#left === 0) this.#finish()
        continue
      }
      bytes = this.#begin(bytes)
    }
  }

  /** Reads a header and gives what is behind it; keeps what there is of one that is not whole. */
  #begin(chunk: Buffer): Buffer {
    const before = this.#header.length
    const bytes = before === 0 ? chunk : Buffer.concat([this.#header, chunk.subarray(0, LONGEST_HEADER)])
    const needed = headerLength(bytes)
    if (bytes.length < needed) {
      this.#header = Buffer.from(bytes)
      return NOTHING
    }
    this.#header = NOTHING
    const { opcode, fin, masked: isMasked, length } = readHeader(bytes)
    if (opcode >= 8) {
      if (length > MOST_CONTROL_BYTES) this.#isLost = true
      this.#kept = { opcode, mask: maskOf(bytes, needed, isMasked), payload: NOTHING }
    } else {
      this.#listener.message(opcode !== 0, length)
      if (opcode === opcodes.text && fin && length === 1)
        this.#kept = { opcode, mask: maskOf(bytes, needed, isMasked), payload: NOTHING }
    }
    this.#left = length
    if (length === 0) this.#finish()
    return chunk.subarray(needed - before)
  }

  #take(kept: { payload: Buffer }, part: Buffer): void {
    kept.payload = Buffer.concat([kept.payload, part])
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

const maskOf = (header: Buffer, length: number, isMasked: boolean): Buffer | undefined =>
  isMasked ? Buffer.from(header.subarray(length - 4, length)) : undefined
