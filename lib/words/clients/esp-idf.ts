import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const transport = 'https://github.com/espressif/esp-idf/blob/master/components/tcp_transport/transport_ws.c'
const client =
  'https://github.com/espressif/esp-protocols/blob/master/components/esp_websocket_client/esp_websocket_client.c'

export default defineProgram({
  id: 'esp-idf',
  name: 'ESP-IDF',
  side: 'client',
  phrases: [
    ...phrasesOf(transport, [
      {
        id: 'no-accept',
        needle: 'Sec-WebSocket-Accept not found',
        pattern: /\bSec-WebSocket-Accept not found\b/,
        said: { means: 'bad-answer' },
        example: 'E (15775) transport_ws: Sec-WebSocket-Accept not found',
        explains: 'The answer is no 101 with an accept key: the server refused, or is no WebSocket server.',
      },
      {
        id: 'bad-key',
        needle: 'Invalid websocket key',
        pattern: /\bInvalid websocket key\b/,
        said: { means: 'bad-101' },
        example: 'E (15775) transport_ws: Invalid websocket key',
        explains: 'Sec-WebSocket-Accept is not the answer to the key that was sent.',
      },
      {
        id: 'no-answer',
        needle: 'response for Upgrade header',
        pattern: /\bError read response for Upgrade header\b/,
        said: { means: 'closed-before-answer', unsure: true },
        example: 'E (15775) transport_ws: Error read response for Upgrade header GET /ws HTTP/1.1',
        explains: 'The server ended the connection before it answered, or nothing came in time.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'esp_ws_handshake_status_code',
        pattern: /\besp_ws_handshake_status_code=([3-5]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'esp_transport_connect() failed with -1, transport_error=ESP_OK, tls_error_code=0, tls_flags=0, esp_ws_handshake_status_code=403, errno=119',
        explains: 'The handshake was answered with this HTTP status.',
      },
    ]),
  ],
})
