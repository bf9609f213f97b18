import { withoutQuery } from '#lib/applications/address.ts'
import { conversation, defineApplication, type Reading, text } from '#lib/applications/application.ts'
import { objectOf } from '#lib/applications/json.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** The client's own pace; the server drops who sent none in alive_timeout, 90 s (60 s before version 1). */
const BEAT_MS = 5_000

const ERRORS: readonly [RegExp, Reading][] = [
  [
    /no id, token, or key/i,
    { means: 'application-protocol', says: sentence`the address names no id, token and key` },
  ],
  [/invalid key/i, { means: 'unauthorized', says: sentence`the server has another key` }],
  [/invalid token/i, { means: 'unauthorized', says: sentence`the token is of another client` }],
  [
    /concurrent user limit/i,
    { means: 'too-many-connections', says: sentence`the server has as many clients as it may have` },
  ],
]

function reads(message: string): Reading | undefined {
  const { type, payload } = objectOf(message) ?? {}
  if (type === 'ID-TAKEN') return { means: 'forbidden', says: sentence`another client has this id` }
  if (type !== 'ERROR') return undefined
  return ERRORS.find(([pattern]) => pattern.test(JSON.stringify(payload).slice(0, 300)))?.[1]
}

export default defineApplication({
  id: 'peerjs',
  name: 'PeerJS',
  marks: {
    address: /\/peerjs\/?\?(?:[^?&]{0,200}&){0,20}key=/,
    usual: /\/peerjs\/?(?:\?|$)/,
    message: /^\{"type":"(?:OPEN"\}$|ID-TAKEN"|ERROR","payload":\{"msg":")/,
  },
  words: [],
  greets: sentence`OPEN`,
  reads,
  first: {
    name: 'HEARTBEAT',
    patience: [{ seconds: 90, who: 'PeerServer (alive_timeout)' }],
    example: {
      payload: { opcode: 'text', text: '{"type":"HEARTBEAT"}' },
      says: sentence`The server answers nothing, and keeps who repeats it.`,
    },
  },
  converse: () =>
    conversation({ beat: { everyMs: BEAT_MS, says: text('{"type":"HEARTBEAT"}', 'sent HEARTBEAT') } }),

  fixes: {
    'first-message-missing': () => ({
      summary: sentence`Send HEARTBEAT every 5 s, as PeerJS’s own client does. The server closes, without a code, a client that sent none in its alive_timeout (90 s unless set).`,
      changes: [
        {
          program: 'browser',
          of: 'peerjs',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`setInterval(() => socket.send('{"type":"HEARTBEAT"}'), 5000)`,
        },
      ],
    }),
    'application-protocol-mismatch': ({ address }) => ({
      summary: sentence`Open it with PeerJS’s own client, or name key, id and token in the address: the server takes no client without them.`,
      changes: [
        {
          program: 'browser',
          of: 'peerjs',
          where: sentence`In the page`,
          text: js`new Peer({ host: ${js.string(URL.parse(address)?.hostname ?? 'YOUR_HOST')}, path: '/' })`,
        },
        {
          program: 'browser',
          of: 'peerjs',
          where: sentence`In the page (a plain WebSocket)`,
          text: js`new WebSocket(${js.string(`${withoutQuery(address)}?key=peerjs&id=YOUR_ID&token=YOUR_TOKEN`)})`,
        },
      ],
    }),
    'authentication-required': () => ({
      summary: sentence`Use the key that the server was started with (its key option, peerjs unless set).`,
      changes: [
        {
          program: 'browser',
          of: 'peerjs',
          where: sentence`In the page`,
          text: js`new Peer({ key: 'YOUR_KEY' })`,
        },
      ],
    }),
    'path-not-found': () => ({
      summary: sentence`PeerServer listens at its path option followed by peerjs: /peerjs unless set. The client’s path option is the part before it.`,
      changes: [
        {
          program: 'browser',
          of: 'peerjs',
          where: sentence`In the page`,
          text: js`new Peer({ host: 'YOUR_HOST', path: '/' })`,
        },
      ],
    }),
  },

  source: 'https://github.com/peers/peerjs-server',
})
