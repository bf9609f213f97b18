/** The Events page: how connections ended, found again in a million events. */
import { once } from 'node:events'
import type { Page } from 'playwright/test'
import { WebSocket } from 'ws'
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
