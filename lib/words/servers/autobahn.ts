import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const source = 'https://github.com/crossbario/autobahn-python/blob/master/src/autobahn/websocket/protocol.py'
const twisted = 'https://docs.twisted.org/en/stable/api/twisted.internet.error.html'

export default defineProgram({
  id: 'autobahn',
  name: 'Autobahn and Twisted (Python)',
  mark: /\bautobahn\b|\bWebSocket connection closed: connection was closed\b/,
  phrases: [
    ...phrasesOf(source, [
      {
        id: 'upgrade-failed',
        needle: 'WebSocket connection upgrade failed',
        pattern: /\bWebSocket connection upgrade failed [[(](\d{3})(?:\]| - )/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          "failing WebSocket opening handshake ('WebSocket connection upgrade failed [403]: Forbidden')",
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'origin-denied',
        needle: 'WebSocket connection denied',
        pattern: /\bWebSocket connection denied(?::| -) origin '([^'\n]{0,512})' not allowed/,
        said: ([, origin]) => ({ means: 'origin-refused', ...(origin !== undefined && { origin }) }),
        side: 'server',
        example:
          "failing WebSocket opening handshake ('WebSocket connection denied: origin 'https://app.example' not allowed')",
        explains: 'The server’s allowedOrigins does not have this origin. It answers 403.',
      },
      {
        id: 'upgrade-missing',
        needle: 'HTTP ',
        pattern:
          /\bHTTP (?:Upgrade|Connection) headers? (?:missing|(?:do not|does not) include "|different from ")/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: "failing WebSocket opening handshake ('HTTP Upgrade header missing')",
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'http-version',
        needle: 'Unsupported HTTP version "',
        pattern: /\bUnsupported HTTP version "HTTP\/1\.0"/i,
        said: { means: 'http-version' },
        side: 'server',
        example: 'failing WebSocket opening handshake (\'Unsupported HTTP version "HTTP/1.0"\')',
        explains: 'The request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
      },
      {
        id: 'handshake-header',
        needle: ['Sec-WebSocket-', ' not supported (supported versions'],
        pattern:
          /\b(?:HTTP Sec-WebSocket-(?:Key|Version) header (?:missing|appears more than once)|bad (?:character "[^"]{1,4}" in )?Sec-WebSocket-Key|could not parse HTTP Sec-WebSocket-Version header|WebSocket version \d{1,5} not supported \(supported versions)/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: "failing WebSocket opening handshake ('HTTP Sec-WebSocket-Key header missing')",
        explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
      },
      {
        id: 'host-port',
        needle: 'in HTTP Host header',
        pattern:
          /\bport \d{1,5} in HTTP Host header "[^"\n]{1,300}" does not match server listening port \d{1,5}/,
        said: { means: 'host-refused' },
        side: 'server',
        example:
          'failing WebSocket opening handshake (\'port 443 in HTTP Host header "app.example" does not match server listening port 9000\')',
        fix: 'Set externalPort to the port that clients use, which the proxy listens on.',
        explains:
          'The server compares the port of the Host header with its own. Behind a proxy it needs externalPort.',
      },
      {
        id: 'too-many',
        needle: 'maximum number of connections reached',
        pattern: /\bmaximum number of connections reached\b/,
        said: { means: 'too-many-connections', status: 503 },
        side: 'server',
        example: "failing WebSocket opening handshake ('maximum number of connections reached')",
        explains: 'The server has as many connections as maxConnections allows. It answers 503.',
      },
      {
        id: 'bad-101',
        needle: 'HTTP Sec-WebSocket-Accept',
        pattern: /\bHTTP Sec-WebSocket-Accept (?:header (?:missing|appears more than once)|bogus value)/,
        said: { means: 'bad-101' },
        side: 'client',
        example:
          "failing WebSocket opening handshake ('HTTP Sec-WebSocket-Accept header missing in opening handshake reply')",
        explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'subprotocol selected by server',
        pattern:
          /\bsubprotocol selected by server "[^"\n]{0,200}" not in subprotocol list requested by client/,
        said: { means: 'subprotocol' },
        side: 'client',
        example:
          'subprotocol selected by server "chat" not in subprotocol list requested by client "[\'wamp.2.json\']"',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'extension',
        needle: 'extension',
        pattern:
          /\b(?:server wants to use extension "[^"\n]{0,200}" we did not request|permessage-compress extension response from server denied by client|multiple occurrence of a permessage-compress extension)/,
        said: { means: 'extension' },
        side: 'client',
        example:
          'server wants to use extension "x-webkit-deflate-frame" we did not request, have not implemented or did not enable',
        explains: 'The 101 agrees to an extension that was not offered, or with parameters that do not fit.',
      },
      {
        id: 'opening-timeout',
        needle: 'WebSocket opening handshake timeout',
        pattern:
          /\bWebSocket opening handshake timeout \(peer did not finish the opening handshake in time\)/,
        said: { means: 'handshake-timeout' },
        example:
          'connection was closed uncleanly ("WebSocket opening handshake timeout (peer did not finish the opening handshake in time)")',
        explains: 'The other end did not finish the handshake within openHandshakeTimeout (2.5 s).',
      },
      {
        id: 'closing-timeout',
        needle: 'WebSocket closing handshake timeout',
        pattern:
          /\bWebSocket closing handshake timeout \((?:peer did not finish the closing handshake|server did not drop TCP connection) in time\)/,
        said: { means: 'close-unanswered' },
        example:
          'connection was closed uncleanly ("WebSocket closing handshake timeout (peer did not finish the closing handshake in time)")',
        explains: 'This end closed, and the other end did not answer within closeHandshakeTimeout.',
      },
      {
        id: 'ping-timeout',
        needle: 'WebSocket ping timeout',
        pattern: /\bWebSocket ping timeout \(peer did not respond with pong in time\)/,
        said: { means: 'ping-timeout' },
        example:
          'connection was closed uncleanly ("WebSocket ping timeout (peer did not respond with pong in time)")',
        explains: 'This end’s own ping went unanswered for autoPingTimeout, and it ended the connection.',
      },
      {
        id: 'peer-dropped',
        needle: 'peer dropped the TCP connection',
        pattern: /\bpeer dropped the TCP connection without previous WebSocket closing handshake\b/,
        said: { means: 'dropped' },
        example:
          'connection was closed uncleanly ("peer dropped the TCP connection without previous WebSocket closing handshake")',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'too-big',
        needle: 'exceeds payload limit of',
        pattern: /\bexceeds payload limit of (\d{1,12}) octets/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'received WebSocket message size 5242880 exceeds payload limit of 1048576 octets',
        explains: 'A message is larger than this end’s maxMessagePayloadSize or maxFramePayloadSize.',
      },
      {
        id: 'invalid-utf8',
        needle: 'UTF-8',
        pattern:
          /\b(?:encountered invalid UTF-8 while processing text message|UTF-8 text message payload ended within Unicode code point)/,
        said: { means: 'invalid-utf8' },
        example: 'encountered invalid UTF-8 while processing text message at payload octet index 12',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'frame',
        needle: 'frame',
        pattern:
          /\b(?:unmasked client-to-server frame|masked server-to-client frame|fragmented control frame|control frame (?:with payload length > 125 octets|using reserved opcode)|data frame using reserved opcode|received (?:continuation data frame outside fragmented message|non-continuation data frame while inside fragmented message|compressed control frame|close control frame with payload len 1)|invalid data frame length \()/,
        said: { means: 'frame' },
        example:
          'failing WebSocket connection (code=1002): "received continuation data frame outside fragmented message"',
        explains: 'A frame breaks the protocol.',
      },
    ]),
    ...phrasesOf(twisted, [
      {
        id: 'non-clean',
        needle: 'lost in a non-clean fashion',
        pattern: /\bConnection to the other side was lost in a non-clean fashion(?:: Connection lost)?/,
        said: { means: 'dropped' },
        example: 'Connection to the other side was lost in a non-clean fashion: Connection lost.',
        explains: 'TCP ended without a Close frame and without a TLS end.',
      },
    ]),
  ],
})
