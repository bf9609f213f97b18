/** What ws prints of frames, at either end. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const receiver = 'https://github.com/websockets/ws/blob/master/lib/receiver.js'
const deflate = 'https://github.com/websockets/ws/blob/master/lib/permessage-deflate.js'
const codes = 'https://github.com/websockets/ws/blob/master/doc/ws.md#error-codes'
const sender = 'https://github.com/websockets/ws/blob/master/lib/sender.js'

/** WebSocketServer has the same receiver as the client. */
export const frameErrors: readonly Phrase[] = [
  ...phrasesOf(receiver, [
    {
      id: 'invalid-utf8',
      needle: 'invalid utf',
      pattern: /(?:Invalid WebSocket frame: )?invalid utf-?8 sequence/i,
      said: { means: 'invalid-utf8' },
      example: 'Error: Invalid WebSocket frame: invalid UTF-8 sequence',
      explains: 'A text message or a close reason held bytes that are not UTF-8.',
    },
    {
      id: 'rsv1',
      needle: 'RSV1 must be clear',
      pattern: /(?:Invalid WebSocket frame: )?RSV1 must be clear/i,
      said: { means: 'frame' },
      example: 'RangeError: Invalid WebSocket frame: RSV1 must be clear',
      explains:
        'A frame says that it is compressed although compression was not agreed. Two answers mixed on one connection look the same.',
    },
    {
      id: 'invalid-frame',
      needle: 'Invalid WebSocket frame: ',
      pattern:
        /Invalid WebSocket frame: (?:RSV2 and RSV3 must be clear|FIN must be set|invalid opcode|invalid payload length|invalid status code|MASK must be (?:set|clear))/i,
      said: { means: 'frame' },
      example: 'RangeError: Invalid WebSocket frame: invalid opcode 7',
      explains:
        'Bytes arrived that are not WebSocket frames, or frames that break the protocol. HTTP text after the 101 does that too.',
    },
  ]),
  ...phrasesOf(codes, [
    {
      id: 'frame-code',
      needle: 'WS_ERR_',
      pattern:
        /\bWS_ERR_(?:EXPECTED_FIN|EXPECTED_MASK|UNEXPECTED_MASK|UNEXPECTED_RSV_2_3|INVALID_OPCODE|INVALID_CONTROL_PAYLOAD_LENGTH|INVALID_CLOSE_CODE)\b/,
      said: { means: 'frame' },
      example: "  [Symbol(status-code)]: 1002, code: 'WS_ERR_INVALID_OPCODE'",
      explains: 'Bytes arrived that are not WebSocket frames, or frames that break the protocol.',
    },
    {
      id: 'utf8-code',
      needle: 'WS_ERR_INVALID_UTF8',
      pattern: /\bWS_ERR_INVALID_UTF8\b/,
      said: { means: 'invalid-utf8' },
      example: "  code: 'WS_ERR_INVALID_UTF8',",
      explains: 'A text message or a close reason held bytes that are not UTF-8.',
    },
    {
      id: 'rsv1-code',
      needle: 'WS_ERR_UNEXPECTED_RSV_1',
      pattern: /\bWS_ERR_UNEXPECTED_RSV_1\b/,
      said: { means: 'frame' },
      example: "  code: 'WS_ERR_UNEXPECTED_RSV_1',",
      explains: 'A frame says that it is compressed although compression was not agreed.',
    },
  ]),
  ...phrasesOf(receiver, [
    {
      id: 'too-big',
      needle: 'payload',
      pattern:
        /\bMax(?:imum)? ?payload (?:size )?exceeded\b|Unsupported WebSocket frame: payload length > 2\^53|payload cannot exceed \d/i,
      said: { means: 'too-big' },
      example: 'RangeError: Max payload size exceeded',
      explains: 'A message is larger than `maxPayload` (100 MiB, if it was not set). ws closes with 1009.',
    },
  ]),
  ...phrasesOf(codes, [
    {
      id: 'too-big-code',
      needle: 'WS_ERR_',
      pattern: /\bWS_ERR_UNSUPPORTED_(?:MESSAGE|DATA_PAYLOAD)_LENGTH\b|\bWS_ERR_TOO_MANY_BUFFERED_PARTS\b/,
      said: { means: 'too-big' },
      example: "  code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',",
      explains: 'A message is larger than `maxPayload` (100 MiB, if it was not set). ws closes with 1009.',
    },
  ]),
  ...phrasesOf(receiver, [
    {
      id: 'too-many-parts',
      needle: 'Too many ',
      pattern: /\bToo many (?:message fragments|buffered chunks)\b/i,
      said: { means: 'too-big' },
      example: 'RangeError: Too many message fragments',
      explains: 'A message came in more parts than ws keeps (`maxFragments`, `maxBufferedChunks`).',
    },
  ]),
  ...phrasesOf(deflate, [
    {
      id: 'inflate',
      needle: ['Z_DATA_ERROR', "code: 'Z_BUF_ERROR'"],
      pattern: /\bcode: 'Z_(?:DATA|BUF)_ERROR'|\bZ_DATA_ERROR\b/,
      said: { means: 'compression' },
      example: "  code: 'Z_DATA_ERROR'",
      explains: 'zlib could not decompress a message.',
    },
    {
      id: 'deflate-parameter',
      needle: 'parameter "',
      pattern:
        /\b(?:Unknown|Unexpected) parameter "(?:client_no_context_takeover|\w{1,60})"|\bParameter "\w{1,60}" must have only a single value\b|\bInvalid value for parameter "(?:server|client)_\w{1,40}"/,
      said: { means: 'extension' },
      example: 'Error: Unexpected parameter "client_no_context_takeover"',
      explains:
        'Sec-WebSocket-Extensions has a parameter of permessage-deflate that this end did not offer or does not know.',
    },
  ]),
  ...phrasesOf('https://github.com/websockets/ws/blob/master/lib/sender.js', [
    {
      id: 'closed-while-compressing',
      needle: 'was closed while ',
      pattern:
        /The (?:socket|deflate stream) was closed while (?:data was being (?:compressed|processed)|the blob was being read)/i,
      said: { means: 'lost' },
      example: 'Error: The socket was closed while data was being compressed',
      explains: 'The connection ended while a message was still being prepared for sending.',
    },
  ]),
  ...phrasesOf(sender, [
    {
      id: 'close-arguments',
      needle: 'must ',
      pattern:
        /\bFirst argument must be a valid error code number\b|\bThe message must not be greater than 123 bytes\b|\bThe data size must not be greater than 125 bytes\b/,
      said: { means: 'nothing-said' },
      example: 'TypeError: First argument must be a valid error code number',
      explains:
        'The program gave close(), ping() or pong() what must not be sent. A code is 1000 or 3000 to 4999, a reason has up to 123 bytes.',
    },
  ]),
].map((phrase) => ({ ...phrase, isOfBothEnds: true as const }))
