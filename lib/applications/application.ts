/**
 * The contract of a protocol above WebSocket, kept whole: how it shows, what its client says so that the connection
 * lives, what its close codes mean, and what to do where it is used wrongly. Its sentences are in the phrasebook.
 */
import type { Vary } from '#lib/evidence/retry-kinds.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Fix } from '#lib/text/fix.ts'
import type { Sentence } from '#lib/text/foreign.ts'
import type { Cors, Meaning } from '#lib/words/meaning.ts'

export type Application = {
  /** Stable: evidence, fixes and links have it (`socket.io`). */
  readonly id: string
  /** As its owner writes it. */
  readonly name: string
  readonly marks: Marks
  /** Its packets do not begin and end with messages (MQTT §6): the messages are read as one. */
  readonly isStream?: true
  /** Ids of the phrasebook's programs whose sentences are this protocol's messages. */
  readonly words: readonly string[]
  /** The version that the signs show, as its owner writes it. */
  readonly versionOf?: (signs: Signs) => string | undefined
  /** What is worth knowing of a server that works. */
  readonly notes?: (signs: Signs) => readonly Sentence[]
  /** What the server does by the clock, as its messages say or as it always does; of its client, `converse` knows. */
  readonly timers?: (signs: Signs) => readonly Sentence[]
  /** What the server says by itself as soon as the connection is open: a server that does not speaks another protocol. */
  readonly greets?: Sentence
  readonly closes?: readonly CloseMeaning[]
  /** What a message of its says that is no sentence: a number, a byte, a packet that only an older version sends. */
  readonly reads?: (message: string, signs: Signs) => Reading | undefined
  /** What its client says first; absent where the server needs nothing of it. */
  readonly first?: FirstMessage
  /** The client's part, as far as a probe may speak it: it asks for nothing, changes nothing and needs no credentials. */
  readonly converse?: (signs: Signs) => Conversation
  /** How a client opens a session by HTTP before it opens the WebSocket. */
  readonly session?: Session
  /** Other ways to open the same server, for the probe to try when the first did not open or did not speak. */
  readonly alternatives?: (signs: Signs) => readonly Vary[]
  /** By the id of the cause: what to do about it in this protocol. */
  readonly fixes?: Readonly<Partial<Record<Fault, (site: Site) => Fix | undefined>>>
  /** Where it is written down. */
  readonly source: string
}

/** How it shows. Each sign alone is enough for what `recognize` says of it. */
export type Marks = {
  /** Subprotocols that are this protocol's own, those to try first in front. */
  readonly subprotocols?: readonly string[]
  /** Path and query that nothing else has. */
  readonly address?: RegExp
  /** Path and query that it usually has, and others may have too: it is tried, and not spoken to. */
  readonly usual?: RegExp
  /** One of the server's first messages; binary ones as Latin-1. */
  readonly message?: RegExp | ((message: string) => boolean)
  /** Code and reason of the server's Close frame: `4406 Subprotocol not acceptable`. */
  readonly close?: RegExp
  /** The body of an answer that is not a 101, or the bytes that came in place of one. */
  readonly answer?: RegExp
  /** It hangs up without an answer, this long after a request that is not for its path. */
  readonly hangsUpAfterMs?: number
}

/** What there is to know a protocol by. */
export type Signs = {
  readonly url?: URL | undefined
  /** The address as a person gave it, where its client opens another. */
  readonly asked?: string | undefined
  /** Asked for by the client. */
  readonly subprotocols?: readonly string[]
  /** The one that the server picked. */
  readonly picked?: string | undefined
  /** The server's first messages, or their beginnings; binary ones as Latin-1. */
  readonly messages?: readonly string[]
  readonly answer?: string | undefined
  /** Of that answer. */
  readonly status?: number | undefined
  /** How long after the request the server hung up on it without an answer. */
  readonly hungUpAfterMs?: number | undefined
  /** The server's Close frame. */
  readonly close?: { readonly code: number; readonly reason: string } | undefined
}

/** Something that a client says. */
export type Utterance = {
  readonly payload: Payload
  /** Completes “The probe …”: `joined the main namespace (40)`. */
  readonly means: string
  /** The first message, which a person may give in its place. */
  readonly isFirst?: true
}

