import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'jetty',
  name: 'Jetty',
  side: 'server',
  mark: /\borg\.eclipse\.jetty\b|\bCloseReason\[/,
  phrases: [
    ...phrasesOf(
      'https://github.com/jetty/jetty.project/blob/jetty-12.0.x/jetty-core/jetty-websocket/jetty-websocket-core-common/src/main/java/org/eclipse/jetty/websocket/core/WebSocketConnection.java',
      [
        {
          id: 'idle',
          needle: 'Idle timeout expired',
          pattern: /\bIdle timeout expired: (\d{1,9})\/(\d{1,9}) ms/i,
          said: ([, , limit]) => ({ means: 'idle-timeout', limitMs: Number(limit) }),
          example: 'java.util.concurrent.TimeoutException: Idle timeout expired: 300001/300000 ms',
          explains:
            'This end’s own idle timer closed the connection: nothing was sent or received for that time.',
        },
        {
          id: 'connection-idle',
          needle: 'Connection Idle Timeout',
          pattern: /\bConnection Idle Timeout\b|\bWebSocketTimeoutException\b/i,
          said: { means: 'idle-timeout' },
          example:
            'org.eclipse.jetty.websocket.core.exception.WebSocketTimeoutException: Connection Idle Timeout',
          explains:
            'This end’s own idle timer closed the connection (30 s by default in Jetty 10 and later, 5 min before).',
        },
        {
          id: 'upgrade-status',
          needle: 'Failed to upgrade to websocket',
          pattern: /Failed to upgrade to websocket: Unexpected HTTP Response Status Code: (\d{3})/i,
          said: ([, status]) => saidOfStatus(status),
          side: 'client',
          example:
            'org.eclipse.jetty.websocket.api.UpgradeException: Failed to upgrade to websocket: Unexpected HTTP Response Status Code: 404 Not Found',
          explains: 'The server answered the handshake with this HTTP status in place of 101.',
        },
        {
          id: 'text-too-large',
          needle: 'Text message',
          pattern:
            /(?:Text|Binary) message (?:too large|size \[\d{1,12}\] exceeds maximum size \[\d{1,12}\])/i,
          said: { means: 'too-big' },
          example: 'Text message too large: 70000 > 65536',
          explains: 'A message was larger than this end accepts (64 KiB by default).',
        },
      ],
    ),
  ],
})
