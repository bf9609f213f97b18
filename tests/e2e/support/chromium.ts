import { existsSync } from 'node:fs'
import { chromium } from 'playwright/test'

/** CHROMIUM_PATH, else Playwright's own browser, else the system's; undefined leaves the complaint to Playwright. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM_PATH,
  chromium.executablePath(),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && path !== '' && existsSync(path))
