/** One real set-up a mechanism: fault → probe → diagnose → the right cause. */
import { describe } from 'node:test'
import { setUps } from '#tests/parity/setups/catalogue.ts'
import { testSetUp } from '#tests/parity/support/judge.ts'

describe('parity with real servers, one set-up a mechanism', { concurrency: 8 }, () => {
  for (const setUp of setUps) if (setUp.quick) testSetUp(setUp)
})
