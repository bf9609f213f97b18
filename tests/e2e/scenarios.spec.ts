import type { Page } from 'playwright/test'
import { scenarios } from '#lib/scenarios/catalogue.ts'
import { violationsOn } from './support/axe.ts'
import { scenarioPage } from './support/scenario-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

// Scenarios make connections fail: Chromium prints that by itself.
test.use({ expectedConsole: { allow: [...brokenNetwork.allow, /^error: Mixed Content/] } })
test.describe.configure({ timeout: 240_000 })

/** Runs with every change; the others with the longer suite. */
const quick = 'upgrade-headers'

for (const { id, title, diagnose } of scenarios) {
  test(`${title}: from start to green by keyboard alone${id === quick ? '' : ' @more'}`, async ({
    page,
    server,
  }) => {
    const guide = scenarioPage(page, 'keyboard')
    await guide.open(server, id)
    await guide.reproduce()
    for (const step of ['reproduce', 'observe'] as const) {
      const checks = guide.step(step).getByRole('list', { name: 'What you should see' }).getByRole('listitem')
      await expect(checks.and(page.locator('[data-sight="seen"]'))).toHaveCount(await checks.count())
    }
    await guide.diagnose()
    const cause = guide.step('diagnose').getByRole('link', { name: 'What happens on the wire' })
    await expect(cause).toHaveAttribute('href', `/playbook/${diagnose.cause}`)
    await guide.mend()
    const criteria = page.getByRole('list', { name: 'Success criteria' }).getByRole('listitem')
    await expect(criteria.and(page.locator('[data-status="met"]'))).toHaveCount(6)
  })
}

for (const [id, kind] of [
  ['idle-timeout', 'nginx'],
  ['idle-timeout', 'haproxy'],
  ['idle-timeout', 'apache'],
  ['upgrade-headers', 'nginx'],
  ['upgrade-headers', 'apache'],
  ['never-establishes', 'nginx'],
  ['never-establishes', 'haproxy'],
  ['never-establishes', 'apache'],
  ['intermittent', 'nginx'],
] as const) {
  test(`${id} runs on a real ${kind}, with its configuration @more`, async ({ page, server }) => {
    const { real_proxies: installed } = await (await page.request.get(`${server.origin}/api/lab`)).json()
    const label = installed.find((proxy: { kind: string }) => proxy.kind === kind)?.label
    test.skip(label === undefined, `${kind} is not installed`)
    const guide = scenarioPage(page)
    await guide.open(server, id)
    await page.getByRole('group', { name: 'Proxy' }).getByText(label).click()
    await guide.reproduce()
    await expect(page.getByRole('region', { name: label })).toContainText('127.0.0.1')
    await guide.diagnose()
    await guide.mend()
    // Left as a person leaves it: the page stops the proxies that it started.
    await page.goto('about:blank')
  })
}

test('progress outlives leaving, coming back and a reload @more', async ({ page, server }) => {
  const guide = scenarioPage(page)
  await page.goto(`${server.origin}/playbook`)
  await expect(page.getByRole('link', { name: /^Reproduce it: / })).toHaveCount(scenarios.length)
  await page.getByRole('link', { name: 'Reproduce it: Origin not allowed' }).click()
  await guide.reproduce()
  await expect(page).toHaveURL(/[?&]at=sswww/)

  await page.getByRole('navigation', { name: 'Trail' }).getByRole('link', { name: 'Playbook' }).click()
  await page.getByRole('link', { name: 'Go on, 2 of 5 done: Origin not allowed' }).click()
  await expect(guide.step('observe')).toContainText('server: 403')
  // The connection is still there too, on the instruments.
  await expect(page.getByRole('region', { name: 'Connection' })).toContainText('never opened')

  await page.reload()
  await expect(guide.step('observe')).toContainText('server: 403')
  await guide.diagnose()
  await page.reload()
  await expect(guide.step('diagnose')).toContainText('Without an Origin')
  await expect(guide.progress).toHaveText('Step 4 of 5, Fix: to do')
})

