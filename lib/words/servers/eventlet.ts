import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const eventlet = 'https://github.com/eventlet/eventlet/blob/master/eventlet/websocket.py'
const gevent = 'https://github.com/jgelens/gevent-websocket/blob/master/geventwebsocket/websocket.py'

export default defineProgram({
  id: 'eventlet',
  name: 'Eventlet and gevent-websocket',
  side: 'server',
  mark: /\beventlet\b|\bgevent(?:websocket)?\b/,
  phrases: [
    ...phrasesOf(eventlet, [
      {
        id: 'too-big',
        needle: 'above length limit',
        pattern: /\bIncoming frame of \d{1,15} bytes is above length limit of (\d{1,15}) bytes\b/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'Incoming frame of 9000000 bytes is above length limit of 8388608 bytes.',
        explains: 'A frame is longer than max_frame_length: 8 MiB unless it was set.',
      },
      {
        id: 'too-big-compressed',
        needle: 'exceeds length limit',
        pattern: /\bIncoming compressed frame exceeds length limit of (\d{1,15}) bytes\b/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'Incoming compressed frame exceeds length limit of 8388608 bytes.',
        explains: 'A compressed frame inflates to more than max_frame_length.',
      },
      {
        id: 'mask',
        needle: 'MUST mask all frames',
        pattern: /\bA client MUST mask all frames\b/,
        said: { means: 'frame' },
        example: 'A client MUST mask all frames it sends to the server.',
        explains: 'A client sent a frame without a mask.',
      },
      {
        id: 'opcode',
        needle: 'opcode',
        pattern:
          /\b(?:Received a non-continuation opcode within|Received continuation opcode with no previous|Unknown opcode received)\b/,
        said: { means: 'frame' },
        example: 'Received continuation opcode with no previous frames received.',
        explains: 'A frame breaks RFC 6455.',
      },
      {
        id: 'control',
        needle: 'control frame',
        pattern:
          /\b(?:Control frames must not be fragmented|All control frames MUST have a payload length of 125|Unknown control frame received)\b/i,
        said: { means: 'frame' },
        example: 'All control frames MUST have a payload length of 125 bytes or less',
        explains: 'A control frame breaks RFC 6455.',
      },
      {
        id: 'reserved',
        needle: 'RSV1, RSV2, RSV3',
        pattern: /\bRSV1, RSV2, RSV3: MUST be 0\b/,
        said: { means: 'frame' },
        example:
          'RSV1, RSV2, RSV3: MUST be 0 unless an extension is negotiated that defines meanings for non-zero values.',
        explains: 'A frame has reserved bits that were not agreed on: mostly a compressed one.',
      },
      {
        id: 'utf8',
        needle: 'must be valid utf-8',
        pattern: /\bText data must be valid utf-8\b/i,
        said: { means: 'invalid-utf8' },
        example: 'Text data must be valid utf-8',
        explains: 'A text message is not UTF-8.',
      },
      {
        id: 'no-socket',
        needle: 'eventlet.input',
        pattern: /\bNo eventlet\.input or gunicorn\.socket present in environ\b/,
        said: { means: 'no-websocket-support' },
        example: 'Exception: No eventlet.input or gunicorn.socket present in environ.',
        explains:
          'The application runs under a server that gives Eventlet no socket: not under eventlet.wsgi or gunicorn’s eventlet worker.',
      },
    ]),
    ...phrasesOf(gevent, [
      {
        id: 'already-closed',
        needle: ['Socket is dead', 'WebSocketError: Connection is already closed'],
        pattern: /\bWebSocketError: (?:Socket is dead|Connection is already closed)\b/,
        said: { means: 'lost' },
        example: 'geventwebsocket.exceptions.WebSocketError: Socket is dead',
        explains: 'The program uses a connection that has ended.',
      },
      {
        id: 'key',
        needle: 'Sec-WebSocket-Key header',
        pattern: /\bSec-WebSocket-Key header is (?:missing\/empty|invalid)/,
        said: { means: 'handshake-header' },
        example: 'Sec-WebSocket-Key header is missing/empty',
        explains: 'A header that belongs to the handshake is missing or wrong.',
      },
      {
        id: 'version',
        needle: 'Unsupported WebSocket Version',
        pattern: /\bUnsupported WebSocket Version: /,
        said: { means: 'handshake-header' },
        example: 'Unsupported WebSocket Version: 8',
        explains: 'The client speaks another version of the protocol than 13.',
      },
    ]),
  ],
})
