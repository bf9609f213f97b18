/** Records what the installed PCRE2 makes of random patterns: `node tests/parity/support/record-patterns.ts`. */
import { writeFileSync } from 'node:fs'
import { diceOf } from '#tests/parity/support/dice.ts'
import { randomTrial } from '#tests/parity/support/pattern-random.ts'
import { askPcre2, missingPcre2 } from '#tests/parity/support/pcre2.ts'

const TRIALS = 1500

const missing = await missingPcre2()
if (missing !== undefined) throw new Error(missing)
const dice = diceOf(1006)
const recorded = askPcre2(Array.from({ length: TRIALS }, () => randomTrial(dice)))
const lines = recorded.map((each) => JSON.stringify(each)).join(',\n')
writeFileSync(new URL('../../fixtures/pcre2/recorded.json', import.meta.url), `[\n${lines}\n]\n`)
