/** Faults made on purpose behind a real nginx: what an instrumented server tells of them, and the verdict on it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { WebSocket, WebSocketServer } from 'ws'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { evidenceFromJournal } from '#lib/intake/from-journal.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { drain, instrument } from '#server/instrument/instrument.ts'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { type NginxRun, nginxRun, wholeOf } from '#tests/parity/support/nginx-run.ts'
import { findProxy } from '#tests/parity/support/packages.ts'
import { collector } from '#tests/server/instrument/watched.ts'

const found = await findProxy('nginx')
const program = 'program' in found ? found.program : ''

interface Fault {
  readonly name: string
  readonly path?: string
  /** What the server does with a connection. */
  readonly serve?: (socket: WebSocket, server: Server) => void
  readonly client?: (client: WebSocket) => void
  /** One of these comes first; with `proven`, for certain. */
  readonly first: readonly string[]
  readonly proven?: true
  /** The server alone cannot know: nothing may be proven. */
  readonly isOpen?: true
}

const socketOf = (socket: WebSocket): Socket => (socket as unknown as { _socket: Socket })._socket

const FAULTS: readonly Fault[] = [
  {
    name: 'nginx cuts a connection on which nothing moves',
    first: ['idle-timeout'],
    isOpen: true,
  },
  {
    name: 'the client is gone without a word',
    client: (client) => client.terminate(),
    first: [
      'backend-dropped',
      'middlebox-reset',
      'idle-timeout',
      'max-lifetime',
      'half-open',
      'page-left',
      'no-heartbeat',
      'proxy-restart',
    ],
    isOpen: true,
  },
  {
    name: 'the client answers no ping',
    serve(socket) {
      socket.ping()
      socket.once('pong', () => {
        socket.ping()
        setTimeout(() => socket.terminate(), 1200)
      })
    },
    client: (client) => client.once('ping', () => setImmediate(() => socketOf(client).pause())),
    first: ['pong-timeout'],
    proven: true,
  },
  {
    name: 'a deploy',
    serve: (_socket, server) => void drain(server),
    first: ['server-restarting'],
    proven: true,
  },
  {
    name: 'a server that leaves with 1001 while it drains',
    serve: (_socket, server) => void drain(server, { code: 1001 }),
    first: ['server-restarting'],
    proven: true,
  },
  {
    name: 'a message that is too long',
    client: (client) => client.send(Buffer.alloc(2000)),
    first: ['message-too-big'],
    proven: true,
  },
  {
    name: 'an exception of the handler',
    serve: (socket) => socket.close(1011, 'database is gone'),
    first: ['internal-error', 'server-error'],
  },
  {
    name: 'a code of the application',
    serve: (socket) => socket.close(4003, 'session expired'),
    first: ['application-close', 'authentication-required'],
  },
  {
    name: 'a refused Origin',
    path: '/refused',
    first: ['origin-rejected', 'forbidden', 'authentication-required'],
  },
  {
    name: 'an event loop that stands still',
    serve(socket) {
      setTimeout(() => {
        const until = performance.now() + 2500
        while (performance.now() < until);
        setTimeout(() => socket.terminate(), 300)
      }, 50)
    },
    first: ['server-stalled', 'backend-dropped'],
    isOpen: true,
  },
]

describe('an instrumented server behind nginx', { skip: 'missing' in found ? found.missing : false }, () => {
  let run: NginxRun
  before(async () => {
    run = await nginxRun(program)
  })
  after(() => run.close())

  for (const { name, path = '/', serve, client: act, first, proven, isOpen } of FAULTS) {
    it(`tells of ${name}`, async (t) => {
      const server = createServer()
      const { events, next, tell } = collector()
      instrument(server, { log: false, openTelemetry: false, onEvent: tell })
      const sockets = new WebSocketServer({
        server,
        maxPayload: 1000,
        verifyClient: ({ req }: { req: { url?: string } }) => req.url !== '/refused',
      })
      sockets.on('connection', (socket) => {
        socket.on('error', () => {})
        serve?.(socket, server)
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      t.after(() => {
        for (const socket of sockets.clients) socket.terminate()
        server.close()
      })
      const port = await freePort()
      const { port: backend } = server.address() as AddressInfo
      await run.during(configuration(port, backend), port, async () => {
        const client = new WebSocket(`ws://127.0.0.1:${port}${path}`)
        client.on('error', () => {})
        client.on('open', () => act?.(client))
        const { client_id } = await next('attempt')
        await (path === '/' ? next('disconnected') : next('rejected'))
        client.terminate()
        const { verdicts } = diagnose(evidenceFromJournal(events as unknown as DiagnosticEvent[], client_id))
        const told = JSON.stringify(verdicts.map(({ cause, certainty }) => [cause, certainty]))
        assert.ok(first.includes(verdicts[0]?.cause ?? ''), told)
        if (proven) assert.equal(verdicts[0]?.certainty, 'proven', told)
        else if (isOpen) assert.notEqual(verdicts[0]?.certainty, 'proven', told)
      })
    })
  }
})

const configuration = (port: number, backend: number): string =>
  wholeOf(`server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${backend};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_read_timeout 2s;
    }
  }`)
