import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const handshake = 'https://docs.rs/actix-http/latest/actix_http/ws/enum.HandshakeError.html'
const chat = 'https://github.com/actix/examples/blob/main/websockets/chat/src/session.rs'
const frames = 'https://docs.rs/actix-http/latest/actix_http/ws/enum.ProtocolError.html'
const requests = 'https://docs.rs/actix-http/latest/actix_http/error/enum.ParseError.html'

export default defineProgram({
  id: 'actix',
  name: 'Actix Web (Rust)',
  side: 'server',
  mark: /\bactix(?:_\w{1,20})?(?:::|-web\b)/,
  phrases: [
    ...phrasesOf(handshake, [
      {
        id: 'upgrade',
        needle: 'upgrade',
        pattern:
          /\b(?:WebSocket|Connection) upgrade is expected\b|(?<![A-Za-z])No WebSocket Upgrade header found\b|\b400 No Connection upgrade\b/i,
        said: { means: 'upgrade-missing' },
        example: 'WebSocket upgrade is expected',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'header',
        needle: 'WebSocket ',
        pattern:
          /\b(?:WebSocket version header is required|Unsupported WebSocket version|Unknown WebSocket key)\b/i,
        said: { means: 'handshake-header' },
        example: 'WebSocket version header is required',
        explains: 'A header that belongs to the handshake is missing or wrong.',
      },
    ]),
    ...phrasesOf(chat, [
      {
        id: 'heartbeat',
        needle: 'Client heartbeat failed, disconnecting',
        pattern: /\bClient heartbeat failed, disconnecting\b/i,
        said: { means: 'ping-timeout' },
        example: 'Websocket Client heartbeat failed, disconnecting!',
        explains:
          'Nothing of the client came for CLIENT_TIMEOUT (10 s in actix’s example), and the server ended the connection.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'mask',
        needle: 'masked frame from',
        pattern: /\breceived an? (?:unmasked frame from client|masked frame from server)\b/i,
        said: { means: 'frame' },
        example: 'received an unmasked frame from client',
        explains: 'A frame breaks RFC 6455: clients mask what they send, servers do not.',
      },
      {
        id: 'opcode',
        needle: 'opcode',
        pattern: /\b(?:invalid opcode \(\d{1,3}\)|ProtocolError\W{1,3}bad opcode\b)/i,
        said: { means: 'frame' },
        example: 'invalid opcode (11)',
        explains: 'A frame has an opcode that RFC 6455 does not know.',
      },
      {
        id: 'control',
        needle: 'control frame length',
        pattern: /\binvalid control frame length \(\d{1,20}\)/i,
        said: { means: 'frame' },
        example: 'invalid control frame length (126)',
        explains: 'A ping, pong or Close frame is longer than 125 bytes.',
      },
      {
        id: 'continuation',
        needle: 'continuation',
        pattern:
          /\b(?:continuation has not started|received new continuation but it has already started|unknown continuation fragment: )/i,
        said: { means: 'frame' },
        example: 'continuation has not started',
        explains: 'Fragments of a message came in the wrong order.',
      },
      {
        id: 'too-big',
        needle: 'size limit',
        pattern: /\bpayload reached size limit\b/i,
        said: { means: 'too-big' },
        example: 'payload reached size limit',
        explains:
          'A frame, or the body of a request, is larger than this server takes: 64 KiB unless max_frame_size() raises it.',
      },
    ]),
    ...phrasesOf(requests, [
      {
        id: 'head-too-large',
        needle: 'head is too large',
        pattern: /\bmessage head is too large\b/i,
        said: { means: 'request-too-large' },
        example: 'message head is too large',
        explains: 'The headers of the request, mostly cookies, are longer than Actix reads.',
      },
      {
        id: 'too-slow',
        needle: 'did not complete within',
        pattern: /\brequest did not complete within the specified timeout\b/i,
        said: { means: 'handshake-timeout' },
        example: 'request did not complete within the specified timeout',
        explains: 'The head of a request did not arrive in time, and Actix answered 408.',
      },
    ]),
  ],
})
