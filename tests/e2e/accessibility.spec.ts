import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { livePage } from './support/live-page.ts'
import { freePort } from './support/server.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

async function seriousViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on Live, ${colorScheme}`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const live = livePage(page)
    await live.open(server)
    await expect(live.status).toContainText('Server up')
    expect(await seriousViolations(page)).toEqual([])

    await live.connect(`ws://127.0.0.1:${await freePort()}/nobody`)
    // axe keeps the machine busy for longer than the pong of a fast heartbeat may take.
    await live.connect(`${server.wsOrigin}/ws/health`, { interval: '2' })
    await expect(live.events.getByText('heartbeat', { exact: true }).first()).toBeVisible()
    await expect(live.heartbeats.locator('.recharts-surface').first()).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])

    await live.press(live.row('/ws/health'), 'Close with…')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
  })
}
