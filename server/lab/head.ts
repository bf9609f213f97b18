/**
 * Heads on their way through the lab: order, case and repetition of header lines are kept, because a proxy under test
 * changes nothing that it was not told to change.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type HeaderLine, headerOf, parseResponseHead, type ResponseHead } from '#server/wire/http-head.ts'

export interface RequestHead {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly version: '1.0' | '1.1'
  readonly headers: readonly HeaderLine[]
}

/** The handshake as the client sent it, for another path. */
export function requestHeadOf(request: IncomingMessage, target: string): RequestHead {
  const { rawHeaders } = request
  const headers: HeaderLine[] = []
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return { method: request.method ?? 'GET', target, version: '1.1', headers }
}

export function encodeRequest(head: RequestHead): Buffer {
  return encode(`${head.method} ${head.target} HTTP/${head.version}`, head.headers)
}

export function encodeResponse(head: ResponseHead): Buffer {
  return encode(`HTTP/${head.version} ${head.status} ${head.statusText}`, head.headers)
}

/** More than any server's answer to a handshake; beyond it the bytes pass as they are. */
const greatestHead = 64 * 1024

const blankLine = Buffer.from('\r\n\r\n')

/**
 * Calls back once, with the head, or undefined where what came is no HTTP, and the bytes behind it. The socket is
 * paused then. Never called when the socket ends before.
 */
export function readResponse(
  socket: Socket,
  done: (head: ResponseHead | undefined, rest: Buffer) => void,
): void {
  let bytes: Buffer = Buffer.alloc(0)
  const read = (arrived: Buffer) => {
    bytes = Buffer.concat([bytes, arrived])
    const end = bytes.indexOf(blankLine)
    if (end === -1 && bytes.length < greatestHead) return
    socket.off('data', read)
    socket.pause()
    const head = end === -1 ? undefined : parseResponseHead(bytes.toString('latin1', 0, end))
    done(head, head === undefined ? bytes : bytes.subarray(end + blankLine.length))
  }
  socket.on('data', read)
}

export function withoutHeader(headers: readonly HeaderLine[], name: string): readonly HeaderLine[] {
  return headers.filter((line) => !isNamed(line, name))
}

/** Replaces the value where the header stands, or adds it at the end. */
export function withHeader(
  headers: readonly HeaderLine[],
  name: string,
  value: string,
): readonly HeaderLine[] {
  if (headerOf(headers, name) === undefined) return [...headers, [name, value]]
  return headers.map((line) => (isNamed(line, name) ? [line[0], value] : line))
}

const isNamed = (line: HeaderLine, name: string) => line[0].toLowerCase() === name.toLowerCase()

// Node reads header bytes as latin1, so that writing latin1 gives the same bytes back.
function encode(firstLine: string, headers: readonly HeaderLine[]): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.from(`${firstLine}\r\n${lines}\r\n`, 'latin1')
}
