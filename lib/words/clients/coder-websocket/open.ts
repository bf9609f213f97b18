/** What coder/websocket prints of an open connection and of its end. */
import type { Said } from '#lib/words/meaning.ts'
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/coder/websocket/blob/master'
const read = `${repository}/read.go`
const close = `${repository}/close.go`
const connection = `${repository}/conn.go`
/** As its `StatusCode` prints itself. */
const CODES: Readonly<Record<string, number>> = {
  StatusNormalClosure: 1000,
  StatusGoingAway: 1001,
  StatusProtocolError: 1002,
  StatusUnsupportedData: 1003,
  StatusNoStatusRcvd: 1005,
  StatusAbnormalClosure: 1006,
  StatusInvalidFramePayloadData: 1007,
  StatusPolicyViolation: 1008,
  StatusMessageTooBig: 1009,
  StatusMandatoryExtension: 1010,
  StatusInternalError: 1011,
  StatusServiceRestart: 1012,
  StatusTryAgainLater: 1013,
  StatusBadGateway: 1014,
  StatusTLSHandshake: 1015,
}

function closed(
  name: string | undefined,
  number: string | undefined,
  reason: string | undefined,
  sent: boolean,
): Said {
  const code = number === undefined ? CODES[name ?? ''] : Number(number)
  if (code === undefined) return { means: 'lost' }
  return { means: 'close', close: { code, reason: reason ?? '', way: sent ? 'sent' : 'received' } }
}

