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
      {
        id: 'disconnecting',
        needle: 'Error: client disconnecting',
        pattern: /\bError: client disconnecting\b/,
        said: { means: 'closed-by-client', application },
        example: 'Error: client disconnecting',
        explains: 'The program used the client after its own end().',
      },
      {
        id: 'packet-too-big',
        needle: 'exceeding packets size',
        pattern: /\bexceeding packets size \w{1,20}\b/,
        said: { means: 'too-big', application },
        example: 'Error: exceeding packets size publish',
        explains:
          'A packet is larger than the maximumPacketSize that this client asked for. It ends the connection.',
      },
      {
        id: 'no-authentication-method',
        needle: 'Packet has no Authentication Method',
        pattern: /\bPacket has no Authentication Method\b/,
        said: { means: 'unauthorized', application },
        example: 'Error: Packet has no Authentication Method',
        explains: 'The broker and this client do not agree about MQTT 5’s authentication.',
      },
      {
        id: 'connection-closed',
        needle: 'Error: Connection closed',
        pattern: /^(?:\W{0,4}|Uncaught )Error: Connection closed$/,
        said: { means: 'lost', application },
        example: 'Error: Connection closed',
        explains:
          'The connection ended while a message waited for its answer. Why it ended is printed elsewhere.',
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
      {
        id: 'gave-up',
        needle: "Couldn't connect to server",
        pattern: /\bCouldn't connect to server\b(?!:)/,
        said: { means: 'never-opened', application },
        example: "Error: Couldn't connect to server",
        explains: 'connectAsync saw the connection close before a CONNACK. The reason is printed before it.',
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
      {
        id: 'subscribe-refused',
        needle: 'Subscribe error: ',
        pattern:
          /\bSubscribe error: (?:Not authorized|Unspecified error|Topic Filter invalid|Quota exceeded|[A-Z][\w ]{2,40})/,
        said: ([text]) => ({
          means: text.endsWith('Not authorized') ? 'forbidden' : 'nothing-said',
          application,
        }),
        example: 'Error: Subscribe error: Not authorized',
        explains: 'The connection is open, and the broker refused this topic to this client.',
      },
      {
        id: 'not-mqtt',
        needle: 'header flag bits',
        pattern:
          /\b(?:Invalid header flag bits, must be 0x|Header flag bits must be set to 0x)\w{1,2} for \w{1,12} packets?\b/i,
        said: { means: 'application-protocol', application },
        example: 'Error: Invalid header flag bits, must be 0x0 for puback packet',
        explains:
          'What arrived is not MQTT: the address is another service’s, or of an MQTT version that this client does not expect.',
      },
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
