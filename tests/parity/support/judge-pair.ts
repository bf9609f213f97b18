/** Browser and probe must see the same through the relay as through the real proxy. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright/test'
import { installedProxies } from '#server/lab/real-proxy/installed.ts'
import { type Pair, seenByPageAndProbe, throughBoth, watchMsOf } from '#tests/parity/support/lab-pair.ts'
import { noBrowser, openBrowser } from '#tests/parity/support/page.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const installed = new Set((await installedProxies()).map(({ kind }) => kind))

/** To be called inside of a `describe`: one server and one browser for all pairs. */
export function testPairs(pairs: readonly Pair[]): void {
  let server: TestServer
  let browser: Browser
  before(async () => {
    if (noBrowser) return
    server = await startServer()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await server?.app.close(0)
  })
  for (const pair of pairs) {
    const { fault, kind } = pair
    const skip = noBrowser || (!installed.has(kind) && `${kind} is not installed`)
    test(`page and probe see ${fault} alike through the relay and through ${kind}`, { skip }, async () => {
      const watchMs = watchMsOf(fault)
      const { origin } = server
      const { real, relayed } = await throughBoth(server, pair, '/ws/health', ({ port, path }) =>
        seenByPageAndProbe(browser, { origin, url: `ws://127.0.0.1:${port}${path}`, watchMs }),
      )
      assert.deepEqual(relayed, real)
      // Alike, and not because both showed nothing.
      assert.equal(real.page.events.at(-1) === 'still open', fault === 'pass-through')
      assert.notEqual(real.probe.status, undefined)
    })
  }
}
