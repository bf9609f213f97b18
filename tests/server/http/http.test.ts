import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { after, before, test } from 'node:test'
import { healthReport } from '#lib/protocol/health.ts'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import { contentSecurityPolicy } from '#server/http/security-headers.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { openClient } from '#tests/server/support/client.ts'
import { connected, exchange, get, handshake } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

let server: TestServer

before(async () => {
  server = await startServer({
    HOST: 'localhost',
    PUBLIC_BASE_URL: 'https://why.example',
    ALLOWED_HOSTS: 'devbox',
    ACCESS_TOKEN: TOKEN,
  })
})
after(() => server.app.close(0))

/** A server whose pages are this handler. */
async function startPages(handle: (request: IncomingMessage) => void) {
  const result = readConfig({ PORT: '0' })
  assert.ok(result.ok)
  const app = await createApp({
    config: result.config,
    journal: createMemoryJournal({ capacity: 100, instance: 'pages' }),
    version: 'test',
    pages: () => ({
      ready: Promise.resolve(),
      handle: async (request, response) => {
        handle(request)
        response.end('page')
      },
      upgrade: () => false,
      close: async () => {},
    }),
  })
  return { port: app.site.port, close: () => app.close(0) }
}

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  exchange(server.port, get(path, headers, method))

test('/health is 200 with the open connections, the version and the time', async () => {
  const client = openClient(server.port, '/ws/echo')
  await client.nextJson()
  const { status, body, header } = await ask('/health')
  assert.equal(status, 200)
  assert.match(header('Content-Type') ?? '', /^application\/json/)
  const report = healthReport.parse(JSON.parse(body))
  assert.equal(report.status, 'healthy')
  assert.deepEqual(report.services, { websocket: 'active: 1' })
  assert.equal(report.open_connections, 1)
  assert.ok(report.uptime_seconds >= 0)
  assert.ok(Math.abs(report.timestamp - Date.now() / 1000) < 5)
  client.close()
})

test('/health takes any Host, and HEAD without a body', async () => {
  assert.equal((await ask('/health', { Host: '10.0.0.7:9000' })).status, 200)
  const head = await ask('/health?probe=1', { Connection: 'close' }, 'HEAD')
  assert.deepEqual([head.status, head.body], [200, ''])
})

for (const host of ['evil.example', 'localhost.evil.example', '10.0.0.1', '127.0.0.1.nip.io', '[::2]']) {
  test(`pages and /api do not answer to the host ${host}`, async () => {
    for (const path of ['/', '/api/events', '/api/nothing', '/_next/static/x.js']) {
      const { status, body } = await ask(path, { Host: host })
      assert.equal(status, 421)
      assert.match(JSON.parse(body).message, /ALLOWED_HOSTS/)
    }
  })
}

for (const host of [
  'localhost',
  'LOCALHOST:1',
  '127.0.0.1',
  '127.9.9.9:80',
  '[::1]:9000',
  'why.example',
  'devbox',
]) {
  test(`/api answers to the host ${host}`, async () => {
    const headers = { Host: host, Authorization: `Bearer ${TOKEN}`, Connection: 'close' }
    assert.equal((await ask('/api/events', headers)).status, 200)
  })
}

