import { expect, test } from 'playwright/test'
import { buildEmptyApp, firstLoadBytes } from './support/first-load.ts'

const budgetBytes = 45_000

test('every page loads at most 45 kB of script above an empty Next page @more', async () => {
  test.setTimeout(300_000)
  const empty = (await firstLoadBytes(await buildEmptyApp())).get('/')
  if (empty === undefined) throw new Error('the empty application has no page')
  for (const [route, bytes] of await firstLoadBytes()) {
    expect(bytes - empty, `${route}: ${bytes} B, an empty page ${empty} B`).toBeLessThanOrEqual(budgetBytes)
  }
})
