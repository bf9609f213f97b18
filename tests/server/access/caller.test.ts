import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '#server/access/caller.ts'

const LOCAL = [
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost:9000' } },
  { remoteAddress: '::1', headers: { host: '[::1]:9000' } },
  { remoteAddress: '::ffff:127.0.0.1', headers: { host: '127.0.0.1' } },
]

const REMOTE = [
  { remoteAddress: '192.168.1.5', headers: { host: 'localhost:9000' } },
  { remoteAddress: undefined, headers: { host: 'localhost:9000' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'why.example' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost.example' } },
  { remoteAddress: '127.0.0.1', headers: {} },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost', 'x-forwarded-for': '203.0.113.5' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost', forwarded: 'for=203.0.113.5' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost', via: '1.1 proxy' } },
]

test('local: a loopback peer that asks for a loopback host, with no proxy between', () => {
  for (const asking of LOCAL)
    assert.equal(callerOf({ httpVersion: '1.1', ...asking }), 'local', JSON.stringify(asking))
})

test('remote: whoever lacks one of these', () => {
  for (const asking of REMOTE)
    assert.equal(callerOf({ httpVersion: '1.1', ...asking }), 'remote', JSON.stringify(asking))
})

test('remote: whoever asks with HTTP/1.0, as nginx does with nothing but proxy_pass', () => {
  assert.equal(
    callerOf({ remoteAddress: '127.0.0.1', headers: { host: 'localhost' }, httpVersion: '1.0' }),
    'remote',
  )
})

test('remote: a handshake that nginx passes on with what its documentation says and no more', () => {
  const through = (connection: string) =>
    callerOf({
      remoteAddress: '127.0.0.1',
      headers: { host: '127.0.0.1:9000', upgrade: 'websocket', connection },
      httpVersion: '1.1',
    })
  assert.deepEqual(['upgrade', 'Upgrade', 'keep-alive, Upgrade'].map(through), ['remote', 'local', 'local'])
})

test('local: Node’s own client of WebSockets, which writes every name in lower case', () => {
  const headers = { host: '127.0.0.1:9000', upgrade: 'websocket', connection: 'upgrade' }
  const asked = (rawHeaders: string[]) =>
    callerOf({ remoteAddress: '127.0.0.1', headers, httpVersion: '1.1', rawHeaders })
  assert.equal(asked(['host', '127.0.0.1:9000', 'connection', 'upgrade', 'upgrade', 'websocket']), 'local')
  const passedOn = ['Upgrade', 'websocket', 'Connection', 'upgrade', 'Host', '127.0.0.1:9000']
  assert.equal(asked(passedOn), 'remote')
  // Nobody passes for it by a value.
  assert.equal(asked([...passedOn, 'X-Any', 'host']), 'remote')
})

for (const name of [
  'CDN-Loop',
  'CF-Connecting-IP',
  'CF-Ray',
  'DO-Connecting-IP',
  'Fastly-Client-IP',
  'Fly-Client-IP',
  'Forwarded-For',
  'True-Client-IP',
  'WL-Proxy-Client-IP',
  'X-Amzn-Trace-Id',
  'X-AppEngine-User-IP',
  'X-Azure-ClientIP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'X-Envoy-External-Address',
  'X-Forwarded',
  'X-Forwarded-Port',
  'X-Forwarded-Server',
  'X-NF-Client-Connection-IP',
  'X-Original-Forwarded-For',
  'X-Real-IP',
  'X-Remote-Addr',
  'X-Vercel-Forwarded-For',
]) {
  test(`remote: whoever sends ${name}`, () => {
    const headers = { host: 'localhost', [name.toLowerCase()]: '203.0.113.5' }
    assert.equal(callerOf({ remoteAddress: '127.0.0.1', headers, httpVersion: '1.1' }), 'remote')
  })
}

test('local: a browser of this machine, with all that it sends', () => {
  const headers = {
    host: 'localhost:9000',
    connection: 'keep-alive',
    'sec-ch-ua': '"Chromium";v="156"',
    'user-agent': 'Mozilla/5.0',
    origin: 'http://localhost:9000',
    'sec-fetch-site': 'same-origin',
    referer: 'http://localhost:9000/',
    'accept-encoding': 'gzip',
    cookie: 'a=1',
    'x-request-id': '1',
    dnt: '1',
  }
  assert.equal(callerOf({ remoteAddress: '127.0.0.1', headers, httpVersion: '1.1' }), 'local')
})
