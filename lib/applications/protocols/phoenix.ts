import { withoutQuery } from '#lib/applications/address.ts'
import {
  conversation,
  defineApplication,
  type Reading,
  type Signs,
  text,
} from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { elixir, js } from '#lib/text/languages.ts'

const VERSION = /[?&]vsn=(\d)/
/** phoenix.js; Cowboy ends who is silent for 60 s. */
const BEAT_MS = 30_000

/** The serializer of version 2 writes arrays: join_ref, ref, topic, event, payload. */
function heartbeatOf({ url }: Signs): string {
  return VERSION.exec(url?.search ?? '')?.[1] === '1'
    ? '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}'
    : '[null,"1","phoenix","heartbeat",{}]'
}

const REPLY =
  /^\[(?:null|"[^"]{0,40}"),(?:null|"[^"]{0,40}"),"[^"]{1,200}","phx_(reply|error|close)",(.{0,300})/s

function reads(message: string): Reading | undefined {
  const [, event, payload = ''] = REPLY.exec(message) ?? []
  if (event === 'close') return { means: 'closed-by-server', says: sentence`the channel ended` }
  if (event === 'error') return { means: 'handler-failed', says: sentence`the channel’s process crashed` }
  if (event !== 'reply' || !payload.includes('"status":"error"')) return undefined
  return /unauthorized|forbidden|token/i.test(payload)
    ? { means: 'unauthorized', says: sentence`the channel refused the join` }
    : { means: 'no-route', says: sentence`the channel refused the join` }
}

export default defineApplication({
  id: 'phoenix',
  name: 'Phoenix Channels',
  marks: {
    address: /\/websocket\/?\?(?:[^?&]{0,200}&){0,20}vsn=\d/,
    usual: /\/(?:socket|live)(?:\/websocket)?\/?(?:\?|$)/,
    message: REPLY,
  },
  words: ['phoenix-js', 'phoenix'],
  versionOf: ({ url }) => {
    const version = VERSION.exec(url?.search ?? '')?.[1]
    return version === undefined ? undefined : `serializer ${version}`
  },
  reads,
  timers: () => [sentence`Server drops a client it has not heard for 60 s, unless configured otherwise.`],
  converse: (signs) => {
    const beat = text(heartbeatOf(signs), 'sent a heartbeat on the topic phoenix')
    return conversation({ opening: [beat], beat: { everyMs: BEAT_MS, says: beat } })
  },
  // People know the socket by the path of its route, and clients add the transport.
  alternatives: ({ url }) =>
    url !== undefined && /\/(?:socket|live)\/?$/.test(url.pathname)
      ? [{ path: `${url.pathname.replace(/\/$/, '')}/websocket` }]
      : [],

  fixes: {
    'path-not-found': ({ address }) => ({
      summary: sentence`Open the path /websocket below the socket’s own: phoenix.js adds it, a plain WebSocket has to.`,
      changes: [
        {
          program: 'browser',
          of: 'phoenix',
          where: sentence`In the page (phoenix.js): the path of the route, without /websocket`,
          text: js`new Socket('/socket', { params: { token: userToken } }).connect()`,
        },
        {
          program: 'browser',
          of: 'phoenix',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`new WebSocket(${js.string(`${withoutQuery(address).replace(/\/(?:websocket)?$/, '')}/websocket?vsn=2.0.0`)})`,
        },
      ],
    }),
    forbidden: () => ({
      summary: sentence`connect/3 of the socket answered :error, or check_origin does not allow the page. Log which, and pass the token that connect/3 reads.`,
      changes: [
        {
          program: 'phoenix',
          where: sentence`Phoenix, the socket’s module`,
          text: elixir`def connect(%{"token" => token}, socket, _info), do: verify(socket, token)`,
        },
      ],
    }),
  },

  source: 'https://hexdocs.pm/phoenix/writing_a_channels_client.html',
})
