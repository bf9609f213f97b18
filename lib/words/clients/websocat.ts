import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const errors = 'https://github.com/websockets-rs/rust-websocket/blob/main/src/result.rs'
const base = 'https://github.com/websockets-rs/rust-websocket/blob/main/websocket-base/src/result.rs'
const peer = 'https://github.com/vi/websocat/blob/master/src/ws_peer.rs'
const serve = 'https://github.com/vi/websocat/blob/master/src/sessionserve.rs'

export default defineProgram({
  id: 'websocat',
  name: 'websocat',
  side: 'client',
  mark: /\bwebsocat: |\bWebSocketError: /,
  phrases: [
    ...phrasesOf(errors, [
      {
        id: 'status',
        needle: 'Received unexpected status code',
        pattern: /Received unexpected status code \((\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        example: 'websocat: WebSocketError: WebSocketError: Received unexpected status code (403 Forbidden)',
        explains: 'The handshake was answered with this HTTP status in place of 101.',
      },
      {
        id: 'redirected',
        needle: 'WebSocketError: Redirected',
        pattern: /WebSocketError: Redirected \((3\d{2})/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'websocat: WebSocketError: WebSocketError: Redirected (301 Moved Permanently) to https://app.example/ws',
        explains: 'The handshake was answered with a redirect, which websocat does not follow.',
      },
      {
        id: 'bad-101',
        needle: 'WebSocket response error',
        pattern:
          /WebSocket response error: (?:Sec-WebSocket-Accept is invalid|Upgrade field must be WebSocket|Connection field must be)/,
        said: { means: 'bad-101' },
        example: 'websocat: WebSocketError: WebSocket response error: Sec-WebSocket-Accept is invalid',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'not-http',
        needle: 'WebSocket HTTP error',
        pattern: /WebSocket HTTP error: /,
        said: { means: 'not-http' },
        example: 'websocat: WebSocketError: WebSocket HTTP error: Invalid Status provided',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'tls',
        needle: 'WebSocket',
        pattern: /WebSocketError: TLS Handshake (?:failure|interrupted)|WebSocket SSL error: /,
        said: { means: 'tls-garbled' },
        example: 'websocat: WebSocketError: WebSocketError: TLS Handshake failure',
        explains: 'TLS failed. -k accepts any certificate and tells whether the certificate is the reason.',
      },
      {
        id: 'url',
        needle: 'WebSocket URL',
        pattern: /WebSocket URL (?:invalid scheme|no host name provided|cannot set fragment|parse error)/,
        said: { means: 'invalid-url' },
        example: 'websocat: WebSocket URL invalid scheme',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'io-error',
        needle: 'I/O ',
        pattern: /WebSocketError: (?:WebSocket I\/O error: |I\/O failure)/,
        said: { means: 'nothing-said' },
        example: 'websocat: WebSocketError: I/O failure',
        explains: 'Reading or writing failed. The reason, where websocat prints it, follows.',
      },
    ]),
    ...phrasesOf(base, [
      {
        id: 'no-data',
        needle: 'WebSocketError: No data available',
        pattern: /WebSocketError: No data available/,
        said: { means: 'lost' },
        example: 'websocat: WebSocketError: No data available',
        explains: 'The other side closed TCP: without an answer to the handshake, or without a Close frame.',
      },
      {
        id: 'frame',
        needle: 'WebSocketError: WebSocket ',
        pattern: /WebSocketError: WebSocket (?:protocol|data frame) error/,
        said: { means: 'frame' },
        example: 'websocat: WebSocketError: WebSocket data frame error',
        explains: 'Bytes arrived that are not WebSocket frames, or frames that break the protocol.',
      },
      {
        id: 'utf8',
        needle: 'WebSocketError: UTF-8 failure',
        pattern: /WebSocketError: UTF-8 failure/,
        said: { means: 'invalid-utf8' },
        example: 'websocat: WebSocketError: UTF-8 failure',
        explains: 'A text message held bytes that are not UTF-8.',
      },
    ]),
    ...phrasesOf(peer, [
      {
        id: 'ping-timeout',
        needle: 'due to ping timeout',
        pattern: /Closing WebSocket connection due to ping timeout/,
        said: { means: 'ping-timeout' },
        example: '[WARN  websocat::ws_peer] Closing WebSocket connection due to ping timeout',
        explains: 'No pong came within --ping-timeout, and websocat closed.',
      },
      {
        id: 'close-message',
        needle: 'Received WebSocket close message',
        pattern: /Received WebSocket close message/,
        said: { means: 'closed-by-server' },
        example: '[INFO  websocat::ws_peer] Received WebSocket close message',
        explains: 'The other side sent a Close frame. websocat does not print its code.',
      },
      {
        id: 'connected',
        needle: 'Connected to ws, response headers',
        pattern: /Connected to ws, response headers/,
        said: { means: 'opened' },
        example:
          '[INFO  websocat::ws_client_peer] Connected to ws, response headers: Headers { Upgrade: websocket, }',
        explains: 'The WebSocket opened.',
      },
      {
        id: 'http-status',
        needle: 'HTTP response ',
        pattern: /\bHTTP response status: ([2-5]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'HTTP response status: 403 Forbidden',
        explains: 'The request was answered with this HTTP status.',
      },
      {
        id: 'name',
        needle: 'Failed to resolve this hostname to IP',
        pattern: /\bFailed to resolve this hostname to IP\b/,
        said: { means: 'dns-failure' },
        side: 'client',
        example: 'Failed to resolve this hostname to IP',
        explains: 'The host name has no address in DNS.',
      },
    ]),
    ...phrasesOf(serve, [
      {
        id: 'connection-cap',
        needle: 'because of connection cap',
        pattern: /Dropping connection because of connection cap/,
        said: { means: 'too-many-connections' },
        side: 'server',
        example: '[WARN  websocat::sessionserve] Dropping connection because of connection cap',
        explains: 'websocat as a server has as many connections as --conncap allows.',
      },
      {
        id: 'uri-refused',
        needle: 'match the --restrict-uri value',
        pattern: /\bIncoming request URI doesn't match the --restrict-uri value\b/,
        said: { means: 'no-route' },
        side: 'server',
        example: "Incoming request URI doesn't match the --restrict-uri value",
        explains: 'The server takes one path only, and the request is for another.',
      },
    ]),
  ],
})
