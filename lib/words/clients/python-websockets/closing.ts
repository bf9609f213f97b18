/** How an open connection of the Python websockets library ends, at either end of it. */
import type { Said } from '#lib/words/meaning.ts'
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/python-websockets/websockets/blob/main/src/websockets'
const exceptions = `${repository}/exceptions.py`
const connection = `${repository}/asyncio/connection.py`
const frames = `${repository}/frames.py`
/** `1008 (policy violation) invalid token`, as `Close` prints itself: code, its name, the reason if there is one. */
const CLOSE = '(\\d{4}) \\([^()\\n]{1,60}\\)(?: ([^\\n]{1,130}?))?'

const received = (code: string | undefined, reason: string | undefined, clean: boolean): Said => ({
  means: 'close',
  close: { code: Number(code), reason: reason ?? '', way: 'received', clean },
})

/** A Close frame that this end sent first: over a mistake of the other end, or because its program wanted to. */
function sent(code: string | undefined, reason = '', clean: boolean): Said {
  const close = { code: Number(code), reason, way: 'sent' as const, clean }
  if (reason === 'keepalive ping timeout') return { means: 'ping-timeout', close }
  const limit = /limit of (\d{1,12}) bytes|\(\d{1,12} > (\d{1,12}) bytes\)/.exec(reason)
  if (close.code === 1009)
    return { means: 'too-big', close, ...(limit && { limitBytes: Number(limit[1] ?? limit[2]) }) }
  if (close.code === 1007) return { means: 'invalid-utf8', close }
  if (close.code === 1002) return { means: 'frame', close }
  return { means: 'close', close }
}

