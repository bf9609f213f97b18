import type { Locator, Page } from 'playwright/test'
import { startEndingServer, startForeignServer } from './support/foreign.ts'
import { livePage, setVisibility } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

const dialogOf = (page: Page) => page.getByRole('dialog', { name: /^Why/ })
const leadsTo = (within: Locator, cause: string) => within.locator(`a[href="/playbook/${cause}"]`).first()
/** The cause that the verdict names first. */
const first = (within: Locator) =>
  within.getByRole('region', { name: 'Verdict' }).locator('a[href^="/playbook/"]:not([href*=codes])').first()

/**
 * Opens it with automatic reconnection, and waits until it was lost so often, each time at the same age, and has come
 * back. An age is a time: where this machine stalls while one passes, they differ, and another row is looked at.
 */
async function lose(page: Page, url: string, times: number): Promise<Locator> {
  const live = livePage(page)
  const row = live.row('/ending')
  await expect(async () => {
    if ((await row.count()) > 0) await row.getByRole('button', { name: 'Remove' }).click()
    await live.connect(url)
    await row.getByRole('switch', { name: 'Auto-reconnect' }).check({ force: true })
    await expect(row).toContainText(new RegExp(`dropped ${times}×`))
    await expect(row).toContainText(/each after/, { timeout: 1 })
  }).toPass()
  return row
}

test('a row that came back remembers its drops, and says what they have in common', async ({
  page,
  server,
}) => {
  const foreign = await startEndingServer({ afterMs: 2000, by: 'rst' })
  await livePage(page).open(server)
  const row = await lose(page, foreign.url, 3)
  await expect(row.getByText('open', { exact: true })).toBeVisible()

  await row.getByRole('button', { name: 'Why?' }).click()
  const why = dialogOf(page)
  await expect(why).toContainText(/\d drops, each after \d\.\d s without a message/)
  await expect(why.getByRole('list', { name: 'Lifetimes' }).getByRole('listitem').nth(2)).toBeVisible()
  await expect(leadsTo(why, 'idle-timeout')).toBeAttached()
  await expect(leadsTo(why, 'max-lifetime')).toBeAttached()
  await expect(why.getByRole('button', { name: 'Test with a heartbeat' })).toBeVisible()
  await foreign.stop()
})

/** What the test with a heartbeat finds. Ages that a stall has spoiled decide nothing, and are measured again. */
async function findsByHeartbeat(page: Page, url: string, cause: string): Promise<void> {
  await expect(async () => {
    await page.reload()
    const row = await lose(page, url, 2)
    await row.getByRole('button', { name: 'Why?' }).click()
    const why = dialogOf(page)
    await why.getByRole('button', { name: 'Test with a heartbeat' }).click()
    await expect(why.getByRole('region', { name: 'Test' })).toBeVisible()
    await expect(why.getByRole('link', { name: 'Full report' })).toBeVisible()
    await expect(first(why)).toHaveAttribute('href', `/playbook/${cause}`, { timeout: 1 })
  }).toPass()
}

test('where the age is what ends it, a test with a heartbeat finds the maximum age @more', async ({
  page,
  server,
}) => {
  const foreign = await startEndingServer({ afterMs: 2000, by: 'rst' })
  await livePage(page).open(server)
  await findsByHeartbeat(page, foreign.url, 'max-lifetime')
  await foreign.stop()
})

test('where only silence is ended, the same test finds the idle timeout @more', async ({ page, server }) => {
  const foreign = await startEndingServer({ afterMs: 2000, counts: 'idle', by: 'rst' })
  await livePage(page).open(server)
  await findsByHeartbeat(page, foreign.url, 'idle-timeout')
  await foreign.stop()
})

test('a server that fails while it is open is asked about with its code', async ({ page, server }) => {
  const foreign = await startEndingServer({ afterMs: 400, by: 1011, reason: 'out of luck' })
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const row = live.row('/ending')
  await expect(row).toContainText('closed 1011')
  await expect(row).toContainText('“out of luck”, sent by the server after')
  await row.getByRole('button', { name: 'Why?' }).click()
  await expect(leadsTo(dialogOf(page), 'internal-error')).toBeAttached()
  await foreign.stop()
})

