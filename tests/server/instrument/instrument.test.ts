import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { WebSocket, WebSocketServer } from 'ws'
import type { InstrumentEvent } from '#server/instrument/event.ts'
import { drain, instrument } from '#server/instrument/instrument.ts'
import { opcodes } from '#server/wire/frame.ts'
import { collector, watch } from '#tests/server/instrument/watched.ts'
import { openClient } from '#tests/server/support/client.ts'

const socketOf = (client: WebSocket): Socket => (client as unknown as { _socket: Socket })._socket

function standStill(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

async function watchEcho(t: TestContext, connected: (socket: WebSocket) => void = () => {}) {
  const watched = await watch(t, (server) => {
    const sockets = new WebSocketServer({
      server,
      verifyClient: ({ req }: { req: IncomingMessage }) => req.url !== '/refused',
    })
    sockets.on('connection', (socket) => {
      socket.on('error', () => {})
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
      connected(socket)
    })
  })
  const open = async (path = '/ws') => {
    const client = new WebSocket(`ws://127.0.0.1:${watched.port}${path}`)
    client.on('error', () => {})
    t.after(() => client.terminate())
    await once(client, 'open')
    return client
  }
  return { ...watched, open }
}

describe('a server that is watched', () => {
  it('tells of an attempt with its secrets masked, of the opening, and of a Close frame of the client', async (t) => {
    const { open, next } = await watchEcho(t)
    const client = await open('/ws?token=geheim&trace=t1')
    const attempt = await next('attempt')
    assert.equal(attempt.url, '/ws?token=***&trace=t1')
    assert.equal(attempt.endpoint, '/ws')
    assert.equal(attempt.trace, 't1')
    await next('accepted')
    client.send('hello')
    client.send(Buffer.alloc(70_000))
    for (let answers = 0; answers < 2; answers += 1) await once(client, 'message')
    client.close(4001, 'bye')
    const end = await next('disconnected')
    assert.equal(end.client_id, attempt.client_id)
    assert.deepEqual(
      [
        end.close_code,
        end.reason,
        end.initiator,
        end.messages_in,
        end.messages_out,
        end.bytes_in,
        end.bytes_out,
      ],
      [4001, 'bye', 'client', 2, 2, 70_005, 70_005],
    )
  })

  it('names a client of IPv4 as such, also where it listens on both families', async (t) => {
    const sockets = new WebSocketServer({ port: 0, host: '::' })
    const { next, tell } = collector()
    instrument(sockets, { log: false, onEvent: tell })
    t.after(() => sockets.close())
    const isListening = await Promise.race([
      once(sockets, 'listening').then(() => true),
      once(sockets, 'error').then(() => false),
    ])
    if (!isListening) return t.skip('there is no IPv6')
    const client = openClient((sockets.address() as AddressInfo).port, '/')
    t.after(() => client.close())
    assert.equal((await next('attempt')).address, '127.0.0.1')
  })

  it('tells who ended it over a close code that is none, as a Why1006 server takes it', async (t) => {
    const { open, next } = await watchEcho(t)
    for (const code of [0, 999, 5000, 65_535]) {
      const client = await open()
      // Masked with zeros.
      const frame = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0, 0])
      frame.writeUInt16BE(code, 6)
      socketOf(client).write(frame)
      const end = await next('disconnected')
      assert.deepEqual([end.close_code, end.initiator], [1002, 'server'], `${code}`)
    }
  })

  it('tells who refused, with which status', async (t) => {
    const { port, next } = await watchEcho(t)
    assert.equal(await openClient(port, '/refused').status(), 401)
    const { status, by, reason } = await next('rejected')
    assert.deepEqual([status, by, reason], [401, 'ws', 'Unauthorized'])
  })

  it('tells what the application refused by itself, and by which file', async (t) => {
    const { port, next } = await watch(t, (server) => {
      server.on('upgrade', (_request, socket) => {
        socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 11\r\n\r\nnot a guest')
      })
    })
    assert.equal(await openClient(port, '/').status(), 403)
    const { status, by, reason } = await next('rejected')
    assert.deepEqual([status, by, reason], [403, 'instrument.test.ts', 'not a guest'])
  })

  it('tells of a handshake that Socket.IO does not take, whose engine is not asked for it', async (t) => {
    const http = createServer((_request, response) => response.end())
    http.on('upgrade', (_request, socket) => socket.end())
    const io = { attach: () => {}, httpServer: http, engine: { handleUpgrade: () => {} } }
    const told = Promise.withResolvers<string>()
    const onEvent = (event: InstrumentEvent) => event.kind === 'rejected' && told.resolve(event.endpoint)
    instrument(io, { log: false, openTelemetry: false, onEvent })
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
    t.after(() => http.close())
    const address = http.address()
    await openClient(typeof address === 'object' ? (address?.port ?? 0) : 0, '/other').end
    assert.equal(await told.promise, '/other')
  })

  it('leaves a server without WebSockets one: the handler of requests answers, which is told', async (t) => {
    const { port, next } = await watch(t, (server) => {
      server.on('request', (_request, response) => response.writeHead(404).end('no'))
    })
    assert.equal(await openClient(port, '/').status(), 404)
    assert.equal((await next('rejected')).status, 404)
  })

  const unanswered: readonly (readonly [how: string, set: (server: Server) => void])[] = [
    ['destroyed the socket', (server) => server.on('upgrade', (_request, socket) => socket.destroy())],
    // As Engine.IO does to a handshake that nobody took.
    ['ended the connection', (server) => server.on('upgrade', (_request, socket) => socket.end())],
    ['was out of patience', (server) => server.setTimeout(50)],
    ['destroyed it in a handler', (server) => server.on('request', ({ socket }) => socket.destroy())],
    ['destroyed its answer', (server) => server.on('request', (_request, response) => response.destroy())],
  ]
  for (const [how, set] of unanswered)
    it(`tells that nobody answered, where the server ${how}`, async (t) => {
      const { port, next } = await watch(t, set)
      await openClient(port, '/').end
      const { status, reason } = await next('rejected')
      assert.deepEqual([status, reason], [undefined, 'ended without an answer'])
    })

  const arrivals: readonly ['upgrade' | 'request', (server: Server, arrived: () => void) => void][] = [
    [
      'upgrade',
      (server, arrived) =>
        server.on('upgrade', (_request, socket) => {
          socket
            .on('error', () => {})
            .on('end', () => socket.end())
            .resume()
          arrived()
        }),
    ],
    ['request', (server, arrived) => server.on('request', arrived)],
  ]
  for (const [event, set] of arrivals)
    for (const leave of ['end', 'resetAndDestroy'] as const)
      it(`tells that the peer left (${leave}) before the answer to its ${event}`, async (t) => {
        const arrived = Promise.withResolvers<void>()
        const { port, next } = await watch(t, (server) => set(server, arrived.resolve))
        const { socket } = openClient(port, '/')
        await arrived.promise
        socket[leave]()
        assert.equal((await next('rejected')).reason, 'the peer left before the answer')
      })

  it('measures round trips of pings, and tells a cut after a missed pong', async (t) => {
    const { port, next } = await watchEcho(t, (socket) => {
      socket.ping('1')
      socket.once('pong', () => {
        socket.ping('2')
        setTimeout(() => socket.terminate(), 1200)
      })
    })
    const client = openClient(port, '/', { pongs: false })
    await client.nextFrame(opcodes.ping)
    client.send(opcodes.pong, '1')
    assert.equal((await next('heartbeat')).ping_number, 1)
    const missed = await next('pong_timeout')
    assert.ok(missed.ping_number === 2 && missed.waited_ms > 1000)
    const end = await next('disconnected')
    assert.deepEqual(
      [end.close_code, end.initiator, end.pings, end.pongs, end.missed_pongs],
      [1006, 'network', 2, 1, 1],
    )
    assert.match(end.reason, /^no pong within 1\.\d s$/)
    assert.ok((end.since_pong_ms ?? 0) > 1000)
  })

  it('tells the empty Close frame with which Engine.IO gives up as a missed pong', async (t) => {
    const { port, next } = await watchEcho(t, (socket) => {
      socket.send('2')
      setTimeout(() => socket.close(), 1200)
    })
    const client = openClient(port, '/?EIO=4')
    await client.nextFrame(opcodes.close)
    client.socket.destroy()
    assert.equal((await next('pong_timeout')).ping_number, 1)
    const end = await next('disconnected')
    assert.deepEqual([end.close_code, end.initiator], [1006, 'network'])
  })

  it('tells a reset from an end without a Close frame', async (t) => {
    const { open, next } = await watchEcho(t)
    const reset = await open()
    socketOf(reset).resetAndDestroy()
    const first = await next('disconnected')
    assert.deepEqual([first.close_code, first.initiator, first.socket_error], [1006, 'network', 'ECONNRESET'])
    const ended = await open()
    ended.terminate()
    const second = await next('disconnected')
    assert.deepEqual([second.close_code, second.initiator, second.socket_error], [1006, 'network', undefined])
  })

  it('tells that the server itself stood still', async (t) => {
    const { open, next } = await watchEcho(t)
    const client = await open()
    standStill(300)
    await new Promise((go) => setTimeout(go, 150))
    client.close()
    assert.ok((await next('disconnected')).event_loop_delay_ms >= 150)
  })

  it('blames no stand-still from before the opening, also one in which the handshake waited', async (t) => {
    const { server, open, next } = await watchEcho(t)
    standStill(1500)
    await new Promise((go) => setTimeout(go, 150))
    const later = await open()
    later.close()
    assert.ok((await next('disconnected')).event_loop_delay_ms < 750)
    server.prependOnceListener('upgrade', () => standStill(1500))
    const waited = await open()
    await new Promise((go) => setTimeout(go, 150))
    waited.close()
    assert.ok((await next('disconnected')).event_loop_delay_ms < 750)
  })

  for (const side of ['server', 'client'] as const)
    it(`counts no Close frame of the ${side}, and no answer to it, as an end of the silence`, async (t) => {
      const served: WebSocket[] = []
      const { open, next } = await watchEcho(t, (socket) => void served.push(socket))
      const client = await open()
      client.send('hello')
      await once(client, 'message')
      const from = performance.now()
      await new Promise((go) => setTimeout(go, 300))
      const silentMs = performance.now() - from
      const closing = side === 'server' ? served[0] : client
      closing?.close(1001, 'away')
      const end = await next('disconnected')
      assert.equal(end.initiator, side)
      assert.ok(end.silence_ms >= silentMs && end.since_rx_ms >= end.silence_ms, JSON.stringify(end))
    })

  it('tells what had not left the process', async (t) => {
    const { open, next } = await watchEcho(t, (socket) => {
      socket.send(Buffer.alloc(16 << 20), () => {})
      setImmediate(() => socket.terminate())
    })
    const client = await open()
    socketOf(client).pause()
    assert.ok((await next('disconnected')).buffered_bytes > 0)
  })

  it('is watched once, however often it is asked for', async (t) => {
    const { server, open, next, events } = await watchEcho(t)
    instrument(server, { log: false })
    const client = await open()
    client.close(1000)
    await next('disconnected')
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['attempt', 'accepted', 'disconnected'],
    )
  })

  it('keeps its answer when an output throws', async (t) => {
    const watched = await watch(t, (server) => void new WebSocketServer({ server }))
    const broken = new WebSocketServer({ port: 0 })
    t.after(() => {
      for (const client of broken.clients) client.terminate()
      broken.close()
    })
    instrument(broken, {
      log: false,
      onEvent: () => {
        throw new Error('an output of the application')
      },
    })
    await once(broken, 'listening')
    const { port } = broken.address() as { port: number }
    assert.equal(await openClient(port, '/').status(), 101)
    assert.equal(await openClient(watched.port, '/').status(), 101)
  })

  it('refuses what it cannot watch, with what it can', () => {
    assert.throws(() => instrument({}), /takes an http\.Server, a WebSocketServer/)
    assert.throws(() => instrument((() => {}) as object), /give it the server that listen\(\) returned/)
  })
})

