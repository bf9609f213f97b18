import { defineConfig } from 'playwright/test'
import { launchOptions } from './support/chromium.ts'

/** Tests start the real server themselves, on free ports. `npm test` leaves out `@more`; `@bench` measures and runs alone. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions,
  },
})
