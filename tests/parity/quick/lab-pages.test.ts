/** One fault of those in `more`: the most frequent one, behind the most frequent proxy. */
import { describe } from 'node:test'
import { testPairs } from '#tests/parity/support/judge-pair.ts'

describe('page and probe, through the relay and through the real proxy', () => {
  testPairs([{ fault: 'idle-timeout', kind: 'nginx' }])
})
