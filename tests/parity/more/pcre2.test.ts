/** What our matcher makes of patterns, and what the installed PCRE2 does. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diceOf } from '#tests/parity/support/dice.ts'
import { randomTrial } from '#tests/parity/support/pattern-random.ts'
import { askPcre2, missingPcre2 } from '#tests/parity/support/pcre2.ts'
import { assertAsPcre2 } from '#tests/unit/text/pattern/as-pcre2.ts'

const TRIALS = 20_000
const SEED = Number(process.env.PROPERTY_SEED ?? 7)

describe('the linear matcher and the real PCRE2', { skip: (await missingPcre2()) ?? false }, () => {
  it('agree on what is a pattern, on what it matches, and on its groups', () => {
    const dice = diceOf(SEED)
    const counts = { refused: 0, matched: 0, unsupported: 0 }
    for (const answered of askPcre2(Array.from({ length: TRIALS }, () => randomTrial(dice)))) {
      counts[assertAsPcre2(answered)] += 1
    }
    assert.ok(counts.matched > TRIALS / 2, JSON.stringify(counts))
    assert.ok(counts.unsupported < TRIALS / 8, JSON.stringify(counts))
  })
})
