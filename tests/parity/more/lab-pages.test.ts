/** Every fault that a real proxy can show, as a page in Chromium and the probe see it. */
import { describe } from 'node:test'
import { testPairs } from '#tests/parity/support/judge-pair.ts'
import { pairs } from '#tests/parity/support/lab-pair.ts'

describe('page and probe, through the relay and through the real proxy', { concurrency: 2 }, () => {
  testPairs(pairs)
})
