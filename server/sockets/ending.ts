/**
 * How a connection ended, as both sides would tell it. `ws` reports 1006 wherever it has not parsed a close
 * frame, also after its own 1002, 1007 and 1009, so what was sent is remembered here.
 */
import type { EventOf } from '#lib/protocol/events.ts'
import { errorCode } from '#server/wire/error-code.ts'

export interface Ending {
  readonly code: number
  readonly reason: string
  readonly initiator: EventOf<'disconnected'>['initiator']
}

/** The close codes with which `ws` answers a violation (its receiver.js); every other violation gets 1002. */
const closeCodes: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
}

/** The code that `ws` sent because of this error, or undefined when it was no violation of the protocol. */
export function closeCodeOfError(error: unknown): number | undefined {
  const code = errorCode(error)
  return code?.startsWith('WS_ERR_') ? (closeCodes[code] ?? 1002) : undefined
}

export interface EndingFacts {
  /** What this side did first: a close frame it started, or a cut. */
  readonly ours: Ending | undefined
  /** What `ws` reports: the close frame of the peer, 1005 where it was empty, 1006 where none came. */
  readonly code: number
  readonly reason: string
}

/** Whoever sent the first close frame ended it; without one, the network did. */
export function judgeEnding({ ours, code, reason }: EndingFacts): Ending {
  return ours ?? { code, reason, initiator: code === 1006 ? 'network' : 'client' }
}
