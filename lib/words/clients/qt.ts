import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const socket = 'https://github.com/qt/qtwebsockets/blob/dev/src/websockets/qwebsocket_p.cpp'
const processor = 'https://github.com/qt/qtwebsockets/blob/dev/src/websockets/qwebsocketdataprocessor.cpp'

/** Names of `QAbstractSocket::SocketError`; the rest are of a forward proxy. */
const ERRORS: Readonly<Record<string, Meaning>> = {
  ConnectionRefusedError: 'refused',
  RemoteHostClosedError: 'hung-up',
  HostNotFoundError: 'dns-failure',
  SocketTimeoutError: 'timed-out',
  NetworkError: 'lost',
  SslHandshakeFailedError: 'tls-garbled',
  ProxyAuthenticationRequiredError: 'proxy-authentication',
}

export default defineProgram({
  id: 'qt',
  name: 'Qt WebSockets',
  side: 'client',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'status',
        needle: 'Unhandled http status code',
        pattern: /\bQWebSocketPrivate::processHandshake: Unhandled http status code: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'QWebSocketPrivate::processHandshake: Unhandled http status code: 403 (Forbidden).',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'no-answer',
        needle: 'while reading header',
        pattern: /\bQWebSocketPrivate::processHandshake: Connection closed while reading header\b/,
        said: { means: 'closed-before-answer' },
        example: 'QWebSocketPrivate::processHandshake: Connection closed while reading header.',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'not-http',
        needle: 'Invalid statusline',
        pattern: /\bInvalid statusline in response: /,
        said: { means: 'not-http' },
        example: 'QWebSocketPrivate::processHandshake: Invalid statusline in response: SSH-2.0-OpenSSH_9.2',
        explains: 'What came back is no HTTP.',
      },
      {
        id: 'bad-101',
        needle: ['protocol upgrade', 'Accept-Key received from server'],
        pattern:
          /\bAccept-Key received from server\b|\bInvalid parameter encountered during protocol upgrade: /,
        said: { means: 'bad-101' },
        example: 'Invalid parameter encountered during protocol upgrade: Accept-key size: 0',
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'has chosen protocol',
        pattern: /\bWebSocket server has chosen protocol \S{0,60} which has not been requested\b/,
        said: { means: 'subprotocol' },
        example: 'WebSocket server has chosen protocol chat which has not been requested',
        explains: 'The server chose a subprotocol that the client did not offer.',
      },
      {
        id: 'scheme',
        needle: 'Unsupported WebSocket scheme',
        pattern: /\bUnsupported WebSocket scheme: /,
        said: { means: 'invalid-url' },
        example: 'Unsupported WebSocket scheme: http',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'frame-size',
        needle: 'Maximum framesize exceeded',
        pattern: /\bMaximum framesize exceeded\b/,
        said: { means: 'too-big' },
        example: 'Maximum framesize exceeded.',
        explains: 'A frame is larger than this end takes.',
      },
      {
        id: 'network',
        needle: 'the network',
        pattern: /\bError (?:occurred )?while reading (?:header )?from the network: /,
        said: { means: 'lost' },
        example: 'Error occurred while reading from the network: The remote host closed the connection',
        explains: 'TCP ended under the connection, for the reason that follows.',
      },
      {
        id: 'error-names',
        needle: 'QAbstractSocket::',
        pattern:
          /\bQAbstractSocket::(ConnectionRefusedError|RemoteHostClosedError|HostNotFoundError|SocketTimeoutError|NetworkError|SslHandshakeFailedError|ProxyAuthenticationRequiredError|ProxyConnection\w{1,20}Error|ProxyNotFoundError|ProxyProtocolError)\b/,
        said: ([, name = '']) => ({ means: ERRORS[name] ?? 'forward-proxy' }),
        example: 'QAbstractSocket::ConnectionRefusedError',
        explains:
          'The name of Qt’s error. RemoteHostClosedError: the other end ended TCP, before or after the opening.',
      },
      {
        id: 'read-timeout',
        needle: 'Timeout when reading data from socket',
        pattern: /\bTimeout when reading data from socket\b/,
        said: { means: 'timed-out', phase: 'open' },
        example: 'QAbstractSocket::TimeoutError: Timeout when reading data from socket.',
        explains: 'A frame began, and the rest of it did not come in time. The connection was open.',
      },
      {
        id: 'server-version',
        needle: "requests a version that we don't support",
        pattern: /\bServer requests a version that we don't support\b/,
        said: { means: 'handshake-header' },
        example: "Handshake: Server requests a version that we don't support: 8.",
        explains: 'The server wants another Sec-WebSocket-Version.',
      },
    ]),
    ...phrasesOf(processor, [
      {
        id: 'frame-rule',
        needle: ' frame',
        pattern:
          /\bPayload of close frame is too small\b|\bReceived Continuation frame, while there is nothing to continue\b|\bAll data frames after the initial data frame must have opcode 0\b/,
        said: { means: 'frame' },
        example: 'Received Continuation frame, while there is nothing to continue.',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'frame-bits',
        needle: 'Rsv field is non-zero',
        pattern: /\bRsv field is non-zero\b/,
        said: { means: 'frame' },
        example: 'Rsv field is non-zero',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'frame-opcode',
        needle: 'Used reserved opcode',
        pattern: /\bUsed reserved opcode\b/,
        said: { means: 'frame' },
        example: 'Used reserved opcode',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'frame-length',
        needle: 'Highest bit of payload length is not 0',
        pattern: /\bHighest bit of payload length is not 0\b/,
        said: { means: 'frame' },
        example: 'Highest bit of payload length is not 0.',
        explains: 'A frame breaks the protocol.',
      },
    ]),
  ],
})