test('a request without Host is refused', async () => {
  const { status, body } = await exchange(server.port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
  assert.equal(status, 400)
  assert.match(JSON.parse(body).message, /no Host/)
  assert.equal((await exchange(server.port, 'GET / HTTP/1.0\r\n\r\n')).status, 421)
})

for (const [name, headers] of [
  ['two Hosts', { host: 'localhost' }],
  ['a Host that is none', { Host: 'localhost/evil' }],
] as const) {
  test(`${name} are refused everywhere, since whoever stands before the server may take another`, async () => {
    for (const path of ['/', '/health', '/ws', '/api/events', 'http://localhost/health']) {
      assert.equal((await ask(path, headers)).status, 400, path)
    }
  })
}

test('a target in absolute form is taken by its path and its host', async () => {
  const got: unknown[] = []
  const pages = await startPages(({ url, headers: { host } }) => got.push({ url, host }))
  const close = { Host: 'evil.example', Connection: 'close' }
  try {
    for (const target of ['http://localhost:1/playbook?q=1', 'http://127.0.0.1?q', 'https://localhost']) {
      assert.equal((await exchange(pages.port, get(target, close))).status, 200)
    }
    assert.deepEqual(got, [
      { url: '/playbook?q=1', host: 'localhost:1' },
      { url: '/?q', host: '127.0.0.1' },
      { url: '/', host: 'localhost' },
    ])
    assert.equal(
      (await exchange(pages.port, get('http://evil.example/', { Connection: 'close' }))).status,
      421,
    )
  } finally {
    await pages.close()
  }
  const events = await ask('http://localhost/api/events?limit=1', close)
  assert.equal(events.status, 200)
  assert.equal(JSON.parse(events.body).events.length, 1)
  assert.equal((await ask('http://evil.example/api/events', { Connection: 'close' })).status, 421)
  assert.equal((await ask('http://localhost/health', close)).status, 200)
})

const json = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': '0', Connection: 'close' }
const noType = { 'Content-Length': '0', Connection: 'close' }

for (const [name, status, headers] of [
  ['without a content type', 415, noType],
  ['as a form would send it', 415, { ...noType, 'Content-Type': 'text/plain' }],
  ['from another origin', 403, { ...json, Origin: 'https://evil.example' }],
  [
    'from an allowed origin, which may use the sockets only',
    403,
    { ...json, Origin: 'http://localhost:3000' },
  ],
  ['from another site', 403, { ...json, 'Sec-Fetch-Site': 'cross-site' }],
  ['from a sibling', 403, { ...json, 'Sec-Fetch-Site': 'same-site' }],
  ['from a client that is no browser', 404, json],
  ['from a page of this server', 404, { ...json, 'Sec-Fetch-Site': 'same-origin' }],
] as const) {
  test(`a POST ${name} is answered with ${status}`, async () => {
    assert.equal((await ask('/api/nothing', headers, 'POST')).status, status)
  })
}

for (const [site, status] of [
  ['cross-site', 403],
  ['same-site', 403],
  ['same-origin', 200],
  ['none', 200],
] as const) {
  test(`a read of /api by a browser that says ${site} is answered with ${status}`, async () => {
    for (const path of ['/api/events', '/api/lab', '/api/reports']) {
      const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors', Connection: 'close' }
      assert.equal((await ask(path, headers)).status, status, path)
    }
  })
}

test('a page of another origin that fetches endpoints leaves no events; a handshake without its headers does', async () => {
  const own = await startServer()
  const fetchIt = (trace: string, headers: Record<string, string>) =>
    exchange(own.port, get(`/ws?trace=${trace}`, { Connection: 'close', ...headers }))
  const crossSite = { 'Sec-Fetch-Site': 'cross-site' }
  for (const site of ['cross-site', 'same-site']) {
    for (const mode of ['no-cors', 'cors', 'navigate']) {
      const { status } = await fetchIt('fetched', { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode })
      assert.equal(status, 426)
    }
  }
  await fetchIt('stripped', {})
  await fetchIt('firefox', { ...crossSite, 'Sec-Fetch-Mode': 'websocket' })
  await own.event('rejected', 'firefox')
  assert.deepEqual(own.kinds('fetched'), [])
  assert.deepEqual(own.kinds('stripped'), ['attempt', 'rejected'])
  await own.app.close(0)
})

test('an API that answers other methods says which', async () => {
  for (const [method, path, allowed] of [
    ['GET', '/api/diagnose', 'POST'],
    ['DELETE', '/api/reports', 'GET, POST'],
    ['POST', '/api/reports/some-id', 'GET'],
  ] as const) {
    const { status, header, body } = await ask(path, json, method)
    assert.deepEqual([status, header('Allow')], [405, allowed], path)
    assert.match(JSON.parse(body).message, new RegExp(method))
  }
})

test('a DELETE without a body needs no content type', async () => {
  const { status, header } = await ask('/api/reports', {}, 'DELETE')
  assert.deepEqual([status, header('Allow')], [405, 'GET, POST'])
  assert.equal((await ask('/api/reports', { 'Content-Length': '2' }, 'DELETE')).status, 415)
})

test('a POST from its own origin passes', async () => {
  const headers = { ...json, Origin: `http://localhost:${server.port}` }
  assert.equal((await ask('/api/nothing', headers, 'POST')).status, 404)
})

test('every answer carries the security headers, and none says what wrote it', async () => {
  for (const path of ['/', '/health', '/api/events', '/ws']) {
    const { header } = await ask(path, { Connection: 'close' })
    assert.equal(header('X-Content-Type-Options'), 'nosniff')
    assert.match(header('Referrer-Policy') ?? '', /origin/)
    assert.match(header('Content-Security-Policy') ?? '', /frame-ancestors 'none'/)
    assert.equal(header('X-Powered-By'), undefined)
    assert.equal(header('Access-Control-Allow-Origin'), undefined)
  }
})

test('the policy has a nonce of its own for each answer, and allows foreign sockets', async () => {
  const policies = await Promise.all(
    ['/', '/'].map(async (path) => (await ask(path)).header('Content-Security-Policy') ?? ''),
  )
  const nonces = policies.map(
    (policy) => /script-src 'self' 'nonce-([^']{22,})' 'strict-dynamic';/.exec(policy)?.[1],
  )
  assert.ok(nonces[0] && nonces[1] && nonces[0] !== nonces[1])
  assert.match(policies[0] ?? '', /connect-src 'self' ws: wss:/)
})

