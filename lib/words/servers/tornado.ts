import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const source = 'https://github.com/tornadoweb/tornado/blob/master/tornado/websocket.py'
const log = 'https://github.com/tornadoweb/tornado/blob/master/tornado/web.py'
const client = 'https://github.com/tornadoweb/tornado/blob/master/tornado/simple_httpclient.py'
const stream = 'https://github.com/tornadoweb/tornado/blob/master/tornado/iostream.py'

/** Paths that an HTTP handler would not have: a log line of one of them is about a WebSocket. */
const SOCKET_PATH = '\\/\\S{0,300}?(?:\\bws\\b|websocket|sockjs|channels\\b)\\S{0,500}'
const websocket = 'https://github.com/tornadoweb/tornado/blob/master/tornado/websocket.py'

export default defineProgram({
  id: 'tornado',
  name: 'Tornado (Python)',
  side: 'server',
  mark: /\btornado\./,
  phrases: [
    ...phrasesOf(source, [
      {
        id: 'upgrade-missing',
        needle: 'Upgrade"',
        pattern: /Can "Upgrade" only to "WebSocket"\.?|"Connection" must be "Upgrade"\.?/,
        said: { means: 'upgrade-missing' },
        example: 'Can "Upgrade" only to "WebSocket".',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'cross-origin',
        needle: 'Cross origin websockets not allowed',
        pattern: /\bCross origin websockets not allowed\b/,
        said: { means: 'origin-refused' },
        example: 'Cross origin websockets not allowed',
        explains:
          'check_origin of the handler refused the Origin. By default it must be the Host of the request.',
      },
      {
        id: 'bad-headers',
        needle: 'Missing/Invalid WebSocket headers',
        pattern: /\bMissing\/Invalid WebSocket headers\b/,
        said: { means: 'handshake-header' },
        example: 'Missing/Invalid WebSocket headers',
        explains: 'The request lacks Host, Sec-WebSocket-Key or Sec-WebSocket-Version.',
      },
      {
        id: 'closed-error',
        needle: 'WebSocketClosedError',
        pattern: /\bWebSocketClosedError\b/,
        said: { means: 'lost' },
        example: 'tornado.websocket.WebSocketClosedError',
        explains: 'The handler sent a message on a connection that had already ended.',
      },
      {
        id: 'ping-timed-out',
        needle: 'ping timed out',
        pattern: /\breason\W{1,4}ping timed out\b|^ping timed out$/,
        said: { means: 'ping-timeout' },
        example: "WebSocket closed: code=None reason='ping timed out'",
        explains:
          'This end’s own ping went unanswered for websocket_ping_timeout, and it closed the connection.',
      },
      {
        id: 'not-a-websocket',
        needle: 'Non-websocket response',
        pattern: /\bNon-websocket response\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'tornado.websocket.WebSocketError: Non-websocket response',
        explains: 'The server answered the handshake with a page in place of 101 Switching Protocols.',
      },
      {
        id: 'uncaught',
        needle: 'Uncaught exception',
        pattern: /\bUncaught exception (?:in |GET |POST )\S{1,300}/,
        said: { means: 'handler-failed' },
        example: 'ERROR:tornado.application:Uncaught exception in /ws',
        explains: 'A handler raised an exception, and its connection ends.',
      },
    ]),
    ...phrasesOf(stream, [
      {
        id: 'stream-closed',
        needle: 'Stream is closed',
        pattern: /\bStreamClosedError: Stream is closed\b/,
        said: { means: 'lost' },
        example: 'tornado.iostream.StreamClosedError: Stream is closed',
        explains: 'The program wrote to a connection that had already ended.',
      },
    ]),
    ...phrasesOf(log, [
      {
        id: 'access-opened',
        needle: '101 GET /',
        pattern: /\b101 GET \/\S{0,1000} \([^()\s]{1,60}\) \d{1,9}\.\d{2}ms/,
        said: { means: 'opened' },
        example: 'INFO:tornado.access:101 GET /ws (127.0.0.1) 0.51ms',
        explains: 'The handshake was answered with 101. Tornado logs it when it opens.',
      },
      {
        id: 'access-refused',
        needle: ' GET /',
        pattern: new RegExp(`\\b([345]\\d\\d) GET (?:${SOCKET_PATH}) \\([^()\\s]{1,60}\\)`),
        said: ([, status]) => saidOfStatus(status),
        example: 'WARNING:tornado.access:403 GET /ws (127.0.0.1) 1.05ms',
        explains: 'The handshake was answered with this status. The line before it says why.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'client-status',
        needle: 'HTTPClientError: HTTP ',
        pattern: /\bHTTPClientError: HTTP (?!599)(\d{3}): /,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'tornado.httpclient.HTTPClientError: HTTP 403: Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'client-timeout',
        needle: 'Timeout ',
        pattern:
          /\bHTTPTimeoutError: Timeout (?:while connecting|in connection queue)|\bHTTP 599: Timeout while connecting/,
        said: { means: 'connect-timeout' },
        side: 'client',
        example: 'tornado.simple_httpclient.HTTPTimeoutError: Timeout while connecting',
        explains: 'TCP and TLS were not finished within connect_timeout.',
      },
      {
        id: 'client-request-timeout',
        needle: 'Timeout during request',
        pattern: /\bTimeout during request\b/,
        said: { means: 'handshake-timeout' },
        side: 'client',
        example: 'tornado.simple_httpclient.HTTPTimeoutError: Timeout during request',
        explains: 'No answer to the handshake came within request_timeout.',
      },
    ]),
    ...phrasesOf(websocket, [
      {
        id: 'malformed-request',
        needle: 'Malformed WebSocket request received',
        pattern: /\bMalformed WebSocket request received\b/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'DEBUG:tornado.general:Malformed WebSocket request received',
        explains:
          'The request lacks a header of a handshake, or a wrong value is in one. The server answers 400.',
      },
      {
        id: 'control-frames',
        needle: ['control frames may not be fragmented', 'control frame payloads may not exceed'],
        pattern: /\bcontrol frame(?:s may not be fragmented| payloads may not exceed 125 bytes)\b/,
        said: { means: 'frame' },
        example: 'ValueError: control frames may not be fragmented',
        explains: 'The program sends a ping that is too long, or a frame that breaks the protocol.',
      },
      {
        id: 'ping-options',
        needle: 'The websocket_ping_timeout (',
        pattern:
          /\bThe websocket_ping_timeout \(\S{1,12}\) cannot be longer than the websocket_ping_interval\b/,
        said: { means: 'nothing-said' },
        side: 'server',
        example: 'The websocket_ping_timeout (30) cannot be longer than the websocket_ping_interval (20).',
        explains: 'The two options do not fit, and the timeout is cut to the interval.',
      },
      {
        id: 'client-stream-closed',
        needle: 'HTTPStreamClosedError',
        pattern: /\bHTTPStreamClosedError: (?:Stream|Connection) closed\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example: 'tornado.simple_httpclient.HTTPStreamClosedError: Stream closed',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
    ]),
  ],
})
