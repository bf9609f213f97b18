/** `/ws/through` on real sockets: what arrives at the server at the other end, what the page hears, who is refused. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { WebSocket, WebSocketServer } from 'ws'
import { type ThroughLine, throughLine } from '#lib/api/through.ts'
import { accept, answer, headerIn, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const file = (name: string): string =>
  readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')

const TOKEN = 'correct-horse-battery'

let server: TestServer
before(async () => {
  server = await startServer(
    { ACCESS_TOKEN: TOKEN },
    {},
    { probe: { ask: async (name) => [{ address: NAMES[name] ?? '127.0.0.1', family: 4 }] } },
  )
})
after(() => server.app.close(0))

const NAMES: Record<string, string> = { 'metadata.example': '169.254.169.254', 'inside.example': '10.1.2.3' }

/** A page of this server: what it hears, one line after the other. */
async function page(
  order: unknown,
  {
    origin = server.origin,
    headers = {},
    at = server,
  }: { origin?: string; headers?: object; at?: TestServer } = {},
) {
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}/ws/through`, { origin, headers: { ...headers } })
  const heard: (ThroughLine | { type: 'binary'; bytes: Buffer })[] = []
  const waiting = new Set<() => void>()
  const tell = () => {
    for (const look of waiting) look()
  }
  socket.on('message', (data: Buffer, isBinary) => {
    heard.push(isBinary ? { type: 'binary', bytes: data } : throughLine.parse(JSON.parse(data.toString())))
    tell()
  })
  const closed = once(socket, 'close')
  await once(socket, 'open')
  socket.send(typeof order === 'string' ? order : JSON.stringify({ type: 'open', ...(order as object) }))
  return {
    socket,
    closed,
    say: (said: object) => socket.send(JSON.stringify(said)),
    /** The first of its type that was not taken before. */
    next: <T extends (typeof heard)[number]['type']>(type: T) =>
      new Promise<Extract<(typeof heard)[number], { type: T }>>((resolve) => {
        const look = () => {
          const index = heard.findIndex((line) => line.type === type)
          if (index === -1) return
          waiting.delete(look)
          const [found] = heard.splice(index, 1)
          resolve(found as Extract<(typeof heard)[number], { type: T }>)
        }
        waiting.add(look)
        look()
      }),
  }
}

async function target(options: ConstructorParameters<typeof WebSocketServer>[0] = {}) {
  const sockets = new WebSocketServer({ port: 0, ...options })
  await once(sockets, 'listening')
  const { port } = sockets.address() as AddressInfo
  return { sockets, url: `ws://127.0.0.1:${port}`, stop: () => sockets.close() }
}

const next = async (sockets: WebSocketServer) =>
  (await once(sockets, 'connection')) as [WebSocket, import('node:http').IncomingMessage]

