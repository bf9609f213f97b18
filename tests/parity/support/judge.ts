/** Probes a set-up, judges what was seen, and compares with what is right for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { type ProbeOptions, probe } from '#server/probe/probe.ts'
import { NOTHING_ALLOWED } from '#server/probe/transport/address-guard.ts'
import { findProxy } from '#tests/parity/support/packages.ts'
import { misstatement, mistake, short } from '#tests/parity/support/right-answer.ts'
import type { Built, Expectation, SetUp } from '#tests/parity/support/set-up.ts'
import { onStage } from '#tests/parity/support/stage.ts'
import { testCa } from '#tests/server/probe/support/tls-server.ts'

const SHORT = { watchMs: 400, ca: testCa(), budget: { stageMs: 4000, runMs: 20_000 } }

async function probed({ url, options, meanwhile }: Built, asked: ProbeOptions): Promise<Evidence> {
  let begun: Promise<void> | undefined
  const evidence = await probe(
    url,
    { ...asked, ...options },
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

/** Probes what was built, and compares the report with what is right. */
export async function assertRight(built: Built, expect: Expectation, asked: ProbeOptions): Promise<void> {
  const evidence = await probed(built, asked)
  const report = diagnose(evidence)
  const wrong = mistake(report, expect) ?? misstatement(report, evidence, expect)
  assert.equal(wrong, undefined, `${wrong}\n${short(report)}\n${JSON.stringify({ evidence }, null, 1)}`)
}

/** @param asked how the probe is asked; for less time than the product takes unless it says otherwise */
export function testSetUp(setUp: SetUp, asked: ProbeOptions = SHORT): void {
  test(`${setUp.id}: ${setUp.fault}`, async (t) => {
    const found = setUp.needs && (await findProxy(setUp.needs))
    if (found && 'missing' in found) return t.skip(found.missing)
    await onStage(async (stage) => assertRight(await setUp.build(stage), setUp.expect, asked))
  })
}
