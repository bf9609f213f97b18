/** Attacks on a running server that once held, and are to hold: in every odd form, and more of them than a suite takes. */
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { faultIds } from '#lib/lab/faults.ts'
import { anyText } from '#tests/any-text.ts'
import { openClient } from '#tests/server/support/client.ts'
import { connected, exchange, get, handshake } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'
import { until } from '#tests/server/support/until.ts'

let server: TestServer

before(async () => {
  server = await startServer(
    { ALLOWED_ORIGINS: 'http://friend.example', WS_MAX_CONNECTIONS: '5000' },
    {},
    { handshakeTimeoutMs: 2000, probe: { limits: { atOnce: 8, aMinute: 10_000, clients: 10 } } },
  )
})
after(() => server.app.close(0))

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  exchange(
    server.port,
    `${get(path, { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close', ...headers }, 'POST')}${body}`,
  )
const reportCount = async () =>
  JSON.parse((await exchange(server.port, get('/api/reports', { Connection: 'close' }))).body).reports.length

test('whatever page or name it comes from, only a request of the own pages, or of no browser, writes', async () => {
  const { port, origin } = server
  const origins = [
    ...['null', '', 'https://evil.example', `http://localhost:${port + 1}`, `https://localhost:${port}`],
    ...[`http://localhost.:${port}`, `http://evil.localhost:${port}`, `http://127.1:${port}`],
    ...[`http://2130706433:${port}`, `http://0x7f000001:${port}`, `http://[::ffff:127.0.0.1]:${port}`],
    ...[`http://user@localhost:${port}`, `${origin}, https://evil.example`, `${origin}/`, 'file://'],
  ]
  const before = await reportCount()
  for (const foreign of origins) {
    const { status } = await post('/api/reports', '{"text":"1006"}', { Origin: foreign })
    assert.ok([403, 400].includes(status), `${foreign} ${status}`)
  }
  for (const site of ['cross-site', 'same-site', 'evil', '']) {
    assert.equal(
      (await post('/api/reports', '{"text":"1006"}', { 'Sec-Fetch-Site': site })).status,
      403,
      site,
    )
  }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/json',
    '',
  ]) {
    assert.equal((await post('/api/reports', '{"text":"1006"}', { 'Content-Type': type })).status, 415, type)
  }
  const hosts = ['evil.example', `evil.example:${port}`, 'localhost.evil.example', 'localhost@evil', '[::2]']
  for (const host of hosts) {
    const { status } = await post('/api/reports', '{"text":"1006"}', { Host: host })
    assert.ok([421, 400].includes(status), `${host} ${status}`)
  }
  assert.equal(await reportCount(), before)
  for (const own of [origin, `http://127.0.0.1:${port}`, `http://[::1]:${port}`]) {
    assert.equal((await post('/api/reports', '{"text":"1006"}', { Origin: own })).status, 201, own)
  }
})

test('no target leads elsewhere, to a file, or to a fault of the server', async () => {
  const targets = [
    ...[
      '//evil.example',
      '/\\evil.example',
      '/%2f%2fevil.example',
      '/%5cevil.example',
      '/..%2f..%2fetc/passwd',
    ],
    ...[
      '/../../../../etc/passwd',
      '/.env',
      '/.git/config',
      '/%2e%2e/package.json',
      '/.next/server',
      '/api/../..',
    ],
    ...[
      '/%61pi/events',
      '/api%2fevents',
      '/api/reports/../events',
      '/api/%00',
      '/%ff',
      '/%',
      '/%zz',
      '/?%ff',
      '*',
    ],
    ...[
      '/;/api',
      '/api/events?after=%',
      '/ws%20',
      '/ws/../api/events',
      'http://evil.example/',
      'evil.example:443',
    ],
    ...['/_next/image?url=http://evil.example', '/health/..', '/a'.repeat(4000), '/#', '/api/events#x'],
  ]
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
    for (const target of targets) {
      const { status, header } = await exchange(server.port, get(target, { Connection: 'close' }, method))
      assert.ok(status >= 200 && status < 500, `${method} ${target.slice(0, 60)} ${status}`)
      assert.equal(header('Location'), undefined, target)
    }
  }
})

