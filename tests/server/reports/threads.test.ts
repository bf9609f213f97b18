/** What is judged for one takes nothing from the others: it has a thread, and the thread has limits. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { jobs } from '#server/reports/jobs.ts'
import { createJudge } from '#server/reports/judge.ts'
import { createThreadPool, ThreadLimitError } from '#server/reports/thread-pool.ts'
import { opcodes } from '#server/wire/frame.ts'
import { amount } from '#tests/sampling.ts'
import { openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const unruly = new URL('./support/unruly-worker.ts', import.meta.url)

const post = (port: number, body: unknown) =>
  fetch(`http://127.0.0.1:${port}/api/reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

test('sockets and /health go on while megabytes are judged', async () => {
  const server = await startServer()
  after(() => server.app.close(0))
  const size = amount(3e6, 8e5)
  const line = (at: number) =>
    `10.0.${at % 250}.7 - - [20/Nov/2026:09:${10 + (at % 50)}:30 +0000] "GET /ws HTTP/1.1" 101 512 "-" "agent" ${60 + (at % 900)}.000\n`
  const lines = Array.from({ length: amount(50_000, 10_000) }, (_, at) => line(at)).join('')
  const text = lines.repeat(Math.ceil(size / lines.length)).slice(0, size)
  const client = openClient(server.port, '/ws')
  // The thread is there, so that what is measured is the judging.
  assert.equal((await post(server.port, { text: line(0) })).status, 201)

  let answered = false
  const judged = post(server.port, { text }).finally(() => {
    answered = true
  })
  let pongs = 0
  while (!answered) {
    client.send(opcodes.text, '{"type":"ping"}')
    await client.nextJson()
    assert.equal((await fetch(`http://127.0.0.1:${server.port}/health`)).status, 200)
    if (!answered) pongs += 1
  }
  const response = await judged
  assert.equal(response.status, 201)
  assert.ok(pongs >= amount(25, 8), `${pongs} pings were answered before the report`)
  await response.body?.cancel()
  client.close()
})

for (const [what, body, limits] of [
  ['takes for ever', { text: 'stuck' }, { limitMs: 500 }],
  ['takes all memory', { text: 'greedy' }, { heapMebibytes: 64 }],
] as const) {
  test(`material that ${what} is refused with the reason and the remedy, and the next is judged`, async () => {
    const judge = createJudge(createThreadPool<typeof jobs>({ file: unruly, threads: 1, ...limits }))
    const server = await startServer({}, {}, { judge })
    after(() => server.app.close(0))
    const refused = await post(server.port, body)
    assert.equal(refused.status, 422)
    const problem = await refused.json()
    assert.equal(problem.error, 'too_much_to_judge')
    assert.match(problem.remedy, /why1006 logs/)
    assert.equal((await post(server.port, { evidence: { target: { url: 'ws://a/' } } })).status, 201)
  })
}

test('an error of ours while judging is an error event and a 500', async () => {
  const judge = createJudge(createThreadPool<typeof jobs>({ file: unruly, threads: 1 }))
  const server: TestServer = await startServer({}, {}, { judge })
  after(() => server.app.close(0))
  const response = await post(server.port, { text: 'broken' })
  assert.deepEqual([response.status, (await response.json()).error], [500, 'internal'])
  const { records } = await server.journal.read({ limit: 10, filter: { kinds: ['error'] } })
  assert.match(records[0]?.json ?? '', /planned/)
  assert.equal((await post(server.port, { text: 'x' })).status, 201)
})

test('as many jobs wait as may, and more are refused at once', async () => {
  const pool = createThreadPool<typeof jobs>({ file: unruly, threads: 1, mostWaiting: 2, limitMs: 500 })
  const stuck = { brought: new TextEncoder().encode('{"text":"stuck"}') }
  const fine = { brought: new TextEncoder().encode('{"text":"x"}') }
  const [first, second, third, fourth] = [stuck, fine, fine, fine].map((order) => pool.run('judge', order))
  await assert.rejects(fourth ?? assert.fail(), (error) => {
    assert.ok(error instanceof ThreadLimitError)
    assert.equal(error.limit, 'waiting')
    return true
  })
  await assert.rejects(first ?? assert.fail(), /limit of time/)
  assert.deepEqual(
    (await Promise.all([second, third])).map((judgement) => judgement?.ok),
    [true, true],
  )
})
