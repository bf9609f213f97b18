import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const server = 'https://github.com/godotengine/godot/blob/3.x/modules/websocket/wsl_server.cpp'
const peer = 'https://github.com/godotengine/godot/blob/master/modules/websocket/wsl_peer.cpp'

export default defineProgram({
  id: 'godot',
  name: 'Godot',
  side: 'client',
  phrases: [
    ...phrasesOf(peer, [
      {
        id: 'status',
        needle: 'Invalid status code. Got',
        pattern: /\bInvalid status code\. Got: '(\d{3})', expected '101'/,
        said: ([, status]) => saidOfStatus(status),
        example: "Invalid status code. Got: '403', expected '101'.",
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-101',
        needle: ['Missing or invalid header', '!headers.has('],
        pattern:
          /\bMissing or invalid header '(?:connection|upgrade|sec-websocket-accept)'|_verify_\w{1,20}:[^\n]{0,60}!headers\.has\("(?:connection|upgrade|sec-websocket-accept)"\)/,
        said: { means: 'bad-101' },
        example: "Missing or invalid header 'connection'. Expected value 'upgrade'.",
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: ['sub-protocol', '!headers.has('],
        pattern:
          /!headers\.has\("sec-websocket-protocol"\)|\bRequested sub-protocol\(s\) but received none\b|\bReceived unrequested sub-protocol -> /,
        said: { means: 'subprotocol' },
        example: 'Requested sub-protocol(s) but received none.',
        explains: 'The server chose no subprotocol, or one that was not offered.',
      },
      {
        id: 'not-http',
        needle: [
          'Invalid protocol or status code',
          'Not enough response headers. Got',
          'Response headers are too big',
        ],
        pattern:
          /\bInvalid protocol or status code\. Got '|\bNot enough response headers\. Got: |\bResponse headers are too big\b/,
        said: { means: 'not-http', unsure: true },
        example: "Invalid protocol or status code. Got 'SSH-2.0-OpenSSH', expected 'HTTP/1.1 101'.",
        explains: 'The server answered with something other than HTTP.',
      },
      {
        id: 'old-version',
        needle: 'Invalid protocol. Got',
        pattern: /\bInvalid protocol\. Got: 'HTTP\/1\.0', expected 'HTTP\/1\.1'/,
        said: { means: 'bad-101', unsure: true },
        example: "Invalid protocol. Got: 'HTTP/1.0', expected 'HTTP/1.1'.",
        explains: 'The answer came as HTTP/1.0, which no WebSocket server gives.',
      },
      {
        id: 'invalid-answer',
        needle: 'Invalid response headers',
        pattern: /\bInvalid response headers\./,
        said: { means: 'bad-answer' },
        example: 'ERROR: Invalid response headers.',
        explains:
          'The handshake was answered, and not with a correct 101. The line above says what was wrong.',
      },
      {
        id: 'not-open',
        needle: 'STATE_OPEN',
        pattern: /\bCondition ["'] ?(?:_?ready_?)?state != (?:WebSocketPeer::)?STATE_OPEN ?["'] is true\b/,
        said: { means: 'used-too-early' },
        example: 'Condition "ready_state != STATE_OPEN" is true. Returning: FAILED',
        explains: 'The program sent on a socket that was not open.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'no-request',
        needle: ['Not enough response headers, got', 'Invalid method or HTTP version'],
        pattern: /\bNot enough response headers, got: \d{1,4}|\bInvalid method or HTTP version\./,
        said: { means: 'application-protocol', unsure: true },
        side: 'server',
        example: 'ERROR: _parse_request: Not enough response headers, got: 1, expected >= 4.',
        explains:
          'Something other than a handshake arrived: a client of another protocol, or a health check that speaks plain TCP.',
      },
      {
        id: 'header-missing',
        needle: 'Missing header ',
        pattern: /\bMissing header 'sec-websocket-(?:key|version)'/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: "ERROR: Missing header 'sec-websocket-key'.",
        explains: 'The handshake is not complete.',
      },
    ]),
  ],
})
