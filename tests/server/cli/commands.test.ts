/** What every command has in common. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commands } from '#server/cli/commands.ts'
import { finish } from '#tests/server/cli/support/command.ts'

for (const [name, { load }] of Object.entries(commands)) {
  test(`${name} says what it takes: asked for, and where the arguments are wrong`, async () => {
    const { run } = await load()
    const usage = new RegExp(`^Usage: why1006 ${name} `, 'm')
    for (const asked of ['--help', '-h']) {
      const { code, stdout, stderr } = await finish(run, [asked])
      assert.deepEqual([code, stderr], [0, ''])
      assert.match(stdout, usage)
    }
    const { code, stdout, stderr } = await finish(run, ['--nonsense'])
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, /^Unknown option '--nonsense'/)
    assert.match(stderr, usage)
  })
}