test('a link with progress in another tab asks for nothing twice that is judged already', async ({
  page,
  server,
}) => {
  const guide = scenarioPage(page)
  await guide.open(server, 'origin', '?at=sssww')
  await expect(guide.progress).toHaveText('Step 4 of 5, Fix: to do')
  await guide.open(server, 'no-messages', '?at=sswww')
  await expect(guide.progress).toHaveText('Step 1 of 5, Reproduce: to do')
})

test('steps can be skipped, and the keyboard goes on with the next', async ({ page, server }) => {
  const guide = scenarioPage(page)
  await guide.open(server, 'origin')
  await page.getByRole('button', { name: 'Skip Reproduce' }).click()
  await expect(guide.progress).toHaveText('Step 3 of 5, Diagnose: to do')
  await expect(guide.step('diagnose')).toBeFocused()
  await page.getByRole('button', { name: 'Skip Diagnose' }).click()
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(guide.progress).toHaveText('Step 1 of 5, Reproduce: to do')
})

test('the palette runs a scenario @more', async ({ page, server }) => {
  await page.goto(`${server.origin}/playbook`)
  await page.getByRole('status', { name: 'Server' }).getByText('Server up').waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill('run scenario mixed')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${server.origin}/playbook/scenarios/mixed-content`)
})

test('mixed content happens for real on the page that the server gives over https @more', async ({
  browser,
  server,
}) => {
  // A person would click past the warning.
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const page = await context.newPage()
  const guide = scenarioPage(page)
  await guide.open(server, 'mixed-content')
  await expect(guide.step('reproduce')).toContainText('recorded with Chromium 156')
  await page.getByRole('button', { name: 'Open over HTTPS' }).click()
  await page.getByRole('link', { name: /^Go to https:/ }).click()
  await expect(page).toHaveURL(/^https:/)
  await guide.reproduce()
  await expect(guide.step('observe')).toContainText('An insecure WebSocket connection')
  await guide.diagnose()
  await guide.mend()
  await expect(page.getByRole('region', { name: 'Connection' })).toContainText('closed 1000')
  await context.close()
})

test('two people run a scenario at the same time without disturbing each other @more', async ({
  browser,
  server,
}) => {
  const people = await Promise.all(
    [0, 1].map(async () => {
      const context = await browser.newContext()
      return { context, page: await context.newPage() }
    }),
  )
  const walk = async (page: Page) => {
    const guide = scenarioPage(page)
    await guide.open(server, 'intermittent')
    await guide.reproduce()
    await expect(guide.step('observe')).toContainText('4 ended within')
    await guide.diagnose()
    await guide.mend()
  }
  await Promise.all(people.map(({ page }) => walk(page)))
  await Promise.all(people.map(({ context }) => context.close()))
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious, and a phone shows the step at hand, ${colorScheme} @more`, async ({
    page,
    server,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 390, height: 844 })
    const guide = scenarioPage(page)
    await guide.open(server, 'origin')
    await expect(guide.step('reproduce')).toBeInViewport()
    await looksRight(page)
    await guide.reproduce()
    await guide.diagnose()
    await expect(guide.step('fix').getByRole('button', { name: 'Apply: Fix' })).toBeInViewport()
    for (const summary of await page.getByText('On your own server').all()) await summary.click()
    await looksRight(page)
    await guide.open(server, 'mixed-content')
    await expect(guide.step('reproduce')).toBeVisible()
    await looksRight(page)
  })
}

async function looksRight(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await violationsOn(page, ['serious', 'critical'])).toEqual([])
}

test.describe('a scenario that there is not', () => {
  test.use({ expectedConsole: { allow: [/status of 404/] } })

  test('is no page', async ({ page, server }) => {
    const answer = await page.goto(`${server.origin}/playbook/scenarios/gremlins`)
    expect(answer?.status()).toBe(404)
  })
})
