import { asked } from '#tests/parity/applications/asked.ts'
import { fault, healthy, open, type SetUp } from '#tests/parity/support/set-up.ts'

const ws = asked('ws')
const websocket = asked('websocket')
const faye = asked('faye-websocket')
const express = asked('express-ws')
const fastify = asked('fastify')
const hono = asked('hono')
const brief = { budget: { stageMs: 3000, runMs: 30_000 } }
const none = null

/** `ws` and `websocket`, the two libraries of Node servers, and what is built on them without a protocol of its own. */
export const librarySetUps: SetUp[] = [
  ws('right', 'nothing', { ...healthy, application: none, at: '/' }),
  ws('path', 'its path option names another', {
    ...fault('path-not-found'),
    with: { paths: ['/chat'] },
    at: '/ws',
    says: [/path: '\/ws'/],
  }),
  ws('second-path', 'two servers on one HTTP server, of which the first refuses what is for the second', {
    ...fault('path-not-found', 'upgrade-handled-twice'),
    with: { paths: ['/chat', '/rooms'] },
    at: '/rooms',
    says: [/noServer/],
  }),
  ws('first-path', 'two servers on one HTTP server, of which the second refuses what the first took', {
    ...fault('upgrade-handled-twice', 'protocol-error'),
    with: { paths: ['/chat', '/rooms'] },
    at: '/chat',
    says: [/noServer/],
  }),
  ws('unrouted', 'an upgrade handler that leaves other paths alone', {
    ...fault('handshake-timeout'),
    with: { routed: ['/chat'] },
    at: '/ws',
    options: brief,
    says: [/path/],
  }),
  ws('401', 'verifyClient refuses', {
    ...fault('authentication-required'),
    with: { refuses: [401, 'Invalid token'] },
    at: '/',
    says: [/token/i],
  }),
  ws('403', 'verifyClient refuses, and does not say why', {
    ...open('forbidden', 'origin-rejected', 'origin-rewritten', 'path-not-found'),
    with: { refuses: [403] },
    at: '/live',
  }),
  ws('origin', 'verifyClient refuses the Origin with 401', {
    ...fault('origin-rejected'),
    with: { onlyFrom: 'https://app.example' },
    at: '/',
    options: { origin: 'https://other.example', pageOrigin: 'https://app.example' },
    says: [/other\.example/],
  }),
  ws('full', 'verifyClient has room for no more', {
    ...fault('rate-limited'),
    with: { refuses: [503, 'Server is full'] },
    at: '/',
    says: [/Server is full/],
  }),
  ws('threw', 'a handler that throws, which ends the process', {
    ...open('backend-dropped'),
    with: { throws: true },
    at: '/',
    says: [/process ended/],
  }),
  ws('subprotocol', 'it speaks v2, and is asked for v1', {
    ...fault('subprotocol-mismatch'),
    with: { subprotocols: ['v2'] },
    at: '/',
    options: { subprotocols: ['v1'] },
    says: [/v1/],
  }),
  websocket('right', 'nothing', { ...healthy, application: none, with: { accepts: null }, at: '/' }),
  websocket('subprotocol', 'nothing: with the subprotocol that it speaks', {
    ...healthy,
    with: { accepts: 'chat' },
    at: '/',
    options: { subprotocols: ['chat'] },
  }),
  websocket('threw', 'it accepts a subprotocol that nobody asked for, which ends the process', {
    ...fault('server-error', 'backend-dropped', 'handshake-closed'),
    with: { accepts: 'chat' },
    at: '/',
    says: [/process ended/],
  }),
  websocket('cookie', 'it rejects who has no cookie', {
    ...fault('authentication-required'),
    with: { rejects: [403, 'no session cookie'] },
    at: '/ws',
    says: [/X-WebSocket-Reject-Reason: no session cookie/],
    never: [/gives no reason/],
  }),
  websocket('origin', 'it rejects the Origin', {
    ...fault('origin-rejected'),
    with: { rejects: [403, 'Origin not allowed'] },
    at: '/',
    says: [/Origin not allowed/],
  }),
  websocket('404', 'it rejects the path', {
    ...fault('path-not-found'),
    with: { rejects: [404] },
    at: '/x',
    says: [/\/x/],
  }),
  websocket('429', 'it rejects one too many', {
    ...fault('rate-limited'),
    with: { rejects: [429, 'slow down'] },
    at: '/',
  }),
  websocket('left-alone', 'a request that is neither accepted nor rejected', {
    ...fault('handshake-timeout'),
    with: {},
    at: '/',
    options: brief,
    says: [/stays silent/],
  }),
  websocket('1008', 'it accepts, and drops with 1008', {
    ...fault('policy-violation', 'authentication-required'),
    with: { accepts: null, closes: [1008, 'bad token'] },
    at: '/',
    says: [/bad token/],
  }),
  faye('right', 'nothing', { ...healthy, application: none, at: '/' }),
  faye('pings', 'nothing: it pings three times a second', { ...healthy, with: { ping: 0.3 }, at: '/' }),
  faye('subprotocol', 'it speaks chat, and is asked for another', {
    ...fault('subprotocol-mismatch'),
    with: { subprotocols: ['chat'] },
    at: '/',
    options: { subprotocols: ['other'] },
    says: [/other/],
  }),
  faye('3001', 'it closes with a code of its own', {
    ...fault('application-close'),
    with: { closes: [3001, 'Go away'] },
    at: '/',
    says: [/3001/, /Go away/],
  }),
  express('right', 'nothing', { ...healthy, application: none, at: '/ws' }),
  express('unknown', 'a path that nothing handles', {
    ...open('no-status', 'path-not-found'),
    at: '/nope',
    says: [/path/, /express-ws/],
  }),
  express('page', 'a path that has a page, and no WebSocket', {
    ...open('no-status', 'path-not-found', 'not-a-websocket-endpoint'),
    at: '/page',
    says: [/path/],
  }),
  fastify('right', 'nothing', { ...healthy, application: none, at: '/ws' }),
  fastify('unknown', 'a path without a route', {
    ...open('path-not-found', 'not-a-websocket-endpoint'),
    at: '/nope',
    says: [/\/nope/],
  }),
  fastify('page', 'a route without websocket: true', {
    ...open('no-status', 'path-not-found', 'not-a-websocket-endpoint'),
    at: '/page',
    says: [/websocket: true/],
  }),
  fastify('private', 'a hook refuses', { ...fault('authentication-required'), at: '/private' }),
  fastify('failed', 'a handler that throws', {
    ...open('backend-dropped', 'internal-error'),
    at: '/fails',
    says: [/handler/],
  }),
  hono('right', 'nothing', { ...healthy, application: none, at: '/ws' }),
  hono('unknown', 'a path without a route', { ...fault('path-not-found'), at: '/nope', says: [/\/nope/] }),
  hono('page', 'a path that has a page, and no WebSocket', {
    ...open('not-a-websocket-endpoint', 'path-not-found', 'server-without-websocket'),
    at: '/page',
  }),
  hono('private', 'a middleware refuses', { ...fault('authentication-required'), at: '/private' }),
]
