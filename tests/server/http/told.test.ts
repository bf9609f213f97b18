/** Diagnose beside an own server that tells Why1006 of its connections: what it says of the probe's own is evidence, of no other. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { after, before, type TestContext, test } from 'node:test'
import { WebSocket, WebSocketServer } from 'ws'
import { drain, instrument } from '#server/instrument/instrument.ts'
import { diagnose, reportOf } from '#tests/server/http/support/diagnose.ts'
import { sampleKey } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let why: TestServer
before(async () => {
  why = await startServer({}, {}, { probe: { watchMs: 200, toldWithinMs: 5000 } })
})
after(() => why.app.close(0))

interface Ways {
  readonly serve?: (socket: WebSocket, server: object) => void
  /** Waited for before a connection is let in. */
  readonly admit?: (request: IncomingMessage) => Promise<void>
}

const handshake = (path: string, host: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${sampleKey}\r\n\r\n`

async function ownServer(t: TestContext, { serve = () => {}, admit = async () => {} }: Ways = {}) {
  const server = createServer()
  instrument(server, {
    log: false,
    openTelemetry: false,
    service: 'shop',
    url: `http://127.0.0.1:${why.port}`,
  })
  const sockets = new WebSocketServer({
    server,
    verifyClient: ({ req }: { req: IncomingMessage }, done: (ok: boolean) => void) => {
      void admit(req).then(() => done(req.url !== '/refused'))
    },
  })
  sockets.on('connection', (socket) => serve(socket, server))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const first = new WebSocket(`ws://127.0.0.1:${port}/first?trace=${port}`)
  first.on('error', () => {})
  await why.event('attempt', String(port))
  first.terminate()
  return port
}

const judged = async (url: string) => {
  const { evidence, report } = reportOf(await diagnose(why.port, { url, retries: false }, {}))
  const [first] = report.verdicts
  return { server: evidence.server, verdict: [first?.cause, first?.certainty] }
}

test('what the server told of this connection is joined by its address and port, and proves a deploy', async (t) => {
  const port = await ownServer(t, {
    serve(socket, server) {
      socket.once('pong', () => drain(server, { code: 1001 }))
      socket.ping()
    },
  })
  const { server, verdict } = await judged(`ws://127.0.0.1:${port}/live`)
  assert.deepEqual(
    server
      ?.map(({ type }) => type)
      .filter((type) => ['request', 'upgraded', 'draining', 'close'].includes(type)),
    ['request', 'upgraded', 'draining', 'close'],
  )
  assert.deepEqual(verdict, ['server-restarting', 'proven'])
})

test('a refusal is joined too, and only that of the probe, whoever else asks at the moment', async (t) => {
  const port = await ownServer(t)
  const others = Array.from({ length: 5 }, () => {
    const other = connect(port, '127.0.0.1')
    other.write(handshake('/refused', `127.0.0.1:${port}`))
    return other
  })
  const { server } = await judged(`ws://127.0.0.1:${port}/refused`)
  for (const other of others) other.destroy()
  const [request, ...more] = server ?? []
  assert.equal(request?.type, 'request')
  assert.ok(request?.headers?.some(([name, value]) => name === 'User-Agent' && value === 'why1006'))
  assert.ok(more.some(({ type, status }) => type === 'response' && status === 401))
})

/** A relay without words of its own: the server sees its address and port. */
async function relayTo(t: TestContext, port: number): Promise<number> {
  const relay = createTcpServer((socket) => {
    const behind = connect(port, '127.0.0.1')
    for (const one of [socket, behind]) one.on('error', () => {})
    socket.pipe(behind).pipe(socket)
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  t.after(() => relay.close())
  return (relay.address() as AddressInfo).port
}

test('through a relay the only candidate is joined', async (t) => {
  const relay = await relayTo(t, await ownServer(t))
  const { server } = await judged(`ws://127.0.0.1:${relay}/alone`)
  assert.equal(server?.[0]?.type, 'request')
})

test('through a relay nothing is joined where two may be meant', async (t) => {
  let port = 0
  let relay = 0
  const opened: ReturnType<typeof connect>[] = []
  port = await ownServer(t, {
    // Somebody else is in before the probe is.
    admit: async ({ headers }) => {
      if (headers['user-agent'] !== 'why1006') return
      const other = connect(port, '127.0.0.1')
      opened.push(other)
      other.write(handshake('/crowd', `127.0.0.1:${relay}`))
      await once(other, 'data')
    },
  })
  relay = await relayTo(t, port)
  const { server } = await judged(`ws://127.0.0.1:${relay}/crowd`)
  for (const other of opened) other.destroy()
  assert.deepEqual([opened.length, server], [1, undefined])
})
