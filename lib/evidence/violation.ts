/** Which rule of RFC 6455 the bytes that a probe received break, if any. */
import { headerValue } from '#lib/evidence/headers.ts'
import type { ProbeEvidence, WireFrame } from '#lib/evidence/schema.ts'
import { isLocalReport } from '#lib/protocol/close-codes.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

/** Which rule it is, for whoever says what to do about it. */
export type ViolatedRule =
  | 'masked'
  /** Bits or a type that no frame has. */
  | 'no-frame'
  /** The bit of compression, without an agreement on it. */
  | 'reserved-bit'
  | 'long-length'
  | 'control-frame'
  | 'fragments'
  | 'utf8'
  | 'close-frame'
  | 'length'

export type Violation = {
  rule: ViolatedRule
  /** Firefox (153) takes it, where Chromium (156) fails as RFC 6455 asks. */
  firefoxAccepts: boolean
  /** A few words for a label: `masked`. */
  short: Sentence
  /** A sentence, with the section of the RFC. */
  says: Sentence
  /** Where it stands in the evidence. */
  from: string
  /** Its place among the frames; undefined where only the end tells. */
  frame: number | undefined
  /** When the frame came, where that was noted. */
  ms: number | undefined
}

type Broken = Pick<Violation, 'rule' | 'short' | 'says'> & { firefoxAccepts?: true }

const KNOWN_OPCODES = [0, 1, 2, 8, 9, 10]
const RSV1 = 4

export function violationOf({ http, frames = [], end }: ProbeEvidence): Violation | undefined {
  const compressed = /permessage-deflate/i.test(headerValue(http?.headers, 'sec-websocket-extensions') ?? '')
  let insideMessage = false
  for (const [at, frame] of frames.entries()) {
    const broken = brokenBy(frame, { compressed, insideMessage })
    if (broken)
      return { firefoxAccepts: false, ...broken, from: `probe.frames[${at}]`, frame: at, ms: frame.ms }
    // Whatever comes after a Close frame is no part of the connection any more (RFC 6455 §5.5.1).
    if (frame.opcode === 8) return undefined
    if (frame.opcode < 8) insideMessage = frame.fin === false
  }
  // The Close frame as the end tells it, where the frames were not kept.
  if (end?.kind !== 'close_frame' || typeof end.code !== 'number') return undefined
  const broken = brokenByClose({ opcode: 8, code: end.code, reason: end.reason })
  return broken && { firefoxAccepts: false, ...broken, from: 'probe.end', frame: undefined, ms: end.ms }
}

type Context = { compressed: boolean; insideMessage: boolean }

function brokenBy(frame: WireFrame, { compressed, insideMessage }: Context): Broken | undefined {
  const { opcode, rsv = 0, length = 0 } = frame
  const isControl = opcode >= 8
  if (frame.masked) {
    const says = sentence`A frame from the server is masked (RFC 6455 §5.1)`
    return { rule: 'masked', firefoxAccepts: true, short: sentence`masked`, says }
  }
  if (!KNOWN_OPCODES.includes(opcode)) {
    const says = sentence`Opcode ${opcode} is not defined (RFC 6455 §5.2)`
    return { rule: 'no-frame', short: sentence`opcode ${opcode}`, says }
  }
  if (rsv !== 0 && !(compressed && rsv === RSV1 && !isControl)) {
    const says = sentence`A reserved bit is set that no negotiated extension uses (RFC 6455 §5.2)`
    return {
      rule: rsv === RSV1 && !isControl ? 'reserved-bit' : 'no-frame',
      short: sentence`reserved bit`,
      says,
    }
  }
  if (frame.minimal === false) {
    const says = sentence`A length is written in more bytes than it needs (RFC 6455 §5.2)`
    return { rule: 'long-length', short: sentence`long length`, says }
  }
  if (isControl && frame.fin === false) {
    const says = sentence`A control frame is fragmented (RFC 6455 §5.5)`
    return { rule: 'control-frame', short: sentence`split control`, says }
  }
  if (isControl && length > 125) {
    const says = sentence`A control frame is longer than 125 bytes (RFC 6455 §5.5)`
    return { rule: 'control-frame', short: sentence`long control`, says }
  }
  if (opcode === 8) return brokenByClose(frame)
  if (opcode === 0 && !insideMessage) {
    const says = sentence`A continuation frame continues nothing (RFC 6455 §5.4)`
    return { rule: 'fragments', short: sentence`stray fragment`, says }
  }
  if ((opcode === 1 || opcode === 2) && insideMessage) {
    const says = sentence`A new message begins inside a fragmented one (RFC 6455 §5.4)`
    return { rule: 'fragments', short: sentence`broken message`, says }
  }
  if (frame.utf8 === false) {
    const says = sentence`A text message is not UTF-8 (RFC 6455 §8.1)`
    return { rule: 'utf8', short: sentence`bad UTF-8`, says }
  }
  return length > Number.MAX_SAFE_INTEGER
    ? {
        rule: 'length',
        short: sentence`too long`,
        says: sentence`The announced length is beyond any message`,
      }
    : undefined
}

function brokenByClose({ length, code, reason }: WireFrame): Broken | undefined {
  const rule = 'close-frame'
  if (length === 1) {
    const says = sentence`A Close frame carries half a code (RFC 6455 §5.5.1)`
    return { rule, firefoxAccepts: true, short: sentence`half a code`, says }
  }
  if (code !== undefined && isLocalReport(code)) {
    const says = sentence`Close code ${code} must never be sent (RFC 6455 §7.4.1)`
    return { rule, firefoxAccepts: true, short: sentence`code ${code}`, says }
  }
  // Decoding leaves the replacement character where the bytes were no UTF-8.
  if (!reason?.includes('\uFFFD')) return undefined
  const says = sentence`The reason of a Close frame is not UTF-8 (RFC 6455 §5.5.1)`
  return { rule, short: sentence`bad UTF-8`, says }
}
