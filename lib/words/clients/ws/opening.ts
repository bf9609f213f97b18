/** What ws prints of a handshake, as the client that made it. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client = 'https://github.com/websockets/ws/blob/master/lib/websocket.js'

export const opening: readonly Phrase[] = [
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
      example: 'Error: ws does not work in the browser. Browser clients must use the native WebSocket object',
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
]
