/**
 * Each fault of the lab that a real proxy can show, through the relay and through the proxy: a client must see
 * the same status, the same kind of end, and what differs is the proxy's banner.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { installedProxies } from '#server/lab/real-proxy/installed.ts'
import { pairs, throughBoth, watchMsOf } from '#tests/parity/support/lab-pair.ts'
import { type Client, openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer

before(async () => {
  server = await startServer()
})
after(async () => {
  await server.app.close(0)
})

async function seen(client: Client, watchMs: number) {
  const status = await client.status()
  if (status !== 101) {
    client.close()
    return { status }
  }
  const end = await Promise.race([
    client.end.then(({ kind }) => kind),
    new Promise<string>((resolve) => setTimeout(() => resolve('open'), watchMs)),
  ])
  client.close()
  return { status, end, closeFrames: client.frames.filter(({ opcode }) => opcode === 8).length }
}

const installed = new Set((await installedProxies()).map(({ kind }) => kind))

describe('the relay and the real proxy', { concurrency: 4 }, () => {
  for (const pair of pairs) {
    const { fault, kind } = pair
    const skip = installed.has(kind) ? false : `${kind} is not installed`
    test(`${fault} looks alike through the relay and through ${kind}`, { skip }, async () => {
      // A bare socket does not mind a wrong Accept: there the connection stays.
      const watchMs = watchMsOf(fault === 'bad-accept' ? 'pass-through' : fault)
      let realPort = 0
      const { real, relayed, label } = await throughBoth(server, pair, '/ws', ({ port, path }) => {
        if (port !== server.port) realPort = port
        return seen(openClient(port, path, { origin: server.origin }), watchMs)
      })
      assert.match(label, /\d+\.\d+/)
      assert.deepEqual(relayed, real)
      assert.equal(await openClient(realPort, '/ws').status(), undefined, 'it is gone')
    })
  }
})
