/** `/api/watches`, on real sockets: what the server keeps, loses and tells, and that it goes on. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as z from 'zod/mini'
import { problem } from '#lib/api/problem.ts'
import { type WatchDetail, type WatchOrder, watchDetail, watchList, watchNotice } from '#lib/api/watch.ts'
import type { EventOf } from '#lib/protocol/events.ts'
import { createMemoryWatches } from '#server/watch/store.ts'
import { accept, answer, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { startProcess } from '#tests/server/support/process.ts'
import { startServer } from '#tests/server/support/server.ts'
import { until } from '#tests/server/support/until.ts'
import { startReceiver } from '#tests/server/watch/support/receiver.ts'

const json = { 'Content-Type': 'application/json' }

function client(port: number) {
  const at = (path: string) => `http://localhost:${port}/api/watches${path}`
  const detail = async (response: Response) => z.parse(watchDetail, await response.json())
  return {
    ask: (order: unknown, headers: Record<string, string> = json) =>
      fetch(at(''), { method: 'POST', headers, body: JSON.stringify(order) }),
    create: async (order: WatchOrder): Promise<WatchDetail> => {
      const response = await fetch(at(''), { method: 'POST', headers: json, body: JSON.stringify(order) })
      assert.equal(response.status, 201, await response.clone().text())
      return detail(response)
    },
    act: async (id: string, act: 'start' | 'stop') =>
      detail(await fetch(at(`/${id}/${act}`), { method: 'POST', headers: json })),
    remove: (id: string) => fetch(at(`/${id}`), { method: 'DELETE', headers: json }),
    get: async (id: string) => detail(await fetch(at(`/${id}`))),
    list: async () => z.parse(watchList, await (await fetch(at(''))).json()).watches,
  }
}

/** Accepts everybody, and ends what is open when told. */
async function lossyServer() {
  const open = new Set<() => void>()
  const server = await rawServer((socket, request) => {
    accept(socket, request)
    open.add(() => socket.end())
  })
  return {
    ...server,
    drop: async () => {
      await until(() => open.size > 0)
      for (const end of open) end()
      open.clear()
    },
  }
}

test('a loss is told with its verdict and its report, and the connection comes back', async () => {
  const target = await lossyServer()
  const server = await startServer({ HOST: 'localhost' })
  const watches = client(server.port)
  const { id, url, state } = await watches.create({
    url: target.url,
    headers: ['Authorization: Bearer s3cr3t'],
  })
  assert.equal(url, target.url)
  assert.ok(state === 'connecting' || state === 'up')
  await until(async () => (await watches.get(id)).state === 'up')
  await target.drop()
  await until(async () => (await watches.get(id)).losses[0]?.down_ms !== undefined)
  await until(async () => (await watches.get(id)).losses[0]?.report !== undefined)
  const { losses, lost, attempts, state: now } = await watches.get(id)
  const [loss] = losses
  assert.deepEqual([losses.length, lost, attempts, now], [1, 1, 2, 'up'])
  assert.equal(loss?.how, 'lost')
  assert.equal(loss?.close_code, 1006)
  assert.equal(loss?.attempts, 1)
  assert.match(loss?.says ?? '', /^ended by FIN without a close frame after/)
  assert.ok(loss?.cause)
  const report = await fetch(`http://localhost:${server.port}/api/reports/${loss?.report}`)
  const text = await report.text()
  assert.equal(JSON.parse(text).evidence.probe.end.kind, 'fin')
  assert.ok(!text.includes('s3cr3t'))

  const { records } = await server.journal.read({ limit: 100, filter: { kinds: ['watch'] } })
  const events = records.map(({ event }) => event as EventOf<'watch'>)
  assert.deepEqual(
    events.map(({ state }) => state),
    ['started', 'up', 'lost', 'up'],
  )
  assert.equal(events[2]?.report, loss?.report)
  assert.equal(events[2]?.cause, loss?.cause)
  assert.ok((events[3]?.down_ms ?? -1) >= 0)
  assert.ok(!JSON.stringify(await watches.list()).includes('s3cr3t'))
  await server.app.close(0)
  await target.close()
})

