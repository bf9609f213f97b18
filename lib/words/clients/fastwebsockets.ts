import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const errors = 'https://github.com/denoland/fastwebsockets/blob/main/src/error.rs'
const deno = 'https://github.com/denoland/deno/blob/main/ext/websocket/lib.rs'

/** Errors of Rust come after `Error: ` or alone on their line. */
const alone = (words: string): RegExp => new RegExp(`(?:^|\\b(?:Error|error|failed): )(?:${words})$`)

export default defineProgram({
  id: 'fastwebsockets',
  name: 'fastwebsockets (Rust, Deno)',
  mark: /\bfastwebsockets\b|\bfailed to connect to WebSocket\b/,
  phrases: [
    ...phrasesOf(errors, [
      {
        id: 'status',
        needle: 'Invalid status code',
        pattern: /(?:^|\b(?:Error|error|WebSocket): )Invalid status code:? ([2-5]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'Error: Invalid status code: 403',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'connection-header',
        needle: 'Invalid connection header',
        pattern: alone('Invalid connection header'),
        said: { means: 'bad-101', unsure: true },
        example: 'Error: Invalid connection header',
        explains: 'The answer to the handshake, or on a server the request, has no Connection: Upgrade.',
      },
      {
        id: 'version',
        needle: 'Sec-Websocket-Version must be 13',
        pattern: /\bSec-Websocket-Version must be 13\b/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'Error: Sec-Websocket-Version must be 13',
        explains: 'The request’s Sec-WebSocket-Version is missing, or none that the server speaks.',
      },
      {
        id: 'fragment',
        needle: 'Invalid fragment',
        pattern: alone('Invalid fragment'),
        said: { means: 'frame' },
        example: 'Error: Invalid fragment',
        explains: 'A frame of a fragmented message breaks the protocol.',
      },
      {
        id: 'end',
        needle: 'Unexpected EOF',
        pattern: alone('Unexpected EOF'),
        said: { means: 'dropped' },
        example: 'Error: Unexpected EOF',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'used-after-end',
        needle: 'Connection is closed',
        pattern: /(?:^|\bError: )Connection is closed$/,
        said: { means: 'lost' },
        example: 'Error: Connection is closed',
        explains: 'The program used a connection that had ended. Why it ended is printed elsewhere.',
      },
      {
        id: 'send-failed',
        needle: 'Failed to send frame',
        pattern: /\bFailed to send frame$/,
        said: { means: 'lost' },
        example: 'Error: Failed to send frame',
        explains: 'TCP ended under the connection while the program wrote.',
      },
    ]),
    ...phrasesOf(deno, [
      {
        id: 'deno-permission',
        needle: 'Requires net access to',
        pattern: /\bRequires net access to "[^"\n]{1,262}"/,
        said: { means: 'blocked-by-client' },
        side: 'client',
        example: 'NotCapable: Requires net access to "app.example:443", run again with the --allow-net flag',
        explains: 'Deno itself refuses the connection: the program runs without --allow-net for this host.',
      },
      {
        id: 'deno-not-open',
        needle: 'not OPEN',
        pattern: /'?readyState'? not OPEN\b/,
        said: { means: 'used-too-early' },
        side: 'client',
        example: "InvalidStateError: 'readyState' not OPEN",
        explains: 'The program sent before the open event, or after the end.',
      },
      {
        id: 'deno-no-pong',
        needle: 'No response from ping frame',
        pattern: /\bNo response from ping frame\b/,
        said: { means: 'ping-timeout' },
        example: 'ErrorEvent { type: "error", message: "No response from ping frame." }',
        explains:
          'This end’s own ping went unanswered for idleTimeout (30 s on a server), and it ended the connection.',
      },
      {
        id: 'deno-url',
        needle: 'WebSocket URL',
        pattern: /\b(?:Only ws & wss schemes are|Fragments are not) allowed in a WebSocket URL\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'SyntaxError: Only ws & wss schemes are allowed in a WebSocket URL.',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'deno-subprotocol',
        needle: 'protocol',
        pattern: /\bCannot supply the same protocol multiple times\b|\bSyntaxError: Invalid protocol value\b/,
        said: { means: 'invalid-subprotocol' },
        side: 'client',
        example: 'SyntaxError: Cannot supply the same protocol multiple times',
        explains:
          'The program asks for a subprotocol with characters that are not allowed, or for one twice.',
      },
      {
        id: 'deno-closed-while-connecting',
        needle: 'Closed while connecting',
        pattern: /\bWebSocketError: Closed while connecting\b/,
        said: { means: 'closed-by-page' },
        side: 'client',
        example: 'WebSocketError: Closed while connecting',
        explains: 'The program itself closed the stream before it was open.',
      },
      {
        id: 'deno-http2',
        needle: 'receive h2 alpn',
        pattern: /\bDidn't receive h2 alpn, aborting connection\b/,
        said: { means: 'http2' },
        side: 'client',
        example: "failed to connect to WebSocket: Didn't receive h2 alpn, aborting connection",
        explains: 'The server does not speak HTTP/2, over which this attempt was made.',
      },
    ]),
  ],
})