test('handshakes of foreign pages open nothing, on any endpoint, by any name', async () => {
  const { port } = server
  const origins = [
    ...['null', 'https://evil.example', `http://localhost:${port + 1}`, `http://localhost.:${port}`],
    ...[
      `http://localhost:${port}.evil.example`,
      `http://evil.example/http://localhost:${port}`,
      'chrome-extension:',
    ],
    ...[
      'http://friend.example.evil.example',
      'http://friend.example:81',
      'https://friend.example',
      'moz-extension://x',
    ],
  ]
  for (const path of [
    '/ws',
    '/ws/echo',
    '/ws/health',
    '/ws/diagnostics',
    '/ws/through',
    '/lab/reset/ws',
    '/',
  ]) {
    for (const origin of origins)
      assert.equal(
        (await exchange(port, handshake(path, { Origin: origin }))).status,
        403,
        `${path} ${origin}`,
      )
    const isOwnAlone = path.startsWith('/lab') || path === '/ws/diagnostics' || path === '/ws/through'
    const status = path === '/' ? 404 : isOwnAlone ? 403 : 101
    assert.equal(
      (await exchange(port, handshake(path, { Origin: 'http://friend.example' }))).status,
      status,
      path,
    )
  }
  for (const path of ['/ws/diagnostics', '/ws/through', '/lab/reset/ws'])
    assert.equal((await exchange(port, handshake(path, { Host: 'evil.example' }))).status, 421)
})

test('bodies of the API are read or refused, and leave nothing behind', async () => {
  const big = (unit: string, bytes: number) => unit.repeat(Math.floor(bytes / unit.length))
  const bodies = [
    ...['', 'null', '[]', '0', '"text"', '{', '{}', '\ufeff{"text":"1006"}', '{"text":1}', '{"text":null}'],
    ...[
      '{"__proto__":{"polluted":1}}',
      '{"evidence":{"__proto__":{"polluted":1},"browser":{}}}',
      '{"text":"\\ud800"}',
    ],
    ...[
      '{"evidence":{"constructor":{"prototype":{"polluted":1}}}}',
      '{"evidence":{"browser":{"events":[{"ms":1e999}]}}}',
    ],
    ...['{"text":"1006","text":"1011"}', '{"evidence":[]}', '{"evidence":{"peers":[null]}}'],
    `{"evidence":${big('[', 1 << 20)}`,
    `{"evidence":{"browser":{"console":${big('[', 200_000)}${big(']', 200_000)}}}}`,
    `{"evidence":{"server":[${big('{"type":"log"},', 2 << 20)}{"type":"log"}]}}`,
    `{"text":"${big('\\n', 2 << 20)}"}`,
  ]
  for (const path of ['/api/reports', '/api/diagnose', '/api/lab/proxies', '/api/checklist']) {
    for (const body of path === '/api/reports' ? bodies : bodies.filter(({ length }) => length < 8000)) {
      if (path === '/api/checklist' && body === '{}') continue
      const { status } = await post(path, body)
      assert.ok([200, 201, 400, 413].includes(status), `${path} ${body.slice(0, 60)} ${status}`)
      assert.equal(Reflect.get({}, 'polluted'), undefined)
    }
  }
  assert.equal((await exchange(server.port, get('/health', { Connection: 'close' }))).status, 200)
})

test('queries of events are answered or refused, whatever stands in them', async () => {
  const names = [
    'after',
    'before',
    'limit',
    'kinds',
    'client_id',
    'trace',
    '__proto__',
    'constructor',
    'last',
  ]
  const value = fc.oneof(
    anyText(40),
    fc.constantFrom('-1', '1e9', 'NaN', 'attempt', 'attempt,attempt', '0', '1001', '%', ' ', 'x'.repeat(500)),
  )
  const query = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(query, async (pairs) => {
      const search = new URLSearchParams(pairs.map(([name, each]) => [name, each.toWellFormed()]))
      const { status } = await exchange(server.port, get(`/api/events?${search}`, { Connection: 'close' }))
      assert.ok(status === 200 || status === 400, `${search} ${status}`)
    }),
    { numRuns: 500 },
  )
})