test('an outage is one: its loss and the first refusal are told, not every attempt', async () => {
  let isDown = false
  let refusals = 0
  let end = () => {}
  const target = await rawServer((socket, request) => {
    if (isDown) {
      refusals += 1
      return socket.end(answer('503 Service Unavailable'))
    }
    accept(socket, request)
    end = () => socket.end()
  })
  const server = await startServer({ HOST: 'localhost' })
  const watches = client(server.port)
  const { id } = await watches.create({ url: target.url })
  await until(async () => (await watches.get(id)).state === 'up')
  isDown = true
  end()
  await until(() => refusals === 2)
  isDown = false
  await until(async () => (await watches.get(id)).losses.every(({ down_ms }) => down_ms !== undefined))
  const { losses, refused } = await watches.get(id)
  assert.deepEqual(
    losses.map(({ how, attempts }) => [how, attempts]),
    [
      ['lost', 3],
      ['refused', 3],
    ],
  )
  assert.equal(refused, 2)
  await server.app.close(0)
  await target.close()
})

test('stopped it is left alone, started it goes on, removed it is gone', async () => {
  const target = await lossyServer()
  const server = await startServer({ HOST: 'localhost' })
  const watches = client(server.port)
  const { id } = await watches.create({ url: target.url })
  await until(async () => (await watches.get(id)).state === 'up')
  assert.equal((await watches.act(id, 'stop')).state, 'stopped')
  assert.equal((await watches.get(id)).lost, 0)
  await Promise.all([watches.act(id, 'start'), watches.act(id, 'start')])
  await until(async () => (await watches.get(id)).state === 'up')
  assert.equal(target.seen(), 2)
  assert.equal((await watches.remove(id)).status, 200)
  assert.equal((await watches.remove(id)).status, 404)
  assert.deepEqual(await watches.list(), [])
  await server.app.close(0)
  await target.close()
})

test('each change of state is posted, with links to the watch and the report', async () => {
  const target = await lossyServer()
  const receiver = await startReceiver((number) => (number === 0 ? 500 : 204))
  const server = await startServer(
    { HOST: 'localhost', NOTIFY_SECRET: 'for tests' },
    {},
    { webhook: { waitsMs: [1] } },
  )
  const watches = client(server.port)
  const { id, notify } = await watches.create({ url: target.url, notify: receiver.url })
  // The address of a hook is a secret.
  assert.deepEqual(notify, { host: new URL(receiver.url).host })
  await until(async () => (await watches.get(id)).state === 'up')
  assert.equal(receiver.received.length, 0)
  await target.drop()
  const [, second] = await receiver.has(2)
  const { type, text, data } = z.parse(watchNotice, JSON.parse(second?.body ?? ''))
  assert.equal(type, 'watch.down')
  assert.ok(text.startsWith(`${target.url} is down: ended by FIN`), text)
  assert.equal(data.losses, 1)
  assert.equal(data.link, `http://localhost:${server.port}/watch?id=${id}`)
  assert.match(data.report ?? '', /\/reports\/[0-9a-f]{32}$/)
  assert.match(String(second?.headers['webhook-signature']), /^v1,/)
  await until(async () => (await watches.get(id)).notify?.at !== undefined)
  assert.equal((await watches.get(id)).notify?.problem, undefined)
  receiver.close()
  await server.app.close(0)
  await target.close()
})

