/**
 * Takes the README's pictures: `node tests/e2e/support/picture.ts` after a build. What they show is real. Live: this
 * server, a foreign one that falls silent, one that drops, and a port where nothing listens. The report: a server that
 * lets in one origin only.
 */
import path from 'node:path'
import { chromium, type Page } from 'playwright/test'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { onlyOrigin } from '#tests/parity/support/backends.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'
import { launchOptions } from './chromium.ts'
import { diagnosePage } from './diagnose-page.ts'
import { startForeignServer } from './foreign.ts'
import { livePage } from './live-page.ts'
import { startServer, type TestServer } from './server.ts'

const fileOf = (name: string) => path.resolve(import.meta.dirname, `../../../public/${name}.png`)
const [server, silent, dropping, strict] = await Promise.all([
  startServer(),
  startForeignServer('silent'),
  startForeignServer('echo'),
  rawServer(onlyOrigin('https://app.example')),
])
const browser = await chromium.launch(launchOptions)
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 2,
    colorScheme: 'dark',
  })
  await takeLive(page, server)
  await takeReport(page, server)
} finally {
  await browser.close()
  await Promise.all([server.kill(), silent.stop(), dropping.stop(), strict.close()])
}

async function takeLive(page: Page, server: TestServer): Promise<void> {
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
  await page.screenshot({ path: fileOf('live') })
}

async function takeReport(page: Page, server: TestServer): Promise<void> {
  const diagnose = diagnosePage(page, server)
  await diagnose.open({ url: strict.url })
  await diagnose.run()
  await diagnose.untilJudged()
  await page.mouse.move(0, 0)
  await page.waitForTimeout(1_000)
  await page.screenshot({ path: fileOf('diagnose') })
}

async function setPagePings(row: ReturnType<ReturnType<typeof livePage>['row']>): Promise<void> {
  await row.getByRole('button', { name: /^Page pings/ }).click()
  const dialog = row.page().getByRole('dialog', { name: 'Page pings' })
  await dialog.getByText('Repeatedly').click()
  await dialog.getByLabel('Message').fill('are you there')
  await dialog.getByRole('button', { name: 'Apply' }).click()
}
