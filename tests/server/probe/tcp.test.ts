/** Addresses raced as browsers race them; each one's fate is kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRunClock } from '#server/probe/transport/clock.ts'
import { connectTcp, interleaved } from '#server/probe/transport/tcp.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'

const clock = () => createRunClock(() => performance.now(), { stageMs: 5000, runMs: 5000 }).attempt()
const signal = new AbortController().signal
const v4 = (address: string) => ({ address, family: 4 as const })
const v6 = (address: string) => ({ address, family: 6 as const })

test('families take turns, beginning with the first that was resolved', () => {
  const order = interleaved([v6('::1'), v6('::2'), v4('1.1.1.1'), v4('2.2.2.2'), v4('3.3.3.3')])
  assert.deepEqual(
    order.map(({ address }) => address),
    ['::1', '1.1.1.1', '::2', '2.2.2.2', '3.3.3.3'],
  )
})

test('an address that refuses gives way to the next at once, and is told', async () => {
  const server = await rawServer(() => {})
  const result = await connectTcp([v4('127.0.0.2'), v4('127.0.0.1')], server.port, clock(), signal)
  assert.equal(result.outcome, 'connected')
  if (result.outcome === 'connected') result.socket.destroy()
  await server.close()
  assert.deepEqual(
    result.attempts.map(({ address, outcome, code }) => [address, outcome, code]),
    [
      ['127.0.0.2', 'refused', 'ECONNREFUSED'],
      ['127.0.0.1', 'connected', undefined],
    ],
  )
})

test('when all fail, the failure that says most about the server is the result', async () => {
  const gone = await rawServer(() => {})
  await gone.close()
  const result = await connectTcp([v6('::ffff:0:1'), v4('127.0.0.1')], gone.port, clock(), signal)
  assert.equal(result.outcome, 'refused')
  assert.equal(result.attempts.length, 2)
})
