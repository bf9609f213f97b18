import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { startForeignServer } from './support/foreign.ts'
import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: { allow: [...brokenNetwork.allow, /net::ERR_INTERNET_DISCONNECTED/] } })

test('the server is killed under four open connections and comes back @more', async ({ page, mortal }) => {
  const live = livePage(page)
  await live.open(mortal)
  for (const path of ['/ws', '/ws/echo', '/ws/health', '/ws/health']) {
    await live.connect(`${mortal.wsOrigin}${path}`, { interval: '0.5' })
  }
  await expect(live.connections.getByText('open', { exact: true })).toHaveCount(4)
  await mortal.kill()
  await expect(live.connections.getByText('closed 1006', { exact: true })).toHaveCount(4)
  await expect(live.status).toContainText('unreachable')
  await mortal.restart()
  await expect(live.status).toContainText('Server up')
  // Looked at before new events push it out of the rows in view.
  await expect(live.events.getByText('server restarted', { exact: false })).toHaveCount(1)
  await page.getByRole('button', { name: 'Reconnect all' }).click()
  await expect(live.connections.getByText('open', { exact: true })).toHaveCount(4)
})

test('a link does not take the page away while the server is gone', async ({ page, mortal }) => {
  const foreign = await startForeignServer('echo')
  const live = livePage(page)
  await live.open(mortal)
  await live.connect(foreign.url)
  await expect(live.row('/foreign').getByText('open', { exact: true })).toBeVisible()
  await mortal.kill()
  await expect(live.status).toContainText('unreachable')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Watch' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('this page stays open')
  await expect(live.row('/foreign').getByText('open', { exact: true })).toBeVisible()
  await mortal.restart()
  await expect(live.status).toContainText('Server up')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Watch' }).click()
  await expect(page).toHaveURL(/\/watch$/)
  await foreign.stop()
})

test('a server that says goodbye closes with 1001 @more', async ({ page, mortal }) => {
  const live = livePage(page)
  await live.open(mortal)
  await live.connect(`${mortal.wsOrigin}/ws/echo`)
  await expect(live.row('/ws/echo')).toContainText('open')
  await mortal.stop()
  await expect(live.row('/ws/echo')).toContainText('closed 1001')
  await expect(live.row('/ws/echo')).toContainText('by the server')
})

test('a foreign server that stays silent is suspected once two page pings went unanswered @more', async ({
  page,
  server,
}) => {
  const foreign = await startForeignServer('silent')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const row = live.row('/foreign')
  await row.getByRole('button', { name: /^Page pings/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Page pings' })
  await dialog.getByText('Repeatedly').click()
  await dialog.getByLabel('Every').fill('0.3')
  await dialog.getByLabel('Message').fill('are you there')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(row).toContainText('suspected half-open')
  await expect(row).toContainText('unanswered')
  await foreign.stop()
})

test('three of ten connections are refused, and the seven live @more', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  const nobody = `ws://127.0.0.1:${await freePort()}/nobody`
  for (let index = 0; index < 10; index++) {
    await live.connect(index % 4 === 3 ? nobody : index === 0 ? nobody : `${server.wsOrigin}/ws/echo`)
  }
  await expect(live.connections.getByText('never opened', { exact: true })).toHaveCount(3)
  await expect(live.connections.getByText('open', { exact: true })).toHaveCount(7)
})

test('offline, the page says so and recovers by itself @more', async ({ page, server, context }) => {
  const live = livePage(page)
  await live.open(server)
  await live.watchHeartbeat()
  await expect(live.row('/ws/health')).toContainText('open')
  await context.setOffline(true)
  await expect(live.status).toContainText('unreachable')
  await context.setOffline(false)
  await expect(live.status).toContainText('Server up')
})

test('a hidden tab that is woken once a minute counts no beat as missed @more', async ({ page, server }) => {
  const live = livePage(page)
  await page.clock.install()
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/health`, { interval: '0.5', timeout: '0.49' })
  const row = live.row('/ws/health')
  await expect(row).toContainText('open')
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  // Chrome runs the timers of a long hidden page once a minute: the clock jumps by that much at once.
  for (let minute = 0; minute < 3; minute++) await page.clock.fastForward(60_000)
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.clock.resume()
  await expect(row).toContainText(/missed\s*0/)
})
