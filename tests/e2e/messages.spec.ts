import { readFile } from 'node:fs/promises'
import { startForeignServer } from './support/foreign.ts'
import { livePage } from './support/live-page.ts'
import { expect, test } from './support/test.ts'

test('a message is judged while it is typed, sent, echoed and found again', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  await expect(live.messages).toContainText('welcome')

  const box = page.getByRole('textbox', { name: 'Message', exact: true })
  const region = page.getByRole('region', { name: 'Messages' })
  await box.fill('{"type":')
  await expect(region.getByText('invalid JSON', { exact: true })).toBeVisible()
  await box.fill('{"hello":"world"}')
  await expect(region.getByText('valid JSON', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(live.messages.getByText('{"hello":"world"}', { exact: true })).toBeVisible()
  await expect(live.messages.getByText(/"type":"echo".*"hello":"world"/)).toBeVisible()

  await box.press('ArrowUp')
  await expect(box).toHaveValue('{"hello":"world"}')

  await page.getByRole('textbox', { name: 'Filter messages' }).fill('welcome')
  await expect(live.messages.getByText('{"hello":"world"}', { exact: true })).toBeHidden()
  await expect(page).toHaveURL(/messages=welcome/)
})

test('bytes go out as hex and come back unchanged', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  await expect(live.messages).toContainText('welcome')
  await page.getByText('Hex', { exact: true }).last().click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('de ad be ef')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(live.messages.getByText('de ad be ef')).toHaveCount(2)
})

test('a message repeats until it is stopped, and the log is exported as JSON lines', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws`)
  await page.getByRole('combobox', { name: 'Template' }).selectOption({ label: 'Ping' })
  await page.getByLabel('Repeat every, in milliseconds').fill('50')
  await page.getByRole('button', { name: 'Repeat', exact: true }).click()
  const region = page.getByRole('region', { name: 'Messages' })
  await expect(region.getByText(/^[3-9] times sent$/)).toBeVisible()
  await page.getByRole('button', { name: 'Stop repeating' }).click()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as JSON lines' }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n')
  const messages = lines.map((line) => JSON.parse(line)).filter((line) => line.opcode === 'text')
  expect(messages.filter((line) => line.direction === 'out').length).toBeGreaterThanOrEqual(3)
  expect(messages.some((line) => line.direction === 'in' && line.data.includes('"pong"'))).toBe(true)
})

test('the same connection is copied for another client', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  await live.press(live.row('/ws/echo'), 'Copy as…')
  const dialog = page.getByRole('dialog', { name: 'Copy as' })
  await dialog.getByRole('tab', { name: 'websocat' }).click()
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain(`${server.wsOrigin}/ws/echo`)
})

test('a file goes out as binary, and one direction is shown alone @more', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  await expect(live.messages).toContainText('welcome')
  await page.getByRole('radio', { name: 'File' }).check({ force: true })
  await page.locator('input[type=file]').setInputFiles({
    name: 'four.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('cafe0001', 'hex'),
  })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(live.messages.getByText('ca fe 00 01')).toHaveCount(2)
  await expect(live.messages.getByText('4 B', { exact: true })).toHaveCount(2)
  await page.getByRole('radio', { name: 'Out', exact: true }).check({ force: true })
  await expect(live.messages.getByText('ca fe 00 01')).toHaveCount(1)
  await expect(page).toHaveURL(/direction=out/)
})

test('the log follows its tail until it is scrolled, counts what is new, and draws only what is seen', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws`)
  await page.getByRole('combobox', { name: 'Template' }).selectOption({ label: 'Ping' })
  await page.getByLabel('Repeat every, in milliseconds').fill('20')
  await page.getByRole('button', { name: 'Repeat', exact: true }).click()
  const region = page.getByRole('region', { name: 'Messages' })
  await expect(region.getByText(/^[1-9]\d{2} times sent$/)).toBeVisible()
  expect(await live.messages.getByText('{"type":"ping"}').count()).toBeLessThan(60)

  await live.messages.hover()
  await page.mouse.wheel(0, -600)
  const pill = region.getByRole('button', { name: /\d+ new/ })
  await expect(pill).toBeVisible()
  const top = await live.messages.evaluate((log) => log.scrollTop)
  const said = await pill.textContent()
  await expect(pill).not.toHaveText(said ?? '')
  expect(await live.messages.evaluate((log) => log.scrollTop)).toBe(top)
  await pill.click()
  await expect(pill).toBeHidden()
})

test('a log that is full says how many entries it let go @more', async ({ page, server }) => {
  const foreign = await startForeignServer('flooding')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const region = page.getByRole('region', { name: 'Messages' })
  await expect(region.getByText(/^50\d older entries left the page to make room\.$/)).toBeVisible()
  await expect(live.messages.getByText('{"number":10500}')).toBeVisible()
  await foreign.stop()
})
