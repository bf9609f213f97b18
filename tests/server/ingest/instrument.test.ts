/** A server of somebody else that is instrumented, and tells Why1006. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { WebSocket, WebSocketServer } from 'ws'
import { drain } from '#server/instrument/instrument.ts'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { watch } from '#tests/server/instrument/watched.ts'
import { startServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

test('what an instrumented server sees of its connections arrives under its name, with the token alone', async (t) => {
  // Behind a trusted proxy nobody is local, so the token counts.
  const why1006 = await startServer({ ACCESS_TOKEN: TOKEN, TRUSTED_PROXIES: '127.0.0.1' })
  t.after(() => why1006.app.close(0))
  const url = `http://127.0.0.1:${why1006.port}`
  const chat = await watch(t, (server) => void new WebSocketServer({ server }), {
    url,
    token: TOKEN,
    service: 'chat',
  })
  const warnings: string[] = []
  const warned = Promise.withResolvers<void>()
  const onWarning = (warning: Error & { code?: string }) => {
    if (warning.code !== 'WHY1006_TOKEN') return
    warnings.push(warning.message)
    warned.resolve()
  }
  process.on('warning', onWarning)
  t.after(() => process.off('warning', onWarning))
  const denied = await watch(t, (server) => void new WebSocketServer({ server }), {
    url,
    token: 'wrong',
    service: 'spy',
  })
  for (const [port, trace] of [
    [denied.port, 'denied'],
    [chat.port, 'told'],
  ]) {
    const client = new WebSocket(`ws://127.0.0.1:${port}/socket?trace=${trace}&token=hunter2`)
    await once(client, 'open')
    client.close(4001, 'bye')
  }
  await warned.promise
  const end = await why1006.event('disconnected', 'told')
  assert.deepEqual(
    [end.service, end.endpoint, end.close_code, end.initiator],
    ['chat', '/socket', 4001, 'client'],
  )
  assert.deepEqual(warnings, [
    `The Why1006 server at ${url} does not know this access token, and takes no events. Set WHY1006_TOKEN.`,
  ])
  const attempt = await why1006.event('attempt', 'told')
  assert.equal(attempt.url, '/socket?trace=told&token=***')
  assert.notEqual(attempt.id, attempt.source_id)
  assert.deepEqual(why1006.kinds('told'), ['attempt', 'accepted', 'disconnected'])
  assert.deepEqual(why1006.kinds('denied'), [])
})

test('when drain() is done, Why1006 has heard of every end: the process may leave', async (t) => {
  const why1006 = await startServer()
  t.after(() => why1006.app.close(0))
  const shop = await watch(t, (server) => void new WebSocketServer({ server }), {
    url: `http://127.0.0.1:${why1006.port}`,
  })
  const client = new WebSocket(`ws://127.0.0.1:${shop.port}/socket?trace=deploy`)
  await once(client, 'open')
  await drain(shop.server)
  assert.deepEqual(why1006.kinds('deploy'), ['attempt', 'accepted', 'disconnected'])
})

test('drain() does not wait for a Why1006 that is not there', async (t) => {
  const shop = await watch(t, (server) => void new WebSocketServer({ server }), {
    url: `http://127.0.0.1:${await freePort()}`,
  })
  const client = new WebSocket(`ws://127.0.0.1:${shop.port}/socket`)
  await once(client, 'open')
  await drain(shop.server)
  assert.equal(shop.events.at(-1)?.kind, 'disconnected')
})
