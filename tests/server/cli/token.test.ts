/** Commands that talk to a Why1006 server somewhere else: with its token, without it, and with a wrong one. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { run as bundle } from '#server/cli/bundle.ts'
import { run as check } from '#server/cli/check.ts'
import { run as logs } from '#server/cli/logs.ts'
import { tokenOf } from '#server/cli/token.ts'
import { run as watch } from '#server/cli/watch.ts'
import { finish } from '#tests/server/cli/support/command.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'
const LINE = `[WS_DIAGNOSTICS] client_id=c-7, path=/chat disconnected - code=1006, close_code=1006, reason="", duration_ms=61000, at=2026-11-01T10:00:02.000Z\n`

const folder = await mkdtemp(join(tmpdir(), 'why1006-token-'))
const log = join(folder, 'server.log')
let server: TestServer
let url: string
before(async () => {
  // Behind a trusted proxy nobody is local.
  server = await startServer({
    ACCESS_TOKEN: TOKEN,
    TRUSTED_PROXIES: '127.0.0.1,::1',
    PROBE_ALLOW: '127.0.0.1',
  })
  url = `http://127.0.0.1:${server.port}`
  await writeFile(log, LINE)
})
after(async () => {
  await server.app.close(0)
  await rm(folder, { recursive: true })
})

const COMMANDS = {
  bundle: [bundle, () => ['--list', '--server', url]],
  'watch --keep': [watch, () => ['--keep', '--server', url, `ws://127.0.0.1:${server.port}/ws`]],
  'logs --to': [logs, () => ['--to', url, log]],
} as const

for (const [name, [run, args]] of Object.entries(COMMANDS)) {
  test(`${name} says that a token is asked for, that one is wrong, and works with the right one`, async () => {
    const none = await finish(run, args())
    assert.equal(none.code, 2)
    assert.match(none.stderr, /asks for its access token\. Give it with --token, or in WHY1006_TOKEN\./)
    const wrong = await finish(run, [...args(), '--token', 'wrong-horse-battery'])
    assert.equal(wrong.code, 2)
    assert.match(wrong.stderr, /The token is not that of http:\/\/127\.0\.0\.1:\d+\./)
    const right = await finish(run, [...args(), '--token', TOKEN])
    assert.equal(right.code, 0, right.stderr)
  })
}

test('check says it once, and finds with the token what it did not find without', async () => {
  const only = ['--json', '--only', 'diagnostics', url]
  const without = await finish(check, only)
  assert.equal(without.code, 1)
  assert.match(without.stderr, /asks for its access token\. Give it with --token/)
  const withToken = await finish(check, ['--token', TOKEN, ...only])
  assert.equal(withToken.code, 0, withToken.stdout)
  assert.doesNotMatch(withToken.stderr, /token/)
})

test('the token is taken from WHY1006_TOKEN, an option goes before it, and no line break gets into a header', (t) => {
  process.env.WHY1006_TOKEN = 'of-the-environment'
  t.after(() => {
    delete process.env.WHY1006_TOKEN
  })
  assert.equal(tokenOf({}), 'of-the-environment')
  assert.equal(tokenOf({ token: 'given' }), 'given')
  for (const token of ['two words', 'line\nbreak', 'naïve'])
    assert.throws(() => tokenOf({ token }), /--token has a blank/)
  assert.equal(tokenOf({ token: '' }), undefined)
})
