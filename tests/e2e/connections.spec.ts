import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { startForeignServer, startMuteServer } from './support/foreign.ts'
import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

test('a close names its code, its reason and who closed', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/echo`)
  const row = live.row('/ws/echo')
  await expect(row).toContainText('open')

  await live.press(row, 'Close with…')
  const dialog = page.getByRole('dialog', { name: 'Close with a code' })
  await dialog.getByLabel('Code').fill('1001')
  await dialog.getByRole('button', { name: 'Close connection' }).click()
  await expect(dialog).toContainText('1000 or 3000 to 4999')

  await dialog.getByLabel('Code').fill('4321')
  await dialog.getByLabel('Reason').fill('enough seen')
  await dialog.getByRole('button', { name: 'Close connection' }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('closed 4321')
  await expect(row).toContainText('by this page')
  await expect(row).toContainText('enough seen')

  await live.press(row, 'Remove')
  await expect(live.connections).toBeHidden()
})

test('a socket that is dropped without a close frame says so', async ({ page, server }) => {
  const foreign = await startForeignServer('silent')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const row = live.row('/foreign')
  await expect(row).toContainText('open')
  for (const socket of foreign.sockets) socket.terminate()
  await expect(row).toContainText('closed 1006')
  await expect(row).toContainText(/Dropped after [\d.]+\s(ms|s) without a Close frame/)
  await foreign.stop()
})

test('a foreign server that closes is named with its code and reason', async ({ page, server }) => {
  const foreign = await startForeignServer('silent')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  const row = live.row('/foreign')
  await expect(row).toContainText('open')
  for (const socket of foreign.sockets) socket.close(4008, 'quota used up')
  await expect(row).toContainText('closed 4008')
  await expect(row).toContainText('by the server')
  await expect(row).toContainText('quota used up')
  await foreign.stop()
})

test('a peer that breaks the protocol is told from one that dropped', async ({ page, server }) => {
  const foreign = await startForeignServer('violating')
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  await expect(live.row('/foreign')).toContainText('closed 1006')
  await expect(live.row('/foreign')).toContainText('protocol violation')
  await foreign.stop()
})

test('a port where nobody listens never opens', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`ws://127.0.0.1:${await freePort()}/nobody`)
  await expect(live.row('/nobody')).toContainText('never opened')
})

test('Enter connects, and the suggestions leave the new connection in sight', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.url.click()
  await live.url.fill(`${server.wsOrigin}/ws/echo`)
  await expect(page.getByRole('listbox', { name: 'Suggested URLs' })).toBeVisible()
  await live.url.press('Enter')
  await expect(live.row('/ws/echo')).toContainText('open')
  await expect(page.getByRole('listbox', { name: 'Suggested URLs' })).toBeHidden()
})

test('what the browser itself refuses never reaches a network', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await page.getByLabel('Subprotocols').fill('not/a/token')
  await live.connect(`${server.wsOrigin}/ws`)
  await expect(live.row('/ws')).toContainText('refused by the browser')
})

test('a refusal by this server is told with its status', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.connect(`${server.wsOrigin}/ws/nowhere`)
  await expect(live.row('/ws/nowhere')).toContainText('never opened')
  await expect(live.row('/ws/nowhere')).toContainText('404')
})

test('automatic reconnection draws its schedule and succeeds when the server is back @more', async ({
  page,
  mortal,
}) => {
  const live = livePage(page)
  await live.open(mortal)
  await live.watchHeartbeat()
  const row = live.row('/ws/health')
  await expect(row).toContainText('open')
  await row.getByRole('switch', { name: 'Auto-reconnect' }).check({ force: true })
  await mortal.kill()
  await expect(row.getByRole('img', { name: /Reconnection schedule: attempt 1/ })).toBeVisible()
  await mortal.restart()
  await expect(row.getByText('open', { exact: true })).toBeVisible()
})

test('a handshake that nobody answers is connecting, and Chrome is named where it is Chrome that waits @more', async ({
  page,
  server,
}) => {
  const mute = await startMuteServer()
  const live = livePage(page)
  await live.open(server)
  await live.connect(mute.url)
  const row = live.connections.getByRole('listitem').last()
  await expect(row).toContainText('connecting')
  await expect(row).toContainText(/opening for\s*[\d.]+ s/)
  await expect(row).not.toContainText('Chrome, not your server')
  for (let index = 0; index < 12; index++) await live.connect(mute.url)
  await expect(row).toContainText('Chrome, not your server, delays the next handshake by up to')
  await expect(row).toBeInViewport()
  await mute.stop()
})

test.describe('a page whose policy forbids the target', () => {
  test.use({ expectedConsole: { allow: [...brokenNetwork.allow, /Content Security Policy/] } })

  test('is told from a failure: an error, no close, and the directive', async ({ page, server }) => {
    const foreign = await startForeignServer('silent')
    await page.route(`${server.origin}/`, async (route) => {
      const response = await route.fetch()
      const policy = (response.headers()['content-security-policy'] ?? '').replace(
        /connect-src [^;]*/,
        `connect-src 'self' ${server.wsOrigin}`,
      )
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy },
      })
    })
    const live = livePage(page)
    await live.open(server)
    await live.connect(foreign.url)
    await expect(live.row('/foreign')).toContainText('blocked by policy')
    await expect(live.row('/foreign')).toContainText('connect-src')
    await foreign.stop()
  })
})
