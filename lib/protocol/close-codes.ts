/**
 * WebSocket close codes: what each means, who may send it, and where implementations differ.
 *
 * The registered codes are those of the IANA registry; the ranges are RFC 6455 §7.4.2; what Chrome, Firefox
 * and the `ws` package do was measured on loopback with Chromium 156, Firefox ESR 153 and ws 8.23.
 */

import { utf8Length } from '#lib/protocol/payload.ts'

const registry = 'https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number'
const definedCodes = 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1'
const reservedRanges = 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4.2'

/** Who may put a code into a Close frame. `nobody`: it only ever appears in an API, as a local report. */
export type CloseSender = 'either' | 'client' | 'server' | 'nobody'

export type CloseCode = {
  code: number
  name: string
  meaning: string
  /** Who may send it on the wire. */
  sender: CloseSender
  /** A page may pass it to `WebSocket.close()`: only 1000 and 3000 to 4999 (WHATWG WebSockets, `close()`). */
  browserMaySend: boolean
  /** What browsers or common servers do that one would not expect. */
  differs?: string
  source: string
}

type Row = Omit<CloseCode, 'browserMaySend' | 'source' | 'sender'> & { sender?: CloseSender; source?: string }

const registered: readonly Row[] = [
  {
    code: 1000,
    name: 'Normal Closure',
    meaning: 'The connection did what it was for and one side ended it.',
  },
  {
    code: 1001,
    name: 'Going Away',
    meaning: 'A server is shutting down, or the person left or reloaded the page.',
    differs:
      'Browsers send it on navigation, reload and tab close; a page cannot choose it. Safari also sends it, with the reason "WebSocket is closed due to suspension.", when a page is suspended.',
  },
  {
    code: 1002,
    name: 'Protocol Error',
    meaning: 'One side received something that is not valid WebSocket framing.',
    differs:
      'When Chrome detects the violation it sends 1002 with a reason to the server and reports 1006 to the page. Chrome also uses it for text that is not UTF-8, where the RFC has 1007.',
  },
  {
    code: 1003,
    name: 'Unsupported Data',
    meaning: 'A type of data arrived that this endpoint does not take, such as binary for text only.',
  },
  {
    code: 1004,
    name: 'Reserved',
    meaning: 'Has no meaning; it may get one in the future.',
    sender: 'nobody',
    differs: 'Chrome reports it if a server sends it; ws treats it as a protocol error.',
  },
  {
    code: 1005,
    name: 'No Status Received',
    meaning: 'A Close frame without a code arrived. The closing itself was orderly.',
    sender: 'nobody',
    differs:
      'Reported locally for an empty Close frame. If it is put on the wire, Chrome reports 1006 with an error event, and Firefox reports it as a clean close.',
  },
  {
    code: 1006,
    name: 'Abnormal Closure',
    meaning: 'The connection ended, or never came up, without a Close frame. Each side reports it to itself.',
    sender: 'nobody',
    differs:
      'It says that no code arrived, not why. ws also reports 1006 for the 1002, 1007 and 1009 that it sent itself. Its error event has the cause.',
  },
  {
    code: 1007,
    name: 'Invalid Frame Payload Data',
    meaning: 'A message did not match its type, most often text that is not UTF-8.',
    differs: 'Chrome sends 1002 in this case.',
  },
  {
    code: 1008,
    name: 'Policy Violation',
    meaning:
      'The endpoint refuses the peer or its message by a rule of its own, such as missing authorization.',
    differs:
      'It needs an open connection: a handshake that is refused with HTTP 403 shows up as 1006 in a browser, never as 1008.',
  },
  {
    code: 1009,
    name: 'Message Too Big',
    meaning: 'A message was larger than the receiver takes.',
    differs:
      'The limit is the receiver’s: 100 MiB in ws unless set, 16 MiB in uvicorn, 128 KiB in AWS API Gateway.',
  },
  {
    code: 1010,
    name: 'Mandatory Extension',
    meaning: 'The client needed an extension that the server did not accept.',
    sender: 'client',
  },
  {
    code: 1011,
    name: 'Internal Error',
    meaning: 'The server met a condition that it did not expect and cannot go on.',
    differs:
      'Python websockets and uvicorn also send it, with "keepalive ping timeout", when a pong is missing.',
  },
  {
    code: 1012,
    name: 'Service Restart',
    meaning: 'The server restarts. Clients can reconnect after a short random delay.',
    source: registry,
    differs: 'uvicorn sends it when it shuts down.',
  },
  {
    code: 1013,
    name: 'Try Again Later',
    meaning: 'The server is overloaded. Clients should come back later, or at another address.',
    source: registry,
  },
  {
    code: 1014,
    name: 'Bad Gateway',
    meaning: 'A gateway got an invalid answer from the server behind it, like HTTP 502.',
    source: registry,
  },
  {
    code: 1015,
    name: 'TLS Handshake',
    meaning: 'The TLS handshake failed, so no WebSocket connection was made.',
    sender: 'nobody',
    differs:
      'Firefox reports it, for example for wss:// to a port that speaks plain HTTP; Chrome reports 1006.',
  },
  {
    code: 3000,
    name: 'Unauthorized',
    meaning: 'The endpoint needs authentication, like HTTP 401.',
    source: registry,
  },
  {
    code: 3003,
    name: 'Forbidden',
    meaning: 'The peer may not use the endpoint, like HTTP 403.',
    source: registry,
  },
  {
    code: 3008,
    name: 'Timeout',
    meaning: 'The endpoint waited too long for the peer, like HTTP 408.',
    source: registry,
  },
]

