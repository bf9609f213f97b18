import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/oven-sh/bun/blob/main/src/bun.js/bindings/webcore/WebSocket.cpp'
const errors = 'https://github.com/oven-sh/bun/blob/main/src/bun.js/bindings/ErrorCode.ts'

export default defineProgram({
  id: 'bun',
  name: 'Bun',
  side: 'client',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'not-101',
        needle: 'failed: Expected 101 status code',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Expected 101 status code)/,
        said: { means: 'bad-answer' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Expected 101 status code",
        explains: 'The handshake was answered, and not with 101. Bun does not show the status.',
      },
      {
        id: 'no-connection',
        needle: 'failed: Failed to connect',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Failed to connect)/,
        said: { means: 'no-connection' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Failed to connect",
        explains: 'No TCP connection: the name did not resolve, the port refused, or nothing answered.',
      },
      {
        id: 'timeout',
        needle: 'failed: Timeout',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Timeout\b)/,
        said: { means: 'timed-out' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Timeout",
        explains: 'Nothing came in time, while it connected or afterwards.',
      },
      {
        id: 'ended',
        needle: ['failed: Connection ended', "' failed: Closed by server"],
        pattern:
          /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:(?:Connection ended|Closed by server)\b)/,
        said: { means: 'hung-up' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Connection ended",
        explains: 'The server ended TCP, before its answer or after the opening.',
      },
      {
        id: 'tls',
        needle: 'failed: TLS handshake failed',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:TLS handshake failed)/,
        said: { means: 'tls-garbled' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: TLS handshake failed",
        explains: 'TLS failed. Bun does not say why.',
      },
      {
        id: 'bad-101',
        needle: 'failed: ',
        pattern:
          /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Missing upgrade header|Missing connection header|Missing websocket accept header|Invalid upgrade header|Invalid connection header|Invalid websocket version|Mismatch websocket accept header)/,
        said: { means: 'bad-101' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Mismatch websocket accept header",
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'not-http',
        needle: 'failed: Invalid response',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Invalid response\b)/,
        said: { means: 'not-http' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Invalid response",
        explains: 'What came back is no HTTP response.',
      },
      {
        id: 'subprotocol',
        needle: ['failed: Mismatch client protocol', "' failed: Missing client protocol"],
        pattern:
          /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Missing client protocol|Mismatch client protocol)/,
        said: { means: 'subprotocol' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Mismatch client protocol",
        explains: 'The server chose no subprotocol, or one that was not offered.',
      },
      {
        id: 'headers',
        needle: 'failed: Headers too large',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Headers too large)/,
        said: { means: 'bad-answer' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Headers too large",
        explains: 'The headers of the answer are larger than Bun takes.',
      },
      {
        id: 'frame',
        needle: 'failed: ',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Protocol error - )/,
        said: { means: 'frame' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Protocol error - unexpected opcode",
        explains: 'The server sent bytes that break the protocol.',
      },
      {
        id: 'utf8',
        needle: 'failed: Server sent invalid UTF8',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Server sent invalid UTF8)/,
        said: { means: 'invalid-utf8' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Server sent invalid UTF8",
        explains: 'A text message is not valid UTF-8.',
      },
      {
        id: 'compression',
        needle: 'failed: ',
        pattern: /\bWebSocket connection to '[^'\n]{0,2048}' failed: (?:Compression not implemented yet)/,
        said: { means: 'compression' },
        example: "WebSocket connection to 'wss://app.example/ws' failed: Compression not implemented yet",
        explains: 'This version of Bun does not read compressed messages.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'not-a-constructor',
        needle: 'WebSocket is not ',
        pattern: /\bTypeError: WebSocket is not a constructor\b|\bReferenceError: WebSocket is not defined\b/,
        said: { means: 'nothing-said' },
        example: 'ReferenceError: WebSocket is not defined',
        explains:
          'Where the program runs there is no global WebSocket, as in Node.js before 22. No connection was tried.',
      },
    ]),
  ],
})
