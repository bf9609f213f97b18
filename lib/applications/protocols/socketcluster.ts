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

const HANDSHAKE = '{"event":"#handshake","data":{"authToken":null},"cid":1}'

/** An empty message since version 16, #1 before. */
function hear(message: Payload): readonly Utterance[] {
  if (message.opcode !== 'text') return []
  if (message.text === '') return [text('', 'answered an empty ping message with one')]
  return message.text === '#1' ? [text('#2', 'answered a ping (#1) with #2')] : []
}

/** As its list has it: the port is never left out. */
function hostAndPort(origin: string): string {
  const url = URL.parse(origin)
  return url?.hostname
    ? `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
    : 'YOUR_HOST:*'
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
  closes: privateCodes.socketcluster.codes,
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
    'origin-rejected': ({ origin }) => ({
      summary: sentence`Add ${origin} to the origins option of the SocketCluster server, as host and port: it refuses pages that are not in it.`,
      changes: [
        {
          program: 'node',
          of: 'socketcluster',
          where: sentence`Node server (socketcluster-server)`,
          text: js`socketClusterServer.attach(httpServer, { origins: ${js.string(hostAndPort(origin))} })`,
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
