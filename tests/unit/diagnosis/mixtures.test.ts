import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { runs } from '#tests/sampling.ts'
import { type TruthCase, truthCases } from '#tests/unit/diagnosis/truth.ts'

/**
 * Observers that watched two different connections, as they do where a fault comes and goes or where somebody
 * pastes the wrong log. No answer is right then; some are wrong all the same.
 */
const full = truthCases.filter(({ view }) => view === 'full')
const observers = ['browser', 'probe', 'proxy', 'server'] as const
type Observer = (typeof observers)[number]

const mixtures = fc
  .record({
    own: fc.constantFrom(...full),
    other: fc.constantFrom(...full),
    swapped: fc.subarray([...observers], { minLength: 1, maxLength: 2 }),
    lost: fc.subarray([...observers], { maxLength: 2 }),
  })
  // A request with another page's Origin was changed on its way, as far as anybody can tell.
  .filter(({ own, other }) => own.evidence.target?.page_origin === other.evidence.target?.page_origin)

type Mixture = { own: TruthCase; other: TruthCase; swapped: Observer[]; lost: Observer[] }

function mix({ own, other, swapped, lost }: Mixture): Evidence {
  const mixed: Record<string, unknown> = { target: own.evidence.target }
  for (const observer of observers) {
    const seen = (swapped.includes(observer) ? other : own).evidence[observer]
    if (seen !== undefined && !lost.includes(observer)) mixed[observer] = seen
  }
  return parseEvidence(mixed)
}

const allows = (id: string, view: string, outcome: string): boolean =>
  truthCases
    .filter((recorded) => recorded.id === id && recorded.view === view)
    .every(({ expect }) => [expect.outcome, ...(expect.or_outcomes ?? [])].includes(outcome))

describe('observers of two connections', () => {
  it('prove nothing but what one of the two proves', () => {
    fc.assert(
      fc.property(mixtures, (mixture) => {
        const report = diagnose(mix(mixture))
        const right = [...mixture.own.expect.causes, ...mixture.other.expect.causes]
        assert.deepEqual(report.failed_checks, [])
        for (const { cause, certainty } of report.verdicts) {
          assert.ok(certainty !== 'proven' || right.includes(cause), cause)
        }
      }),
      { numRuns: runs(1500) },
    )
  })

  it('are never called healthy over what the page saw fail', () => {
    fc.assert(
      fc.property(mixtures, (mixture) => {
        if (mixture.lost.includes('browser')) return
        const page = mixture.swapped.includes('browser') ? mixture.other : mixture.own
        if (allows(page.id, 'browser', 'healthy')) return
        assert.notEqual(diagnose(mix(mixture)).outcome, 'healthy', page.id)
      }),
      { numRuns: runs(1500) },
    )
  })
})
