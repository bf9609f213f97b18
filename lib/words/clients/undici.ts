import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/nodejs/undici/blob/main'
const connection = `${repository}/lib/web/websocket/connection.js`
const webSocket = `${repository}/lib/web/websocket/websocket.js`
const receiver = `${repository}/lib/web/websocket/receiver.js`
const stream = `${repository}/lib/web/websocket/stream/websocketstream.js`
const errors = `${repository}/docs/docs/api/Errors.md`
const fetch = `${repository}/lib/web/fetch/index.js`

export default defineProgram({
  id: 'undici',
  name: 'undici (fetch and WebSocket of Node.js)',
  side: 'client',
  mark: /\bUND_ERR_|internal\/deps\/undici|node_modules[\\/]undici[\\/]/,
  phrases: [
    ...phrasesOf(connection, [
      {
        id: 'network-error-or-status',
        needle: 'Received network error or non-',
        pattern: /Received network error or non-(?:101|200) status code/i,
        said: { means: 'never-opened' },
        example: 'TypeError: Received network error or non-101 status code.',
        explains:
          'The connection failed, or it was answered with another status than 101. The error’s `cause` has the reason, where there is one.',
      },
      {
        id: 'subprotocol',
        needle: 'protocol',
        pattern: /Server did not respond with sent protocols|Protocol was not set in the opening handshake/i,
        said: { means: 'subprotocol' },
        example: 'TypeError: Server did not respond with sent protocols.',
        explains: 'The 101 names no subprotocol, or one that was not asked for.',
      },
      {
        id: 'bad-101',
        needle: 'header',
        pattern:
          /Server did not set (?:Upgrade header to "websocket"|Connection header to "upgrade")|Incorrect hash received in Sec-WebSocket-Accept header/i,
        said: { means: 'bad-101' },
        example: 'TypeError: Incorrect hash received in Sec-WebSocket-Accept header.',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'extension',
        needle: 'Sec-WebSocket-Extensions header does not match',
        pattern: /Sec-WebSocket-Extensions header does not match/i,
        said: { means: 'extension' },
        example: 'TypeError: Sec-WebSocket-Extensions header does not match.',
        explains: 'The 101 agrees to an extension that was not offered.',
      },
      {
        id: 'deflate-window',
        needle: 'Invalid server_max_window_bits',
        pattern: /\bInvalid server_max_window_bits\b/,
        said: { means: 'extension' },
        example: 'Invalid server_max_window_bits',
        explains: 'The 101 agrees to permessage-deflate with a window that there is not.',
      },
    ]),
    ...phrasesOf(webSocket, [
      {
        id: 'invalid-url',
        needle: ['expected a ws: or wss: url', 'expected a ws: or wss: protocol'],
        pattern: /expected a ws: or wss: (?:url|protocol)/i,
        said: { means: 'invalid-url' },
        example: 'DOMException [SyntaxError]: expected a ws: or wss: url',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'fragment',
        needle: 'Got fragment',
        pattern: /DOMException[^\n]{0,40}Got fragment/i,
        said: { means: 'invalid-url' },
        example: 'DOMException [SyntaxError]: Got fragment',
        explains: 'The address of a WebSocket cannot have a fragment (#…).',
      },
      {
        id: 'invalid-subprotocol',
        needle: 'Invalid Sec-WebSocket-Protocol value',
        pattern: /Invalid Sec-WebSocket-Protocol value/i,
        said: { means: 'invalid-subprotocol' },
        example: 'DOMException [SyntaxError]: Invalid Sec-WebSocket-Protocol value',
        explains: 'A subprotocol must be a token, and each may be given once.',
      },
      {
        id: 'sent-before-connected',
        needle: 'Sent before connected',
        pattern: /Sent before connected\b/i,
        said: { means: 'used-too-early' },
        example: 'DOMException [InvalidStateError]: Sent before connected.',
        explains: 'The program called send() before the open event. The connection itself did not fail.',
      },
      {
        id: 'close-arguments',
        needle: 'Reason must be less than 123 bytes',
        pattern: /\bReason must be less than 123 bytes\b/,
        said: { means: 'nothing-said' },
        example: 'DOMException [SyntaxError]: Reason must be less than 123 bytes; received 140',
        explains:
          'The program gave close() a code or a reason that may not be sent. The connection did not fail.',
      },
    ]),
    ...phrasesOf(receiver, [
      {
        id: 'frame',
        needle: 'frame',
        pattern:
          /Frame cannot be masked|Invalid frame type was fragmented|Expected continuation frame|Fragmented frame exceeded 125 bytes|Control frame either too large or fragmented|Unexpected continuation frame\b|Received close frame with a 1-byte body/,
        said: { means: 'frame' },
        example: 'TypeError: Control frame either too large or fragmented',
        explains: 'Frames arrived that break the protocol, or bytes that are not frames.',
      },
      {
        id: 'opcode',
        needle: 'Invalid opcode received',
        pattern: /Invalid opcode received/i,
        said: { means: 'frame' },
        example: 'TypeError: Invalid opcode received',
        explains: 'Frames arrived that break the protocol, or bytes that are not frames.',
      },
      {
        id: 'rsv1',
        needle: 'RSV1',
        pattern: /Expected RSV1 to be clear|RSV1, RSV2, RSV3 must be clear/i,
        said: { means: 'compression' },
        example: 'TypeError: Expected RSV1 to be clear.',
        explains:
          'A frame says that it is compressed although compression was not agreed. Two answers mixed on one connection look the same.',
      },
      {
        id: 'invalid-utf8',
        needle: 'utf-8',
        pattern: /Received invalid UTF-8 in text frame|Invalid utf-8 received/i,
        said: { means: 'invalid-utf8' },
        example: 'TypeError: Received invalid UTF-8 in text frame.',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'too-big',
        needle: 'exceed',
        pattern:
          /Payload size exceeds maximum allowed size|Max decompressed message size exceeded|\bUND_ERR_WS_MESSAGE_SIZE_EXCEEDED\b/i,
        said: { means: 'too-big' },
        example: 'MessageSizeExceededError: Max decompressed message size exceeded',
        explains: 'A message is larger than undici accepts (`maxPayloadSize`).',
      },
      {
        id: 'too-long',
        needle: 'Received payload length',
        pattern: /Received payload length > 2\^31 bytes/i,
        said: { means: 'too-big' },
        example: 'TypeError: Received payload length > 2^31 bytes.',
        explains: 'A frame is longer than undici can hold.',
      },
    ]),
    ...phrasesOf(stream, [
      {
        id: 'never-opened',
        needle: 'Socket never opened',
        pattern: /WebSocketError: Socket never opened/i,
        said: { means: 'never-opened' },
        example: 'WebSocketError: Socket never opened',
        explains: 'The connection of a WebSocketStream failed before it opened.',
      },
      {
        id: 'unclean-close',
        needle: 'unclean close',
        pattern: /WebSocketError: unclean close/i,
        said: { means: 'dropped' },
        example: 'WebSocketError: unclean close',
        explains: 'The connection was open and ended without both Close frames.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'connect-timeout',
        needle: 'Connect Timeout Error',
        pattern: /Connect Timeout Error(?: \(attempted address(?:es)?: ([^,)]{1,253}))?/i,
        said: ([, address]) =>
          address === undefined ? { means: 'connect-timeout' } : { means: 'connect-timeout', address },
        example:
          'ConnectTimeoutError: Connect Timeout Error (attempted address: app.example:443, timeout: 10000ms)',
        explains: 'TCP and TLS did not connect within undici’s timeout (10 s, if it was not set).',
      },
      {
        id: 'connect-timeout-code',
        needle: 'UND_ERR_CONNECT_TIMEOUT',
        pattern: /\bUND_ERR_CONNECT_TIMEOUT\b/,
        said: { means: 'connect-timeout' },
        example: "  code: 'UND_ERR_CONNECT_TIMEOUT'",
        explains: 'TCP and TLS did not connect within undici’s timeout (10 s, if it was not set).',
      },
      {
        id: 'headers-timeout',
        needle: 'eaders',
        pattern: /Headers Timeout Error|\bUND_ERR_HEADERS_TIMEOUT\b/i,
        said: { means: 'handshake-timeout' },
        example: 'HeadersTimeoutError: Headers Timeout Error',
        explains:
          'The connection was made, and no answer came within `headersTimeout` (300 s, if it was not set).',
      },
      {
        id: 'headers-overflow',
        needle: 'eaders',
        pattern: /Headers Overflow Error|\bUND_ERR_HEADERS_OVERFLOW\b/i,
        said: { means: 'bad-answer' },
        example: 'HeadersOverflowError: Headers Overflow Error',
        explains: 'The headers of the answer are larger than undici accepts.',
      },
      {
        id: 'other-side-closed',
        needle: 'other side closed',
        pattern: /SocketError: other side closed/i,
        said: { means: 'closed-before-answer' },
        example: 'SocketError: other side closed',
        explains: 'The server closed TCP without an answer to the request.',
      },
      {
        id: 'socket-error',
        needle: 'UND_ERR_SOCKET',
        pattern: /\bUND_ERR_SOCKET\b/,
        said: { means: 'nothing-said' },
        example: "  code: 'UND_ERR_SOCKET',",
        explains: 'The connection ended during a request. The error’s message and `socket` have the details.',
      },
      {
        id: 'proxy-tls',
        needle: 'Secure Proxy Connection failed',
        pattern: /Secure Proxy Connection failed/i,
        said: { means: 'forward-proxy' },
        example: 'SecureProxyConnectionError: Secure Proxy Connection failed',
        explains: 'The TLS connection to the forward proxy failed.',
      },
      {
        id: 'proxy-status',
        needle: 'Proxy response',
        pattern: /Proxy response \((\d{3})\) !== 200 when HTTP Tunneling/i,
        said: ([, status]) =>
          status === '407'
            ? { means: 'proxy-authentication', status: 407 }
            : { means: 'forward-proxy', status: Number(status) },
        example: 'RequestAbortedError: Proxy response (403) !== 200 when HTTP Tunneling',
        explains: 'The forward proxy refused the tunnel to this host and port.',
      },
      {
        id: 'bad-upgrade',
        needle: 'bad upgrade',
        pattern: /\bSocketError: bad upgrade\b/,
        said: { means: 'bad-answer' },
        example: 'SocketError: bad upgrade',
        explains:
          'The answer was 101 with another Upgrade than the request asked for, or to a request that asked for none.',
      },
      {
        id: 'proxy-wants-password',
        needle: 'Proxy Authentication Required (407)',
        pattern: /\bProxy Authentication Required \(407\)/,
        said: { means: 'proxy-authentication', status: 407 },
        example: 'InvalidArgumentError: Proxy Authentication Required (407)',
        explains: 'The forward proxy wants a name and a password.',
      },
      {
        id: 'proxy-connection',
        needle: 'ProxyConnectionError',
        pattern: /\b(?<!Secure)ProxyConnectionError: [^\n]{1,200}/,
        said: { means: 'forward-proxy' },
        example: 'ProxyConnectionError: Proxy Connection failed',
        explains: 'The connection to the forward proxy itself failed.',
      },
    ]),
    ...phrasesOf(fetch, [
      {
        id: 'fetch-failed',
        needle: 'fetch failed',
        pattern: /TypeError: fetch failed\b/,
        said: { means: 'nothing-said' },
        example: 'TypeError: fetch failed',
        explains: 'An HTTP request failed. The error’s `cause` has the reason.',
      },
    ]),
  ],
})
