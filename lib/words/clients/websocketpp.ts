import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const connection = 'https://github.com/zaphoyd/websocketpp/blob/master/websocketpp/impl/connection_impl.hpp'

export default defineProgram({
  id: 'websocketpp',
  name: 'WebSocket++',
  side: 'client',
  phrases: [
    ...phrasesOf(connection, [
      {
        id: 'status',
        needle: 'Handshake ended with HTTP error',
        pattern: /\bHandshake ended with HTTP error: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: '[error] Handshake ended with HTTP error: 403',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-answer',
        needle: 'Server handshake response error',
        pattern: /\bServer handshake response error: websocketpp\.processor:\d{1,3} \(Invalid HTTP status/,
        said: { means: 'bad-answer' },
        example: '[error] Server handshake response error: websocketpp.processor:20 (Invalid HTTP status.)',
        explains: 'The handshake was answered, and not with 101.',
      },
      {
        id: 'eof-handshake',
        needle: 'End of File',
        pattern: /\bhandle_read_(?:http_response|handshake) error: \S{1,60} \(End of File\)/,
        said: { means: 'closed-before-answer' },
        example: '[error] handle_read_http_response error: websocketpp.transport:7 (End of File)',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'eof-frame',
        needle: 'End of File',
        pattern: /\bhandle_read_frame error: \S{1,60} \(End of File\)/,
        said: { means: 'dropped' },
        example: '[info] handle_read_frame error: websocketpp.transport:7 (End of File)',
        explains: 'The open connection ended without a Close frame.',
      },
      {
        id: 'timeout',
        needle: 'Timer Expired',
        pattern: /\bhandle_connect error: Timer Expired\b/,
        said: { means: 'connect-timeout' },
        example: '[error] handle_connect error: Timer Expired',
        explains: 'TCP did not connect in time.',
      },
      {
        id: 'tls',
        needle: 'TLS handshake failed',
        pattern: /\(TLS handshake failed\)/,
        said: { means: 'tls-garbled' },
        example: 'handle_transport_init received error: TLS handshake failed (TLS handshake failed)',
        explains: 'TLS failed, and the line does not say why.',
      },
      {
        id: 'disconnect',
        needle: 'Disconnect close local:',
        pattern:
          /\bDisconnect close local:\[(\d{4})(?:,([^\]\n]{0,123}))?\] remote:\[(\d{4})(?:,([^\]\n]{0,123}))?\]/,
        said: ([, local, said, remote, reason]) => ({
          means: 'close',
          close:
            remote === '1005' || remote === '1006'
              ? { code: Number(local), reason: said ?? '' }
              : { code: Number(remote), reason: reason ?? '', way: 'received' },
        }),
        example: '[disconnect] Disconnect close local:[1000] remote:[1011,internal error]',
        explains: 'The codes that both ends gave.',
      },
    ]),
  ],
})
