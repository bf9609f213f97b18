/**
 * Takes the README's picture of the Live page: `node tests/e2e/support/picture.ts` after a build. What it shows is
 * real: this server, a foreign one that falls silent, one that drops, and a port where nobody listens.
 */
import path from 'node:path'
import { chromium } from 'playwright/test'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { launchOptions } from './chromium.ts'
import { startForeignServer } from './foreign.ts'
import { livePage } from './live-page.ts'
import { startServer } from './server.ts'

const file = path.resolve(import.meta.dirname, '../../../public/live.png')
const [server, silent, dropping] = await Promise.all([
  startServer(),
  startForeignServer('silent'),
  startForeignServer('echo'),
])
const browser = await chromium.launch(launchOptions)
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 2,
    colorScheme: 'dark',
  })
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/health`, { interval: '2' })
  await live.connect(`${server.wsOrigin}/ws/echo`, { interval: '3' })
  await live.connect(silent.url)
  await setPagePings(live.row(new URL(silent.url).port))
  await live.connect(dropping.url)
  await live.connect(`ws://127.0.0.1:${await freePort()}/ws`)
  await page.waitForTimeout(20_000)
  for (const socket of dropping.sockets) socket.terminate()
  await page.waitForTimeout(20_000)
  await live.row('/ws/health').getByRole('button').first().click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('{"type":"get_status"}')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.mouse.move(0, 0)
  await page.waitForTimeout(3_000)
  await page.screenshot({ path: file })
} finally {
  await browser.close()
  await Promise.all([server.kill(), silent.stop(), dropping.stop()])
}

async function setPagePings(row: ReturnType<ReturnType<typeof livePage>['row']>): Promise<void> {
  await row.getByRole('button', { name: /^Page pings/ }).click()
  const dialog = row.page().getByRole('dialog', { name: 'Page pings' })
  await dialog.getByText('Repeatedly').click()
  await dialog.getByLabel('Message').fill('are you there')
  await dialog.getByRole('button', { name: 'Apply' }).click()
}