test('the lab connects to nothing but this server', async (t) => {
  let visits = 0
  const other = createServer((socket) => {
    visits += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  t.after(() => other.close())
  const address = other.address()
  const elsewhere = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const names = [
    'url',
    'upstream',
    'backend',
    'host',
    'target',
    'location',
    'fixed',
    'after_seconds',
    'group',
  ]
  const values = [
    elsewhere,
    `http://${elsewhere}/`,
    `ws://${elsewhere}/ws`,
    `//${elsewhere}`,
    `@${elsewhere}`,
  ]
  const endpoints = [
    '/ws',
    '/ws/echo',
    `//${elsewhere}/ws`,
    `/@${elsewhere}`,
    `/http://${elsewhere}`,
    '/../ws',
    '',
  ]
  const asked = fc.tuple(
    fc.constantFrom(...faultIds),
    fc.constantFrom(...endpoints),
    fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values, '1', 'yes')), { maxLength: 3 }),
  )
  await fc.assert(
    fc.asyncProperty(asked, async ([fault, endpoint, pairs]) => {
      const target = `/lab/${fault}${endpoint}?${new URLSearchParams(pairs)}`
      const client = openClient(server.port, target, { origin: server.origin })
      // A fault may keep its answer back: then the connection alone has shown that it takes no other way.
      await Promise.race([client.response, new Promise((resolve) => setTimeout(resolve, 100))])
      client.close()
    }),
    { numRuns: 200 },
  )
  assert.equal(visits, 0)
})

test('no spelling of a metadata address is reached, whoever asks', async () => {
  const spellings = [
    ...[
      '169.254.169.254',
      '2852039166',
      '0xa9fea9fe',
      '0251.0376.0251.0376',
      '169.254.43518',
      '①⑥⑨.254.169.254',
    ],
    ...[
      '169。254。169。254',
      '[::ffff:169.254.169.254]',
      '[::ffff:a9fe:a9fe]',
      '[64:ff9b::a9fe:a9fe]',
      '[2002:a9fe:a9fe::]',
    ],
    ...[
      '[fd00:ec2::254]',
      '[fd00:ec2::23]',
      '[fd20:ce::254]',
      '[fd00:c1::a9fe:a9fe]',
      '[fd00:42::42]',
      '192.0.0.192',
    ],
    ...[
      '[fd00:100::100:200]',
      '[fd00:a9fe:a9fe::1]',
      '100.100.100.200',
      '[fec0::1]',
      '[fe80::1]',
      '0.0.0.0',
      '[::]',
    ],
  ]
  for (const host of spellings) {
    const { status, body } = await post('/api/diagnose', JSON.stringify({ url: `ws://${host}/` }))
    assert.equal(status, 403, `${host} ${body.slice(0, 200)}`)
  }
})

test('thousands of halves of handshakes, and of connections, are all gone soon', async () => {
  const sockets = await Promise.all(
    Array.from({ length: 2000 }, async (_, at) => {
      const socket = await connected(server.port)
      socket.on('error', () => {})
      socket.resume()
      socket.write(at % 2 ? 'GET /ws HTTP/1.1\r\nHost: loc' : 'GET / HTTP/1.1\r\nHost: localhost\r\n')
      if (at % 10 === 0) socket.end()
      return socket
    }),
  )
  assert.equal((await exchange(server.port, get('/health', { Connection: 'close' }))).status, 200)
  await until(() => sockets.every(({ closed }) => closed))
  assert.equal(server.app.sessions.size, 0)
})

test('no request is smuggled in another, and none that is no HTTP/1.1 is answered as one', async () => {
  const behind = get('/api/reports', { Connection: 'close' })
  const start = (headers: string, method = 'POST') =>
    `${method} /api/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n${headers}\r\n\r\n`
  const requests = [
    `${start('Content-Length: 4\r\nTransfer-Encoding: chunked')}0\r\n\r\n${behind}`,
    ...[
      'Transfer-Encoding : chunked',
      'Transfer-Encoding: xchunked',
      'Transfer-Encoding: chunked, identity',
    ].map((header) => `${start(header)}0\r\n\r\n${behind}`),
    ...['2\r\nContent-Length: 3', '+2', '-1', '0x2', '2, 3', '99999999999999999999', '9000000000'].map(
      (length) => `${start(`Content-Length: ${length}`)}{}x${behind}`,
    ),
    `${start('Transfer-Encoding: chunked')}2;${'x'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n${behind}`,
    `${start('Transfer-Encoding: chunked')}2\r\n{}\r\n0\r\nX: ${'y'.repeat(50_000)}\r\n\r\n${behind}`,
    ...['X: a\0b', 'X: a\rb', 'X : a', ': a', 'X: a\r\n  b'].map(
      (header) => `${start(header, 'GET')}${behind}`,
    ),
    'GET /health HTTP/1.1\nHost: localhost\n\n',
    'GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n',
    'GET /health\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  ]
  for (const request of requests) {
    const { status, head, body } = await exchange(server.port, Buffer.from(request, 'latin1'))
    assert.ok([0, 400, 413, 431].includes(status), `${JSON.stringify(request.slice(0, 120))} ${status}`)
    assert.equal(`${head}${body}`.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0, status === 0 ? 0 : 1)
  }
})
