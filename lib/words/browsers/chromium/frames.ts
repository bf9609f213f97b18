/** What Chromium prints of frames that break the protocol, and where it names no reason. */
import { failed } from '#lib/words/browsers/chromium/failed.ts'
import type { Phrase } from '#lib/words/phrase.ts'

const channel = 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_channel.cc'
const frames =
  'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_frame_parser.cc'
const blink =
  'https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/websockets/websocket_common.cc'

export const framePhrases: readonly Phrase[] = [
  {
    id: 'invalid-frame',
    needle: 'failed: ',
    pattern:
      /failed: (?:Invalid frame header|A server must not mask any frames|One or more reserved bits are on|Unrecognized frame opcode|Received unexpected continuation frame|Received start of new message but previous message is unfinished|Received fragmented control frame|Control frame with FIN bit unset|WebSocket Protocol Error|The WebSocket frame is masked|Received a? ?control frame having too long payload|Received a broken close frame|(?:Data frame|Ping|Pong|Close|Close frame) received after close|Received an invalid close|The minimal number of bytes)/i,
    said: { means: 'frame' },
    example: failed('Invalid frame header'),
    explains:
      'Bytes arrived that are not WebSocket frames, or frames that break the protocol. HTTP text after the 101 does that too.',
    source: frames,
  },
  {
    id: 'invalid-utf8',
    needle: 'UTF-8',
    pattern: /failed: (?:Could not decode a text frame as UTF-8|The close frame.{0,80}UTF-8)/i,
    said: { means: 'invalid-utf8' },
    example: failed('Could not decode a text frame as UTF-8.'),
    explains: 'A text message held bytes that are not UTF-8.',
    source: channel,
  },
  {
    id: 'inflate',
    needle: 'failed: ',
    pattern: /failed: (?:.{0,20}(?:inflate|decompress)|Compressed bit must be 0)/i,
    said: { means: 'compression' },
    example: failed('Compressed bit must be 0 if no negotiated deflate-frame extension'),
    explains: 'A message was compressed although compression was not agreed, or cannot be decompressed.',
    source: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_inflater.cc',
  },
  {
    id: 'ping-timeout',
    needle: 'Ping timeout',
    pattern: /failed: Ping timeout/i,
    said: { means: 'ping-timeout' },
    example: failed('Ping timeout'),
    explains: 'A ping of the browser’s own side stayed unanswered.',
    source: channel,
  },
  {
    id: 'failed-without-reason',
    needle: 'WebSocket connection to',
    pattern: /WebSocket connection to '[^']*' failed:? ?$/i,
    said: { means: 'never-opened' },
    example: failed(''),
    explains: 'The connection failed, and the reason is not printed. The Network panel or a probe has it.',
    source: blink,
  },
]
