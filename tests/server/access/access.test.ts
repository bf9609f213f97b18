import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessAnswer } from '#lib/api/access.ts'
import { problem } from '#lib/api/problem.ts'
import { createBuckets } from '#server/access/buckets.ts'
import { clientAddressOf, limitKeyOf } from '#server/access/client-address.ts'
import { createSessions } from '#server/access/sessions.ts'
import { readConfig } from '#server/config/config.ts'
import { openClient } from '#tests/server/support/client.ts'
import { exchange, get } from '#tests/server/support/raw.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'
const remote = { 'X-Forwarded-For': '203.0.113.5' }
const bearer = { Authorization: `Bearer ${TOKEN}` }

let server: TestServer
before(async () => {
  server = await startServer({ ACCESS_TOKEN: TOKEN, ALLOWED_HOSTS: 'devbox' })
})
after(() => server.app.close(0))

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  exchange(server.port, get(path, { ...headers, Connection: 'close' }, method))

const signIn = (token: string, headers: Record<string, string> = {}, port = server.port) => {
  const body = JSON.stringify({ token })
  const head = { 'Content-Type': 'application/json', 'Content-Length': String(body.length), ...headers }
  return exchange(port, `${get('/sign-in', { ...head, Connection: 'close' }, 'POST')}${body}`)
}

const guarded = [
  '/',
  '/api/events',
  '/api/reports',
  '/api/lab',
  '/recorder.js',
  '/lab/reset/ws',
  '/_next/x.js',
]

test('at the machine nothing asks for a token', async () => {
  for (const path of guarded) assert.notEqual((await ask(path)).status, 401, path)
  assert.deepEqual(accessAnswer.parse(JSON.parse((await ask('/api/access')).body)), { by: 'local' })
})

for (const [who, headers] of [
  ['behind a proxy that says so', remote],
  ['by a name that is not loopback', { Host: 'devbox' }],
  ['behind a proxy that names itself', { Via: '1.1 proxy' }],
] as const) {
  test(`whoever asks ${who} gets 401 with a problem, and with the token what they asked for`, async () => {
    for (const path of guarded) {
      const { status, body, header } = await ask(path, headers)
      assert.equal(status, 401, path)
      assert.equal(problem.parse(JSON.parse(body)).error, 'unauthorized')
      assert.match(header('WWW-Authenticate') ?? '', /^Bearer/)
      assert.notEqual((await ask(path, { ...headers, ...bearer })).status, 401, path)
    }
  })
}

test('through nginx with nothing but proxy_pass, which asks as 127.0.0.1 in HTTP/1.0, the token is needed', async () => {
  const asked = await exchange(
    server.port,
    `GET /api/events HTTP/1.0\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`,
  )
  assert.equal(asked.status, 401)
})

test('a browser is shown where to sign in, and health and the endpoints stay open', async () => {
  const page = await ask('/', { ...remote, Accept: 'text/html,*/*;q=0.8' })
  assert.deepEqual([page.status, page.header('Content-Type')], [401, 'text/html; charset=utf-8'])
  assert.match(page.body, /Sign in to Why1006/)
  assert.equal((await ask('/health', remote)).status, 200)
  for (const path of ['/ws', '/ws/echo', '/ws/health']) {
    const client = openClient(server.port, path, { headers: Object.entries(remote) })
    assert.equal(await client.status(), 101, path)
    client.close()
  }
})

test('the token is exchanged for a cookie of this port, which no script and no other site gets', async () => {
  const answer = await signIn(TOKEN, remote)
  const cookie = answer.header('Set-Cookie') ?? ''
  assert.equal(answer.status, 204)
  assert.match(
    cookie,
    new RegExp(`^why1006-${server.port}=[\\w-]{43}; Max-Age=\\d+; HttpOnly; SameSite=Strict; Path=/$`),
  )
  assert.ok(!cookie.includes(TOKEN))
  const [pair = ''] = cookie.split(';')
  assert.equal((await ask('/api/events', { ...remote, Cookie: `a=b; ${pair}` })).status, 200)
  assert.equal((await ask('/api/events', { ...remote, Cookie: `${pair}x` })).status, 401)
  assert.equal(
    (await ask('/api/events', { ...remote, Cookie: pair.replace(/^[^=]+/, 'why1006-1') })).status,
    401,
  )

  const secure = await signIn(TOKEN, { ...remote, 'X-Forwarded-Proto': 'https' })
  assert.match(secure.header('Set-Cookie') ?? '', /; Secure$/)

  const type = { 'Content-Type': 'application/json' }
  const out = await ask('/sign-in', { ...remote, ...type, Cookie: pair }, 'DELETE')
  assert.match(out.header('Set-Cookie') ?? '', /Max-Age=0/)
  assert.equal((await ask('/api/events', { ...remote, Cookie: pair })).status, 401)
})

