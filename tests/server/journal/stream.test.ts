import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import type { DiagnosticEvent, DiagnosticsMessage, EventsPage } from '#lib/protocol/events.ts'
import {
  batchMessages,
  type Encoding,
  eventMessages,
  runsOf,
  serverSentEvents,
} from '#server/journal/encoding.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

interface Reader {
  readonly socket: WebSocket
  readonly messages: DiagnosticsMessage[]
  /** Resolves when a message passes, those of the past included. */
  until(passes: (messages: readonly DiagnosticsMessage[]) => boolean): Promise<void>
}

async function openReader(query = ''): Promise<Reader> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws/diagnostics${query}`, {
    origin: server.origin,
  })
  const messages: DiagnosticsMessage[] = []
  const looks = new Set<() => void>()
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)))
    for (const look of looks) look()
  })
  const reader: Reader = {
    socket,
    messages,
    until: (passes) =>
      new Promise((resolve) => {
        const look = () => {
          if (!passes(messages)) return
          looks.delete(look)
          resolve()
        }
        looks.add(look)
        look()
      }),
  }
  await reader.until(([first]) => first?.type === 'hello')
  return reader
}

const eventsOf = (messages: readonly DiagnosticsMessage[]): DiagnosticEvent[] =>
  messages.flatMap((message) =>
    message.type === 'event' ? [message.event] : message.type === 'events' ? message.events : [],
  )
const messageOf = (event: DiagnosticEvent) => (event.kind === 'error' ? event.message : undefined)
const news = (message: string, trace = 'journal') =>
  server.journal.append({ kind: 'error', code: 'test', message, trace })

const getPage = async (query: string): Promise<EventsPage> =>
  (await fetch(`${server.origin}/api/events?${query}`)).json() as Promise<EventsPage>

test('a reader is greeted, then gets each event as a message of its own', async () => {
  const reader = await openReader('?trace=single&kinds=error')
  news('one', 'single')
  news('other', 'elsewhere')
  news('two', 'single')
  await reader.until((messages) => messages.length === 3)
  assert.deepEqual(
    reader.messages.map(({ type }) => type),
    ['hello', 'event', 'event'],
  )
  assert.deepEqual(eventsOf(reader.messages).map(messageOf), ['one', 'two'])
  reader.socket.terminate()
})

test('a reader that asks for batches gets the events of its interval in one message', async () => {
  const reader = await openReader('?batch=20&trace=batched&kinds=error')
  for (const name of ['one', 'two', 'three']) news(name, 'batched')
  await reader.until((messages) => messages.length > 1)
  assert.deepEqual(
    reader.messages.map(({ type }) => type),
    ['hello', 'events'],
  )
  assert.equal(eventsOf(reader.messages).length, 3)
  reader.socket.terminate()
})

test('after a cursor the past is replayed and the present follows, each event once', async () => {
  const first = news('seen', 'replay')
  for (let number = 0; number < 1_200; number++) news(String(number), 'replay')
  const reader = await openReader(`?after=${first.event.id}&trace=replay&kinds=error&batch=10`)
  news('live', 'replay')
  await reader.until((messages) => eventsOf(messages).length >= 1_201)
  const expected = [...Array.from({ length: 1_200 }, (_, number) => String(number)), 'live']
  assert.deepEqual(eventsOf(reader.messages).map(messageOf), expected)
  reader.socket.terminate()
})

test('last begins with the most recent events', async () => {
  for (const name of ['a', 'b', 'c']) news(name, 'recent')
  const reader = await openReader('?last=2&trace=recent&kinds=error')
  await reader.until((messages) => eventsOf(messages).length >= 2)
  assert.deepEqual(eventsOf(reader.messages).map(messageOf), ['b', 'c'])
  reader.socket.terminate()
})

test('a cursor of another run is told as a gap before anything else', async () => {
  const reader = await openReader('?after=0mwsmyaz6-y9cjb6f-00000004&trace=nobody')
  await reader.until((messages) => messages.length > 1)
  assert.equal(reader.messages[1]?.type, 'gap')
  reader.socket.terminate()
})

test('a reader that stops reading gets a gap, and fetching it gives every event exactly once', async () => {
  const reader = await openReader('?trace=slow&kinds=error')
  const stream: { pause(): void; resume(): void } = Reflect.get(reader.socket, '_socket')
  stream.pause()
  const filler = 'x'.repeat(32 * 1024)
  const sent = 600
  for (let number = 0; number < sent; number++) {
    news(`${number} ${filler}`, 'slow')
    if (number % 20 === 0) await new Promise(setImmediate)
  }
  stream.resume()
  await reader.until((messages) => messages.some(({ type }) => type === 'gap'))
  news('end', 'slow')
  await reader.until((messages) => eventsOf(messages).some((event) => messageOf(event) === 'end'))
  const gap = reader.messages.find((message) => message.type === 'gap')
  assert.ok(gap?.type === 'gap')
  const missing: DiagnosticEvent[] = []
  let cursor: string | null = gap.after
  while (cursor !== null) {
    const page = await getPage(`after=${cursor}&before=${gap.before}&trace=slow&limit=1000`)
    missing.push(...page.events)
    cursor = page.next
  }
  const numbers = [...eventsOf(reader.messages), ...missing]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((event) => messageOf(event)?.split(' ')[0])
  assert.deepEqual(numbers, [...Array.from({ length: sent }, (_, number) => String(number)), 'end'])
  reader.socket.terminate()
})

for (const [query, says] of [
  ['after=nonsense', /cursor/],
  ['kinds=heartbeat,hartbeat', /pong_timeout/],
  ['batch=5', /10 to 1000/],
  ['last=0', /1 to 1000/],
] as const) {
  test(`?${query} is refused with 400 on the socket and over HTTP`, async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws/diagnostics?${query}`, {
      origin: server.origin,
    })
    const status = await new Promise((resolve) => {
      socket.on('error', () => {})
      socket.on('unexpected-response', (request, response) => {
        request.destroy()
        resolve(response.statusCode)
      })
    })
    assert.equal(status, 400)
    const response = await fetch(`${server.origin}/api/events/stream?${query}`)
    assert.equal(response.status, 400)
    assert.match(await response.text(), says)
  })
}

