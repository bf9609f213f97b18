import { bytes, conversation, defineApplication, first } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** The protocol header of AMQP 1.0 with SASL (§5.3.1): both sides begin with one. */
const HEADER = [0x41, 0x4d, 0x51, 0x50, 3, 1, 0, 0]

export default defineApplication({
  id: 'amqp',
  name: 'AMQP 1.0',
  marks: {
    subprotocols: ['amqp'],
    usual: /\/amqp\b|\/\$servicebus\/websocket\b|\/\$iothub\/websocket\b/i,
    message: (message) => message.startsWith('AMQP') && message.length >= 8,
  },
  isStream: true,
  words: [],
  first: {
    name: 'the protocol header',
    patience: [],
    example: {
      payload: { opcode: 'binary', bytes: Uint8Array.from(HEADER) },
      says: sentence`The broker answers its own header, AMQP 3 1 0 0, and the mechanisms that it takes.`,
    },
  },
  converse: () =>
    conversation({ opening: [first(bytes(HEADER, 'sent the protocol header of AMQP 1.0 with SASL'))] }),

  fixes: {
    'subprotocol-mismatch': ({ address }) => ({
      summary: sentence`Ask for the subprotocol amqp, as its WebSocket binding demands.`,
      changes: [
        {
          program: 'node',
          of: 'amqp',
          at: 'client',
          where: sentence`Node client (rhea)`,
          text: js`container.connect({ connection_details: container.websocket_connect(WebSocket)(${js.string(address)}, ['amqp'], {}) })`,
        },
      ],
    }),
  },

  source: 'https://docs.oasis-open.org/amqp-bindmap/amqp-wsb/v1.0/amqp-wsb-v1.0.html',
})
