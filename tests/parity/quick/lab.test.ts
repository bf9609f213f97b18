/**
 * Each fault of the lab that a real proxy can show, through the relay and through the proxy: a client must see
 * the same status, the same kind of end, and what differs is the proxy's banner.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { labPath, readKnobs } from '#lib/lab/address.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import type { FaultId } from '#lib/lab/faults.ts'
import { faultIds, faultOf } from '#lib/lab/faults.ts'
import { installedProxies } from '#server/lab/real-proxy/installed.ts'
import type { RealProxies } from '#server/lab/real-proxy/real-proxies.ts'
import { type Client, openClient } from '#tests/server/lab/support/client.ts'
import { startServer, type TestServer } from '#tests/server/lab/support/server.ts'

let server: TestServer
let proxies: RealProxies

before(async () => {
  server = await startServer()
  proxies = server.app.lab.realProxies
})
after(async () => {
  await server.app.close(0)
})

/** Short times for all faults that wait. */
const quick: Partial<Record<FaultId, Record<string, string | number>>> = {
  'idle-timeout': { after_seconds: 1 },
  'gateway-timeout': { after_seconds: 1 },
  reload: { after_seconds: 1 },
}

/** Knobs that make the relay speak as this proxy. */
const speaker = (fault: FaultId, kind: RealProxyKind): Record<string, string> =>
  'proxy' in faultOf(fault).knobs ? { proxy: kind } : {}

async function seen(client: Client) {
  const status = await client.status()
  if (status !== 101) {
    client.close()
    return { status }
  }
  const end = await Promise.race([
    client.end.then(({ kind }) => kind),
    new Promise<string>((resolve) => setTimeout(() => resolve('open'), 1700)),
  ])
  client.close()
  return { status, end, closeFrames: client.frames.filter(({ opcode }) => opcode === 8).length }
}

const installed = new Set((await installedProxies()).map(({ kind }) => kind))

describe('the relay and the real proxy', { concurrency: 4 }, () => {
  for (const fault of faultIds) {
    for (const kind of faultOf(fault).real) {
      const skip = installed.has(kind) ? false : `${kind} is not installed`
      test(`${fault} looks alike through the relay and through ${kind}`, { skip }, async () => {
        const knobs = { ...quick[fault], ...speaker(fault, kind) }
        const reading = readKnobs(
          fault,
          new URLSearchParams(Object.entries(knobs).map(([k, v]) => [k, String(v)])),
        )
        assert.ok(reading.ok)
        const proxy = await proxies.start(kind, reading.call)
        assert.match(proxy.label, /\d+\.\d+/)
        const origin = server.origin
        const [real, relayed] = await Promise.all([
          seen(openClient(proxy.port, '/ws', { origin })),
          seen(openClient(server.port, labPath(fault, '/ws', knobs), { origin })),
        ])
        assert.deepEqual(relayed, real)
        await proxies.stop(proxy.id)
        assert.equal(await openClient(proxy.port, '/ws').status(), undefined, 'it is gone')
      })
    }
  }
})
