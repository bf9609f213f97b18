/**
 * Cuts a byte stream into frames (RFC 6455 §5.2) without reading what is in them, so that a fault can act
 * between two frames or on one kind of frame. Nothing is checked: the relay is no endpoint.
 */
import { headerLength, readHeader } from '#server/wire/frame.ts'

export interface FramePiece {
  readonly opcode: number
  readonly fin: boolean
  /** Header bytes and payload as they came, masked or not. */
  readonly bytes: Buffer
  /** Whether a frame begins or ends with this piece; a long frame comes in several. */
  readonly starts: boolean
  readonly ends: boolean
}

interface OpenFrame {
  readonly opcode: number
  readonly fin: boolean
  /** Payload bytes that have yet to come. */
  remaining: number
  started: boolean
}

export interface FrameCutter {
  /** Takes bytes as they arrive and returns the pieces that they complete. */
  push(bytes: Buffer): FramePiece[]
  /** Whether all pieces so far were whole frames, so that a frame may be put in here. */
  readonly isBetweenFrames: boolean
}

export function createFrameCutter(): FrameCutter {
  let kept: Buffer = Buffer.alloc(0)
  let frame: OpenFrame | undefined

  const push = (arrived: Buffer): FramePiece[] => {
    let bytes = kept.length === 0 ? arrived : Buffer.concat([kept, arrived])
    const pieces: FramePiece[] = []
    while (bytes.length > 0) {
      let header = 0
      if (frame === undefined) {
        header = headerLength(bytes)
        if (bytes.length < header) break
        const { opcode, fin, length } = readHeader(bytes)
        frame = { opcode, fin, remaining: length, started: false }
      }
      const take = header + Math.min(frame.remaining, bytes.length - header)
      frame.remaining -= take - header
      const ends = frame.remaining === 0
      pieces.push({
        opcode: frame.opcode,
        fin: frame.fin,
        bytes: bytes.subarray(0, take),
        starts: !frame.started,
        ends,
      })
      frame.started = true
      if (ends) frame = undefined
      bytes = bytes.subarray(take)
    }
    kept = bytes
    return pieces
  }
  return {
    push,
    // A header that has come in part is kept here, so it is not on the wire yet.
    get isBetweenFrames() {
      return frame === undefined
    },
  }
}
