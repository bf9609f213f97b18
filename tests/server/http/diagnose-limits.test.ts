/** `POST /api/diagnose` over time: answers that take long, and callers that ask too often. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { answerTo, diagnose, start } from '#tests/server/http/support/diagnose.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'
import { startServer } from '#tests/server/support/server.ts'

test('a long silence is broken by a line, so that no proxy cuts the answer', async (t) => {
  const own = await startServer({}, {}, { probe: { waitingMs: 20 } })
  t.after(() => own.app.close(0))
  const silent = await rawServer(() => {})
  t.after(() => silent.close())
  const asked = start(own.port, { url: silent.url, hold_seconds: 60 })
  let text = ''
  for await (const chunk of await answerTo(asked)) {
    text += chunk
    if (text.split('{"type":"waiting"}\n').length > 3) break
  }
  asked.destroy()
})

test('eight at a time: the ninth gets 429 with Retry-After, and a client that leaves frees its slot', async (t) => {
  const own = await startServer()
  t.after(() => own.app.close(0))
  const silent = await rawServer(() => {})
  t.after(() => silent.close())
  const under = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const asked = start(own.port, { url: silent.url })
      await once(await answerTo(asked), 'data')
      return asked
    }),
  )
  const ninth = await diagnose(own.port, { url: silent.url })
  assert.deepEqual([ninth.status, ninth.problem?.error], [429, 'too_many_at_once'])
  assert.ok(Number(ninth.headers['retry-after']) > 0)
  assert.ok(ninth.problem?.remedy)

  under[0]?.destroy()
  let freed: number | undefined
  // Each try counts among the thirty of a minute.
  for (let tries = 1; freed !== 200 && tries < 20; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50 * tries))
    const asked = start(own.port, { url: silent.url })
    freed = (await answerTo(asked)).statusCode
    asked.destroy()
  }
  assert.equal(freed, 200)
  for (const asked of under) asked.destroy()
})

test('thirty a minute: then 429 says how long to wait', async (t) => {
  const own = await startServer()
  t.after(() => own.app.close(0))
  // What is no order counts for nothing, as long as one would be taken.
  for (let at = 0; at < 31; at += 1) assert.equal((await diagnose(own.port, { url: at })).status, 400)
  const orders = Array.from({ length: 30 }, () => () => diagnose(own.port, { url: 'ws://169.254.169.254/' }))
  for (const order of orders) assert.equal((await order()).status, 403)
  const { status, problem, headers } = await diagnose(own.port, { url: 'ws://169.254.169.254/' })
  assert.deepEqual([status, problem?.error], [429, 'too_many_a_minute'])
  const seconds = Number(headers['retry-after'])
  assert.ok(seconds > 0 && seconds <= 60, `${seconds}`)
  assert.equal((await diagnose(own.port, { url: 0 })).status, 429, 'nothing of it is read then')
})
