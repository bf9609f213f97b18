import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test('the first visit has one heading, one button to press, and the server is up', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Live' }),
  ).toBeVisible()
  await expect(live.status).toContainText('Server up')
  await expect(live.status).toContainText('Ping every 30 s, timeout 10 s')
  await expect(page.getByRole('button', { name: 'Watch a heartbeat' })).toBeVisible()
})

test.describe('a heartbeat', () => {
  test.use({ expectedConsole: brokenNetwork })

  test('is watched, closed, and lives again after the server was restarted', async ({ page, mortal }) => {
    const live = livePage(page)
    await live.open(mortal)
    await live.watchHeartbeat()

    const row = live.row('/ws/health')
    await expect(row).toContainText('open')
    await expect(row).toContainText(/RTT\s*[\d.]+ ms/)
    await expect(live.events).toContainText('accepted')
    await expect(live.events.getByText('heartbeat').first()).toBeVisible()
    await expect(row.getByRole('img', { name: /Pulse: [1-9]/ })).toBeVisible()
    await expect(live.heartbeats.locator('[data-line]').first()).toBeAttached()

    await live.press(row, 'Close')
    await expect(row).toContainText('closed 1000')
    await expect(row).toContainText('by this page')
    await expect(live.events).toContainText('disconnected')

    await mortal.kill()
    await expect(live.status).toContainText('unreachable')
    await mortal.restart()
    await expect(live.status).toContainText('Server up')
    await live.press(row, 'Reconnect')
    await expect(row).toContainText('open')
    await expect(live.events.getByText('accepted').last()).toBeVisible()
  })
})
