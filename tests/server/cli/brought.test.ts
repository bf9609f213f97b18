/** `why1006 diagnose` on what people bring: files, standard input, a mixture, and what it cannot read. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { run } from '#server/cli/diagnose.ts'
import { finish } from '#tests/server/cli/support/command.ts'

async function fileOf(t: TestContext, name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'why1006-brought-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

const console403 =
  "app.js:12 WebSocket connection to 'wss://chat.test/ws' failed: Error during WebSocket handshake: Unexpected response code: 403"

describe('why1006 diagnose <file…>', () => {
  test('a console message: the report, and what was read of it', async (t) => {
    const file = await fileOf(t, 'console.txt', `${console403}\nplease help, it is not working\n`)
    const { code, stdout } = await finish(run, ['--json', file])
    const { outcome, evidence, read } = JSON.parse(stdout)
    assert.equal(code, 1)
    assert.equal(evidence.target.url, 'wss://chat.test/ws')
    assert.deepEqual(read[0].pieces[0].lines, [1, 1])
    assert.equal(read[0].pieces[0].kind, 'console')
    assert.deepEqual(read[0].unread, [{ line: 2, text: 'please help, it is not working' }])
    assert.notEqual(outcome, 'healthy')
  })

  test('a URL beside files is the target, and is not probed', async (t) => {
    const file = await fileOf(t, 'note.txt', 'nothing of use\n')
    const { code, stdout } = await finish(run, ['--json', 'ws://192.0.2.1/ws', file])
    const { outcome, evidence } = JSON.parse(stdout)
    assert.equal(code, 1)
    assert.equal(outcome, 'undetermined')
    assert.equal(evidence.target.url, 'ws://192.0.2.1/ws')
    assert.equal(evidence.probe, undefined)
  })

  test('a configuration between other lines is cut out of them', async (t) => {
    const text = `${console403}\n\nserver {\n  listen 80;\n  location / {\n    proxy_pass http://b:1;\n  }\n}\nthat is all\n`
    const file = await fileOf(t, 'post.txt', text)
    const { stdout } = await finish(run, ['--json', file])
    const { evidence, read } = JSON.parse(stdout)
    assert.equal(evidence.proxy.kind, 'nginx')
    assert.match(evidence.proxy.config, /^server \{[\s\S]*\}$/)
    assert.deepEqual(read[0].pieces[1].lines, [3, 8])
  })

  test('a file that is not there: exit code 2, and its name', async () => {
    const { code, stdout, stderr } = await finish(run, ['no-such-file.log'])
    assert.equal(code, 2)
    assert.equal(stdout, '')
    assert.match(stderr, /no-such-file\.log: There is no such file/)
  })
})
