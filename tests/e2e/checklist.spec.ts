import type { Page } from 'playwright/test'
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
const status = (page: Page) => page.getByRole('status', { name: 'Checklist' })

test('looks at this server by itself, and at the URL when told to', async ({ page, server }) => {
  await page.goto(`${server.origin}/playbook`)
  await page.getByRole('link', { name: 'Checklist' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Checklist')
  for (const title of ['Environment loaded', 'Endpoints respond', 'Memory', 'Port listens'])
    await expect(check(page, title)).toContainText('fine')
  for (const title of ['Upgrade through the proxy', 'Opens from this browser', 'Name resolves'])
    await expect(check(page, title)).toContainText('not known')

  await run(page)
  await expect(check(page, 'Upgrade through the proxy')).toContainText('fine')
  for (const title of ['Opens from this browser', 'Origin allowed', 'Log lines present', 'Port reachable'])
    await expect(check(page, title)).toContainText('fine')
  await expect(status(page)).toHaveText(/^0 problems, .* fine, 1 not known\.$/)
})

test('names what is wrong with the URL, and leads to the cause', async ({ page, server }) => {
  await page.goto(server.origin + withUrl(`${server.wsOrigin}/lab/strip-upgrade-headers/ws`))
  await run(page)
  const upgrade = check(page, 'Upgrade through the proxy')
  await expect(upgrade).toContainText('problem')
  await expect(upgrade).toContainText('426')
  await expect(check(page, 'Opens from this browser')).toContainText('error, then close with 1006')
  await upgrade.getByRole('link', { name: 'How to fix it' }).click()
  await expect(page).toHaveURL(`${server.origin}/playbook/upgrade-headers-stripped`)
  await page.getByRole('link', { name: 'checklist', exact: true }).click()
  await expect(page).toHaveURL(`${server.origin}${checklist}#proxy`)
})

test('judges an origin that may not connect, and one that is none @more', async ({ page, server }) => {
  await page.goto(server.origin + withUrl('ws://app.example/ws', 'https://app.example/page'))
  await expect(check(page, 'No mixed content')).toContainText('The constructor throws SecurityError')
  const url = page.getByRole('textbox', { name: 'WebSocket URL' })
  await url.fill(`${server.wsOrigin}/ws`)
  await expect(check(page, 'No mixed content')).toContainText('fine')
  await run(page)
  await expect(check(page, 'Origin allowed')).toContainText('https://app.example is not in ALLOWED_ORIGINS')
  await page.getByRole('textbox', { name: 'Page’s origin' }).fill('app.example')
  await expect(page.getByText('An origin is scheme and host')).toBeVisible()
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
  for (const { id, title, text, isTried } of commands) {
    const block = page.locator(`#command-${id}`)
    await expect(block.locator('pre')).toHaveText(text)
    await expect(block.getByText('not tried')).toHaveCount(isTried ? 0 : 1)
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
  await expect(page.getByRole('button', { name: /^Copy / })).toHaveCount(0)
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

test('by keyboard alone: type, run, go to a command, copy it @more', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(server.origin + checklist)
  await expect(check(page, 'Endpoints respond')).toContainText('fine')
  await page.getByRole('textbox', { name: 'WebSocket URL' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(`${server.wsOrigin}/ws/echo`)
  await page.keyboard.press('Enter')
  await expect(check(page, 'Opens from this browser')).toContainText('fine')
  await check(page, 'Origin allowed').getByRole('link', { name: 'curl (handshake only)' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#command-curl')).toBeInViewport()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Copy curl (handshake only)' })).toBeFocused()
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('/ws/echo')
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
  await page.goto(mortal.origin + checklist)
  await expect(check(page, 'Endpoints respond')).toContainText('fine')
  await mortal.kill()
  await run(page)
  await expect(page.getByRole('alert').getByText('The Why1006 server did not answer.')).toBeVisible()
  await mortal.restart()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(check(page, 'Endpoints respond')).toContainText('fine')
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
    await expect(check(page, 'Upgrade through the proxy')).toContainText('problem')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await violationsOn(page)).toEqual([])
  })
}
