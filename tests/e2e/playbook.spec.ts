import type { Page } from 'playwright/test'
import { catalogue } from '#lib/playbook/catalogue.ts'
import { closeCodes } from '#lib/protocol/close-codes.ts'
import { violationsOn } from './support/axe.ts'
import { expect, test } from './support/test.ts'

const article = '/playbook/idle-timeout'

/** Every link of the page that stays on this server. */
const ownLinks = (page: Page): Promise<string[]> =>
  page
    .locator('main a')
    .evaluateAll((links) => [
      ...new Set(
        links
          .map((link) => (link as HTMLAnchorElement).href)
          .filter((href) => href.startsWith(location.origin)),
      ),
    ])

test('leads from a symptom to its cause and to the close code', async ({ page, server }) => {
  await page.goto(server.origin)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Playbook' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Playbook')
  const table = page.getByRole('table', { name: 'Symptoms and causes' })
  await expect(table.getByRole('rowheader')).toHaveCount(8)
  const row = table.getByRole('row', { name: /^1006 after about 60 s idle/ })
  await row.getByRole('link', { name: 'Idle timeout at a proxy or load balancer' }).click()
  await expect(page).toHaveURL(`${server.origin}${article}`)
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('What happens on the wire')
  await page.getByRole('article').getByRole('link', { name: '1006', exact: true }).first().click()
  await expect(page).toHaveURL(`${server.origin}/playbook/codes#1006`)
  await expect(page.locator('[id="1006"]')).toBeInViewport()
})

test('every link of the pages resolves, every cause and every code is there @more', async ({
  page,
  server,
}) => {
  const links = new Set<string>()
  for (const path of ['/playbook', article, '/playbook/codes', '/playbook/checklist']) {
    await page.goto(server.origin + path)
    for (const link of await ownLinks(page)) links.add(link)
  }
  for (const { id } of catalogue) expect(links).toContain(`${server.origin}/playbook/${id}`)
  for (const { code } of closeCodes) expect(links).toContain(`${server.origin}/playbook/codes#${code}`)
  const texts = new Map<string, string>()
  for (const link of links) {
    const { hash, pathname } = new URL(link)
    if (!texts.has(pathname)) {
      const answer = await page.request.get(server.origin + pathname)
      expect(answer.status(), link).toBe(200)
      texts.set(pathname, await answer.text())
    }
    if (hash !== '') expect(texts.get(pathname), link).toContain(`id="${hash.slice(1)}"`)
  }
})

test('is whole without script', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.origin + article)
  await expect(page.getByRole('heading', { level: 2 })).toContainText([
    'What happens on the wire',
    'Why the browser says so little',
    'How to confirm',
    'Fix',
    'Evidence that proves it',
    'Sources',
  ])
  await page.goto(`${server.origin}/playbook`)
  await page.getByRole('textbox', { name: 'Search' }).fill('idle timeout')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('region', { name: 'Causes' }).getByRole('link').first()).toHaveAttribute(
    'href',
    article,
  )
  await context.close()
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing and nothing overflows a phone, ${colorScheme} @more`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of ['/playbook', article, '/playbook/codes']) {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto(server.origin + path)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width, path).toBeLessThanOrEqual(390)
      expect(await violationsOn(page), path).toEqual([])
    }
  })
}

test.describe('a cause that is not in the catalogue', () => {
  test.use({ expectedConsole: { allow: [/status of 404/] } })

  test('is no page', async ({ page, server }) => {
    const answer = await page.goto(`${server.origin}/playbook/gremlins`)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found.')
  })
})

test('a message is found by the line as it was printed, and has a page of its own', async ({
  page,
  server,
}) => {
  await page.goto(`${server.origin}/playbook/messages`)
  const box = page.getByRole('textbox', { name: 'Message' })
  await box.fill("app.js:3 WebSocket connection to 'wss://a.test/' failed: Ping timeout")
  await box.press('Enter')
  const best = page.getByRole('region', { name: 'Best match' })
  await expect(best).toContainText('Ping timeout')
  await best.getByRole('link').click()
  await expect(page).toHaveURL(`${server.origin}/playbook/messages/chromium/ping-timeout`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('failed: Ping timeout')
  await expect(page.getByRole('region', { name: 'Causes that fit' })).toBeVisible()
  expect(await violationsOn(page)).toEqual([])
})
