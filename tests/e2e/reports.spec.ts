/** Reports are found, followed through time, compared, exported and taken back. */
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { APIRequestContext, Page } from 'playwright/test'
import * as z from 'zod/mini'
import { importAnswer } from '#lib/api/reports.ts'
import { expect, test } from './support/test.ts'

let hosts = 0
/** A host that no other test has. */
const freshUrl = (): string => `wss://host${++hosts}.reports.test/ws`

const answered = (status: number, reason = '') => ({
  dns: { outcome: 'ok', ms: 1 },
  tcp: { outcome: 'connected', ms: 2 },
  http: {
    status,
    status_text: reason,
    version: '1.1',
    headers: [['Server', `nginx ${reason}`]],
    body_start: reason,
    ms: 5,
  },
  end: { kind: 'http_response', ms: 5 },
})

const held = {
  browser: {
    events: [
      { type: 'open', ms: 40 },
      { type: 'still_open', ms: 90_040, ready_state: 1 },
    ],
  },
}

type Evidence = Record<string, unknown>

/** Keeps a report as if it had been made so many days ago. */
async function keep(request: APIRequestContext, origin: string, evidence: Evidence, daysAgo: number) {
  const created = Date.now() / 1000 - daysAgo * 86_400
  const response = await request.post(`${origin}/api/reports/import`, { data: { created, evidence } })
  return z.parse(importAnswer, await response.json()).report.id
}

/** Healthy, limited, undetermined and limited again: the newest is of today. */
async function history(request: APIRequestContext, origin: string) {
  const url = freshUrl()
  const target = { url, page_origin: 'https://app.test' }
  const evidence: Evidence[] = [
    { target, ...held },
    { target, probe: answered(429) },
    { target, probe: answered(403) },
    { target, probe: answered(429) },
  ]
  const ids: string[] = []
  for (const [at, each] of evidence.entries()) ids.push(await keep(request, origin, each, 3 - at + 0.01))
  return { url, host: new URL(url).host, ids }
}

const list = (page: Page) => page.getByRole('list', { name: 'Reports' }).getByRole('listitem')
const strip = (page: Page) =>
  page.getByRole('region', { name: 'History' }).getByRole('list', { name: 'History' })
const changed = (page: Page) => page.getByRole('region', { name: 'What changed' })

test('reports are narrowed by what the address says, and a link shows the same list', async ({
  page,
  server,
  request,
}) => {
  const { url, host } = await history(request, server.origin)
  await page.goto(`${server.origin}/reports?target=${host}`)
  await expect(list(page)).toHaveCount(4)
  await page.getByRole('radio', { name: 'Fault 2' }).check({ force: true })
  await expect(list(page)).toHaveCount(2)
  await expect(page).toHaveURL(/outcome=fault/)
  await page.getByRole('textbox', { name: 'Search' }).fill('nobody says this')
  await expect(page.getByText('No report has all of this.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await page.getByRole('textbox', { name: 'Search' }).fill(`${host} rate`)
  await expect(list(page)).toHaveCount(2)
  await list(page)
    .first()
    .getByRole('link', { name: `History of ${url}` })
    .click()
  await expect(strip(page).getByRole('link')).toHaveCount(4)
})

test('from Diagnose to a report of weeks ago, by cause and day @more', async ({ page, server, request }) => {
  const url = freshUrl()
  await keep(request, server.origin, { target: { url }, probe: answered(429) }, 40)
  await page.goto(`${server.origin}/diagnose`)
  await page.getByRole('link', { name: 'All reports' }).click()
  await expect(page).toHaveURL(`${server.origin}/reports`)
  await page.getByRole('textbox', { name: 'URL' }).fill(new URL(url).host.toUpperCase())
  await expect(list(page)).toHaveCount(1)
  await page.getByRole('combobox', { name: 'Cause' }).selectOption({ label: 'Rate limited (1)' })
  await expect(list(page)).toHaveCount(1)
  const day = (daysAgo: number) => {
    const date = new Date(Date.now() - daysAgo * 86_400_000)
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-')
  }
  await page.getByLabel('From', { exact: true }).fill(day(40))
  await page.getByLabel('To', { exact: true }).fill(day(40))
  await expect(list(page)).toHaveCount(1)
  await page.getByLabel('To', { exact: true }).fill(day(41))
  await page.getByLabel('From', { exact: true }).fill(day(42))
  await expect(page.getByText('No report has all of this.')).toBeVisible()
  await expect(page).toHaveURL((address) => [41, 42].every((days) => address.search.includes(day(days))))
  await page.reload()
  await expect(page.getByText('No report has all of this.')).toBeVisible()
  await expect(page.getByLabel('To', { exact: true })).toHaveValue(day(41))
})

test('a long list grows page by page, newest first @more', async ({ page, server, request }) => {
  const url = freshUrl()
  for (let at = 0; at < 130; at++) {
    await keep(
      request,
      server.origin,
      { target: { url }, probe: answered(at % 2 === 0 ? 429 : 401) },
      5 + at / 100,
    )
  }
  await page.goto(`${server.origin}/reports?target=${new URL(url).host}`)
  await expect(page.getByRole('region', { name: 'Reports' })).toContainText('130 reports')
  await expect(list(page)).toHaveCount(100)
  await page.getByRole('button', { name: 'Show older reports' }).click()
  await expect(list(page)).toHaveCount(130)
  await expect(page.getByRole('button', { name: 'Show older reports' })).toHaveCount(0)
  const times = await page
    .locator('time')
    .evaluateAll((all) => all.map((each) => each.getAttribute('datetime') ?? ''))
  expect(times).toEqual(times.toSorted().reverse())
})

test('the history of a URL names each outcome, and tells what changed between any two @more', async ({
  page,
  server,
  request,
}) => {
  const { url, ids } = await history(request, server.origin)
  await page.goto(`${server.origin}/reports/history?${new URLSearchParams({ url })}`)
  await expect(page).toHaveTitle(new RegExp(`History of ${url.replace(/[.?]/g, '\\$&')}`))
  const links = strip(page).getByRole('link')
  await expect(links).toHaveCount(4)
  for (const [at, word] of ['healthy', 'fault', 'undetermined', 'fault'].entries()) {
    await expect(links.nth(at)).toHaveAccessibleName(new RegExp(word))
    await expect(links.nth(at)).toHaveAttribute('href', `/reports/${ids[at]}`)
  }
  await expect(changed(page)).toContainText('unclear')
  const rows = page.getByRole('table').getByRole('row')
  await rows.nth(4).getByRole('radio', { name: /^A:/ }).check()
  await expect(changed(page)).toContainText('now failing')
  await expect(page).toHaveURL(new RegExp(`before=${ids[0]}&after=${ids[3]}`))
  await rows.nth(2).getByRole('radio', { name: /^B:/ }).check()
  await expect(changed(page)).toContainText('unclear')
  await page.goto(
    `${server.origin}/reports/history?${new URLSearchParams({ url, before: ids[1] ?? '', after: ids[3] ?? '' })}`,
  )
  await expect(changed(page)).toContainText('same fault')
  await expect(links.nth(1)).toHaveAccessibleName(/^A: fault/)
  await links.nth(0).click()
  await expect(page).toHaveURL(`${server.origin}/reports/${ids[0]}`)
  await page.getByRole('link', { name: 'History of this URL' }).click()
  await expect(strip(page).getByRole('link')).toHaveCount(4)
})

test('a link to a report shows its verdict where links are shown @more', async ({
  page,
  server,
  request,
}) => {
  const url = freshUrl()
  const id = await keep(request, server.origin, { target: { url }, probe: answered(429) }, 1)
  const place = url.replace('wss://', '')
  const html = await (
    await request.get(`${server.origin}/reports/${id}`, { headers: { 'User-Agent': 'Twitterbot/1.0' } })
  ).text()
  expect(html).toContain(`<meta property="og:title" content="Rate limited · ${place}"/>`)
  const [, image = ''] = /<meta property="og:image" content="([^"]+)"/.exec(html) ?? []
  const picture = await request.get(image)
  expect(picture.headers()['content-type']).toBe('image/png')
  await page.goto(`${server.origin}/reports/${id}`)
  await expect(page).toHaveTitle(`Rate limited · ${place} · why1006`)
})

