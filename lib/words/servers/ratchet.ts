import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const rfc6455 = 'https://github.com/ratchetphp/RFC6455/blob/master/src'
const phrity = 'https://github.com/sirn-se/websocket-php'

export default defineProgram({
  id: 'ratchet',
  name: 'Ratchet and websocket-php (PHP)',
  mark: /\bRatchet\b|\bWebSocket\\\w{1,40}/,
  phrases: [
    ...phrasesOf(`${rfc6455}/Handshake/ServerNegotiator.php`, [
      {
        id: 'upgrade-missing',
        needle: 'Upgrade ',
        pattern: /\b(?:Upgrade header MUST be provided|Connection Upgrade MUST be requested)\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'HTTP/1.1 426 Upgrade header MUST be provided',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'subprotocol',
        needle: 'No Sec-WebSocket-Protocols requested supported',
        pattern: /\bNo Sec-WebSocket-Protocols requested supported\b/,
        said: { means: 'subprotocol', status: 426 },
        side: 'server',
        example: 'HTTP/1.1 426 No Sec-WebSocket-Protocols requested supported',
        explains: 'The server speaks subprotocols, and the client asked for none of them.',
      },
    ]),
    ...phrasesOf(`${rfc6455}/Messaging/MessageBuffer.php`, [
      {
        id: 'too-big',
        needle: 'size exceeded',
        pattern: /\bMaximum (?:frame|message) size exceeded\b/,
        said: { means: 'too-big' },
        example: 'Maximum message size exceeded',
        explains: 'A message is larger than the receiver’s own limit. It closes with 1009 and this reason.',
      },
      {
        id: 'invalid-utf8',
        needle: 'Ratchet detected an invalid UTF-8',
        pattern: /\bRatchet detected an invalid UTF-8 payload\b/,
        said: { means: 'invalid-utf8' },
        example: 'Ratchet detected an invalid UTF-8 payload',
        explains: 'A text message held bytes that are not UTF-8. Ratchet closes with 1007 and this reason.',
      },
      {
        id: 'frame',
        needle: 'Ratchet detected ',
        pattern: /\bRatchet detected (?!an invalid UTF-8)(?:an?|the|invalid) [\w ]{4,80}/,
        said: { means: 'frame' },
        example: 'Ratchet detected an incorrect frame mask',
        explains: 'A frame breaks the protocol. Ratchet closes with 1002 and this reason.',
      },
    ]),
    ...phrasesOf(phrity, [
      {
        id: 'client-upgrade',
        needle: 'Server sent invalid upgrade response',
        pattern: /\bServer sent invalid upgrade response\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example:
          "WebSocket\\ConnectionException: Connection to 'ws://app.example/ws' failed: Server sent invalid upgrade response: HTTP/1.1 403 Forbidden",
        explains: 'The server’s answer is not a good 101. It is printed after these words.',
      },
      {
        id: 'client-socket',
        needle: 'Could not open socket to ',
        pattern: /\bCould not open socket to "[^"\n]{1,300}"/,
        said: { means: 'no-connection' },
        side: 'client',
        example:
          'WebSocket\\ConnectionException: Could not open socket to "app.example:443": Server is closed',
        explains: 'TCP or TLS did not connect.',
      },
      {
        id: 'empty-read',
        needle: 'Empty read; connection dead',
        pattern: /\bEmpty read; connection dead\b/,
        said: { means: 'dropped' },
        example: 'WebSocket\\ConnectionException: Empty read; connection dead?',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'read-timeout',
        needle: 'Client read timeout',
        pattern: /\bClient read timeout\b/,
        said: { means: 'handshake-timeout' },
        side: 'client',
        example: 'WebSocket\\TimeoutException: Client read timeout',
        explains:
          'Nothing arrived within this client’s own timeout: no answer to the handshake, or no message.',
      },
    ]),
  ],
})
