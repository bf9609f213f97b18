/** The Events page: how connections ended, found again in a million events. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright/test'
import { WebSocket } from 'ws'
import { livePage } from './support/live-page.ts'
import type { TestServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** A connection of a program beside the page, closed with its code. */
async function connection(server: TestServer, path: string, code: number): Promise<void> {
  const socket = new WebSocket(`${server.wsOrigin}${path}`, { origin: server.origin })
  await once(socket, 'open')
  socket.close(code)
  await once(socket, 'close')
}

const rows = (page: Page) => page.getByRole('grid').getByRole('row')
const region = (page: Page, name: string) => page.getByRole('region', { name })

test('connections are found by words and by a bar, one tells its story, and a reload shows the same', async ({
  page,
  server,
}) => {
  await connection(server, '/ws?trace=page-one', 4107)
  await connection(server, '/ws/echo?trace=page-two', 4107)
  await connection(server, '/ws/echo', 4108)
  await page.goto(`${server.origin}/events?code=4107`)
  await expect(rows(page)).toHaveCount(3)

  const field = page.getByRole('searchbox', { name: 'Filter' })
  await expect(field).toHaveValue('code:4107')
  await field.fill('code:4107 /ws/echo')
  await expect(rows(page)).toHaveCount(2)
  await expect(page).toHaveURL(/path=%2Fws%2Fecho|path=\/ws\/echo/)
  await region(page, 'Age at close').getByRole('button').first().click()
  await expect(page).toHaveURL(/age=\d+-\d+/)
  await expect(rows(page)).toHaveCount(2)

  await page.reload()
  await expect(rows(page)).toHaveCount(2)
  await rows(page).nth(1).click()
  const story = page.getByRole('dialog', { name: 'One connection to /ws/echo' })
  await expect(story.getByRole('listitem').filter({ hasText: 'disconnected' })).toContainText('4107 client')
  await expect(story.getByText('Server: by client id')).toBeVisible()
  await expect(story.getByText('This page did not open it')).toBeVisible()
})

const imported = (page: Page) => region(page, 'Imported logs')
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/logs/${name}`, import.meta.url))

test('imported logs are read, judged, filtered, shown line by line, and removed @more', async ({
  page,
  server,
}) => {
  await page.goto(`${server.origin}/events`)
  await page.getByLabel('Log files').setInputFiles(fixture('n-idle-rt/access.log'))
  await expect(imported(page).getByRole('status')).toContainText('30 connections in 36 lines')
  // They are of another day than today: the last 24 hours are those of the log.
  await expect(region(page, 'Verdict')).toContainText('30 of 30 connections ended after 60 s: one timer')
  await expect(page.getByRole('grid', { name: 'Connections' })).toHaveAttribute('aria-rowcount', '31')
  await expect(region(page, 'Age at close')).toContainText('30 at 60.0 s')

  await region(page, 'Time of close').getByRole('button').first().click()
  await expect(page).toHaveURL(/at=\d+-\d+/)
  await expect(page.getByRole('grid', { name: 'Connections' })).not.toHaveAttribute('aria-rowcount', '31')
  await page.getByRole('button', { name: /^Remove: / }).click()
  await rows(page).nth(1).click()
  const story = page.getByRole('dialog')
  await expect(story.getByText('Proxy: by its own line')).toBeVisible()
  await expect(story.getByRole('listitem').first()).toContainText('GET /ws HTTP/1.1')
  await story.getByRole('button', { name: 'Dismiss' }).click()

  await page.getByRole('radio', { name: 'Lines' }).check({ force: true })
  await expect(page.getByRole('grid', { name: 'Lines' })).toHaveAttribute('aria-rowcount', '37')
  await page.getByRole('searchbox', { name: 'Filter' }).fill('main.css')
  await expect(page.getByRole('grid', { name: 'Lines' }).getByText('GET /app/main.css').first()).toBeVisible()
  await expect(imported(page).getByRole('status')).toContainText('kept in this browser while the tab is open')
  await page.reload()
  await expect(imported(page).getByRole('status')).toContainText('30 connections in 36 lines')
  await imported(page).getByRole('button', { name: 'Remove imported logs' }).click()
  await expect(imported(page)).toBeHidden()
  await expect(page.getByText('No logs are imported.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('No logs are imported.')).toBeVisible()
})

test('a pasted log is imported, and why they ended is told in full @more', async ({ page, server }) => {
  await page.goto(`${server.origin}/events`)
  await expect(page.getByRole('button', { name: 'Import logs' })).toBeVisible()
  const text = await readFile(fixture('h-mix/haproxy.log'), 'utf8')
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, text)
  await expect(imported(page)).toContainText('pasted')
  await region(page, 'Verdict').getByRole('button', { name: 'Why?' }).click()
  const why = page.getByRole('dialog', { name: 'Why did they end?' })
  await expect(why.getByRole('region', { name: 'Verdict' }).getByRole('heading').nth(1)).toBeVisible()
})

test('what ends now appears by itself, and a pause holds the list @more', async ({ page, server }) => {
  await page.goto(`${server.origin}/events?code=4109`)
  await expect(page.getByText('Nothing matches the filter.')).toBeVisible()
  await connection(server, '/ws', 4109)
  await expect(rows(page)).toHaveCount(2)
  await expect(region(page, 'Age at close').getByRole('button')).toHaveCount(1)
  await page.getByRole('button', { name: 'Pause' }).click()
  await connection(server, '/ws/echo', 4109)
  await connection(server, '/ws', 4109)
  await page.getByRole('button', { name: 'Resume' }).click()
  await connection(server, '/ws/health', 4109)
  await expect(rows(page).filter({ hasText: '/ws/health' })).toHaveCount(1)
  await page.reload()
  await expect(rows(page)).toHaveCount(5)
})

test('the story of a connection of this page has the browser’s side, joined by its trace @more', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  await live.press(live.row('/ws/echo'), 'Close')
  await expect(live.row('/ws/echo')).toContainText('1000')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Events' }).click()
  await page.getByRole('searchbox', { name: 'Filter' }).fill('/ws/echo 1000')
  await rows(page).nth(1).click()
  const story = page.getByRole('dialog', { name: 'One connection to /ws/echo' })
  await expect(story.getByText('Browser: by trace')).toBeVisible()
  await expect(story.getByRole('listitem').filter({ hasText: 'browser' }).first()).toBeVisible()
  await expect(story.getByText('No proxy log was imported.')).toBeVisible()
})

test('a list of thousands is entered anywhere, by keys too @more', async ({ page, server }) => {
  await page.goto(`${server.origin}/events?view=events&range=all`)
  const sockets = await Promise.all(Array.from({ length: 60 }, () => connectionsOf(server)))
  await page.reload()
  const grid = page.getByRole('grid', { name: 'Events' })
  await expect(grid).toBeVisible()
  await expect
    .poll(async () => Number(await grid.getAttribute('aria-rowcount')))
    .toBeGreaterThan(sockets.length * 30)
  await grid.focus()
  await page.keyboard.press('End')
  const last = grid.getByRole('row').last()
  await expect(last).toContainText(/server|started|attempt/)
  await page.keyboard.press('Home')
  await expect(grid.locator('[aria-rowindex="2"]')).toBeVisible()
})

/** Ten connections, one after the other. */
async function connectionsOf(server: TestServer): Promise<void> {
  for (let index = 0; index < 10; index++) await connection(server, '/ws', 1000)
}
