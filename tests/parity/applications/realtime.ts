import { asked } from '#tests/parity/applications/asked.ts'
import { fault, healthy, open, type SetUp } from '#tests/parity/support/set-up.ts'

const sockjs = asked('sockjs')
const peer = asked('peer')
const colyseus = asked('colyseus')
const socketCluster = asked('socketcluster')
const hocuspocus = asked('hocuspocus')
const yWebsocket = asked('y-websocket')
const rpc = asked('rpc-websockets')
const trpc = asked('trpc')
const primus = asked('primus')
const PEER = '/myapp/peerjs?key=peerjs&id=a&token=b'
const brief = { budget: { stageMs: 3000, runMs: 30_000 } }

export const realtimeSetUps: SetUp[] = [
  sockjs('raw', 'nothing: the path for plain WebSockets', { ...healthy, at: '/echo/websocket' }),
  sockjs('session', 'nothing: its own transport, held over its heartbeat', {
    ...healthy,
    application: 'sockjs',
    with: { heartbeat_delay: 1000 },
    at: '/echo/000/abc/websocket',
    options: { holdSeconds: 5 },
  }),
  sockjs('prefix', 'its prefix itself', {
    ...fault('path-not-found', 'not-a-websocket-endpoint'),
    application: 'sockjs',
    at: '/echo',
    says: [/\/echo\/websocket/],
  }),
  sockjs('framing', 'a message that is no JSON', {
    ...fault('application-protocol-mismatch'),
    application: 'sockjs',
    at: '/echo/000/abc/websocket',
    options: { send: 'hello' },
    says: [/framing/],
  }),
  sockjs('elsewhere', 'another prefix', {
    ...fault('handshake-timeout'),
    at: '/ws',
    options: brief,
    says: [/path/],
  }),
  sockjs('off', 'websocket: false', {
    ...open('path-not-found', 'server-without-websocket'),
    with: { websocket: false },
    at: '/echo/websocket',
  }),
  peer('right', 'nothing', { ...healthy, application: 'peerjs', at: PEER }),
  peer('held', 'nothing: held for longer than its alive_timeout', {
    ...healthy,
    application: 'peerjs',
    with: { alive_timeout: 7000 },
    at: PEER,
    options: { holdSeconds: 12 },
    says: [/HEARTBEAT/],
  }),
  peer('silent', 'no HEARTBEAT, by a probe that may not speak', {
    ...fault('first-message-missing'),
    application: 'peerjs',
    with: { alive_timeout: 1000 },
    at: PEER,
    options: { quiet: true, watchMs: 5000 },
    says: [/HEARTBEAT/],
  }),
  peer('key', 'another key', {
    ...fault('authentication-required'),
    application: 'peerjs',
    at: '/myapp/peerjs?key=other&id=a&token=b',
    says: [/key/],
  }),
  peer('no-id', 'an address without id and token', {
    ...fault('application-protocol-mismatch'),
    application: 'peerjs',
    at: '/myapp/peerjs',
    says: [/id/, /token/],
  }),
  peer('full', 'as many clients as it may have', {
    ...fault('rate-limited'),
    application: 'peerjs',
    with: { concurrent_limit: 0 },
    at: PEER,
    says: [/concurrent user limit/],
  }),
  peer('path', 'without the path option of the server', {
    ...fault('path-not-found'),
    application: 'peerjs',
    at: '/peerjs?key=peerjs&id=a&token=b',
    says: [/path option/],
  }),
  colyseus('seat', 'a session that was never reserved', {
    ...fault('sticky-session-missing', 'application-protocol-mismatch', 'application-close'),
    application: 'colyseus',
    at: '/abcdefghi/abcdefghi?sessionId=abcdefghi',
    says: [/seat/],
  }),
  colyseus('bare', 'an address without a session', {
    ...open('normal-closure'),
    at: '/',
    says: [/session/],
  }),
  socketCluster('right', 'nothing', { ...healthy, application: 'socketcluster', at: '/socketcluster/' }),
  socketCluster('held', 'nothing: held over its pings', {
    ...healthy,
    application: 'socketcluster',
    with: { pingInterval: 1000, pingTimeout: 3000 },
    at: '/socketcluster/',
    options: { holdSeconds: 8 },
  }),
  socketCluster('silent', 'no #handshake, by a probe that may not speak', {
    ...fault('first-message-missing'),
    application: 'socketcluster',
    with: { handshakeTimeout: 700 },
    at: '/socketcluster/',
    options: { quiet: true },
    says: [/#handshake/],
  }),
  socketCluster('origin', 'an Origin that is not in its list', {
    ...fault('origin-rejected'),
    application: 'socketcluster',
    with: { origins: 'app.example:*' },
    at: '/socketcluster/',
    says: [/origins: '127\.0\.0\.1:\d+'/],
  }),
  socketCluster('path', 'another path', { ...fault('path-not-found'), at: '/' }),
  hocuspocus('right', 'nothing: it waits for a minute', { ...healthy, at: '/' }),
  hocuspocus('silent', 'no authentication in time', {
    ...fault('first-message-missing'),
    application: 'hocuspocus',
    with: { timeout: 700 },
    at: '/',
    options: { watchMs: 5000 },
    says: [/HocuspocusProvider/],
  }),
  hocuspocus('message', 'a message that it cannot read', {
    ...fault('application-protocol-mismatch', 'application-close'),
    at: '/',
    options: { send: 'hello' },
  }),
  yWebsocket('right', 'nothing', { ...healthy, at: '/room' }),
  yWebsocket('held', 'nothing: held for 60 s, with its pings', {
    ...healthy,
    at: '/room',
    options: { holdSeconds: 60 },
  }),
  rpc('right', 'nothing', { ...healthy, at: '/' }),
  trpc('pings', 'nothing: it wants its PING answered', {
    ...healthy,
    application: 'text-heartbeat',
    with: { keepAlive: { enabled: true, pingMs: 500, pongWaitMs: 1500 } },
    at: '/',
    options: { holdSeconds: 4 },
    says: [/answered a ping message/],
  }),
  trpc('unanswered', 'no PONG, by a probe that may not speak', {
    ...fault('pong-timeout', 'first-message-missing'),
    with: { keepAlive: { enabled: true, pingMs: 500, pongWaitMs: 500 } },
    at: '/',
    options: { quiet: true, watchMs: 5000 },
    says: [/PING/, /PONG/],
  }),
  trpc('refused', 'createContext refuses', {
    ...open('authentication-required', 'no-status'),
    with: { refuses: 'no token' },
    at: '/',
    says: [/no token/],
  }),
  primus('pings', 'nothing: it wants its pings answered', {
    ...healthy,
    application: 'text-heartbeat',
    with: { pingInterval: 500 },
    at: '/primus',
    options: { holdSeconds: 4 },
  }),
  primus('unanswered', 'no pong, by a probe that may not speak', {
    ...fault('pong-timeout', 'first-message-missing'),
    with: { pingInterval: 500 },
    at: '/primus',
    options: { quiet: true, watchMs: 5000 },
    says: [/primus::ping/],
  }),
]
