import { existsSync } from 'node:fs'
import { chromium } from 'playwright/test'

/** CHROMIUM_PATH, else Playwright's own browser, else the system's; undefined leaves the complaint to Playwright. */
const executablePath = [
  process.env.CHROMIUM_PATH,
  chromium.executablePath(),
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && path !== '' && existsSync(path))

/** Runs in containers and as root, and asks nothing of the network by itself. */
export const launchOptions = {
  ...(executablePath !== undefined && { executablePath }),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
}
