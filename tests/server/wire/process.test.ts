import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { closeOf, openClient } from '#tests/server/lab/support/client.ts'
import { startProcess } from '#tests/server/wire/support/process.ts'
import { connected, exchange, get, handshake } from '#tests/server/wire/support/raw.ts'

describe('the process', { concurrency: 4 }, () => {
  test('ends with 1 and a line for each problem of the configuration', async () => {
    const { code, stdout, stderr } = await startProcess({
      env: { PORT: 'x', HOST: '0.0.0.0', WS_PING_TIMEOUT: '99' },
    }).exit
    assert.equal(code, 1)
    assert.equal(stdout, '')
    const names = stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.split('=', 1)[0])
    assert.deepEqual(names.toSorted(), ['HOST', 'PORT', 'WS_PING_TIMEOUT'])
  })

  for (const host of ['127.0.0.1', '::1']) {
    test(`ends with 1 and names the port when it is in use on ${host}`, async (context) => {
      const other = createServer()
      const port = await new Promise<number>((resolve) => {
        other.once('error', () => resolve(0))
        other.listen(0, host, () => {
          const address = other.address()
          resolve(typeof address === 'object' && address !== null ? address.port : 0)
        })
      })
      if (port === 0) return context.skip(`this machine has no ${host}`)
      const { code, stderr } = await startProcess({ env: { PORT: String(port) } }).exit
      other.close()
      assert.equal(code, 1)
      assert.match(stderr, new RegExp(`^PORT=${port} is in use on ${host}.*\\n$`))
    })
  }

  test('reads .env, over which the environment wins', async () => {
    const server = startProcess({
      dotEnv: 'LOG_FORMAT=xml\nWS_PING_INTERVAL=7\nWS_PING_TIMEOUT="2.5"\n',
      env: { LOG_FORMAT: 'text' },
    })
    const client = openClient(await server.listening, '/ws/echo')
    assert.deepEqual((await client.nextJson()).config, { ping_interval: 7, ping_timeout: 2.5 })
    client.close()
    server.child.kill('SIGTERM')
    assert.equal((await server.exit).code, 0)
  })

  test('with LOG_FORMAT=json writes nothing but JSON to stdout', async () => {
    const server = startProcess({ env: { LOG_FORMAT: 'json' } })
    const port = await server.listening
    await exchange(port, handshake('/ws'))
    server.child.kill('SIGINT')
    const { code, stdout } = await server.exit
    assert.equal(code, 0)
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind)
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

  test('after an error that nobody handled closes every connection with 1001 and ends with 1', async () => {
    const server = startProcess({
      preload: "process.once('SIGUSR2', () => { throw new Error('planted') })",
    })
    const client = openClient(await server.listening, '/ws')
    await client.response
    server.child.kill('SIGUSR2')
    assert.equal(closeOf(await client.nextFrame(8)).code, 1001)
    client.send(8, '')
    client.socket.end()
    const { code, stdout } = await server.exit
    assert.equal(code, 1)
    assert.match(stdout, /\[WS_DIAGNOSTICS\] ERROR code=uncaught-exception, message="Error: planted/)
  })

  test('a rejection that nobody awaited is recorded, and the sockets stay', async () => {
    const server = startProcess({
      preload: "process.once('SIGUSR2', () => { Promise.reject(new Error('planted')) })",
    })
    const client = openClient(await server.listening, '/ws')
    await client.response
    server.child.kill('SIGUSR2')
    await new Promise((resolve) => setTimeout(resolve, 50))
    client.send(1, '1')
    assert.equal((await client.nextJson()).data, 1)
    client.close()
    server.child.kill('SIGTERM')
    const { code, stdout } = await server.exit
    assert.equal(code, 0)
    assert.match(stdout, /ERROR code=unhandled-rejection/)
  })

  test('SIGTERM with 1,000 connections, one deaf: 1001 for each, 503 for new ones, exit 0 within 5 s', async () => {
    const server = startProcess({ env: { LOG_LEVEL: 'error' } })
    const port = await server.listening
    const deaf = await connected(port)
    deaf.on('error', () => {})
    deaf.write(handshake('/ws/echo'))
    deaf.pause()
    let told = 0
    const everyoneOpen: Promise<void>[] = []
    const everyoneTold: Promise<void>[] = []
    for (let index = 0; index < 999; index += 1) {
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
    assert.equal(told, 999)
    const { code } = await server.exit
    assert.equal(code, 0)
    assert.ok(performance.now() - startedAt < 5000)
    deaf.destroy()
  })
})
