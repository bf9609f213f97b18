import { bytes, conversation, defineApplication, first, type Reading } from '#lib/applications/application.ts'
import { atOtherPaths } from '#lib/applications/usual-paths.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** CONNECT of MQTT 3.1.1: a clean session, no credentials, no will (§3.1). */
const CLIENT_ID = 'why1006'
const KEEP_ALIVE_SECONDS = 60
const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))
const lengthed = (text: string): number[] => [0, text.length, ...ascii(text)]
const body = [...lengthed('MQTT'), 4, 0b10, 0, KEEP_ALIVE_SECONDS, ...lengthed(CLIENT_ID)]
const CONNECT = [0x10, body.length, ...body]
const PINGREQ = [0xc0, 0]

/** Half of what was announced, so that a broker never doubts. */
const PING_EVERY_MS = (KEEP_ALIVE_SECONDS / 2) * 1000

/** The return codes of CONNACK (§3.2.2.3). */
const REFUSALS: Readonly<Record<number, readonly [Meaning, string]>> = {
  1: ['application-protocol', 'unacceptable protocol version'],
  2: ['forbidden', 'identifier rejected'],
  3: ['shutting-down', 'server unavailable'],
  4: ['unauthorized', 'bad user name or password'],
  5: ['unauthorized', 'not authorized'],
}

/** The return code of CONNACK: header, length, flags, code (§3.2). Undefined for any other packet. */
function connackOf(message: string): number | undefined {
  const [type, length, flags = 2, code = 6] = Array.from(message.slice(0, 5), (byte) => byte.charCodeAt(0))
  const isConnack = type === 0x20 && length === 2 && flags <= 1 && code <= 5
  return isConnack ? code : undefined
}

function reads(message: string): Reading | undefined {
  const code = connackOf(message)
  const [means, says] = REFUSALS[code ?? 0] ?? []
  return means && { means, says: sentence`CONNACK with code ${code ?? 0}, ${says ?? ''}` }
}

export default defineApplication({
  id: 'mqtt',
  name: 'MQTT',
  marks: {
    subprotocols: ['mqtt', 'mqttv3.1'],
    usual: /\/mqtt\b/i,
  },
  isStream: true,
  words: ['mqtt'],
  versionOf: ({ picked }) => (picked === 'mqttv3.1' ? '3.1' : undefined),
  reads,
  first: {
    name: 'CONNECT',
    patience: [
      { seconds: 15, who: 'EMQX (idle_timeout)' },
      { seconds: 30, who: 'aedes (connectTimeout)' },
      { seconds: 90, who: 'mosquitto' },
    ],
    example: {
      payload: { opcode: 'binary', bytes: Uint8Array.from(CONNECT) },
      says: sentence`The broker answers CONNACK, 20 02 00 00 where it accepts.`,
    },
  },
  converse: () =>
    conversation({
      opening: [first(bytes(CONNECT, 'sent CONNECT (MQTT 3.1.1, client id why1006, no credentials)'))],
      beat: { everyMs: PING_EVERY_MS, says: bytes(PINGREQ, 'sent PINGREQ') },
    }),

  // EMQX and HiveMQ, RabbitMQ, mosquitto and aedes.
  alternatives: (signs) => atOtherPaths(signs, ['/mqtt', '/ws', '/']),

  fixes: {
    'subprotocol-mismatch': ({ address }) => ({
      summary: sentence`Ask for the subprotocol mqtt, as MQTT over WebSocket demands (§6 of its specification). Brokers end what asks for another.`,
      changes: [
        {
          program: 'browser',
          of: 'mqtt',
          where: sentence`In the page: MQTT.js asks for it by itself`,
          text: js`mqtt.connect(${js.string(address)})`,
        },
        {
          program: 'browser',
          of: 'mqtt',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`new WebSocket(${js.string(address)}, 'mqtt')`,
        },
      ],
    }),
    'handshake-closed': () => ({
      summary: sentence`Ask the port where the broker speaks WebSocket: MQTT’s own, 1883 and 8883, end what is no MQTT. In mosquitto.conf a listener of its own does (listener 9001, then protocol websockets); EMQX has 8083, RabbitMQ 15675.`,
      changes: [
        {
          program: 'browser',
          of: 'mqtt',
          where: sentence`In the page (MQTT.js)`,
          text: js`mqtt.connect('ws://YOUR_HOST:YOUR_WEBSOCKET_PORT/mqtt')`,
        },
      ],
    }),
    'first-message-missing': ({ address }) => ({
      summary: sentence`Send the CONNECT packet as soon as the socket is open, as an MQTT client does. A broker ends a connection without it, and reconnecting alone does not help.`,
      changes: [
        {
          program: 'browser',
          of: 'mqtt',
          where: sentence`In the page: MQTT.js sends it, and PINGREQ after it`,
          text: js`const client = mqtt.connect(${js.string(address)}, { keepalive: 60 })`,
        },
      ],
    }),
    'authentication-required': ({ address }) => ({
      summary: sentence`Give the user name and password of the broker in CONNECT, and see that its access list allows this client.`,
      changes: [
        {
          program: 'browser',
          of: 'mqtt',
          where: sentence`In the page (MQTT.js)`,
          text: js`mqtt.connect(${js.string(address)}, { username: 'YOUR_USER', password: 'YOUR_PASSWORD' })`,
        },
      ],
    }),
  },

  source: 'https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html',
})