describe('drain', () => {
  it('ends every connection with the code and the hint, and says that it was draining', async (t) => {
    const { server, open, next } = await watchEcho(t)
    const clients = await Promise.all([open(), open(), open()])
    const ends = clients.map((client) => once(client, 'close'))
    await drain(server, { overMs: 60, retryAfterMs: 5000 })
    for (const [code, reason] of await Promise.all(ends)) {
      assert.equal(code, 1012)
      assert.equal(String(reason), 'server restarting; retry_after_ms=5000')
    }
    const end = await next('disconnected')
    assert.deepEqual([end.close_code, end.initiator, end.draining], [1012, 'server', true])
  })

  it('does not wait for a peer that never answers a Close frame', async (t) => {
    const { server, port, next } = await watchEcho(t)
    const client = openClient(port, '/')
    assert.equal(await client.status(), 101)
    await next('accepted')
    await drain(server, { closeTimeoutMs: 50 })
    assert.equal((await next('disconnected')).close_code, 1012)
  })

  it('ends a connection whose server never finishes a frame', async (t) => {
    const half = Buffer.from([0x81, 100, 0x61])
    const { server, port, next } = await watchEcho(t, (socket) => socketOf(socket).write(half))
    const client = openClient(port, '/')
    await next('accepted')
    await drain(server, { closeTimeoutMs: 50 })
    assert.equal((await client.end).kind, 'fin')
    assert.equal((await next('disconnected')).close_code, 1006)
  })

  it('refuses a server that nobody watches', async () => {
    await assert.rejects(drain({}), /instrument\(\) was given before/)
  })
})