export type Conversation = {
  /** Said as soon as the connection is open. */
  readonly opening: readonly Utterance[]
  /** Said in return to one message of the server, of which the beginning is enough. */
  hear(message: Payload): readonly Utterance[]
  /** What the client says by itself, and how often; undefined until the server has said so, or where it does not. */
  beat(): { readonly everyMs: number; readonly says: Utterance } | undefined
}

/** `says` completes the sentence that quotes the message. */
export type Reading = { readonly means: Meaning; readonly says: Sentence }

export type FirstMessage = {
  /** As its specification calls it: `CONNECT`, `connection_init`. */
  readonly name: string
  /** How long servers wait for it before they close, in seconds, each with who it is. */
  readonly patience: readonly { readonly seconds: number; readonly who: string }[]
  /**
   * To offer to a person who writes by hand; absent where it holds what only they have. `says` tells what the server
   * answers.
   */
  readonly example?: { readonly payload: Payload; readonly says: Sentence }
  /** Why a probe can't say it: it holds credentials, or the name of something of theirs. */
  readonly needs?: Sentence
}

/** The meaning of close codes of its own, or of a standard code with a reason that it alone uses. */
export type CloseMeaning = {
  /** First and last code; equal for a single one. */
  readonly from: number
  readonly to: number
  /** For people: what the protocol says by it. */
  readonly says: string
  /** The mechanism, where the code names one. */
  readonly means?: Meaning
  /** The reason that must stand beside it, for a code that others use too. */
  readonly reason?: RegExp
  readonly source: string
  /** False where the meaning is common knowledge that was not checked against a source. */
  readonly certain: boolean
}

/** A session that begins by HTTP. */
export type Session = {
  /** In a few words: `polling`, `negotiation`. */
  readonly name: string
  /** Whether a client that is given this address begins with a session. */
  readonly isBegunBy: (asked: URL) => boolean
  /** Whether the address names a session that an earlier request opened. */
  readonly isNamedBy: (asked: URL) => boolean
  readonly request: (url: URL) => { readonly method: 'GET' | 'POST'; readonly url: URL }
  /** @returns undefined where the answer opens no session */
  readonly opened: (answer: { status: number; body: string }, url: URL) => URL | undefined
}

/** Causes about which a protocol has something of its own to say. */
export type Fault =
  | 'application-close'
  | 'application-protocol-mismatch'
  | 'authentication-required'
  | 'backend-unreachable'
  | 'first-message-missing'
  | 'forbidden'
  | 'handshake-closed'
  | 'handshake-timeout'
  | 'internal-error'
  | 'no-status'
  | 'normal-closure'
  | 'not-a-websocket-endpoint'
  | 'origin-rejected'
  | 'path-not-found'
  | 'pong-timeout'
  | 'rate-limited'
  | 'server-restarting'
  | 'server-without-websocket'
  | 'sticky-session-missing'
  | 'subprotocol-mismatch'

/** What a fix may say of the connection in question; stand-ins where the evidence names nothing. */
export type Site = {
  /** `wss://app.example/socket.io/?EIO=4`, or a stand-in. */
  readonly address: string
  readonly path: string
  /** Host of the page, for lists of allowed hosts. */
  readonly pageHost: string
  /** Origin of the page, as it was sent. */
  readonly origin: string
  /** Why a browser kept the answer of the protocol's first HTTP request from the page, where it said so. */
  readonly cors?: Cors | undefined
  /** Of the protocol, where it shows. */
  readonly version: string | undefined
  readonly signs: Signs
  /** The subprotocol with which a retry opened, where one did. */
  readonly opened: string | undefined
  /** The path at which a retry opened, where one did. */
  readonly openedAt: string | undefined
}

/** Gives a protocol its type, and nothing else. */
export const defineApplication = (application: Application): Application => application

export const text = (text: string, means: string): Utterance => ({ payload: { opcode: 'text', text }, means })

export const bytes = (values: readonly number[], means: string): Utterance => ({
  payload: { opcode: 'binary', bytes: Uint8Array.from(values) },
  means,
})

export const first = (utterance: Utterance): Utterance => ({ ...utterance, isFirst: true })

/** For a protocol whose client only opens, answers, or beats at a fixed pace. */
export const conversation = ({
  opening = [],
  hear = () => [],
  beat,
}: {
  opening?: readonly Utterance[]
  hear?: Conversation['hear']
  beat?: { everyMs: number; says: Utterance }
}): Conversation => ({ opening, hear, beat: () => beat })
