/** `why1006 check` against the real server, and against one that keeps none of its promises. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { createApp } from '#server/app.ts'
import { outsideChecks } from '#server/checklist/outside.ts'
import { run } from '#server/cli/check.ts'
import { readConfig } from '#server/config/config.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { wsBackend } from '#tests/parity/support/backends.ts'
import { finish, start } from '#tests/server/cli/support/command.ts'

async function ourServer() {
  const read = readConfig({ PORT: '0', HOST: '127.0.0.1' })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const journal = createMemoryJournal({ capacity: 1000, instance: 'test' })
  const app = await createApp({ config: read.config, journal, version: '0.0.0' })
  return { url: `http://127.0.0.1:${app.site.port}`, close: () => app.close(0) }
}

interface Row {
  id: string
  promise: string
  result: string
  says: string
  took_ms: number
}

describe('why1006 check', { concurrency: true }, () => {
  test('our own server keeps every promise', async (t) => {
    const server = await ourServer()
    t.after(server.close)
    const { code, stdout } = await finish(run, ['--json', server.url])
    const { checks, ok } = JSON.parse(stdout)
    const amiss = checks
      // On a busy machine it may warn of its own event loop, and of what that makes late.
      .filter(
        ({ id, result }: Row) =>
          result !== 'ok' && !(['own-checklist', 'round-trip'].includes(id) && result === 'warning'),
      )
      .map(({ id, result }: Row) => `${id} ${result}`)
    assert.deepEqual(amiss.sort(), ['certificate skipped', 'idle skipped'], stdout)
    assert.deepEqual([code, ok, checks.length], [0, true, outsideChecks.length])
    assert.ok(checks.every((row: Row) => row.took_ms >= 0 && row.promise !== ''))
    assert.deepEqual(Object.keys(checks.find(({ id }: Row) => id === 'round-trip').facts), [
      'median_ms',
      'pings',
    ])
  })

  test('another server fails by name, and the table says what came instead', async (t) => {
    const server = await wsBackend()
    t.after(server.close)
    const { code, stdout } = await finish(run, ['--timeout', '0.3', `http://127.0.0.1:${server.port}`])
    assert.equal(code, 1)
    assert.match(stdout, /failed {3}health /)
    assert.match(stdout, /failed {3}foreign-origin /)
    assert.match(stdout, /\d+ ok, \d+ failed, \d+ warnings, \d+ skipped/)
    // What it does answer is given the time that a busy machine needs.
    const patient = await finish(run, ['--only', 'close', `http://127.0.0.1:${server.port}`])
    assert.match(patient.stdout, /ok {7}close /)
  })

  test('only some checks, and an idle time that is too short to count', async (t) => {
    const server = await ourServer()
    t.after(server.close)
    const { code, stdout } = await finish(run, [
      '--json',
      '--only',
      'idle,close',
      '--idle',
      '0.5',
      server.url,
    ])
    const { checks } = JSON.parse(stdout)
    assert.deepEqual(
      checks.map(({ id, result }: Row) => [id, result]),
      [
        ['close', 'ok'],
        ['idle', 'warning'],
      ],
    )
    assert.equal(code, 0)
  })

  test('a user and a password in the base URL go with every request', async (t) => {
    const seen: (string | undefined)[] = []
    const server = createServer(({ headers }, response) => {
      seen.push(headers.authorization)
      response.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const { port } = server.address() as AddressInfo
    await finish(run, ['--json', '--only', 'health', `http://me:pw@127.0.0.1:${port}`])
    assert.deepEqual(new Set(seen), new Set([`Basic ${btoa('me:pw')}`]))
  })

  test('nobody there: every check fails, none hangs', async () => {
    const began = performance.now()
    const { code, stdout } = await finish(run, ['--json', 'http://127.0.0.1:1'])
    const { checks } = JSON.parse(stdout)
    assert.equal(code, 1)
    assert.equal(checks.find(({ id }: Row) => id === 'upgrade').result, 'failed')
    assert.ok(performance.now() - began < 10_000)
  })

  test('interrupted, it says so of what it did not finish, and is not fine', async (t) => {
    const server = await ourServer()
    t.after(server.close)
    const command = start(run, ['--json', '--only', 'health,idle', '--idle', '60', server.url])
    await command.says(/… idle/)
    command.interrupt()
    assert.equal(await command.code, 1)
    const { ok, checks } = JSON.parse(command.output.stdout)
    const idle = checks.find(({ id }: Row) => id === 'idle')
    assert.deepEqual([ok, idle.result, idle.says], [false, 'skipped', 'interrupted'])
  })

  test('wrong usage: exit code 2', async () => {
    for (const args of [
      [],
      ['a', 'b'],
      ['--only', 'nonsense', 'http://x'],
      ['--only', '', 'http://x'],
      ['--only', 'close', '--skip', 'close', 'http://x'],
      ['--header', 'X: a\r\nY: b', 'http://x'],
      ['--origin', 'https://a\r\nX: b', 'http://x'],
      ['--ca', '/no/such/file', 'https://x'],
      ['--speed', 'http://x'],
      ['--idle', 'x', 'http://x'],
      ['ftp://x'],
    ]) {
      assert.equal((await finish(run, args)).code, 2, args.join(' '))
    }
  })

  test('ids are unique', () => {
    assert.equal(new Set(outsideChecks.map(({ id }) => id)).size, outsideChecks.length)
  })
})
