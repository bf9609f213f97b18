/** The Lab's page itself: what stands where, for whom, and what ends when it is left. */
import type { Page } from 'playwright/test'
import { violationsOn } from './support/axe.ts'
import type { TestServer } from './support/server.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })
test.setTimeout(90_000)

const verdictWithinMs = 60_000

function labPage(page: Page) {
  const verdict = page.getByRole('region', { name: 'Verdict' })
  return {
    verdict,
    connection: page.getByRole('region', { name: 'Connection', exact: true }),
    run: page.getByRole('button', { name: 'Run', exact: true }),
    judged: () =>
      expect(verdict.getByRole('link', { name: 'Whole report' })).toBeVisible({ timeout: verdictWithinMs }),
    open: (server: TestServer, search: string) => page.goto(`${server.origin}/lab?${search}`),
  }
}

async function openConnections(page: Page, server: TestServer): Promise<number> {
  const answer = await page.request.get(`${server.origin}/api/lab`)
  return (await answer.json()).connections.open
}

test('Run, pulse and verdict are seen at one glance, and nothing moves when the verdict comes', async ({
  page,
  server,
}) => {
  const lab = labPage(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await lab.open(server, 'fault=strip-upgrade-headers')
  await expect(lab.run).toBeInViewport({ ratio: 1 })
  const before = await lab.verdict.boundingBox()
  await lab.run.click()
  await lab.judged()
  await expect(lab.verdict.getByText('Upgrade header dropped by a proxy.')).toBeInViewport()
  await expect(lab.connection).toBeInViewport({ ratio: 1 })
  const after = await lab.verdict.boundingBox()
  expect([after?.x, after?.y, after?.width]).toEqual([before?.x, before?.y, before?.width])
})

test('the keyboard alone sets a fault up, runs it and reads the verdict', async ({ page, server }) => {
  const lab = labPage(page)
  await lab.open(server, 'fault=close')
  await page.getByLabel('Age at which it closes').focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('0.3')
  await page.keyboard.press('Enter')
  await lab.judged()
  await expect(page).toHaveURL(/after_seconds=0\.3/)
  await expect(lab.connection).toContainText('4001')
  await lab.verdict.getByRole('button', { name: 'Diagnose' }).focus()
  await page.keyboard.press('Shift+Tab')
  await expect(lab.verdict.getByRole('link', { name: 'Whole report' })).toBeFocused()
})

test('a knob out of its bounds says what is allowed, and nothing runs', async ({ page, server }) => {
  const lab = labPage(page)
  await lab.open(server, 'fault=idle-timeout&after_seconds=9999')
  await expect(page.getByText('Allowed: 0.1 to 3600 seconds')).toBeVisible()
  await expect(lab.run).toBeDisabled()
})

test('on a phone, Run brings the verdict into view @more', async ({ page, server }) => {
  const lab = labPage(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await lab.open(server, 'fault=http10-upstream')
  await lab.run.click()
  await lab.judged()
  await expect(lab.verdict).toBeInViewport()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('a fault on a real proxy shows its configuration, and ends when the page is left', async ({
  page,
  server,
}) => {
  const { real_proxies: proxies } = await (await page.request.get(`${server.origin}/api/lab`)).json()
  const nginx = proxies.find(({ kind }: { kind: string }) => kind === 'nginx')
  test.skip(nginx === undefined, 'nginx is not installed')
  const lab = labPage(page)
  await lab.open(server, 'fault=strip-upgrade-headers')
  await page.getByRole('radio', { name: nginx.label }).check({ force: true })
  const copyUrl = page.getByRole('button', { name: 'Copy URL' })
  await expect(copyUrl).toBeDisabled()
  await lab.run.click()
  const proxy = page.getByRole('region', { name: nginx.label })
  await expect(proxy).toContainText('proxy_pass', { timeout: verdictWithinMs })
  await lab.judged()
  await expect(lab.verdict).toContainText('Upgrade header dropped by a proxy.')
  const address = (await proxy.getByText(/^127\.0\.0\.1:\d+$/).textContent()) ?? ''
  expect((await page.request.get(`http://${address}/health`)).ok()).toBe(true)
  await expect(page.getByText(`ws://${address}/ws`).first()).toBeVisible()
  await expect(copyUrl).toBeEnabled()
  const stopped = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('link', { name: 'All faults' }).click()
  expect((await stopped).status()).toBe(204)
  await expect(page.request.get(`http://${address}/health`)).rejects.toThrow(/ECONNREFUSED/)
})

test('whoever leaves takes along what was still to come @more', async ({ page, context, server }) => {
  const [left, stayed] = [page, await context.newPage()]
  for (const each of [left, stayed]) await labPage(each).open(server, 'fault=max-lifetime&after_seconds=60')
  await labPage(left).run.click()
  await expect.poll(() => openConnections(page, server)).toBeGreaterThan(0)
  await left.getByRole('link', { name: 'All faults' }).click()
  await expect(left.getByRole('heading', { name: 'Lab', level: 1 })).toBeVisible()
  const kept = await openConnections(page, server)
  // Where nobody leaves, all four come; whoever was quick to leave has fewer, and gets no more meanwhile.
  await labPage(stayed).run.click()
  await expect.poll(() => openConnections(page, server)).toBe(kept + 4)
  await left.close()
  await expect.poll(() => openConnections(page, server)).toBe(4)
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious in the lab, ${colorScheme} @more`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const lab = labPage(page)
    await lab.open(server, '')
    expect(await violationsOn(page, ['serious', 'critical'])).toEqual([])
    await lab.open(server, 'fault=crash&after_seconds=0.5')
    await expect(lab.run).toBeVisible()
    expect(await violationsOn(page, ['serious', 'critical'])).toEqual([])
    await lab.run.click()
    await lab.judged()
    expect(await violationsOn(page, ['serious', 'critical'])).toEqual([])
  })
}
