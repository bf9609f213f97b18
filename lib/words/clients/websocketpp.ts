import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const connection = 'https://github.com/zaphoyd/websocketpp/blob/master/websocketpp/impl/connection_impl.hpp'
const codes = 'https://github.com/zaphoyd/websocketpp/blob/master/websocketpp/processors/base.hpp'

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
    ...phrasesOf(codes, [
      {
        id: 'code-status',
        needle: 'websocketpp',
        pattern: /\b([2-5]\d\d) websocketpp\.processor:\d{1,3} Invalid HTTP status/,
        said: ([, status]) => saidOfStatus(status),
        example:
          '[fail] WebSocket Connection 127.0.0.1:80 v-2 "" /ws 403 websocketpp.processor:20 Invalid HTTP status.',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'code-frame',
        needle: 'websocketpp',
        pattern:
          /\bwebsocketpp\.processor:\d{1,3} \(?(?:Generic protocol violation|A payload contained invalid data|Invalid (?:use of reserved bits|message continuation|close code)|invalid opcode|Control messages|Payload length was not minimally|Clients may not send unmasked|Servers may not send masked|Unable to extract close code|Extracted close code|Reserved close code|Short )/,
        said: { means: 'frame' },
        example: 'handle_read_frame error: websocketpp.processor:8 (Invalid use of reserved bits)',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'code-header',
        needle: 'websocketpp',
        pattern:
          /\bwebsocketpp\.processor:\d{1,3} \(?(?:A required HTTP header is missing|Invalid HTTP (?:method|version))/,
        said: ([text]) => ({
          means: text.includes('version')
            ? 'http-version'
            : text.includes('method')
              ? 'plain-request'
              : 'handshake-header',
        }),
        side: 'server',
        example: 'Handshake ended with error: websocketpp.processor:11 (A required HTTP header is missing)',
        explains: 'The handshake lacks a header, or is no GET over HTTP/1.1.',
      },
      {
        id: 'code-too-big',
        isOfBothEnds: true,
        needle: 'websocketpp',
        pattern: /\bwebsocketpp\.processor:\d{1,3} \(?A message was too large/,
        said: { means: 'too-big' },
        example: 'handle_read_frame error: websocketpp.processor:3 (A message was too large)',
        explains: 'A message is larger than this end’s own max_message_size. It closes with 1009.',
      },
      {
        id: 'code-timeout',
        needle: 'handshake timed out',
        pattern: /\bThe (opening|closing) handshake timed out\b/,
        said: ([, which]) => ({ means: which === 'opening' ? 'handshake-timeout' : 'close-unanswered' }),
        example: '[disconnect] Failed: The opening handshake timed out',
        explains:
          'The other end did not answer the handshake, or the Close frame, within this end’s own timer.',
      },
      {
        id: 'code-tls',
        needle: 'websocketpp',
        pattern:
          /\bwebsocketpp\.transport\.asio(?:\.socket)?:\d{1,3} \(?(?:TLS handshake failed|TLS handshake timed out|TLS Short Read|Failed to set TLS SNI|Generic TLS)/,
        said: { means: 'tls-garbled' },
        example:
          '[fail] WebSocket Connection Unknown - "" - 0 websocketpp.transport.asio.socket:8 TLS handshake failed',
        explains: 'TLS failed, and the line does not say why.',
      },
      {
        id: 'code-proxy',
        needle: 'websocketpp',
        pattern: /\bwebsocketpp\.transport\.asio:\d{1,3} \(?(?:Proxy connection failed|Invalid proxy URI)/,
        said: { means: 'forward-proxy' },
        example: 'handle_connect error: websocketpp.transport.asio:2 (Proxy connection failed)',
        explains: 'The forward proxy could not make the tunnel.',
      },
      {
        id: 'code-connection',
        needle: 'websocketpp',
        pattern:
          /\bwebsocketpp(?:\.transport(?:\.asio)?)?:\d{1,3} \(?(?:Underlying Transport Error|Pass through from underlying transport|Bad Connection|HTTP connection ended)/,
        said: { means: 'lost' },
        example: 'handle_connect error: websocketpp.transport:2 (Underlying Transport Error)',
        explains: 'TCP failed. The line before it has the system’s error.',
      },
      {
        id: 'code-insecure',
        needle: 'endpoint not secure',
        pattern: /\bendpoint not secure\b/i,
        said: { means: 'not-built-in' },
        example: 'get_connection error: websocketpp:4 (endpoint not secure)',
        explains:
          'The address is wss://, and the program uses a configuration of WebSocket++ without TLS: it needs asio_tls_client in place of asio_client.',
      },
      {
        id: 'code-state',
        needle: 'websocketpp:',
        pattern: /\bwebsocketpp:\d{1,3} \(?(?:invalid state|send queue full|invalid uri)/,
        said: ([text]) => ({
          means: text.includes('queue')
            ? 'not-reading'
            : text.includes('uri')
              ? 'invalid-url'
              : 'used-too-early',
        }),
        example: 'send error: websocketpp:5 (invalid state)',
        explains:
          'The program used a connection that was not open, a queue that was full, or an address that is no WebSocket’s.',
      },
    ]),
  ],
})
