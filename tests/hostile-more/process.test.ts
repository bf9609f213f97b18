/** Attacks on the process itself that once held: all at once when it ends, no descriptors, a clock that jumps, readers that do not read. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { openClient } from '#tests/server/support/client.ts'
import { type ServerProcess, startProcess } from '#tests/server/support/process.ts'
import { connected, exchange, get, handshake } from '#tests/server/support/raw.ts'
import { until } from '#tests/server/support/until.ts'

const withProc = process.platform === 'linux' ? false : 'needs /proc'

/** A socket on which this was written, and that reads nothing unless it is told to. */
async function opened(port: number, request: string): Promise<Socket> {
  const socket = await connected(port)
  socket.on('error', () => {})
  socket.pause()
  socket.write(request)
  return socket
}

const many = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make))

/** The processes that this one has started, and theirs. */
function childrenOf(pid: number): number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ', 1)[0])] as const]
    } catch {
      return []
    }
  })
  const own = parents.flatMap(([child, parent]) => (parent === pid ? [child] : []))
  return [...own, ...own.flatMap(childrenOf)]
}

const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

const post = (path: string, body: string, length = Buffer.byteLength(body)) =>
  get(path, { 'Content-Type': 'application/json', 'Content-Length': String(length) }, 'POST') + body

const isHealthy = async (port: number) =>
  (await exchange(port, get('/health', { Connection: 'close' }))).status === 200

async function end(server: ServerProcess): Promise<void> {
  server.child.kill('SIGTERM')
  assert.equal((await server.exit).code, 0)
}

test('SIGTERM ends it, and whatever it started, with everything open at once', {
  skip: withProc,
}, async () => {
  const server = startProcess({ env: { LOG_LEVEL: 'error' } })
  const port = await server.listening
  const silent = await opened(port, 'GET /')
  const held = JSON.stringify({ url: `ws://127.0.0.1:${port}/ws`, hold_seconds: 3600, retries: false })
  const proxy = post('/api/lab/proxies', '{"proxy":"nginx","fault":"idle-timeout"}')
  const isProxied = (await exchange(port, proxy)).status === 201
  const sockets = await Promise.all([
    many(200, () => opened(port, handshake('/ws/echo'))),
    many(40, () => opened(port, handshake('/lab/latency/ws', { Origin: `http://localhost:${port}` }))),
    many(30, () => opened(port, get('/api/events/stream'))),
    many(10, () => opened(port, post('/api/reports', '{"text":"', 1000))),
    many(6, () => opened(port, post('/api/diagnose', held))),
  ])
  // Each probe holds a connection of its own beside those that are open.
  await until(async () => {
    const { body } = await exchange(port, get('/health', { Connection: 'close' }))
    return JSON.parse(body).open_connections >= 200 + 40 + 1
  })
  const started = childrenOf(server.child.pid ?? 0)
  assert.ok(!isProxied || started.length > 0)
  await end(server)
  await until(() => !started.some(isAlive))
  for (const socket of [silent, ...sockets.flat()]) socket.destroy()
})

test('without a descriptor left it refuses, costs nothing, and recovers', {
  skip: withProc,
}, async (context) => {
  const server = startProcess({ env: { LOG_LEVEL: 'error' } })
  const port = await server.listening
  assert.ok(await isHealthy(port))
  const limit = spawnSync('prlimit', ['--pid', String(server.child.pid), '--nofile=256:256'])
  if (limit.status !== 0) {
    await end(server)
    return context.skip('there is no prlimit')
  }
  const sockets = await many(400, () => opened(port, handshake('/ws')))
  // Those that could not be taken wait in the kernel, or were hung up on; the others are answered.
  await until(
    () => sockets.filter(({ readableLength, destroyed }) => readableLength > 0 || destroyed).length > 100,
  )
  for (const socket of sockets) socket.destroy()
  await until(() => isHealthy(port))
  await end(server)
})

test('a clock that jumps changes neither the order of events nor the beat', async () => {
  const clock = `
    const now = Date.now
    const jumps = [-86400e3, 31536000e3, -30 * 31536000e3, 0]
    let jump = 0
    process.on('SIGUSR2', () => { const by = jumps[jump++] ?? 0; Date.now = () => now() + by })`
  const server = startProcess({ env: { LOG_LEVEL: 'error' }, preload: clock })
  const port = await server.listening
  const client = openClient(port, '/ws?ping_interval=2&ping_timeout=1.9&trace=clock')
  const beats = async () => {
    const answer = await exchange(
      port,
      get('/api/events?trace=clock&kinds=heartbeat&limit=1000', { Connection: 'close' }),
    )
    return JSON.parse(answer.body).events as { id: string }[]
  }
  for (let jump = 0; jump < 4; jump += 1) {
    const before = (await beats()).length
    server.child.kill('SIGUSR2')
    await until(async () => (await beats()).length >= before + 2)
  }
  const ids = (await beats()).map(({ id }) => id)
  assert.deepEqual(ids, ids.toSorted())
  assert.equal(new Set(ids).size, ids.length)
  client.close()
  await end(server)
})

test('a thousand readers that do not read cost the others neither memory nor time', {
  skip: withProc,
}, async () => {
  const server = startProcess({ env: { LOG_LEVEL: 'error' } })
  const port = await server.listening
  const resident = () =>
    Number(readFileSync(`/proc/${server.child.pid}/statm`, 'latin1').split(' ')[1]) * 4096
  const readers = [
    ...(await many(500, () => opened(port, get('/api/events/stream')))),
    ...(await many(500, () => opened(port, handshake('/ws/diagnostics')))),
  ]
  await until(() => readers.every(({ readableLength }) => readableLength > 0))
  const before = resident()
  for (let count = 0; count < 500; count += 1) {
    await exchange(port, handshake('/ws', { Origin: 'http://evil.example' }))
  }
  assert.ok(await isHealthy(port))
  // What each may keep back is shared; a copy for each reader would be hundreds of megabytes.
  const grown = (resident() - before) / 2 ** 20
  assert.ok(grown < 200, `${Math.round(grown)} MiB more`)
  for (const reader of readers) reader.destroy()
  await end(server)
})

test('no name that was rebound passes through a proxy of the lab', async () => {
  const server = startProcess({ env: { LOG_LEVEL: 'error' } })
  const port = await server.listening
  const installed: { kind: string }[] = JSON.parse(
    (await exchange(port, get('/api/lab', { Connection: 'close' }))).body,
  ).real_proxies
  for (const { kind } of installed) {
    for (const fault of ['idle-timeout', 'pass-through', 'strip-upgrade-headers', 'origin-rejected']) {
      const order = post('/api/lab/proxies', JSON.stringify({ proxy: kind, fault }))
      const { status, body } = await exchange(port, order)
      if (status !== 201) continue
      const { url, id } = JSON.parse(body)
      const proxied = Number(new URL(url).port)
      const evil = { Host: `evil.example:${proxied}`, Origin: `http://evil.example:${proxied}` }
      for (const path of ['/', '/api/events', '/api/reports', '/ws/diagnostics']) {
        const read = await exchange(proxied, get(path, { ...evil, Connection: 'close' }))
        assert.ok(read.status >= 400, `${kind} ${fault} ${path} ${read.status}`)
        const opens = await exchange(proxied, handshake(path, evil))
        assert.ok(opens.status >= 400 || opens.status === 0, `${kind} ${fault} ${path} ${opens.status}`)
      }
      await exchange(
        port,
        get(`/api/lab/proxies/${id}`, { 'Content-Type': 'application/json', Connection: 'close' }, 'DELETE'),
      )
    }
  }
  await end(server)
})
