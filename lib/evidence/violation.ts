/** Which rule of RFC 6455 the bytes that a probe received break, if any. */
import { headerValue } from '#lib/evidence/headers.ts'
import type { ProbeEvidence, WireFrame } from '#lib/evidence/schema.ts'
import { isLocalReport } from '#lib/protocol/close-codes.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

export type Violation = {
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

type Broken = Omit<Violation, 'from' | 'frame' | 'ms'>

const KNOWN_OPCODES = [0, 1, 2, 8, 9, 10]
const RSV1 = 4

export function violationOf({ http, frames = [], end }: ProbeEvidence): Violation | undefined {
  const compressed = /permessage-deflate/i.test(headerValue(http?.headers, 'sec-websocket-extensions') ?? '')
  let insideMessage = false
  for (const [at, frame] of frames.entries()) {
    const broken = brokenBy(frame, { compressed, insideMessage })
    if (broken) return { ...broken, from: `probe.frames[${at}]`, frame: at, ms: frame.ms }
    if (frame.opcode < 8) insideMessage = frame.fin === false
  }
  // The Close frame as the end tells it, where the frames were not kept.
  if (end?.kind !== 'close_frame' || typeof end.code !== 'number') return undefined
  const broken = brokenByClose({ opcode: 8, code: end.code, reason: end.reason })
  return broken && { ...broken, from: 'probe.end', frame: undefined, ms: end.ms }
}

type Context = { compressed: boolean; insideMessage: boolean }

function brokenBy(frame: WireFrame, { compressed, insideMessage }: Context): Broken | undefined {
  const { opcode, rsv = 0, length = 0 } = frame
  const isControl = opcode >= 8
  if (frame.masked)
    return { short: sentence`masked`, says: sentence`A frame from the server is masked (RFC 6455 §5.1)` }
  if (!KNOWN_OPCODES.includes(opcode))
    return {
      short: sentence`opcode ${opcode}`,
      says: sentence`Opcode ${opcode} is not defined (RFC 6455 §5.2)`,
    }
  if (rsv !== 0 && !(compressed && rsv === RSV1 && !isControl)) {
    const says = sentence`A reserved bit is set that no negotiated extension uses (RFC 6455 §5.2)`
    return { short: sentence`reserved bit`, says }
  }
  if (frame.minimal === false) {
    const says = sentence`A length is written in more bytes than it needs (RFC 6455 §5.2)`
    return { short: sentence`long length`, says }
  }
  if (isControl && frame.fin === false)
    return { short: sentence`split control`, says: sentence`A control frame is fragmented (RFC 6455 §5.5)` }
  if (isControl && length > 125)
    return {
      short: sentence`long control`,
      says: sentence`A control frame is longer than 125 bytes (RFC 6455 §5.5)`,
    }
  if (opcode === 8) return brokenByClose(frame)
  if (opcode === 0 && !insideMessage)
    return {
      short: sentence`stray fragment`,
      says: sentence`A continuation frame continues nothing (RFC 6455 §5.4)`,
    }
  if ((opcode === 1 || opcode === 2) && insideMessage) {
    const says = sentence`A new message begins inside a fragmented one (RFC 6455 §5.4)`
    return { short: sentence`broken message`, says }
  }
  if (frame.utf8 === false)
    return { short: sentence`bad UTF-8`, says: sentence`A text message is not UTF-8 (RFC 6455 §8.1)` }
  return length > Number.MAX_SAFE_INTEGER
    ? { short: sentence`too long`, says: sentence`The announced length is beyond any message` }
    : undefined
}

function brokenByClose({ length, code, reason }: WireFrame): Broken | undefined {
  if (length === 1)
    return {
      short: sentence`half a code`,
      says: sentence`A Close frame carries half a code (RFC 6455 §5.5.1)`,
    }
  if (code !== undefined && isLocalReport(code)) {
    return {
      short: sentence`code ${code}`,
      says: sentence`Close code ${code} must never be sent (RFC 6455 §7.4.1)`,
    }
  }
  // Decoding leaves the replacement character where the bytes were no UTF-8.
  return reason?.includes('\uFFFD')
    ? {
        short: sentence`bad UTF-8`,
        says: sentence`The reason of a Close frame is not UTF-8 (RFC 6455 §5.5.1)`,
      }
    : undefined
}