const HOSTILE =
  '</script><script>document.title="owned"</script>"><img src=x onerror="document.title=\'owned\'"><!--'

test.describe('of files, of which one is refused', () => {
  test.use({ expectedConsole: { allow: [/status of 400/] } })

  test('an exported report opens from the disk, runs nothing, asks for nothing, and comes back @more', async ({
    page,
    server,
    request,
    context,
  }) => {
    const url = `${freshUrl()}?x=${HOSTILE}`
    const id = await keep(request, server.origin, { target: { url }, probe: answered(403, HOSTILE) }, 2)
    await page.goto(`${server.origin}/reports/${id}`)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download HTML' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(/^why1006-[0-9a-f]{8}\.html$/)
    const file = test.info().outputPath('report.html')
    await saved.saveAs(file)

    const asked: string[] = []
    const opened = await context.newPage()
    opened.on('request', (each) => asked.push(each.url()))
    opened.on('dialog', (dialog) => dialog.dismiss())
    for (const colorScheme of ['dark', 'light'] as const) {
      await opened.emulateMedia({ colorScheme })
      await opened.goto(pathToFileURL(file).href)
      await expect(opened.getByRole('heading', { level: 1 })).toContainText('HTTP 403')
      await expect(opened.getByText('<img src=x onerror').first()).toBeVisible()
      expect(await opened.title()).toMatch(/^HTTP 403/)
      expect(await opened.locator('img, iframe, link, a, form, object').count()).toBe(0)
    }
    expect(asked.filter((each) => !each.startsWith('file:'))).toEqual([])
    expect((await opened.pdf()).length).toBeGreaterThan(1000)

    await page.goto(`${server.origin}/reports`)
    await page.getByLabel('Reports to import').setInputFiles(file)
    const imports = page.getByRole('status', { name: 'Import' })
    await expect(imports).toContainText('Already here.')
    const text = (await readFile(file, 'utf8')).replace(/"created":[\d.]+/, '"created":1700000000.5')
    await page.getByLabel('Reports to import').setInputFiles([
      { name: 'report.html', mimeType: 'text/html', buffer: Buffer.from(text) },
      { name: 'notes.html', mimeType: 'text/html', buffer: Buffer.from('<!doctype html><p>hello') },
      {
        name: 'broken.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"evidence":{"browser":5}}'),
      },
    ])
    await expect(imports.getByRole('listitem').nth(0)).toContainText('Imported.')
    await expect(imports.getByRole('listitem').nth(1)).toContainText('This is not a report.')
    await expect(imports.getByRole('listitem').nth(2)).toContainText('browser')
    await imports.getByRole('link', { name: 'Open the report' }).click()
    await expect(page).toHaveURL(/\/reports\/[0-9a-f]{32}$/)
    await expect(page.getByText('imported', { exact: true })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('14 Nov 2023')
    await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('HTTP 403')
    expect(await page.title()).toMatch(/^HTTP 403/)
  })
})
