import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const server = 'https://github.com/cockpit-project/cockpit/blob/main/src/websocket/websocketserver.c'
const frames = 'https://github.com/cockpit-project/cockpit/blob/main/src/websocket/websocketconnection.c'
const service = 'https://github.com/cockpit-project/cockpit/blob/main/src/ws/cockpitwebservice.c'

export default defineProgram({
  id: 'cockpit',
  name: 'Cockpit',
  side: 'server',
  mark: /\bcockpit-(?:ws|tls|session|bridge)\b/,
  phrases: [
    ...phrasesOf(server, [
      {
        id: 'forbidden',
        needle: 'Received invalid WebSocket request',
        pattern: /\bReceived invalid WebSocket request\b/,
        said: { means: 'origin-refused', status: 403 },
        example: '403 Forbidden Received invalid WebSocket request',
        explains:
          'The Origin is none of Origins in cockpit.conf, nor the address that Host names. A client without an Origin is refused, too.',
      },
      {
        id: 'origin',
        needle: 'from bad Origin',
        pattern: /\breceived request from bad Origin: (\S{1,300})/,
        said: ([, origin]) => ({ means: 'origin-refused', ...(origin && { origin }) }),
        example: 'cockpit-ws[812]: received request from bad Origin: https://panel.example',
        explains:
          'The page’s origin is neither this host nor in Origins of cockpit.conf. Behind a proxy, Cockpit has to know its address there.',
      },
      {
        id: 'no-origin',
        needle: 'received request without',
        pattern: /\breceived request without Origin\b/,
        said: { means: 'origin-missing' },
        example: 'cockpit-ws[812]: received request without Origin',
        explains: 'The handshake has no Origin. A proxy left it out, or the client is not a browser.',
      },
      {
        id: 'no-host',
        needle: ['received request without', 'received HTTP request without Host'],
        pattern: /\breceived (?:HTTP )?request without Host\b/,
        said: { means: 'upgrade-missing' },
        example: 'cockpit-ws[812]: received request without Host',
        explains: 'The request has no Host header.',
      },
      {
        id: 'key',
        needle: 'Sec-WebSocket-Key header',
        pattern: /\breceived (?:missing|invalid) Sec-WebSocket-Key header\b/,
        said: { means: 'handshake-header' },
        example: 'cockpit-ws[812]: received missing Sec-WebSocket-Key header',
        explains: 'A header that belongs to the handshake is missing or wrong.',
      },
      {
        id: 'subprotocol',
        needle: 'Sec-WebSocket-Protocol',
        pattern: /\breceived invalid (?:or unsupported )?Sec-WebSocket-Protocol\b/,
        said: { means: 'subprotocol' },
        example: 'cockpit-ws[812]: received invalid or unsupported Sec-WebSocket-Protocol: base64',
        explains: 'The client asks for no subprotocol that Cockpit speaks (cockpit1).',
      },
      {
        id: 'upgrade-missing',
        needle: 'header: ',
        pattern: /\breceived (?:invalid or missing|unsupported) (?:Upgrade|Connection) header: /,
        said: { means: 'upgrade-missing' },
        example: 'cockpit-ws[812]: received invalid or missing Upgrade header: (null)',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'too-large',
        needle: 'HTTP request that was too large',
        pattern: /\breceived HTTP request that was too large\b/,
        said: { means: 'request-too-large' },
        example: 'cockpit-ws[812]: received HTTP request that was too large',
        explains: 'The headers of the request, mostly cookies, are longer than Cockpit reads.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'fragments',
        needle: ['message fragment', 'received unfragmented message when fragment was expected'],
        pattern:
          /\breceived out of order (?:initial|middle|ending) message fragment\b|\breceived unfragmented message when fragment was expected\b/,
        said: { means: 'frame' },
        example: 'cockpit-ws[812]: received out of order middle message fragment',
        explains: 'Fragments of a message came in the wrong order.',
      },
      {
        id: 'control',
        needle: 'control frame',
        pattern: /\breceived (?:fragmented control frame|unsupported control frame)\b/,
        said: { means: 'frame' },
        example: 'cockpit-ws[812]: received fragmented control frame',
        explains: 'A control frame breaks RFC 6455.',
      },
      {
        id: 'utf8',
        needle: 'UTF8',
        pattern: /\breceived (?:invalid non-UTF8 text data|non-UTF8 close data)\b/i,
        said: { means: 'invalid-utf8' },
        example: 'cockpit-ws[812]: received invalid non-UTF8 text data',
        explains: 'A text message is not UTF-8.',
      },
      {
        id: 'too-big',
        needle: 'is trying to frame of size',
        pattern: /\bis trying to frame of size (\d{1,15}) or greater, but max supported size is 128KiB\b/,
        said: { means: 'too-big', limitBytes: 131072 },
        example:
          'cockpit-ws[812]: client is trying to frame of size 262144 or greater, but max supported size is 128KiB',
        explains: 'A frame is longer than 128 KiB.',
      },
      {
        id: 'dropped',
        needle: 'unexpectedly closed by peer',
        pattern: /\bconnection unexpectedly closed by peer\b/,
        said: { means: 'dropped' },
        example: 'cockpit-ws[812]: connection unexpectedly closed by peer',
        explains: 'The other end closed TCP without a Close frame.',
      },
      {
        id: 'close-unanswered',
        needle: 'did not close io',
        pattern: /\bpeer did not close io when expected\b/,
        said: { means: 'close-unanswered' },
        example: 'cockpit-ws[812]: peer did not close io when expected',
        explains: 'Close frames were exchanged, and the other end left TCP open.',
      },
    ]),
    ...phrasesOf(service, [
      {
        id: 'init-missing',
        needle: "did not send 'init'",
        pattern: /\bweb socket did not send 'init' message first\b/,
        said: { means: 'first-message-missing', application: 'cockpit' },
        example: "cockpit-ws[812]: web socket did not send 'init' message first",
        explains: 'A client has to begin with an init message.',
      },
      {
        id: 'version',
        needle: 'version of cockpit protocol',
        pattern: /\b(?:web socket used )?unsupported version of cockpit protocol\b/,
        said: { means: 'application-protocol', application: 'cockpit' },
        example: 'cockpit-ws[812]: web socket used unsupported version of cockpit protocol: 2',
        explains: 'Page and server are of different versions.',
      },
      {
        id: 'tls',
        needle: 'use cockpit-tls',
        pattern: /\bReceived unexpected TLS connection; use cockpit-tls for TLS termination\b/,
        said: { means: 'tls-garbled' },
        example: 'cockpit-ws[812]: Received unexpected TLS connection; use cockpit-tls for TLS termination',
        explains: 'TLS arrived at cockpit-ws, which speaks plain HTTP behind cockpit-tls or a proxy.',
      },
      {
        id: 'too-many',
        needle: 'too many startup connections',
        pattern: /\bRequest dropped; too many startup connections: \d/,
        said: { means: 'too-many-connections' },
        example: 'cockpit-ws[812]: Request dropped; too many startup connections: 12',
        explains: 'More logins at once than MaxStartups of cockpit.conf allows.',
      },
      {
        id: 'session-ended',
        needle: 'session timed out',
        pattern: /\b(?:cockpit-\w{1,10}(?:\[\d{1,9}\])?: )session timed out\b/,
        said: { means: 'lifetime' },
        example: 'cockpit-ws[812]: session timed out',
        explains: 'The session was idle for longer than IdleTimeout of cockpit.conf.',
      },
    ]),
  ],
})
