/** `POST /api/negotiate` against a real HTTP server: what is asked, what comes back, and who may not. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

let server: TestServer
before(async () => {
  server = await startServer({ ACCESS_TOKEN: TOKEN })
})
after(() => server.app.close(0))

async function hub(body: string, status = 200) {
  const asked: IncomingMessage[] = []
  const http = createServer((request, response) => {
    asked.push(request)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return { asked, url: `ws://127.0.0.1:${port}/`, close: () => http.close() }
}

const ask = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${server.port}/api/negotiate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

test('a hub that negotiates gives the address of a session', async () => {
  const { url, asked, close } = await hub(
    '{"negotiateVersion":1,"connectionId":"a","connectionToken":"t0ken"}',
  )
  const answer = await ask({ url })
  assert.deepEqual(await answer.json(), { url: `${url}?id=t0ken` })
  assert.deepEqual([asked[0]?.method, asked[0]?.url], ['POST', '/negotiate?negotiateVersion=1'])
  close()
})

test('whatever else answers, negotiates not', async () => {
  for (const [body, status] of [
    ['{}', 200],
    ['not json', 200],
    ['{"connectionToken":"x"}', 404],
    ['[]', 200],
  ] as const) {
    const { url, close } = await hub(body, status)
    assert.deepEqual(await (await ask({ url })).json(), { url: null })
    close()
  }
  const { url, close } = await hub('{}')
  close()
  assert.deepEqual(await (await ask({ url })).json(), { url: null })
})

test('addresses, origins and bodies are judged as those of a probe', async () => {
  assert.equal((await ask({ url: 'ws://169.254.169.254/' })).status, 403)
  assert.equal(
    (
      await ask(
        { url: 'ws://127.0.0.1:9/' },
        { 'X-Forwarded-For': '203.0.113.5', Authorization: `Bearer ${TOKEN}` },
      )
    ).status,
    403,
  )
  assert.equal((await ask({ url: 'ws://127.0.0.1:9/' }, { Origin: 'https://evil.example' })).status, 403)
  assert.equal((await ask({ uri: 'x' })).status, 400)
  assert.equal((await ask({ url: 'ftp://x/' })).status, 400)
})
