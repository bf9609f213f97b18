/** What one client has judged costs the others nothing that they feel: the server is a process of its own here. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { opcodes } from '#server/wire/frame.ts'
import { openClient } from '#tests/server/support/client.ts'
import { type ServerProcess, startProcess } from '#tests/server/support/process.ts'
import { exchange, get } from '#tests/server/support/raw.ts'

const MOST_BYTES = 8 * 1024 * 1024

/** The second judges nothing: what it takes to answer is the machine's doing. */
const servers: ServerProcess[] = []
let port: number
let idlePort: number

before(async () => {
  for (let count = 0; count < 2; count += 1) servers.push(startProcess({ env: { LOG_LEVEL: 'error' } }))
  const ports = await Promise.all(servers.map(({ listening }) => listening))
  ;[port = 0, idlePort = 0] = ports
})
after(async () => {
  for (const { child } of servers) child.kill('SIGTERM')
  await Promise.all(servers.map(({ exit }) => exit))
})

const filled = (unit: string, head = '', tail = '') =>
  head + unit.repeat(Math.floor((MOST_BYTES - 100 - head.length - tail.length) / unit.length)) + tail

const inText = (unit: string) => filled(JSON.stringify(unit).slice(1, -1), '{"text":"', '"}')

const bodies: Readonly<Record<string, string>> = {
  'an access log': inText(
    '1.2.3.4 - - [01/Jan/2026:00:00:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "x" 60.000\n',
  ),
  'blank lines': inText('\n'),
  'one line of tokens': inText('eyJ-'),
  brackets: filled('[', '{"evidence":'),
  'a configuration': inText('location ~ "(?:.?|.?){40}!" { proxy_pass http://b; }\n'),
  'events of a browser': filled(
    '{"type":"message","ms":1},',
    '{"evidence":{"browser":{"events":[',
    '{"type":"close","ms":2}]}}}',
  ),
}

/** Sends from a thread of its own, so that what the sending takes is not taken for a wait. */
const sender = `
  import { parentPort, workerData } from 'node:worker_threads'
  const { url, body, times } = workerData
  const statuses = []
  for (let time = 0; time < times; time += 1) {
    const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
    await response.body?.cancel()
    statuses.push(response.status)
  }
  parentPort.postMessage(statuses)`

async function post(body: string, times: number): Promise<number[]> {
  const workerData = {
    url: `http://127.0.0.1:${port}/api/reports`,
    body: new TextEncoder().encode(body),
    times,
  }
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(sender)}`), { workerData })
  const [statuses] = await once(worker, 'message')
  return statuses
}

/** The wait in which half of the whole time went by: one long one counts for as long as it was. */
function typical(waits: readonly number[]): number {
  const total = waits.reduce((sum, wait) => sum + wait, 0)
  let passed = 0
  for (const wait of waits.toSorted((a, b) => a - b)) {
    passed += wait
    if (passed >= total / 2) return wait
  }
  return Number.POSITIVE_INFINITY
}

interface Asker {
  /** Milliseconds until a message on a socket, and then a question for health, is answered. */
  round(): Promise<number>
  close(): void
}

async function openAsker(askedPort: number): Promise<Asker> {
  const client = openClient(askedPort, '/ws')
  assert.equal(await client.status(), 101)
  return {
    close: client.close,
    round: async () => {
      const startedAt = performance.now()
      client.send(opcodes.text, '{"type":"ping"}')
      await client.nextJson()
      assert.equal((await exchange(askedPort, get('/health', { Connection: 'close' }))).status, 200)
      return performance.now() - startedAt
    },
  }
}

const PROMISED_MS = 100

/** Of a machine on which even the idle server is slow. */
const TIMES_IDLE = 10

/** One after the other, since some are refused sooner than anybody could wait. */
const TIMES = 3

for (const [what, body] of Object.entries(bodies)) {
  test(`pings and /health are answered as ever while ${what} of 8 MiB is judged`, async () => {
    // The thread is there, so that what is measured is the judging.
    assert.deepEqual(await post('{"text":"1006"}', 1), [201])
    const busy = await openAsker(port)
    const idle = await openAsker(idlePort)
    const isDone = { value: false }
    const judged = post(body, TIMES).finally(() => {
      isDone.value = true
    })
    const waits = { busy: [] as number[], idle: [] as number[] }
    while (!isDone.value) {
      waits.busy.push(await busy.round())
      waits.idle.push(await idle.round())
    }
    const statuses = await judged
    busy.close()
    idle.close()

    assert.ok(
      statuses.every((status) => [201, 400, 413, 422].includes(status)),
      String(statuses),
    )
    const took = typical(waits.busy)
    const machine = typical(waits.idle)
    assert.ok(took < Math.max(PROMISED_MS, TIMES_IDLE * machine), `${took} ms, idle ${machine} ms`)
  })
}
