/**
 * Pictures of every page in each of its states, in four sizes and both themes, to look at after a change:
 * `node tests/e2e/support/states.ts <folder> [state…]` after a build. Every state is a real one. Those of Live that take
 * their time are here, all others are the scenes that axe looks at too.
 */
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright/test'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { launchOptions } from './chromium.ts'
import {
  type ForeignServer,
  type MuteServer,
  startEndingServer,
  startForeignServer,
  startMuteServer,
} from './foreign.ts'
import { livePage } from './live-page.ts'
import { scenarioPage } from './scenario-page.ts'
import { type Stage as Place, scenes } from './scenes.ts'
import { startServer, type TestServer } from './server.ts'

interface Stage extends Place {
  silent: ForeignServer
  echo: ForeignServer
  mute: MuteServer
}

/** Brings a page that was just opened into the state; what it leaves broken it mends itself. */
const states: Record<string, (stage: Stage) => Promise<unknown>> = {
  ...scenes,
  connecting: async ({ page, live, mute }) => {
    await live.connect(mute.url)
    await page.waitForTimeout(1500)
  },
  one: async ({ page, live }) => {
    await live.watchHeartbeat()
    await page.waitForTimeout(12_000)
  },
  three: async ({ page, live, server, echo }) => {
    await openMany(live, server, 2, '1')
    await live.connect(echo.url)
    await page.waitForTimeout(8000)
  },
  eight: async ({ page, live, server }) => {
    await openMany(live, server, 8, '1')
    await page.waitForTimeout(8000)
  },
  fifty: async ({ page, live, server, echo }) => {
    await openMany(live, server, 44, '2')
    for (let index = 0; index < 3; index++) await live.connect(`ws://127.0.0.1:${await freePort()}/ws`)
    for (let index = 0; index < 3; index++) await live.connect(echo.url)
    await page.waitForTimeout(6000)
    for (const socket of echo.sockets) socket.terminate()
    await page.waitForTimeout(2000)
  },
  dropped: async ({ page, live }) => {
    const ending = await startEndingServer({ afterMs: 3000, by: 'rst' })
    await live.connect(ending.url)
    await page.getByRole('switch', { name: 'Auto-reconnect' }).check({ force: true })
    await live.connections
      .getByText(/dropped 3×/)
      .first()
      .waitFor()
    await live.connections.getByText('open', { exact: true }).waitFor()
    await page.waitForTimeout(500)
  },
  why: async ({ page, live }) => {
    const ending = await startEndingServer({ afterMs: 3000, by: 'rst' })
    await live.connect(ending.url)
    await page.getByRole('switch', { name: 'Auto-reconnect' }).check({ force: true })
    await live.connections
      .getByText(/dropped 3×/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Why?' }).click()
    await page.getByRole('region', { name: 'Verdict' }).getByRole('heading').nth(1).waitFor()
  },
  foreign: async ({ page, live, echo }) => {
    await live.connect(echo.url)
    await page.waitForTimeout(6000)
  },
  dead: async ({ page, live, echo }) => {
    await live.connect(`ws://127.0.0.1:${await freePort()}/ws`)
    await live.connect('ws://')
    await live.connect(echo.url)
    await live.connections.getByText('open', { exact: true }).waitFor()
    await page.waitForTimeout(3000)
    for (const socket of echo.sockets) socket.terminate()
    await page.waitForTimeout(2000)
  },
  closed: async ({ page, live, echo }) => {
    await live.connect(echo.url)
    await live.connections.getByText('open', { exact: true }).waitFor()
    await page.waitForTimeout(2000)
    for (const socket of echo.sockets) socket.close(4001, 'session expired')
    await page.waitForTimeout(2000)
  },
  gone: async ({ page, live, server }) => {
    await openMany(live, server, 3, '1')
    await page.waitForTimeout(5000)
    await server.kill()
    await page.waitForTimeout(9000)
  },
  waiting: async ({ page, live, server }) => {
    await openMany(live, server, 2, '1')
    await page.getByRole('switch', { name: 'Auto-reconnect' }).check({ force: true })
    await page.waitForTimeout(3000)
    await server.kill()
    await page.waitForTimeout(12_000)
  },
  'half-open': async ({ page, live, silent }) => {
    await live.connect(silent.url)
    await live.connections.getByText('open', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^Page pings/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Page pings' })
    await dialog.getByText('Repeatedly').click()
    await dialog.getByLabel('Message').fill('are you there')
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await live.row('half-open').waitFor()
    await page.waitForTimeout(4000)
  },
  'through-form': async ({ page, live, echo }) => {
    await openThrough(page, live, echo)
    await page.waitForTimeout(500)
  },
  through: async ({ page, live, echo }) => {
    await openThrough(page, live, echo)
    await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click()
    await live.row(/Open since/).waitFor()
    for (const socket of echo.sockets) socket.ping()
    await page.waitForTimeout(3000)
  },
  saved: async ({ page, live, echo }) => {
    await openThrough(page, live, echo)
    await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click()
    await live.row(/Open since/).waitFor()
    await page.getByRole('button', { name: 'Saved…' }).click()
    await page.getByRole('button', { name: 'Save open connections' }).click()
    await page.waitForTimeout(500)
  },
  'a host where nothing opens': async ({ page, live }) => {
    await live.connect(`ws://127.0.0.1:${await freePort()}`)
    await live.connections.getByText('never opened').waitFor()
    await page.waitForTimeout(12_000)
  },
  'the longer look, over': async ({ page, server, echo }) => {
    await page.goto(`${server.origin}/diagnose?url=${echo.url}`)
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click()
    await page.getByRole('button', { name: 'Stop' }).click({ timeout: 60_000 })
    await page.waitForTimeout(4000)
  },
  'watched for a while': async ({ page, server }) => {
    const ending = await startEndingServer({ afterMs: 1000, by: 'rst' })
    await page.goto(`${server.origin}/watch?url=${ending.url}`)
    await page.getByRole('button', { name: 'Watch', exact: true }).click()
    await page.getByRole('button', { name: /^Show [3-9] new$/ }).click({ timeout: 60_000 })
    await page.getByRole('button', { name: /^Show \d new$/ }).waitFor({ timeout: 60_000 })
  },
  'a scenario, under way': async ({ page, server }) => {
    const guide = scenarioPage(page)
    await guide.open(server, 'upgrade-headers')
    await guide.reproduce()
  },
  'a scenario, done': async ({ page, server }) => {
    const guide = scenarioPage(page)
    await guide.open(server, 'upgrade-headers')
    await guide.reproduce()
    await guide.diagnose()
    await guide.mend()
  },
  'signing in': async ({ page }) => {
    // Behind a trusted proxy nobody is local.
    const locked = await startServer({
      ACCESS_TOKEN: 'correct-horse-battery',
      TRUSTED_PROXIES: '127.0.0.1,::1',
    })
    await page.goto(locked.origin)
    await page.getByLabel('Access token').fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The token is wrong.').waitFor()
    await locked.kill()
  },
}

async function openThrough(page: Page, live: Stage['live'], { url }: ForeignServer): Promise<void> {
  await live.url.fill(url)
  await page.getByRole('button', { name: 'Through Why1006…' }).click()
  await page.getByRole('dialog').getByLabel('Headers').fill('Authorization: Bearer example')
}

const sizes = [
  { width: 2560, height: 1440 },
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]

const [folder, ...asked] = process.argv.slice(2)
if (folder === undefined)
  throw new Error('Say where the pictures go: node tests/e2e/support/states.ts <folder>')
const browser = await chromium.launch(launchOptions)
try {
  for (const name of asked.length > 0 ? asked : Object.keys(states)) await picture(browser, name, folder)
} finally {
  await browser.close()
}

async function picture(browser: Browser, name: string, folder: string): Promise<void> {
  const enter = states[name]
  if (enter === undefined) throw new Error(`No state ${name}; there are ${Object.keys(states).join(', ')}`)
  const [server, silent, echo, mute] = await Promise.all([
    startServer(),
    startForeignServer('silent'),
    startForeignServer('echo'),
    startMuteServer(),
  ])
  const page = await browser.newPage()
  try {
    await page.goto(server.origin)
    await page.getByRole('form', { name: 'New connection' }).waitFor()
    await enter({ page, live: livePage(page), server, silent, echo, mute })
    for (const size of sizes) {
      await page.setViewportSize(size)
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(500)
        const file = path.join(folder, `${name.replaceAll(/[^\w-]+/g, '-')}-${size.width}-${colorScheme}.png`)
        await page.screenshot({ path: file, fullPage: true })
      }
    }
  } finally {
    await page.close()
    await Promise.all([server.kill(), silent.stop(), echo.stop(), mute.stop()])
  }
}

async function openMany(
  live: ReturnType<typeof livePage>,
  server: TestServer,
  count: number,
  interval: string,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    await live.connect(`${server.wsOrigin}${index % 3 === 2 ? '/ws/echo' : '/ws/health'}`, { interval })
  }
}
