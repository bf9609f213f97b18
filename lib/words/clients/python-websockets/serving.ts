/** What a server of the Python websockets library prints. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/python-websockets/websockets/blob/main/src/websockets'
const exceptions = `${repository}/exceptions.py`
const http = `${repository}/http11.py`
const server = `${repository}/server.py`
const asyncioServer = `${repository}/asyncio/server.py`

export const serving: readonly Phrase[] = [
  ...phrasesOf(exceptions, [
    {
      id: 'invalid-origin',
      needle: 'Origin header',
      pattern: /\b(?:invalid Origin header: (\S{1,512})|missing Origin header\b)/,
      said: ([, origin]) =>
        origin === undefined ? { means: 'origin-missing' } : { means: 'origin-refused', origin },
      side: 'server',
      example: 'websockets.exceptions.InvalidOrigin: invalid Origin header: https://app.example',
      explains: 'The server’s list of origins does not have this one. It answers 403.',
    },
    {
      id: 'invalid-upgrade',
      needle: ' header',
      pattern:
        /\b(?:(?:missing|empty) (?:Upgrade|Connection) header|invalid (?:Upgrade|Connection) header: [^\n]{1,80})/,
      said: { means: 'upgrade-missing' },
      side: 'server',
      example: 'websockets.exceptions.InvalidUpgrade: invalid Connection header: keep-alive',
      explains:
        'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP. The server answers 426.',
    },
    {
      id: 'invalid-key-or-version',
      needle: 'Sec-WebSocket-',
      pattern: /\b(?:missing|empty|invalid) Sec-WebSocket-(?:Key|Version) header/,
      said: { means: 'handshake-header' },
      side: 'server',
      example: 'websockets.exceptions.InvalidHeader: missing Sec-WebSocket-Key header',
      explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
    },
  ]),
  ...phrasesOf(http, [
    {
      id: 'not-a-request-body',
      needle: 'Failed to open a WebSocket connection: did not receive a valid HTTP request',
      pattern: /\bFailed to open a WebSocket connection: did not receive a valid HTTP request\b/,
      said: { means: 'http-version' },
      side: 'server',
      example: 'Failed to open a WebSocket connection: did not receive a valid HTTP request.',
      explains:
        'The answer to what is HTTP and not HTTP/1.1: nginx, for one, speaks HTTP/1.0 to backends unless told otherwise.',
    },
    {
      id: 'not-a-request',
      needle: 'did not receive a valid HTTP request',
      pattern: /\bdid not receive a valid HTTP request\b/,
      said: { means: 'not-http', unsure: true },
      side: 'server',
      example: 'websockets.exceptions.InvalidMessage: did not receive a valid HTTP request',
      explains:
        'What arrived is not HTTP, or TCP ended before it: a health check, a port scan, or TLS to a plain port.',
    },
    {
      id: 'request-version',
      needle: 'unsupported HTTP version: ',
      pattern: /\bunsupported HTTP version: HTTP\/1\.0/,
      said: { means: 'http-version' },
      side: 'server',
      example: 'websockets.exceptions.InvalidProtocol: unsupported HTTP version: HTTP/1.0',
      explains: 'The request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
    },
  ]),
  ...phrasesOf(server, [
    {
      id: 'connection-open',
      needle: 'connection open',
      pattern: /(?:\bINFO\b.{0,60}?|^)\bconnection open$/,
      said: { means: 'opened' },
      side: 'server',
      example: 'INFO:websockets.server:connection open',
      explains: 'The server answered the handshake with 101.',
    },
    {
      id: 'connection-closed',
      needle: 'connection closed',
      pattern: /(?:\bINFO\b.{0,60}?|^)\bconnection closed$/,
      said: { means: 'lost' },
      side: 'server',
      example: 'INFO:websockets.server:connection closed',
      explains: 'The connection ended. How is not said at this level of logging.',
    },
    {
      id: 'connection-rejected',
      needle: 'connection rejected (',
      pattern: /\bconnection rejected \((\d{3})\b[^()\n]{0,60}\)/,
      said: ([, status]) => saidOfStatus(status),
      side: 'server',
      example: 'INFO:websockets.server:connection rejected (403 Forbidden)',
      explains: 'The server answered the handshake with this status in place of 101.',
    },
    {
      id: 'opening-failed',
      needle: 'opening handshake failed',
      pattern: /\bopening handshake failed\b/,
      said: { means: 'nothing-said' },
      side: 'server',
      example: 'ERROR:websockets.server:opening handshake failed',
      explains: 'The handshake was not finished. The reason is in the exception after it.',
    },
    {
      id: 'refusal-body',
      needle: 'Failed to open a WebSocket connection',
      pattern: /\bFailed to open a WebSocket connection(?=\.|$)/,
      said: { means: 'nothing-said' },
      side: 'server',
      example: 'Failed to open a WebSocket connection.',
      explains: 'The server’s answer to a handshake that it could not take. Its log has the reason.',
    },
    {
      id: 'subprotocol-wanted',
      needle: 'subprotocol',
      pattern:
        /\b(?:NegotiationError|connection): (?:missing subprotocol|invalid subprotocol; expected one of)/,
      said: { means: 'subprotocol' },
      side: 'server',
      example: 'websockets.exceptions.NegotiationError: invalid subprotocol; expected one of chat',
      explains: 'The server speaks subprotocols, and the client asked for none of them. It answers 400.',
    },
    {
      id: 'method',
      needle: 'unsupported HTTP method: ',
      pattern: /\bunsupported HTTP method: [A-Z]{1,20}\b/,
      said: { means: 'plain-request' },
      side: 'server',
      example: 'websockets.exceptions.InvalidMethod: unsupported HTTP method: POST',
      explains:
        'Something sent another request than GET: a health check, or a client that speaks plain HTTP.',
    },
    {
      id: 'request-timeout',
      needle: 'timed out while waiting for handshake request',
      pattern: /\btimed out while waiting for handshake request\b/,
      said: { means: 'handshake-timeout' },
      side: 'server',
      example: 'TimeoutError: timed out while waiting for handshake request',
      explains: 'A client connected and sent no request within open_timeout (10 s).',
    },
  ]),
  ...phrasesOf(asyncioServer, [
    {
      id: 'handler-failed',
      needle: 'connection handler failed',
      pattern: /\bconnection handler failed\b/,
      said: { means: 'handler-failed', close: { code: 1011, way: 'sent' } },
      side: 'server',
      example: 'ERROR:websockets.server:connection handler failed',
      explains: 'The handler raised an exception. The server closes that connection with 1011.',
    },
    {
      id: 'server-closing',
      needle: 'server closing',
      pattern: /(?:\bINFO\b.{0,60}?|^)\bserver closing$/,
      said: { means: 'shutting-down' },
      side: 'server',
      example: 'INFO:websockets.server:server closing',
      explains: 'The server stops and closes its connections with 1001.',
    },
    {
      id: 'process-request-failed',
      needle: 'process_re',
      pattern: /\bprocess_(?:request|response) failed\b/,
      said: { means: 'handler-failed' },
      side: 'server',
      example: 'ERROR:websockets.server:process_request failed',
      explains:
        'The program’s own function for requests raised an exception. The handshake is answered with 500.',
    },
  ]),
]
