import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const transport = 'https://github.com/espressif/esp-idf/blob/master/components/tcp_transport/transport_ws.c'
const tls = 'https://github.com/espressif/esp-idf/blob/master/components/esp-tls/esp_tls.c'
const client =
  'https://github.com/espressif/esp-protocols/blob/master/components/esp_websocket_client/esp_websocket_client.c'

export default defineProgram({
  id: 'esp-idf',
  name: 'ESP-IDF',
  side: 'client',
  mark: /\b(?:websocket_client|transport_(?:ws|base)|esp-tls|TRANSPORT_WS|WEBSOCKET_CLIENT): /,
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
      {
        id: 'not-connected',
        needle: 'Error connecting to',
        pattern: /\bError connecting to (?:the ws )?host\b|\bError connecting to host \S{1,260}/,
        said: { means: 'no-connection' },
        example: 'E (5320) transport_ws: Error connecting to host app.example:443',
        explains: 'TCP or TLS did not connect. The lines above say why.',
      },
      {
        id: 'read-failed',
        needle: ['Error read data', 'Error reading payload data', 'Error transport_poll_read'],
        pattern: /\btransport_ws: (?:Error read(?:ing payload)? data|Error transport_poll_read)\b/i,
        said: { means: 'lost', phase: 'open' },
        example: 'E (12862) transport_ws: Error read data',
        explains: 'The connection ended while the device read from it.',
      },
      {
        id: 'poll-failed',
        needle: 'esp_transport_poll_read() failed',
        pattern: /\bNetwork error: esp_transport_poll_read\(\) failed\b/,
        said: { means: 'lost', phase: 'open' },
        example: 'E (65244) websocket_client: Network error: esp_transport_poll_read() failed with -1',
        explains: 'The connection ended while the device waited for something to read.',
      },
      {
        id: 'event-disconnected',
        needle: 'WEBSOCKET_EVENT_DISCONNECTED',
        pattern: /\bWEBSOCKET_EVENT_DISCONNECTED\b/,
        said: { means: 'lost' },
        example: 'I (5100) WEBSOCKET: WEBSOCKET_EVENT_DISCONNECTED',
        explains:
          'The client of ESP-IDF has no connection any more, or got none. The lines around it say why.',
      },
    ]),
    ...phrasesOf(tls, [
      {
        id: 'failed-to-open',
        needle: 'Failed to open',
        pattern: /\b(?:esp-tls|transport_base): Failed to open (?:a )?new connection\b/,
        said: { means: 'no-connection', unsure: true },
        example: 'E (7133) esp-tls: Failed to open new connection',
        explains: 'TCP or TLS did not connect. The line above says which.',
      },
      {
        id: 'no-name',
        needle: "couldn't get hostname for",
        pattern: /\bcouldn't get hostname for :(\S{1,253}):/,
        said: { means: 'dns-failure' },
        example:
          "E (5320) esp-tls: couldn't get hostname for :app.example: getaddrinfo() returns 202, addrinfo=0x0",
        explains: 'The host name has no address in DNS, or the device has no network yet.',
      },
      {
        id: 'connect-timeout',
        needle: 'select() timeout',
        pattern: /\besp-tls: (?:\[sock=\d{1,6}\] )?select\(\) timeout\b/,
        said: { means: 'connect-timeout' },
        example: 'E (9999) esp-tls: [sock=54] select() timeout',
        explains: 'TCP got no answer in time.',
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
      {
        id: 'transport-connect',
        needle: ['Error transport connect', 'esp_transport_connect() failed'],
        pattern: /\bError transport connect\b|\besp_transport_connect\(\) failed with -\d{1,5}\b/,
        said: { means: 'never-opened' },
        example: 'E (7144) websocket_client: Error transport connect',
        explains: 'The connection did not open. The lines above say why.',
      },
      {
        id: 'no-pong',
        needle: 'no PONG received for more than',
        pattern: /\bno PONG received for more than (\d{1,6}) seconds after PING\b/,
        said: ([, seconds]) => ({ means: 'ping-timeout', limitMs: Number(seconds) * 1000 }),
        example: 'E (20000) websocket_client: Error, no PONG received for more than 120 seconds after PING',
        explains: 'The server did not answer the device’s ping, and the device ended the connection.',
      },
      {
        id: 'close-frame',
        needle: 'Received closing frame',
        pattern: /\bwebsocket_client: Received closing frame\b/i,
        said: { means: 'closed-by-server' },
        example: 'I (123) websocket_client: Received closing frame',
        explains: 'The server closed with a Close frame. Its code was not printed.',
      },
      {
        id: 'reconnects',
        needle: 'Reconnect after',
        pattern: /\bwebsocket_client: Reconnect after \d{1,8} ms\b/i,
        said: { means: 'lost' },
        example: 'I (20000) websocket_client: Reconnect after 10000 ms',
        explains: 'The connection failed or ended, and the next attempt follows.',
      },
    ]),
  ],
})
