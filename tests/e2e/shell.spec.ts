import type { Locator, Page } from 'playwright/test'
import { pages } from '#components/shell/pages.ts'
import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test('the palette explains a close code and opens a connection', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  // Keys are heard once the page's script runs, which is what asks the server.
  await expect(live.status).toContainText('Server up')
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill('1006')
  await expect(palette.getByText('Abnormal Closure')).toBeVisible()
  await palette.getByRole('combobox').fill('heartbeat')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(live.row('/ws/health')).toContainText('open')
})

test('the palette goes to pages and looks up causes @more', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  // Keys are heard once the page's script runs, which is what asks the server.
  await expect(live.status).toContainText('Server up')
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill('idle timeout')
  // Reports of other tests may be listed too.
  await palette
    .getByRole('group', { name: 'Causes' })
    .getByRole('option')
    .filter({ hasText: /idle/i })
    .first()
    .click()
  await expect(page).toHaveURL(/\/playbook\/idle-timeout$/)
  await page.keyboard.press('ControlOrMeta+k')
  await palette.getByRole('combobox').fill('go to live')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${server.origin}/`)
})

test('the palette acts: theme, pause, export, close all', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  await expect(live.row('/ws/echo').getByText('open', { exact: true })).toBeVisible()
  const act = actWith(page)
  await act('theme light', 'Theme: light')
  await expect(page.getByRole('button', { name: 'Theme: light' })).toBeVisible()
  await act('pause the chart', 'Pause the chart')
  await expect(live.heartbeats.getByRole('button', { name: 'Resume' })).toBeVisible()
  const saved = page.waitForEvent('download')
  await act('export messages', /^Export messages as JSON lines/)
  expect((await saved).suggestedFilename()).toMatch(/^messages-.*\.jsonl$/)
  await act('close all', 'Close all connections')
  await expect(live.row('/ws/echo')).toContainText('closed 1000')
  await act('remove', 'Remove closed connections')
  await expect(page.getByRole('button', { name: 'Watch a heartbeat' })).toBeVisible()
})

test('the palette opens saved sets and their addresses, and leads to what lacks a value @more', async ({
  page,
  server,
}) => {
  const sets = [
    {
      name: 'Board',
      variables: [{ name: 'host', value: new URL(server.origin).host }],
      connections: [{ url: 'ws://{{host}}/ws/echo?of=board' }, { url: 'ws://{{host}}/ws/health?of=board' }],
    },
    { name: 'Elsewhere', connections: [{ url: 'ws://{{place}}/ws' }] },
  ]
  await page.addInitScript(
    (document) => localStorage.setItem('why1006.sets', document),
    JSON.stringify({ why1006: 'connections', version: 1, sets }),
  )
  const live = livePage(page)
  await page.goto(`${server.origin}/playbook`)
  await expect(live.status).toContainText('Server up')
  const act = actWith(page)
  await act('saved set board', /^Open saved set Board/)
  await expect(page).toHaveURL(/\/\?connection=/)
  await expect(live.row('/ws/echo?of=board')).toContainText('open')
  await expect(live.row('/ws/health?of=board')).toContainText('open')
  await act('saved ws/health', /^Open saved ws:.*\/ws\/health\?of=board$/)
  await expect(live.row('/ws/health?of=board')).toHaveCount(2)
  await act('saved elsewhere', /^Open saved set Elsewhere/)
  const dialog = page.getByRole('dialog', { name: 'Saved connections' })
  await expect(dialog.getByLabel('Name')).toHaveValue('Elsewhere')
})

test.describe('the palette and a server that refuses', () => {
  test.use({ expectedConsole: brokenNetwork })

  test('the palette takes an error message of several lines, and leads back to reports', async ({
    page,
    server,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const live = livePage(page)
    await live.open(server)
    await expect(live.status).toContainText('Server up')
    const url = `${server.wsOrigin}/no-such-place`
    const kept = await page.request.post(`${server.origin}/api/diagnose`, { data: { url } })
    expect(kept.ok()).toBe(true)

    await page.evaluate(() =>
      navigator.clipboard.writeText(
        "WebSocket connection to 'wss://app.example/ws' failed: Error during WebSocket handshake:\nUnexpected response code: 403",
      ),
    )
    await page.keyboard.press('ControlOrMeta+k')
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await palette.getByRole('combobox').focus()
    await page.keyboard.press('ControlOrMeta+v')
    const offered = palette.getByRole('option', { name: /^Diagnose these 2 lines/ })
    await expect(offered).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`${server.origin}/diagnose`)
    await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('403')

    const act = actWith(page)
    await act('no-such-place', /no-such-place$/)
    await expect(page).toHaveURL(/\/reports\/[\w-]+$/)
    const main = page.getByRole('navigation', { name: 'Main' })
    await expect(main.getByRole('link', { name: 'Reports' })).toHaveAttribute('aria-current', 'page')
    await expect(page).toHaveTitle(/.+ · localhost:\d+\/no-such-place · Why1006$/)
    await act('copy the link to this report', 'Copy the link to this report')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
    await act('hold idle', /^Hold idle for 75 s/)
    await expect(page).toHaveURL(/\/diagnose\?url=.*&hold=75$/)
  })
})

test('the keyboard alone runs the demo', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await tabTo(page, page.getByRole('button', { name: 'Watch a heartbeat' }))
  await page.keyboard.press('Enter')
  await expect(live.row('/ws/health')).toContainText('open')
  await live.url.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('/ws/echo')
  await page.keyboard.press('Enter')
  await expect(live.row('/ws/echo')).toHaveAttribute('data-selected')
  await live.row('/ws/echo').getByRole('button').first().focus()
  await page.keyboard.press('k')
  await expect(live.row('/ws/health')).toHaveAttribute('data-selected')
  await page.keyboard.press('Space')
  await expect(live.heartbeats.getByRole('button', { name: 'Resume' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Filter messages' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')

  await tabTo(page, page.getByRole('textbox', { name: 'Message', exact: true }))
  await page.keyboard.type('by hand')
  await page.keyboard.press('Enter')
  await expect(live.messages).toContainText('by hand')
  await tabTo(page, live.events)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(live.events.getByRole('button', { name: 'Copy' })).toBeVisible()
  await tabTo(page, live.row('/ws/health').getByRole('button', { name: 'Close', exact: true }))
  await page.keyboard.press('Enter')
  await expect(live.row('/ws/health')).toContainText('closed 1000')
})

test('on a phone the navigation reaches every page, without script too @more', async ({
  browser,
  server,
}) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await browser.newPage({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
    const main = page.getByRole('navigation', { name: 'Main' })
    const more = main.getByRole('button', { name: 'More' })
    for (const { href, label } of pages.filter(({ from }) => from === undefined)) {
      await page.goto(`${server.origin}/playbook/codes`)
      const link = main.getByRole('link', { name: label, exact: true, includeHidden: true })
      if (!(await link.isVisible())) await more.click()
      await link.click()
      await expect(page).toHaveURL(server.origin + href)
      await expect(link).toHaveAttribute('aria-current', 'page')
      if (await more.isVisible()) await expect(page.locator(':popover-open')).toHaveCount(0)
    }
    await page.close()
  }
})

test('Reports is in the navigation, and on a phone one tap from Diagnose @more', async ({ page, server }) => {
  const main = page.getByRole('navigation', { name: 'Main' })
  await page.goto(`${server.origin}/diagnose`)
  await main.getByRole('link', { name: 'Reports' }).click()
  await expect(page).toHaveURL(`${server.origin}/reports`)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(main.getByRole('link', { name: 'Diagnose' })).toHaveAttribute('aria-current', 'true')
  await main.getByRole('link', { name: 'Diagnose' }).click()
  await page.getByRole('link', { name: 'All reports' }).click()
  await expect(page).toHaveURL(`${server.origin}/reports`)
})

test.describe('a view that throws', () => {
  test.use({ expectedConsole: { allow: [/made to break/, /error boundary/i] } })

  test('leaves every connection open and all that was recorded @more', async ({ page, server }) => {
    const live = livePage(page)
    await live.open(server)
    await live.connect(`${server.wsOrigin}/ws/echo`)
    await expect(live.messages).toContainText('welcome')
    await page.getByRole('combobox', { name: 'Template' }).selectOption({ index: 1 })
    await page.evaluate(() => {
      const real = Number.prototype.toLocaleString
      Number.prototype.toLocaleString = () => {
        throw new Error('made to break')
      }
      Object.assign(window, { mend: () => (Number.prototype.toLocaleString = real) })
    })
    // Says how often it sent, which takes a number in words.
    await page.getByRole('button', { name: 'Repeat', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'This page broke; your connections did not.',
    )
    await page.evaluate(() => (window as unknown as { mend(): void }).mend())
    await page.getByRole('button', { name: 'Reload the view' }).click()
    await expect(live.row('/ws/echo').getByText('open', { exact: true })).toBeVisible()
    await expect(live.messages).toContainText('welcome')
  })
})

test('the theme follows the system until it is chosen, and the choice survives a reload', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  await live.open(server)
  expect(await ground()).toBe('rgb(245, 246, 248)')
  await page.getByRole('button', { name: 'Theme: system' }).click()
  expect(await ground()).toBe('rgb(11, 14, 18)')
  await page.reload()
  expect(await ground()).toBe('rgb(11, 14, 18)')
})

test('connections of the last visit are offered, never opened without asking', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  await expect(live.row('/ws/echo')).toContainText('open')
  await page.goto(server.origin)
  const offer = page.getByText('1 connection was open at your last visit.')
  await expect(offer).toBeVisible()
  await expect(live.connections).toBeHidden()
  await page.getByRole('button', { name: 'Open again' }).click()
  await expect(live.row('/ws/echo')).toContainText('open')
  await expect(offer).toBeHidden()
})

test.describe('an address that is no page', () => {
  test.use({ expectedConsole: { allow: [/status of 404/] } })

  test('says so and leads home', async ({ page, server }) => {
    await page.goto(`${server.origin}/nowhere`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found.')
    await page.getByRole('link', { name: 'Go to Live', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Watch a heartbeat' })).toBeVisible()
  })
})

test.describe('a page whose server dies before all its script was loaded', () => {
  test.use({ expectedConsole: brokenNetwork })

  test('says what is missing, keeps the rest, and tries again when asked', async ({ page, server }) => {
    const live = livePage(page)
    await live.open(server)
    await expect(live.status).toContainText('Server up')
    await page.route('**/_next/static/chunks/**', (route) => route.abort())
    await live.watchHeartbeat()
    await expect(live.heartbeats).toContainText('The chart could not be loaded.')
    await expect(live.row('/ws/health')).toContainText('open')
    await page.unroute('**/_next/static/chunks/**')
    await live.heartbeats.getByRole('button', { name: 'Try again' }).click()
    await expect(live.heartbeats.locator('[data-line]').first()).toBeAttached()
  })
})

/** Types into the palette and takes what stands first, which must be this. */
function actWith(page: Page) {
  return async (typed: string, name: string | RegExp) => {
    await page.keyboard.press('ControlOrMeta+k')
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await palette.getByRole('combobox').fill(typed)
    await expect(palette.getByRole('option', { name, exact: true })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }
}

/** Presses Tab until the element has the focus; fails where it is not to be reached. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}
