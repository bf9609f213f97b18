/** `instrument` beside what people really serve WebSockets with: nothing of theirs changes, and each end is told. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { WebSocket } from 'ws'
import { instrument } from '#server/instrument/instrument.ts'
import { installServers } from '#tests/parity/support/npm-servers.ts'
import { collector } from '#tests/server/instrument/watched.ts'
import { ensureInstrument } from '../../../scripts/pack/instrument.mjs'

const missing = await installServers()
const load = createRequire(path.resolve('tests/parity/applications/servers/package.json'))

// Packages without types of ours: what a few lines of their README use of them.
// biome-ignore lint/suspicious/noExplicitAny: as said
type Foreign = any

interface Library {
  readonly name: string
  /** Where its clients connect. */
  readonly at: string
  /** Sets up an echo, and gives what a person hands to `instrument`. */
  serve(t: TestContext, http: Server): Promise<object> | object
  /** What its clients say first, and what must come back; the text itself unless given. */
  readonly says?: readonly [string, RegExp]
}

const LIBRARIES: readonly Library[] = [
  {
    name: 'ws on a server',
    at: '/',
    serve(_t, http) {
      const sockets = new (load('ws').WebSocketServer)({ server: http })
      sockets.on('connection', (socket: Foreign) =>
        socket.on('message', (data: Foreign) => socket.send(String(data))),
      )
      return http
    },
  },
  {
    name: 'ws without one',
    at: '/',
    serve(_t, http) {
      const sockets = new (load('ws').WebSocketServer)({ noServer: true })
      http.on('upgrade', (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, (client: Foreign) =>
          client.on('message', (data: Foreign) => client.send(String(data))),
        ),
      )
      return sockets
    },
  },
  {
    name: 'Socket.IO',
    at: '/socket.io/?EIO=4&transport=websocket',
    serve(_t, http) {
      const io = new (load('socket.io').Server)(http)
      io.on('connection', (socket: Foreign) => socket.on('echo', (text: string) => socket.emit('echo', text)))
      return io
    },
    says: ['40', /^40\{"sid"/],
  },
  {
    name: 'Socket.IO, attached later',
    at: '/socket.io/?EIO=4&transport=websocket',
    serve(t, http) {
      const io = new (load('socket.io').Server)()
      instrumentIn(t, io)
      io.attach(http)
      return io
    },
    says: ['40', /^40\{"sid"/],
  },
  {
    name: 'Socket.IO 2',
    at: '/socket.io/?EIO=3&transport=websocket',
    serve: (_t, http) => load('socket.io-2')(http),
    says: ['2', /^40|^3/],
  },
  {
    name: 'websocket',
    at: '/',
    serve(_t, http) {
      const sockets = new (load('websocket').server)({ httpServer: http })
      sockets.on('request', (request: Foreign) => {
        const connection = request.accept(null, request.origin)
        connection.on('message', (message: Foreign) => connection.sendUTF(message.utf8Data))
      })
      return http
    },
  },
  {
    name: 'faye-websocket',
    at: '/',
    serve(_t, http) {
      const Faye = load('faye-websocket')
      http.on('upgrade', (request, socket, head) => {
        const client = new Faye(request, socket, head)
        client.on('message', ({ data }: Foreign) => client.send(data))
      })
      return http
    },
  },
  {
    name: 'express-ws',
    at: '/chat',
    serve(_t, http) {
      const app = load('express')()
      load('express-ws')(app, http)
      app.ws('/chat', (socket: Foreign) => socket.on('message', (data: Foreign) => socket.send(String(data))))
      http.on('request', app)
      return http
    },
  },
  {
    name: 'SockJS',
    at: '/sock/websocket',
    serve(_t, http) {
      const sockets = load('sockjs').createServer({ log: () => {} })
      sockets.on('connection', (socket: Foreign) => socket.on('data', (text: string) => socket.write(text)))
      sockets.installHandlers(http, { prefix: '/sock' })
      return http
    },
  },
]

const collectors = new WeakMap<object, ReturnType<typeof collector>>()

function instrumentIn(t: TestContext, target: object): ReturnType<typeof collector> {
  const known = collectors.get(t)
  if (known !== undefined) return known
  const seen = collector()
  collectors.set(t, seen)
  instrument(target, { log: false, openTelemetry: false, onEvent: seen.tell })
  return seen
}

describe('instrument', { skip: missing ?? false }, () => {
  for (const { name, at, serve, says: [says, answer] = ['hello', /^hello$/] as const } of LIBRARIES) {
    it(`watches ${name}: it answers as ever, and its end is told`, async (t) => {
      const http = createServer()
      const target = await serve(t, http)
      const { next } = instrumentIn(t, target)
      http.listen(0, '127.0.0.1')
      await once(http, 'listening')
      t.after(() => http.close())
      const { port } = http.address() as AddressInfo

      const client = new WebSocket(`ws://127.0.0.1:${port}${at}`)
      t.after(() => client.terminate())
      const answers: string[] = []
      let heard = () => {}
      client.on('message', (data) => {
        answers.push(String(data))
        heard()
      })
      await once(client, 'open')
      client.send(says)
      while (!answers.some((each) => answer.test(each)))
        await new Promise<void>((go) => {
          heard = go
        })
      client.close(4321, 'enough')

      const { client_id } = await next('attempt')
      await next('accepted')
      const end = await next('disconnected')
      assert.equal(end.client_id, client_id)
      assert.deepEqual([end.close_code, end.reason, end.initiator], [4321, 'enough', 'client'])
      assert.ok(end.messages_in >= 1 && end.messages_out >= 1)
    })
  }

  it('counts the pings of Engine.IO, and tells that a client left them unanswered', async (t) => {
    const http = createServer()
    const io = new (load('socket.io').Server)(http, { pingInterval: 300, pingTimeout: 1500 })
    const { next } = instrumentIn(t, io)
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    t.after(() => io.close())
    const client = new WebSocket(
      `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket`,
    )
    t.after(() => client.terminate())
    client.on('message', (data) => {
      if (String(data).startsWith('0')) client.send('40')
      else if (String(data) === '2' && !isSilent) {
        isSilent = true
        client.send('3')
      }
    })
    let isSilent = false
    assert.equal((await next('heartbeat')).ping_number, 1)
    const { waited_ms } = await next('pong_timeout')
    assert.ok(waited_ms >= 1500)
    const end = await next('disconnected')
    assert.deepEqual([end.initiator, end.pings, end.pongs, end.missed_pongs], ['network', 2, 1, 1])
  })

  it('watches Fastify by its server', async (t) => {
    const app = load('fastify')()
    await app.register(load('@fastify/websocket'))
    app.register(async (scope: Foreign) => {
      scope.get('/live', { websocket: true }, (socket: Foreign) => socket.close(4001, 'not you'))
    })
    const { next } = instrumentIn(t, app)
    await app.listen({ port: 0, host: '127.0.0.1' })
    t.after(() => app.close())
    const client = new WebSocket(`ws://127.0.0.1:${app.server.address().port}/live`)
    await once(client, 'close')
    const end = await next('disconnected')
    assert.deepEqual([end.close_code, end.reason, end.initiator], [4001, 'not you', 'server'])
  })
})

it('is JavaScript with types that runs where only Node is, without a package beside it', async () => {
  await ensureInstrument(process.execPath)
  const folder = mkdtempSync(path.join(tmpdir(), 'why1006-'))
  const installed = path.join(folder, 'node_modules/why1006')
  mkdirSync(installed, { recursive: true })
  for (const part of ['package.json', 'dist'])
    cpSync(path.resolve(part), path.join(installed, part), { recursive: true })
  writeFileSync(
    path.join(folder, 'app.mjs'),
    `import { createServer } from 'node:http'
     import { instrument, instrumentClient } from 'why1006/instrument'
     const server = createServer()
     server.on('upgrade', (request, socket) => socket.end('HTTP/1.1 403 Forbidden\\r\\n\\r\\n'))
     instrument(server, { service: 'shop' })
     instrumentClient({ log: false })
     server.listen(0, '127.0.0.1', () => {
       const { port } = server.address()
       fetch('http://127.0.0.1:' + port + '/', { headers: {} }).catch(() => {})
       const client = new WebSocket('ws://127.0.0.1:' + port + '/live')
       client.onerror = () => process.exit(0)
     })
     server.on('request', (request, response) => response.end())`,
  )
  const { stdout } = await promisify(execFile)(process.execPath, ['app.mjs'], { cwd: folder })
  assert.match(stdout, /^\[WS_DIAGNOSTICS\] REJECTED 403: .* service=shop, cause=application, by=app\.mjs/m)
})
