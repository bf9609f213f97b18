import { asked } from '#tests/parity/applications/asked.ts'
import { type Expectation, fault, healthy, healthyOr, type SetUp } from '#tests/parity/support/set-up.ts'

const application = 'socket.io'
const socketIo = asked('socket-io')
const engineIo = asked('engine-io')

const PASSED = `
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection "upgrade";`

/** Two processes, each with sessions of its own, and requests that nginx spreads over them. */
const twoProcesses = (how: string, directive: string, expect: Expectation): SetUp => ({
  id: `socket-io two-processes ${how}`,
  fault: `two processes behind nginx, ${how}`,
  needs: 'nginx',
  build: async (stage) => {
    const [a, b] = await Promise.all([stage.server('socket-io.mjs'), stage.server('socket-io.mjs')])
    const http = `upstream both { ${directive} server 127.0.0.1:${a.port}; server 127.0.0.1:${b.port}; }`
    const { port } = await stage.nginx(`location / { proxy_pass http://both; ${PASSED} }`, { http })
    return { url: `http://127.0.0.1:${port}/socket.io/` }
  },
  expect: { application, ...expect },
})

/** The same server behind nginx, which writes the headers of its refusals anew. */
const behindNginx = (id: string, settings: object, path: string, expect: Expectation): SetUp => ({
  id: `socket-io behind-nginx ${id}`,
  fault: `behind nginx, ${id}`,
  needs: 'nginx',
  build: async (stage) => {
    const { port: behind } = await stage.server('socket-io.mjs', JSON.stringify(settings))
    const { port } = await stage.nginx(`location / { proxy_pass http://127.0.0.1:${behind}; ${PASSED} }`)
    return { url: `ws://127.0.0.1:${port}${path}` }
  },
  expect: { application, ...expect },
})

export const socketIoSetUps: SetUp[] = [
  socketIo('4', 'nothing: asked by its own address', {
    ...healthy,
    application,
    at: 'http://127.0.0.1:PORT/socket.io/',
  }),
  socketIo('held', 'nothing: held for 60 s, with its pings', {
    ...healthy,
    application,
    at: '/socket.io/',
    options: { holdSeconds: 60 },
    says: [/answered a ping/],
  }),
  socketIo('pings', 'nothing: it pings three times a second', {
    ...healthy,
    application,
    with: { pingInterval: 300, pingTimeout: 2000 },
    at: '/socket.io/',
  }),
  socketIo('2', 'nothing: version 2 asked as its client asks', {
    ...healthy,
    application,
    with: { version: 2 },
    at: '/socket.io/?EIO=3&transport=websocket',
  }),
  socketIo('2-by-address', 'nothing: version 2 by an address that names no version', {
    ...healthy,
    application,
    with: { version: 2 },
    at: '/socket.io/',
    says: [/Socket\.IO 2/],
  }),
  socketIo('eio3', 'a client of version 2 at a server of version 4', {
    ...fault('application-protocol-mismatch'),
    application,
    at: '/socket.io/?EIO=3&transport=websocket',
    says: [/EIO=4/, /allowEIO3/],
  }),
  socketIo('eio4', 'a client of version 4 at a server of version 2', {
    ...fault('application-protocol-mismatch'),
    application,
    with: { version: 2 },
    at: '/socket.io/?EIO=4&transport=websocket',
    says: [/socket\.io-client@2/],
    never: [/allowEIO3/],
  }),
  socketIo('polling-only', 'transports: polling alone', {
    ...fault('server-without-websocket'),
    application,
    with: { transports: ['polling'] },
    at: '/socket.io/',
    says: [/transports/],
  }),
  socketIo('root', 'asked at /', { ...fault('path-not-found'), at: '/', says: [/\/socket\.io\//] }),
  socketIo('another-path', 'it listens at a path of its own', {
    ...fault('path-not-found'),
    application,
    with: { path: '/live/' },
    at: '/socket.io/',
    says: [/path option/],
  }),
  socketIo('neither-path', 'it listens at a path of its own, and is asked at a third', {
    ...fault('path-not-found'),
    with: { path: '/live/' },
    at: '/ws',
    says: [/Engine\.IO/, /path option/],
  }),
  socketIo('refused', 'allowRequest refuses', {
    ...fault('forbidden'),
    application,
    with: { refuses: 'banned' },
    at: '/socket.io/',
    says: [/allowRequest/],
  }),
  socketIo('refused-unauthorized', 'allowRequest wants credentials', {
    ...fault('authentication-required'),
    application,
    with: { refuses: 'unauthorized' },
    at: '/socket.io/',
    says: [/allowRequest/],
  }),
  socketIo('refused-origin', 'allowRequest refuses the Origin', {
    ...fault('origin-rejected'),
    application,
    with: { refuses: 'origin not allowed' },
    at: '/socket.io/',
    says: [/allowRequest/],
    never: [/cors:/],
  }),
  socketIo('2-origins', 'version 2 with a list of origins', {
    ...fault('forbidden', 'origin-rejected'),
    application,
    with: { version: 2, origins: 'https://app.example:*' },
    at: '/socket.io/?EIO=3&transport=websocket',
    options: { origin: 'https://other.example' },
    says: [/io\.origins/],
  }),
  socketIo('cors', 'nothing: cors is for polling, and no WebSocket minds it', {
    ...healthy,
    application,
    with: { cors: { origin: 'https://app.example' } },
    at: '/socket.io/',
    options: { origin: 'https://other.example' },
  }),
  socketIo('namespace', 'nothing: a middleware refuses who has no token', {
    ...healthy,
    application,
    with: { auth: true },
    at: '/socket.io/',
    says: [/refuses the probe/],
  }),
  socketIo('joined-nothing', 'connectTimeout, by a probe that may not speak', {
    ...fault('first-message-missing'),
    application,
    with: { connectTimeout: 800 },
    at: '/socket.io/',
    options: { quiet: true },
    says: [/CONNECT \(40\)/],
  }),
  socketIo('stale-sid', 'nothing: the address has a session that has ended', {
    ...healthyOr('sticky-session-missing'),
    application,
    at: '/socket.io/?EIO=4&transport=websocket&sid=abc',
    says: [/session/],
  }),
  engineIo('alone', 'nothing: Engine.IO without namespaces', { ...healthy, application, at: '/engine.io/' }),
  engineIo('root', 'Engine.IO asked at /', { ...fault('path-not-found'), at: '/', says: [/\/engine\.io\//] }),
  twoProcesses('without stickiness', '', {
    ...healthyOr('sticky-session-missing'),
    says: [/sticky|instance|ip_hash/i],
  }),
  twoProcesses('with stickiness', 'ip_hash;', { ...healthy, never: [/ip_hash/] }),
  behindNginx('refused', { refuses: 'banned' }, '/socket.io/', {
    ...fault('forbidden'),
    says: [/allowRequest/],
  }),
  behindNginx('right', {}, '/socket.io/', healthy),
  socketIo('websocket-only', 'nothing: transports: websocket alone', {
    ...healthy,
    application,
    with: { transports: ['websocket'] },
    at: 'http://127.0.0.1:PORT/socket.io/',
    says: [/WebSocket alone/],
  }),
]
