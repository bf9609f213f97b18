import { startForeignServer } from './support/foreign.ts'
import { livePage, setVisibility } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

test('both ends measure, and the crosshair reads the chart and the ruler at one moment', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/health`, { interval: '0.5' })
  const lines = live.heartbeats.getByRole('list', { name: 'Lines' })
  await expect(lines).toContainText('/ws/health, by the page')
  await expect(lines).toContainText('by the server')
  for (const by of ['page', 'server']) {
    await expect(live.heartbeats.locator(`[data-line=${by}]`)).toBeAttached()
  }
  const ruler = live.heartbeats.getByRole('img', { name: /^Idle timers/ })
  await expect(ruler).toHaveAccessibleName(/idle for .*nginx, ALB cut at 60 s/)

  const chart = live.heartbeats.getByRole('region', { name: /^Chart/ })
  const box = await chart.boundingBox()
  if (box === null) throw new Error('the chart has no place')
  // A few seconds back: the connection has to be that old first.
  await expect(async () => {
    await page.mouse.move(0, 0)
    await page.mouse.move(box.x + box.width - 30, box.y + box.height / 2)
    await expect(live.heartbeats.getByText(/^was idle for/)).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(chart.getByText(/^\d\d:\d\d:\d\d\.\d{3}$/)).toBeVisible()
  await page.mouse.move(0, 0)
  await expect(chart.getByText(/^\d\d:\d\d:\d\d\.\d{3}$/)).toBeHidden()

  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(chart.getByText(/^\d\d:\d\d:\d\d\.\d{3}$/)).toBeVisible()
})

test('the window goes from a minute to an hour and is in the address, and a pause holds the chart @more', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/health`, { interval: '0.5' })
  const line = live.heartbeats.locator('[data-line=page]')
  await expect(line).toBeAttached()
  for (const [name, leftEdge] of [
    ['5 min', '−5 min'],
    ['1 h', '−60 min'],
    ['1 min', '−60 s'],
  ] as const) {
    await live.heartbeats.getByRole('radio', { name, exact: true }).check({ force: true })
    await expect(live.heartbeats.getByText(leftEdge, { exact: true })).toBeVisible()
  }
  await expect(page).toHaveURL(/window=1\b/)

  await live.heartbeats.getByRole('button', { name: 'Pause' }).click()
  const held = await line.getAttribute('d')
  // Their number would stop at what fits on the screen.
  const newest = () =>
    live.messages
      .getByText(/"type":"heartbeat"/)
      .last()
      .textContent()
  const before = await newest()
  await expect.poll(newest).not.toBe(before)
  expect(await line.getAttribute('d')).toBe(held)
  await live.heartbeats.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(() => line.getAttribute('d')).not.toBe(held)
})

test('closes, reconnections and hidden times are marked in the chart', async ({ page, server }) => {
  const foreign = await startForeignServer('silent')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const row = live.row('/foreign')
  await expect(row.getByText('open', { exact: true })).toBeVisible()
  for (const socket of foreign.sockets) socket.terminate()
  await expect(live.heartbeats.locator('[data-mark=close]')).toContainText('closed 1006')
  await live.press(row, 'Reconnect')
  await expect(row.getByText('open', { exact: true })).toBeVisible()
  await expect(live.heartbeats.locator('[data-mark=reconnect]')).toBeAttached()
  await setVisibility(page, 'hidden')
  await setVisibility(page, 'visible')
  await expect(live.heartbeats.getByText('page hidden')).toBeVisible()
  await foreign.stop()
})

test('a server that freezes misses beats, is suspected, and is known again when it thaws @more', async ({
  page,
  mortal,
}) => {
  test.setTimeout(60_000)
  const live = livePage(page)
  await live.open(mortal)
  await live.connect(`${mortal.wsOrigin}/ws/health`, { interval: '2', timeout: '1' })
  const row = live.row('/ws/health')
  // The chart's script comes from the same server.
  await expect(live.heartbeats.locator('[data-line=page]')).toBeAttached()
  mortal.freeze()
  await expect(row).toContainText('suspected half-open', { timeout: 20_000 })
  await expect(live.heartbeats.locator('[data-mark=missed]').first()).toBeAttached({ timeout: 10_000 })
  await expect(live.criteria).toContainText(/[1-9]\d* missed/)
  mortal.thaw()
  await expect(row).not.toContainText('suspected half-open')
})
