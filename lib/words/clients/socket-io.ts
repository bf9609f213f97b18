import { corsPhrases } from '#lib/words/cors.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client = 'https://socket.io/docs/v4/client-socket-instance/#disconnect'
const connectError = 'https://socket.io/docs/v4/client-socket-instance/#connect_error'
const troubles = 'https://socket.io/docs/v4/troubleshooting-connection-issues/'
const manager = 'https://github.com/socketio/socket.io/blob/main/packages/socket.io-client/lib/manager.ts'
const cors = 'https://socket.io/docs/v4/handling-cors/'

const application = 'socket.io'

/** A reason is printed after words of the program's own: `socket disconnected: ping timeout`, `reason: …`. */
const ENDED =
  '\\b(?:disconnect\\w{0,5}|reason|closed?|socket(?:\\.io)?)\\b[^\\n]{0,60}?(?<!keepalive )(?<![\\w-])'
export default defineProgram({
  id: 'socket-io',
  name: 'Socket.IO (client)',
  side: 'client',
  mark: /\b(?:socket|engine)\.io\b|\bconnect_error\b/i,
  phrases: [
    ...phrasesOf(troubles, [
      {
        id: 'polling-refused',
        needle: 'transport=polling',
        pattern:
          /\b(?:GET|POST) https?:\/\/[^\s?]{1,1900}\/\?[^\s]{0,800}\btransport=polling\b[^\s]{0,800} (?:net::ERR_FAILED )?([45]\d{2})\b/,
        said: ([, status]) => ({ ...saidOfStatus(status), application }),
        example: 'GET https://chat.example/socket.io/?EIO=4&transport=polling&t=OxP1Fsk 404 (Not Found)',
        explains: 'A request of long polling, with which Socket.IO begins, was answered with this status.',
      },
    ]),
    // It did not connect.
    ...phrasesOf(connectError, [
      {
        id: 'websocket-error',
        needle: 'websocket error',
        pattern: /(?:\bconnect_error\b[^\n]{0,60}?|Error: |Exception: )websocket error\b(?!:)/,
        said: { means: 'never-opened', application },
        example: 'connect_error: websocket error',
        explains:
          'The WebSocket of Socket.IO failed to open. The browser’s console or the error’s `description` has the reason.',
      },
      {
        id: 'polling-error',
        needle: 'xhr poll error',
        pattern: /(?:\bconnect_error\b[^\n]{0,60}?|Error: |Exception: )?\bxhr poll error\b/,
        said: { means: 'never-opened', application },
        example: 'Error: xhr poll error',
        explains:
          'The first HTTP request of Socket.IO failed, before any WebSocket. A wrong address, CORS and a server that is down look the same.',
      },
      {
        id: 'timeout',
        needle: 'connect_error',
        pattern: /\bconnect_error\b[^\n]{0,60}?\btimeout\b/,
        said: { means: 'handshake-timeout', application },
        example: 'connect_error: Error: timeout',
        explains: 'No answer came within `timeout` (20 s, if it was not set).',
      },
      {
        id: 'server-error',
        needle: 'connect_error',
        pattern: /\bconnect_error\b[^\n]{0,60}?\bserver error\b/,
        said: { means: 'application-protocol', unsure: true, application },
        example: 'connect_error: Error: server error',
        explains: 'The server answered with an error packet of Engine.IO. Its code is in the error.',
      },
      {
        id: 'unauthorized',
        needle: 'connect_error',
        pattern:
          /\bconnect_error\b[^\n]{0,60}?\b(?:un-?authorized|not authorized|unauthenticated|authentication (?:error|failed)|invalid (?:token|credentials)|jwt (?:expired|malformed|must be provided))/i,
        said: { means: 'unauthorized', application },
        example: 'connect_error: Error: unauthorized',
        explains: 'A middleware of the server refused the connection. The WebSocket under it may be open.',
      },
      {
        id: 'invalid-namespace',
        needle: 'Invalid namespace',
        pattern: /\b(?:connect_error\b[^\n]{0,60}?|Error: |message["']?: ?["'])Invalid namespace\b/,
        said: { means: 'no-route', application },
        example: 'connect_error: Invalid namespace',
        explains:
          'The server has no namespace of this name. What follows the host in the client’s URL is the namespace, and the path is an option.',
      },
    ]),
    ...phrasesOf(manager, [
      {
        id: 'v2-server',
        needle: 'you are trying to reach a Socket.IO server in v2',
        pattern: /It seems you are trying to reach a Socket\.IO server in v2\.x with a v3\.x client/i,
        said: { means: 'application-protocol', application, older: 'server' },
        example:
          'Error: It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)',
        explains:
          'The client is of version 3 or later and the server of version 2. They use different protocols.',
      },
      {
        id: 'polling-post-error',
        needle: 'error',
        pattern: /\b(?:xhr post|fetch (?:read|write)|webtransport) error\b/,
        said: { means: 'lost', application },
        example: 'Error: xhr post error',
        explains: 'An HTTP request of long polling failed.',
      },
      {
        id: 'bare-timeout',
        needle: 'timeout',
        pattern: /^(?:\W{0,4}|Uncaught )\[?Error: timeout\]?$/,
        said: { means: 'handshake-timeout', unsure: true, application },
        example: 'Error: timeout',
        explains: 'The manager’s own `timeout` (20 s) passed before the transport was open.',
      },
      {
        id: 'attempt-timed-out',
        needle: 'connect attempt timed out after',
        pattern: /\bconnect attempt timed out after (\d{1,7})\b/,
        said: ([, ms]) => ({ means: 'handshake-timeout', limitMs: Number(ms), application }),
        example: 'socket.io-client:manager connect attempt timed out after 20000 +20s',
        explains: 'The manager’s own `timeout` passed before the transport was open.',
      },
      {
        id: 'reconnecting',
        needle: 'reconnect',
        pattern:
          /\bsocket\.io-client:manager (?:reconnect attempt error|reconnect failed|attempting reconnect|will wait \d{1,7}ms before reconnect attempt)\b|^reconnect_failed$/,
        said: { means: 'nothing-said', application },
        example: 'socket.io-client:manager will wait 1034ms before reconnect attempt +0ms',
        explains: 'The attempt failed, and another follows or was the last. The reason is printed before it.',
      },
      {
        id: 'probe-failed',
        needle: 'probe',
        pattern: /\bprobe transport "websocket" failed\b|\bError: probe error(?:: [^\n]{1,100})?/,
        said: { means: 'never-opened', application },
        example:
          'engine.io-client:socket probe transport "websocket" failed because of error: websocket error +3ms',
        explains:
          'Long polling works and the WebSocket did not open, as behind a proxy that does not pass upgrades.',
      },
      {
        id: 'transport-status',
        needle: 'TransportError',
        pattern:
          /"type":"TransportError"[^\n}]{0,60}"description":([2-5]\d\d)\b|\bdescription: ([2-5]\d\d),[^\n]{0,60}\btype: 'TransportError'/,
        said: ([, json, console]) => ({ means: 'status', status: Number(json ?? console), application }),
        example: 'engine.io-client:socket socket error {"type":"TransportError","description":400} +1ms',
        explains: 'The transport’s HTTP request was answered with this status.',
      },
      {
        id: 'event-without-reason',
        needle: '{"isTrusted":true}',
        pattern: /\bengine\.io-client:\w{1,20} (?:\w{1,20} )?error \{"isTrusted":true\}/,
        said: { means: 'lost', application },
        example: 'engine.io-client:socket socket error {"isTrusted":true}',
        explains:
          'A browser’s error event, which has no reason in it: the WebSocket did not open, or broke. The browser’s own line in the console has more.',
      },
      {
        id: 'throttled-timer',
        needle: 'throttled timer detected',
        pattern: /\bthrottled timer detected\b/,
        said: { means: 'suspended', application },
        example: 'engine.io-client:socket throttled timer detected, scheduling connection close',
        explains:
          'The page or the machine slept past the time for the server’s ping. The client closes with “ping timeout” and connects again.',
      },
      {
        id: 'server-error-packet',
        needle: 'Error: server error',
        pattern: /^(?:[^\n]{0,40}\bconnect_error\b[^\n]{0,20}|\W{0,4}|Uncaught )Error: server error$/,
        said: { means: 'application-protocol', unsure: true, application },
        example: 'Error: server error',
        explains:
          'The server sent an error packet of Engine.IO: it refused this session or this version of the protocol.',
      },
      {
        id: 'no-transports',
        needle: 'No transports available',
        pattern: /\bNo transports available\b/,
        said: { means: 'transport-unknown', application },
        example: 'No transports available',
        explains: 'The client’s own list of transports is empty, or all of them have failed.',
      },
      {
        id: 'acknowledgement',
        needle: 'has ',
        pattern: /^(?:[^\n]{0,60}\s)?Error: (?:operation has timed out|socket has been disconnected)$/,
        said: ([text]) => ({ means: text.endsWith('disconnected') ? 'lost' : 'nothing-said', application }),
        example: 'Error: operation has timed out',
        explains: 'An acknowledgement did not come in time, or the connection ended before it came.',
      },
      {
        id: 'reserved-event',
        needle: 'is a reserved event name',
        pattern: /" is a reserved event name\b/,
        said: { means: 'nothing-said', application },
        example: 'Error: "connect" is a reserved event name',
        explains: 'The program emits an event whose name is the library’s own. The connection did not fail.',
      },
    ]),
    ...phrasesOf(manager, [
      {
        id: 'timeout-frame',
        needle: 'Error: timeout',
        pattern: /\bError: timeout at [^\n]{0,200}\bmanager\.[cm]?[jt]s:\d/,
        said: { means: 'handshake-timeout', application },
        example:
          'Error: timeout at Timeout._onTimeout (node_modules/socket.io-client/build/cjs/manager.js:120:29)',
        explains: 'No answer came within `timeout` (20 s, if it was not set).',
      },
    ]),
    // It ended: the client's reasons.
    ...phrasesOf(client, [
      {
        id: 'io-server-disconnect',
        needle: 'io server disconnect',
        pattern: /\bio server disconnect\b/,
        said: { means: 'closed-by-server', application },
        example: 'disconnected: io server disconnect',
        explains: 'The server called socket.disconnect(). The client does not reconnect by itself.',
      },
      {
        id: 'io-client-disconnect',
        needle: 'io client disconnect',
        pattern: /\bio client disconnect\b/,
        said: { means: 'closed-by-client', application },
        example: 'disconnected: io client disconnect',
        explains: 'The client called socket.disconnect().',
      },
      {
        id: 'ping-timeout',
        needle: 'ping timeout',
        pattern: new RegExp(`${ENDED}ping timeout\\b`, 'i'),
        said: { means: 'ping-timeout', application },
        example: 'socket.io disconnect: ping timeout',
        explains:
          'No ping of the server came within pingInterval + pingTimeout, and the client gave up. A hidden tab with slow timers does that too.',
      },
      {
        id: 'transport-close',
        needle: 'transport close',
        pattern: /\btransport close\b/,
        said: { means: 'dropped', application },
        example: 'socket.io disconnect: transport close',
        explains:
          'The connection under Socket.IO ended: the server stopped, the network failed, or a proxy closed it.',
      },
      {
        id: 'transport-error',
        needle: 'transport error',
        pattern: new RegExp(`${ENDED}transport error\\b|^transport error$`, 'i'),
        said: { means: 'dropped', application },
        example: 'socket.io disconnect: transport error',
        explains: 'The connection under Socket.IO failed while it was open.',
      },
      {
        id: 'parse-error',
        needle: 'parse error',
        pattern: new RegExp(`${ENDED}parse error\\b`, 'i'),
        said: { means: 'application-protocol', application },
        example: 'socket.io disconnect: parse error',
        explains: 'A packet arrived that is not of Socket.IO’s protocol, and the receiver closed.',
      },
      {
        id: 'forced-close',
        needle: 'forced close',
        pattern: new RegExp(`${ENDED}forced close\\b`, 'i'),
        said: { means: 'closed-by-client', application },
        example: 'disconnect reason: forced close',
        explains: 'The program itself closed the connection.',
      },
    ]),
    ...corsPhrases({
      application,
      source: cors,
      address: 'transport=polling',
      example: 'https://chat.example/socket.io/?EIO=4&transport=polling&t=OxP1Fsk',
      explains:
        'The server’s `cors` option does not list this origin, or the answer is an error page without CORS headers.',
    }),
    ...phrasesOf(troubles, [
      {
        id: 'closed-before-established',
        needle: 'WebSocket is closed before the connection',
        pattern:
          /\/socket\.io\/\?[^\n']{0,800}' failed: WebSocket is closed before the connection is established/i,
        said: { means: 'closed-by-page' },
        example:
          "WebSocket connection to 'wss://chat.example/socket.io/?EIO=4&transport=websocket&sid=Wv2xY1' failed: WebSocket is closed before the connection is established.",
        explains:
          'The client closed its own attempt: it was disconnected, or its upgrade from polling was given up.',
      },
    ]),
  ],
})
