/**
 * What a program's sentence says happened to a connection: the mechanism, without the words. Facts read these and
 * never a sentence; a new meaning is a member here, and the compiler lists who has to know it.
 */

/** Which end of the connection printed a sentence; `proxy`: what is between them. */
export type Side = 'client' | 'server' | 'proxy'

export type Meaning =
  // The client never left its own machine.
  | 'invalid-url'
  | 'invalid-subprotocol'
  | 'csp'
  | 'mixed-content'
  /** The page asked for ws:// and the browser uses wss://: no failure by itself. */
  | 'scheme-upgraded'
  | 'blocked-port'
  | 'local-network'
  | 'socket-limit'
  | 'offline'
  /** An extension or an administrator's policy. */
  | 'blocked-by-client'
  /** The program closed its own socket before it was open. */
  | 'closed-by-page'
  /** The program used the socket before it was open: its mistake, and no failure of the connection. */
  | 'used-too-early'
  /** The client was built without what the address needs, TLS or WebSocket itself: nothing was tried. */
  | 'not-built-in'
  // No TCP connection, or no TLS session.
  | 'dns-failure'
  | 'refused'
  /** Safari's word for all that keeps TCP from connecting. */
  | 'no-connection'
  | 'unreachable'
  | 'connect-timeout'
  /** TCP gave up on an answer, before it was connected or afterwards: a system's error does not say which. */
  | 'timed-out'
  | 'cert-untrusted'
  | 'cert-expired'
  | 'cert-name'
  | 'tls-version'
  | 'tls-client-certificate'
  /** What was expected to be TLS is not, or a library says no more than that TLS failed. */
  | 'tls-garbled'
  /** Plain HTTP arrived at a port that speaks TLS. */
  | 'plain-on-tls'
  // A forward proxy between the client and the network.
  | 'forward-proxy'
  | 'proxy-authentication'
  // The handshake.
  | 'handshake-timeout'
  | 'closed-before-answer'
  | 'not-http'
  /** HTTP/2 where HTTP/1.1 was expected, or a WebSocket over HTTP/2 that failed. */
  | 'http2'
  /** Answered with an HTTP status other than 101; the status is part of what was said. */
  | 'status'
  | 'authentication'
  | 'redirect'
  /** Answered, and not with a good 101: Safari, Go and Java say no more. */
  | 'bad-answer'
  | 'bad-101'
  | 'subprotocol'
  | 'extension'
  // A server's own reason to refuse a handshake.
  /** The request had no Upgrade or Connection header. */
  | 'upgrade-missing'
  /** The request came as HTTP/1.0. */
  | 'http-version'
  /** Sec-WebSocket-Key or Sec-WebSocket-Version is missing or not acceptable. */
  | 'handshake-header'
  | 'origin-refused'
  | 'origin-missing'
  | 'host-refused'
  | 'unauthorized'
  | 'forbidden'
  | 'no-route'
  /** A framework answered the handshake as it answers a page's request. */
  | 'plain-request'
  /** The server program has no WebSocket support, or it is switched off. */
  | 'no-websocket-support'
  /** The address asks for a transport that the server does not take: its WebSocket is off, or the client is another. */
  | 'transport-unknown'
  /** Two handlers took the same upgrade. */
  | 'upgrade-twice'
  /** The instance that answered does not know the session of the address. */
  | 'session-unknown'
  /** Both ends speak WebSocket and not the same protocol, or the same version of it, above it. */
  | 'application-protocol'
  | 'first-message-missing'
  | 'rate-limited'
  | 'too-many-connections'
  | 'request-too-large'
  /** An exception in the server's handler, before or after the opening. */
  | 'handler-failed'
  // A proxy's words about its backend.
  | 'backend-refused'
  | 'backend-unresolved'
  | 'backend-timeout'
  | 'backend-closed'
  | 'backend-bad-answer'
  | 'no-backend'
  /** The proxy itself does not pass upgrades on. */
  | 'upgrade-not-allowed'
  /** A proxy refuses its own configuration, and does not start with it. */
  | 'config-refused'
  // After the opening.
  /** A Close frame, its code and its reason; `way` says who sent it. */
  | 'close'
  /** It was open and ended without a Close frame. */
  | 'dropped'
  /** The server's process ended, and everything that it held. */
  | 'process-ended'
  /** It ended, and nothing says whether it was ever open. */
  | 'lost'
  /** It never opened, and nothing says why. */
  | 'never-opened'
  /** A reset of TCP, before or after the opening. */
  | 'reset'
  /** TCP was connected, and ended before the answer or after the opening. */
  | 'hung-up'
  /** A proxy’s word: the client’s side ended TCP without a Close frame. */
  | 'client-hung-up'
  /** Bytes that break the protocol. */
  | 'frame'
  | 'invalid-utf8'
  | 'too-big'
  | 'compression'
  /** Firefox's word for a reset after opening, and for bytes that break the protocol. */
  | 'interrupted'
  /** The speaker's own ping, or the other end's heartbeat, did not come in time. */
  | 'ping-timeout'
  /** The speaker ended the connection because nothing was sent for a time. */
  | 'idle-timeout'
  /** The speaker sent its Close frame, and the other end neither answered nor ended TCP in time. */
  | 'close-unanswered'
  /** Reached the age that the speaker, or a service, allows. */
  | 'lifetime'
  | 'shutting-down'
  /** The client's own process, tab or machine did not run. */
  | 'suspended'
  | 'stalled'
  | 'network-changed'
  /** The page itself was left or loaded again. */
  | 'page-left'
  /** The other end does not read, and the speaker gave up sending. */
  | 'not-reading'
  /** The other end ended it in order, by a message of the protocol above. */
  | 'closed-by-server'
  | 'closed-by-client'
  /** A handshake begins: a fact about the connection's life, and no failure. */
  | 'connecting'
  /** TCP connected, and the handshake is sent: what ends now ends before its answer, until it is said to be open. */
  | 'reached'
  /** Opened: a fact about the connection's life, and no failure. */
  | 'opened'
  /** A server wrote down that a client is gone, as it does for every one: no failure. */
  | 'ended'
  /** The program says that something failed, and its reason is printed elsewhere. */
  | 'nothing-said'

