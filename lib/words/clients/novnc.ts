import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const rfb = 'https://github.com/novnc/noVNC/blob/master/core/rfb.js'
const websock = 'https://github.com/novnc/noVNC/blob/master/core/websock.js'

const application = 'websockify'

export default defineProgram({
  id: 'novnc',
  name: 'noVNC',
  side: 'client',
  mark: /\bRFB failure\b|\bnoVNC\b/,
  phrases: [
    ...phrasesOf(rfb, [
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
  ],
})
