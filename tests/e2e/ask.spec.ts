import type { Page } from 'playwright/test'
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
  await diagnose.url.fill(`${refusal}\n\n${configuration}\nFooGateway: socket refused by policy 17`)
  await diagnose.run()
  await expect(diagnose.verdict).toContainText(/Upgrade header/)
  const read = diagnose.region('What was read')
  await expect(read).toContainText('Browser console')
  await expect(read).toContainText('lines 3–9')
  await expect(read).toContainText('FooGateway: socket refused by policy 17')
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

test('what is typed is recognized piece by piece, and an address needs no recognition', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  const recognized = page.getByRole('list', { name: 'Recognized' })
  await diagnose.url.pressSequentially(refusal)
  await expect(recognized).toContainText('Browser console')
  await expect(recognized).toContainText('HTTP 426')
  await diagnose.url.press('End')
  await diagnose.url.press('Enter')
  await diagnose.url.pressSequentially('FooGateway: socket refused by policy 17')
  await expect(recognized).toContainText('1 line not understood')
  expect(await violationsOn(page)).toEqual([])
  await diagnose.url.fill('wss://board.test/live')
  await expect(recognized).toHaveCount(0)
})

test('words that tell of no station draw no path', async ({ page, server }) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await diagnose.url.fill('FooGateway: socket refused by policy 17')
  await diagnose.run()
  await expect(diagnose.region('What was read')).toContainText('not understood')
  await expect(diagnose.verdict).toBeVisible()
  await expect(diagnose.region('Path')).toHaveCount(0)
})

test('what is pasted or dropped anywhere goes into the box, and joins what is there', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await diagnose.url.fill('wss://board.test/live')
  const heading = page.locator('h1').first()
  await heading.evaluate((element, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, refusal)
  await expect(diagnose.url).toHaveValue(`wss://board.test/live\n${refusal}`)
  await heading.evaluate((element, text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'site.conf'))
    for (const type of ['dragover', 'drop'])
      element.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  }, configuration)
  await expect(page.getByRole('button', { name: 'Remove site.conf' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Recognized' })).toContainText('site.conf')
  await diagnose.run()
  await expect(diagnose.verdict).toContainText(/Upgrade header/)
})

test('more evidence is added to what was brought, with a click where a click tells it', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await diagnose.url.fill("WebSocket connection to 'wss://board.test/live' failed: ")
  await diagnose.run()
  await diagnose.region('More evidence').getByRole('textbox').fill(refusal)
  await diagnose.region('More evidence').getByRole('button', { name: 'Add' }).click()
  await expect(diagnose.verdict).toContainText('426')
  await expect(diagnose.region('What was read')).toContainText('added')
})

test('the fix opens for the reader’s own programs, and remembers a choice', async ({ page, server }) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await diagnose.url.fill(`${refusal}\n\n${configuration}`)
  await diagnose.run()
  const fix = diagnose.region('Fix')
  const stack = fix.getByRole('group', { name: 'Your stack' })
  await expect(stack.getByRole('combobox', { name: 'Proxy' })).toHaveValue('nginx')
  await expect(stack).toContainText('detected')
  const nginx = fix.getByRole('region', { name: /^your nginx configuration/ })
  await expect(nginx.getByText('proxy_set_header Upgrade')).toBeVisible()
  await expect(nginx).toContainText('nginx -t && nginx -s reload')
  const apache = fix.getByText('Apache httpd 2.4.47 or later')
  await expect(apache).toBeHidden()
  expect(await violationsOn(page)).toEqual([])

  await stack.getByRole('combobox', { name: 'Proxy' }).selectOption('apache')
  await expect(apache).toBeVisible()
  await expect(nginx.getByText('proxy_set_header Upgrade')).toBeHidden()

  // Where nothing shows a program, the choice holds.
  await page.goto(`${server.origin}/playbook/upgrade-headers-stripped`)
  await expect(page.getByRole('combobox', { name: 'Proxy' })).toHaveValue('apache')
})

/** Everything that is large or odd enough to hold a page up, each with what is said of it. */
const heavy = {
  'a paste of 20 MB': {
    text: `${refusal}\n${`${'x'.repeat(99)}\n`.repeat(210_000)}`,
    says: 'were not read: the limit is 20 MiB',
  },
  'a line of 10 MB': { text: `${refusal}\n${'x'.repeat(10_000_000)}`, says: 'HTTP 426' },
  'a million short lines': { text: `${refusal}\n${'a\n'.repeat(1_000_000)}`, says: 'HTTP 426' },
  'nested JSON': { text: '['.repeat(2_000_000), says: 'not understood' },
  'a nested document': { text: `${'{"log":'.repeat(300_000)}1${'}'.repeat(300_000)}`, says: 'line 1' },
} as const

