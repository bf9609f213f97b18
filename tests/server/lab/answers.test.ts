import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Client, openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
const open = (target: string) => openClient(server.port, target, { origin: server.origin })

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

async function isWhole(client: Client): Promise<void> {
  const length = Number(await client.header('Content-Length'))
  await client.end
  assert.equal(Buffer.byteLength(client.body()), length)
}

describe('answers in place of the backend', { concurrency: true }, () => {
  for (const [proxy, status, server_] of [
    ['nginx', 502, 'nginx/1.22.1'],
    ['haproxy', 503, undefined],
    ['apache', 503, 'Apache/2.4.71 (Debian)'],
    ['caddy', 502, 'Caddy'],
  ] as const) {
    test(`bad-gateway answers ${status} as ${proxy} does, and no backend is asked`, async () => {
      const client = open(`/lab/bad-gateway/ws?proxy=${proxy}&trace=gateway-${proxy}`)
      assert.equal(await client.status(), status)
      assert.equal(await client.header('Server'), server_)
      await isWhole(client)
      assert.deepEqual(server.kinds(`gateway-${proxy}`), [])
    })
  }

  for (const [proxy, status] of [
    ['nginx', 504],
    ['haproxy', 504],
    ['apache', 502],
  ] as const) {
    test(`gateway-timeout waits, then answers ${status} as ${proxy} does`, async () => {
      const client = open(`/lab/gateway-timeout/ws?after_seconds=0.2&proxy=${proxy}`)
      const startedAt = performance.now()
      assert.equal(await client.status(), status)
      assert.ok(performance.now() - startedAt >= 190)
      await isWhole(client)
    })
  }

  test('redirect points to https without the port, to a slash with the query, or to a login page', async () => {
    const location = async (to: string) => {
      const client = open(`/lab/redirect/ws?to=${to}&trace=r`)
      await isWhole(client)
      return [await client.status(), await client.header('Location')]
    }
    assert.deepEqual(await location('https'), [301, 'https://localhost/ws?trace=r'])
    assert.deepEqual(await location('slash'), [301, `http://localhost:${server.port}/ws/?trace=r`])
    assert.deepEqual(await location('login'), [302, `http://localhost:${server.port}/login`])
  })

  test('spa-fallback answers 200 with a page', async () => {
    const client = open('/lab/spa-fallback/ws')
    assert.equal(await client.status(), 200)
    assert.equal(await client.header('Content-Type'), 'text/html')
    await isWhole(client)
    assert.match(client.body(), /^<!doctype html>/)
  })

  test('unauthorized asks for credentials, of the server or of a forward proxy', async () => {
    const basic = open('/lab/unauthorized/ws')
    assert.equal(await basic.status(), 401)
    assert.equal(await basic.header('WWW-Authenticate'), 'Basic realm="app"')
    await isWhole(basic)
    assert.match(
      (await open('/lab/unauthorized/ws?scheme=bearer').header('WWW-Authenticate')) ?? '',
      /^Bearer/,
    )
    const proxy = open('/lab/unauthorized/ws?scheme=proxy')
    assert.equal(await proxy.status(), 407)
    assert.match((await proxy.header('Proxy-Authenticate')) ?? '', /^Basic/)
  })

  test('rate-limited says when to come back, unless it is nginx’s 503', async () => {
    const client = open('/lab/rate-limited/ws?retry_after_seconds=7')
    assert.deepEqual([await client.status(), await client.header('Retry-After')], [429, '7'])
    const quiet = open('/lab/rate-limited/ws?retry_after_seconds=0')
    assert.deepEqual([await quiet.status(), await quiet.header('Retry-After')], [429, undefined])
    const nginx = open('/lab/rate-limited/ws?status=503')
    assert.deepEqual([await nginx.status(), await nginx.header('Retry-After')], [503, undefined])
  })
})
