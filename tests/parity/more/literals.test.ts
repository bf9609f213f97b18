/** What fixes and copied commands quote, given to those languages and shells that are installed. */
import { describe } from 'node:test'
import { testLiterals } from '#tests/parity/trials/literals.ts'

describe('literals, read by their languages', { concurrency: 2 }, () => {
  testLiterals()
})
