import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { checklistReport } from '#lib/api/checklist.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { insideChecks } from '#server/checklist/inside.ts'
import { tlsServer } from '#tests/server/probe/support/tls-server.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer

before(async () => {
  server = await startServer({ ALLOWED_ORIGINS: 'https://app.example' })
})
after(() => server.app.close(0))

async function ask(
  body?: Record<string, string>,
  { port } = server,
  token?: string,
): Promise<Map<string, ChecklistItem>> {
  const response = await fetch(`http://127.0.0.1:${port}/api/checklist`, {
    ...(token !== undefined && { headers: { Authorization: `Bearer ${token}` } }),
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  assert.equal(response.status, 200)
  const report = checklistReport.parse(await response.json())
  return new Map(report.items.map((item) => [item.id, item]))
}

test('every check is on the list', () => {
  const folder = new URL('../../../server/checklist/inside/', import.meta.url)
  const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
  // One file holds the three checks of the process.
  const listed = insideChecks.map(({ id }) =>
    ['memory', 'processor', 'descriptors'].includes(id) ? 'process' : id,
  )
  assert.deepEqual([...new Set(listed)].toSorted(), files.toSorted())
})

describe('the checklist', { concurrency: 2 }, () => {
  test('looks at this server without being told anything', async () => {
    const items = await ask()
    assert.equal(items.get('environment')?.outcome, 'ok')
    assert.deepEqual(items.get('environment')?.facts.ALLOWED_ORIGINS, ['https://app.example'])
    assert.equal(items.get('endpoints')?.outcome, 'ok')
    assert.match(String(items.get('endpoints')?.facts['/ws/health']), /^open after \d+ ms$/)
    assert.equal(items.get('listening')?.outcome, 'ok')
    assert.deepEqual(items.get('listening')?.facts.addresses, [`127.0.0.1:${server.port}`])
    assert.ok(Number(items.get('memory')?.facts.rss_mebibytes) > 10)
    assert.ok(Number(items.get('processor')?.facts.event_loop_delay_max_ms) >= 0)
    assert.ok(Number(items.get('processor')?.took_ms) >= Number(items.get('processor')?.facts.sampled_ms) - 1)
  })

  test('opens its own endpoints where a proxy at this machine is trusted, so that nobody is let in without the token', async (t) => {
    for (const given of ['correct-horse-battery', undefined]) {
      const strict = await startServer({
        TRUSTED_PROXIES: '127.0.0.1,::1',
        ...(given !== undefined && { ACCESS_TOKEN: given }),
      })
      t.after(() => strict.app.close(0))
      assert.equal((await fetch(`http://127.0.0.1:${strict.port}/api/checklist`)).status, 401)
      const items = await ask(undefined, strict, given ?? strict.app.madeUpToken)
      assert.equal(items.get('endpoints')?.outcome, 'ok', JSON.stringify(items.get('endpoints')?.facts))
    }
  })

  test('says what it cannot know until it is told', async () => {
    const items = await ask()
    for (const id of ['proxy-upgrade', 'origin-allowed', 'name', 'port', 'certificate', 'firewall'])
      assert.equal(items.get(id)?.outcome, 'unknown', id)
  })

  test('finds lines once somebody has connected', async () => {
    await ask()
    assert.equal((await ask()).get('log-lines')?.outcome, 'ok')
  })

  test('tells an origin that the server accepts from one that it refuses, by trying', async () => {
    const url = `ws://127.0.0.1:${server.port}/ws/health`
    const allowed = await ask({ url, origin: 'https://app.example' })
    assert.equal(allowed.get('origin-allowed')?.outcome, 'ok')
    const foreign = await ask({ url, origin: 'https://other.example' })
    assert.equal(foreign.get('origin-allowed')?.outcome, 'problem')
    assert.match(
      String(foreign.get('origin-allowed')?.says),
      /https:\/\/other\.example: 403\. Without an Origin/,
    )
  })

  test('holds nothing of its own settings against a server that is not its own, or in its favour', async (t) => {
    const refusing = createServer((_, response) => response.writeHead(403).end()).listen(0, '127.0.0.1')
    t.after(() => refusing.close())
    await once(refusing, 'listening')
    const { port } = refusing.address() as AddressInfo
    const items = await ask({ url: `ws://127.0.0.1:${port}/ws`, origin: 'https://app.example' })
    const passed = [...items.values()].filter(({ about, outcome }) => about === 'url' && outcome === 'ok')
    // Its address, its port, and that ws:// has no certificate.
    assert.deepEqual(passed.map(({ id }) => id).toSorted(), ['certificate', 'name', 'port'])
    assert.equal(items.get('origin-allowed')?.outcome, 'unknown')
    assert.match(String(items.get('origin-allowed')?.says), /every Origin that was tried \(403\)/)
  })

  test('tries the upgrade through the URL it is given, good or bad', async () => {
    const own = `ws://127.0.0.1:${server.port}`
    const [good, stripped, wrong] = await Promise.all([
      ask({ url: `${own}/ws/health` }),
      ask({ url: `${own}/lab/strip-upgrade-headers/ws` }),
      ask({ url: 'ftp://127.0.0.1/' }),
    ])
    assert.equal(good.get('proxy-upgrade')?.outcome, 'ok')
    assert.equal(stripped.get('proxy-upgrade')?.outcome, 'problem')
    assert.equal(stripped.get('proxy-upgrade')?.facts.status, 426)
    assert.equal(wrong.get('proxy-upgrade')?.outcome, 'unknown')
    assert.equal(good.get('port')?.outcome, 'ok')
    assert.deepEqual(good.get('name')?.facts.addresses, ['127.0.0.1'])
  })

  test('names the first hop of the network that fails: name, port or certificate', async (t) => {
    const expired = await tlsServer('expired')
    t.after(() => expired.close())
    const nobody = await ask({ url: 'ws://no-such-name.invalid/ws' })
    const refused = await ask({ url: 'ws://127.0.0.1:1/ws' })
    const old = await ask({ url: `wss://localhost:${expired.port}/ws` })
    assert.equal(nobody.get('name')?.outcome, 'problem')
    assert.equal(nobody.get('port')?.outcome, 'unknown')
    assert.equal(refused.get('port')?.outcome, 'problem')
    assert.match(String(refused.get('port')?.says), /nothing listens/)
    assert.equal(old.get('certificate')?.outcome, 'problem')
  })

  test('a website cannot have it probe, and an order that is none gets 400', async () => {
    const send = (headers: Record<string, string>, body: string) =>
      fetch(`http://127.0.0.1:${server.port}/api/checklist`, { method: 'POST', headers, body })
    const json = { 'Content-Type': 'application/json' }
    assert.equal((await send({ ...json, Origin: 'https://evil.example' }, '{}')).status, 403)
    assert.equal((await send({ 'Content-Type': 'text/plain' }, '{}')).status, 415)
    assert.equal((await send(json, '{"url":7}')).status, 400)
  })
})
