import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const api =
  'https://docs.oracle.com/en/java/javase/25/docs/api/java.net.http/java/net/http/WebSocketHandshakeException.html'
const opening =
  'https://github.com/openjdk/jdk/blob/master/src/java.net.http/share/classes/jdk/internal/net/http/websocket/OpeningHandshake.java'
const socket =
  'https://github.com/openjdk/jdk/blob/master/src/java.net.http/share/classes/jdk/internal/net/http/websocket/WebSocketImpl.java'
const frames =
  'https://github.com/openjdk/jdk/blob/master/src/java.net.http/share/classes/jdk/internal/net/http/websocket/MessageDecoder.java'

export default defineProgram({
  id: 'java-net-http',
  name: 'java.net.http.WebSocket (JDK)',
  side: 'client',
  mark: /\bjava\.net\.http\b|\bjdk\.internal\.net\.http\b/,
  phrases: [
    ...phrasesOf(api, [
      {
        id: 'handshake-exception',
        needle: 'WebSocketHandshakeException',
        pattern: /\bjava\.net\.http\.WebSocketHandshakeException\b/,
        said: { means: 'bad-answer' },
        example: 'java.util.concurrent.CompletionException: java.net.http.WebSocketHandshakeException',
        explains: 'The server’s answer is not a good 101. getResponse() of the exception has its status.',
      },
    ]),
    ...phrasesOf(opening, [
      {
        id: 'status',
        needle: 'Unexpected HTTP response status code',
        pattern: /\b(?:CheckFailedException: )?Unexpected HTTP response status code:? (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'Caused by: jdk.internal.net.http.websocket.CheckFailedException: Unexpected HTTP response status code 403',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'bad-field',
        needle: 'CheckFailedException: ',
        pattern:
          /\bCheckFailedException: (?:Bad response field|Response field missing|Response field '|Bad WebSocket accept)/,
        said: { means: 'bad-101' },
        example:
          'Caused by: jdk.internal.net.http.websocket.CheckFailedException: Bad response field: upgrade',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'CheckFailedException: Unexpected',
        pattern: /\bCheckFailedException: Unexpected subprotocol\b/,
        said: { means: 'subprotocol' },
        example:
          'Caused by: jdk.internal.net.http.websocket.CheckFailedException: Unexpected subprotocol: chat',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'output-closed',
        needle: 'IOException: ',
        pattern: /\bjava\.io\.IOException: (?:Output closed|closed output)\b/,
        said: { means: 'lost' },
        example: 'java.util.concurrent.ExecutionException: java.io.IOException: Output closed',
        explains: 'The program sent on a connection that had already ended. onClose or onError said how.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'frame',
        needle: 'FailWebSocketException',
        pattern:
          /\bFailWebSocketException: (?:Unexpected (?:RSV|frame|opcode)|Bad |Masked frame|Fragmented|Incomplete|Incorrect)/,
        said: { means: 'frame' },
        example: 'jdk.internal.net.http.websocket.FailWebSocketException: Unexpected RSV1 bit',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
    ]),
  ],
})
