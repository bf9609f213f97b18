/**
 * Reads an HTTP/1.x response to a handshake as it comes: the raw status line, every header in its order, and
 * the start of a refusal's body. Nothing is normalised away, and nothing grows: 64 KiB before the handshake
 * has ended, 4 KiB of a body.
 */
import { headerOf, parseResponseHead, type ResponseHead } from '#server/wire/http-head.ts'

export type ResponseState =
  | { state: 'head' }
  | { state: 'body'; head: ResponseHead }
  /** A refusal whose body is complete, or as much of it as is wanted. */
  | { state: 'done'; head: ResponseHead; truncated: boolean }
  /** 101: what follows in the same bytes are frames. `interim`: statuses of answers before it. */
  | { state: 'switched'; head: ResponseHead; rest: Buffer; interim: readonly number[] }
  | { state: 'not-http'; start: Buffer }
  | { state: 'too-long' }

export const MOST_HEAD_BYTES = 64 * 1024
export const MOST_BODY_BYTES = 4 * 1024
/** Kept of the statuses of interim answers. */
const MOST_INTERIM = 10
/** Chunk headers and an interim response or two beside the body proper. */
const MOST_RAW_BODY_BYTES = 3 * MOST_BODY_BYTES

export interface ResponseReader {
  push(chunk: Buffer): ResponseState
  /** The body so far, without the framing of chunked coding. */
  body(): Buffer
  state(): ResponseState
  bytes(): number
  /** What arrived before the head was complete. */
  start(): Buffer
}

export function createResponseReader(): ResponseReader {
  let buffered: Buffer = Buffer.alloc(0)
  /** What `buffered` is the beginning of: it grows by doubling, or a byte at a time would be copied as often. */
  let room: Buffer = Buffer.alloc(0)
  let bytes = 0
  let scanned = 0
  /** Bytes of interim answers: they count, or a server could send them for ever. */
  let interim = 0
  const interimStatuses: number[] = []
  let state: ResponseState = { state: 'head' }

  const keep = (chunk: Buffer) => {
    const length = buffered.length + chunk.length
    if (length > room.length) {
      room = Buffer.alloc(Math.max(2 * length, 1024))
      buffered.copy(room)
    }
    chunk.copy(room, buffered.length)
    buffered = room.subarray(0, length)
  }

  const readHead = (): ResponseState => {
    // One byte is enough to know that a banner or a TLS alert is no HTTP.
    if (!looksLikeHttp(buffered)) return { state: 'not-http', start: buffered.subarray(0, MOST_BODY_BYTES) }
    const end = endOfHead(buffered, scanned)
    if (!end) {
      // The blank line may be cut in two: look at the last three bytes again.
      scanned = Math.max(0, buffered.length - 3)
      return interim + buffered.length >= MOST_HEAD_BYTES ? { state: 'too-long' } : { state: 'head' }
    }
    if (interim + end.from > MOST_HEAD_BYTES) return { state: 'too-long' }
    scanned = 0
    const head = parseResponseHead(buffered.toString('latin1', 0, end.from))
    if (!head) return { state: 'not-http', start: buffered.subarray(0, MOST_BODY_BYTES) }
    const rest = buffered.subarray(end.to)
    if (head.status === 101) return { state: 'switched', head, rest, interim: interimStatuses }
    buffered = rest
    room = rest
    if (head.status >= 200) return readBody(head)
    // Interim answers (100, 103) come before the one that counts.
    interim += end.to
    if (interimStatuses.length < MOST_INTERIM) interimStatuses.push(head.status)
    return readHead()
  }
  const readBody = (head: ResponseHead): ResponseState => {
    const wanted = bodyOf(head, buffered)
    if (wanted.complete) return { state: 'done', head, truncated: wanted.body.length > MOST_BODY_BYTES }
    return wanted.body.length >= MOST_BODY_BYTES || buffered.length >= MOST_RAW_BODY_BYTES
      ? { state: 'done', head, truncated: true }
      : { state: 'body', head }
  }

  return {
    push(chunk) {
      bytes += chunk.length
      if (state.state !== 'head' && state.state !== 'body') return state
      // Of a 101 the rest belongs to the frames: it is kept whole, a chunk is at most 64 KiB itself.
      keep(
        state.state === 'head'
          ? chunk
          : chunk.subarray(0, Math.max(0, MOST_RAW_BODY_BYTES - buffered.length)),
      )
      state = state.state === 'head' ? readHead() : readBody(state.head)
      return state
    },
    body: () => {
      const head = 'head' in state ? state.head : undefined
      return head ? bodyOf(head, buffered).body.subarray(0, MOST_BODY_BYTES) : Buffer.alloc(0)
    },
    state: () => state,
    bytes: () => bytes,
    start: () => buffered.subarray(0, MOST_BODY_BYTES),
  }
}

const LF = 0x0a
const CR = 0x0d

/** Where the blank line begins and ends; servers that write bare LF are read as browsers read them. */
function endOfHead(bytes: Buffer, from: number): { from: number; to: number } | undefined {
  // Line by line: a search for both kinds of blank line would read all the rest for the kind that is not there.
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return { from: at, to: at + 2 }
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return { from: at, to: at + 3 }
  }
  return undefined
}

const looksLikeHttp = (bytes: Buffer): boolean => {
  const start = bytes.subarray(0, 5).toString('latin1')
  return 'HTTP/'.startsWith(start)
}

function bodyOf(head: ResponseHead, raw: Buffer): { body: Buffer; complete: boolean } {
  if (head.status === 204 || head.status === 304) return { body: Buffer.alloc(0), complete: true }
  if (/\bchunked\b/i.test(headerOf(head.headers, 'transfer-encoding') ?? '')) return unchunked(raw)
  const declared = headerOf(head.headers, 'content-length')
  const length = declared !== undefined && /^\d+$/.test(declared) ? Number(declared) : undefined
  if (length === undefined) return { body: raw, complete: false }
  return { body: raw.subarray(0, length), complete: raw.length >= length }
}

function unchunked(raw: Buffer): { body: Buffer; complete: boolean } {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = raw.indexOf('\r\n', at)
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(raw.toString('latin1', at, lineEnd), 16)
    if (Number.isNaN(size)) return { body: Buffer.concat(parts), complete: false }
    if (size === 0) return { body: Buffer.concat(parts), complete: true }
    const start = lineEnd + 2
    parts.push(raw.subarray(start, start + size))
    if (start + size > raw.length) return { body: Buffer.concat(parts), complete: false }
    at = start + size + 2
  }
}
