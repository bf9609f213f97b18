import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'java-net-http',
  name: 'java.net.http',
  side: 'client',
  mark: /\bjava\.net\.http\b/,
  phrases: [
    ...phrasesOf(
      'https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/java/net/http/WebSocketHandshakeException.html',
      [
        {
          id: 'handshake',
          needle: 'WebSocketHandshakeException',
          pattern: /\bWebSocketHandshakeException\b/i,
          said: { means: 'bad-answer' },
          example: 'java.net.http.WebSocketHandshakeException',
          explains:
            'An answer came that is not a valid 101. getResponse() of the exception has its status and headers.',
        },
        {
          id: 'connect-timeout',
          needle: 'HttpConnectTimeoutException',
          pattern: /\bHttpConnectTimeoutException\b/i,
          said: { means: 'connect-timeout' },
          example: 'java.net.http.HttpConnectTimeoutException: HTTP connect timed out',
          explains: 'TCP did not connect in time.',
        },
        {
          id: 'handshake-timeout',
          needle: 'HttpTimeoutException',
          pattern: /\bHttpTimeoutException: request timed out/i,
          said: { means: 'handshake-timeout' },
          example: 'java.net.http.HttpTimeoutException: request timed out',
          explains: 'No answer to the handshake came in time.',
        },
        {
          id: 'closed',
          needle: 'HTTP/1.1 header parser received no bytes',
          pattern: /HTTP\/1\.1 header parser received no bytes|EOF reached while reading/i,
          said: { means: 'closed-before-answer' },
          example: 'java.io.IOException: HTTP/1.1 header parser received no bytes',
          explains: 'The server closed TCP without an answer.',
        },
        {
          id: 'output-closed',
          needle: 'Output closed',
          pattern: /\bjava\.io\.IOException: (?:Output closed|closed output)/i,
          said: { means: 'lost' },
          example: 'java.io.IOException: Output closed',
          explains: 'The program sent on a connection that had ended.',
        },
      ],
    ),
  ],
})
