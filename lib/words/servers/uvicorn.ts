import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/Kludex/uvicorn/blob/main/uvicorn'
const socket = `${repository}/protocols/websockets/websockets_impl.py`
const wsproto = `${repository}/protocols/websockets/wsproto_impl.py`
const http = `${repository}/protocols/http/h11_impl.py`
const server = `${repository}/server.py`
const hypercorn = 'https://github.com/pgjones/hypercorn/blob/main/src/hypercorn/logging.py'

export default defineProgram({
  id: 'uvicorn',
  name: 'uvicorn',
  side: 'server',
  mark: /\buvicorn\b|"WebSocket \S{1,500}"/,
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'accepted',
        needle: '"WebSocket /',
        pattern: /"WebSocket \/\S{0,2000}" \[accepted\]/,
        said: { means: 'opened' },
        example: 'uvicorn.error: 10.0.0.9:52044 - "WebSocket /ws" [accepted]',
        explains: 'The application accepted the connection, and uvicorn answered 101.',
      },
      {
        id: 'refused',
        needle: '"WebSocket /',
        pattern: /"WebSocket \/\S{0,2000}" ([345]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'uvicorn.error: 10.0.0.9:52044 - "WebSocket /ws" 403',
        explains:
          'The application refused the connection before it accepted. With Starlette and FastAPI a 403 is also an unknown route.',
      },
      {
        id: 'no-handshake',
        needle: 'ASGI callable returned without',
        pattern: /\bASGI callable returned without (?:sending|completing) handshake\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example: 'ERROR:    ASGI callable returned without sending handshake.',
        explains: 'The application ended without accepting or refusing. uvicorn answers 500.',
      },
      {
        id: 'application-failed',
        needle: 'Exception in ASGI application',
        pattern: /\bException in ASGI application\b/,
        said: { means: 'handler-failed' },
        example: 'ERROR:    Exception in ASGI application',
        explains:
          'The application raised an exception. Before accept it is a 500, after it a close with 1011 or 1006.',
      },
      {
        id: 'client-disconnected',
        needle: 'ClientDisconnected',
        pattern: /\buvicorn\.\S{1,80}\.ClientDisconnected\b/,
        said: { means: 'lost' },
        example: 'uvicorn.protocols.utils.ClientDisconnected',
        explains: 'The application sent a message on a connection that had already ended.',
      },
    ]),
    ...phrasesOf(wsproto, [
      {
        id: 'late-send',
        needle: "Unexpected ASGI message 'websocket.",
        pattern:
          /\bUnexpected ASGI message 'websocket\.(?:send|close|accept)', after sending 'websocket\.close'/,
        said: { means: 'lost' },
        example:
          "RuntimeError: Unexpected ASGI message 'websocket.send', after sending 'websocket.close' or response already completed.",
        explains: 'The application sent a message on a connection that had already ended.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'no-library',
        needle: 'WebSocket library detected',
        pattern: /\bNo supported WebSocket library detected\b/,
        said: { means: 'no-websocket-support' },
        example:
          "WARNING:  No supported WebSocket library detected. Please use \"pip install 'uvicorn[standard]'\", or install 'websockets' or 'wsproto' manually.",
        explains: 'uvicorn has no WebSocket library, so it answers the handshake as plain HTTP.',
      },
      {
        id: 'unsupported-upgrade',
        needle: 'Unsupported upgrade request',
        pattern: /\bUnsupported upgrade request\b/,
        said: { means: 'no-websocket-support', unsure: true },
        example: 'WARNING:  Unsupported upgrade request.',
        explains:
          'A request asked for an upgrade that uvicorn cannot do: no WebSocket library is installed, or it is not a WebSocket’s.',
      },
      {
        id: 'invalid-request',
        needle: 'Invalid HTTP request received',
        pattern: /\bInvalid HTTP request received\b/,
        said: { means: 'tls-garbled', unsure: true },
        example: 'WARNING:  Invalid HTTP request received.',
        explains: 'What arrived is not HTTP. A client that speaks TLS to this plain port does that.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'waiting-for-connections',
        needle: 'Waiting for connections to close',
        pattern: /\bWaiting for connections to close\. \(CTRL\+C to force quit\)/,
        said: { means: 'shutting-down' },
        example: 'INFO:     Waiting for connections to close. (CTRL+C to force quit)',
        explains: 'The server stops and closes its WebSockets with 1012.',
      },
      {
        id: 'reloading',
        needle: 'Reloading...',
        pattern:
          /\b(?:WatchFiles|StatReload|WatchGodReload|StatReloader) detected changes? in .{1,300}\. Reloading\.\.\./,
        said: { means: 'shutting-down' },
        example: "WARNING:  WatchFiles detected changes in 'app/main.py'. Reloading...",
        explains: 'A file changed, and the development server restarts. It closes its WebSockets.',
      },
      {
        id: 'request-limit',
        needle: 'Maximum request limit of',
        pattern: /\bMaximum request limit of \d{1,12} exceeded\. Terminating process/,
        said: { means: 'shutting-down' },
        example: 'WARNING:  Maximum request limit of 1000 exceeded. Terminating process.',
        explains: 'The worker reached limit_max_requests and stops. It closes its WebSockets.',
      },
      {
        id: 'graceful-timeout',
        needle: 'timeout graceful shutdown exceeded',
        pattern: /\btimeout graceful shutdown exceeded\b/,
        said: { means: 'shutting-down' },
        example: 'ERROR:    Cancel 3 running task(s), timeout graceful shutdown exceeded',
        explains: 'The server stops and did not wait longer for its connections.',
      },
    ]),
    ...phrasesOf(hypercorn, [
      {
        id: 'framework-error',
        needle: 'Error in ASGI Framework',
        pattern: /\bError in ASGI Framework\b/,
        said: { means: 'handler-failed' },
        example: '[ERROR] Error in ASGI Framework',
        explains: 'Under Hypercorn: the application raised an exception.',
      },
    ]),
  ],
})
