import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'tyrus',
  name: 'Tyrus and JSR 356 clients',
  side: 'client',
  mark: /\b(?:javax|jakarta)\.websocket\b|\borg\.glassfish\.tyrus\b|\bDeploymentException\b/,
  phrases: [
    ...phrasesOf(
      'https://github.com/eclipse-ee4j/tyrus/blob/master/client/src/main/java/org/glassfish/tyrus/client/ClientManager.java',
      [
        {
          id: 'status',
          needle: 'did not permit the HTTP upgrade',
          pattern:
            /The HTTP response from the server \[(\d{3})\] did not permit the HTTP upgrade to WebSocket/i,
          said: ([, status]) => saidOfStatus(status),
          example:
            'javax.websocket.DeploymentException: The HTTP response from the server [403] did not permit the HTTP upgrade to WebSocket',
          explains: 'The server answered the handshake with this HTTP status in place of 101.',
        },
        {
          id: 'response-code',
          needle: 'Response code was not 101',
          pattern: /Response code was not 101: (\d{3})/i,
          said: ([, status]) => saidOfStatus(status),
          example: 'org.glassfish.tyrus.core.HandshakeException: Response code was not 101: 404.',
          explains: 'The server answered the handshake with this HTTP status in place of 101.',
        },
        {
          id: 'handshake-error',
          needle: 'Handshake error',
          pattern: /\b(?:DeploymentException|HandshakeException): Handshake error\.?/i,
          said: { means: 'bad-answer' },
          example: 'javax.websocket.DeploymentException: Handshake error.',
          explains:
            'The handshake was answered, and not with an acceptable 101. The cause below it has the reason.',
        },
        {
          id: 'handshake-timeout',
          needle: 'Handshake response not received',
          pattern: /Handshake response not received/i,
          said: { means: 'handshake-timeout' },
          example: 'javax.websocket.DeploymentException: Handshake response not received.',
          explains: 'No answer to the handshake came in time.',
        },
        {
          id: 'connection-failed',
          needle: 'Connection failed',
          pattern: /\bDeploymentException: Connection failed\.?/i,
          said: { means: 'no-connection' },
          example: 'javax.websocket.DeploymentException: Connection failed.',
          explains: 'TCP did not connect.',
        },
        {
          id: 'connect-failed',
          needle: 'The HTTP request to initiate the WebSocket connection',
          pattern: /The HTTP request to initiate the WebSocket connection (?:to \[[^\]]{1,400}\] )?failed/i,
          said: { means: 'no-connection' },
          example:
            'jakarta.websocket.DeploymentException: The HTTP request to initiate the WebSocket connection to [ws://a.test/ws] failed',
          explains:
            'The request could not be made, or its answer could not be read. The cause below it says which.',
        },
        {
          id: 'buffer',
          needle: 'too big for the output buffer',
          pattern:
            /The (?:decoded )?(?:text|binary) message was too big for the output buffer and the endpoint does not support partial messages/i,
          said: { means: 'too-big' },
          example:
            'The decoded text message was too big for the output buffer and the endpoint does not support partial messages',
          explains:
            'A message was larger than the buffer of the side that reports it (8 KiB by default in Tomcat and its client).',
        },
      ],
    ),
  ],
})
