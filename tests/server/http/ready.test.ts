import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { readyReport } from '#lib/protocol/health.ts'
import { createApp } from '#server/app.ts'
import { readConfig } from '#server/config/config.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { connected, exchange, get, handshake } from '#tests/server/support/raw.ts'

async function start() {
  const result = readConfig({ PORT: '0', HOST: '127.0.0.1' })
  assert.ok(result.ok)
  const pages = Promise.withResolvers<void>()
  const kept = Promise.withResolvers<void>()
  const app = await createApp({
    config: result.config,
    journal: createMemoryJournal({ capacity: 100, instance: 'ready' }),
    version: 'test',
    kept: kept.promise,
    pages: () => ({
      ready: pages.promise,
      handle: async (_, response) => {
        response.end()
      },
      upgrade: () => false,
      close: async () => {},
    }),
  })
  const ask = async (headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${app.site.port}/ready`, { headers })
    return [response.status, readyReport.parse(await response.json())] as const
  }
  return { app, pages, kept, ask }
}

test('GET /ready waits for the pages and for what was kept, and needs no token', async () => {
  const { app, pages, kept, ask } = await start()
  assert.deepEqual(await ask(), [503, { status: 'starting', waits_for: ['pages', 'journal'] }])
  pages.resolve()
  await new Promise(setImmediate)
  assert.deepEqual(await ask(), [503, { status: 'starting', waits_for: ['journal'] }])
  kept.resolve()
  await new Promise(setImmediate)
  assert.deepEqual(await ask({ 'X-Forwarded-For': '203.0.113.5' }), [200, { status: 'ready' }])
  await app.close(0)
})

test('GET /ready answers under any Host, and 503 while the server drains', async () => {
  const { app, pages, kept, ask } = await start()
  pages.resolve()
  kept.resolve()
  await new Promise(setImmediate)
  const named = await exchange(app.site.port, get('/ready', { Host: '10.0.0.7:9000' }))
  assert.equal(named.status, 200)
  // One that does not answer the Close frame keeps the server draining.
  const socket = await connected(app.site.port)
  socket.write(handshake('/ws'))
  await once(socket, 'data')
  const closing = app.close()
  assert.deepEqual(await ask(), [503, { status: 'draining' }])
  socket.destroy()
  await closing
})

test('pages that never are there keep it from being ready', async () => {
  const { app, pages, kept, ask } = await start()
  kept.resolve()
  pages.reject(new Error('no build'))
  await new Promise(setImmediate)
  assert.deepEqual(await ask(), [503, { status: 'starting', waits_for: ['pages'] }])
  await app.close(0)
})
