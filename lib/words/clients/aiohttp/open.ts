/** What aiohttp prints of an open connection, and what its server prints of a handshake. */
import type { Said } from '#lib/words/meaning.ts'
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/aio-libs/aiohttp/blob/master/aiohttp'
const clientSocket = `${repository}/client_ws.py`
const reader = `${repository}/_websocket/reader_py.py`
const server = `${repository}/web_ws.py`
const closed = (code: string | undefined, reason: string): Said => ({
  means: 'close',
  close: { code: Number(code), reason, way: 'received' },
})

export const open: readonly Phrase[] = [
  ...phrasesOf(clientSocket, [
    {
      id: 'no-pong',
      needle: 'No PONG received after',
      pattern: /\bNo PONG received after (\d{1,6}(?:\.\d{1,3})?) seconds/,
      said: ([, seconds]) => ({ means: 'ping-timeout', limitMs: Number(seconds) * 1000 }),
      example: 'aiohttp.client_exceptions.ServerTimeoutError: No PONG received after 15.0 seconds',
      explains: 'This end’s own ping went unanswered for half of heartbeat, and it ended the connection.',
    },
    {
      id: 'closed-message',
      needle: 'WSMsgType.',
      pattern: /\bWSMsgType\.(?:CLOSED: 257|CLOSING: 256|CLOSED\b|CLOSING\b)/,
      said: { means: 'dropped' },
      example: 'WSMessage(type=<WSMsgType.CLOSED: 257>, data=None, extra=None)',
      explains: 'The connection was open and ended. The close code is in ws.close_code.',
    },
    {
      id: 'close-message',
      needle: 'WSMsgType.CLOSE: 8',
      pattern:
        /\bWSMessage(?:Close)?\((?=[^\n]{0,300}WSMsgType\.CLOSE: 8)[^\n]{0,60}?\bdata=(\d{4}), (?:size=\d{1,4}, )?extra='([^'\n]{0,123})'/,
      said: ([, code, reason = '']) => closed(code, reason),
      example: "WSMessage(type=<WSMsgType.CLOSE: 8>, data=1001, extra='')",
      explains: 'The other end closed the connection with this code and reason.',
    },
    {
      id: 'error-message',
      needle: 'WSMsgType.ERROR',
      pattern: /\bWSMsgType\.ERROR: 258\b/,
      said: { means: 'nothing-said' },
      example: 'WSMessage(type=<WSMsgType.ERROR: 258>, data=None, extra=None)',
      explains: 'The connection failed. The reason is the exception in data.',
    },
    {
      id: 'wrong-message-type',
      needle: 'is not ',
      pattern:
        /\b(?:WSMessageTypeError|TypeError): Received message (?:WSMsgType\.(?:CLOSED|CLOSING):|25[67]:)[^\n]{0,60} is not (?:WSMsgType\.(?:TEXT|BINARY)|str|bytes)\b/,
      said: { means: 'lost' },
      example:
        'aiohttp.client_exceptions.WSMessageTypeError: Received message WSMsgType.CLOSED:None is not WSMsgType.TEXT',
      explains:
        'receive_str() or receive_json() was called and the connection had ended. Why is in ws.close_code.',
    },
    {
      id: 'close-for-message',
      needle: 'is not ',
      pattern:
        /\b(?:WSMessageTypeError|TypeError): Received message (?:WSMsgType\.CLOSE|8):(\d{4}) is not (?:WSMsgType\.(?:TEXT|BINARY)|str|bytes)\b/,
      said: ([, code]) => ({ means: 'close', close: { code: Number(code), way: 'received' } }),
      example:
        'aiohttp.client_exceptions.WSMessageTypeError: Received message WSMsgType.CLOSE:1000 is not WSMsgType.TEXT',
      explains: 'The program waited for a message, and the other end closed with this code.',
    },
    {
      id: 'concurrent-receive',
      needle: 'Concurrent call to receive()',
      pattern: /\bConcurrent call to receive\(\) is not allowed\b/,
      said: { means: 'nothing-said' },
      example: 'RuntimeError: Concurrent call to receive() is not allowed',
      explains: 'Two parts of the program read the same connection at once. The connection did not fail.',
    },
  ]),
  ...phrasesOf(reader, [
    {
      id: 'too-big',
      needle: ['size', 'Decompressed message exceeds limit '],
      pattern:
        /\b(?:Message size \d{1,12} exceeds limit|Decompressed message (?:size \d{1,12} )?exceeds (?:size )?limit) (\d{1,12})/,
      said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
      example: 'aiohttp.http_websocket.WebSocketError: Message size 5242880 exceeds limit 4194304',
      explains: 'A message is larger than this end’s own max_msg_size. It closes with 1009.',
    },
    {
      id: 'frame',
      needle: 'WebSocketError: ',
      pattern:
        /\bWebSocketError: (?:\(?<?[\w.: ]{0,40}>?,? ?["']?)?(?:Received frame with non-zero reserved bits|Received fragmented control frame|Control frame payload cannot be larger|Continuation frame for non started message|The opcode in non-fin frame|Unexpected opcode|Invalid close (?:code|frame))/,
      said: { means: 'frame' },
      example: 'aiohttp.http_websocket.WebSocketError: Received frame with non-zero reserved bits',
      explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
    },
    {
      id: 'invalid-utf8',
      needle: 'Invalid UTF-8 text message',
      pattern: /\bInvalid UTF-8 text message\b/,
      said: { means: 'invalid-utf8' },
      example: 'aiohttp.http_websocket.WebSocketError: Invalid UTF-8 text message',
      explains: 'A text message held bytes that are not UTF-8.',
    },
    {
      id: 'deflate',
      needle: 'too many deflate members',
      pattern: /\bCompressed message has too many deflate members\b/,
      said: { means: 'compression' },
      example: 'aiohttp.http_websocket.WebSocketError: Compressed message has too many deflate members',
      explains: 'A compressed message does not end where its frame does.',
    },
    {
      id: 'error-in-data',
      needle: 'WebSocketError(',
      pattern:
        /\bWebSocketError\(1002, ["'](?:Received|Control frame|Continuation|The opcode|Unexpected opcode|Invalid close)/,
      said: { means: 'frame' },
      example:
        "WSMessageError(data=WebSocketError(1002, 'Received frame with non-zero reserved bits'), size=0, extra=None, type=<WSMsgType.ERROR: 258>)",
      explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
    },
    {
      id: 'window',
      needle: 'WSHandshakeError: ',
      pattern: /\bWSHandshakeError: (?:Invalid window size|Extension for deflate not supported)/,
      said: { means: 'extension' },
      example: 'aiohttp.http_websocket.WSHandshakeError: Invalid window size',
      explains: 'permessage-deflate was answered with parameters that this end does not take.',
    },
  ]),
  ...phrasesOf(server, [
    {
      id: 'no-upgrade',
      needle: 'UPGRADE hdr: ',
      pattern: /\bNo (?:WebSocket|CONNECTION) UPGRADE hdr: /i,
      said: { means: 'upgrade-missing' },
      side: 'server',
      example: 'No WebSocket UPGRADE hdr: None',
      explains:
        'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
    },
    {
      id: 'bad-key',
      needle: 'Handshake error: ',
      pattern: /\bHandshake error: (?:None|b?'[^'\n]{0,80}')/,
      said: { means: 'handshake-header' },
      side: 'server',
      example: 'Handshake error: None',
      explains: 'The request says Upgrade: websocket, and its Sec-WebSocket-Key is missing or wrong.',
    },
    {
      id: 'no-shared-subprotocol',
      needle: 'overlap server-known ones',
      pattern: /\bClient protocols .{1,200} don.t overlap server-known ones/,
      said: { means: 'subprotocol' },
      side: 'server',
      example:
        "WebSocket: Client protocols ['graphql-ws'] don’t overlap server-known ones ('graphql-transport-ws',)",
      explains: 'The client asked for subprotocols, and the server speaks none of them. The 101 names none.',
    },
    {
      id: 'version',
      needle: 'Unsupported version: ',
      pattern: /^(?:[^\n]{0,60}\bHTTPBadRequest: )?Unsupported version: (?:\d{1,3}|None)?$/,
      said: { means: 'handshake-header' },
      side: 'server',
      example: 'Unsupported version: 8',
      explains:
        'The request’s Sec-WebSocket-Version is missing, or none that the server speaks. It answers 400.',
    },
  ]),
]
