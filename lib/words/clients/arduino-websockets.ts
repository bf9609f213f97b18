import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client = 'https://github.com/Links2004/arduinoWebSockets/blob/master/src/WebSocketsClient.cpp'

export default defineProgram({
  id: 'arduino-websockets',
  name: 'arduinoWebSockets',
  side: 'client',
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'serverCode is not 101',
        pattern: /\bserverCode is not 101 \((\d{3})\)/,
        said: ([, status]) => saidOfStatus(status),
        example: '[WS-Client][handleHeader] serverCode is not 101 (403)',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-101',
        needle: 'Sec-WebSocket-Accept is wrong',
        pattern: /\bSec-WebSocket-Accept is wrong\b/,
        said: { means: 'bad-101' },
        example: '[WS-Client][handleHeader] Sec-WebSocket-Accept is wrong',
        explains: 'Sec-WebSocket-Accept is not the answer to the key that was sent.',
      },
      {
        id: 'timeout',
        needle: 'header response timeout',
        pattern: /\bheader response timeout\b/,
        said: { means: 'handshake-timeout' },
        example: '[WS-Client][handleClientData] header response timeout.. disconnecting!',
        explains: 'No answer to the handshake came in time.',
      },
      {
        id: 'no-connection',
        needle: 'Failed',
        pattern: /\[WS-Client\] connection to \S{1,260} Failed\b/,
        said: { means: 'no-connection' },
        example: '[WS-Client] connection to app.example:443 Failed',
        explains: 'TCP or TLS did not connect.',
      },
      {
        id: 'lost',
        needle: 'connection lost',
        pattern: /\[WS-Client\] connection lost\b/,
        said: { means: 'lost' },
        example: '[WS-Client] connection lost.',
        explains: 'The connection ended. How is not said.',
      },
      {
        id: 'opened',
        needle: 'connection init done',
        pattern: /\bWebsocket connection init done\b/,
        said: { means: 'opened' },
        example: '[WS-Client][handleHeader] Websocket connection init done.',
        explains: 'The handshake succeeded.',
      },
      {
        id: 'pong',
        needle: 'pong TIMEOUT',
        pattern: /\[HBtimeout\] pong TIMEOUT!/,
        said: { means: 'ping-timeout' },
        example: '[HBtimeout] pong TIMEOUT! lp=120 millis=18201 pi=15000 count=1',
        explains: 'The other end did not answer the ping in time.',
      },
    ]),
  ],
})
