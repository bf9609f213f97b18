import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const client = 'https://github.com/mqttjs/MQTT.js/blob/main/src/lib/client.ts'
const ack = 'https://github.com/mqttjs/MQTT.js/blob/main/src/lib/handlers/ack.ts'
const ws = 'https://github.com/mqttjs/MQTT.js/blob/main/src/lib/connect/ws.ts'
const connect = 'https://github.com/mqttjs/MQTT.js/blob/main/src/lib/connect/index.ts'

const application = 'mqtt'

export default defineProgram({
  id: 'mqtt',
  name: 'MQTT.js',
  side: 'client',
  mark: /\bmqttjs\b|node_modules[\\/]mqtt[\\/]/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'connack-timeout',
        needle: 'connack timeout',
        pattern: /\bconnack timeout\b/,
        said: { means: 'handshake-timeout', application },
        example: 'Error: connack timeout',
        explains:
          'The broker did not accept the MQTT connection in 30 s. Not connected at all, or connected to a port that does not speak MQTT over WebSocket.',
      },
      {
        id: 'keepalive-timeout',
        needle: 'Keepalive timeout',
        pattern: /\bError: Keepalive timeout\b/,
        said: { means: 'ping-timeout', application },
        example: 'Error: Keepalive timeout',
        explains: 'The broker did not answer the client’s PINGREQ, and the client gave up.',
      },
      {
        id: 'no-connection',
        needle: 'No connection to broker',
        pattern: /\bNo connection to broker\b/,
        said: { means: 'used-too-early', application },
        example: 'Error: No connection to broker',
        explains: 'The program published before the connection was open, or after it had ended.',
      },
    ]),
    ...phrasesOf(connect, [
      {
        id: 'missing-protocol',
        needle: 'protocol',
        pattern:
          /\bError: (?:Missing (?:secure )?protocol(?: key)?$|Unknown protocol for secure connection: )/,
        said: { means: 'invalid-url' },
        example: 'Error: Unknown protocol for secure connection: "https"!',
        explains: 'The broker’s address needs one of mqtt, mqtts, ws and wss.',
      },
      {
        id: 'no-host',
        needle: 'Could not determine host',
        pattern: /Could not determine host\. Specify host manually/,
        said: { means: 'invalid-url' },
        example: 'Error: Could not determine host. Specify host manually.',
        explains: 'The broker’s address has no host.',
      },
    ]),
    ...phrasesOf(ws, [
      {
        id: 'websocket-error',
        needle: 'Error: WebSocket error',
        pattern: /\bError: WebSocket error(?=\s*$|\s+at\b)/,
        said: { means: 'lost', application },
        example: 'Error: WebSocket error',
        explains: 'The browser reported an error event, which has no reason. The console has it.',
      },
    ]),
    // Answers of the broker to CONNECT. `Connection refused` is MQTT's word here, not TCP's.
    ...phrasesOf(ack, [
      refused(
        'authorization',
        'Bad username or password|Bad User Name or Password|Not authorized|Bad authentication method',
        'unauthorized',
        'The broker does not accept the user name, the password or the client.',
        'Not authorized',
      ),
      refused(
        'protocol-version',
        'Unacceptable protocol version|Unsupported Protocol Version|Malformed Packet|Protocol Error',
        'application-protocol',
        'Client and broker share no version of MQTT.',
        'Unacceptable protocol version',
      ),
      refused(
        'client',
        'Identifier rejected|Client Identifier not valid|Banned|Topic Name invalid|QoS not supported|Retain not supported',
        'forbidden',
        'The broker does not accept this client, or what it asks for.',
        'Identifier rejected',
      ),
      refused(
        'busy',
        'Server unavailable|Server busy|Connection rate exceeded|Quota exceeded',
        'too-many-connections',
        'The broker takes no more connections now.',
        'Server unavailable',
      ),
      refused(
        'other',
        '(?:Unspecified error|Implementation specific error|Packet too large|Payload format invalid|Use another server|Server moved)',
        'forbidden',
        'The broker refused the MQTT connection, for the reason that follows.',
        'Unspecified error',
      ),
    ]),
  ],
})

function refused(
  id: string,
  reasons: string,
  means: Meaning,
  explains: string,
  example: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: 'Connection refused: ',
    pattern: new RegExp(`\\bConnection refused: (?:${reasons})`, 'i'),
    said: { means, application },
    example: `Error: Connection refused: ${example}`,
    explains,
  }
}
