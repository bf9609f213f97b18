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

const HANDSHAKE = '{"event":"#handshake","data":{"authToken":null},"cid":1}'

const code = (value: number, says: string, means?: Meaning): CloseMeaning => ({
  from: value,
  to: value,
  says,
  ...(means !== undefined && { means }),
  source: 'https://github.com/SocketCluster/sc-errors/blob/master/index.js',
  certain: true,
})

/** An empty message since version 16, #1 before. */
function hear(message: Payload): readonly Utterance[] {
  if (message.opcode !== 'text') return []
  if (message.text === '') return [text('', 'answered an empty ping message with one')]
  return message.text === '#1' ? [text('#2', 'answered a ping (#1) with #2')] : []
}

export default defineApplication({
  id: 'socketcluster',
  name: 'SocketCluster',
  marks: {
    address: /\/socketcluster\/?(?:\?|$)/,
    message: /^\{"rid":1,"data":\{"id":"/,
    close: /^4005 /,
  },
  words: [],
  closes: [
    code(4000, 'Server ping timed out'),
    code(4001, 'Client pong timed out', 'ping-timeout'),
    code(4002, 'Server failed to sign auth token'),
    code(4003, 'Failed to complete handshake'),
    code(4004, 'Client failed to save auth token'),
    code(4005, 'Did not receive #handshake from client before timeout', 'first-message-missing'),
    code(4006, 'Failed to bind socket to message broker'),
    code(4007, 'Client connection establishment timed out'),
    code(4008, 'Server rejected handshake from client'),
    code(4009, 'Server received a message before the client handshake', 'first-message-missing'),
  ],
  first: {
    name: '#handshake',
    patience: [{ seconds: 10, who: 'SocketCluster (handshakeTimeout)' }],
    example: {
      payload: { opcode: 'text', text: HANDSHAKE },
      says: sentence`The server answers with the socket’s id and its pingTimeout.`,
    },
  },
  converse: () =>
    conversation({ opening: [first(text(HANDSHAKE, 'sent #handshake without a token'))], hear }),

  fixes: {
    'first-message-missing': ({ address }) => ({
      summary: sentence`Send #handshake first, as SocketCluster’s own client does: the server closes with 4005 after 10 s without it.`,
      changes: [
        {
          program: 'browser',
          of: 'socketcluster',
          where: sentence`In the page`,
          text: js`const socket = socketClusterClient.create({ hostname: ${js.string(URL.parse(address)?.hostname ?? 'YOUR_HOST')}, path: '/socketcluster/' })`,
        },
      ],
    }),
    'path-not-found': () => ({
      summary: sentence`SocketCluster listens at /socketcluster/ unless its path option says otherwise.`,
      changes: [
        {
          program: 'browser',
          of: 'socketcluster',
          where: sentence`In the page`,
          text: js`socketClusterClient.create({ path: '/socketcluster/' })`,
        },
      ],
    }),
  },

  source: 'https://socketcluster.io/docs/api-ag-server',
})
