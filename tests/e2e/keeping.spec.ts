import { startServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

test('where the file of events cannot be written, every page says so @more', async ({ page }) => {
  const server = await startServer({ JOURNAL: 'sqlite:/proc/none/journal.db' })
  try {
    for (const path of ['/', '/playbook/idle-timeout']) {
      await page.goto(server.origin + path)
      await expect(page.getByRole('alert').filter({ hasText: 'cannot write its file' })).toBeVisible()
    }
  } finally {
    // What the page still loads would be cut off, and its console would say so.
    await page.goto('about:blank')
    await server.kill()
  }
})
