import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import { serving } from '#tests/server/probe/answers/support.ts'
import { forbidden } from './support/kinds.ts'
import { expect, test } from './support/test.ts'

test('a bundle is looked at, made without what is left out, and opened again @more', async ({
  page,
  server,
}) => {
  const target = await serving(forbidden)
  const evidence = {
    target: { url: `ws://127.0.0.1:${target.port}/ws?token=abc12345` },
    probe: { http: { status: 403, headers: [] } },
  }
  await page.request.post(`${server.origin}/api/reports`, { data: { evidence } })
  await target.close()
  await page.goto(`${server.origin}/diagnose`)
  await page.getByRole('button', { name: 'Support bundle…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Support bundle' })
  const contents = dialog.getByRole('list', { name: 'Contents' })
  await expect(contents.getByRole('checkbox', { name: /^events/i })).toBeChecked()
  await contents.getByRole('checkbox', { name: /^configuration/i }).uncheck()
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'app.log',
    mimeType: 'text/plain',
    buffer: Buffer.from(
      "WebSocket connection to 'wss://a.example/ws' failed: Error during WebSocket handshake: Unexpected response code: 502\n",
    ),
  })
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save the bundle' }).click()
  const file = await (await downloading).path()
  const names = Object.keys(unzipSync(await readFile(file)))
  expect(names).toContain('imported/app.log')
  expect(names).not.toContain('configuration.json')
  await expect(dialog).toBeHidden()

  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'bundle.zip',
      mimeType: 'application/zip',
      buffer: await readFile(file),
    })
  await page.getByRole('button', { name: 'Diagnose', exact: true }).click()
  const reports = page.getByRole('region', { name: 'Reports in the bundle' })
  await expect(reports.getByRole('listitem').first()).toContainText('127.0.0.1')
  await expect(page.getByRole('region', { name: 'What was read' })).toContainText('app.log')
  await reports.getByRole('button', { name: 'Open' }).first().click()
  await expect(page).toHaveURL(/\/reports\/[0-9a-f]{32}$/)
})
