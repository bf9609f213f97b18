/** The commands of the checklist, each with the program of Debian's package. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { commandsFor } from '#lib/checklist/commands.ts'
import { findProxy, installPackages } from '#tests/parity/support/packages.ts'
import { others, plain, testCommands } from '#tests/parity/trials/commands.ts'

await findProxy('nginx')
const missing = await installPackages([
  'curl',
  'iproute2',
  'iptables',
  'net-tools',
  'netcat-openbsd',
  'openssl',
  'python3-websockets',
  'ufw',
])

test('what is marked as tried is tried, and nothing else', () => {
  const tried = commandsFor({ url: 'wss://app.example/ws' }).filter(({ isTried }) => isTried)
  assert.deepEqual(tried.map(({ id }) => id).toSorted(), [...Object.keys(plain), ...others].toSorted())
})

describe('commands of the checklist with Debian’s programs', {
  concurrency: 2,
  skip: missing ?? false,
}, () => {
  testCommands()
})
