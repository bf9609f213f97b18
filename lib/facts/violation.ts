/** Which rule of RFC 6455 the frames that the probe received break, if any. */

import type { WireFrame } from '#lib/evidence/schema.ts'
import { headerValue } from '#lib/facts/backend-request.ts'
import { type Because, say } from '#lib/facts/because.ts'
import type { ProbeView } from '#lib/facts/probe.ts'

const KNOWN_OPCODES = [0, 1, 2, 8, 9, 10]
const RSV1 = 4

export function violationOf(probe: ProbeView): Because | undefined {
  const compressed = /permessage-deflate/i.test(
    headerValue(probe.evidence.http?.headers, 'sec-websocket-extensions') ?? '',
  )
  let insideMessage = false
  for (const [at, frame] of probe.frames.entries()) {
    const from = `probe.frames[${at}]`
    const broken = brokenRule(frame, { compressed, insideMessage })
    if (broken) return say(broken, from)
    if (frame.opcode < 8) insideMessage = frame.fin === false
  }
  return brokenEnd(probe)
}

/** The Close frame as `end` tells it, where the frames were not kept. */
function brokenEnd({ evidence: { end } }: ProbeView): Because | undefined {
  if (end?.kind !== 'close_frame' || typeof end.code !== 'number') return undefined
  const broken = brokenClose({ opcode: 8, code: end.code, reason: end.reason })
  return broken === undefined ? undefined : say(broken, 'probe.end')
}

type Context = { compressed: boolean; insideMessage: boolean }

function brokenRule(frame: WireFrame, { compressed, insideMessage }: Context): string | undefined {
  const rsv = frame.rsv ?? 0
  const isControl = frame.opcode >= 8
  if (frame.masked) return 'A frame from the server is masked (RFC 6455 §5.1)'
  if (!KNOWN_OPCODES.includes(frame.opcode)) return `Opcode ${frame.opcode} is not defined (RFC 6455 §5.2)`
  if (rsv !== 0 && !(compressed && rsv === RSV1 && !isControl)) {
    return 'A reserved bit is set that no negotiated extension uses (RFC 6455 §5.2)'
  }
  if (isControl && frame.fin === false) return 'A control frame is fragmented (RFC 6455 §5.5)'
  if (isControl && (frame.length ?? 0) > 125)
    return 'A control frame is longer than 125 bytes (RFC 6455 §5.5)'
  if (frame.opcode === 8) return brokenClose(frame)
  if (frame.opcode === 0 && !insideMessage) return 'A continuation frame continues nothing (RFC 6455 §5.4)'
  if ((frame.opcode === 1 || frame.opcode === 2) && insideMessage) {
    return 'A new message begins inside a fragmented one (RFC 6455 §5.4)'
  }
  if (frame.utf8 === false) return 'A text message is not UTF-8 (RFC 6455 §8.1)'
  return (frame.length ?? 0) > Number.MAX_SAFE_INTEGER
    ? 'The announced length is beyond any message'
    : undefined
}

function brokenClose(frame: WireFrame): string | undefined {
  if (frame.length === 1) return 'A Close frame carries half a code (RFC 6455 §5.5.1)'
  if (frame.code === 1005 || frame.code === 1006 || frame.code === 1015) {
    return `Close code ${frame.code} must never be sent (RFC 6455 §7.4.1)`
  }
  // Decoding leaves the replacement character where the bytes were no UTF-8.
  return frame.reason?.includes('\uFFFD')
    ? 'The reason of a Close frame is not UTF-8 (RFC 6455 §5.5.1)'
    : undefined
}