for (const [what, { text, says }] of Object.entries(heavy)) {
  test(`${what} is kept beside the box and read off the page’s main thread @more`, async ({
    page,
    server,
  }) => {
    const diagnose = diagnosePage(page, server)
    await page.goto(`${server.origin}/diagnose`)
    await expect(diagnose.url).toBeVisible()
    await pasteInto(page, text)
    await expect(page.getByRole('button', { name: 'Remove paste' })).toBeVisible()
    // A field with it in it would be slow to draw and to type in.
    await expect(diagnose.url).toHaveValue('')
    await diagnose.run()
    // While it is read, the page does as it is told.
    await diagnose.url.fill('still here')
    await expect(diagnose.region('What was read')).toContainText(says, { timeout: 80_000 })
  })

  test(`${what} leaves no task of the page longer than 50 ms @bench`, async ({ page, server }) => {
    const diagnose = diagnosePage(page, server)
    await page.goto(`${server.origin}/diagnose`)
    await expect(diagnose.url).toBeVisible()
    await noteLongTasks(page)
    await pasteInto(page, text)
    await expect(page.getByRole('button', { name: 'Remove paste' })).toBeVisible()
    await diagnose.run()
    await expect(diagnose.region('What was read')).toContainText(says, { timeout: 80_000 })
    const long = await longTasksOf(page)
    process.stdout.write(`\n${what}: tasks over 50 ms: ${long.map(Math.round).join(', ') || 'none'}\n`)
    expect(long).toEqual([])
  })
}

const noteLongTasks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const found: number[] = []
    const note = (list: PerformanceObserverEntryList) =>
      found.push(...list.getEntries().map(({ duration }) => duration))
    new PerformanceObserver(note).observe({ type: 'longtask' })
    Object.assign(window, { longTasks: found })
  })

const longTasksOf = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)

/** An access log of at least so many bytes, made in the page: of thirty lines one is a tunnel that ended after a minute. */
async function dropLog(page: Page, bytes: number): Promise<void> {
  await page.evaluate((wanted) => {
    const two = (value: number) => String(value % 60).padStart(2, '0')
    const lines = Array.from({ length: 6000 }, (_, at) => {
      const isTunnel = at % 30 === 0
      const request = isTunnel ? '"GET /ws HTTP/1.1" 101 137' : '"GET /app.js HTTP/1.1" 200 5120'
      const took = isTunnel ? `60.0${10 + (at % 80)}` : '0.003'
      const stamp = `20/Nov/2026:09:${two(Math.floor(at / 100))}:${two(at)} +0000`
      return `203.0.113.${at % 250} - - [${stamp}] ${request} "-" "Mozilla/5.0 (X11; Linux x86_64)" rt=${took}\n`
    })
    const chunk = new Blob(lines)
    const parts = Array.from({ length: Math.ceil(wanted / chunk.size) }, () => chunk)
    const data = new DataTransfer()
    data.items.add(new File(parts, 'access.log'))
    for (const type of ['dragover', 'drop'])
      document
        .querySelector('h1')
        ?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  }, bytes)
}

test('a log of 100 MB shows its verdict while it is read, and is read whole @more', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await expect(diagnose.url).toBeVisible()
  await dropLog(page, 100_000_000)
  await expect(page.getByRole('button', { name: 'Remove access.log' })).toBeVisible()
  await diagnose.run()
  const reading = page.getByRole('region', { name: 'Reading' })
  await expect(reading).toContainText(/Read [\d.]+ MiB of [\d.]+ MiB/)
  await expect(diagnose.verdict).toContainText('60 s')
  await expect(page.getByRole('button', { name: 'Keep report' })).toBeVisible({ timeout: 60_000 })
  await expect(reading).toBeHidden()
  await expect(diagnose.region('What was read')).toContainText('nginx access log')
})

test('a log of 100 MB shows a verdict soon, and leaves no task of the page longer than 50 ms @bench', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await expect(diagnose.url).toBeVisible()
  await dropLog(page, 100_000_000)
  await expect(page.getByRole('button', { name: 'Remove access.log' })).toBeVisible()
  await noteLongTasks(page)
  const startedAt = performance.now()
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1)
  await diagnose.run()
  await expect(diagnose.verdict).toContainText('60 s')
  const first = seconds()
  await expect(page.getByRole('button', { name: 'Keep report' })).toBeVisible({ timeout: 60_000 })
  const long = await longTasksOf(page)
  const tasks = `tasks over 50 ms: ${long.map(Math.round).join(', ') || 'none'}`
  process.stdout.write(`\n100 MB: a verdict after ${first} s, all of it after ${seconds()} s, ${tasks}\n`)
  expect(long).toEqual([])
})

test('a log that is being read can be stopped, and what was read is the answer @more', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await expect(diagnose.url).toBeVisible()
  await dropLog(page, 1_000_000_000)
  await diagnose.run()
  await page.getByRole('region', { name: 'Reading' }).getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('button', { name: 'Keep report' })).toBeVisible()
  await expect(diagnose.verdict).toContainText('1006')
})

/** As a browser pastes into a field that has the focus. The text is handed over before anything is measured. */
async function pasteInto(page: Page, text: string): Promise<void> {
  // What the test itself hands over costs the page a task of its own.
  const handle = await page.evaluateHandle((given) => {
    const data = new DataTransfer()
    data.setData('text/plain', given)
    return data
  }, text)
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)))
  await page.getByRole('textbox', { name: 'What went wrong?' }).evaluate((field, data) => {
    ;(window as unknown as { longTasks?: number[] }).longTasks?.splice(0)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, handle)
}
