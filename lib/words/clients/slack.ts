import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const client =
  'https://github.com/slackapi/node-slack-sdk/blob/main/packages/socket-mode/src/SocketModeClient.ts'
const socket =
  'https://github.com/slackapi/node-slack-sdk/blob/main/packages/socket-mode/src/SlackWebSocket.ts'
const messages = 'https://docs.slack.dev/apis/events-api/using-socket-mode/'

const application = 'slack'

export default defineProgram({
  id: 'slack',
  name: 'Slack (Socket Mode clients)',
  side: 'client',
  mark: /\bsocket-mode:|\bslack_(?:sdk|bolt)\b|\bSlackWebSocket\b/,
  phrases: [
    ...phrasesOf(messages, [
      {
        id: 'too-many',
        needle: 'too_many_websockets',
        pattern: /\btoo_many_websockets\b/,
        said: { means: 'too-many-connections', application },
        side: 'server',
        example:
          'socket-mode:SocketModeClient:0 Received "disconnect" (too_many_websockets) message - disconnecting.',
        explains:
          'Slack allows ten open connections to an app, and all are taken: old ones were never closed.',
      },
      {
        id: 'link-disabled',
        needle: 'link_disabled',
        pattern: /\blink_disabled\b/,
        said: { means: 'forbidden', application },
        side: 'server',
        example: 'Received "disconnect" (link_disabled) message - disconnecting.',
        explains: 'Socket Mode is switched off in the app’s settings.',
      },
      {
        id: 'refresh',
        needle: 'refresh_requested',
        pattern: /\brefresh_requested\b/,
        said: { means: 'lifetime', unsure: true, application },
        side: 'server',
        example: 'Received "disconnect" (refresh_requested) message - disconnecting. Will reconnect.',
        explains: 'Slack ends each connection after some hours, and asks for a new one in time.',
      },
      {
        id: 'warning',
        needle: '"disconnect"',
        pattern: /"disconnect" \((?:reason: )?warning\)|"type": ?"disconnect", ?"reason": ?"warning"/,
        said: { means: 'lifetime', unsure: true, application },
        side: 'server',
        example: 'socket-mode:SocketModeClient:0 Received "disconnect" (reason: warning) message',
        explains: 'Slack says that it ends the connection in about ten seconds.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'explicit-disconnect',
        needle: 'server explicit disconnect',
        pattern: /\bUnhandled event 'server explicit disconnect' in state '\w{1,30}'/,
        said: { means: 'shutting-down', unsure: true, application },
        example: "Error: Unhandled event 'server explicit disconnect' in state 'connecting'.",
        explains:
          'Slack asked the client to open a new connection while it was still opening one. Versions of the library before 2 stop at this.',
      },
      {
        id: 'pong-state',
        needle: "Unhandled event 'server p",
        pattern: /\bUnhandled event 'server p[io]ngs not received' in state '\w{1,30}'/,
        said: { means: 'ping-timeout', application },
        example: "Error: Unhandled event 'server pings not received' in state 'connecting'.",
        explains: 'No ping of Slack came in time.',
      },
      {
        id: 'url',
        needle: 'Failed to retrieve a new WSS URL',
        pattern: /\bFailed to retrieve a new WSS URL\b[^\n]{0,200}/,
        said: { means: 'nothing-said', application },
        example: 'Failed to retrieve a new WSS URL (error: Error: An API error occurred: invalid_auth)',
        explains:
          'The HTTP request for the socket’s address failed, before any WebSocket. The error behind it says why.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'no-ping',
        needle: "ping wasn't received from the server",
        pattern: /\bA ping wasn't received from the server before the timeout of (\d{1,9}) ?ms\b/,
        said: ([, ms]) => ({ means: 'ping-timeout', application, limitMs: Number(ms) }),
        example: "A ping wasn't received from the server before the timeout of 30000ms!",
        explains: 'No ping of Slack came in time, and the client gave up.',
      },
      {
        id: 'no-pong',
        needle: "pong wasn't received from the server",
        pattern: /\bA pong wasn't received from the server before the timeout of (\d{1,9}) ?ms\b/,
        said: ([, ms]) => ({ means: 'ping-timeout', application, limitMs: Number(ms) }),
        example: "A pong wasn't received from the server before the timeout of 5000ms!",
        explains: 'Slack did not answer the client’s ping in time, and the client gave up.',
      },
      {
        id: 'close-frame',
        needle: 'WebSocket close frame received',
        pattern: /\bWebSocket close frame received \(code: (1\d{3}|[34]\d{3}), reason: ([^\n)]{0,123})\)/,
        said: ([, code, reason = '']) => ({
          means: 'close',
          application,
          close: { code: Number(code), reason, way: 'received' },
        }),
        example: 'WebSocket close frame received (code: 1006, reason: )',
        explains: 'The connection ended with this code.',
      },
      {
        id: 'opened',
        needle: 'WebSocket open event received',
        pattern: /\bWebSocket open event received \(connection established\)/,
        said: { means: 'opened', application },
        example: 'socket-mode:SlackWebSocket:1 WebSocket open event received (connection established)!',
        explains: 'The WebSocket opened.',
      },
      {
        id: 'not-connected',
        needle: 'Failed to send a message as the client',
        pattern: /\bFailed to send a message as the client (?:is not connected|has no active connection)\b/,
        said: { means: 'used-too-early', application },
        example: 'Failed to send a message as the client is not connected',
        explains: 'The program sent while there was no connection.',
      },
    ]),
  ],
})
