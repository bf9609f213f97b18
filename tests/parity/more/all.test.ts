/** The set-ups that `npm test` leaves out. */
import { describe } from 'node:test'
import { setUps } from '#tests/parity/setups/catalogue.ts'
import { testSetUp } from '#tests/parity/support/judge.ts'

describe('parity with real servers, the other set-ups', { concurrency: 8 }, () => {
  for (const setUp of setUps) if (!setUp.quick) testSetUp(setUp)
})
