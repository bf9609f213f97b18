import {
  type Conversation,
  conversation,
  defineApplication,
  first,
  type Reading,
  type Signs,
  text,
} from '#lib/applications/application.ts'
import { fixes, isOlder } from '#lib/applications/fixes/socket-io.ts'
import { objectOf, positive } from '#lib/applications/json.ts'
import { engineOf, SOCKET_IO, withEngine } from '#lib/applications/opens.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { describeSetting } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'

/** Engine.IO's open packet, of which only this much is always there (protocol 3 and 4). */
const OPEN = /^0\{"sid":"/

/** Engine.IO alone has no namespaces: what it says is the application's own. */
const isSocketIo = (url: URL | undefined): boolean => !/\/engine\.io\/?$/.test(url?.pathname ?? '')

/**
 * Engine.IO 4: the server pings with `2`, the client answers `3`; Socket.IO joins a namespace by `40` within 45 s.
 * Engine.IO 3: the client pings, and the server joins it to the main namespace by itself.
 */
function converse(signs: Signs): Conversation {
  const asked = engineOf(signs.url)
  let beatMs: number | undefined
  let pingIntervalMs: number | undefined
  let joined = false
  const hear = (message: Payload) => {
    if (message.opcode !== 'text') return []
    const said = message.text
    if (OPEN.test(said)) {
      pingIntervalMs = positive(objectOf(said.slice(1))?.pingInterval)
      if (asked !== '4') beatMs = pingIntervalMs
      if (asked !== '4' || joined || !isSocketIo(signs.url)) return []
      joined = true
      return [first(text('40', 'joined the main namespace (40)'))]
    }
    // A server of Socket.IO 2, whatever was asked for: its client pings.
    if (said === '40' && asked === '4') beatMs = pingIntervalMs
    if (said === '2') return [text('3', 'answered a ping of the server (2) with 3')]
    return []
  }
  const pinged = text('2', 'sent a ping (2), as a client of Engine.IO 3 does')
  return {
    ...conversation({ hear }),
    beat: () => (beatMs === undefined ? undefined : { everyMs: beatMs, says: pinged }),
  }
}

/** Nobody asked for a version: the probe took the newer one. */
const isAssumed = ({ asked }: Signs): boolean => asked !== undefined && !/[?&]EIO=\d/.test(asked)

/** Packets of Socket.IO, which are numbers: 40 joins, 41 leaves, 44 refuses. */
function reads(message: string, signs: Signs): Reading | undefined {
  if (message === '40' && engineOf(signs.url) === '4' && !isAssumed(signs))
    return {
      means: 'application-protocol',
      says: sentence`a server of Socket.IO 2 joins its client by itself`,
    }
  if (message.startsWith('41'))
    return { means: 'closed-by-server', says: sentence`the server called disconnect()` }
  if (
    /^44.{0,200}\b(?:un-?authori[sz]ed|unauthenticated|authenticat\w{1,10}|token|jwt|credentials)\b/i.test(
      message,
    )
  )
    return { means: 'unauthorized', says: sentence`a middleware of the server refused the namespace` }
  if (message.startsWith('44'))
    return { means: 'forbidden', says: sentence`the server refused the namespace` }
  if (message === 'Unsupported protocol version')
    return { means: 'application-protocol', says: sentence`the server takes another version of Engine.IO` }
  return undefined
}

export default defineApplication({
  id: 'socket.io',
  name: 'Socket.IO',
  marks: {
    address: SOCKET_IO,
    message: OPEN,
    // destroyUpgradeTimeout of Engine.IO's server.
    hangsUpAfterMs: 1000,
    answer: /^(?:\d{1,6}:)?0\{"sid":"|^\{"code":[0-5],"message":"/,
  },
  words: ['engine.io', 'socket-io', 'python-engineio'],
  reads,
  notes: (signs) =>
    isAssumed(signs) && isOlder(signs)
      ? [sentence`The server is of Socket.IO 2 (Engine.IO 3). Clients of version 3 and later cannot use it.`]
      : [],
  timers: ({ messages = [], url }) => {
    const open = messages.find((message) => OPEN.test(message))
    const { pingInterval, pingTimeout } = objectOf(open?.slice(1) ?? '') ?? {}
    const every = positive(pingInterval)
    const patience = positive(pingTimeout)
    if (every === undefined || patience === undefined) return []
    return engineOf(url) === '4'
      ? [
          sentence`Server pings every ${describeSetting(every)} and drops a client that has not answered ${describeSetting(patience)} later.`,
        ]
      : [sentence`Server drops a client that has not pinged for ${describeSetting(every + patience)}.`]
  },
  versionOf: (signs) => {
    const engine = isAssumed(signs) && isOlder(signs) ? '3' : engineOf(signs.url)
    return engine === undefined ? undefined : `Engine.IO ${engine}`
  },
  first: {
    name: 'CONNECT (40)',
    patience: [{ seconds: 45, who: 'Socket.IO (connectTimeout)' }],
    example: {
      payload: { opcode: 'text', text: '40' },
      says: sentence`The server answers 40 and a session id, or 44 and why it refuses.`,
    },
  },
  greets: sentence`its open packet, 0 and a session id`,
  converse,
  alternatives: (signs) => {
    const { url, answer = '', hungUpAfterMs, messages = [] } = signs
    if (url !== undefined && hungUpAfterMs !== undefined)
      return engineOf(signs.url) === undefined
        ? ['/socket.io/', '/engine.io/'].map((path) => ({
            url: withEngine(new URL(path, url), '4', 'websocket').href,
          }))
        : []
    // It said already that this is not about the version.
    if (messages.some((message) => OPEN.test(message))) return []
    if (/^\{"code":[0-4],/.test(answer)) return []
    const other = engineOf(signs.url) === '4' ? '3' : '4'
    return url === undefined ? [] : [{ query: withEngine(url, other, 'websocket').search }]
  },

  session: {
    name: 'polling',
    isBegunBy: (asked) =>
      asked.searchParams.get('transport') !== 'websocket' || asked.searchParams.has('sid'),
    isNamedBy: (asked) => asked.searchParams.has('sid'),
    request: (url) => ({
      method: 'GET',
      url: withEngine(httpOf(url), engineOf(url) ?? '4', 'polling'),
    }),
    opened: ({ status, body }, url) => {
      const sid = status === 200 ? /"sid":"([\w-]{1,100})"/.exec(body)?.[1] : undefined
      if (sid === undefined) return undefined
      const socket = withEngine(url, engineOf(url) ?? '4', 'websocket')
      socket.searchParams.set('sid', sid)
      return socket
    },
  },

  fixes,

  source: 'https://socket.io/docs/v4/engine-io-protocol/',
})

/** The same address for a plain request. */
function httpOf(url: URL): URL {
  return new URL(url.href.replace(/^ws/, 'http'))
}
