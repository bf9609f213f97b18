import { defineConfig } from 'playwright/test'
import { launchOptions } from './support/chromium.ts'

/** Tests start the real server themselves, on free ports. `npm test` leaves out `@more`; `@bench` measures and runs alone. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  // Verdicts and reconnections are about time, and CI machines stall; what passes at the second go is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  // Patience costs a test that passes nothing, and a busy machine needs it.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    // A trace costs each test a third of its time: ask for one with `npm run test:e2e -- <file> --trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions,
  },
})
