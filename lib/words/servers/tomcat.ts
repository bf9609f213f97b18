import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'tomcat',
  name: 'Tomcat and Spring',
  side: 'server',
  mark: /\borg\.apache\.(?:tomcat|catalina)\b|\borg\.springframework\b|\bo\.s\.w\.s\b/,
  phrases: [
    ...phrasesOf(
      'https://github.com/apache/tomcat/blob/main/java/org/apache/tomcat/websocket/LocalStrings.properties',
      [
        {
          id: 'session-timeout',
          needle: 'timeout expired',
          pattern: /The WebSocket session \[[^\]\n]{1,80}\] timeout expired/i,
          said: { means: 'idle-timeout' },
          example: 'The WebSocket session [1] timeout expired',
          explains: 'This end’s idle timer (maxIdleTimeout) closed the connection.',
        },
        {
          id: 'read-idle',
          needle: 'idle timeout',
          pattern:
            /The connection was closed as no data was (?:received|sent)|wsSession\.timeoutRead|Read idle timeout/i,
          said: { means: 'idle-timeout' },
          example: 'The WebSocket session was closed: Read idle timeout',
          explains: 'This end’s idle timer closed the connection.',
        },
        {
          id: 'broken-pipe',
          needle: 'Broken pipe',
          pattern: /\bClientAbortException: java\.io\.IOException: Broken pipe/i,
          said: { means: 'dropped' },
          example: 'org.apache.catalina.connector.ClientAbortException: java.io.IOException: Broken pipe',
          explains: 'The client had ended the connection when the server wrote to it.',
        },
      ],
    ),
    ...phrasesOf(
      'https://github.com/spring-projects/spring-framework/blob/main/spring-websocket/src/main/java/org/springframework/web/socket/server/support/AbstractHandshakeHandler.java',
      [
        {
          id: 'invalid-upgrade',
          needle: 'Handshake failed due to invalid Upgrade header',
          pattern: /Handshake failed due to invalid (?:Upgrade|Connection) header: ?(?:null|\S{0,80})/i,
          said: { means: 'upgrade-missing' },
          example: 'Handshake failed due to invalid Upgrade header: null',
          explains: 'The request reached Spring without an Upgrade header. A proxy before it removed it.',
        },
        {
          id: 'unsupported-version',
          needle: 'Handshake failed due to unsupported WebSocket version',
          pattern: /Handshake failed due to unsupported WebSocket version/i,
          said: { means: 'handshake-header' },
          example: 'Handshake failed due to unsupported WebSocket version: null. Supported versions: [13]',
          explains: 'Sec-WebSocket-Version is missing or not 13.',
        },
        {
          id: 'origin',
          needle: 'Handshake request rejected, Origin header value',
          pattern: /Handshake request rejected, Origin header value (\S{1,300}) not allowed/i,
          said: ([, origin = '']) => ({ means: 'origin-refused', origin }),
          example: 'Handshake request rejected, Origin header value https://app.example not allowed',
          explains: 'The page’s Origin is not in setAllowedOrigins of the endpoint.',
        },
        {
          id: 'interceptor',
          needle: 'HandshakeInterceptor',
          pattern: /\bHandshakeInterceptor\b[^\n]{0,80} returned false|returns false from beforeHandshake/i,
          said: { means: 'forbidden' },
          example:
            'HttpSessionHandshakeInterceptor returns false from beforeHandshake - precluding handshake',
          explains: 'A handshake interceptor of the application refused.',
        },
      ],
    ),
  ],
})
