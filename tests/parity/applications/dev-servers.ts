import { asked } from '#tests/parity/applications/asked.ts'
import { fault, healthy, type SetUp } from '#tests/parity/support/set-up.ts'

const vite = asked('vite')
const webpack = asked('webpack-dev-server')
const next = asked('next')
const hmr = { subprotocols: ['vite-hmr'] }
/** A silence costs all of it. */
const brief = { budget: { stageMs: 3000, runMs: 30_000 } }
/** Vite without its token, as behind tools that do not know it. */
const anyToken = { legacy: { skipWebSocketTokenCheck: true } }
const foreign = { origin: 'https://app.example' }

export const devServerSetUps: SetUp[] = [
  vite('right', 'nothing: with the token of this run', {
    ...healthy,
    application: 'vite',
    inDirectory: true,
    with: anyToken,
    at: '/?token=any',
    options: hmr,
  }),
  vite('tool', 'nothing: a client without an Origin', {
    ...healthy,
    application: 'vite',
    inDirectory: true,
    at: '/',
    options: { ...hmr, origin: null },
  }),
  vite('no-token', 'a page without a token', {
    ...fault('authentication-required'),
    application: 'vite',
    inDirectory: true,
    at: '/',
    options: hmr,
    says: [/token/],
  }),
  vite('old-token', 'a page with the token of an earlier run', {
    ...fault('authentication-required'),
    application: 'vite',
    inDirectory: true,
    at: '/?token=old',
    options: hmr,
    says: [/Reload the page/],
  }),
  vite('host', 'a host that is not in its list', {
    ...fault('origin-rejected', 'forbidden'),
    application: 'vite',
    inDirectory: true,
    with: anyToken,
    at: '/',
    options: { ...hmr, headers: [['Host', 'app.example']] },
    says: [/allowedHosts/],
    never: [/allowedHosts: \['127/],
  }),
  vite('base', 'another base than the address has', {
    ...fault('handshake-timeout', 'path-not-found'),
    application: 'vite',
    inDirectory: true,
    with: { base: '/app/' },
    at: '/',
    options: { ...hmr, ...brief },
    says: [/base/],
  }),
  vite('not-hmr', 'a WebSocket of the application asked at Vite', {
    ...fault('handshake-timeout', 'server-without-websocket'),
    inDirectory: true,
    at: '/ws',
    options: brief,
    says: [/path/, /subprotocol/],
  }),
  webpack('right', 'nothing', {
    ...healthy,
    application: 'webpack-dev-server',
    inDirectory: true,
    at: '/ws',
  }),
  webpack('origin', 'a page of another origin', {
    ...fault('origin-rejected'),
    application: 'webpack-dev-server',
    inDirectory: true,
    at: '/ws',
    options: foreign,
    says: [/allowedHosts/, /app\.example/],
  }),
  webpack('host', 'a host that is not in its list', {
    ...fault('origin-rejected', 'forbidden'),
    application: 'webpack-dev-server',
    inDirectory: true,
    at: '/ws',
    options: { headers: [['Host', 'app.example']] },
    says: [/allowedHosts/],
    never: [/allowedHosts: \['127/],
  }),
  webpack('path', 'another path than its own', {
    ...fault('handshake-timeout'),
    inDirectory: true,
    at: '/other',
    options: brief,
    says: [/path/],
  }),
  next('right', 'nothing', {
    ...healthy,
    application: 'next',
    inDirectory: true,
    after: '/',
    at: '/_next/hmr',
  }),
  next('old-path', 'the path of an older version', {
    ...fault('path-not-found'),
    application: 'next',
    inDirectory: true,
    after: '/',
    at: '/_next/webpack-hmr',
    options: brief,
    says: [/\/_next\/hmr/],
  }),
  next('origin', 'a page of another origin', {
    ...fault('origin-rejected'),
    application: 'next',
    inDirectory: true,
    after: '/',
    at: '/_next/hmr',
    options: { origin: 'http://192.168.1.20:3000' },
    says: [/allowedDevOrigins/, /192\.168\.1\.20/],
  }),
]
