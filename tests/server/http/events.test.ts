/** The questions of the Events page: the newest events, those that match, the ends counted, an outline of a long list. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import { endsAnswer, outlineAnswer } from '#lib/api/events.ts'
import { type DiagnosticEvent, eventsPage } from '#lib/protocol/events.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

const ask = async (path: string) => {
  const response = await fetch(`${server.origin}${path}`)
  return { status: response.status, body: await response.json() }
}

/** Opens, sends what it is given, closes with the code, and waits until the server wrote of its end. */
async function connection(path: string, trace: string, code: number): Promise<DiagnosticEvent> {
  const ended = new Promise<DiagnosticEvent>((resolve) => {
    const leave = server.journal.subscribe((records) => {
      const end = records.find(({ event }) => event.kind === 'disconnected' && event.trace === trace)
      if (end === undefined) return
      leave()
      resolve(end.event)
    })
  })
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}?trace=${trace}`, {
    origin: server.origin,
  })
  await once(socket, 'open')
  socket.send('{"type":"ping"}')
  await once(socket, 'message')
  socket.close(code)
  return ended
}

test('the ends of connections are found by path, code and silence, counted, and outlined', async () => {
  const one = await connection('/ws', 'ends-one', 1000)
  const other = await connection('/ws/echo', 'ends-other', 4001)
  assert.ok(one.kind === 'disconnected' && other.kind === 'disconnected')
  assert.ok((one.silence_ms ?? -1) >= 0 && (one.silence_ms ?? 0) <= one.duration_ms, 'silence within its age')

  const ends = 'kinds=rejected,disconnected'
  const newest = eventsPage.parse((await ask(`/api/events?${ends}&from=newest&limit=1`)).body)
  assert.deepEqual(newest.events, [other])
  const older = eventsPage.parse(
    (await ask(`/api/events?${ends}&from=newest&limit=1&before=${newest.previous}`)).body,
  )
  assert.deepEqual([older.events, older.previous], [[one], null])

  for (const query of ['path=/ws', 'code=1000', 'text=ENDS-ONE', `client_id=${one.client_id}`]) {
    const { events } = eventsPage.parse((await ask(`/api/events?${ends}&${query}`)).body)
    assert.deepEqual(events, [one], query)
  }
  const ms = Math.round(other.silence_ms ?? 0)
  const silent = await ask(`/api/events?${ends}&code=4001&silence=${ms}-${ms + 1}`)
  assert.deepEqual(eventsPage.parse(silent.body).events, [other])

  const counted = endsAnswer.parse((await ask('/api/events/ends')).body)
  assert.equal(counted.count, 2)
  assert.deepEqual(
    new Map(counted.codes),
    new Map([
      [1000, 1],
      [4001, 1],
    ]),
  )
  assert.equal(endsAnswer.parse((await ask('/api/events/ends?until=1')).body).count, 0)
  assert.equal(outlineAnswer.parse((await ask(`/api/events/outline?${ends}`)).body)?.count, 2)
})

test('a stream carries only what the filter lets through', async () => {
  const stop = new AbortController()
  const response = await fetch(`${server.origin}/api/events/stream?kinds=disconnected&code=4002`, {
    signal: stop.signal,
  })
  await connection('/ws', 'stream-one', 1000)
  const wanted = await connection('/ws', 'stream-other', 4002)
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes('"kind"') && text.endsWith('\n\n')) break
  }
  stop.abort()
  const events = text.split('\n').filter((line) => line.startsWith('data: {"id"'))
  assert.deepEqual(
    events.map((line) => JSON.parse(line.slice(6))),
    [wanted],
  )
})

test('a parameter that says nothing is refused, with what would be right', async () => {
  for (const query of [
    'silence=60',
    'silence=9-1',
    'age=a-b',
    'code=1e3',
    'since=yesterday',
    'from=middle',
  ]) {
    const { status, body } = await ask(`/api/events?${query}`)
    assert.equal(status, 400, query)
    assert.match(body.message, /allowed/, query)
    assert.equal(body.parameter, query.split('=')[0])
  }
  assert.equal((await ask('/api/events/ends?kinds=nonsense')).status, 400)
})
