import type { Locator } from 'playwright/test'
import { startForeignServer } from './support/foreign.ts'
import { livePage } from './support/live-page.ts'
import { expect, test } from './support/test.ts'

const criterion = (criteria: Locator, title: string) =>
  criteria.getByRole('listitem').filter({ hasText: title })

test('the six are judged with their evidence, and a close with 1000 meets the fifth', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await expect(live.criteria.getByRole('listitem')).toHaveCount(6)
  await live.connect(`${server.wsOrigin}/ws/health`, { interval: '1' })
  const status = (title: string) => expect(criterion(live.criteria, title))
  await status('Opens without 1006').toHaveAttribute('data-status', 'met')
  await status('Stays open idle for 30 s').toContainText(/so far; page pings every 1 s/)
  await status('Heartbeat every 1 s').toContainText(/\d+ of \d+/)
  await status('Round trip under 100 ms').toContainText(/p95 .* by the page/)
  await status('Closes with 1000').toContainText('still open')
  await status('Right headers at the server').toContainText(`Origin ${server.origin}`)
  await live.press(live.row('/ws/health'), 'Close')
  await status('Closes with 1000').toHaveAttribute('data-status', 'met')
  await expect(live.criteria.getByRole('listitem')).toHaveCount(6)
})

test('a foreign server is judged from outside, and each row says so', async ({ page, server }) => {
  const foreign = await startForeignServer('echo')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  await expect(live.row('/foreign')).toContainText('open')
  await page.getByRole('button', { name: 'Success criteria' }).click()
  for (const title of [
    'Heartbeat every interval',
    'Round trip under 100 ms',
    'Right headers at the server',
  ]) {
    await expect(criterion(live.criteria, title)).toContainText('judged from outside')
  }
  await foreign.stop()
})
