import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { createEventSender } from '#server/cli/logs/send-events.ts'

const event = (id: string): DiagnosticEvent => ({
  id,
  at: 1,
  instance: 'test',
  kind: 'server',
  state: 'started',
})

test('what is added while a batch is under way is sent after it', async () => {
  const bodies: string[] = []
  const asked: ServerResponse[] = []
  const server = createServer(async (request, response) => {
    bodies.push(await text(request))
    asked.push(response)
    server.emit('asked')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sender = createEventSender({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: undefined,
    signal: new AbortController().signal,
    waits: () => {},
  })
  const answer = (at: number) =>
    asked[at]?.writeHead(202).end(JSON.stringify({ taken: 1, repeated: 0, refused: 0, reasons: [] }))
  const first = once(server, 'asked')
  sender.add([event('a')])
  const flushed = sender.flush()
  await first
  sender.add([event('b')])
  const second = once(server, 'asked')
  answer(0)
  await second
  answer(1)
  await flushed
  server.close()
  assert.deepEqual(
    bodies.map((body) => JSON.parse(body).id),
    ['a', 'b'],
  )
  assert.equal(sender.sent.taken, 2)
})
