/**
 * Attacks on the access token from where strangers are: another address of the network, behind each proxy in its plainest
 * form, and a page in somebody's browser. What held is to hold.
 */
import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import {
  apacheConfig,
  caddyConfig,
  haproxyConfig,
  nginxConfig,
  type Paths,
  type Prepared,
} from '#server/lab/real-proxy/configs.ts'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { installedProxies } from '#server/lab/real-proxy/installed.ts'
import {
  startProgram,
  stopProgram,
  temporaryDirectory,
  untilListening,
} from '#server/lab/real-proxy/programs.ts'
import { exchange, get, handshake } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

/** What is somebody's own: to read, to act, to watch. */
const READS = ['/', '/api/events', '/api/reports', '/api/lab', '/api/links', '/recorder.js', '/_next/x.js']
const ACTS = [
  '/api/diagnose',
  '/api/reports',
  '/api/lab/proxies',
  '/api/links',
  '/api/ingest',
  '/api/secure-page',
]
const SOCKETS = ['/ws/diagnostics', '/ws/through', '/lab/reset/ws']

/** As a stranger would say that it is local, and what nobody may count. */
const DISGUISES: readonly Record<string, string>[] = [
  {},
  { 'X-Forwarded-For': '127.0.0.1' },
  { Forwarded: 'for=127.0.0.1;host=localhost' },
  { 'X-Real-IP': '::1' },
  { 'X-Any': 'host' },
  { Cookie: 'why1006-9000=1' },
  { Authorization: 'Bearer ' },
  { Authorization: 'Bearer undefined' },
  { Authorization: 'Basic OmxvY2FsaG9zdA==' },
]

/** Asks for everything; `host` is what the client writes. Returns what answered with something else than 401, 421 and 429. */
async function got(port: number, address: string, host: string): Promise<string[]> {
  const found: string[] = []
  const look = async (what: string, request: string, isRefused: (status: number) => boolean) => {
    const { status } = await exchange(port, request, address)
    if (!isRefused(status)) found.push(`${what} ${status}`)
  }
  const refused = (status: number) => [401, 421, 429].includes(status)
  for (const disguise of DISGUISES) {
    const headers = { Host: host, Connection: 'close', ...disguise }
    for (const each of READS) await look(`GET ${each}`, get(each, headers), refused)
    for (const each of ACTS) {
      const typed = { ...headers, 'Content-Type': 'application/json', 'Content-Length': '2' }
      await look(`POST ${each}`, `${get(each, typed, 'POST')}{}`, refused)
    }
    const own = { Host: host, Origin: `http://${host}`, ...disguise }
    const isClosed = (status: number) => status !== 101
    for (const each of SOCKETS) await look(each, handshake(each, own), isClosed)
  }
  return [...new Set(found)]
}

describe('from another address of the network', () => {
  const address = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address
  let server: TestServer
  before(async () => {
    server = await startServer({ HOST: '0.0.0.0', ACCESS_TOKEN: TOKEN })
  })
  after(() => server.app.close(0))

  test('nothing is got under any name', {
    skip: address === undefined && 'this machine has loopback alone',
  }, async () => {
    for (const host of [
      `${address}:${server.port}`,
      `localhost:${server.port}`,
      '127.0.0.1',
      'evil.example',
    ]) {
      assert.deepEqual(await got(server.port, address ?? '', host), [], host)
    }
    const open = await exchange(server.port, handshake('/ws', { Host: `${address}` }), address)
    assert.equal(open.status, 101)
  })
})

/** The least that each takes to pass everything on; nginx in three forms that people write. */
const SET_UPS: readonly (readonly [RealProxyKind, string, (paths: Paths, to: string) => Prepared])[] = [
  [
    'nginx',
    'proxy_pass alone',
    (paths, to) => nginxConfig(paths, `location / { proxy_pass http://${to}; }`, {}),
  ],
  [
    'nginx',
    'as its documentation has it for WebSockets',
    (paths, to) =>
      nginxConfig(
        paths,
        `location / { proxy_pass http://${to}; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }`,
        {},
      ),
  ],
  [
    'nginx',
    'with the Host of the client',
    (paths, to) =>
      nginxConfig(paths, `location / { proxy_pass http://${to}; proxy_set_header Host $host; }`, {}),
  ],
  ['caddy', 'reverse_proxy alone', (paths, to) => caddyConfig(paths, `reverse_proxy ${to}`)],
  [
    'apache',
    'ProxyPass alone',
    (paths, to) => apacheConfig(paths, `ProxyPass / http://${to}/ upgrade=websocket`, []),
  ],
  [
    'haproxy',
    'with option forwardfor',
    (paths, to) =>
      haproxyConfig(
        paths,
        `listen site\n  bind 127.0.0.1:{port}\n  option forwardfor\n  server backend ${to}\n`,
      ),
  ],
]

describe('behind a proxy on the machine of the server', () => {
  let server: TestServer
  before(async () => {
    server = await startServer({ ACCESS_TOKEN: TOKEN })
  })
  after(() => server.app.close(0))

  for (const [kind, name, prepare] of SET_UPS) {
    test(`${kind}, ${name}: nothing is got`, async (t) => {
      const proxy = (await installedProxies()).find((each) => each.kind === kind)
      if (proxy === undefined) return t.skip(`${kind} is not installed`)
      const asRoot = process.getuid?.() === 0
      const paths = { directory: await temporaryDirectory(), port: await freePort(), asRoot }
      await mkdir(path.join(paths.directory, 'www'))
      const { files, args, env } = prepare(paths, `127.0.0.1:${server.port}`)
      for (const [file, text] of Object.entries(files))
        await writeFile(path.join(paths.directory, file), text)
      const running = startProgram(proxy.program, args, env)
      try {
        await untilListening(paths.port, running)
        for (const host of [`localhost:${paths.port}`, `127.0.0.1:${server.port}`, 'dash.example']) {
          const found = await got(paths.port, '127.0.0.1', host)
          // A form without WebSockets makes a plain request of a handshake.
          assert.deepEqual(found, [], `${host}\n${running.output()}`)
        }
        const health = await exchange(
          paths.port,
          get('/health', { Host: 'dash.example', Connection: 'close' }),
        )
        assert.equal(health.status, 200)
      } finally {
        await stopProgram(running)
        await rm(paths.directory, { recursive: true, force: true })
      }
    })
  }

  test('whatever forwards bytes and names nobody is told apart by TRUSTED_PROXIES alone', async () => {
    const told = await startServer({ ACCESS_TOKEN: TOKEN, TRUSTED_PROXIES: '127.0.0.1,::1' })
    try {
      assert.deepEqual(await got(told.port, '127.0.0.1', `localhost:${told.port}`), [])
    } finally {
      await told.app.close(0)
    }
  })
})

describe('guesses', () => {
  test('are compared ten times a minute, whatever header names the address', async () => {
    const server = await startServer({ ACCESS_TOKEN: TOKEN })
    try {
      const statuses: number[] = []
      for (let guess = 0; guess < 60; guess += 1) {
        const headers = {
          'X-Forwarded-For': `203.0.113.${guess}`,
          'X-Real-IP': `203.0.113.${guess}`,
          Authorization: `Bearer guess-number-${guess}`,
          Connection: 'close',
        }
        statuses.push((await exchange(server.port, get('/api/events', headers))).status)
      }
      assert.ok(statuses.filter((status) => status === 401).length <= 12)
      assert.ok(statuses.filter((status) => status === 429).length >= 48)
    } finally {
      await server.app.close(0)
    }
  })
})
