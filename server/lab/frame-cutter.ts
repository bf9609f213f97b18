/**
 * Cuts a byte stream into frames (RFC 6455 §5.2) without reading what is in them, so that a fault can act
 * between two frames or on one kind of frame. Nothing is checked: the relay is no endpoint.
 */

export interface FramePiece {
  readonly opcode: number
  readonly fin: boolean
  /** Header bytes and payload as they came, masked or not. */
  readonly bytes: Buffer
  /** Whether a frame begins or ends with this piece; a long frame comes in several. */
  readonly starts: boolean
  readonly ends: boolean
}

const greatestHeader = 14

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
        frame = openFrame(bytes)
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

function headerLength(bytes: Buffer): number {
  const second = bytes[1]
  // Not enough to tell: more than there can be, so that the caller waits.
  if (second === undefined) return greatestHeader
  const lengthBytes = { 126: 2, 127: 8 }[second & 0x7f] ?? 0
  return 2 + lengthBytes + (second & 0x80 ? 4 : 0)
}

function openFrame(bytes: Buffer): OpenFrame {
  const first = bytes[0] ?? 0
  const second = bytes[1] ?? 0
  const short = second & 0x7f
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  return { opcode: first & 0x0f, fin: (first & 0x80) !== 0, remaining: length, started: false }
}
