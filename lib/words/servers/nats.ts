import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const upgrade = 'https://github.com/nats-io/nats-server/blob/main/server/websocket.go'
const frames = 'https://github.com/nats-io/nats-server/blob/main/server/websocket.go#L430'
const clients = 'https://docs.nats.io/nats-concepts/overview/connection-health-ping-pong'

export default defineProgram({
  id: 'nats',
  name: 'NATS server',
  side: 'server',
  mark: /\bwebsocket handshake error: |\bwid:\d/,
  phrases: [
    ...phrasesOf(upgrade, [
      {
        id: 'origin',
        needle: 'origin not allowed',
        pattern:
          /\bwebsocket handshake error: origin not allowed: (?:not same origin|not in the allowed list|[^\n]{1,120})/,
        said: { means: 'origin-refused' },
        example:
          '[ERR] 10.0.0.9:51442 - websocket handshake error: origin not allowed: not in the allowed list',
        explains:
          'The Origin is not in allowed_origins, or is another one than the server’s with same_origin.',
      },
      {
        id: 'upgrade-missing',
        needle: 'websocket handshake error',
        pattern:
          /\bwebsocket handshake error: (?:invalid value for header '(?:Upgrade|Connection)'|request method must be GET|'Host' missing in request)/,
        said: { means: 'upgrade-missing' },
        example: "[ERR] 10.0.0.9:51442 - websocket handshake error: invalid value for header 'Upgrade'",
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'key-or-version',
        needle: 'websocket handshake error',
        pattern: /\bwebsocket handshake error: (?:invalid version|key missing|invalid websocket key)\b/,
        said: { means: 'handshake-header' },
        example: '[ERR] 10.0.0.9:51442 - websocket handshake error: key missing',
        explains: 'A header that belongs to the handshake is missing or wrong.',
      },
      {
        id: 'no-hijacker',
        needle: 'websocket handshake error',
        pattern: /\bwebsocket handshake error: websocket upgrade not supported\b/,
        said: { means: 'no-websocket-support' },
        example: '[ERR] 10.0.0.9:51442 - websocket handshake error: websocket upgrade not supported',
        explains:
          'The request cannot be upgraded: it came as HTTP/2, or through a handler that hides the connection.',
      },
      {
        id: 'early-data',
        needle: 'websocket handshake error',
        pattern: /\bwebsocket handshake error: client sent data before handshake is complete\b/,
        said: { means: 'frame' },
        example:
          '[ERR] 10.0.0.9:51442 - websocket handshake error: client sent data before handshake is complete',
        explains: 'The client sent frames before it had an answer.',
      },
      {
        id: 'no-mqtt',
        needle: 'endpoint not enabled',
        pattern: /\bwebsocket handshake error: (?:mqtt|leaf ?node) websocket endpoint not enabled\b/,
        said: { means: 'no-route', status: 404 },
        example: '[ERR] 10.0.0.9:51442 - websocket handshake error: mqtt websocket endpoint not enabled',
        explains: 'MQTT over WebSocket is not switched on in this server.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'frame',
        needle: 'wid:',
        pattern:
          /\bwid:\d[^\n]{0,60}\b(?:mask bit missing|unknown opcode|invalid continuation frame|invalid close status code|control frame|RSV2|close frame payload|new message started|invalid 64-bit)/,
        said: { means: 'frame' },
        example: '[ERR] 10.0.0.9:51442 - wid:7 - mask bit missing',
        explains: 'A frame breaks RFC 6455.',
      },
      {
        id: 'compression',
        needle: 'without negotiated permessage-deflate',
        pattern: /\bcompressed frame received without negotiated permessage-deflate\b/,
        said: { means: 'compression' },
        example: 'compressed frame received without negotiated permessage-deflate',
        explains:
          'A client compresses without an agreement. A proxy that drops Sec-WebSocket-Extensions from the answer does this.',
      },
    ]),
    ...phrasesOf(clients, [
      {
        id: 'stale',
        needle: 'Stale',
        pattern: /(?<!Replacing )\bStale (?:Client )?Connection\b(?! error)/i,
        said: { means: 'ping-timeout' },
        example: '[DBG] 10.0.0.9:51442 - wid:7 - Stale Client Connection - Closing',
        explains: 'The client did not answer the server’s pings.',
      },
      {
        id: 'slow-consumer',
        needle: 'Slow Consumer',
        pattern: /\bSlow Consumer (?:Detected|Recovered)?\b|\bSlow Consumer\b/i,
        said: { means: 'not-reading' },
        example:
          '[INF] 10.0.0.9:51442 - wid:7 - Slow Consumer Detected: WriteDeadline of 10s exceeded with 4 chunks of 262144 total bytes.',
        explains: 'The client does not read as fast as messages come.',
      },
      {
        id: 'authorization',
        needle: 'Authorization Violation',
        pattern: /\bAuthori[sz]ation Violation\b|\bauthentication error\b[^\n]{0,40}\bwid:/i,
        said: { means: 'unauthorized', phase: 'open' },
        example: '[ERR] 10.0.0.9:51442 - wid:7 - authorization violation',
        explains: 'The first message had no acceptable user, token or JWT.',
      },
      {
        id: 'max-connections',
        needle: [
          'maximum connections exceeded',
          'maximum account connections exceeded',
          'maximum account active connections exceeded',
        ],
        pattern: /\bmaximum (?:account (?:active )?)?connections exceeded\b/i,
        said: { means: 'too-many-connections' },
        example: '[ERR] 10.0.0.9:51442 - wid:7 - maximum connections exceeded',
        explains: 'The server, or the account, has as many connections as it may have.',
      },
      {
        id: 'max-payload',
        needle: 'maximum payload',
        pattern: /\bmaximum payload (?:exceeded|violation)\b/i,
        said: { means: 'too-big' },
        example: '[ERR] 10.0.0.9:51442 - wid:7 - maximum payload exceeded: 2097152 vs 1048576',
        explains: 'A message is larger than max_payload: 1 MiB unless it was set.',
      },
    ]),
  ],
})