test('only development allows eval', () => {
  assert.doesNotMatch(contentSecurityPolicy('n', false), /unsafe-eval/)
  assert.match(contentSecurityPolicy('n', true), /script-src[^;]*'unsafe-eval'/)
})

test('a page behind this server sees the policy on its request, whatever the client sent', async () => {
  let seen: string | string[] | undefined
  const pages = await startPages((request) => {
    seen = request.headers['content-security-policy']
  })
  const headers = { 'Content-Security-Policy': "script-src 'nonce-mine'", Connection: 'close' }
  const { header } = await exchange(pages.port, get('/', headers))
  assert.equal(seen, header('Content-Security-Policy'))
  await pages.close()
})

test('an error of the pages is a 500 and an error event, not the end', async () => {
  const pages = await startPages(() => {
    throw new Error('page broke')
  })
  assert.equal((await exchange(pages.port, get('/'))).status, 500)
  assert.equal((await exchange(pages.port, get('/health'))).status, 200)
  await pages.close()
})

test('a path that cannot be decoded is refused before the pages see it', async () => {
  const seen: (string | undefined)[] = []
  const pages = await startPages(({ url }) => seen.push(url))
  for (const path of ['/playbook/%ff', '/playbook/messages/x/%E0%A4%A', '/reports/%', '/%zz']) {
    assert.equal((await exchange(pages.port, get(path))).status, 400, path)
  }
  assert.equal((await exchange(pages.port, get('/playbook/%E2%82%AC?q=%ff'))).status, 200)
  assert.deepEqual(seen, ['/playbook/%E2%82%AC?q=%ff'])
  await pages.close()
})

test('both loopback addresses answer on one port', async () => {
  assert.equal(server.app.addresses[0], '127.0.0.1')
  for (const address of server.app.addresses) {
    const host = address.replace(/[[\]]/g, '')
    assert.equal((await exchange(server.port, get('/health'), host)).status, 200, host)
  }
})

test('an offer of h2c is ignored and the request answered, as HTTP wants', async () => {
  const headers = {
    Connection: 'Upgrade, HTTP2-Settings',
    Upgrade: 'h2c',
    'HTTP2-Settings': 'AAMAAABkAAQAAP__',
  }
  assert.equal((await ask('/health', headers)).status, 200)
})

test('however a Host is spelt, it is known, unknown or none, and no fault of the server', async () => {
  const hosts = [
    ...[
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      'LOCALHOST',
      '127.255.255.254',
      'localhost:0',
      'localhost:080',
    ],
    ...[
      'localhost:65535',
      'localhost:65536',
      'localhost:99999',
      '127.0.0.1:',
      '[::1]:1',
      '[::1',
      '[1]',
      '[::1%25lo]',
    ],
    ...[
      '0x7f.1',
      '0177.0.0.1',
      '127.9',
      '2130706433',
      'local%68ost',
      'localhost.',
      '%',
      '',
      '.',
      '-',
      '_',
      'xn--a',
      '1.2.3.256',
    ],
  ]
  for (const host of hosts) {
    for (const path of ['/api/events', '/api/reports', '/health', '/ws', '/nothing']) {
      const { status } = await ask(path, { Host: host, Connection: 'close' })
      assert.ok(status >= 200 && status < 500, `${host} ${path} ${status}`)
    }
    const { status } = await exchange(server.port, handshake('/ws/diagnostics', { Host: host }))
    assert.ok(status < 500, `${host} ${status}`)
  }
})

test('HEAD of the stream ends with its headers', { timeout: 30_000 }, async () => {
  const { status, header, body } = await ask('/api/events/stream', { Connection: 'close' }, 'HEAD')
  assert.deepEqual([status, header('Content-Type'), body], [200, 'text/event-stream; charset=utf-8', ''])
})

test('a client that leaves with half a body sent is no error of the server', async () => {
  const own = await startServer()
  for (const path of [
    '/api/reports',
    '/api/diagnose',
    '/api/checklist',
    '/api/lab/proxies',
    '/api/recordings',
  ]) {
    for (const length of [
      ['Content-Length', '1000'],
      ['Transfer-Encoding', 'chunked'],
    ] as const) {
      const socket = await connected(own.port)
      const gone = once(socket, 'close')
      socket.on('error', () => {})
      const origin = { Origin: own.origin }
      socket.write(
        `${get(path, { ...json, ...origin, [length[0]]: length[1], Expect: '100-continue' }, 'POST')}2\r\n{}`,
      )
      // The server has begun with it.
      await once(socket, 'data')
      socket.resetAndDestroy()
      await gone
    }
  }
  // What comes behind them is answered after them.
  assert.equal((await exchange(own.port, get('/health', { Connection: 'close' }))).status, 200)
  await own.app.close(0)
  const { records } = await own.journal.read({ limit: 1000, filter: {} })
  assert.deepEqual(
    records.filter(({ event }) => event.kind === 'error'),
    [],
  )
})
