import {
  type CloseMeaning,
  conversation,
  defineApplication,
  first,
  text,
  type Utterance,
} from '#lib/applications/application.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import type { Meaning } from '#lib/words/meaning.ts'

const CONNECT = '{"id":1,"connect":{"name":"why1006"}}'

const span = (from: number, to: number, says: string, means?: Meaning): CloseMeaning => ({
  from,
  to,
  says,
  ...(means !== undefined && { means }),
  source: 'https://centrifugal.dev/docs/server/codes',
  certain: false,
})

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
  closes: [
    span(3001, 3001, 'Shutdown of the server'),
    span(3005, 3005, 'The connection’s token expired'),
    span(3008, 3008, 'The client reads too slowly'),
    span(3012, 3012, 'The client answered no ping', 'ping-timeout'),
    span(3013, 3013, 'Too many requests'),
    span(3000, 3499, 'Disconnected, the client reconnects'),
    span(3500, 3500, 'The token is not valid'),
    span(3501, 3501, 'Bad request', 'application-protocol'),
    span(3502, 3502, 'Stale: no connect command came in time', 'first-message-missing'),
    span(3506, 3506, 'Connection limit'),
    span(3500, 3999, 'Disconnected for good'),
    span(4000, 4499, 'Disconnected by the application, the client reconnects'),
    span(4500, 4999, 'Disconnected by the application for good'),
  ],
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
