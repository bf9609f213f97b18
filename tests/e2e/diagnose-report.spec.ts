import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { nobody, refusing } from '#tests/parity/support/backends.ts'
import { violationsOn } from './support/axe.ts'
import { diagnosePage } from './support/diagnose-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

test('a report has a page of its own, and is taken along as Markdown and JSON', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { url } = await nobody()
  const diagnose = diagnosePage(page, server)
  await diagnose.open({ url })
  await diagnose.run()
  await diagnose.untilJudged()
  const { id } = await diagnose.stored(url)

  await page.goto(`${server.origin}/diagnose`)
  await diagnose.region('Recent reports').getByRole('link', { name: url }).click()
  await expect(page).toHaveURL(`${server.origin}/reports/${id}`)
  await expect(diagnose.verdict).toContainText('Connection refused: nothing is listening.')
  await expect(diagnose.path).toContainText('browser, probe')

  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText('Report copied.')).toBeVisible()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('Connection refused: nothing is listening')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download JSON' }).click()
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect([saved.id, saved.report.verdicts[0].cause, saved.evidence.target.url]).toEqual([
    id,
    'connection-refused',
    url,
  ])

  const more = diagnose.region('More evidence')
  await more.getByRole('textbox').fill(`WebSocket connection to '${url}' failed: net::ERR_CONNECTION_REFUSED`)
  await more.getByRole('button', { name: 'Add' }).click()
  await expect(more).toContainText('Used: 1 console message')
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(diagnose.url).toHaveValue(url)
})

test.describe('an id that no report has', () => {
  test.use({ expectedConsole: { allow: [/status of 404/] } })

  test('says so and leads to the form', async ({ page, server }) => {
    await page.goto(`${server.origin}/reports/nobody-kept-this`)
    await expect(diagnosePage(page, server).verdict.getByRole('alert')).toContainText(
      'There is no report of this id.',
    )
    await page.getByRole('link', { name: 'Diagnose a URL' }).click()
    await expect(diagnosePage(page, server).url).toBeVisible()
  })
})

test('the keyboard alone diagnoses, adds evidence and tries again @more', async ({ page, server }) => {
  const { url } = await nobody()
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await tabTo(page, 'What went wrong?')
  await page.keyboard.type(url)
  await page.keyboard.press('Enter')
  await diagnose.untilJudged()
  await tabTo(page, 'More evidence')
  await page.keyboard.type('net::ERR_CONNECTION_REFUSED')
  await tabTo(page, 'Add')
  await page.keyboard.press('Enter')
  await expect(diagnose.region('More evidence')).toContainText('Used: ')
  await tabTo(page, 'Try again', 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(diagnose.region('Since the last report')).toContainText('same fault')
})

test('a kept report whose URL lost a secret asks for it before anything is probed @more', async ({
  page,
  server,
}) => {
  const created = Date.now() / 1000
  const evidence = {
    target: { url: 'wss://board.test/ws?token=***' },
    probe: { http: { status: 403, headers: [], ms: 5 } },
  }
  const kept = await page.request.post(`${server.origin}/api/reports/import`, { data: { created, evidence } })
  const { report } = await kept.json()
  await page.goto(`${server.origin}/reports/${report.id}`)
  await page.getByRole('link', { name: 'Complete the URL' }).click()
  const form = page.getByRole('form', { name: 'Diagnose' })
  await expect(form.getByRole('alert')).toHaveText('Replace *** in the URL with the real value.')
  let isProbed = false
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/diagnose')) isProbed = true
  })
  await form.getByRole('button', { name: 'Diagnose' }).click()
  await expect(form.getByRole('textbox', { name: 'What went wrong?' })).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  expect(isProbed).toBe(false)
})

/** Moves the focus until it is on what has this name, at most once around. */
async function tabTo(page: Page, name: string, key = 'Tab') {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press(key)
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element instanceof HTMLElement
        ? (element.ariaLabel ?? element.closest('label')?.textContent ?? element.textContent).trim()
        : ''
    })
    if (focused === name) return
  }
  throw new Error(`${name} can't be reached with ${key}`)
}

const serious = ['serious', 'critical'] as const

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on Diagnose and its reports, ${colorScheme} @more`, async ({
    page,
    server,
  }) => {
    const target = await refusing('502 Bad Gateway', ['Server: nginx/1.22.1'], 'down')
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const diagnose = diagnosePage(page, server)
    await page.goto(`${server.origin}/diagnose`)
    await expect(diagnose.region('Examples')).toBeVisible()
    expect(await violationsOn(page, serious)).toEqual([])

    await diagnose.open({ url: target.url })
    await diagnose.run()
    await diagnose.untilJudged()
    expect(await violationsOn(page, serious)).toEqual([])

    await page.goto(`${server.origin}/reports/${(await diagnose.stored(target.url)).id}`)
    await expect(diagnose.verdict).toContainText('undetermined')
    expect(await violationsOn(page, serious)).toEqual([])
    await target.close()
  })
}

test('on a phone nothing is wider than the screen @more', async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  const target = await refusing('404 Not Found', [`X-Long: ${'long'.repeat(100)}`], 'x'.repeat(2000))
  const url = `${target.url}/${'deep'.repeat(60)}`
  const diagnose = diagnosePage(page, server)
  await page.goto(`${server.origin}/diagnose`)
  await expect(diagnose.region('Examples')).toBeVisible()
  expect(await overflow()).toBeLessThanOrEqual(0)
  await diagnose.url.fill(url)
  await diagnose.run()
  await diagnose.untilJudged()
  expect(await overflow()).toBeLessThanOrEqual(0)
  await page.goto(`${server.origin}/reports/${(await diagnose.stored(url)).id}`)
  await expect(diagnose.verdict).toContainText('No endpoint at this path')
  expect(await overflow()).toBeLessThanOrEqual(0)
  await target.close()
})
