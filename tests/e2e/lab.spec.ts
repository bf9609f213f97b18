/**
 * The lab as a person uses it: each fault is run from its page, and the verdict beside it names what was done, by
 * what page, server and probe saw.
 */
import type { BrowserContext, Page } from 'playwright/test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { FaultFamily } from '#lib/lab/fault.ts'
import { type FaultId, faultIds, faultOf } from '#lib/lab/faults.ts'
import type { TestServer } from './support/server.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

/** Knobs that make it short; without any, the page's own. */
const short: Partial<Record<FaultId, string>> = {
  'idle-timeout': 'after_seconds=1.5',
  close: 'after_seconds=0.5',
  'gateway-timeout': 'after_seconds=0.5',
  'slow-handshake': 'after_seconds=3',
  'masked-frame': 'after_seconds=0.5',
  'bad-utf8': 'after_seconds=0.5',
  'reserved-bits': 'after_seconds=0.5',
  'truncated-frame': 'after_seconds=0.5',
  oversize: 'after_seconds=0.5',
}

const sideBySide = 2

test.use({ expectedConsole: brokenNetwork })
// A machine that is busy elsewhere is slow itself, and the verdict then says so, as it should.
test.describe.configure({ retries: 1 })

const families = [...new Set(faultIds.map((id) => faultOf(id).family))]
for (const family of families) {
  test(`the verdict on each fault of the family ${family} @more`, async ({ context, server }) => {
    test.setTimeout(300_000)
    await judgeEach(faultsOf(family), context, server)
  })
}

function faultsOf(family: FaultFamily): FaultId[] {
  return faultIds.filter((id) => faultOf(id).family === family)
}

async function judgeEach(ids: readonly FaultId[], context: BrowserContext, server: TestServer) {
  const waiting = [...ids]
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const page = await context.newPage()
      await test.step(id, () => judgeOne(id as FaultId, page, server))
      await page.close()
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, work))
}

async function judgeOne(id: FaultId, page: Page, server: TestServer): Promise<void> {
  await page.goto(`${server.origin}/lab?fault=${id}&${short[id] ?? ''}`)
  const stored = await run(page, server)
  const { outcome, causes } = faultOf(id).shows
  expect(
    told(stored.report),
    `${id}: ${JSON.stringify(stored.report.verdicts.map(({ cause }) => cause))}`,
  ).toEqual({
    outcome,
    cause: outcome === 'healthy' ? undefined : causes[0],
  })
  expect(told(diagnose(elsewhere(stored))), `${id} is told by what was seen, not by its address`).toEqual(
    told(stored.report),
  )
}

/** Presses Run and waits for the verdict, as the server keeps it. */
async function run(page: Page, server: TestServer): Promise<StoredReport> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const report = page.getByRole('region', { name: 'Verdict' }).getByRole('link', { name: 'Whole report' })
  await expect(report).toBeVisible({ timeout: 60_000 })
  const answer = await page.request.get(`${server.origin}/api${await report.getAttribute('href')}`)
  return answer.json()
}

const told = ({ outcome, verdicts }: StoredReport['report']) => ({ outcome, cause: verdicts[0]?.cause })

/** The same evidence of an address that says nothing of a lab. */
function elsewhere({ evidence }: StoredReport): StoredReport['evidence'] {
  const { url = '' } = evidence.target ?? {}
  const { host } = new URL(url)
  return { ...evidence, target: { ...evidence.target, url: `ws://${host}/ws` } }
}
