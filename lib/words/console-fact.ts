import type { Sentence } from '#lib/text/foreign.ts'

/** What a line of a client's console can mean. */
export type ConsoleMeaning =
  | 'dns-failure'
  | 'refused'
  /** Safari's word for all that keeps TCP from coming about. */
  | 'no-connection'
  | 'unreachable'
  | 'connect-timeout'
  | 'handshake-timeout'
  | 'closed-before-answer'
  | 'reset'
  | 'not-http'
  | 'cert-untrusted'
  | 'cert-expired'
  | 'cert-name'
  | 'tls-version'
  | 'tls-client-certificate'
  | 'tls-garbled'
  | 'status'
  | 'authentication'
  | 'proxy-authentication'
  | 'forward-proxy'
  | 'redirect'
  /** Answered, and not with a good 101: Safari and Go say no more. */
  | 'bad-answer'
  | 'bad-101'
  | 'subprotocol'
  | 'extension'
  | 'frame'
  | 'csp'
  | 'mixed-content'
  | 'blocked-port'
  | 'local-network'
  | 'socket-limit'
  | 'offline'
  /** An extension or an administrator's policy. */
  | 'blocked-by-client'
  | 'closed-by-page'
  /** Firefox's word for a reset after opening, and for bytes that break the protocol. */
  | 'interrupted'

export type ConsoleFact = {
  means: ConsoleMeaning
  at: number
  text: string
  status?: number
  /** What the line says, for a sentence. */
  detail: Sentence
}
