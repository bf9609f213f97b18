/** What Chromium prints of the answer to a handshake. */
import { failed } from '#lib/words/browsers/chromium/failed.ts'
import type { Phrase } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const handshake =
  'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_basic_handshake_stream.cc'
const channel = 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_channel.cc'

export const handshakePhrases: readonly Phrase[] = [
  {
    id: 'tunnel-failed',
    needle: 'Establishing a tunnel via proxy server failed',
    pattern: /Establishing a tunnel via proxy server failed/i,
    said: { means: 'forward-proxy' },
    example: failed('Establishing a tunnel via proxy server failed.'),
    explains: 'The forward proxy refused the tunnel to this host and port.',
    source: handshake,
  },
  {
    id: 'handshake-cancelled',
    needle: 'opening handshake was cance',
    pattern: /WebSocket opening handshake was cancell?ed/i,
    said: { means: 'tls-client-certificate' },
    example: failed('WebSocket opening handshake was canceled'),
    explains:
      'The handshake was given up, as when the server asks for a client certificate and none is sent.',
    source: channel,
  },
  {
    id: 'handshake-timed-out',
    needle: 'opening handshake timed out',
    pattern: /WebSocket opening handshake timed out/i,
    said: { means: 'handshake-timeout' },
    example: failed('WebSocket opening handshake timed out'),
    explains: 'Chromium waits four minutes for an answer to the handshake.',
    source: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_stream.cc',
  },
  {
    id: 'authentication',
    needle: 'HTTP Authentication failed',
    pattern: /HTTP Authentication failed/i,
    said: { means: 'authentication', status: 401 },
    example: failed('HTTP Authentication failed; no valid credentials available'),
    explains: 'The handshake was answered with 401, and the browser had no valid credentials.',
    source: handshake,
  },
  {
    id: 'proxy-authentication-failed',
    needle: 'Proxy authentication failed',
    pattern: /failed: Proxy authentication failed/i,
    said: { means: 'proxy-authentication', status: 407 },
    example: failed('Proxy authentication failed'),
    explains: 'The forward proxy answered with 407: it wants credentials.',
    source: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_stream.cc',
  },
  {
    id: 'unexpected-response',
    needle: 'Unexpected response code',
    pattern: /Unexpected response code: (\d{3})/i,
    said: ([, status]) => saidOfStatus(status),
    example: failed('Error during WebSocket handshake: Unexpected response code: 403'),
    explains: 'The handshake was answered with this HTTP status in place of 101.',
    source: handshake,
  },
  {
    id: 'invalid-status-line',
    needle: ['status line', 'Error during WebSocket handshake: No response code found'],
    pattern: /Error during WebSocket handshake: (?:Invalid status line|No response code found)/i,
    said: { means: 'not-http' },
    example: failed('Error during WebSocket handshake: Invalid status line'),
    explains: 'What came back is not HTTP/1.1.',
    source: handshake,
  },
  {
    id: 'closed-before-response',
    needle: 'Connection closed before receiving a handshake response',
    pattern: /Connection closed before receiving a handshake response/i,
    said: { means: 'closed-before-answer' },
    example: failed('Connection closed before receiving a handshake response'),
    explains: 'The server closed TCP without an answer to the handshake.',
    source: handshake,
  },
  {
    id: 'subprotocol',
    needle: 'Sec-WebSocket-Protocol',
    pattern:
      /(?:'Sec-WebSocket-Protocol' header value '[^']*' in response does not match|Response must not include 'Sec-WebSocket-Protocol'|Sent non-empty 'Sec-WebSocket-Protocol' header but no response)/i,
    said: { means: 'subprotocol' },
    example: failed(
      "Error during WebSocket handshake: Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received",
    ),
    explains: 'The 101 names no subprotocol, or one that was not asked for.',
    source: handshake,
  },
  {
    id: 'extension',
    needle: [
      'WebSocket connection to',
      'Error during WebSocket handshake: Found an unsupported exten',
      "Error during WebSocket handshake: 'Sec-WebSocket-Extensions'",
      'Error during WebSocket handshake: Error in permessage-deflat',
      'Error during WebSocket handshake: Received duplicate permess',
      'failed: Error in permessage-deflate',
      'failed: Received an unexpected permessage-deflate',
    ],
    pattern:
      /Error during WebSocket handshake: (?:Found an unsupported extension|'Sec-WebSocket-Extensions' header|Error in permessage-deflate|Received duplicate permessage-deflate)|failed: (?:Error in|Received an unexpected) permessage-deflate/i,
    said: { means: 'extension' },
    example: failed(
      "Error during WebSocket handshake: Found an unsupported extension 'x-webkit-deflate-frame' in 'Sec-WebSocket-Extensions' header",
    ),
    explains: 'The 101 agrees to an extension that was not offered, or with parameters that do not fit.',
    source: handshake,
  },
  {
    id: 'bad-101',
    needle: ['Error during WebSocket handshake', 'net::ERR_RESPONSE_HEADERS_'],
    pattern:
      /Error during WebSocket handshake: (?:'?(?:Upgrade|Connection|Sec-WebSocket-Accept)'? header|'[A-Za-z-]{1,40}' header must not appear more than once|Incorrect 'Sec-WebSocket-Accept')|net::ERR_RESPONSE_HEADERS_[A-Z_]+/i,
    said: { means: 'bad-101' },
    example: failed("Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value"),
    explains: 'The 101 lacks a header, has it twice, or has a wrong value.',
    source: handshake,
  },
]
