/**
 * How far the connection came and how it ended, put together from all observers.
 *
 * This one fact decides which causes are possible at all: what opened can't have failed in DNS, and what ended
 * with a Close frame was not cut. Script alone sees the difference between an opened and an unopened socket,
 * and between an error event after opening (a violated protocol) and none (a lost transport).
 */
import type { Because } from '#lib/facts/because.ts'

/** `client`: a client outside of a browser. `log`: lines of a proxy or of many connections, where nobody watched one. */
export type Observer = 'browser' | 'client' | 'probe' | 'server' | 'log'

export type Ending = { seenBy: Observer; because: Because[] } & (
  | { /** The browser made no connection. */ kind: 'blocked' }
  | { kind: 'dns' | 'tcp' | 'tls' }
  | { /** Connected, and no HTTP answer came. */ kind: 'unanswered' }
  | { kind: 'answered'; status: number }
  | { /** Refused with an answer, or with a 101 that is not valid: nobody saw which. */ kind: 'refused' }
  | { /** A 101 that the client refused. */ kind: 'refused-101' }
  | { /** Still connecting when the watch ended. */ kind: 'pending' }
  | { /** Never opened; nobody saw where it failed. */ kind: 'unopened' }
  | { /** Ended without a Close frame, and nothing tells whether it had opened. */ kind: 'lost' }
  | { /** Opened, and lost without a Close frame. */ kind: 'dropped' }
  | {
      /** The client ended it itself: no answer came in time, its machine slept, its network changed. */ kind: 'given-up'
    }
  | { /** Opened, and ended over bytes that break the protocol. */ kind: 'violated' }
  | {
      /** Opened, and ended with an error event that Firefox fires for a reset as for a broken frame. */ kind: 'broken'
    }
  | {
      kind: 'closed'
      code: number
      reason: string
      clean: boolean
      by: 'page' | 'peer'
      /** Nothing tells which end closed: `by` is a guess. */
      isUntold?: true
    }
  | { /** The page called close(), and the peer never answered. */ kind: 'closing' }
  | { /** Still open, and silent for much longer than ever before. */ kind: 'silent' }
  | { /** Opened, and watched to an end without a fault. */ kind: 'open' }
  | { /** Opened; nobody saw how it went on. */ kind: 'opened' }
  | { /** No observer saw the connection. */ kind: 'unseen' }
)

export type EndingKind = Ending['kind']

/** Endings before the socket opened. */
export const UNOPENED: readonly EndingKind[] = [
  'blocked',
  'dns',
  'tcp',
  'tls',
  'unanswered',
  'answered',
  'refused',
  'refused-101',
  'pending',
  'unopened',
]

/** What an ending says to a person. */
export const ENDING_SAYS = {
  blocked: 'The browser refused before it made a connection',
  dns: 'The name did not resolve',
  tcp: 'TCP connection failed',
  tls: 'TLS failed before any HTTP was sent',
  unanswered: 'Connected, but no HTTP response',
  answered: 'The handshake was answered with an HTTP status other than 101',
  refused: 'The handshake was refused, and the status is not known',
  'refused-101': 'A 101 came, and the client did not accept it',
  pending: 'The socket was still connecting when the watch ended',
  unopened: 'The socket never opened',
  lost: 'The connection failed or was dropped, and nothing tells whether it had opened',
  dropped: 'Opened, then dropped without a Close frame',
  'given-up': 'The client itself ended the connection',
  violated: 'Opened, then closed because of invalid frames',
  broken: 'The socket opened and was reset, or ended over bytes that break the protocol',
  closed: 'Ended with a Close frame',
  closing: 'The page closed the socket, and the peer did not answer the Close frame',
  silent: 'The socket stayed open, and fell silent for much longer than before',
  open: 'The socket opened and stayed open',
  opened: 'The socket opened, and how it ended is unknown',
  unseen: 'No observer saw the connection',
} as const satisfies Record<EndingKind, string>

export const isUnopened = (ending: Ending): boolean => UNOPENED.includes(ending.kind)
