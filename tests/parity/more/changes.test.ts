/** The changes of the playbook, each with the program of Debian's package. */
import { describe } from 'node:test'
import { findProxy, installPackages } from '#tests/parity/support/packages.ts'
import { testChanges } from '#tests/parity/trials/changes.ts'

for (const proxy of ['nginx', 'haproxy', 'apache2'] as const) await findProxy(proxy)
const missing = await installPackages([
  'curl',
  'iproute2',
  'iputils-ping',
  'netcat-openbsd',
  'openssl',
  'python3-websockets',
])

describe('changes of the playbook with Debian’s programs', { concurrency: 2, skip: missing ?? false }, () => {
  testChanges()
})
