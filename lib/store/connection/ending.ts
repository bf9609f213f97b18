/** What a close event, or a constructor that threw, says about how it ended. */
import { isMixedContent } from '#lib/protocol/address.ts'
import { describeCloseCode } from '#lib/protocol/close-codes.ts'
import type { ClosedState, EndedBy, RefusalClass } from '#lib/store/connection/connection-state.ts'
import type { SocketClose } from '#lib/store/ports.ts'

export type Opened = ClosedState['opened']

export interface EndingFacts {
  readonly at: number
  readonly opened: Opened
  /** What this page asked for, null if it did not call close(). */
  readonly closing: { readonly code: number } | null
  readonly hadErrorWhileOpen: boolean
}

export function closedState(event: SocketClose, facts: EndingFacts): ClosedState {
  const { at, opened } = facts
  const { code, reason, wasClean } = event
  return {
    phase: 'closed',
    opened,
    at,
    lastedMs: at - opened.openedAt,
    code,
    name: describeCloseCode(code).name,
    reason,
    wasClean,
    by: endedBy(event, facts),
    how: howItEnded(event, facts),
  }
}

function howItEnded({ code }: SocketClose, { hadErrorWhileOpen }: EndingFacts): ClosedState['how'] {
  // 1006 never travels on the wire (RFC 6455 §7.4.1): any other code came in a Close frame, even if TCP broke after it.
  if (code !== 1006) return 'close-frame'
  return hadErrorWhileOpen ? 'protocol-violation' : 'dropped'
}

function endedBy({ code }: SocketClose, { closing, hadErrorWhileOpen }: EndingFacts): EndedBy {
  if (code === 1006) {
    // Our Close frame went unanswered (up to 60 s), or this browser ended it because the peer broke the protocol.
    return closing !== null || hadErrorWhileOpen ? 'client' : 'network'
  }
  // A peer answers with our code, or (also legal) with none; any other code was its own and crossed ours.
  const isEcho = closing !== null && (code === closing.code || code === 1005)
  return isEcho ? 'client' : 'server'
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Which of the constructor's rules was broken: names and messages differ between browsers, the rules do not. */
export function refusalClass(
  url: string,
  subprotocols: readonly string[],
  errorName: string,
  pageOrigin: string,
): RefusalClass {
  const target = URL.parse(url)
  if (errorName === 'SyntaxError') {
    const areTokens = subprotocols.every((subprotocol) => TOKEN.test(subprotocol))
    const areUnique = new Set(subprotocols).size === subprotocols.length
    return areTokens && areUnique ? 'bad-url' : 'bad-subprotocol'
  }
  const isMixed =
    errorName === 'SecurityError' && target !== null && isMixedContent(target, new URL(pageOrigin))
  return isMixed ? 'mixed-content' : 'other'
}
