import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const ui = 'https://github.com/novnc/noVNC/blob/master/app/ui.js'
const kasm = 'https://github.com/kasmtech/KasmVNC/blob/master/common/network/websocket.c'
const rfb = 'https://github.com/novnc/noVNC/blob/master/core/rfb.js'
const websock = 'https://github.com/novnc/noVNC/blob/master/core/websock.js'

const application = 'websockify'

export default defineProgram({
  id: 'novnc',
  name: 'noVNC and KasmVNC',
  side: 'client',
  mark: /\bRFB failure\b|\bnoVNC\b/,
  phrases: [
    ...phrasesOf(rfb, [
      {
        id: 'state',
        needle: "New state '",
        pattern: /\bNew state '(?:connecting|disconnecting|disconnected)', was '\w{0,15}'/,
        said: { means: 'nothing-said', application },
        example: "New state 'disconnected', was 'disconnecting'.",
        explains: 'noVNC tells its own state. The lines beside it say why it changed.',
      },
      {
        id: 'state-connected',
        needle: "New state 'connected'",
        pattern: /\bNew state 'connected', was 'connecting'/,
        said: { means: 'opened', application },
        example: "New state 'connected', was 'connecting'.",
        explains: 'The WebSocket opened, and the VNC session on it began.',
      },
      {
        id: 'closed-connecting',
        needle: 'Failed when connecting: Connection closed',
        pattern:
          /\bFailed when connecting: Connection closed(?: \(code: (\d{4})(?:, reason: ([^)\n]{0,123}))?\))?/,
        said: ([, code, reason]) =>
          code === undefined || code === '1006'
            ? { means: 'lost', application }
            : {
                means: 'close',
                close: { code: Number(code), reason: reason ?? '', way: 'received' },
                application,
              },
        example: 'Failed when connecting: Connection closed (code: 1006)',
        explains:
          'The WebSocket did not open, or ended before the VNC handshake was finished. websockify could not reach the VNC server, or a proxy ended it.',
      },
      {
        id: 'server-disconnect',
        needle: 'Unexpected server disconnect ',
        pattern: /\bUnexpected server disconnect (?:before connecting|when already disconnected)\b/,
        said: { means: 'lost', application },
        example: 'Failed when connecting: Unexpected server disconnect before connecting (code: 1006)',
        explains: 'The WebSocket ended before noVNC had begun, or after it had ended its session.',
      },
      {
        id: 'disconnect-timeout',
        needle: 'Disconnection timed out',
        pattern: /\bDisconnection timed out\./,
        said: { means: 'close-unanswered', application },
        example: 'Disconnection timed out.',
        explains: 'noVNC closed the WebSocket, and its close event did not come within 3 s.',
      },
      {
        id: 'server-version',
        needle: 'Invalid server version ',
        pattern: /\bInvalid server version [^\n]{1,40}/,
        said: { means: 'application-protocol', application },
        example: 'Failed when connecting: Invalid server version HTTP/1.1 400',
        explains: 'What is behind the WebSocket is not a VNC server that noVNC knows.',
      },
      {
        id: 'security',
        needle: [
          'Unsupported security types',
          'Security negotiation failed',
          'Security handshake failed',
          'Unsupported auth scheme',
        ],
        pattern:
          /\b(?:Unsupported security types \(types: |Security negotiation failed on |Security handshake failed$|Unsupported auth scheme \(scheme: )/,
        said: { means: 'unauthorized', application },
        example:
          'Failed when connecting: Security negotiation failed on no security types (reason: Too many security failures)',
        explains:
          'The WebSocket is open, and the VNC server refused the password, or offers a way that noVNC does not know.',
      },
      {
        id: 'secure-context',
        needle: 'noVNC requires a secure context',
        pattern: /\bnoVNC requires a secure context \(TLS\)/,
        said: { means: 'nothing-said', application },
        example: 'noVNC requires a secure context (TLS). Expect crashes!',
        explains: 'The page was loaded over http://. The WebSocket may open all the same.',
      },
    ]),
    ...phrasesOf(websock, [
      {
        id: 'buffer',
        needle: 'Receive queue buffer exceeded',
        pattern: /\bReceive queue buffer exceeded \d/,
        said: { means: 'too-big', application },
        example: 'Receive queue buffer exceeded 40000000 bytes',
        explains: 'More arrived at once than noVNC’s own buffer takes.',
      },
      {
        id: 'used-closed',
        needle: 'Cannot use already closed WebSocket',
        pattern: /\bCannot use already closed WebSocket\/RTCDataChannel\b/,
        said: { means: 'lost', application },
        example: 'Error: Cannot use already closed WebSocket/RTCDataChannel',
        explains: 'The page gave noVNC a connection that had ended.',
      },
    ]),
    ...phrasesOf(ui, [
      {
        id: 'connected-failed',
        needle: 'Failed while connected',
        pattern: /\bFailed while connected: [^\n]{1,200}/,
        said: { means: 'dropped', application },
        example: 'Failed while connected: Disconnected unexpectedly',
        explains: 'The open connection ended.',
      },
      {
        id: 'something',
        needle: 'Something went wrong, connection is closed',
        pattern: /\bSomething went wrong, connection is closed\b/,
        said: { means: 'lost', application },
        example: 'Something went wrong, connection is closed',
        explains: 'noVNC’s page says that an open connection ended, and not in order.',
      },
      {
        id: 'error-event',
        needle: 'WebSocket on-error event',
        pattern: /\bWebSocket on-error event\b/,
        said: { means: 'nothing-said', application },
        example: 'WebSocket on-error event',
        explains: 'noVNC got an error event, which has no reason. The browser’s own line has it.',
      },
      {
        id: 'connected',
        needle: 'Connected (',
        pattern: /\bConnected \((?:un)?encrypted\) to \S/,
        said: { means: 'opened', application },
        example: 'Connected (unencrypted) to desk',
        explains: 'The connection is open, and VNC speaks.',
      },
    ]),
    ...phrasesOf(kasm, [
      {
        id: 'kasm-upgrade',
        needle: 'Invalid WS request, maybe a HTTP one',
        pattern: /\bInvalid WS request, maybe a HTTP one\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'websocket 0: Invalid WS request, maybe a HTTP one',
        explains: 'The request has no upgrade. A proxy left it out, or it is plain HTTP.',
      },
      {
        id: 'kasm-auth',
        needle: 'Authentication attempt failed',
        pattern:
          /\bAuthentication attempt failed, (?:BasicAuth required|wrong password|wrong user|user name)[^\n]{0,120}/,
        said: { means: 'unauthorized', status: 401 },
        side: 'server',
        example: "websocket 0: Authentication attempt failed, BasicAuth required, but client didn't send any",
        explains: 'KasmVNC wants Basic authentication, and the handshake has none or a wrong one.',
      },
      {
        id: 'kasm-plain',
        needle: 'non-SSL connection disallowed',
        pattern: /\bnon-SSL connection disallowed\b/,
        said: { means: 'plain-on-tls' },
        side: 'server',
        example: 'websocket 0: non-SSL connection disallowed',
        explains: 'Plain HTTP came to a port that takes TLS only.',
      },
    ]),
  ],
})
