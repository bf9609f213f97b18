import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const proxy = 'https://github.com/novnc/websockify/blob/master/websockify/websocketproxy.py'
const server = 'https://github.com/novnc/websockify/blob/master/websockify/websockifyserver.py'
const socket = 'https://github.com/novnc/websockify/blob/master/websockify/websocket.py'

export default defineProgram({
  id: 'websockify',
  name: 'websockify (noVNC)',
  side: 'proxy',
  mark: /\bFailed to connect to \S{1,255}:\d{1,5}: |\bWebSocket connection$|\b(?:Target|Client) closed connection\b|\bhandler exception: /,
  phrases: [
    ...phrasesOf(server, [
      {
        id: 'plain-get',
        needle: 'Specified method is invalid for this resource',
        pattern: /\b405 - Specified method is invalid for this resource\b/,
        said: { means: 'upgrade-missing', status: 405 },
        side: 'server',
        example: 'Error code explanation: 405 - Specified method is invalid for this resource.',
        explains:
          'websockify answers 405 to a GET without an upgrade. A proxy left the headers out, or it is plain HTTP.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'target-refused',
        needle: 'Failed to connect to ',
        pattern: /\bFailed to connect to \S{1,255}:\d{1,5}: \[Errno (?:111|61|10061)\][^\n]{0,80}/,
        said: {
          means: 'backend-refused',
          close: { code: 1011, reason: 'Failed to connect to downstream server', way: 'sent' },
        },
        example:
          '172.20.0.1 - - [01/May/2026 10:00:00] Failed to connect to localhost:5900: [Errno 111] Connection refused',
        explains:
          'The VNC server, or other target, does not accept connections. websockify closes with 1011.',
      },
      {
        id: 'handler-refused',
        needle: 'handler exception: [Errno ',
        pattern: /\bhandler exception: \[Errno (?:111|61|10061)\][^\n]{0,80}/,
        said: { means: 'backend-refused' },
        example: 'handler exception: [Errno 111] Connection refused',
        explains: 'An older websockify: the VNC server, or other target, does not accept connections.',
      },
      {
        id: 'target-failed',
        needle: 'Failed to connect to ',
        pattern: /\bFailed to connect to \S{1,255}:\d{1,5}: (?!\[Errno (?:111|61|10061)\])[^\n]{1,120}/,
        said: {
          means: 'backend-unresolved',
          close: { code: 1011, reason: 'Failed to connect to downstream server', way: 'sent' },
        },
        example:
          '172.20.0.1 - - [01/May/2026 10:00:00] Failed to connect to vnc:5900: [Errno -2] Name or service not known',
        explains: 'websockify cannot reach its target. It closes with 1011.',
      },
      {
        id: 'downstream',
        needle: 'Failed to connect to downstream server',
        pattern: /\bFailed to connect to downstream server\b/,
        said: {
          means: 'backend-refused',
          close: { code: 1011, reason: 'Failed to connect to downstream server' },
        },
        example: 'Failed to connect to downstream server',
        explains:
          'The reason of websockify’s 1011: its target, such as a VNC server, does not accept connections.',
      },
      {
        id: 'connecting',
        needle: 'connecting to: ',
        pattern: /\bconnecting to: \S{1,255}:\d{1,5}/,
        said: { means: 'connecting' },
        example: '172.20.0.1 - - [01/May/2026 10:00:00] connecting to: localhost:5900',
        explains: 'The WebSocket is open, and websockify connects to its target.',
      },
      {
        id: 'target-closed',
        needle: 'arget',
        pattern: /\b(?:Target closed connection|Closed target)\b/,
        said: { means: 'closed-by-server', close: { code: 1000, reason: 'Target closed', way: 'sent' } },
        example: '172.20.0.1 - - [01/May/2026 10:01:00] localhost:5900: Target closed connection',
        explains: 'The target closed TCP, and websockify closes the WebSocket with 1000.',
      },
      {
        id: 'client-closed',
        needle: 'Client closed connection',
        pattern: /\bClient closed connection\b/,
        said: { means: 'closed-by-client' },
        example: '172.20.0.1 - - [01/May/2026 10:01:00] localhost:5900: Client closed connection',
        explains: 'The browser sent a Close frame.',
      },
      {
        id: 'token',
        needle: 'oken',
        pattern: /\bToken (?:'[^'\n]{0,200}' not found|not present)\b/,
        said: { means: 'forbidden' },
        example: "handler exception: Token 'desk-7' not found",
        explains: 'The token in the address names no target of websockify’s token file.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'opened',
        needle: 'WebSocket connection',
        pattern: /\b(?:Plain non-SSL \(ws:\/\/\)|SSL\/TLS \(wss:\/\/\)) WebSocket connection/,
        said: { means: 'opened' },
        example:
          '172.20.0.1 - - [01/May/2026 10:00:00] 172.20.0.1: Plain non-SSL (ws://) WebSocket connection',
        explains: 'The handshake was accepted.',
      },
      {
        id: 'plain-disallowed',
        needle: 'non-SSL connection received but disallowed',
        pattern: /\bnon-SSL connection received but disallowed\b/,
        said: { means: 'plain-on-tls' },
        example: '172.20.0.1: non-SSL connection received but disallowed',
        explains: 'A client spoke plain HTTP, and websockify runs with --ssl-only.',
      },
      {
        id: 'no-certificate',
        needle: 'SSL connection but ',
        pattern: /\bSSL connection but (?:'[^'\n]{0,300}' not found|no 'ssl' module)/,
        said: { means: 'tls-garbled' },
        example: "172.20.0.1: SSL connection but '/self.pem' not found",
        explains: 'A client spoke TLS, and websockify has no certificate for it.',
      },
      {
        id: 'subprotocol',
        needle: 'Client must support ',
        pattern:
          /\bClient must support (?:'binary' or 'base64'|binary or base64|the 'binary') (?:sub-?)?protocol\b/,
        said: { means: 'subprotocol', status: 400 },
        side: 'server',
        example: "code 400, message Client must support 'binary' or 'base64' protocol",
        explains:
          'websockify before 0.9 takes only clients that ask for the subprotocol binary or base64. noVNC from 1.0 on asks for none unless wsProtocols says so.',
      },
      {
        id: 'method-not-allowed',
        needle: 'code 405, message Method Not Allowed',
        pattern: /\bcode 405, message Method Not Allowed\b/,
        said: { means: 'upgrade-missing', status: 405 },
        side: 'server',
        example: '172.20.0.1 - - [01/May/2026 10:00:00] code 405, message Method Not Allowed',
        explains:
          'A request without Upgrade: websocket came, and websockify serves no files. A proxy left the header out.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'upgrade-missing',
        needle: 'Missing or incorrect upgrade header',
        pattern: /\bMissing or incorrect upgrade header\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'handler exception: Missing or incorrect upgrade header',
        explains: 'The request has no Upgrade: websocket. A proxy left it out, or it is plain HTTP.',
      },
      {
        id: 'denied',
        needle: 'WebSocket request denied: ',
        pattern: /\bWebSocket request denied: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'WebSocket request denied: 403 Forbidden',
        explains: 'websockify as a client: the server answered the handshake with this status.',
      },
    ]),
  ],
})
