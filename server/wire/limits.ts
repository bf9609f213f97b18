/** What the HTTP server bears from a client before there is a request: time, size, nonsense. */
import type { Server, ServerOptions } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import { Socket } from 'node:net'
import { type Answer, endSocket } from '#server/wire/answer.ts'
import { errorCode } from '#server/wire/error-code.ts'
import { asksForWebSocket } from '#server/wire/request-head.ts'

const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000
/** Longer than the idle limit of the balancers that people put in front (mostly 60 s), so that they hang up first. */
const keepAliveTimeoutMs = 65_000

export function httpLimits(handshakeTimeoutMs = headersTimeoutMs): ServerOptions {
  return {
    headersTimeout: handshakeTimeoutMs,
    requestTimeout: Math.max(requestTimeoutMs, handshakeTimeoutMs),
    connectionsCheckingInterval: Math.min(1000, handshakeTimeoutMs),
    keepAliveTimeout: keepAliveTimeoutMs,
    maxHeaderSize: 16 * 1024,
    // Only WebSocket upgrades are taken; an offer of h2c is ignored and the request answered (RFC 9110 §7.8).
    shouldUpgradeCallback: ({ headers }) => asksForWebSocket(headers),
    // `settleTarget` says why, where Node would answer without a word.
    requireHostHeader: false,
  }
}

const answers: Readonly<Record<string, Answer>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    body: { error: 'request_timeout', message: 'The headers of the request did not arrive in time' },
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    body: { error: 'headers_too_large', message: 'The headers of the request are larger than 16 KiB' },
  },
}

/** Tells a client that could not be understood why, in place of silence. */
export function answerClientErrors(server: Server | SecureServer): void {
  server.on('clientError', (error, socket) => {
    socket.on('error', () => socket.destroy())
    const code = errorCode(error) ?? ''
    if (!(socket instanceof Socket) || code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    endSocket(socket, answers[code] ?? malformed)
  })
}

const malformed: Answer = {
  status: 400,
  body: { error: 'bad_request', message: 'This is not an HTTP/1.1 request' },
}
