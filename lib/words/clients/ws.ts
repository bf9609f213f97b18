import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client = 'https://github.com/websockets/ws/blob/master/lib/websocket.js'
const server = 'https://github.com/websockets/ws/blob/master/lib/websocket-server.js'
const receiver = 'https://github.com/websockets/ws/blob/master/lib/receiver.js'
const deflate = 'https://github.com/websockets/ws/blob/master/lib/permessage-deflate.js'
const codes = 'https://github.com/websockets/ws/blob/master/doc/ws.md#error-codes'
const sender = 'https://github.com/websockets/ws/blob/master/lib/sender.js'

export default defineProgram({
  id: 'ws',
  name: 'ws (Node.js)',
  side: 'client',
  mark: /\bWS_ERR_|Invalid WebSocket frame:|node_modules[\\/]ws[\\/]/,
  phrases: [
    // The client's handshake.
    ...phrasesOf(client, [
      {
        id: 'unexpected-response',
        needle: 'Unexpected server response',
        pattern: /Unexpected server response[: (]{1,3}(\d{3})/i,
        said: ([, status]) => saidOfStatus(status),
        example: 'Error: Unexpected server response: 403',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'closed-before-established',
        needle: 'before the connection ',
        pattern: /(?:WebSocket was )?closed before the connection (?:was|is) established/i,
        said: { means: 'closed-by-page' },
        example: 'Error: WebSocket was closed before the connection was established',
        explains: 'The program called close() or terminate() while the socket was still connecting.',
      },
      {
        id: 'handshake-timed-out',
        needle: 'handshake has timed out',
        pattern: /opening handshake has timed out/i,
        said: { means: 'handshake-timeout' },
        example: 'Error: Opening handshake has timed out',
        explains: 'No answer came within `handshakeTimeout`. DNS, TCP and TLS count too.',
      },
      {
        id: 'too-many-redirects',
        needle: 'Maximum redirects exceeded',
        pattern: /Maximum redirects exceeded/i,
        said: { means: 'redirect' },
        example: 'Error: Maximum redirects exceeded',
        explains: 'The server redirects the handshake, and each answer is another redirect.',
      },
      {
        id: 'invalid-accept',
        needle: 'invalid ',
        pattern: /Invalid Sec-WebSocket-Accept header|\binvalid server key\b/i,
        said: { means: 'bad-101' },
        example: 'Error: Invalid Sec-WebSocket-Accept header',
        explains: 'The 101 has no Sec-WebSocket-Accept, or one that does not belong to this handshake.',
      },
      {
        id: 'no-subprotocol',
        needle: 'Server sent no subprotocol',
        pattern: /Server sent no subprotocol/i,
        said: { means: 'subprotocol' },
        example: 'Error: Server sent no subprotocol',
        explains: 'The client asked for a subprotocol and the server’s 101 names none.',
      },
      {
        id: 'wrong-subprotocol',
        needle: 'subprotocol',
        pattern: /Server sent (?:an invalid subprotocol|a subprotocol but none was requested)/i,
        said: { means: 'subprotocol' },
        example: 'Error: Server sent an invalid subprotocol',
        explains: 'The server’s 101 names a subprotocol that the client did not ask for.',
      },
      {
        id: 'extension',
        needle: 'extension',
        pattern:
          /(?:Server sent a Sec-WebSocket-Extensions header but no extension was requested|Server indicated an extension that was not requested|Invalid Sec-WebSocket-Extensions header)/i,
        said: { means: 'extension' },
        example: 'Error: Server sent a Sec-WebSocket-Extensions header but no extension was requested',
        explains: 'The 101 agrees to an extension that was not offered, or with parameters that do not fit.',
      },
    ]),
    // What the program did.
    ...phrasesOf(client, [
      {
        id: 'invalid-url',
        needle: 'SyntaxError: ',
        pattern:
          /SyntaxError: (?:Invalid URL: |The URL's protocol must be one of "ws:"|The URL contains a fragment identifier|The URL's pathname is empty)/i,
        said: { means: 'invalid-url' },
        example:
          'SyntaxError: The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'invalid-subprotocol',
        needle: 'subprotocol',
        pattern:
          /An invalid or duplicated subprotocol was specified|The "[^"]{1,200}" subprotocol is duplicated/i,
        said: { means: 'invalid-subprotocol' },
        example: 'SyntaxError: An invalid or duplicated subprotocol was specified',
        explains: 'A subprotocol must be a token, and each may be given once.',
      },
      {
        id: 'still-connecting',
        needle: 'readyState 0',
        pattern: /WebSocket is not open: readyState 0 \(CONNECTING\)/i,
        said: { means: 'used-too-early' },
        example: 'Error: WebSocket is not open: readyState 0 (CONNECTING)',
        explains: 'The program called send() or ping() before the open event. The connection did not fail.',
      },
      {
        id: 'not-open',
        needle: 'WebSocket is not open',
        pattern: /WebSocket is not open: readyState [23] \((?:CLOSING|CLOSED)\)/i,
        said: { means: 'ended' },
        example: 'Error: WebSocket is not open: readyState 3 (CLOSED)',
        explains: 'The program sent on a connection that had ended. Why it ended is printed elsewhere.',
      },
      {
        id: 'invalid-upgrade-answer',
        needle: 'Error: Invalid Upgrade header',
        pattern: /\bError: Invalid Upgrade header\b/,
        said: { means: 'bad-101', unsure: true },
        side: 'client',
        example: 'Error: Invalid Upgrade header',
        explains:
          'The 101 does not say Upgrade: websocket. On a server with a wsClientError handler: the request does not.',
      },
      {
        id: 'protocol-version',
        needle: 'Unsupported protocol version: ',
        pattern: /\bUnsupported protocol version: \d{1,3} \(supported versions: /,
        said: { means: 'handshake-header' },
        side: 'client',
        example: 'RangeError: Unsupported protocol version: 12 (supported versions: 8, 13)',
        explains: 'The program asks for a protocolVersion that there is not. No connection was tried.',
      },
      {
        id: 'not-in-browsers',
        needle: 'ws does not work in the browser',
        pattern: /\bws does not work in the browser\b/,
        said: { means: 'nothing-said' },
        side: 'client',
        example:
          'Error: ws does not work in the browser. Browser clients must use the native WebSocket object',
        explains:
          'A bundle for browsers took the package ws: use the global WebSocket there. No connection was tried.',
      },
    ]),
    ...phrasesOf('https://github.com/websockets/ws/blob/1.1.5/lib/WebSocket.js', [
      {
        id: 'not-opened',
        needle: 'not opened',
        pattern: /\bError: not opened\b/,
        said: { means: 'ended' },
        example: 'Error: not opened',
        explains: 'ws before version 4 prints this where the program sends on a connection that is not open.',
      },
    ]),
    // The server's handshake: bodies of its answers and messages of `wsClientError`.
    ...phrasesOf(server, [
      {
        id: 'invalid-upgrade',
        needle: 'Invalid Upgrade header',
        pattern: /(?<!Error: )Invalid Upgrade header/i,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'Invalid Upgrade header',
        explains: 'The server’s answer to a request whose Upgrade header is not “websocket”.',
      },
      {
        id: 'invalid-key',
        needle: 'Missing or invalid',
        pattern: /Missing or invalid Sec-WebSocket-(?:Key|Version) header/i,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'Missing or invalid Sec-WebSocket-Key header',
        explains:
          'The request has an Upgrade header, and a proxy removed the other headers of the handshake.',
      },
      {
        id: 'invalid-method',
        needle: 'Invalid HTTP method',
        pattern: /Invalid HTTP method/i,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'Invalid HTTP method',
        explains: 'A WebSocket begins with GET, and this request has another method.',
      },
      {
        id: 'invalid-protocol-header',
        needle: 'Sec-WebSocket-Protocol header',
        pattern: /Invalid Sec-WebSocket-Protocol header/i,
        said: { means: 'subprotocol' },
        side: 'server',
        example: 'Invalid Sec-WebSocket-Protocol header',
        explains: 'The list of subprotocols in the request is not a list of tokens.',
      },
      {
        id: 'unacceptable-extensions',
        needle: 'unacceptable Sec-WebSocket-Extensions',
        pattern: /Invalid or unacceptable Sec-WebSocket-Extensions header/i,
        said: { means: 'extension' },
        side: 'server',
        example: 'Invalid or unacceptable Sec-WebSocket-Extensions header',
        explains: 'The server cannot agree to the extensions that the request offers.',
      },
      {
        id: 'upgrade-twice',
        needle: 'handleUpgrade() was called more than once',
        pattern: /server\.handleUpgrade\(\) was called more than once with the same socket/i,
        said: { means: 'upgrade-twice' },
        side: 'server',
        example:
          'Error: server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration',
        explains: 'Two handlers of the “upgrade” event took the same request.',
      },
      {
        id: 'no-server',
        needle: 'The server is ',
        pattern: /\bThe server is (?:not running|operating in "noServer" mode)/,
        said: { means: 'nothing-said' },
        side: 'server',
        example: 'Error: The server is not running',
        explains:
          'The program closed, or asked for the address of, a server that does not listen by itself. No connection failed.',
      },
    ]),
    // Frames.
    ...phrasesOf(receiver, [
      {
        id: 'invalid-utf8',
        needle: 'invalid utf',
        pattern: /(?:Invalid WebSocket frame: )?invalid utf-?8 sequence/i,
        said: { means: 'invalid-utf8' },
        example: 'Error: Invalid WebSocket frame: invalid UTF-8 sequence',
        explains: 'A text message or a close reason held bytes that are not UTF-8.',
      },
      {
        id: 'rsv1',
        needle: 'RSV1 must be clear',
        pattern: /(?:Invalid WebSocket frame: )?RSV1 must be clear/i,
        said: { means: 'frame' },
        example: 'RangeError: Invalid WebSocket frame: RSV1 must be clear',
        explains:
          'A frame says that it is compressed although compression was not agreed. Two answers mixed on one connection look the same.',
      },
      {
        id: 'invalid-frame',
        needle: 'Invalid WebSocket frame: ',
        pattern:
          /Invalid WebSocket frame: (?:RSV2 and RSV3 must be clear|FIN must be set|invalid opcode|invalid payload length|invalid status code|MASK must be (?:set|clear))/i,
        said: { means: 'frame' },
        example: 'RangeError: Invalid WebSocket frame: invalid opcode 7',
        explains:
          'Bytes arrived that are not WebSocket frames, or frames that break the protocol. HTTP text after the 101 does that too.',
      },
    ]),
    ...phrasesOf(codes, [
      {
        id: 'frame-code',
        needle: 'WS_ERR_',
        pattern:
          /\bWS_ERR_(?:EXPECTED_FIN|EXPECTED_MASK|UNEXPECTED_MASK|UNEXPECTED_RSV_2_3|INVALID_OPCODE|INVALID_CONTROL_PAYLOAD_LENGTH|INVALID_CLOSE_CODE)\b/,
        said: { means: 'frame' },
        example: "  [Symbol(status-code)]: 1002, code: 'WS_ERR_INVALID_OPCODE'",
        explains: 'Bytes arrived that are not WebSocket frames, or frames that break the protocol.',
      },
      {
        id: 'utf8-code',
        needle: 'WS_ERR_INVALID_UTF8',
        pattern: /\bWS_ERR_INVALID_UTF8\b/,
        said: { means: 'invalid-utf8' },
        example: "  code: 'WS_ERR_INVALID_UTF8',",
        explains: 'A text message or a close reason held bytes that are not UTF-8.',
      },
      {
        id: 'rsv1-code',
        needle: 'WS_ERR_UNEXPECTED_RSV_1',
        pattern: /\bWS_ERR_UNEXPECTED_RSV_1\b/,
        said: { means: 'frame' },
        example: "  code: 'WS_ERR_UNEXPECTED_RSV_1',",
        explains: 'A frame says that it is compressed although compression was not agreed.',
      },
    ]),
    ...phrasesOf(receiver, [
      {
        id: 'too-big',
        needle: 'payload',
        pattern:
          /\bMax(?:imum)? ?payload (?:size )?exceeded\b|Unsupported WebSocket frame: payload length > 2\^53|payload cannot exceed \d/i,
        said: { means: 'too-big' },
        example: 'RangeError: Max payload size exceeded',
        explains: 'A message is larger than `maxPayload` (100 MiB, if it was not set). ws closes with 1009.',
      },
    ]),
    ...phrasesOf(codes, [
      {
        id: 'too-big-code',
        needle: 'WS_ERR_',
        pattern: /\bWS_ERR_UNSUPPORTED_(?:MESSAGE|DATA_PAYLOAD)_LENGTH\b|\bWS_ERR_TOO_MANY_BUFFERED_PARTS\b/,
        said: { means: 'too-big' },
        example: "  code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',",
        explains: 'A message is larger than `maxPayload` (100 MiB, if it was not set). ws closes with 1009.',
      },
    ]),
    ...phrasesOf(receiver, [
      {
        id: 'too-many-parts',
        needle: 'Too many ',
        pattern: /\bToo many (?:message fragments|buffered chunks)\b/i,
        said: { means: 'too-big' },
        example: 'RangeError: Too many message fragments',
        explains: 'A message came in more parts than ws keeps (`maxFragments`, `maxBufferedChunks`).',
      },
    ]),
    ...phrasesOf(deflate, [
      {
        id: 'inflate',
        needle: ['Z_DATA_ERROR', "code: 'Z_BUF_ERROR'"],
        pattern: /\bcode: 'Z_(?:DATA|BUF)_ERROR'|\bZ_DATA_ERROR\b/,
        said: { means: 'compression' },
        example: "  code: 'Z_DATA_ERROR'",
        explains: 'zlib could not decompress a message.',
      },
      {
        id: 'deflate-parameter',
        needle: 'parameter "',
        pattern:
          /\b(?:Unknown|Unexpected) parameter "(?:client_no_context_takeover|\w{1,60})"|\bParameter "\w{1,60}" must have only a single value\b|\bInvalid value for parameter "(?:server|client)_\w{1,40}"/,
        said: { means: 'extension' },
        example: 'Error: Unexpected parameter "client_no_context_takeover"',
        explains:
          'Sec-WebSocket-Extensions has a parameter of permessage-deflate that this end did not offer or does not know.',
      },
    ]),
    ...phrasesOf('https://github.com/websockets/ws/blob/master/lib/sender.js', [
      {
        id: 'closed-while-compressing',
        needle: 'was closed while ',
        pattern:
          /The (?:socket|deflate stream) was closed while (?:data was being (?:compressed|processed)|the blob was being read)/i,
        said: { means: 'lost' },
        example: 'Error: The socket was closed while data was being compressed',
        explains: 'The connection ended while a message was still being prepared for sending.',
      },
    ]),
    ...phrasesOf(sender, [
      {
        id: 'close-arguments',
        needle: 'must ',
        pattern:
          /\bFirst argument must be a valid error code number\b|\bThe message must not be greater than 123 bytes\b|\bThe data size must not be greater than 125 bytes\b/,
        said: { means: 'nothing-said' },
        example: 'TypeError: First argument must be a valid error code number',
        explains:
          'The program gave close(), ping() or pong() what must not be sent. A code is 1000 or 3000 to 4999, a reason has up to 123 bytes.',
      },
    ]),
  ],
})
