/** The probe and the judge against what people run: real servers from npm, healthy and with the faults that they have. */
import { describe } from 'node:test'
import { npmSetUps } from '#tests/parity/applications/npm.ts'
import { testSetUp } from '#tests/parity/support/judge.ts'
import { installServers } from '#tests/parity/support/npm-servers.ts'

/** A machine that runs several servers at once is slow, and no silence is a finding for that. */
const asTheProduct = { retryBudget: { stageMs: 4000, runMs: 20_000 } }

const missing = await installServers()

describe('parity with servers from npm', { concurrency: 8, skip: missing ?? false }, () => {
  const longFirst = npmSetUps.toSorted((a, b) => Number(b.long ?? false) - Number(a.long ?? false))
  for (const setUp of longFirst) testSetUp(setUp, asTheProduct)
})