test('what may not be watched is refused with its reason, and nothing is kept of it', async () => {
  const token = 'correct-horse-battery'
  const server = await startServer({ HOST: 'localhost', ACCESS_TOKEN: token })
  const watches = client(server.port)
  const refusals: [unknown, number, RegExp, Record<string, string>?][] = [
    [{ url: 'ftp://a' }, 400, /ftp/],
    [{ url: 'ws://a/', headers: ['Upgrade: h2c'] }, 400, /Upgrade/],
    [{ url: 'ws://a/', notify: 'ftp://a' }, 400, /http:\/\/ or https:\/\//],
    [{ url: 'ws://a/', heartbeat_seconds: 0 }, 400, /heartbeat_seconds/],
    [{ url: 'ws://a/', hearbeat: 1 }, 400, /hearbeat/],
    [{}, 400, /url/],
    [{ url: 'ws://169.254.169.254/' }, 403, /link-local/],
    [
      { url: 'ws://127.0.0.1:1/' },
      403,
      /loopback/,
      { ...json, Via: '1.1 proxy', Authorization: `Bearer ${token}` },
    ],
  ]
  for (const [order, status, says, headers] of refusals) {
    const response = await watches.ask(order, headers)
    const told = z.parse(problem, await response.json())
    assert.equal(response.status, status, JSON.stringify(order))
    assert.match(told.message, says)
    assert.ok(told.remedy)
  }
  assert.deepEqual(await watches.list(), [])
  await server.app.close(0)
})

test('no more than 20 at once, and a server that starts again goes on with what was running', async () => {
  const target = await lossyServer()
  const store = createMemoryWatches()
  const first = await startServer(
    { HOST: 'localhost' },
    {},
    { watches: store, probe: { limits: { atOnce: 50, aMinute: 50, clients: 5 } } },
  )
  const watches = client(first.port)
  const all = []
  for (let count = 0; count < 20; count += 1) all.push(await watches.create({ url: target.url }))
  const refused = await watches.ask({ url: target.url })
  assert.deepEqual([refused.status, (await refused.json()).error], [409, 'too_many_watches'])
  await watches.act(all[0]?.id ?? '', 'stop')
  await first.app.close(0)

  const second = await startServer({ HOST: 'localhost' }, {}, { watches: store })
  const again = client(second.port)
  await until(async () => (await again.list()).filter(({ state }) => state === 'up').length === 19)
  assert.equal((await again.get(all[0]?.id ?? '')).state, 'stopped')
  const { records } = await second.journal.read({ limit: 100, filter: { kinds: ['watch'] } })
  const started = records
    .map(({ event }) => event as EventOf<'watch'>)
    .filter(({ state }) => state === 'started')
  assert.equal(started.length, 19)
  assert.ok(started.every(({ unwatched_ms }) => unwatched_ms !== undefined))
  await second.app.close(0)
  await target.close()
})

const folder = mkdtempSync(join(tmpdir(), 'why1006-watch-'))
after(() => rmSync(folder, { recursive: true }))

test('kill -9: the next server watches on, and has what was lost before', async (context) => {
  const target = await lossyServer()
  const env = { JOURNAL: `sqlite:${join(folder, 'journal.db')}`, LOG_LEVEL: 'error' }
  const first = startProcess({ env })
  context.after(() => first.child.kill('SIGKILL'))
  const watches = client(await first.listening)
  const { id } = await watches.create({ url: target.url, heartbeat_seconds: 30 })
  await target.drop()
  await until(async () => (await watches.get(id)).losses[0]?.report !== undefined)
  await until(async () => (await watches.get(id)).state === 'up')
  const before = await watches.get(id)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')

  const second = startProcess({ env })
  context.after(() => second.child.kill('SIGKILL'))
  const again = client(await second.listening)
  await until(async () => (await again.get(id)).state === 'up')
  const now = await again.get(id)
  assert.deepEqual(now.losses, before.losses)
  assert.deepEqual([now.url, now.lost, now.heartbeat_seconds], [target.url, 1, 30])
  assert.ok(now.attempts > before.attempts)
  // What the losses have in common goes across the restart.
  await target.drop()
  await until(async () => (await again.get(id)).lost === 2)
  assert.match((await again.get(id)).learned ?? '', /^All 2 connections ended without a valid Close frame/)
  second.child.kill('SIGTERM')
  assert.equal((await second.exit).code, 0)
  await target.close()
})
