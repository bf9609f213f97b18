/** The door of the command line: what leads to a command, and what it says where none is meant. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run as diagnose } from '#server/cli/diagnose.ts'
import { run as explain } from '#server/cli/explain.ts'
import { finish } from '#tests/server/cli/support/command.ts'
import { startProcess } from '#tests/server/support/process.ts'
import packageFile from '../../../package.json' with { type: 'json' }

const why1006 = (...args: string[]) => startProcess({ command: ['server/cli/main.ts', ...args] }).exit

test('help of a command is that command’s own', async () => {
  const [asked, own] = await Promise.all([why1006('help', 'lint'), why1006('lint', '--help')])
  assert.deepEqual([asked.code, asked.stdout], [0, own.stdout])
  assert.match(asked.stdout, /^Usage: why1006 lint /)
})

test('--version prints the version alone', async () => {
  const { code, stdout } = await why1006('--version')
  assert.deepEqual([code, stdout], [0, `${packageFile.version}\n`])
})

test('a misspelt command has a suggestion, another word has none', async () => {
  const [misspelt, other] = await Promise.all([why1006('diagnoze'), why1006('frobnicate')])
  assert.match(misspelt.stderr, /^There is no command “diagnoze”\. Did you mean diagnose\?\n/)
  assert.match(other.stderr, /^There is no command “frobnicate”\.\n/)
  assert.deepEqual([misspelt.code, other.code], [2, 2])
})

test('a misspelt cause has suggestions, another word has none', async () => {
  assert.match((await finish(explain, ['idel-timeout'])).stderr, /Did you mean idle-timeout/)
  assert.doesNotMatch((await finish(explain, ['zzzzzzzz'])).stderr, /Did you mean/)
})

test('a missing file is told in one line, since the usage would push it off the screen', async () => {
  const { code, stdout, stderr } = await finish(diagnose, ['no-such-file.log'])
  assert.deepEqual([code, stdout, stderr], [2, '', 'no-such-file.log: There is no such file.\n'])
})
