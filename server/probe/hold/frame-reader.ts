/**
 * Our own reader of frames from the server. It records what a library would hide or die of: masked frames,
 * reserved bits and opcodes, bad UTF-8, oversize control frames, half a frame. It stores no payload but the
 * 125 bytes of a control frame and the first characters of the first message, whatever lengths are claimed.
 */

import { createFrameLog } from '#server/probe/hold/frame-log.ts'
import { type FrameHeader, headerLength, opcodes, readHeader } from '#server/wire/frame.ts'
import { masked, readClosePayload } from '#server/wire/raw-frame.ts'

export type FrameRecord = FrameHeader & {
  ms: number
  code?: number
  reason?: string
  /** Present when the payload should have been UTF-8 and was not. */
  utf8?: false
  /** Present while the payload is not complete: bytes of it that came. */
  received?: number
}

export type FrameViolation =
  | 'masked'
  | 'reserved-bits'
  | 'reserved-opcode'
  | 'control-too-long'
  | 'control-fragmented'
  | 'bad-length'
  | 'bad-utf8'
  | 'bad-close-frame'
  | 'interleaved'
  | 'stray-continuation'

export interface FrameReaderOptions {
  ms: () => number
  /** Bits that a negotiated extension may use (4 = RSV1 of permessage-deflate). */
  extensionBits: number
  /** A frame is complete; `payload` is there for control frames and the start of data frames. */
  onFrame: (frame: FrameRecord, payload: Buffer) => void
}

const MOST_CONTROL_BYTES = 125
/** Kept of a data frame, to recognise an echo and to show the first message. */
const KEPT_DATA_BYTES = 1024

/** Bytes that a program wrote as text: an HTTP answer, an error, JSON. As a header of a frame they break its rules. */
const isText = (bytes: Buffer): boolean => bytes.every(isTextByte)
const isTextByte = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Its beginning; frames may follow. */
function textStart(bytes: Buffer): string {
  const end = bytes.findIndex((byte) => !isTextByte(byte))
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
}

/** Fewer may be chance. */
const FEWEST_TEXT_BYTES = 4
const KEPT_STRAY_BYTES = 1024

/** Headers and payloads. */
const PIECES_BETWEEN_LOOKS = 128

export interface FrameReader {
  /**
   * Gives how many bytes were read: all of them, unless it was enough in between. That is asked every few frames,
   * because tiny ones take a thousand times as long as their bytes in one.
   */
  push(chunk: Buffer, isEnough?: () => boolean): number
  /** The first and the last frames; `count` says how many there were. */
  frames(): FrameRecord[]
  count(): number
  /** When the last byte came, or undefined. */
  lastByteMs(): number | undefined
  bytes(): number
  violation(): FrameViolation | undefined
  /** Text where a frame should begin, such as an HTTP answer, and when it came; nothing is read beyond it. */
  notFrames(): { ms: number; text_start: string } | undefined
  /** Bytes of a header that is not complete; with a frame whose `received` is set, half a frame. */
  headerBytes(): number
}

