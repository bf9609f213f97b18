import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const arbiter = 'https://github.com/benoitc/gunicorn/blob/master/gunicorn/arbiter.py'
const workers = 'https://docs.gunicorn.org/en/stable/design.html'
const asgi = 'https://github.com/benoitc/gunicorn/blob/master/gunicorn/asgi/websocket.py'
const httpServer = 'https://github.com/python/cpython/blob/main/Lib/http/server.py'

export default defineProgram({
  id: 'gunicorn',
  name: 'gunicorn and Werkzeug',
  side: 'server',
  mark: /\[\d{1,8}\] \[(?:INFO|WARNING|ERROR|CRITICAL)\]|\bgunicorn\b|\bwerkzeug\b/,
  phrases: [
    ...phrasesOf(arbiter, [
      {
        id: 'worker-timeout',
        needle: 'WORKER TIMEOUT',
        pattern: /\bWORKER TIMEOUT \(pid:\d{1,9}\)/,
        said: { means: 'stalled' },
        example: '[2026-05-01 10:00:30 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)',
        explains:
          'A worker gave no sign of life for timeout (30 s), and gunicorn killed it with its connections. A sync worker that holds a WebSocket does that.',
      },
      {
        id: 'worker-killed',
        needle: ['was sent SIG', 'Worker (pid:', 'Worker with pid '],
        pattern:
          /\bWorker (?:\(pid:\d{1,9}\)|with pid \d{1,9}) was (?:sent|terminated due to signal) (?:SIGKILL|SIGABRT|SIGSEGV|9|6|11)\b/,
        said: { means: 'dropped' },
        example:
          '[2026-05-01 10:00:31 +0000] [7] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?',
        explains: 'A worker was killed, and its connections were dropped without a Close frame.',
      },
      {
        id: 'worker-exited',
        needle: 'exited with code',
        pattern: /\bWorker \(pid:\d{1,9}\) exited with code [1-9]\d{0,2}\b/,
        said: { means: 'process-ended' },
        example: '[2026-05-01 10:00:31 +0000] [7] [ERROR] Worker (pid:9) exited with code 1.',
        explains: 'A worker ended with an error, and its connections with it.',
      },
      {
        id: 'boot-failed',
        needle: ['Worker failed to boot', 'App failed to load', 'Exception in worker process'],
        pattern:
          /\bReason: (?:Worker failed to boot|App failed to load)\b|\] Exception in worker process(?:$|:)/,
        said: { means: 'nothing-said' },
        example: '[2026-05-01 10:00:31 +0000] [7] [ERROR] Reason: Worker failed to boot.',
        explains:
          'The application could not be loaded, and gunicorn stops: nothing accepts connections. The traceback above says why.',
      },
      {
        id: 'graceful-timeout',
        needle: 'Worker graceful timeout',
        pattern: /\bWorker graceful timeout \(pid:\d{1,9}\)/,
        said: { means: 'shutting-down' },
        example: '[2026-05-01 10:00:31 +0000] [9] [WARNING] Worker graceful timeout (pid:9)',
        explains:
          'A worker that stops still had connections after graceful_timeout (30 s), and dropped them.',
      },
      {
        id: 'request-failed',
        needle: ['Error handling request', 'Socket error processing request'],
        pattern:
          /\bError handling request (?:(?:[A-Z]{3,8} )?\/\S{0,2000}|\(no URI read\))|\bSocket error processing request\b/,
        said: { means: 'nothing-said' },
        example:
          '[2026-05-01 10:00:31 +0000] [9] [ERROR] Error handling request /socket.io/?EIO=4&transport=websocket',
        explains:
          'The worker failed while it answered this request. The traceback below says why; below WORKER TIMEOUT it is the kill itself.',
      },
      {
        id: 'invalid-request',
        needle: 'Invalid request from ip=',
        pattern: /\bInvalid request from ip=\S{1,60}: /,
        said: { means: 'handshake-header', unsure: true },
        example:
          "[2026-05-01 10:00:31 +0000] [9] [WARNING] Invalid request from ip=10.0.0.9: Invalid HTTP Version: 'HTTP/0.9'",
        explains:
          'What arrived is not a request that gunicorn can read. TLS on a plain port looks like this, too.',
      },
      {
        id: 'address-in-use',
        needle: ['Connection in use: (', "Can't connect to ("],
        pattern: /\] (?:Connection in use: \(|Can't connect to \(['"])/,
        said: { means: 'nothing-said' },
        example: "[2026-05-01 10:00:00 +0000] [7] [ERROR] Connection in use: ('0.0.0.0', 5000)",
        explains: 'Another program has this port, and gunicorn does not start.',
      },
      {
        id: 'shutting-down',
        needle: 'Shutting down: Master',
        pattern: /\bShutting down: Master\b/,
        said: { means: 'shutting-down' },
        example: '[2026-05-01 10:00:00 +0000] [7] [INFO] Shutting down: Master',
        explains: 'gunicorn stops, and its connections end.',
      },
      {
        id: 'signal',
        needle: 'Handling signal: ',
        pattern: /\bHandling signal: (?:term|int|quit|hup)\b/,
        said: { means: 'shutting-down' },
        example: '[2026-05-01 10:00:00 +0000] [7] [INFO] Handling signal: term',
        explains: 'gunicorn was told to stop or to reload, and its connections end.',
      },
      {
        id: 'max-requests',
        needle: 'Autorestarting worker after current request',
        pattern: /\bAutorestarting worker after current request\b/,
        said: { means: 'shutting-down' },
        example: '[2026-05-01 10:00:00 +0000] [9] [INFO] Autorestarting worker after current request.',
        explains: 'A worker reached max_requests and is replaced. Its WebSockets end after graceful_timeout.',
      },
    ]),
    ...phrasesOf('https://github.com/pallets/flask/blob/main/src/flask/app.py', [
      {
        id: 'flask-exception',
        needle: 'Exception on ',
        pattern: /\bERROR in \w{1,60}: Exception on \/\S{0,1000} \[[A-Z]{3,8}\]$/,
        said: { means: 'nothing-said' },
        example: '[2026-05-01 10:00:00,000] ERROR in app: Exception on /ws [GET]',
        explains: 'A view of Flask failed. The last line of the traceback below has the reason.',
      },
    ]),
    ...phrasesOf(workers, [
      {
        id: 'no-socket',
        needle: 'socket from WSGI environment',
        pattern: /\bCannot obtain socket from WSGI environment\b/,
        said: { means: 'no-websocket-support' },
        example: 'RuntimeError: Cannot obtain socket from WSGI environment.',
        explains:
          'simple-websocket found no socket under this server and worker class. It needs gthread, gevent or eventlet.',
      },
      {
        id: 'simple-websocket-refused',
        needle: 'simple_websocket.errors.ConnectionError',
        pattern: /\bsimple_websocket\.errors\.ConnectionError: Connection error: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'simple_websocket.errors.ConnectionError: Connection error: 403',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'simple-websocket-closed',
        needle: 'simple_websocket.errors.ConnectionClosed',
        pattern:
          /\bsimple_websocket\.errors\.ConnectionClosed: Connection closed: (\d{4})(?: ([^\n]{1,123}))?/,
        said: ([, code, reason]) => ({
          means: 'close',
          close: { code: Number(code), reason: reason ?? '', ...(code !== '1006' && { way: 'received' }) },
        }),
        example: 'simple_websocket.errors.ConnectionClosed: Connection closed: 1001',
        explains: 'Ended with this code. 1006: TCP ended without a Close frame.',
      },
      {
        id: 'write-before-start',
        needle: 'write() before start_response',
        pattern: /\bAssertionError: write\(\) before start_response\b/,
        said: { means: 'nothing-said' },
        example: 'AssertionError: write() before start_response',
        explains: 'Werkzeug complains when a WebSocket that it served ends. It is not a reason for the end.',
      },
    ]),
    ...phrasesOf(asgi, [
      {
        id: 'asgi-failed',
        needle: 'ASGI application',
        pattern: /\bError in (?:WebSocket )?ASGI application\b/,
        said: { means: 'handler-failed' },
        example: '[2026-05-01 10:00:00 +0000] [9] [ERROR] Error in WebSocket ASGI application',
        explains: 'The application raised an exception, and its connection ends.',
      },
    ]),
    ...phrasesOf(httpServer, [
      {
        id: 'tls-to-plain',
        needle: '\\x16\\x03',
        pattern:
          /(?:Bad (?:request version|HTTP\/0\.9 request type|request syntax)|Invalid (?:method|HTTP method|request line|HTTP request line)[^\n]{0,60}?) ?[(:]?[^\n]{0,12}\\x16\\x03/i,
        said: { means: 'tls-garbled' },
        example: "code 400, message Bad request version ('\\x16\\x03\\x01\\x02\\x00')",
        explains:
          'A client spoke TLS to this port, which speaks plain HTTP. Bytes 16 03 begin a TLS handshake.',
      },
      {
        id: 'bytes-to-plain',
        needle: 'Bad request version',
        pattern: /\bBad request version \('[^'\n]{0,200}?(?:\\x[01]|[^ -~])/,
        said: { means: 'tls-garbled' },
        example: "code 400, message Bad request version ('À\\x13À')",
        explains: 'What arrived is not HTTP. A client that speaks TLS to this plain port looks like this.',
      },
    ]),
  ],
})
