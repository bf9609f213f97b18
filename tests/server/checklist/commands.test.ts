/** The commands of the checklist, with the programs that this machine has; tests/parity/more installs the others. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { commandsFor } from '#lib/playbook/commands.ts'
import { others, plain, testCommands } from '#tests/server/checklist/support/trials.ts'

test('what is marked as tried is tried, and nothing else', () => {
  const tried = commandsFor({ url: 'wss://app.example/ws' }).filter(({ isTried }) => isTried)
  assert.deepEqual(tried.map(({ id }) => id).toSorted(), [...Object.keys(plain), ...others].toSorted())
})

describe('commands of the checklist', { concurrency: 2 }, () => {
  testCommands()
})
