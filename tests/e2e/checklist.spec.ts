import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright/test'
import { checkKinds } from '#lib/checklist/checks.ts'
import { commandsFor } from '#lib/checklist/commands.ts'
import { violationsOn } from './support/axe.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

const checklist = '/playbook/checklist'
const withUrl = (url: string, origin?: string) =>
  `${checklist}?${new URLSearchParams({ url, ...(origin !== undefined && { origin }) })}`

const check = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
const run = (page: Page) => page.getByRole('button', { name: 'Run the checks' }).click()
const ownServer = (page: Page) => page.getByRole('tab', { name: 'This Why1006 server' })
const status = (page: Page) => page.getByRole('status', { name: 'Checklist' })

test('looks at this server by itself, and at the URL when told to', async ({ page, server }) => {
  await page.goto(`${server.origin}/playbook`)
  await page.getByRole('link', { name: 'Checklist' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Checklist')
  for (const title of ['Upgrade through the proxy', 'Opens from this browser', 'Name resolves'])
    await expect(check(page, title)).toContainText('not run')
  await ownServer(page).click()
  for (const title of ['Environment loaded', 'Endpoints respond', 'Memory', 'Port listens'])
    await expect(check(page, title)).toContainText('passed')
  await expect(check(page, 'Upgrade through the proxy')).toHaveCount(0)

  await page.getByRole('textbox', { name: 'WebSocket URL' }).fill(`${server.wsOrigin}/ws/health`)
  await run(page)
  await expect(page.getByRole('tab', { name: 'Your URL' })).toHaveAttribute('aria-selected', 'true')
  await expect(check(page, 'Upgrade through the proxy')).toContainText('passed')
  for (const title of ['Opens from this browser', 'Origin allowed', 'Port reachable'])
    await expect(check(page, title)).toContainText('passed')
  await expect(status(page)).toHaveText('7 passed, 1 not run.')
  await ownServer(page).click()
  await expect(check(page, 'Log lines present')).toContainText('passed')
})

test('says nothing good of another server because of its own settings', async ({ page, server }) => {
  const refusing = createServer((_, response) => response.writeHead(403).end()).listen(0, '127.0.0.1')
  await once(refusing, 'listening')
  const { port } = refusing.address() as AddressInfo
  await page.goto(server.origin + withUrl(`ws://127.0.0.1:${port}/ws`))
  await run(page)
  await expect(status(page)).toHaveText(
    '2 failed: Upgrade through the proxy (403), Opens from this browser. 4 passed, 2 not run.',
  )
  await expect(check(page, 'Origin allowed')).toContainText('every Origin that was tried (403)')
  const titles = page.getByRole('list', { name: 'Checks' }).getByRole('heading', { level: 2 })
  await expect(titles.first()).toHaveText('Upgrade through the proxy')
  await expect(titles.nth(1)).toHaveText('Opens from this browser')
  // The commands stand under what failed, and are folded elsewhere.
  await expect(page.locator('#command-curl')).toBeVisible()
  await expect(page.locator('#command-resolve')).toBeHidden()
  refusing.close()
})

test('names what is wrong with the URL, and leads to the cause', async ({ page, server }) => {
  await page.goto(server.origin + withUrl(`${server.wsOrigin}/lab/strip-upgrade-headers/ws`))
  await run(page)
  const upgrade = check(page, 'Upgrade through the proxy')
  await expect(upgrade).toContainText('failed')
  await expect(upgrade).toContainText('426')
  await expect(check(page, 'Opens from this browser')).toContainText('Failed to connect (error, then 1006)')
  await upgrade.getByRole('link', { name: 'How to fix it' }).click()
  await expect(page).toHaveURL(`${server.origin}/playbook/upgrade-headers-stripped`)
  await page.getByRole('link', { name: 'checklist', exact: true }).click()
  await expect(page).toHaveURL(`${server.origin}${checklist}#check-proxy-upgrade`)
})

test('judges an origin that may not connect, and one that is none @more', async ({ page, server }) => {
  await page.goto(server.origin + withUrl('ws://app.example/ws', 'https://app.example/page'))
  await expect(check(page, 'No mixed content')).toContainText('The constructor throws SecurityError')
  const url = page.getByRole('textbox', { name: 'WebSocket URL' })
  await url.fill(`${server.wsOrigin}/ws`)
  await expect(check(page, 'No mixed content')).toContainText('passed')
  await run(page)
  await expect(check(page, 'Origin allowed')).toContainText(
    'With Origin https://app.example: 403. Without an Origin it opens.',
  )
  await page.getByRole('textbox', { name: 'Page’s origin' }).fill('app.example')
  await expect(page.getByText('An origin is a scheme and a host')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run the checks' })).toBeDisabled()
})

test('fills every command in as the URL is typed, keeps it in the address, and copies @more', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(server.origin + checklist)
  const url = "wss://app.example:8443/a'b;$(id)/ws?x=1"
  await page.getByRole('textbox', { name: 'WebSocket URL' }).fill(url)
  const commands = commandsFor({ url: new URL(url).href })
  const shown = new Set<string>(
    Object.values(checkKinds).flatMap((kind) => (kind.about === 'url' ? [...kind.commands] : [])),
  )
  for (const { id, title, text, isTried } of commands.filter(({ id }) => shown.has(id))) {
    const block = page.locator(`#command-${id}`)
    if (!(await block.isVisible()))
      await page.locator('li > div > details:not([open])', { has: block }).locator('summary').click()
    await expect(block.locator('pre')).toHaveText(text)
    await expect(block.getByText('untested')).toHaveCount(isTried ? 0 : 1)
    await expect(block.getByRole('button', { name: `Copy ${title}` })).toBeVisible()
  }
  await page.getByRole('button', { name: 'Copy curl (handshake only)' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(commands.find(({ id }) => id === 'curl')?.text)
  await expect(page).toHaveURL(/\?url=wss:/)
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'WebSocket URL' })).toHaveValue(url)

  await page.getByRole('textbox', { name: 'WebSocket URL' }).fill('ftp://app.example/')
  await expect(page.getByText('WebSocket URLs begin with ws:// or wss://')).toBeVisible()
  await expect(page.locator('#command-curl')).toContainText('https://app.example/ws')
})

test('the console’s command prints the messages and how it closed', async ({ browser, server }) => {
  const page = await browser.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await page.goto(`${server.origin}/playbook/codes`)
  const url = `${server.wsOrigin}/lab/close/ws/health?code=4001&reason=bye&after_seconds=0.5`
  const text = commandsFor({ url }).find(({ id }) => id === 'console')?.text
  // As a person's console does: the page's policy does not bind it.
  const console = await page.context().newCDPSession(page)
  await console.send('Runtime.evaluate', { expression: text ?? '' })
  await expect
    .poll(() => said.join('\n'))
    .toMatch(/open, subprotocol:[\s\S]*in .*health_status[\s\S]*close 4001 bye true/)
  await page.close()
})

test('by keyboard alone: type, run, unfold a command, copy it @more', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(server.origin + checklist)
  await page.getByRole('textbox', { name: 'WebSocket URL' }).focus()
  await page.keyboard.type(`${server.wsOrigin}/ws/echo`)
  await page.keyboard.press('Enter')
  await expect(check(page, 'Opens from this browser')).toContainText('passed')
  await check(page, 'Upgrade through the proxy').locator('summary').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#command-curl')).toBeInViewport()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Copy curl (handshake only)' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('/ws/echo')
})

