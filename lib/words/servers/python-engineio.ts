import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/miguelgrinberg/python-engineio/blob/main/src/engineio'
const server = `${repository}/server.py`
const socket = `${repository}/socket.py`
const client = `${repository}/client.py`
const socketio = 'https://github.com/miguelgrinberg/python-socketio/blob/main/src/socketio/client.py'
const flask = 'https://flask-socketio.readthedocs.io/en/latest/deployment.html'

export default defineProgram({
  id: 'python-engineio',
  name: 'Flask-SocketIO, python-socketio and python-engineio',
  side: 'server',
  mark: /\b(?:python-)?(?:engineio|socketio|flask_socketio)\b/,
  phrases: [
    ...phrasesOf(server, [
      {
        id: 'origin',
        needle: 'is not an accepted origin',
        pattern: /(?<!\S)(\S{1,512}) is not an accepted origin\b/,
        said: ([, origin]) => ({
          means: 'origin-refused',
          application: 'socket.io',
          ...(origin !== undefined && { origin }),
        }),
        example:
          'https://app.example is not an accepted origin. (further occurrences of this error will be logged with level INFO)',
        explains:
          'The Origin is not the address that the server sees, nor in cors_allowed_origins. Behind a proxy it needs X-Forwarded-Proto and Host.',
      },
      {
        id: 'packets',
        needle: ['Sending packet', 'Received packet', 'Server initialized for '],
        pattern:
          /^(?:[^\n]{0,120}?[ :])?(?:[\w-]{20}: (?:Sending|Received) packet (?:OPEN|CLOSE|PING|PONG|MESSAGE|UPGRADE|NOOP)\b|Server initialized for (?:threading|gevent\w{0,10}|eventlet|asgi|aiohttp|sanic|tornado|async_handlers)\b)/,
        said: { means: 'nothing-said', application: 'socket.io' },
        example: "Wv2xY1pZ0aQ9LmNbAAAA: Sending packet OPEN data {'sid': 'Wv2xY1pZ0aQ9LmNbAAAA'}",
        explains: 'A packet of a session, or the start of the server: routine.',
      },
      {
        id: 'origin-body',
        needle: 'Not an accepted origin',
        pattern: /\bNot an accepted origin\b/,
        said: { means: 'origin-refused', application: 'socket.io' },
        example: '"Not an accepted origin."',
        explains: 'The body of the server’s 400: cors_allowed_origins does not have this Origin.',
      },
      {
        id: 'invalid-session',
        needle: 'Invalid session ',
        pattern: /\bInvalid session [\w-]{20}(?![\w-])/,
        said: { means: 'session-unknown', application: 'socket.io' },
        example:
          'Invalid session Wv2xY1pZ0aQ9LmNbAAAA (further occurrences of this error will be logged with level INFO)',
        explains:
          'This process does not know the session id: requests of one client reach several workers. gunicorn needs one worker, or sticky sessions.',
      },
      {
        id: 'unsupported-version',
        needle: 'using an unsupported version of the Socket.IO',
        pattern: /\bThe client is using an unsupported version of the Socket\.IO or Engine\.IO protocols/,
        said: { means: 'application-protocol', application: 'socket.io' },
        example:
          'The client is using an unsupported version of the Socket.IO or Engine.IO protocols (further occurrences of this error will be logged with level INFO)',
        explains: 'The versions of the JavaScript client and of the Python server do not fit each other.',
      },
      {
        id: 'invalid-upgrade',
        needle: 'Invalid websocket upgrade',
        pattern: /\bInvalid websocket upgrade\b/,
        said: { means: 'upgrade-missing', application: 'socket.io' },
        example:
          'Invalid websocket upgrade (further occurrences of this error will be logged with level INFO)',
        explains:
          'The request asks for transport=websocket and has no Upgrade: websocket. A proxy left it out.',
      },
      {
        id: 'transport-not-available',
        needle: 'WebSocket transport',
        pattern:
          /\b(?:The WebSocket transport is not available, you must install a WebSocket server|WebSocket transport not available\. Install)/,
        said: { means: 'no-websocket-support', application: 'socket.io' },
        example:
          'The WebSocket transport is not available, you must install a WebSocket server that is compatible with your async mode to enable it. See the documentation for details. (further occurrences of this error will be logged with level INFO)',
        explains: 'The server has no WebSocket library for its async mode and serves long polling alone.',
      },
      {
        id: 'connection-rejected',
        needle: 'Application rejected connection',
        pattern: /\bApplication rejected connection\b/,
        said: { means: 'forbidden', application: 'socket.io' },
        example: 'Application rejected connection',
        explains:
          'The connect handler returned False or raised ConnectionRefusedError. The server answers 401.',
      },
    ]),
    ...phrasesOf(flask, [
      {
        id: 'wrong-server',
        needle: 'You need to use the',
        pattern: /\bYou need to use the (?:eventlet|gevent(?:-websocket)?) server\b/,
        said: { means: 'no-websocket-support', application: 'socket.io' },
        example:
          'RuntimeError: You need to use the eventlet server. See the Deployment section of the documentation for more information.',
        explains: 'The application runs under a web server that does not fit its async_mode.',
      },
      {
        id: 'gevent-websocket',
        needle: 'gevent-websocket server is not configured',
        pattern: /\bThe gevent-websocket server is not configured appropriately\b/,
        said: { means: 'no-websocket-support', application: 'socket.io' },
        example:
          'RuntimeError: The gevent-websocket server is not configured appropriately. See the Deployment section of the documentation for more information.',
        explains:
          'gevent runs without its WebSocket handler: gunicorn needs -k geventwebsocket.gunicorn.workers.GeventWebSocketWorker.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'client-gone',
        needle: 'Client is gone, closing socket',
        pattern: /\bClient is gone, closing socket\b/,
        said: { means: 'ping-timeout', application: 'socket.io' },
        example: 'Wv2xY1pZ0aQ9LmNbAAAA: Client is gone, closing socket',
        explains: 'The client did not answer the server’s ping within ping_timeout, and the server closed.',
      },
      {
        id: 'upgraded',
        needle: 'Upgrade to websocket successful',
        pattern: /\bUpgrade to websocket successful\b/,
        said: { means: 'opened', application: 'socket.io' },
        example: 'Wv2xY1pZ0aQ9LmNbAAAA: Upgrade to websocket successful',
        explains: 'The session moved from long polling to a WebSocket.',
      },
      {
        id: 'upgrade-failed',
        needle: 'Failed websocket upgrade',
        pattern: /\bFailed websocket upgrade, (?:no PING packet|expected UPGRADE packet)/,
        said: { means: 'lost', application: 'socket.io' },
        example: 'Wv2xY1pZ0aQ9LmNbAAAA: Failed websocket upgrade, no PING packet',
        explains: 'The WebSocket opened and ended before the client had moved its session to it.',
      },
      {
        id: 'receive-error',
        needle: 'Receive error -- socket is closed',
        pattern: /\bReceive error -- socket is closed\b/,
        said: { means: 'lost', application: 'socket.io' },
        example: 'Receive error -- socket is closed',
        explains: 'The client sent something on a session that had already ended.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'client-refused',
        needle: 'Connection refused by the server',
        pattern: /\bConnection refused by the server\b/,
        said: { means: 'no-connection' },
        side: 'client',
        example: 'socketio.exceptions.ConnectionError: Connection refused by the server',
        explains: 'The first HTTP request failed. Despite the words it can be DNS, TCP or TLS.',
      },
      {
        id: 'client-attempt',
        needle: 'Attempting ',
        pattern:
          /\bAttempting (?:polling connection|WebSocket (?:connection|upgrade)) to (?:https?|wss?):\/\/\S{1,1900}/,
        said: { means: 'connecting', application: 'socket.io' },
        side: 'client',
        example: 'Attempting WebSocket upgrade to wss://app.example/socket.io/?transport=websocket&EIO=4',
        explains: 'An attempt begins.',
      },
      {
        id: 'client-polling',
        needle: 'Polling connection accepted with',
        pattern: /\bPolling connection accepted with \{/,
        said: { means: 'nothing-said', application: 'socket.io' },
        side: 'client',
        example:
          "Polling connection accepted with {'sid': 'Wv2xY1pZ0aQ9LmNbAAAA', 'upgrades': ['websocket']}",
        explains: 'Long polling works. The WebSocket comes next.',
      },
      {
        id: 'client-status',
        needle: 'in server response',
        pattern: /\bUnexpected status code (\d{3}) in server response\b/,
        said: ([, status]) => ({ means: 'status', status: Number(status), application: 'socket.io' }),
        side: 'client',
        example: 'socketio.exceptions.ConnectionError: Unexpected status code 400 in server response',
        explains: 'The first HTTP request, before any WebSocket, was answered with this status.',
      },
      {
        id: 'client-no-open',
        needle: ['OPEN packet', 'ConnectionError: Unexpected response from server'],
        pattern:
          /\b(?:OPEN packet not returned by server|ConnectionError: (?:Unexpected response from server|no OPEN packet))\b/,
        said: { means: 'application-protocol', unsure: true, application: 'socket.io' },
        side: 'client',
        example: 'socketio.exceptions.ConnectionError: OPEN packet not returned by server',
        explains: 'What answered does not speak this version of Engine.IO, or it is another server’s page.',
      },
      {
        id: 'client-upgrade-failed',
        needle: 'WebSocket upgrade failed: ',
        pattern:
          /\bWebSocket upgrade failed: (?:connection error|no PONG packet|unexpected (?:recv|send) exception)/,
        said: { means: 'never-opened', application: 'socket.io' },
        side: 'client',
        example: 'WebSocket upgrade failed: connection error',
        explains:
          'Long polling works and the WebSocket did not open, as behind a proxy that does not pass upgrades.',
      },
      {
        id: 'client-upgraded',
        needle: 'WebSocket',
        pattern: /\bWebSocket (?:upgrade was successful|connection accepted with \{)/,
        said: { means: 'opened', application: 'socket.io' },
        side: 'client',
        example: 'WebSocket upgrade was successful',
        explains: 'The session moved from long polling to a WebSocket.',
      },
      {
        id: 'client-silent-server',
        needle: 'aborting',
        pattern: /\b(?:Server has stopped communicating|packet queue is empty), aborting/,
        said: { means: 'ping-timeout', application: 'socket.io' },
        side: 'client',
        example: 'Server has stopped communicating, aborting',
        explains:
          'No ping of the server came within pingInterval and pingTimeout, and this client ended the connection.',
      },
      {
        id: 'client-closed',
        needle: ['WebSocket connection was closed, aborting', 'WebSocket connection is closing, aborting'],
        pattern: /\bWebSocket connection (?:was closed|is closing), aborting/,
        said: { means: 'lost', application: 'socket.io' },
        side: 'client',
        example: 'Read loop: WebSocket connection was closed, aborting',
        explains: 'The WebSocket ended. How is not said.',
      },
      {
        id: 'client-closed-with',
        needle: 'Server sent ',
        pattern: /\bServer sent close packet data (\d{4}), aborting\b/,
        said: ([, code]) => ({
          means: 'close',
          close: { code: Number(code), way: 'received' },
          application: 'socket.io',
        }),
        side: 'client',
        example: 'Server sent close packet data 1001, aborting',
        explains: 'The server closed the connection with this code.',
      },
      {
        id: 'client-undecodable',
        needle: ['Unexpected error decoding packet', 'Unexpected packet from server'],
        pattern: /\bUnexpected (?:error decoding packet: "|packet from server, aborting)/,
        said: { means: 'application-protocol', application: 'socket.io' },
        side: 'client',
        example: 'Unexpected error decoding packet: "unknown packet type 8", aborting',
        explains:
          'What arrived is not of Engine.IO’s protocol, or of another version of it. This client ends the connection.',
      },
      {
        id: 'client-package-missing',
        needle: [
          'websocket-client package not installed',
          'aiohttp package not installed',
          'aiohttp not installed',
        ],
        pattern: /\bwebsocket-client package not installed\b|\baiohttp (?:package )?not installed\b/,
        said: { means: 'transport-unknown', application: 'socket.io' },
        side: 'client',
        example: 'websocket-client package not installed, only polling transport is available',
        explains: 'The client lacks the package that it opens WebSockets with, and stays with long polling.',
      },
      {
        id: 'client-receive-failed',
        needle: 'Unexpected recv exception: ',
        pattern: /\bConnectionError: Unexpected recv exception: /,
        said: { means: 'handshake-timeout', unsure: true, application: 'socket.io' },
        side: 'client',
        example: 'socketio.exceptions.ConnectionError: Unexpected recv exception: timed out',
        explains: 'The WebSocket is open, and Engine.IO’s first packet did not come.',
      },
    ]),
    ...phrasesOf(socketio, [
      {
        id: 'established',
        needle: 'Engine.IO connection established',
        pattern: /\bEngine\.IO connection established\b/,
        said: { means: 'opened', application: 'socket.io' },
        side: 'client',
        example: 'Engine.IO connection established',
        explains: 'The transport is open.',
      },
      {
        id: 'dropped',
        needle: 'Engine.IO connection dropped',
        pattern: /\bEngine\.IO connection dropped\b/,
        said: { means: 'lost', application: 'socket.io' },
        side: 'client',
        example: 'Engine.IO connection dropped',
        explains: 'The transport ended. How is not said.',
      },
      {
        id: 'namespaces-failed',
        needle: 'namespaces failed to connect',
        pattern: /\bOne or more namespaces failed to connect\b/,
        said: { means: 'nothing-said', application: 'socket.io' },
        side: 'client',
        example: 'socketio.exceptions.ConnectionError: One or more namespaces failed to connect: /chat',
        explains: 'The transport is open, and the server refused the namespace or did not answer in time.',
      },
      {
        id: 'not-connected',
        needle: 'is not a connected namespace',
        pattern: /(?<!\S)(\S{1,100}) is not a connected namespace\b/,
        said: { means: 'used-too-early', application: 'socket.io' },
        side: 'client',
        example: 'socketio.exceptions.BadNamespaceError: / is not a connected namespace.',
        explains: 'The program emitted before the connection was open, or after it had ended.',
      },
      {
        id: 'namespace-refused',
        needle: 'Connection to namespace ',
        pattern: /\bConnection to namespace (\S{1,100}) was rejected\b/,
        said: { means: 'unauthorized', unsure: true, application: 'socket.io' },
        side: 'client',
        example: 'Connection to namespace / was rejected',
        explains:
          'The transport is open, and the server’s connect handler refused this client, or the namespace does not exist.',
      },
      {
        id: 'attempt-failed',
        needle: 'Connection failed, new attempt in ',
        pattern: /\bConnection failed, new attempt in \d{1,6}(?:\.\d{1,3})? seconds/,
        said: { means: 'nothing-said', application: 'socket.io' },
        side: 'client',
        example: 'Connection failed, new attempt in 1.05 seconds',
        explains: 'An attempt to reconnect failed and another follows.',
      },
      {
        id: 'given-up',
        needle: 'Maximum reconnection attempts reached',
        pattern: /\bMaximum reconnection attempts reached, giving up\b/,
        said: { means: 'never-opened', application: 'socket.io' },
        side: 'client',
        example: 'Maximum reconnection attempts reached, giving up',
        explains: 'No attempt to reconnect succeeded. The reason is printed with the attempts.',
      },
      {
        id: 'reconnected',
        needle: 'Reconnection successful',
        pattern: /\bReconnection successful$/,
        said: { means: 'opened', application: 'socket.io' },
        side: 'client',
        example: 'Reconnection successful',
        explains: 'The connection is open again.',
      },
      {
        id: 'already-connected',
        needle: 'ConnectionError: Already connected',
        pattern: /\bConnectionError: Already connected\b/,
        said: { means: 'nothing-said', application: 'socket.io' },
        side: 'client',
        example: 'socketio.exceptions.ConnectionError: Already connected',
        explains: 'connect() was called on a client that is connected. The connection did not fail.',
      },
      {
        id: 'disconnected',
        needle: 'socketio.exceptions.DisconnectedError',
        pattern: /\bsocketio\.exceptions\.DisconnectedError\b/,
        said: { means: 'lost', application: 'socket.io' },
        side: 'client',
        example: 'socketio.exceptions.DisconnectedError',
        explains: 'The simple client used a connection that had ended, and did not get another.',
      },
    ]),
  ],
})