for (const path of ['/ws/diagnostics', '/ws/through', '/lab/pass-through/ws']) {
  test(`${path} needs the token from elsewhere, and a refused handshake is an event`, async () => {
    const trace = path.replaceAll('/', '-')
    const open = (headers: Record<string, string>) =>
      openClient(server.port, `${path}?trace=${trace}`, {
        headers: Object.entries({ ...remote, ...headers }),
      })
    const refused = open({})
    assert.equal(await refused.status(), 401)
    const { cause, status } = await server.event('rejected', trace)
    assert.deepEqual({ cause, status }, { cause: 'access', status: 401 })
    const [pair = ''] = ((await signIn(TOKEN, remote)).header('Set-Cookie') ?? '').split(';')
    for (const headers of [bearer, { Cookie: pair }]) {
      const client = open(headers)
      assert.equal(await client.status(), 101)
      client.close()
    }
  })
}

test('another page cannot sign anybody in, out, or act with the cookie', async () => {
  const evil = { Origin: 'https://evil.example', ...remote }
  assert.equal((await signIn(TOKEN, evil)).status, 403)
  assert.equal((await signIn(TOKEN, { ...remote, 'Content-Type': 'text/plain' })).status, 415)
  assert.equal((await ask('/sign-in', { ...evil, 'Content-Type': 'application/json' }, 'DELETE')).status, 403)
  const [pair = ''] = ((await signIn(TOKEN, remote)).header('Set-Cookie') ?? '').split(';')
  const acting = { ...evil, Cookie: pair, 'Content-Type': 'application/json' }
  assert.equal((await ask('/api/checklist', acting, 'POST')).status, 403)
  const reading = { ...remote, Cookie: pair, 'Sec-Fetch-Site': 'cross-site' }
  assert.equal((await ask('/api/events', reading)).status, 403)
  const rebound = { ...remote, Cookie: pair, Host: 'evil.example' }
  assert.equal((await ask('/api/events', rebound)).status, 421)
})

test('who guesses is stopped after ten, by address; others are not, and neither is a session', async () => {
  const own = await startServer({ ACCESS_TOKEN: TOKEN, TRUSTED_PROXIES: '127.0.0.1' })
  try {
    const from = (address: string, token: string) => signIn(token, { 'X-Forwarded-For': address }, own.port)
    const [pair = ''] = ((await from('203.0.113.5', TOKEN)).header('Set-Cookie') ?? '').split(';')
    const statuses = []
    for (let guess = 0; guess < 12; guess += 1)
      statuses.push((await from('203.0.113.5', `guess-${guess}`)).status)
    assert.deepEqual(statuses, [...Array(10).fill(401), 429, 429])
    const late = await from('203.0.113.5', TOKEN)
    assert.equal(late.status, 429)
    assert.match(late.header('Retry-After') ?? '', /^\d+$/)
    assert.equal((await from('203.0.113.6', TOKEN)).status, 204)
    const read = get('/api/events', { 'X-Forwarded-For': '203.0.113.5', Cookie: pair, Connection: 'close' })
    assert.equal((await exchange(own.port, read)).status, 200)
    const { records } = await own.journal.read({ limit: 100, filter: { kinds: ['error'] } })
    assert.equal(records.length, 10)
    assert.match(records[0]?.json ?? '', /wrong-access-token.*203\.0\.113\.5/)
  } finally {
    await own.app.close(0)
  }
})

test('without ACCESS_TOKEN one is made up, and told when somebody first needs it', async () => {
  const own = await startServer()
  try {
    const token = own.app.madeUpToken ?? ''
    assert.match(token, /^[\w-]{43}$/)
    assert.equal((await signIn(token, remote, own.port)).status, 204)
    assert.equal((await signIn(TOKEN, remote, own.port)).status, 401)
  } finally {
    await own.app.close(0)
  }
  assert.equal(server.app.madeUpToken, undefined)
})