/** Codes of the registry, ascending. */
export const closeCodes: readonly CloseCode[] = registered.map((row) => ({
  sender: 'either',
  source: definedCodes,
  ...row,
  browserMaySend: browserMaySend(row.code),
}))

export type CloseCodeRange = { from: number; to: number; name: string; meaning: string; sender: CloseSender }

/** All numbers that a Close frame can hold (16 bits), by who owns them (RFC 6455 §7.4.2). */
export const closeCodeRanges: readonly CloseCodeRange[] = [
  { from: 0, to: 999, name: 'Not used', meaning: 'Not a WebSocket close code.', sender: 'nobody' },
  {
    from: 1000,
    to: 2999,
    name: 'Protocol',
    meaning: 'For RFC 6455, its revisions and extensions. Unassigned numbers may not be sent.',
    sender: 'either',
  },
  {
    from: 3000,
    to: 3999,
    name: 'Registered',
    meaning: 'For libraries, frameworks and applications, registered with IANA.',
    sender: 'either',
  },
  {
    from: 4000,
    to: 4999,
    name: 'Private',
    meaning: 'For an application’s own use; the meaning is an agreement between its client and its server.',
    sender: 'either',
  },
  { from: 5000, to: 65535, name: 'Not used', meaning: 'Not a WebSocket close code.', sender: 'nobody' },
]

const closeCodesByNumber = new Map(closeCodes.map((entry) => [entry.code, entry]))

/** The rules of `WebSocket.close(code)` in a page: 1000 or 3000 to 4999, anything else throws InvalidAccessError. */
export function browserMaySend(code: number): boolean {
  return code === 1000 || isApplicationCode(code)
}

/** graphql-ws for “Subprotocol not acceptable” (its PROTOCOL.md). */
export const SUBPROTOCOL_NOT_ACCEPTABLE = 4406

/** A code of a library (3000 to 3999) or of an application: its meaning is theirs, not the protocol's. */
export function isApplicationCode(code: number): boolean {
  return inRange(code, 3000, 4999)
}

/** What an API reports for itself and no frame may carry (RFC 6455 §7.4.1). */
export function isLocalReport(code: number): boolean {
  return code === 1005 || code === 1006 || code === 1015
}

/** How connections end when nothing went wrong: done, left, or closed without saying more. */
export function isOrderlyEnd(code: number): boolean {
  return code === 1000 || code === 1001 || code === 1005
}

/** Either end sends it when it is done, and is answered with it: who reports it may have closed itself. */
export const isOfEither = (code: number): boolean => code === 1000

/**
 * Whether a Close frame may carry the code. `ws` and Python websockets refuse all others, sent or received;
 * Chrome and Firefox accept and report numbers that nobody assigned, such as 1016 or 2000.
 */
export function mayTravel(code: number): boolean {
  return (inRange(code, 1000, 1014) && code !== 1004 && !isLocalReport(code)) || isApplicationCode(code)
}

/** Of the reason in a Close frame, in UTF-8: a control frame holds 125 bytes, two are the code (RFC 6455 §5.5). */
export const longestReasonBytes = 123

export type CloseRefusal =
  | { readonly code: 'close-code-not-allowed'; readonly says: string }
  | { readonly code: 'reason-too-long'; readonly says: string; readonly reasonBytes: number }

/** What `WebSocket.close()` in a page throws for; null when a page may send it. */
export function checkClose(code: number, reason: string): CloseRefusal | null {
  if (!Number.isInteger(code) || !browserMaySend(code)) {
    const says = `JavaScript can close with 1000 or 3000 to 4999, not ${code}.`
    return { code: 'close-code-not-allowed', says }
  }
  const reasonBytes = utf8Length(reason)
  if (reasonBytes > longestReasonBytes) {
    const says = `The reason has ${reasonBytes} bytes in UTF-8; a Close frame holds ${longestReasonBytes}.`
    return { code: 'reason-too-long', says, reasonBytes }
  }
  return null
}

/** What is known of a code: its registry entry, or what its range says. Any integer from 0 to 65535; others count as not used. */
export function describeCloseCode(code: number): CloseCode {
  const known = closeCodesByNumber.get(code)
  if (known !== undefined) return known
  const range = closeCodeRanges.find(({ from, to }) => inRange(code, from, to))
  return {
    code,
    name: range?.name ?? 'Not used',
    meaning: unassignedMeaning(code, range),
    sender: mayTravel(code) ? 'either' : 'nobody',
    browserMaySend: browserMaySend(code),
    ...(inRange(code, 1016, 2999)
      ? { differs: 'Chrome and Firefox accept and report it; ws treats it as a protocol error.' }
      : {}),
    source: reservedRanges,
  }
}

function unassignedMeaning(code: number, range: CloseCodeRange | undefined): string {
  if (range === undefined || range.sender === 'nobody') return 'Not a WebSocket close code.'
  if (inRange(code, 3000, 3999))
    return 'Reserved for libraries and frameworks; this number is not registered.'
  if (inRange(code, 4000, 4999))
    return 'The application’s own code; its documentation or source says what it means.'
  return 'Kept for the protocol, but not assigned.'
}

function inRange(code: number, from: number, to: number): boolean {
  return code >= from && code <= to
}
