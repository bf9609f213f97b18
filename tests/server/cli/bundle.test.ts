/** `why1006 bundle`: from a server, from the file of one, and its way back through `diagnose`. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openBundle } from '#lib/bundle/open.ts'
import { run } from '#server/cli/bundle.ts'
import { run as diagnose } from '#server/cli/diagnose.ts'
import { Database } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import { finish } from '#tests/server/cli/support/command.ts'
import { startServer } from '#tests/server/support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'why1006-bundle-'))
after(() => rmSync(folder, { recursive: true }))

const json = { 'Content-Type': 'application/json' }

test('it is written for this user alone, with the files that are named, and opens in diagnose', async () => {
  const server = await startServer({ HOST: 'localhost' })
  const origin = `http://localhost:${server.port}`
  const evidence = { target: { url: 'wss://a.example/ws' }, probe: { http: { status: 401, headers: [] } } }
  await fetch(`${origin}/api/reports`, { method: 'POST', headers: json, body: JSON.stringify({ evidence }) })
  const log = join(folder, 'app.log')
  writeFileSync(
    log,
    "WebSocket connection to 'wss://a.example/ws?token=abc12345' failed: Unexpected response code: 403\n",
  )
  const out = join(folder, 'it.zip')
  const list = await finish(run, ['--list', '--server', origin])
  assert.match(list.stdout, /^events +\d+ +\d+ bytes {2}events of the server’s journal/m)
  assert.match(list.stdout, /^reports +1 /m)
  const made = await finish(run, ['--server', origin, '--out', out, '--leave-out', 'watches', log])
  assert.equal(made.code, 0, made.stderr)
  assert.equal(statSync(out).mode & 0o777, 0o600)
  const { sources, reports } = openBundle(readFileSync(out))
  assert.deepEqual(
    sources.map(({ file }) => file),
    ['events.ndjson', 'imported/app.log'],
  )
  assert.equal(reports.length, 1)
  assert.ok(!sources[1]?.text.includes('abc12345'))
  const again = await finish(run, ['--server', origin, '--out', out])
  assert.deepEqual([again.code, again.stdout], [2, ''])
  assert.match(again.stderr, /is there already/)
  await server.app.close(0)

  const { stdout, stderr } = await finish(diagnose, ['--json', out])
  assert.match(stderr, /^Reports in the bundle:\n\d{4}-.* fault .* wss:\/\/a\.example\/ws$/m)
  const { evidence: read } = JSON.parse(stdout)
  assert.ok(JSON.stringify(read).includes('Unexpected response code: 403'), stdout)
})

test('where no server runs, the file of one is read; where there is none, that is said', async () => {
  const nobody = ['--server', 'http://localhost:1']
  const file = join(folder, 'journal.db')
  const database = new Database(file)
  const journal = createFileJournal({ database, keep: {}, instance: 'gone' })
  journal.append({ kind: 'error', code: 'kept', message: 'it was here' })
  await journal.close()
  database.close()
  process.env.JOURNAL = `sqlite:${file}`
  const out = join(folder, 'file.zip')
  const made = await finish(run, [...nobody, '--out', out, '--since', '1d'])
  assert.equal(made.code, 0, made.stderr)
  assert.match(openBundle(readFileSync(out)).sources[0]?.text ?? '', /it was here/)
  process.env.JOURNAL = `sqlite:${join(folder, 'none.db')}`
  const none = await finish(run, [...nobody, '--out', join(folder, 'none.zip')])
  process.env.JOURNAL = undefined
  delete process.env.JOURNAL
  assert.equal(none.code, 2)
  assert.match(
    none.stderr,
    /^No Why1006 server answers at http:\/\/localhost:1, and there is no file of one at .*none\.db\./,
  )
})

test('wrong usage: exit code 2', async () => {
  for (const args of [
    ['--since', 'noon'],
    ['--leave-out', 'all'],
    ['--server', 'ftp://a'],
    ['/no/such/file'],
  ]) {
    assert.equal((await finish(run, args)).code, 2, args.join(' '))
  }
})
