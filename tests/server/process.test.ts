import assert from 'node:assert/strict'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { ListenError, listen } from '#server/wire/listen.ts'
import { amount } from '#tests/sampling.ts'
import { closeOf, openClient } from '#tests/server/support/client.ts'
import { startProcess } from '#tests/server/support/process.ts'
import { connected, exchange, get, handshake } from '#tests/server/support/raw.ts'

test('with localhost both addresses share the port, and either in use is an error that names it', async (context) => {
  const first = createHttpServer()
  const bound = await listen(first, 'localhost', 0)
  bound.stop()
  if (bound.addresses.length < 2) return context.skip('this machine has no ::1')
  for (const host of ['127.0.0.1', '::1']) {
    const other = createServer()
    const port = await new Promise<number>((resolve) => {
      other.listen({ port: 0, host }, () => {
        const address = other.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    await assert.rejects(listen(createHttpServer(), 'localhost', port), (error) => {
      assert.ok(error instanceof ListenError)
      assert.equal(error.code, 'EADDRINUSE')
      assert.ok(error.message.startsWith(`PORT=${port} is in use on ${host}.`))
      return true
    })
    other.close()
  }
})

describe('the process', { concurrency: 4 }, () => {
  test('ends with 1 and a line for each problem of the configuration', async () => {
    const { code, stdout, stderr } = await startProcess({
      env: { PORT: 'x', HOST: 'devbox', WS_PING_TIMEOUT: '99' },
    }).exit
    assert.equal(code, 1)
    assert.equal(stdout, '')
    const names = stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.split('=', 1)[0])
    assert.deepEqual(names.toSorted(), ['HOST', 'PORT', 'WS_PING_TIMEOUT'])
  })

  test('ends with 1 and names the port when it is in use', async () => {
    const other = createHttpServer()
    const { port } = await listen(other, '127.0.0.1', 0)
    const { code, stderr } = await startProcess({ env: { PORT: String(port) } }).exit
    other.close()
    assert.equal(code, 1)
    assert.match(stderr, new RegExp(`^PORT=${port} is in use on 127\\.0\\.0\\.1\\..*\\n$`))
  })

  test('reads .env, over which the environment wins, and writes nothing but JSON when asked to', async () => {
    const server = startProcess({
      dotEnv: 'LOG_FORMAT=xml\nWS_PING_INTERVAL=7\nWS_PING_TIMEOUT="2.5"\n',
      env: { LOG_FORMAT: 'json' },
    })
    const client = openClient(await server.listening, '/ws/echo')
    assert.deepEqual((await client.nextJson()).config, { ping_interval: 7, ping_timeout: 2.5 })
    client.close()
    server.child.kill('SIGINT')
    const { code, stdout } = await server.exit
    assert.equal(code, 0)
    const lines = stdout.trimEnd().split('\n')
    const kinds = lines.map((line) => JSON.parse(line).kind)
    assert.deepEqual(kinds.slice(0, 3), ['server', 'attempt', 'accepted'])
    assert.equal(kinds.filter((kind) => kind === 'disconnected').length, 1)
  })

  test('goes on when whoever read its log has gone', async () => {
    const server = startProcess()
    const port = await server.listening
    server.child.stdout.destroy()
    for (let count = 0; count < 5; count += 1) {
      await exchange(port, handshake('/ws'))
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    assert.equal((await exchange(port, get('/health'))).status, 200)
    server.child.kill('SIGTERM')
    assert.equal((await server.exit).code, 0)
  })

  test('outlives a rejection that nobody awaited; an uncaught error closes with 1001 and ends with 1', async () => {
    const server = startProcess({
      preload: `
        process.once('SIGUSR2', () => { Promise.reject(new Error('planted rejection')) })
        process.once('SIGHUP', () => { throw new Error('planted error') })`,
    })
    const client = openClient(await server.listening, '/ws')
    await client.response
    server.child.kill('SIGUSR2')
    await new Promise((resolve) => setTimeout(resolve, 50))
    client.send(1, '1')
    assert.equal((await client.nextJson()).data, 1)
    server.child.kill('SIGHUP')
    assert.equal(closeOf(await client.nextFrame(8)).code, 1001)
    client.send(8, '')
    client.socket.end()
    const { code, stdout } = await server.exit
    assert.equal(code, 1)
    assert.match(
      stdout,
      /\[WS_DIAGNOSTICS\] ERROR code=unhandled-rejection, message="Error: planted rejection/,
    )
    assert.match(stdout, /\[WS_DIAGNOSTICS\] ERROR code=uncaught-exception, message="Error: planted error/)
  })

  const others = amount(999, 199)

  test('SIGTERM with many connections, one deaf: 1001 for each, 503 for new ones, exit 0 within 5 s', async () => {
    const server = startProcess({ env: { LOG_LEVEL: 'error' } })
    const port = await server.listening
    const deaf = await connected(port)
    deaf.on('error', () => {})
    deaf.write(handshake('/ws/echo'))
    deaf.pause()
    let told = 0
    const everyoneOpen: Promise<void>[] = []
    const everyoneTold: Promise<void>[] = []
    for (let index = 0; index < others; index += 1) {
      const socket = await connected(port)
      const open = Promise.withResolvers<void>()
      const closed = Promise.withResolvers<void>()
      everyoneOpen.push(open.promise)
      everyoneTold.push(closed.promise)
      socket.on('data', (chunk: Buffer) => {
        if (chunk.includes('101 Switching')) open.resolve()
        // A close frame with 1001 in its payload.
        const at = chunk.indexOf(Buffer.from([0x88]))
        if (at === -1 || chunk.readUInt16BE(at + 2) !== 1001) return
        told += 1
        socket.end(Buffer.from([0x88, 0x80, 0, 0, 0, 0]))
      })
      socket.on('error', () => {})
      socket.on('close', () => closed.resolve())
      socket.write(handshake('/ws'))
    }
    await Promise.all(everyoneOpen)
    const startedAt = performance.now()
    server.child.kill('SIGTERM')
    server.child.kill('SIGINT')
    let refused = await exchange(port, handshake('/ws'))
    while (refused.status === 101) refused = await exchange(port, handshake('/ws'))
    assert.equal(refused.status, 503)
    const health = await exchange(port, get('/health'))
    assert.deepEqual([health.status, JSON.parse(health.body).status], [503, 'draining'])
    await Promise.all(everyoneTold)
    assert.equal(told, others)
    const { code } = await server.exit
    assert.equal(code, 0)
    assert.ok(performance.now() - startedAt < 5000)
    deaf.destroy()
  })
})
