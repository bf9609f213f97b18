import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const browser = 'https://github.com/eclipse-paho/paho.mqtt.javascript/blob/master/src/paho-mqtt.js'
const python = 'https://github.com/eclipse-paho/paho.mqtt.python/blob/master/src/paho/mqtt/client.py'

export default defineProgram({
  id: 'paho',
  name: 'Eclipse Paho',
  side: 'client',
  phrases: [
    ...phrasesOf(browser, [
      {
        id: 'socket-error',
        needle: 'AMQJS0007E',
        pattern: /\bAMQJS0007E Socket error:/,
        said: { means: 'lost' },
        example: 'AMQJS0007E Socket error:undefined.',
        explains: 'The browser’s WebSocket failed or ended. A browser does not tell a page why.',
      },
      {
        id: 'socket-closed',
        needle: 'AMQJS0008I',
        pattern: /\bAMQJS0008I Socket closed\b/,
        said: { means: 'lost' },
        example: 'AMQJS0008I Socket closed.',
        explains: 'The browser’s WebSocket ended. The broker ends TCP when it does not accept the client.',
      },
      {
        id: 'ping-timeout',
        needle: 'AMQJS0004E',
        pattern: /\bAMQJS0004E Ping timed out\b/,
        said: { means: 'ping-timeout' },
        example: 'AMQJS0004E Ping timed out.',
        explains: 'The broker did not answer MQTT’s ping in time.',
      },
      {
        id: 'connect-timeout',
        needle: 'AMQJS0001E',
        pattern: /\bAMQJS0001E Connect timed out\b/,
        said: { means: 'timed-out' },
        example: 'AMQJS0001E Connect timed out.',
        explains: 'No CONNACK came in time: the socket did not open, or the broker did not answer.',
      },
      {
        id: 'refused',
        needle: 'AMQJS0006E',
        pattern: /\bAMQJS0006E Bad Connack return code:(\d{1,3})/,
        said: ([, code]) => ({
          means: code === '1' ? 'application-protocol' : code === '3' ? 'closed-by-server' : 'unauthorized',
          application: 'mqtt',
        }),
        example: 'AMQJS0006E Bad Connack return code:5 Connection Refused: not authorized.',
        explains:
          'The broker refused the MQTT session: 1 for the version, 2 for the client id, 3 unavailable, 4 and 5 for user and password.',
      },
      {
        id: 'too-early',
        needle: 'AMQJS0011E',
        pattern: /\bAMQJS0011E Invalid state not connected\b/,
        said: { means: 'used-too-early' },
        example: 'AMQJS0011E Invalid state not connected.',
        explains: 'The page used the client before it was connected, or after it was lost.',
      },
    ]),
    ...phrasesOf(python, [
      {
        id: 'not-upgraded',
        needle: 'WebSocket handshake error',
        pattern: /\bWebSocket handshake error, connection not upgraded/,
        said: { means: 'bad-answer' },
        example:
          'paho.mqtt.client.WebsocketConnectionError: WebSocket handshake error, connection not upgraded',
        explains: 'The answer’s Connection header has no upgrade: it is no 101.',
      },
      {
        id: 'bad-key',
        needle: 'WebSocket handshake error',
        pattern: /\bWebSocket handshake error, invalid secret key/,
        said: { means: 'bad-101' },
        example: 'paho.mqtt.client.WebsocketConnectionError: WebSocket handshake error, invalid secret key',
        explains: 'Sec-WebSocket-Accept is not the answer to the key that was sent.',
      },
      {
        id: 'handshake',
        needle: 'WebsocketConnectionError',
        pattern: /\bWebsocketConnectionError: WebSocket handshake error$/,
        said: { means: 'bad-answer', unsure: true },
        example: 'paho.mqtt.client.WebsocketConnectionError: WebSocket handshake error',
        explains: 'The answer is no 101 with an accept key, or the broker ended TCP during the handshake.',
      },
    ]),
  ],
})
