import { startEndingServer } from './support/foreign.ts'
import { expect, test } from './support/test.ts'

test('the server watches a connection: each loss has its cause and its report, until it is stopped and removed @more', async ({
  page,
  server,
}) => {
  const target = await startEndingServer({ afterMs: 400, by: 'rst' })
  await page.goto(`${server.origin}/watch`)
  await page.getByRole('textbox', { name: 'WebSocket URL' }).fill(target.url)
  await page.keyboard.press('Enter')
  const watches = page.getByRole('list', { name: 'Watches' })
  await expect(watches.getByRole('button')).toContainText(target.url.replace('ws://', ''))

  const losses = page.getByRole('region', { name: 'Losses' })
  await expect(losses.getByRole('listitem')).toHaveCount(1)
  await losses.getByRole('button', { name: /^Show ([2-9]|\d\d) new$/ }).click()
  await expect(losses.getByRole('listitem').nth(1)).toContainText('reset (RST)')
  await expect(losses.getByRole('listitem').nth(1)).toContainText(/open again after .+, 1 attempt/)
  await expect(page.getByRole('figure', { name: /^Age at the loss: / })).toBeVisible()
  await expect(page.getByText(/^All \d+ connections ended without a valid Close frame/)).toBeVisible()

  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(watches.getByRole('button')).toContainText('stopped')
  // A page that is loaded again finds it.
  await page.reload()
  await expect(watches.getByRole('button')).toContainText('stopped')

  await losses.getByRole('link').last().click()
  await expect(page).toHaveURL(/\/reports\/[0-9a-f]{32}$/)
  await page.goBack()
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Nothing is being watched')).toBeVisible()
  await target.stop()
})
