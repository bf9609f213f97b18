/** The commands of the checklist, each with the program of Debian's package. */
import { describe } from 'node:test'
import { findProxy, installPackages } from '#tests/parity/support/packages.ts'
import { testCommands } from '#tests/server/checklist/support/trials.ts'

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

describe('commands of the checklist with Debian’s programs', {
  concurrency: 2,
  skip: missing ?? false,
}, () => {
  testCommands()
})
