import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/jupyter-server/jupyter_server/blob/main/jupyter_server'
const socket = `${repository}/base/websocket.py`
const handlers = `${repository}/base/handlers.py`
const channels = `${repository}/services/kernels/connection/channels.py`
const kernels = `${repository}/services/kernels/kernelmanager.py`

export default defineProgram({
  id: 'jupyter',
  name: 'Jupyter Server and Notebook',
  side: 'server',
  mark: /\[[DIWEC] .{10,40}(?:ServerApp|NotebookApp|LabApp|JupyterHub|SingleUser\w{0,20})\]|\/api\/kernels\//,
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'cross-origin',
        needle: 'Blocking Cross Origin WebSocket Attempt',
        pattern: /\bBlocking Cross Origin WebSocket Attempt\.\s{1,4}Origin: (\S{1,512}), Host: \S{1,300}/,
        said: ([, origin]) => ({ means: 'origin-refused', ...(origin !== undefined && { origin }) }),
        example:
          '[W 2026-05-01 10:00:00.000 ServerApp] Blocking Cross Origin WebSocket Attempt.  Origin: https://notes.example, Host: 127.0.0.1:8888',
        explains:
          'The Origin is not the Host that arrived, nor in allow_origin. A proxy that rewrites Host makes them differ. Jupyter answers 403.',
      },
      {
        id: 'not-authenticated',
        needle: "Couldn't authenticate",
        pattern: /\bCouldn't authenticate (?:WebSocket|\w{1,60}) connection/,
        said: { means: 'unauthorized', status: 403 },
        example: "[W 2026-05-01 10:00:00.000 ServerApp] Couldn't authenticate WebSocket connection",
        explains: 'The request had neither a valid cookie nor a token. Jupyter answers 403.',
      },
      {
        id: 'ping-timeout',
        needle: 'WebSocket ping timeout after',
        pattern: /\bWebSocket ping timeout after (\d{1,9}) ms/,
        said: ([, limit]) => ({ means: 'ping-timeout', limitMs: Number(limit) }),
        example: '[W 2026-05-01 10:00:00.000 ServerApp] WebSocket ping timeout after 90001 ms.',
        explains: 'Jupyter’s own ping went unanswered, and it closed the connection.',
      },
      {
        id: 'opening',
        needle: 'Opening websocket /',
        pattern: /\bOpening websocket \/\S{1,500}/,
        said: { means: 'opened' },
        example: '[D 2026-05-01 10:00:00.000 ServerApp] Opening websocket /api/kernels/0d1f/channels',
        explains: 'The handshake was accepted.',
      },
    ]),
    ...phrasesOf(handlers, [
      {
        id: 'forbidden-page',
        needle: '403 : Forbidden',
        pattern: /\bJupyter\b[^\n]{0,400}\b403 : Forbidden\b/,
        said: { means: 'unauthorized', status: 403 },
        example: 'Jupyter Server 403 : Forbidden',
        explains:
          'Jupyter’s own page for a refusal. To a WebSocket it is nearly always the missing cookie or token; a foreign Origin is the other reason.',
      },
      {
        id: 'non-local-host',
        needle: "Blocking request with non-local 'Host'",
        pattern: /\bBlocking request with non-local 'Host' \S{1,300}/,
        said: { means: 'host-refused' },
        example:
          "[W 2026-05-01 10:00:00.000 ServerApp] Blocking request with non-local 'Host' notes.example (notes.example). If the server should be accessible at that name, set ServerApp.local_hostnames to include it.",
        fix: 'Add the host that the line names to ServerApp.local_hostnames, or set ServerApp.allow_remote_access where Jupyter is meant to be reached from elsewhere.',
        explains:
          'The Host of the request is not a local name, and allow_remote_access is off. Jupyter answers 403.',
      },
    ]),
    ...phrasesOf(channels, [
      {
        id: 'stale-connection',
        needle: 'Replacing stale connection',
        pattern: /\bReplacing stale connection: \S{1,120}/,
        said: { means: 'nothing-said' },
        example: '[W 2026-05-01 10:00:00.000 ServerApp] Replacing stale connection: 0d1f:9b7c',
        explains:
          'The same page connected again while Jupyter still held its old connection: that one was cut without a word.',
      },
      {
        id: 'websocket-closed',
        needle: 'Websocket closed ',
        pattern: /\bWebsocket closed [0-9a-f-]{8,36}:\S{1,80}/i,
        said: { means: 'lost' },
        example:
          '[D 2026-05-01 10:00:00.000 ServerApp] Websocket closed 007c6099-febe-40b3-847c-5d90bcc4cf4b:9b7c41d2',
        explains: 'The connection ended. How is not said.',
      },
      {
        id: 'no-session-id',
        needle: 'No session ID specified',
        pattern: /\bNo session ID specified\b/,
        said: { means: 'nothing-said' },
        example: '[W 2026-05-01 10:00:00.000 ServerApp] No session ID specified',
        explains: 'The client sent no session_id. The connection works all the same.',
      },
    ]),
    ...phrasesOf(kernels, [
      {
        id: 'kernel-unknown',
        needle: 'Kernel does not exist',
        pattern: /\bKernel does not exist: \S{1,60}/,
        said: { means: 'session-unknown', status: 404, unsure: true },
        example:
          '[W 2026-05-01 10:00:00.000 ServerApp] 404 GET /api/kernels/0d1f/channels (127.0.0.1): Kernel does not exist: 0d1f',
        explains: 'This server has no kernel of that id: it was restarted, or another server has it.',
      },
    ]),
    ...phrasesOf(kernels, [
      {
        id: 'buffering',
        needle: 'Starting buffering for',
        pattern: /\bStarting buffering for [0-9a-f-]{8,36}:\S{1,80}/,
        said: { means: 'ended' },
        example:
          '[I 18:28:44.838 NotebookApp] Starting buffering for 3cb287ba-cc3c-40c8-918c-da55cf1a7cb6:2c148ae5',
        explains:
          'The page is gone, and the server keeps the kernel’s messages until it comes back. It is not a failure.',
      },
      {
        id: 'restoring',
        needle: 'Restoring connection for',
        pattern: /\bRestoring connection for [0-9a-f-]{8,36}:\S{1,80}/,
        said: { means: 'opened' },
        example:
          '[I 18:29:00.145 NotebookApp] Restoring connection for 3cb287ba-cc3c-40c8-918c-da55cf1a7cb6:2c148ae5',
        explains: 'The page is back, on a new WebSocket, and takes up its session.',
      },
      {
        id: 'replaying',
        needle: 'buffered messages',
        pattern: /\bReplaying \d{1,9} buffered messages\b/,
        said: { means: 'opened' },
        example: '[I 18:29:00.145 NotebookApp] Replaying 15 buffered messages',
        explains: 'The page is back, and the server sends what came while it was away.',
      },
      {
        id: 'discarding',
        needle: 'buffered messages for',
        pattern: /\bDiscarding \d{1,9} buffered messages for \S{1,120}/,
        said: { means: 'ended' },
        example:
          '[I 18:29:00.145 NotebookApp] Discarding 15 buffered messages for 3cb287ba-cc3c-40c8-918c-da55cf1a7cb6:2c148ae5',
        explains: 'The page did not come back with its session, and the server drops what it kept for it.',
      },
    ]),
  ],
})
