/** Probes a set-up, judges what was seen, and compares with what is right for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { NOTHING_ALLOWED } from '#server/probe/address-guard.ts'
import { probe } from '#server/probe/probe.ts'
import { findProxy } from '#tests/parity/support/packages.ts'
import type { Built, Expectation, SetUp } from '#tests/parity/support/set-up.ts'
import { onStage } from '#tests/parity/support/stage.ts'
import { testCa } from '#tests/server/probe/support/tls-server.ts'

const SHORT = { watchMs: 400, ca: testCa(), budget: { stageMs: 4000, runMs: 20_000 } }

async function probed({ url, options, meanwhile }: Built): Promise<Evidence> {
  let begun: Promise<void> | undefined
  const evidence = await probe(
    url,
    { ...SHORT, ...options },
    {
      policy: { caller: 'local', allow: NOTHING_ALLOWED },
      onStage: ({ stage, state }) => {
        if (stage === 'watch' && state === 'started') begun ??= Promise.resolve(meanwhile?.())
      },
    },
  )
  await begun
  return evidence
}

/** What is wrong with a report, or undefined. */
function mistake(report: Report, { outcomes, causes }: Expectation): string | undefined {
  const proven = report.verdicts.filter(({ certainty }) => certainty === 'proven')
  const wrong = proven.find(({ cause }) => !causes.includes(cause))
  if (wrong) return `“${wrong.cause}” is called proven`
  if (!outcomes.includes(report.outcome))
    return `the outcome is ${report.outcome}, not ${outcomes.join(' or ')}`
  if (report.failed_checks.length > 0) return `checks failed: ${JSON.stringify(report.failed_checks)}`
  const first = report.verdicts[0]?.cause
  if (report.outcome === 'fault' && !causes.includes(first ?? ''))
    return `the cause is ${first}, not ${causes.join(' or ')}`
  const likely = report.verdicts.filter(({ certainty }) => certainty !== 'possible').map(({ cause }) => cause)
  const stray = likely.find((cause) => !causes.includes(cause))
  if (stray !== undefined) return `“${stray}” is called likely`
  if (report.outcome === 'undetermined' && !report.verdicts.some(({ cause }) => causes.includes(cause))) {
    return `none of ${causes.join(', ')} is among the verdicts`
  }
  return undefined
}

const short = ({ outcome, verdicts }: Report): string =>
  `${outcome}: ${verdicts.map(({ cause, certainty }) => `${cause} (${certainty})`).join(', ') || 'nothing'}`

export function testSetUp(setUp: SetUp): void {
  test(`${setUp.id}: ${setUp.fault}`, async (t) => {
    const found = setUp.needs && (await findProxy(setUp.needs))
    if (found && 'missing' in found) return t.skip(found.missing)
    await onStage(async (stage) => {
      const evidence = await probed(await setUp.build(stage))
      const report = diagnose(evidence)
      const wrong = mistake(report, setUp.expect)
      assert.equal(wrong, undefined, `${wrong}\n${short(report)}\n${JSON.stringify({ evidence }, null, 1)}`)
    })
  })
}
