import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { violationsOn } from './support/axe.ts'
import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

const serious = ['serious', 'critical'] as const

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on Live, ${colorScheme}${colorScheme === 'light' ? ' @more' : ''}`, async ({
    page,
    server,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const live = livePage(page)
    await live.open(server)
    await expect(live.status).toContainText('Server up')
    expect(await violationsOn(page, serious)).toEqual([])

    await live.connect(`ws://127.0.0.1:${await freePort()}/nobody`)
    // axe keeps the machine busy for longer than the pong of a fast heartbeat may take.
    await live.connect(`${server.wsOrigin}/ws/health`, { interval: '2' })
    await expect(live.events.getByText('heartbeat', { exact: true }).first()).toBeVisible()
    await expect(live.heartbeats.locator('.recharts-surface').first()).toBeVisible()
    expect(await violationsOn(page, serious)).toEqual([])

    await live.press(live.row('/ws/health'), 'Close with…')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await violationsOn(page, serious)).toEqual([])
  })
}

test('nothing moves where motion is unwanted @more', async ({ page, server }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const live = livePage(page)
  await live.open(server)
  await live.watchHeartbeat()
  await expect(live.heartbeats.locator('[data-line=page]')).toBeAttached()
  await live.press(live.row('/ws/health'), 'Close with…')
  await expect(page.getByRole('dialog')).toBeVisible()
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(element)
      const longest = Math.max(
        ...transitionDuration.split(',').map(Number.parseFloat),
        ...(animationName === 'none' ? [] : animationDuration.split(',').map(Number.parseFloat)),
      )
      return longest > 0.01 ? [`${element.tagName} ${element.className}`] : []
    }),
  )
  expect(moving).toEqual([])
})
