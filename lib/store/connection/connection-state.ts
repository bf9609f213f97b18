/**
 * The life of one attempt to connect, as page script can tell it.
 *
 * Script alone tells five ways of dying apart: never opened (error, then close), dropped (close 1006 without an
 * error), protocol violation (error after open, then close 1006), refused (the constructor threw), and blocked
 * (an error, never a close, readyState 3). Measured with Chromium 156; Firefox also fires an error for a reset.
 */

import { describeCloseCode, isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import { isMixedContent } from '#lib/protocol/host.ts'
import { isToken } from '#lib/protocol/token.ts'
import type { SocketClose } from '#lib/store/kit/ports.ts'

/** Who ended it: this page, the other side with a close frame, or neither, without one. */
export type EndedBy = 'client' | 'server' | 'network'

/** Why the constructor threw, before anything reached a network. */
export type RefusalClass = 'mixed-content' | 'bad-url' | 'bad-subprotocol' | 'other'

export interface Opened {
  readonly openedAt: number
  /** From `new WebSocket` to the open event. Chrome delays attempts itself after repeated failures. */
  readonly timeToOpenMs: number
  /** What the server picked, empty where none. */
  readonly subprotocol: string
  readonly extensions: string
}

export type ConnectionState =
  | { readonly phase: 'connecting'; readonly since: number }
  | (Opened & { readonly phase: 'open' })
  /** Two page pings in a row went unanswered and nothing else arrived: no event will ever tell. */
  | (Opened & { readonly phase: 'suspect'; readonly since: number; readonly unanswered: number })
  /** `close()` was called and the peer has not answered; browsers wait up to 60 s. */
  | {
      readonly phase: 'closing'
      readonly opened: Opened | null
      readonly since: number
      readonly code: number
      readonly reason: string
    }
  | ClosedState
  | {
      readonly phase: 'never-opened'
      readonly at: number
      readonly afterMs: number
      readonly code: number
      readonly reason: string
      /** The page gave up itself by calling close() while connecting. */
      readonly abandoned: boolean
      /** What a relay saw in place of a 101; a browser tells nothing. */
      readonly says?: string | undefined
    }
  | {
      readonly phase: 'refused'
      readonly at: number
      readonly cause: RefusalClass
      readonly name: string
      readonly message: string
    }
  /** `directive` where a `securitypolicyviolation` event named it, null where only the missing close tells. */
  | { readonly phase: 'blocked'; readonly at: number; readonly directive: string | null }

export interface ClosedState {
  readonly phase: 'closed'
  readonly opened: Opened
  readonly at: number
  /** How long it was open. */
  readonly lastedMs: number
  readonly code: number
  /** The code's registered name, such as `Going Away`. */
  readonly name: string
  readonly reason: string
  readonly wasClean: boolean
  readonly by: EndedBy
  /** `relay-lost`: this page lost the server that held the connection for it. */
  readonly how: 'close-frame' | 'dropped' | 'protocol-violation' | 'relay-lost'
  /** What a relay saw of the end: a reset, an orderly end of TCP. */
  readonly says?: string | undefined
}

/** Phases in which a message can be sent. */
export function isOpen(state: ConnectionState): boolean {
  return state.phase === 'open' || state.phase === 'suspect'
}

/** Phases from which only a new attempt leads on. */
export function isOver(state: ConnectionState): boolean {
  return (
    state.phase === 'closed' ||
    state.phase === 'never-opened' ||
    state.phase === 'refused' ||
    state.phase === 'blocked'
  )
}

/** It never began, or ended otherwise than connections end in order. What a person gave up has not failed. */
export function hasFailed(state: ConnectionState): boolean {
  if (state.phase === 'closed') return !(state.wasClean && isOrderlyEnd(state.code))
  return isOver(state) && !(state.phase === 'never-opened' && state.abandoned)
}

/** When the current or last attempt was open since, null if it never was. */
export function openedAt(state: ConnectionState): number | null {
  if (state.phase === 'open' || state.phase === 'suspect') return state.openedAt
  if (state.phase === 'closed') return state.opened.openedAt
  return state.phase === 'closing' ? (state.opened?.openedAt ?? null) : null
}

interface EndingFacts {
  readonly at: number
  readonly opened: Opened
  /** What this page asked for, null if it did not call close(). */
  readonly closing: { readonly code: number } | null
  readonly hadErrorWhileOpen: boolean
}

/** Was opened and is not over. */
export function isRunning(state: ConnectionState): boolean {
  return openedAt(state) !== null && !isOver(state)
}

/** What a close event says about how it ended. */
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
    how: event.how ?? howItEnded(event, facts),
    ...(event.says !== undefined && { says: event.says }),
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

/** Which of the constructor's rules was broken: names and messages differ between browsers, the rules do not. */
export function refusalClass(
  url: string,
  subprotocols: readonly string[],
  errorName: string,
  pageOrigin: string,
): RefusalClass {
  const target = URL.parse(url)
  if (errorName === 'SyntaxError') {
    const areTokens = subprotocols.every((subprotocol) => isToken(subprotocol))
    const areUnique = new Set(subprotocols).size === subprotocols.length
    return areTokens && areUnique ? 'bad-url' : 'bad-subprotocol'
  }
  const isMixed = errorName === 'SecurityError' && target !== null && isMixedContent(target, pageOrigin)
  return isMixed ? 'mixed-content' : 'other'
}