describe('/ws/through', { concurrency: true }, () => {
  test('headers, cookies, origin and subprotocols arrive; messages pass as they are, in both directions', async () => {
    const { sockets, url, stop } = await target({ handleProtocols: () => 'b', perMessageDeflate: true })
    const arrived = next(sockets)
    const one = await page({
      url: `${url}/room?x=1`,
      origin: 'https://app.example',
      subprotocols: ['a', 'b'],
      headers: ['Authorization: Bearer s3cret', 'Cookie: sid=1', 'Cookie: theme=dark', 'X-Room: 7'],
    })
    const [peer, request] = await arrived
    assert.equal(request.url, '/room?x=1')
    assert.equal(request.headers.origin, 'https://app.example')
    assert.equal(request.headers.authorization, 'Bearer s3cret')
    assert.equal(request.headers.cookie, 'sid=1; theme=dark')
    assert.equal(request.headers['x-room'], '7')
    const opened = await one.next('opened')
    assert.equal(opened.status, 101)
    assert.equal(opened.subprotocol, 'b')
    assert.match(opened.address, /^127\.0\.0\.1:\d+$/)
    assert.match(opened.extensions, /^permessage-deflate/)

    peer.send('gr\u00fc\u00dfe')
    assert.equal((await one.next('text')).data, 'gr\u00fc\u00dfe')
    peer.send(Buffer.from([0, 255, 7]))
    assert.deepEqual([...(await one.next('binary')).bytes], [0, 255, 7])
    const echoes = [once(peer, 'message')]
    one.say({ type: 'text', data: '{"hello":1}' })
    assert.deepEqual((await echoes[0])?.map(String), ['{"hello":1}', 'false'])
    const bytes = once(peer, 'message')
    one.socket.send(Buffer.from([9, 8]))
    assert.deepEqual([...((await bytes)[0] as Buffer)], [9, 8])
    one.socket.close()
    await stop()
  })

  test('nothing of the order is in an event', async () => {
    const { sockets, url, stop } = await target()
    const arrived = next(sockets)
    const one = await page({ url: `${url}/?ticket=t1cket`, headers: ['Authorization: Bearer s3cret'] })
    await arrived
    await one.next('opened')
    one.socket.close()
    await one.closed
    const { events } = await (await fetch(`http://127.0.0.1:${server.port}/api/events?limit=1000`)).json()
    const ours = events.filter((event: { endpoint?: string }) => event.endpoint === '/ws/through')
    assert.ok(ours.length >= 2, 'attempt and accepted are there')
    assert.doesNotMatch(JSON.stringify(events), /s3cret|t1cket/)
    await stop()
  })

  test('a client certificate is shown to a server that asks for one', async () => {
    const secure = createServer({
      key: file('good.key'),
      cert: file('good.pem'),
      ca: file('ca.pem'),
      requestCert: true,
      rejectUnauthorized: true,
    })
    const sockets = new WebSocketServer({ server: secure })
    secure.listen(0)
    await once(secure, 'listening')
    const url = `wss://localhost:${(secure.address() as AddressInfo).port}/`
    const certificate = { cert: file('good.pem'), key: file('good.key') }

    const arrived = next(sockets)
    const one = await page({ url, ca: file('ca.pem'), client_certificate: certificate })
    const [, request] = await arrived
    assert.equal((request.socket as import('node:tls').TLSSocket).authorized, true)
    assert.match((await one.next('opened')).tls ?? '', /^TLSv1/)
    one.socket.close()

    const without = await page({ url, ca: file('ca.pem') })
    assert.ok((await without.next('failed')).message)
    const wrong = await page({ url, ca: file('ca.pem'), client_certificate: { cert: 'x', key: 'y' } })
    assert.equal((await wrong.next('failed')).error, 'certificate_refused')
    const unknown = await page({ url })
    assert.match((await unknown.next('failed')).message, /^TLS: .*SELF_SIGNED_CERT_IN_CHAIN/)
    secure.close()
    secure.closeAllConnections()
  })

  test('pings of the server are told, and answered', async () => {
    const { sockets, url, stop } = await target()
    const arrived = next(sockets)
    const one = await page({ url })
    const [peer] = await arrived
    const answered = once(peer, 'pong')
    peer.ping('x')
    await one.next('ping')
    assert.equal(String((await answered)[0]), 'x')
    one.say({ type: 'ping' })
    assert.ok(((await one.next('pong')).rtt_ms ?? -1) >= 0)
    peer.pong('unasked')
    assert.equal((await one.next('pong')).rtt_ms, undefined)
    one.socket.close()
    await stop()
  })

  test('code and reason of either side, and what TCP did without', async () => {
    const { sockets, url, stop } = await target()
    const byServer = next(sockets)
    const one = await page({ url })
    const [peer] = await byServer
    await one.next('opened')
    peer.close(4008, 'quota used up')
    const closed = await one.next('closed')
    assert.deepEqual(
      [closed.code, closed.reason, closed.clean, closed.how],
      [4008, 'quota used up', true, 'close_frame'],
    )
    assert.equal((await one.closed)[0], 1000)

    const byPage = next(sockets)
    const two = await page({ url })
    const [other] = await byPage
    await two.next('opened')
    const told = once(other, 'close')
    two.say({ type: 'close', code: 3001, reason: 'bye' })
    assert.deepEqual((await told).map(String), ['3001', 'bye'])
    assert.equal((await two.next('closed')).code, 3001)
    await stop()

    const reset = await rawServer((socket, request) => {
      accept(socket, request)
      socket.once('data', () => socket.resetAndDestroy())
    })
    const three = await page({ url: reset.url })
    await three.next('opened')
    three.say({ type: 'text', data: 'x' })
    const cut = await three.next('closed')
    assert.deepEqual([cut.code, cut.how], [1006, 'rst'])
    await reset.close()

    const ended = await rawServer((socket, request) => {
      accept(socket, request)
      socket.end()
    })
    const four = await page({ url: ended.url })
    assert.deepEqual((({ code, how }) => [code, how])(await four.next('closed')), [1006, 'fin'])
    await ended.close()

    const violating = await rawServer((socket, request) => {
      accept(socket, request)
      socket.write(Buffer.from([0xf1, 0x01, 0x61]))
    })
    const five = await page({ url: violating.url })
    const violation = await five.next('closed')
    assert.equal(violation.how, 'violation')
    assert.match(violation.says ?? '', /RSV/)
    await violating.close()
  })

  test('what came in place of a 101 is told', async () => {
    const refusing = await rawServer((socket) => socket.end(answer('403 Forbidden', ['X-Why: origin'])))
    const one = await page({ url: refusing.url })
    const failed = await one.next('failed')
    assert.equal(failed.status, 403)
    assert.match(failed.message, /403 Forbidden/)
    assert.ok(failed.headers?.some(([name, value]) => name === 'X-Why' && value === 'origin'))
    await refusing.close()

    const wrong = await rawServer((socket) =>
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n',
      ),
    )
    assert.match((await (await page({ url: wrong.url })).next('failed')).message, /Sec-WebSocket-Accept/)
    await wrong.close()
    assert.match((await (await page({ url: wrong.url })).next('failed')).message, /^TCP: .*ECONNREFUSED/)
  })

  test('a page that gives up while it connects, or leaves, lets the server at the other end go', async () => {
    const gone = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const silent = await rawServer((socket) => {
      socket.on('close', () => gone.resolve())
      asked.resolve()
    })
    const one = await page({ url: silent.url })
    await asked.promise
    one.say({ type: 'close', code: 1000, reason: '' })
    assert.equal((await one.next('failed')).error, 'canceled')
    await gone.promise
    await silent.close()

    const { sockets, url, stop } = await target()
    const arrived = next(sockets)
    const two = await page({ url })
    const [peer] = await arrived
    await two.next('opened')
    const told = once(peer, 'close')
    two.socket.terminate()
    assert.equal((await told)[0], 1001)
    await stop()
  })

  test('addresses: the rules of the probe', async () => {
    const failure = async (url: string, headers: object = {}) =>
      (await (await page({ url }, { headers })).next('failed')).error
    assert.equal(await failure('ws://169.254.169.254/'), 'address_refused')
    assert.equal(await failure('ws://metadata.example/'), 'address_refused')
    const remote = { 'X-Forwarded-For': '203.0.113.5', Authorization: `Bearer ${TOKEN}` }
    assert.equal(await failure('ws://127.0.0.1:9/', remote), 'address_refused')
    assert.equal(await failure('ws://inside.example/', remote), 'address_refused')
    assert.equal(await failure(`ws://localhost:${server.port}/ws`, remote), 'address_refused')
  })

  test('what a header may not be, and what no order is', async () => {
    const { url, stop } = await target()
    const failure = async (order: object) => (await (await page(order)).next('failed')).error
    assert.equal(await failure({ url, headers: ['X: a\r\nY: b'] }), 'header_refused')
    assert.equal(await failure({ url, headers: ['Sec-WebSocket-Key: x'] }), 'header_refused')
    assert.equal(await failure({ url, subprotocols: ['a', 'a'] }), 'subprotocol_refused')
    assert.equal(await failure({ url: 'ftp://x/' }), 'target_unreadable')
    for (const order of [
      '{',
      '[]',
      '{"type":"open"}',
      JSON.stringify({ type: 'open', url, verify: false }),
    ]) {
      const one = await page(order)
      assert.equal((await one.closed)[0], 1008)
    }
    const early = await page({ url })
    await early.next('opened')
    early.say({ type: 'close', code: 1001, reason: '' })
    assert.equal((await early.closed)[0], 1008)
    await stop()
  })

  test('a page of another origin, and a name that is not ours, are refused before anything is read', async () => {
    for (const [headers, status] of [
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'http://localhost:3000' }, 403],
      [{ origin: 'http://rebound.example', host: 'rebound.example' }, 403],
    ] as const) {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws/through`, { headers })
      const [, response] = await once(socket, 'unexpected-response')
      assert.equal(response.statusCode, status)
      response.destroy()
    }
  })

  test('no fault of the lab leads here, since behind its relay a stranger would be this machine', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/lab/latency/ws/through`, {
      origin: server.origin,
    })
    const [, response] = await once(socket, 'unexpected-response')
    assert.equal(response.statusCode, 400)
    response.destroy()
  })

  test('a message beyond the limit ends the connection, and says so', async () => {
    const small = await startServer({ WS_MAX_PAYLOAD: '2000' })
    const { sockets, url, stop } = await target()
    const arrived = next(sockets)
    const one = await page({ url }, { at: small, origin: small.origin })
    const [peer] = await arrived
    await one.next('opened')
    peer.send('x'.repeat(3000))
    const closed = await one.next('closed')
    assert.equal(closed.how, 'violation')
    assert.match(closed.says ?? '', /payload/i)
    await stop()
    await small.app.close(0)
  })

  test('no client has more than its share, and what has ended makes room', async () => {
    const limited = await startServer({}, {}, { through: { atOnce: 1, aMinute: 100, clients: 10 } })
    const { url, stop } = await target()
    const from = { at: limited, origin: limited.origin }
    const one = await page({ url }, from)
    await one.next('opened')
    assert.equal((await (await page({ url }, from)).next('failed')).error, 'too_many_at_once')
    one.say({ type: 'close', code: 1000, reason: '' })
    await one.next('closed')
    const two = await page({ url }, from)
    await two.next('opened')
    two.socket.close()
    await stop()
    await limited.app.close(0)
  })

  test('a page that does not read makes the server at the other end wait, and gets all of it in the end', async () => {
    const { sockets, url, stop } = await target()
    const arrived = next(sockets)
    const one = await page({ url })
    const [peer] = await arrived
    await one.next('opened')
    one.socket.pause()
    const message = Buffer.alloc(256 * 1024, 1)
    const count = 200
    for (let sent = 0; sent < count; sent++) peer.send(message)
    // 50 MB do not fit what kernels and this server hold: some of it is still waiting at its sender.
    await new Promise((resolve) => setImmediate(resolve))
    assert.ok(peer.bufferedAmount > 0)
    one.socket.resume()
    for (let got = 0; got < count; got++)
      assert.equal((await one.next('binary')).bytes.length, message.length)
    one.socket.close()
    await stop()
  })
})

test('without an origin there is no such header, and the program names itself unless told otherwise', async () => {
  let head = ''
  const raw = await rawServer((socket, request) => {
    head = request
    accept(socket, request)
  })
  const one = await page({ url: raw.url, origin: null })
  await one.next('opened')
  assert.equal(headerIn(head, 'Origin'), undefined)
  assert.equal(headerIn(head, 'User-Agent'), 'why1006')
  assert.match(head, /^GET \/ws HTTP\/1\.1\r\n/)
  one.socket.close()
  await raw.close()
})
