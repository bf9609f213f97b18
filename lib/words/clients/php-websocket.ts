import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const pawl = 'https://github.com/ratchetphp/Pawl/blob/master/src/Connector.php'
const textalk = 'https://github.com/sirn-se/websocket-php/blob/v3-main/src/Client.php'

export default defineProgram({
  id: 'php-websocket',
  name: 'PHP clients (Pawl, websocket-php)',
  side: 'client',
  phrases: [
    ...phrasesOf(pawl, [
      {
        id: 'closed',
        needle: 'closed before handshake',
        pattern: /\bConnection closed before handshake\b/,
        said: { means: 'closed-before-answer' },
        example: 'Connection closed before handshake',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'subprotocol',
        needle: 'Sec-WebSocket-Protocol',
        pattern: /\bServer did not respond with an expected Sec-WebSocket-Protocol\b/,
        said: { means: 'subprotocol' },
        example: 'Server did not respond with an expected Sec-WebSocket-Protocol',
        explains: 'The server chose no subprotocol, or one that was not offered.',
      },
      {
        id: 'dropped',
        needle: 'Underlying connection closed',
        pattern: /\bUnderlying connection closed\b/,
        said: { means: 'dropped' },
        example: 'Connection closed (1006 - Underlying connection closed)',
        explains: 'The open connection ended without a Close frame.',
      },
      {
        id: 'pawl-status',
        needle: ': HTTP/1.',
        pattern: /\b(?:Could not connect|DomainException|RuntimeException): HTTP\/1\.\d (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'Could not connect: HTTP/1.1 403 Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'pawl-url',
        needle: 'Cannot connect to invalid URL',
        pattern: /\bCannot connect to invalid URL \(/,
        said: { means: 'invalid-url' },
        example: 'InvalidArgumentException: Cannot connect to invalid URL (app.example)',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'pawl-cancelled',
        needle: 'cancelled during handshake',
        pattern: /\bConnection to \S{1,1000} cancelled during handshake\b/,
        said: { means: 'closed-by-page' },
        example: 'Connection to ws://app.example/ws cancelled during handshake',
        explains: 'The program itself cancelled the attempt.',
      },
      {
        id: 'pawl-name',
        needle: 'DNS query for ',
        pattern:
          /\bDNS query for \S{1,253} \([A-Z]{1,5}\) (?:failed|returned an error response|timed out|did not return)/,
        said: { means: 'dns-failure' },
        example:
          'Could not connect: DNS query for app.example (A) returned an error response (Non-Existent Domain / NXDOMAIN)',
        explains: 'The host name has no address in DNS, or the DNS server did not answer.',
      },
    ]),
    ...phrasesOf(textalk, [
      {
        id: 'status',
        needle: 'Invalid status code ',
        pattern: /\bInvalid status code (\d{3})\.?$/,
        said: ([, status]) => saidOfStatus(status),
        example: 'WebSocket\\Exception\\HandshakeException: Invalid status code 403.',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-answer',
        needle: ['invalid upgrade response', 'Server sent bad upgrade response'],
        pattern: /\bServer sent (?:invalid|bad) upgrade response\b/,
        said: { means: 'bad-answer' },
        example: "Connection to 'ws://app.example/ws' failed: Server sent invalid upgrade response.",
        explains: 'The answer is no 101 with an accept key.',
      },
      {
        id: 'dropped-read',
        needle: 'connection dead?',
        pattern: /\bEmpty read; connection dead\?/,
        said: { means: 'dropped' },
        example: 'Empty read; connection dead?',
        explains: 'The open connection ended without a Close frame.',
      },
      {
        id: 'uri',
        needle: 'BadUriException',
        pattern: /\bBadUriException\b/,
        said: { means: 'invalid-url' },
        example: 'WebSocket\\BadUriException: Url should have scheme ws or wss',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'unexpected-close',
        needle: 'Connection has unexpectedly closed',
        pattern: /\bConnection has unexpectedly closed\b/,
        said: { means: 'dropped' },
        example: 'WebSocket\\Exception\\ConnectionClosedException: Connection has unexpectedly closed',
        explains: 'TCP ended without a Close frame.',
      },
    ]),
  ],
})