export const closing: readonly Phrase[] = [
  ...phrasesOf(exceptions, [
    {
      id: 'received-close',
      needle: 'received ',
      pattern: new RegExp(`\\breceived ${CLOSE}; (?:then sent \\d{4} \\(|no close frame sent)`),
      said: ([text, code, reason]) => received(code, reason, !text.endsWith('no close frame sent')),
      example:
        'websockets.exceptions.ConnectionClosedError: received 1008 (policy violation) invalid token; then sent 1008 (policy violation) invalid token',
      explains: 'The other end closed the connection with this code and reason, and this end answered.',
    },
    {
      id: 'sent-close',
      needle: 'sent ',
      pattern: new RegExp(`\\bsent ${CLOSE}; (?:then received \\d{4} \\(|no close frame received)`),
      said: ([text, code, reason]) => sent(code, reason, !text.endsWith('no close frame received')),
      example:
        'websockets.exceptions.ConnectionClosedError: sent 1011 (internal error) keepalive ping timeout; no close frame received',
      explains:
        'This end closed the connection with this code and reason. “keepalive ping timeout”: its own ping went unanswered for ping_timeout.',
    },
    {
      id: 'no-close-frame',
      needle: 'no close frame received or sent',
      pattern: /\bno close frame received or sent\b/,
      said: { means: 'dropped' },
      example: 'websockets.exceptions.ConnectionClosedError: no close frame received or sent',
      explains: 'The connection was open, and TCP ended without a Close frame in either direction.',
    },
    {
      id: 'legacy-closed',
      needle: 'code = ',
      pattern:
        /\b(?:WebSocket connection is closed: )?code = (\d{4}) \([^()\n]{1,60}\), (?:no reason|reason = ([^\n]{1,123}))/,
      // The exception is of a connection that was open; what does not open has others.
      said: ([, code, reason]) =>
        code === '1006'
          ? { means: 'dropped' }
          : { means: 'close', close: { code: Number(code), reason: reason ?? '' } },
      example:
        'websockets.exceptions.ConnectionClosedError: code = 1006 (connection closed abnormally [internal]), no reason',
      explains:
        'Versions up to 9 print the code that was received, and 1006 where TCP ended without a Close frame.',
    },
    {
      id: 'over-limit',
      needle: 'limit',
      pattern:
        /\b(?:PayloadTooBig: )?(?:frame (?:with \d{1,12} bytes )?(?:after reading \d{1,12} bytes )?exceeds limit of (\d{1,12}) bytes|over size limit \(\S{1,14} > (\d{1,12}) bytes\))/,
      said: ([, limit, legacyLimit]) => ({ means: 'too-big', limitBytes: Number(limit ?? legacyLimit) }),
      example: 'websockets.exceptions.PayloadTooBig: frame with 5242880 bytes exceeds limit of 1048576 bytes',
      explains: 'A message is larger than this end’s own max_size. It closes with 1009.',
    },
  ]),
  ...phrasesOf(connection, [
    {
      id: 'keepalive-timeout',
      needle: 'timed out waiting for keepalive pong',
      pattern: /\btimed out waiting for keepalive pong\b/,
      said: { means: 'ping-timeout' },
      example: 'DEBUG:websockets.client:- timed out waiting for keepalive pong',
      explains: 'This end’s own ping went unanswered for ping_timeout. It closes with 1011.',
    },
    {
      id: 'keepalive-failed',
      needle: 'keepalive ping failed',
      pattern: /\bkeepalive ping failed\b/,
      said: { means: 'nothing-said' },
      example: 'ERROR:websockets.server:keepalive ping failed',
      explains: 'The task that pings this connection failed. The reason is in the exception after it.',
    },
    {
      id: 'close-timeout',
      needle: 'timed out',
      pattern: /\b(?:timed out waiting for TCP close|timed out while closing connection)\b/,
      said: { means: 'close-unanswered' },
      example: 'DEBUG:websockets.server:- timed out waiting for TCP close',
      explains: 'This end closed, and the other end did not end TCP within close_timeout.',
    },
    {
      id: 'used-after-end',
      needle: 'InvalidState: ',
      pattern: /\bInvalidState: connection is (?:closing|closed)\b/,
      said: { means: 'lost' },
      example: 'websockets.exceptions.InvalidState: connection is closed',
      explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
    },
    {
      id: 'used-too-early',
      needle: 'InvalidState: ',
      pattern: /\bInvalidState: connection is connecting\b/,
      said: { means: 'used-too-early' },
      example: 'websockets.exceptions.InvalidState: connection is connecting',
      explains: 'The program sent before the handshake was finished.',
    },
    {
      id: 'concurrency',
      needle: ['cannot call ', 'get() or get_iter() is already running'],
      pattern:
        /\bcannot call (?:recv|recv_streaming|send) while another (?:coroutine|thread) is already running\b|\bget\(\) or get_iter\(\) is already running\b/,
      said: { means: 'nothing-said' },
      example:
        'websockets.exceptions.ConcurrencyError: cannot call recv while another coroutine is already running recv or recv_streaming',
      explains:
        'Two parts of the program read, or write, the same connection at once. The connection did not fail.',
    },
    {
      id: 'wrong-type',
      needle: 'TypeError: data',
      pattern: /\bTypeError: data (?:must be str(?:,| or) bytes|is a dict-like object)/,
      said: { means: 'nothing-said' },
      example: 'TypeError: data is a dict-like object',
      explains:
        'The program gave send() an object and not text or bytes: json.dumps it first. The connection did not fail.',
    },
    {
      id: 'end-of-stream',
      needle: ['unexpected end of stream', 'EOFError: stream of frames ended'],
      pattern: /\bEOFError: (?:unexpected end of stream|stream of frames ended)\b/,
      said: { means: 'dropped' },
      example: 'EOFError: unexpected end of stream',
      explains: 'TCP ended without a Close frame.',
    },
    {
      id: 'data-not-written',
      needle: '! error while ',
      pattern: /! error while (?:sending|receiving) data\b/,
      said: { means: 'lost' },
      example: 'DEBUG:websockets.client:! error while sending data',
      explains: 'TCP failed under the connection. The reason is in the exception after it.',
    },
  ]),
  ...phrasesOf(frames, [
    {
      id: 'protocol-error',
      needle: 'ProtocolError: ',
      pattern:
        /\bwebsockets\.exceptions\.(?:WebSocket)?ProtocolError: (?:invalid opcode|incorrect masking|reserved bits must be 0|control frame too long|fragmented control frame|close frame too short|invalid (?:close )?status code|unexpected opcode|incomplete fragmented message|(?:unexpected|expected a) continuation frame)/,
      said: { means: 'frame' },
      example: 'websockets.exceptions.ProtocolError: incorrect masking',
      explains: 'A frame breaks the protocol.',
    },
    {
      id: 'close-frame-logged',
      needle: ' close ',
      pattern:
        /(?:^|[:\s])([<>]) CLOSE (\d{4}) \([^()\n]{1,60}\)(?: ([^\n]{1,123}?))? \[(?:\w{1,10}, )?\d{1,3} bytes\]/,
      said: ([, arrow, code, reason]) => ({
        means: 'close',
        close: { code: Number(code), reason: reason ?? '', way: arrow === '<' ? 'received' : 'sent' },
      }),
      example: 'DEBUG:websockets.client:< CLOSE 1001 (going away) [2 bytes]',
      explains: 'The debug log’s Close frame: “<” was received, “>” was sent.',
    },
    {
      id: 'compressed-frame',
      needle: 'ProtocolError: ',
      pattern: /\bProtocolError: (?:RSV1 bit set in continuation frame|decompression failed)/,
      said: { means: 'compression' },
      example: 'websockets.exceptions.ProtocolError: decompression failed',
      explains: 'What arrived is marked as compressed and cannot be decompressed.',
    },
    {
      id: 'state-open',
      needle: 'connection is ',
      pattern: /= connection is OPEN\b/,
      said: { means: 'opened' },
      example: 'DEBUG:websockets.client:= connection is OPEN',
      explains: 'The handshake succeeded.',
    },
    {
      id: 'state-closing',
      needle: 'connection is ',
      pattern: /= connection is CLOSING\b/,
      said: { means: 'nothing-said' },
      example: 'DEBUG:websockets.server:= connection is CLOSING',
      explains: 'A Close frame was sent or received. The line beside this one has it.',
    },
    {
      id: 'state-closed',
      needle: 'connection is ',
      pattern: /= connection is CLOSED\b/,
      said: { means: 'lost' },
      example: 'DEBUG:websockets.client:= connection is CLOSED',
      explains: 'The connection ended, or the handshake failed. The lines before say how.',
    },
  ]),
]