test('who trusts the proxy on this machine takes nobody who comes through it for local', async () => {
  const own = await startServer({ TRUSTED_PROXIES: '127.0.0.1', ACCESS_TOKEN: TOKEN })
  try {
    const asked = (headers = {}) =>
      exchange(own.port, get('/api/events', { Connection: 'close', ...headers }))
    assert.equal((await asked()).status, 401)
    assert.equal((await asked(bearer)).status, 200)
  } finally {
    await own.app.close(0)
  }
})

test('HOST beyond loopback: every address of the machine answers, and asks for the token', async () => {
  const own = await startServer({ HOST: '0.0.0.0', ACCESS_TOKEN: TOKEN })
  try {
    const host = `192.0.2.7:${own.port}`
    const asked = (headers: Record<string, string>) =>
      exchange(own.port, get('/api/events', { Host: host, Connection: 'close', ...headers }))
    assert.equal((await asked({})).status, 401)
    assert.equal((await asked(bearer)).status, 200)
    assert.equal((await asked({ ...bearer, Host: 'rebound.example' })).status, 421)
    assert.equal((await signIn(TOKEN, { Host: host, Origin: `http://${host}` }, own.port)).status, 204)
    assert.equal((await signIn(TOKEN, { Host: host, Origin: 'http://192.0.2.8' }, own.port)).status, 403)
  } finally {
    await own.app.close(0)
  }
})

test('X-Forwarded-For counts from trusted proxies alone, from its end', () => {
  const result = readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' })
  assert.ok(result.ok)
  const from = (remoteAddress: string, forwarded?: string) =>
    clientAddressOf(
      { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
      result.config.trustedProxies,
    )
  for (const [peer, forwarded, client] of [
    ['192.0.2.1', '203.0.113.5', '192.0.2.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '203.0.113.5', '203.0.113.5'],
    ['::ffff:10.0.0.1', '1.1.1.1, 203.0.113.5', '203.0.113.5'],
    ['::1', '1.1.1.1, 203.0.113.5, 10.0.0.2', '203.0.113.5'],
    ['10.0.0.1', '203.0.113.5, nonsense', '10.0.0.1'],
    ['10.0.0.1', `${'10.0.0.1, '.repeat(100_000)}10.0.0.3`, '10.0.0.1'],
  ] as const) {
    assert.equal(from(peer, forwarded), client, `${peer} ${forwarded?.slice(0, 40)}`)
  }
})

test('limits count an IPv4 address, however it is written, and a /64 of IPv6', () => {
  assert.equal(limitKeyOf('::ffff:192.0.2.1'), limitKeyOf('192.0.2.1'))
  assert.equal(limitKeyOf('2001:db8::1'), limitKeyOf('2001:db8::ffff:1'))
  assert.notEqual(limitKeyOf('2001:db8::1'), limitKeyOf('2001:db8:0:1::1'))
})

test('a bucket gives its burst at once and then its rate, each key its own', () => {
  let nowMs = 0
  const buckets = createBuckets({ burst: 3, perSecond: 2 }, () => nowMs)
  assert.deepEqual(
    [1, 2, 3, 4].map(() => buckets.take('a')),
    [0, 0, 0, 500],
  )
  assert.equal(buckets.take('b'), 0)
  nowMs = 499
  assert.ok(buckets.waitFor('a') > 0)
  nowMs = 500
  assert.deepEqual([buckets.take('a'), buckets.take('a')], [0, 500])
})

test('a session ends with its time, and the oldest makes room for the thousandth', () => {
  let nowMs = 0
  const sessions = createSessions(9000, () => nowMs)
  const [first = ''] = sessions.begin(false).split(';')
  assert.equal(sessions.has(first), true)
  nowMs = 8 * 86_400_000
  assert.equal(sessions.has(first), false)
  const [second = ''] = sessions.begin(false).split(';')
  for (let more = 0; more < 999; more += 1) sessions.begin(false)
  assert.equal(sessions.has(second), true)
  sessions.begin(false)
  assert.equal(sessions.has(second), false)
})