test('watching makes no news: heartbeats and traffic of the stream itself are not recorded', async () => {
  const reader = await openReader('?trace=watcher&ping_interval=0.2&ping_timeout=0.19&last=1')
  await new Promise((resolve) => reader.socket.once('ping', resolve))
  await new Promise((resolve) => reader.socket.once('ping', resolve))
  reader.socket.close(1000)
  await server.event('disconnected', 'watcher')
  const { events } = await getPage('trace=watcher')
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['attempt', 'accepted', 'disconnected'],
  )
})

test('a page of another origin may not watch', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws/diagnostics`, {
    origin: 'http://localhost:3000',
  })
  const [error] = await new Promise<[Error]>((resolve) => socket.once('error', (...args) => resolve(args)))
  assert.match(error.message, /403/)
})

test('server-sent events carry the cursor as id, and Last-Event-ID resumes behind it', async () => {
  const first = news('one', 'sse')
  const second = news('two', 'sse')
  const response = await fetch(`${server.origin}/api/events/stream?trace=sse`, {
    headers: { 'Last-Event-ID': first.event.id },
  })
  assert.equal(response.headers.get('x-accel-buffering'), 'no')
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
  assert.ok(response.body)
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes(second.event.id)) break
  }
  assert.match(text, /^id: \S+\nevent: hello\n/)
  assert.ok(text.includes(`id: ${second.event.id}\ndata: ${second.json}\n\n`))
  assert.ok(!text.includes(`data: ${first.json}`))
})

test('what waits for the journal is marked as such, and carries no cursor to resume from', () => {
  const event = { kind: 'server', state: 'started', id: 'c', at: 1, instance: 'a' } as const
  const record = { event, json: JSON.stringify(event) }
  const textOf = (encoding: Encoding, isWaiting: boolean) =>
    String(encoding.events([{ ...record, ...(isWaiting && { isWaiting }) }]).bytes)
  assert.equal(textOf(serverSentEvents, true), `data: ${record.json}\n\n`)
  assert.equal(textOf(serverSentEvents, false), `id: c\ndata: ${record.json}\n\n`)
  for (const encoding of [eventMessages, batchMessages]) {
    assert.match(textOf(encoding, true), /"waiting":true\}$/)
    assert.doesNotMatch(textOf(encoding, false), /waiting/)
  }
  const runs = [...runsOf([record, { ...record, isWaiting: true }, { ...record, isWaiting: true }])]
  assert.deepEqual(
    runs.map((run) => run.length),
    [1, 2],
  )
})
