import { violationsOn } from './support/axe.ts'
import { diagnosePage } from './support/diagnose-page.ts'
import { expect, test } from './support/test.ts'

const refusal =
  "app.js:12 WebSocket connection to 'wss://board.test/live' failed: Error during WebSocket handshake: Unexpected response code: 426"
const configuration =
  'server {\n  listen 80;\n  server_name board.test;\n  location / {\n    proxy_pass http://10.0.0.7:3000;\n  }\n}'

test('a message and a configuration in one paste give the verdict, and nothing leaves the browser', async ({
  page,
  server,
}) => {
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await diagnose.url.fill(`${refusal}\n\n${configuration}\nthanks in advance`)
  await diagnose.run()
  await expect(diagnose.verdict).toContainText(/Upgrade header/)
  const read = diagnose.region('What was read')
  await expect(read).toContainText('Browser console')
  await expect(read).toContainText('lines 3–9')
  await expect(read).toContainText('thanks in advance')
  await expect(diagnose.region('Fix')).toContainText('proxy_set_header Upgrade')
  expect(posts).toEqual([])
  expect(await violationsOn(page)).toEqual([])

  await page.getByRole('button', { name: 'Keep report' }).click()
  await page.getByRole('link', { name: 'Open report' }).click()
  await expect(page).toHaveURL(/\/reports\/[0-9a-f]{32}$/)
  await expect(diagnose.verdict).toContainText(/Upgrade header/)
})

test('files are added by name, and what is pasted beside no field goes into the box', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await expect(diagnose.url).toBeVisible()
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'site.conf', mimeType: 'text/plain', buffer: Buffer.from(configuration) }])
  await expect(page.getByRole('button', { name: 'Remove site.conf' })).toBeVisible()
  await page
    .locator('h1')
    .first()
    .evaluate((heading, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      heading.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    }, refusal)
  await expect(diagnose.url).toHaveValue(refusal)
  await diagnose.run()
  const read = diagnose.region('What was read')
  await expect(read).toContainText('site.conf')
  await expect(read).toContainText('paste')
})

test('a paste of 20 MB leaves the page responsive, and says what it skipped @more', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  const line = `${'x'.repeat(99)}\n`
  await page
    .locator('input[type=file]')
    .setInputFiles([
      { name: 'big.log', mimeType: 'text/plain', buffer: Buffer.from(`${refusal}\n${line.repeat(210_000)}`) },
    ])
  await diagnose.run()
  await expect(diagnose.region('What was read')).toContainText('were not read: the limit is 20 MiB', {
    timeout: 60_000,
  })
})
