import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, it } from 'node:test'
import { WebSocketServer, WebSocket as WsClient } from 'ws'
import { instrumentClient } from '#server/instrument/client.ts'
import { collector } from '#tests/server/instrument/watched.ts'

const { tell, next } = collector()
const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  verifyClient: ({ req }: { req: { url?: string } }) => !req.url?.startsWith('/refused'),
})
await once(server, 'listening')
const { port } = server.address() as { port: number }
after(() => server.close())

// The whole process is watched, with the clients of other tests.
const ours = new Set<string>()
instrumentClient({
  log: false,
  openTelemetry: false,
  onEvent(event) {
    if (event.kind === 'attempt' && (event.url.includes(`:${port}/`) || event.endpoint === '/nobody-listens'))
      ours.add(event.client_id)
    if (ours.has(event.client_id)) tell(event)
  },
})
server.on('connection', (socket) => {
  socket.ping()
  socket.once('message', () => socket.close(4002, 'enough'))
})

for (const [name, open] of [
  ['ws', (url: string) => new WsClient(url)],
  ['Node’s own WebSocket', (url: string) => new WebSocket(url)],
] as const) {
  it(`tells how a connection of ${name} began and ended`, async () => {
    const client = open(`ws://127.0.0.1:${port}/feed?token=geheim`)
    client.addEventListener('open', () => client.send('hello'))
    const attempt = await next('attempt')
    assert.deepEqual(
      [attempt.role, attempt.url, attempt.endpoint],
      ['client', `ws://127.0.0.1:${port}/feed?token=***`, '/feed'],
    )
    await next('accepted')
    const end = await next('disconnected')
    assert.deepEqual(
      [end.close_code, end.reason, end.initiator, end.messages_out, end.bytes_out],
      [4002, 'enough', 'server', 1, 5],
    )
  })

  it(`tells that a server refused ${name}`, async () => {
    const client = open(`ws://127.0.0.1:${port}/refused`)
    client.addEventListener('error', () => {})
    assert.equal((await next('attempt')).endpoint, '/refused')
    assert.equal((await next('rejected')).status, 401)
  })
}

it('tells that nobody listens', async () => {
  const client = new WsClient('ws://127.0.0.1:1/nobody-listens')
  client.on('error', () => {})
  await next('attempt')
  const { reason, status } = await next('rejected')
  assert.match(reason, /ECONNREFUSED/)
  assert.equal(status, undefined)
})