/** A close code and its reason as they were printed. `way` is relative to the end that printed them. */
export type SaidClose = {
  readonly code: number
  readonly reason?: string
  readonly way?: 'sent' | 'received'
  /** `wasClean`: both Close frames were exchanged. */
  readonly clean?: boolean
}

export type Cors = {
  /** What is wrong with the Access-Control-Allow-Origin of the answer. */
  readonly why: 'missing' | 'wildcard' | 'twice' | 'other'
  /** The address that was asked is of Socket.IO 2 (EIO=3). */
  readonly isOld?: true
}

/** One sentence, understood. */
export type Said = {
  readonly means: Meaning
  /** The words admit other meanings as well, and this one fits best: it is named first, and proves nothing. */
  readonly unsure?: true
  readonly status?: number
  readonly close?: SaidClose
  /** An address of a socket that the sentence names. */
  readonly url?: string
  /** The host, or host and port, that the sentence names: `127.0.0.1:8080`. */
  readonly address?: string
  /** An Origin that the sentence names. */
  readonly origin?: string
  /** Why a browser kept the answer of an HTTP request before the handshake from the page. */
  readonly cors?: Cors
  /** Where the same failure happens before and after the opening, which it was. */
  readonly phase?: 'handshake' | 'open'
  /** The limit that a timer or a size check names, in milliseconds or bytes. */
  readonly limitMs?: number
  readonly limitBytes?: number
  /** It is about the server's own connection to a database, cache or queue, which is no WebSocket. */
  readonly isOfStore?: true
  /** Two parts of the speaker's own program used the connection at once, which its library does not allow. */
  readonly isOverlapping?: true
  /** Said of no end: the client connects once more. */
  readonly isAgain?: true
  /** ECONNABORTED: the system of whoever speaks ended the connection itself. */
  readonly isOwnAbort?: true
  /** The speaker’s own program had ended the connection, or answered its end, before it used it once more. */
  readonly isOwnEnd?: true
  /** The program stops without a word where its user ends the connection: an end that it prints is the other side’s. */
  readonly isLeftUnsaid?: true
  /** What the device did, which tells why a connection ended only where one ends while it was away, or just after it came back. */
  readonly isBeside?: 'away' | 'back'
  /** The protocol above WebSocket that speaks: `socket.io`, `graphql-ws` … */
  readonly application?: string
  /** Which end has the older version of it, where the two do not agree. */
  readonly older?: 'client' | 'server'
}