export const open: readonly Phrase[] = [
  ...phrasesOf(close, [
    {
      id: 'close-frame',
      needle: 'status = Status',
      pattern:
        /\b(?:received|(sent)) close(?: frame)?: status = (?:(Status[A-Z]\w{3,40})|StatusCode\((\d{4})\)) and reason = "((?:[^"\\\n]|\\.){0,250})"/,
      said: ([, way, name, number, reason]) => closed(name, number, reason, way !== undefined),
      example:
        'failed to get reader: received close frame: status = StatusPolicyViolation and reason = "token expired"',
      explains: 'The connection was closed with this code and reason.',
    },
    {
      id: 'close-frame-bare',
      needle: 'status = Status',
      pattern:
        /(?<!close(?: frame)?: )\bstatus = (?:(Status[A-Z]\w{3,40})|StatusCode\((\d{4})\)) and reason = "((?:[^"\\\n]|\\.){0,250})"/,
      said: ([, name, number, reason]) => closed(name, number, reason, false),
      example: 'status = StatusNormalClosure and reason = ""',
      explains: 'The connection was closed with this code and reason.',
    },
    {
      id: 'sent-close',
      needle: 'sent close frame',
      pattern: /\bsent close frame: use of closed network connection/,
      said: { means: 'lost', phase: 'open', isOwnEnd: true },
      example: 'failed to write msg: sent close frame: use of closed network connection',
      explains: 'The program wrote after it had closed the connection itself.',
    },
    {
      id: 'close-unanswered',
      needle: 'failed to close WebSocket',
      pattern:
        /\bfailed to close WebSocket: (?:failed to (?:read|wait|get reader)[^\n]{0,80}?)?(?:context deadline exceeded|failed to wait for connection to be closed)/,
      said: { means: 'close-unanswered' },
      example: 'failed to close WebSocket: failed to wait for connection to be closed',
      explains: 'This end closed, and the other end did not answer in time.',
    },
    {
      id: 'not-sendable',
      needle: ['cannot be set', 'reason string max is '],
      pattern:
        /\bstatus code (?:StatusCode\()?\w{1,24}\)? cannot be set\b|\breason string max is \d{1,4} but got\b/,
      said: { means: 'nothing-said' },
      example:
        'failed to close WebSocket: failed to marshal close frame: status code StatusNoStatusRcvd cannot be set',
      explains:
        'The program gave Close() a code or a reason that may not be sent. The connection did not fail.',
    },
    {
      id: 'unclean',
      needle: 'unclean connection close',
      pattern: /\bunclean connection close\b/,
      said: { means: 'lost' },
      example: 'unclean connection close: status = StatusAbnormalClosure and reason = ""',
      explains: 'In a browser (WebAssembly): the connection ended without both Close frames.',
    },
    {
      id: 'already-closed',
      needle: 'close',
      pattern:
        /\bfailed to close WebSocket: (?:already wrote close|use of closed network connection)|\b(?:cannot use closed writer|writer already closed|cannot write to closed writer)\b|\bWebSocket connection read closed\b/,
      said: { means: 'lost', phase: 'open', isOwnEnd: true },
      example: 'failed to close WebSocket: already wrote close',
      explains: 'The program used a connection, or a writer, that it had closed.',
    },
  ]),
  ...phrasesOf(read, [
    {
      id: 'dropped',
      needle: 'failed to read',
      pattern:
        /\bfailed to read frame (?:header|payload): (?:failed to read frame payload: )?(?:unexpected )?EOF\b/,
      said: { means: 'dropped' },
      example: 'failed to get reader: failed to read frame header: EOF',
      explains: 'The connection was open, and TCP ended without a Close frame.',
    },
    {
      id: 'reset',
      needle: 'failed to read frame',
      pattern:
        /\bfailed to read frame (?:header|payload): read tcp[46]? \S{1,120}: read: connection reset by peer/,
      said: { means: 'reset' },
      example:
        'failed to get reader: failed to read frame header: read tcp 10.0.0.2:52044->10.0.0.5:443: read: connection reset by peer',
      explains: 'The other end, or a device on the way, reset TCP while the connection was open.',
    },
    {
      id: 'read-limit',
      needle: 'read limited at',
      pattern: /\bread limited at (\d{1,12}) bytes/,
      said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
      example: 'failed to read: read limited at 32769 bytes',
      explains: 'A message is larger than this end’s own SetReadLimit (32 KiB). It closes with 1009.',
    },
    {
      id: 'read-deadline',
      needle: 'context deadline exceeded',
      pattern:
        /\bfailed to (?:get reader|read)(?: frame header)?: (?:failed to read frame (?:header|payload): )?context deadline exceeded/,
      said: { means: 'ping-timeout' },
      example: 'failed to get reader: failed to read frame header: context deadline exceeded',
      explains: 'The context that the program gave to Read ended first, and with it the connection.',
    },
    {
      id: 'read-canceled',
      needle: 'context canceled',
      pattern:
        /\bfailed to (?:get reader|read)(?: frame header)?: (?:failed to read frame (?:header|payload): )?context canceled/,
      said: { means: 'nothing-said' },
      example: 'failed to get reader: failed to read frame header: context canceled',
      explains: 'The program itself ended the context of this Read, and with it the connection.',
    },
    {
      id: 'frame',
      needle: 'received ',
      pattern:
        /\breceived (?:header with unexpected rsv bits set|unmasked frame from client|unknown opcode \d|control frame payload with invalid length|fragmented control frame|continuation frame without text or binary frame|new data message without finishing the previous message|invalid close payload|negative payload length)/,
      said: { means: 'frame' },
      example: 'failed to get reader: received header with unexpected rsv bits set: true:false:false',
      explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
    },
    {
      id: 'control-frame',
      needle: 'failed to handle control frame',
      pattern: /\bfailed to handle control frame \w{1,12}: (?:EOF|unexpected EOF)/,
      said: { means: 'dropped' },
      example: 'failed to get reader: failed to handle control frame opPing: EOF',
      explains: 'TCP ended without a Close frame while a ping was answered.',
    },
    {
      id: 'message-too-big',
      needle: 'websocket: message too big',
      pattern: /\bwebsocket: message too big\b(?:: read limited at (\d{1,12}) bytes)?/,
      said: ([, limit]) => ({
        means: 'too-big',
        ...(limit !== undefined && { limitBytes: Number(limit) }),
      }),
      example: 'failed to read: websocket: message too big: read limited at 32769 bytes',
      explains:
        'A message is larger than this end’s own SetReadLimit (32 KiB unless set). It closes with 1009.',
    },
    {
      id: 'write-failed',
      needle: ['failed to write', 'failed to flush'],
      pattern:
        /\bfailed to (?:write (?:msg|frame|data frame|fin frame|control frame \w{1,12}|message)|flush): (?:EOF|unexpected EOF|use of closed network connection)/,
      said: { means: 'lost' },
      example: 'failed to write msg: failed to write frame: EOF',
      explains: 'TCP had ended under the connection when the program wrote.',
    },
  ]),
  ...phrasesOf(connection, [
    {
      id: 'no-pong',
      needle: 'failed to wait for pong',
      pattern: /\bfailed to (?:ping: failed to )?wait for pong: context deadline exceeded/,
      said: { means: 'ping-timeout' },
      example: 'failed to ping: failed to wait for pong: context deadline exceeded',
      explains: 'This end’s own ping went unanswered in the time that the program gave.',
    },
  ]),
]
