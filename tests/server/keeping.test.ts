/** The server keeps events and reports in a file, across its own end and beside a second one. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '#server/config/config.ts'
import { openKeeping } from '#server/keeping.ts'
import { sampled } from '#tests/sampling.ts'
import { type ServerProcess, startProcess } from '#tests/server/support/process.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-keeping-'))
after(() => rmSync(folder, { recursive: true }))

const json = async (port: number, path: string, body?: unknown) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  return response.json()
}

const kindsOf = async (port: number): Promise<string[]> =>
  (await json(port, '/api/events?limit=100')).events.map(({ kind }: { kind: string }) => kind)

const end = ({ child, exit }: ServerProcess) => {
  child.kill('SIGTERM')
  return exit
}

test('events, reports and cursors are there after a restart', async () => {
  const env = { JOURNAL: `sqlite:${join(folder, 'kept', 'journal.db')}` }
  const first = startProcess({ env })
  const port = await first.listening
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`)
  await once(socket, 'open')
  socket.close()
  const { report } = await json(port, '/api/reports', { text: 'net::ERR_CONNECTION_REFUSED' })
  const { events } = await json(port, '/api/events?limit=100')
  const { code, stdout } = await end(first)
  assert.equal(code, 0)
  assert.match(stdout, /Events and reports are kept in .*journal\.db\./)
  const second = startProcess({ env })
  const again = await second.listening
  const kinds = await kindsOf(again)
  assert.deepEqual(kinds.slice(0, 3), ['server', 'attempt', 'accepted'])
  assert.equal(kinds.filter((kind) => kind === 'server').length, 3)
  const page = await json(again, `/api/events?after=${events[0].id}&limit=1`)
  assert.equal(page.events[0].id, events[1].id)
  const { reports } = await json(again, '/api/reports')
  assert.equal(reports.length, 1)
  assert.equal(reports[0].outcome, report.outcome)
  await end(second)
})

test('a damaged file keeps no server from starting, wherever it was damaged', async () => {
  const file = join(folder, 'good.db')
  const keepingOf = (name: string) => {
    const result = readConfig({ JOURNAL: `sqlite:${name}` })
    assert.ok(result.ok)
    return openKeeping(result.config, 'test')
  }
  const first = keepingOf(file)
  for (let count = 0; count < 3000; count++) first.journal.append({ kind: 'server', state: 'started' })
  await first.close()
  const good = readFileSync(file)
  for (const place of sampled([...Array(20).keys()], 6)) {
    const damaged = join(folder, `damaged-${place}.db`)
    const bytes = Buffer.from(good)
    bytes.fill(
      0xff,
      Math.floor((bytes.length - 5000) * (place / 19)),
      Math.floor((bytes.length - 5000) * (place / 19)) + 5000,
    )
    writeFileSync(damaged, bytes)
    const keeping = keepingOf(damaged)
    const { event } = keeping.journal.append({ kind: 'server', state: 'draining' })
    const { records } = await keeping.journal.read({ limit: 5, fromEnd: true })
    assert.ok(
      records.some((record) => record.event.id === event.id),
      `${place}`,
    )
    await keeping.reports.list({ limit: 10 })
    await keeping.close()
  }
})

test('a second server on the same file says so, and keeps what it sees in memory', async () => {
  const env = { JOURNAL: `sqlite:${join(folder, 'shared.db')}` }
  const first = startProcess({ env })
  await first.listening
  const second = startProcess({ env })
  const port = await second.listening
  assert.ok((await kindsOf(port)).includes('error'))
  const health = await (await fetch(`http://localhost:${port}/health`)).json()
  assert.deepEqual(health.keeping, { trouble: 'in-use' })
  const { stdout } = await end(second)
  assert.match(stdout, /shared\.db is in use by another server\. Events and reports are kept in memory\./)
  await end(first)
})

test('where Node has no SQLite the server says so, and keeps events in memory', async () => {
  const server = startProcess({
    env: { JOURNAL: `sqlite:${join(folder, 'none', 'journal.db')}` },
    preload: 'process.getBuiltinModule = undefined',
  })
  const port = await server.listening
  assert.deepEqual((await json(port, '/health')).keeping, { trouble: 'no-sqlite' })
  const { code, stdout } = await end(server)
  assert.equal(code, 0)
  assert.match(stdout, /^Node 22\.16 and newer can keep events .* Events and reports are kept in memory\.$/m)
})
