/** The changes of the playbook, with the programs that this machine has; tests/parity/more installs the others. */
import { describe } from 'node:test'
import { testChanges } from '#tests/server/playbook/support/change-trials.ts'

describe('changes of the playbook', { concurrency: 2 }, () => {
  testChanges()
})
