import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const monitor =
  'https://github.com/rails/rails/blob/main/actioncable/app/javascript/action_cable/connection_monitor.js'
const connection =
  'https://github.com/rails/rails/blob/main/actioncable/app/javascript/action_cable/connection.js'

const application = 'actioncable'

export default defineProgram({
  id: 'actioncable',
  name: 'Action Cable (JavaScript client)',
  side: 'client',
  mark: /\[ActionCable\]/,
  phrases: [
    ...phrasesOf(monitor, [
      {
        id: 'stale',
        needle: 'detected stale connection',
        pattern:
          /ConnectionMonitor detected stale connection\.(?:[^\n]{0,120}?stale threshold = (\d{1,5}) s)?/,
        said: ([, seconds]) => ({
          means: 'ping-timeout',
          application,
          ...(seconds !== undefined && { limitMs: Number(seconds) * 1000 }),
        }),
        example:
          '[ActionCable] ConnectionMonitor detected stale connection. reconnectAttempts = 0, time stale = 7.1 s, stale threshold = 6 s',
        explains: 'No ping of the server came for 6 s (it sends one every 3 s), and the client gave up.',
      },
      {
        id: 'visible-again',
        needle: 'reopening stale connection on visibilitychange',
        pattern: /ConnectionMonitor reopening stale connection on visibilitychange/,
        said: { means: 'suspended', application },
        example:
          '[ActionCable] ConnectionMonitor reopening stale connection on visibilitychange. visibilityState = visible',
        explains: 'The tab was hidden, its connection ended meanwhile, and the client connects again.',
      },
    ]),
    ...phrasesOf(connection, [
      {
        id: 'opened',
        needle: 'WebSocket onopen event',
        pattern: /WebSocket onopen event, using '[^']{0,60}' subprotocol/,
        said: { means: 'opened', application },
        example: "[ActionCable] WebSocket onopen event, using 'actioncable-v1-json' subprotocol",
        explains: 'The WebSocket opened.',
      },
      {
        id: 'closed',
        needle: 'WebSocket onclose event',
        pattern: /\[ActionCable\] WebSocket onclose event/,
        said: { means: 'lost', application },
        example: '[ActionCable] WebSocket onclose event',
        explains: 'The connection ended, before or after it opened. The client does not print the code.',
      },
      {
        id: 'error',
        needle: 'WebSocket onerror event',
        pattern: /\[ActionCable\] WebSocket onerror event/,
        said: { means: 'nothing-said', application },
        example: '[ActionCable] WebSocket onerror event',
        explains: 'The browser reported an error event, which has no reason. The console has it.',
      },
      {
        id: 'subprotocol',
        needle: 'Protocol is unsupported',
        pattern: /Protocol is unsupported\. Stopping monitor and disconnecting/,
        said: { means: 'subprotocol', application },
        example: '[ActionCable] Protocol is unsupported. Stopping monitor and disconnecting.',
        explains: 'The server’s 101 names a subprotocol that this client does not speak.',
      },
      {
        id: 'unauthorized',
        needle: 'unauthorized',
        pattern: /(?:Disconnecting\. Reason: |"type":"disconnect","reason":")unauthorized\b/,
        said: { means: 'unauthorized', application },
        example: '[ActionCable] Disconnecting. Reason: unauthorized',
        explains: 'The server’s Connection#connect rejected the client (reject_unauthorized_connection).',
      },
      {
        id: 'invalid-request',
        needle: 'invalid_request',
        pattern: /(?:Disconnecting\. Reason: |"type":"disconnect","reason":")invalid_request\b/,
        said: { means: 'application-protocol', application },
        example: '{"type":"disconnect","reason":"invalid_request","reconnect":false}',
        explains: 'The server could not use the handshake: no subprotocol of Action Cable in it.',
      },
      {
        id: 'server-restart',
        needle: 'server_restart',
        pattern: /(?:Disconnecting\. Reason: |"type":"disconnect","reason":")server_restart\b/,
        said: { means: 'shutting-down', application },
        example: '[ActionCable] Disconnecting. Reason: server_restart',
        explains: 'The server restarts and asked the client to connect again.',
      },
      {
        id: 'remote',
        needle: 'remote',
        pattern: /(?:Disconnecting\. Reason: |"type":"disconnect","reason":")remote\b/,
        said: { means: 'closed-by-server', application },
        example: '[ActionCable] Disconnecting. Reason: remote',
        explains: 'The application disconnected this client (RemoteConnections).',
      },
      {
        id: 'rejected-subscription',
        needle: 'reject_subscription',
        pattern: /"type":"reject_subscription"/,
        said: { means: 'forbidden', application },
        example: '{"identifier":"{\\"channel\\":\\"ChatChannel\\"}","type":"reject_subscription"}',
        explains: 'The channel rejected the subscription. The WebSocket under it stays open.',
      },
      {
        id: 'reopening-failed',
        needle: '[ActionCable] Failed to reopen WebSocket',
        pattern: /\[ActionCable\] Failed to reopen WebSocket\b/,
        said: { means: 'nothing-said', application },
        example: '[ActionCable] Failed to reopen WebSocket',
        explains: 'Closing the old connection raised an exception, and the client tries again.',
      },
      {
        id: 'reopening',
        needle: '[ActionCable] ',
        pattern:
          /\[ActionCable\] (?:Reopening WebSocket\b|ConnectionMonitor (?:reopening\b|skipping reopening|recorded disconnect))/,
        said: { means: 'nothing-said', application },
        example: '[ActionCable] ConnectionMonitor reopening 1714557600000',
        explains: 'The connection ended, and the client opens another or waits a little.',
      },
      {
        id: 'opened-twice',
        needle: 'Existing connection must be closed before opening',
        pattern: /\bExisting connection must be closed before opening\b/,
        said: { means: 'nothing-said', application },
        example: 'Error: Existing connection must be closed before opening',
        explains: 'The program opens a consumer that is open. The connection did not fail.',
      },
    ]),
  ],
})