export function createFrameReader({ ms, extensionBits, onFrame }: FrameReaderOptions): FrameReader {
  const log = createFrameLog<FrameRecord>()
  let lastByteMs: number | undefined
  let bytes = 0
  let violation: FrameViolation | undefined
  /** After bytes that can't be cut into frames any more, the rest is only counted. */
  let lost = false
  let header: Buffer = Buffer.alloc(0)
  let stray: { ms: number; bytes: Buffer } | undefined
  let open: { frame: FrameRecord; left: number; kept: Buffer; mask?: Buffer } | undefined
  /** The message under way: the first frame's opcode, and its text decoder unless it is compressed. */
  let message: { opcode: number; decoder?: TextDecoder } | undefined

  const violated = (what: FrameViolation) => {
    violation ??= what
  }
  const beginFrame = (frame: FrameRecord) => {
    log.add(frame)
    const control = frame.opcode >= 8
    if (frame.masked) violated('masked')
    if ((frame.rsv & ~extensionBits) !== 0) violated('reserved-bits')
    if ((frame.opcode > 2 && frame.opcode < 8) || frame.opcode > 10) {
      violated('reserved-opcode')
      lost = true
    }
    if (control && frame.length > MOST_CONTROL_BYTES) {
      violated('control-too-long')
      lost = true
    }
    if (control && !frame.fin) violated('control-fragmented')
    if (frame.minimal === false) violated('bad-length')
    if (!Number.isSafeInteger(frame.length)) {
      violated('bad-length')
      lost = true
    }
    if (control) return
    if (frame.opcode === 0 && !message) violated('stray-continuation')
    if (frame.opcode !== 0 && message) violated('interleaved')
    if (frame.opcode !== 0) {
      const text = frame.opcode === 1 && (frame.rsv & 4) === 0
      message = {
        opcode: frame.opcode,
        ...(text ? { decoder: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }) } : {}),
      }
    }
  }

  const takePayload = (part: Buffer) => {
    if (!open) return
    const { frame, mask } = open
    const offset = frame.length - open.left
    const plain = mask ? masked(part, mask, offset) : part
    open.left -= part.length
    const keep = frame.opcode >= 8 ? MOST_CONTROL_BYTES : KEPT_DATA_BYTES
    if (open.kept.length < keep) {
      open.kept = Buffer.concat([open.kept, plain.subarray(0, keep - open.kept.length)])
    }
    if (frame.opcode < 8 && message?.decoder) {
      try {
        message.decoder.decode(plain, { stream: open.left > 0 || !frame.fin })
      } catch {
        frame.utf8 = false
        violated('bad-utf8')
        delete message.decoder
      }
    }
    if (open.left > 0) frame.received = frame.length - open.left
    else endFrame()
  }

  const endFrame = () => {
    if (!open) return
    const { frame, kept } = open
    open = undefined
    delete frame.received
    if (frame.opcode < 8 && frame.fin) message = undefined
    if (frame.opcode === opcodes.close) {
      const { code, reason, broken } = readClosePayload(kept)
      if (code !== null) frame.code = code
      frame.reason = reason
      if (broken) violated('bad-close-frame')
    }
    onFrame(frame, kept)
  }

  /** Takes what the header still lacks; returns the bytes after that. */
  const takeHeader = (chunk: Buffer): Buffer => {
    const part = chunk.subarray(0, headerLength(header) - header.length)
    header = Buffer.concat([header, part])
    const length = headerLength(header)
    if (header.length === length) {
      const frame: FrameRecord = { ms: ms(), ...readHeader(header) }
      open = {
        frame,
        left: frame.length,
        kept: Buffer.alloc(0),
        ...(frame.masked ? { mask: header.subarray(length - 4) } : {}),
      }
      const began = header
      header = Buffer.alloc(0)
      const wasSound = violation === undefined
      beginFrame(frame)
      if (wasSound && violation !== undefined && isText(began)) {
        stray = { ms: frame.ms, bytes: began }
        lost = true
      }
      if (frame.length === 0) takePayload(Buffer.alloc(0))
      else frame.received = 0
    }
    return chunk.subarray(part.length)
  }

  return {
    frames: log.frames,
    count: log.count,
    lastByteMs: () => lastByteMs,
    bytes: () => bytes,
    violation: () => violation,
    headerBytes: () => header.length,
    notFrames: () => {
      const text = stray ? textStart(stray.bytes) : ''
      return stray && text.length >= FEWEST_TEXT_BYTES ? { ms: stray.ms, text_start: text } : undefined
    },
    push(chunk, isEnough = () => false) {
      lastByteMs = ms()
      let rest = chunk
      for (let pieces = 1; rest.length > 0 && !lost; pieces += 1) {
        if (pieces % PIECES_BETWEEN_LOOKS === 0 && isEnough()) break
        if (open) {
          const part = rest.subarray(0, open.left)
          rest = rest.subarray(part.length)
          takePayload(part)
        } else rest = takeHeader(rest)
      }
      if (stray && stray.bytes.length < KEPT_STRAY_BYTES)
        stray.bytes = Buffer.concat([stray.bytes, rest.subarray(0, KEPT_STRAY_BYTES - stray.bytes.length)])
      const taken = lost ? chunk.length : chunk.length - rest.length
      bytes += taken
      return taken
    },
  }
}
