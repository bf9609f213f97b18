import {
  conversation,
  defineApplication,
  first,
  text,
  type Utterance,
} from '#lib/applications/application.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const CONNECT = '{"id":1,"connect":{"name":"why1006"}}'

/** Since version 4 the server pings with an empty command. */
const hear = (message: Payload): readonly Utterance[] =>
  message.opcode === 'text' && message.text.trim() === '{}'
    ? [text('{}', 'answered an empty ping message with one')]
    : []

export default defineApplication({
  id: 'centrifugo',
  name: 'Centrifugo',
  marks: {
    subprotocols: ['centrifuge-json', 'centrifuge-protobuf'],
    address: /\/connection\/(?:uni_)?websocket\b/,
    message: /^\{"id":1,"connect":\{"client":"/,
  },
  words: [],
  closes: privateCodes.centrifugo.codes,
  first: {
    name: 'connect',
    patience: [{ seconds: 25, who: 'Centrifugo (client.stale_close_delay)' }],
    example: {
      payload: { opcode: 'text', text: CONNECT },
      says: sentence`The server answers with the client’s id and its ping interval, or with an error.`,
    },
  },
  converse: ({ url, picked }) =>
    picked === 'centrifuge-protobuf' || url?.searchParams.get('format') === 'protobuf'
      ? conversation({})
      : conversation({ opening: [first(text(CONNECT, 'sent connect without a token'))], hear }),

  fixes: {
    'authentication-required': ({ address }) => ({
      summary: sentence`Give a connection token that is signed with the server’s key and not expired (JWT, claim sub).`,
      changes: [
        {
          program: 'browser',
          of: 'centrifugo',
          where: sentence`In the page (centrifuge)`,
          text: js`new Centrifuge(${js.string(address)}, { getToken: () => freshToken() }).connect()`,
        },
      ],
    }),
    'first-message-missing': ({ address }) => ({
      summary: sentence`Send the connect command first, as Centrifugo’s client does: the server closes with 3502 without it.`,
      changes: [
        {
          program: 'browser',
          of: 'centrifugo',
          where: sentence`In the page (centrifuge)`,
          text: js`new Centrifuge(${js.string(address)}).connect()`,
        },
      ],
    }),
  },

  source: 'https://centrifugal.dev/docs/transports/client_protocol',
})
