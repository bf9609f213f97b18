/** A guided scenario as a person meets it, with a mouse or by keyboard alone. */
import { expect, type Locator, type Page } from 'playwright/test'
import type { StepId, StepState } from '#lib/scenarios/run/walkthrough.ts'
import type { TestServer } from './server.ts'

const titles = {
  reproduce: 'Reproduce',
  observe: 'Observe',
  diagnose: 'Diagnose',
  fix: 'Fix',
  verify: 'Verify',
} satisfies Record<StepId, string>

/** The step that the walk is at, and its state; `none seen` when all are done. */
type Progress = `${StepId} ${StepState}` | 'none seen'

/** A fault may wait and a probe may be silent; a busy machine takes its time beside. */
const stepTimeout = 120_000

export function scenarioPage(page: Page, by: 'mouse' | 'keyboard' = 'mouse') {
  const steps = page.getByRole('list', { name: 'Steps' })
  const progress = page.getByRole('status', { name: 'Progress' })
  const step = (id: StepId): Locator =>
    steps.locator('> li').filter({ has: page.getByRole('heading', { name: titles[id], level: 3 }) })
  const button = (label: string, id: StepId) =>
    steps.getByRole('button', { name: `${label}: ${titles[id]}`, exact: true })
  const press = async (label: string, id: StepId) => {
    const target = button(label, id)
    await expect(target).toBeVisible({ timeout: 15_000 })
    if (by === 'mouse') return target.click()
    await tabTo(page, target)
    await page.keyboard.press('Enter')
  }
  const now = () =>
    progress.evaluate(({ dataset: { step = '', state = '' } }) => `${step} ${state}` as Progress)
  /** Waits until the walk is at one of these, and says at which. */
  const reaches = async (...wanted: Progress[]): Promise<Progress> => {
    let seen = await now()
    const isThere = async () => {
      seen = await now()
      return wanted.includes(seen)
    }
    await expect.poll(isThere, { timeout: stepTimeout }).toBe(true)
    return seen
  }

  /** The machine may be too busy for a round trip under 100 ms or a beat in time: then a person would try again. */
  const verify = async () => {
    for (let attempt = 1; ; attempt += 1) {
      const end = await reaches('none seen', 'verify failed')
      if (attempt === 3 || end === 'none seen') break
      await press('Apply again', 'fix')
      await reaches('fix running', 'verify running')
    }
    await expect(progress).toHaveText('All steps are done.')
  }

  return {
    steps,
    step,
    progress,
    press,
    reaches,
    open: (server: Pick<TestServer, 'origin'>, id: string, search = '') =>
      page.goto(`${server.origin}/playbook/scenarios/${id}${search}`),
    reproduce: async () => {
      await press('Run', 'reproduce')
      const ends = ['diagnose waiting', 'reproduce failed', 'observe failed'] as const
      let end = await reaches(...ends)
      // Four connections that are to be open within six seconds may be too much for a busy machine.
      for (let retries = 2; retries > 0 && end !== 'diagnose waiting'; retries -= 1) {
        await press('Run again', 'reproduce')
        await reaches('reproduce running', 'observe running')
        end = await reaches(...ends)
      }
      await expect(progress).toHaveText(/Diagnose: to do/)
    },
    diagnose: async () => {
      await press('Run', 'diagnose')
      await reaches('fix waiting', 'diagnose failed')
      await expect(progress).toHaveText(/Fix: to do/)
    },
    mend: async () => {
      await press('Apply', 'fix')
      await verify()
    },
  }
}

/** Presses Tab until the target has the keyboard; forwards alone, as a page is read. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the keyboard does not get there')
}
