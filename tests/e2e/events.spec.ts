import { livePage } from './support/live-page.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test('server events are filtered by kind and text, and the filter is in the address', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.watchHeartbeat()
  await expect(live.events.getByText('heartbeat', { exact: true }).first()).toBeVisible()

  const region = page.getByRole('region', { name: 'Server events' })
  await region.getByRole('button', { name: 'Filter', exact: true }).click()
  await region.getByText('accepted', { exact: true }).first().click()
  await expect(page).toHaveURL(/kinds=accepted/)
  await expect(live.events.getByText('heartbeat', { exact: true })).toHaveCount(0)
  await expect(live.events.getByText('accepted', { exact: true }).first()).toBeVisible()

  await page.reload()
  await expect(live.events.getByText('accepted', { exact: true }).first()).toBeVisible()
  await expect(live.events.getByText('heartbeat', { exact: true })).toHaveCount(0)
})

test('an event opens, and leads to the whole story of its connection', async ({ page, server }) => {
  const live = livePage(page)
  await live.open(server)
  await live.watchHeartbeat()
  // The server is the worker's: an interval of its own tells this connection from those of earlier tests.
  await live.connect(`${server.wsOrigin}/ws/echo?ping_interval=29`)
  await live.events.getByText('ping 29 s / 10 s').click()
  await live.events.getByRole('button', { name: 'Full history' }).click()
  await expect(page).toHaveURL(/story=/)
  await expect(live.events.getByText('attempt', { exact: true })).toHaveCount(1)
  await expect(live.events.getByText('/ws/health', { exact: false })).toHaveCount(0)
})

test('rows of the selected connection are marked, a pause holds them and counts what is new', async ({
  page,
  server,
}) => {
  const live = livePage(page)
  await live.open(server)
  await live.watchHeartbeat()
  await expect(live.events.locator('[data-marked]').first()).toBeVisible()
  const region = page.getByRole('region', { name: 'Server events' })
  await region.getByRole('button', { name: 'Pause' }).click()
  const pill = region.getByRole('button', { name: /\d+ new/ })
  await expect(pill).toBeVisible()
  await pill.click()
  await expect(pill).toBeHidden()
})

test('a gap is shown as what it is, and filled when asked @more', async ({ page, server }) => {
  // Between page and server, as a reader that was too slow: what comes meanwhile is dropped, and a gap told instead.
  let dropping = false
  const dropped: { id: string; kind: string; endpoint?: string }[] = []
  await page.routeWebSocket(/\/ws\/diagnostics/, (reader) => {
    let lastPassed: string | undefined
    reader.connectToServer().onMessage((text) => {
      const events: typeof dropped = JSON.parse(String(text)).events ?? []
      if (dropping) {
        dropped.push(...events)
        return
      }
      if (dropped.length > 0 && events[0]) {
        reader.send(JSON.stringify({ type: 'gap', after: lastPassed, before: events[0].id }))
        dropped.length = 0
      }
      reader.send(text)
      lastPassed = events.at(-1)?.id ?? lastPassed
    })
  })
  const live = livePage(page)
  await live.open(server)
  await live.watchHeartbeat()
  await expect(live.events.locator('[data-marked]').first()).toBeVisible()

  dropping = true
  await live.connect(`${server.wsOrigin}/ws/echo?ping_interval=7`)
  const wasAccepted = () =>
    dropped.some(({ kind, endpoint }) => kind === 'accepted' && endpoint === '/ws/echo')
  await expect.poll(wasAccepted).toBe(true)
  dropping = false
  await expect(live.events).toContainText('events are missing here')
  await expect(live.events.getByText('ping 7 s')).toHaveCount(0)
  // Who reads further up, as one who scrolled to a gap, sees it filled as well.
  await live.events.press('ArrowUp')
  await live.events.getByRole('button', { name: 'Load them' }).click()
  await expect(live.events.getByText('ping 7 s')).toBeVisible()
  await expect(live.criteria).toContainText('Heartbeat every 7 s')
  await expect(live.events).not.toContainText('events are missing here')
})

test.describe('where no WebSocket gets through', () => {
  test.use({ expectedConsole: brokenNetwork })

  test('the events come as server-sent events, and the panel says so', async ({ page, server }) => {
    await page.addInitScript(() => {
      const Real = window.WebSocket
      window.WebSocket = new Proxy(Real, {
        construct(target, [url, protocols]) {
          // Port 9 refuses: what a proxy without Upgrade does to every socket.
          const blocked = String(url).includes('/ws/diagnostics')
          return new target(blocked ? 'ws://127.0.0.1:9/' : url, protocols ?? [])
        },
      })
    })
    const live = livePage(page)
    await live.open(server)
    const region = page.getByRole('region', { name: 'Server events' })
    await expect(region.getByText('SSE', { exact: true })).toBeVisible()
    await live.watchHeartbeat()
    await expect(live.events.locator('[data-marked]').first()).toBeVisible()
  })
})
