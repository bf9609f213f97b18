import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { runQuietly } from './child.mjs'
import { withLock } from './lock.mjs'
import { inRoot } from './paths.mjs'
import { Refusal, step } from './say.mjs'

// The shell is the same engine without windows and their own pages: a test costs half of the processor time.
const systemNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
]

/** @returns {string | undefined} */
function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).concat('/usr/bin', '/snap/bin')
  return folders
    .flatMap((folder) => systemNames.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file))
}

/** Playwright's own download, if somebody made it. @returns {string | undefined} */
function playwrightBrowser() {
  const require = createRequire(inRoot('package.json'))
  const file = require('playwright').chromium.executablePath()
  return existsSync(file) ? file : undefined
}

/**
 * A Chromium for the tests: `CHROMIUM_PATH`, then Playwright's own, then the system's, else Debian's package.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Refusal(`CHROMIUM_PATH names ${named}, and there is no such file.`)
  }
  const found = playwrightBrowser() ?? systemBrowser()
  if (found) return found

  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (!mayInstall) throw new Refusal('The tests need a Chromium. Run: npx playwright install chromium')
  await withLock('installing Chromium', async () => {
    if (systemBrowser()) return
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await step("Installing Debian's Chromium", async () => {
      await runQuietly('apt-get', ['update'], { env })
      const install = (name) =>
        runQuietly('apt-get', ['install', '-y', '--no-install-recommends', name], { env })
      // Older releases have no shell of their own.
      await install('chromium-headless-shell').catch(() => install('chromium'))
    })
  })
  const installed = systemBrowser()
  if (!installed)
    throw new Refusal("Debian's Chromium was installed, but none is on the PATH. Set CHROMIUM_PATH.")
  return installed
}
