/** The errors of tungstenite, as it prints them for people. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const errors = 'https://github.com/snapview/tungstenite-rs/blob/master/src/error.rs'

export const displayed: readonly Phrase[] = [
  ...phrasesOf(errors, [
    {
      id: 'reset-without-closing',
      needle: 'without',
      pattern: /\b(?:WebSocket protocol error: )?Connection reset without closing handshake\b/,
      said: { means: 'dropped' },
      example: 'WebSocket protocol error: Connection reset without closing handshake',
      explains: 'The connection was open, and TCP ended without a Close frame. No frame broke the protocol.',
    },
    {
      id: 'http-error',
      needle: 'HTTP error: ',
      pattern: /\bHTTP error: (\d{3})(?: [A-Z][\w' -]{1,40})?(?=$|["'\s),.;])/,
      said: ([, status]) => saidOfStatus(status),
      side: 'client',
      example: 'Error: HTTP error: 403 Forbidden',
      explains:
        'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
    },
    {
      id: 'closed-normally',
      needle: 'Connection closed normally',
      pattern: /\bConnection closed normally\b/,
      said: { means: 'close', close: { code: 1000, clean: true } },
      example: 'Error: Connection closed normally',
      explains: 'Both ends exchanged Close frames. It is the end of reading, and no failure.',
    },
    {
      id: 'already-closed',
      needle: 'closed',
      pattern: /\bTrying to work with closed connection\b/,
      said: { means: 'lost' },
      example: 'Error: Trying to work with closed connection',
      explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
    },
    {
      id: 'sent-after-close',
      needle: 'Sending after closing',
      pattern: /\bSending after closing is not allowed\b/,
      said: { means: 'lost' },
      example: 'WebSocket protocol error: Sending after closing is not allowed',
      explains: 'The program sends on a connection whose end has begun. Why it ended is printed elsewhere.',
    },
    {
      id: 'attack',
      needle: 'Attack attempt detected',
      pattern: /\bAttack attempt detected\b/,
      said: { means: 'handshake-header', unsure: true },
      side: 'server',
      example: 'Attack attempt detected',
      explains: 'The head of the request came in so many small pieces that tungstenite gave up.',
    },
    {
      id: 'handshake-incomplete',
      needle: 'Handshake',
      pattern: /\b(?:WebSocket protocol error: )?Handshake not finished\b|\bProtocol\(HandshakeIncomplete\)/,
      said: { means: 'closed-before-answer' },
      example: 'WebSocket protocol error: Handshake not finished',
      explains: 'The server closed TCP before its answer to the handshake was whole.',
    },
    {
      id: 'not-http',
      needle: 'httparse error',
      pattern:
        /\bhttparse error: invalid (?:HTTP (?:version|status)|token|response status|header name|header value|new line)/,
      said: { means: 'not-http' },
      side: 'client',
      example: 'WebSocket protocol error: httparse error: invalid HTTP version',
      explains: 'What came back is not HTTP/1.1.',
    },
    {
      id: 'bad-101',
      needle: 'WebSocket protocol error: ',
      pattern:
        /\bWebSocket protocol error: (?:Key mismatch in "Sec-WebSocket-Accept" header|Missing, duplicated or incorrect header sec-websocket-(?:accept|protocol|extensions)\b)/,
      said: { means: 'bad-101' },
      side: 'client',
      example: 'WebSocket protocol error: Key mismatch in "Sec-WebSocket-Accept" header',
      explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
    },
    {
      id: 'upgrade-missing',
      needle: 'WebSocket protocol error: No "',
      pattern: /\bWebSocket protocol error: No "(?:Connection: upgrade|Upgrade: websocket)" header/,
      said: { means: 'upgrade-missing' },
      example: 'WebSocket protocol error: No "Connection: upgrade" header',
      explains:
        'On a server: the request has no Upgrade: websocket and Connection: Upgrade. A client says it of a 101 without them.',
    },
    {
      id: 'header-incorrect',
      needle: 'or incorrect header',
      pattern:
        /\bMissing, duplicated or incorrect header (?:upgrade|connection|host|sec-websocket-(?:key|version))\b/,
      said: { means: 'upgrade-missing', unsure: true },
      example: 'WebSocket protocol error: Missing, duplicated or incorrect header upgrade',
      explains:
        'On a server: the request lacks this header, or has it twice. A client says it of its own request or of a 101.',
    },
    {
      id: 'key-or-version',
      needle: 'WebSocket protocol error: No "Sec-WebSocket-',
      pattern: /\bWebSocket protocol error: No "Sec-WebSocket-(?:Version: 13|Key)" header/,
      said: { means: 'handshake-header' },
      side: 'server',
      example: 'WebSocket protocol error: No "Sec-WebSocket-Key" header',
      explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
    },
    {
      id: 'request',
      needle: 'WebSocket protocol error: ',
      pattern:
        /\bWebSocket protocol error: (?:HTTP version must be 1\.1 or higher|Unsupported HTTP method used)/,
      said: { means: 'http-version' },
      side: 'server',
      example: 'WebSocket protocol error: HTTP version must be 1.1 or higher',
      explains: 'The request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
    },
    {
      id: 'subprotocol',
      needle: 'SubProtocol error: ',
      pattern:
        /\bSubProtocol error: (?:Server sent (?:a subprotocol but none was requested|an invalid subprotocol|no subprotocol))/,
      said: { means: 'subprotocol' },
      side: 'client',
      example: 'WebSocket protocol error: SubProtocol error: Server sent no subprotocol',
      explains: 'The 101 names no subprotocol, or one that was not asked for.',
    },
    {
      id: 'too-big',
      needle: 'Message too long: ',
      pattern: /\b(?:Space limit exceeded: )?Message too long: \d{1,15} > (\d{1,15})/,
      said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
      example: 'Space limit exceeded: Message too long: 70000000 > 67108864',
      explains: 'A message is larger than this end’s own max_message_size.',
    },
    {
      id: 'frame',
      needle: 'WebSocket protocol error: ',
      pattern:
        /\bWebSocket protocol error: (?:Remote sent after having closed|Reserved bits are non-zero|Received an? (?:unmasked frame from client|masked frame from server)|Fragmented control frame|Control frame too big|Unknown (?:control|data) frame type|Continue frame but nothing to continue|While waiting for more fragments received|Encountered invalid opcode|Invalid (?:close sequence|opcode)|Junk after client request)/,
      said: { means: 'frame' },
      example: 'WebSocket protocol error: Reserved bits are non-zero',
      explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
    },
    {
      id: 'utf8',
      needle: 'UTF-8 encoding error',
      pattern: /\bUTF-8 encoding error: /,
      said: { means: 'invalid-utf8' },
      example: 'UTF-8 encoding error: invalid utf-8 sequence of 1 bytes from index 12',
      explains: 'A text message held bytes that are not UTF-8.',
    },
    {
      id: 'write-buffer',
      needle: 'Write buffer is full',
      pattern: /\bWrite buffer is full\b/,
      said: { means: 'not-reading' },
      example: 'Error: Write buffer is full',
      explains: 'The other end does not take what is sent, and this end’s buffer is full.',
    },
    {
      id: 'url',
      needle: 'URL error: ',
      pattern:
        /\bURL error: (?:URL scheme not supported|No host name in the URL|URL contains empty host name|No path\/query in URL)/,
      said: { means: 'invalid-url' },
      side: 'client',
      example: 'URL error: URL scheme not supported',
      explains: 'The address is not a WebSocket URL: the scheme is missing or wrong, or it has no host.',
    },
    {
      id: 'unable-to-connect',
      needle: 'URL error: Unable to connect to',
      pattern: /\bURL error: Unable to connect to \S{1,300}/,
      said: { means: 'no-connection' },
      side: 'client',
      example: 'URL error: Unable to connect to ws://127.0.0.1:9001',
      explains: 'TCP did not connect to any address of the host.',
    },
    {
      id: 'tls-missing',
      needle: 'TLS support not compiled in',
      pattern: /\bURL error: TLS support not compiled in\b/,
      said: { means: 'not-built-in' },
      side: 'client',
      example: 'URL error: TLS support not compiled in',
      explains:
        'This program was built without TLS, so it cannot open wss://. Cargo needs a TLS feature of tungstenite or tokio-tungstenite: native-tls or rustls-tls-native-roots.',
    },
  ]),
]
