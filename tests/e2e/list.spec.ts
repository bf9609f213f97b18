import type { Page } from 'playwright/test'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { setTouched } from './support/fingers.ts'
import { startForeignServer } from './support/foreign.ts'
import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

/** Rows that are seen whole, in the order of the screen, by their names. */
function seenRows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const list = document.querySelector('ul[aria-label="Connections"]')
    if (list === null) return []
    const { top, bottom } = list.getBoundingClientRect()
    return [...list.querySelectorAll<HTMLElement>('[data-row-button]')]
      .map((row) => ({ name: row.textContent ?? '', box: row.parentElement?.getBoundingClientRect() }))
      .filter(({ box }) => box !== undefined && box.top >= top - 1 && box.bottom <= bottom + 1)
      .sort((a, b) => (a.box?.top ?? 0) - (b.box?.top ?? 0))
      .map(({ name }) => name)
  })
}

/** What moved by itself since the page was opened, as Chrome counts it. */
async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((entries) => {
          for (const entry of entries.getEntries() as (PerformanceEntry & {
            value: number
            hadRecentInput: boolean
          })[])
            if (!entry.hadRecentInput) sum += entry.value
        }).observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
      }),
  )
}

test('what failed comes first, and nothing moves but what failed', async ({ page, server }) => {
  const foreign = await startForeignServer('silent')
  const live = livePage(page)
  await live.open(server)
  for (let index = 0; index < 6; index++) await live.connect(`${server.wsOrigin}/ws/echo?row=${index}`)
  await live.connect(foreign.url)
  await live.connect(`ws://127.0.0.1:${await freePort()}/nobody`)
  await expect(live.row('/nobody')).toContainText('never opened')
  await page.mouse.move(0, 0)
  await expect.poll(async () => (await seenRows(page))[0]).toMatch(/\/nobody$/)

  for (const socket of foreign.sockets) socket.terminate()
  await expect(live.row('/foreign')).toContainText('closed 1006')
  await expect
    .poll(async () => (await seenRows(page)).slice(0, 2))
    .toEqual([expect.stringMatching(/\/foreign$/), expect.stringMatching(/\/nobody$/)])
  expect(await layoutShift(page)).toBeLessThan(0.01)
  await foreign.stop()
})

test('the list is filtered by text and by state, with counts', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  for (let index = 0; index < 5; index++) await live.connect(`${server.wsOrigin}/ws/echo?row=${index}`)
  await live.connect(`ws://127.0.0.1:${await freePort()}/nobody`)
  await expect(live.row('/nobody')).toContainText('never opened')
  const show = page.getByRole('group', { name: 'Show', exact: true })
  await expect(show).toContainText('All 6')
  await expect(show).toContainText('Open 5')
  await show.getByText('Failed 1').click()
  await expect(live.connections.getByRole('listitem')).toHaveCount(1)
  await show.getByText('All 6').click()
  await page.getByRole('textbox', { name: 'Filter connections' }).fill('row=3')
  await expect(live.connections.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('textbox', { name: 'Filter connections' }).fill('no such row')
  await expect(page.getByText('No connections match the filter.')).toBeVisible()
})

test('rows are picked together, closed and removed together', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  for (let index = 0; index < 4; index++) await live.connect(`${server.wsOrigin}/ws/echo?row=${index}`)
  const box = (index: number) => page.getByRole('checkbox', { name: new RegExp(`^Select .*row=${index}`) })
  await box(0).check()
  await box(2).click({ modifiers: ['Shift'] })
  const region = page.getByRole('region', { name: 'Connections' })
  await expect(region).toContainText('3 selected')
  await page.getByRole('button', { name: 'Close selected' }).click()
  await expect(live.connections.getByText('closed 1000', { exact: true })).toHaveCount(3)
  await expect(live.connections.getByText('open', { exact: true })).toHaveCount(1)
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await page.getByRole('button', { name: 'Remove closed' }).click()
  await expect(live.connections.getByRole('listitem')).toHaveCount(1)

  await live.connect(`${server.wsOrigin}/ws/echo?row=4`)
  await expect(live.connections.getByText('open', { exact: true })).toHaveCount(2)
  await page.getByRole('button', { name: 'Close all' }).click()
  await expect(live.connections.getByText('closed 1000', { exact: true })).toHaveCount(2)
})

test('by keyboard rows are moved through, picked and removed, and the focus goes where the eye goes', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.watchHeartbeat()
  await expect(live.row('/ws/health').getByRole('button').first()).toBeFocused()
  await live.connect(`${server.wsOrigin}/ws/echo`)
  const echo = live.row('/ws/echo')
  await echo.getByRole('button').first().focus()
  await page.keyboard.press('ArrowUp')
  await expect(live.row('/ws/health')).toHaveAttribute('data-selected')
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  await expect(page.getByRole('region', { name: 'Connections' })).toContainText('2 selected')
  await page.getByRole('button', { name: 'Clear selection' }).press('Enter')
  await echo.getByRole('button', { name: 'Remove' }).press('Enter')
  await expect(live.row('/ws/health').getByRole('button').first()).toBeFocused()
  await live.row('/ws/health').getByRole('button', { name: 'Remove' }).press('Enter')
  await expect(live.url).toBeFocused()
})

test('at 50 connections 25 are seen at 1440×900 @more', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  for (let index = 0; index < 48; index++) await live.connect(`${server.wsOrigin}/ws/echo?row=${index}`)
  for (let index = 0; index < 2; index++) await live.connect(`ws://127.0.0.1:${await freePort()}/nobody`)
  await expect(live.connections.getByText('open', { exact: true })).toHaveCount(48)
  await page.mouse.move(0, 0)
  await live.connections.evaluate((list) => list.scrollTo(0, 0))
  await expect
    .poll(async () => (await seenRows(page)).slice(0, 2))
    .toEqual([expect.stringMatching(/\/nobody$/), expect.stringMatching(/\/nobody$/)])
  expect((await seenRows(page)).length).toBeGreaterThanOrEqual(25)
})

test('on a phone the actions of a row are one line, and the rarer ones behind one button @more', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await setTouched(page, true)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  const actions = page.getByRole('group', { name: 'Actions for /ws/echo' })
  const seen = actions.getByRole('button').or(actions.getByRole('link'))
  await expect(seen).toHaveText(['Close', 'Close with…', 'Reconnect', 'Diagnose', '', ''])
  const middles = await seen.evaluateAll((all) =>
    all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => Math.round((top + bottom) / 2)),
  )
  expect(new Set(middles).size).toBe(1)
  await actions.getByRole('button', { name: 'More actions' }).click()
  await live.press(actions, 'Copy as…')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await live.press(actions, 'Remove')
  await expect(page.getByRole('button', { name: 'Watch a heartbeat' })).toBeVisible()
})
