/** The fixtures of every end-to-end test: a real server, and a page whose console stays empty. */
import { test as base, expect, type Page } from 'playwright/test'
import { startServer, type TestServer } from './server.ts'

interface Fixtures {
  /** What the browser itself prints for failures that a test provokes; anything else fails the test. */
  expectedConsole: { allow: readonly RegExp[] }
  /** The console guard: installed on the page of every test, judged at its end. */
  console: undefined
  /** A server of the test's own, to kill and restart. */
  mortal: TestServer
}

interface WorkerFixtures {
  /** One server for all tests of a worker: its journal holds what earlier tests did. */
  server: TestServer
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  expectedConsole: [{ allow: [] }, { option: true }],

  console: [
    async ({ page, expectedConsole }, use) => {
      const said = listenToConsole(page)
      await use(undefined)
      const allowed = [leftWhileOpening, ...expectedConsole.allow]
      const unexpected = said.filter((text) => !allowed.some((pattern) => pattern.test(text)))
      expect(unexpected, 'the console stays empty').toEqual([])
    },
    { auto: true },
  ],

  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from the pattern
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.kill()
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: see above
  mortal: async ({}, use) => {
    const server = await startServer()
    await use(server)
    await server.kill()
  },
})

/** What Chromium prints of the feed of a page that is left before it has opened, as it does on a busy machine. */
const leftWhileOpening =
  /^warning: WebSocket connection to '[^']*\/ws\/diagnostics\?[^']*' failed: WebSocket is closed before the connection is established\.$/

/** Chromium prints a failed WebSocket and a failed fetch by itself; no page can keep it from doing so. */
export const brokenNetwork = {
  allow: [
    /^error: WebSocket connection to '.*' failed/,
    /^error: Failed to load resource: net::ERR_/,
    // What a server says of its health while it shuts down, to a page that asks in time.
    /^error: Failed to load resource: the server responded with a status of 503/,
  ],
}

function listenToConsole(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`pageerror: ${error.message}`))
  return said
}

export { expect }