test('a server that closes with 1000 is asked about, a person who closes is not', async ({
  page,
  server,
}) => {
  const foreign = await startEndingServer({ afterMs: 400, by: 1000 })
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const row = live.row('/ending')
  await expect(row).toContainText('closed 1000')
  await row.getByRole('button', { name: 'Why?' }).click()
  await expect(dialogOf(page).getByRole('region', { name: 'Verdict' })).toContainText('1000')
  await page.keyboard.press('Escape')

  await live.connect(`${server.wsOrigin}/ws/echo`)
  const own = live.row('/ws/echo')
  await live.press(own, 'Close')
  await expect(own).toContainText('closed 1000')
  await expect(own.getByRole('button', { name: 'Why?' })).toHaveCount(0)
  await foreign.stop()
})

test('"Why?" is answered when the server of the page is the one that is gone', async ({ page, mortal }) => {
  const live = livePage(page)
  await live.open(mortal)
  const started = page.waitForEvent('worker')
  await live.watchHeartbeat()
  const row = live.row('/ws/health')
  await expect(row).toContainText('open')
  // What answers later is fetched while there is somebody to fetch it from.
  const reader = await started
  await expect.poll(() => reader.evaluate(() => 'TURBOPACK_NEXT_CHUNK_URLS' in self)).toBe(true)
  await mortal.kill()
  await expect(row).toContainText('closed 1006')
  await row.getByRole('button', { name: 'Why?' }).click()
  const why = dialogOf(page)
  await expect(why.getByRole('region', { name: 'Verdict' })).toContainText('without a Close frame')
  await expect(leadsTo(why, 'backend-dropped')).toBeAttached()
  await expect(page).toHaveURL(new RegExp(`^${mortal.origin}/`))
})

test('a drop that nobody sees is in the title, told once by a notification, and seen when one comes back', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['notifications'], { origin: server.origin })
  // Headless browsers show none: what would be shown is written down.
  await page.addInitScript(() => {
    const shown: string[] = []
    class Recorder {
      static permission = 'granted'
      static requestPermission = async () => 'granted'
      constructor(title: string, { body }: { body: string }) {
        shown.push(`${title}: ${body}`)
      }
    }
    Object.assign(window, { Notification: Recorder, shownNotifications: shown })
  })
  const foreign = await startForeignServer('silent')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const row = live.row('/foreign')
  await expect(row.getByText('open', { exact: true })).toBeVisible()
  for (const socket of foreign.sockets) socket.terminate()
  await expect(row).toContainText('closed 1006')
  await expect(page).toHaveTitle(/^\(1\) dropped · Live/)

  await row.getByRole('button', { name: 'Notify me' }).click()
  await expect(row.getByRole('button', { name: 'Notify me' })).toBeHidden()
  await live.press(row, 'Reconnect')
  await expect(row.getByText('open', { exact: true })).toBeVisible()
  await expect(page).toHaveTitle(/^Live/)

  await setVisibility(page, 'hidden')
  for (const socket of foreign.sockets) socket.terminate()
  await expect(page).toHaveTitle(/^\(1\) dropped · Live/)
  const shown = () =>
    page.evaluate(() => (window as unknown as { shownNotifications: string[] }).shownNotifications)
  await expect.poll(shown).toEqual([expect.stringMatching(/\/foreign: dropped 2×/)])
  await setVisibility(page, 'visible')
  await live.press(row, 'Reconnect')
  await expect(page).toHaveTitle(/^Live/)
  await page.reload()
  await live.connect(foreign.url)
  for (const socket of foreign.sockets) socket.terminate()
  await expect(row).toContainText('closed 1006')
  await expect(row.getByRole('button', { name: 'Notify me' })).toHaveCount(0)
  await foreign.stop()
})