test('is found in the palette @more', async ({ page, server }) => {
  await page.goto(server.origin)
  // Before its script runs, a page hears no key.
  await page.getByRole('status', { name: 'Server' }).getByText('Server up').waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill('checklist')
  await expect(palette.getByRole('option', { name: 'Checklist' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(server.origin + checklist)
})

test('says that the server did not answer, and tries again @more', async ({ page, mortal }) => {
  await page.goto(mortal.origin + withUrl(`${mortal.wsOrigin}/ws`))
  await ownServer(page).click()
  await expect(check(page, 'Endpoints respond')).toContainText('passed')
  await mortal.kill()
  await run(page)
  await expect(page.getByRole('alert').getByText('The Why1006 server did not answer.')).toBeVisible()
  await mortal.restart()
  await page.getByRole('button', { name: 'Try again' }).click()
  await ownServer(page).click()
  await expect(check(page, 'Endpoints respond')).toContainText('passed')
})

test('has its commands without script @more', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.origin + withUrl('wss://app.example/ws'))
  await expect(page.locator('#command-curl')).toContainText('https://app.example/ws')
  await context.close()
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing and nothing overflows a phone, checklist, ${colorScheme} @more`, async ({
    page,
    server,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(server.origin + withUrl(`${server.wsOrigin}/lab/bad-gateway/ws`))
    await run(page)
    await expect(check(page, 'Upgrade through the proxy')).toContainText('failed')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await violationsOn(page)).toEqual([])
  })
}
