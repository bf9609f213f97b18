import type { CDPSession, Page } from 'playwright/test'
import { violationsOn } from './support/axe.ts'
import { diagnosePage } from './support/diagnose-page.ts'
import { type FirefoxPage, noFirefox, openFirefox } from './support/firefox.ts'
import { type OwnPage, startOwnPage } from './support/own-page.ts'
import { startServer, type TestServer } from './support/server.ts'
import { brokenNetwork, expect, test } from './support/test.ts'
import { websocketHabits } from './support/websocket-habits.ts'

// The recorder speaks in the console of somebody's page; that is what it is for.
test.use({
  expectedConsole: {
    allow: [
      ...brokenNetwork.allow,
      /^info: \[Why1006\]/,
      /blocked by CORS policy/,
      /WebSocket is already in CLOSING or CLOSED state/,
    ],
  },
})

/** A page of somebody's own, and a server that takes recordings from it. */
async function withOwnPage(
  act: (own: OwnPage, why: TestServer) => Promise<void>,
  { isAllowed = true }: { isAllowed?: boolean } = {},
): Promise<void> {
  const own = await startOwnPage()
  const why = await startServer(isAllowed ? { ALLOWED_ORIGINS: own.origin } : {})
  try {
    await act(own, why)
  } finally {
    await why.kill()
    await own.stop()
  }
}

/** Opens a connection to the page's own server, says something, and has it cut. */
const drop = async (socketOrigin: string) => {
  const socket = new WebSocket(`${socketOrigin}/chat?token=secret1234`)
  await new Promise((resolve) => {
    socket.onopen = resolve
  })
  socket.send('drop')
  await new Promise((resolve) => {
    socket.onclose = resolve
  })
}

const scriptOf = async (why: TestServer) => (await fetch(`${why.origin}/recorder.js`)).text()

/** What a console does with what is pasted into it. */
async function paste(session: CDPSession, expression: string): Promise<void> {
  await session.send('Runtime.evaluate', {
    expression,
    includeCommandLineAPI: true,
    replMode: true,
    userGesture: true,
  })
}

const saidBy = (page: Page, part: string) =>
  page.waitForEvent('console', (message) => message.text().includes(part))

const linkIn = (text: string): string => /https?:\/\/\S+#evidence=\S+/.exec(text)?.[0] ?? ''

test('WebSocket is as it was, whatever a page does with it', async ({ page }) => {
  await withOwnPage(async (own, why) => {
    await page.goto(own.origin)
    const before = await page.evaluate(websocketHabits, own.socketOrigin)
    await page.goto(own.origin)
    await page.addScriptTag({ url: `${why.origin}/recorder.js` })
    expect(await page.evaluate(websocketHabits, own.socketOrigin)).toEqual(before)
  })
})

test('pasted into a console it links a drop to its verdict, copies the evidence, and sends nothing', async ({
  page,
  context,
}) => {
  await withOwnPage(async (own, why) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).origin))
    await page.goto(own.origin)
    const session = await context.newCDPSession(page)
    await session.send('Runtime.enable')
    await paste(session, await scriptOf(why))
    const told = saidBy(page, 'dropped (1006)')
    await page.evaluate(drop, own.socketOrigin)
    const text = (await told).text()
    expect(text).toContain('/chat?token=***')
    expect(text).not.toContain('secret1234')

    const copied = new Promise<string>((resolve) => {
      session.on('Runtime.inspectRequested', ({ object, hints }) => {
        if ('copyToClipboard' in hints) resolve(String(object.value))
      })
    })
    await paste(session, 'why1006()')
    const evidence = JSON.parse(await copied)
    expect(evidence.browser.events.map(({ type }: { type: string }) => type)).toEqual([
      'open',
      'sent',
      'close',
    ])
    expect(JSON.stringify(evidence)).not.toContain('secret1234')
    expect(new Set(asked)).toEqual(new Set([own.origin]))

    // The link is read in the page it leads to.
    const posts: string[] = []
    page.on('request', (request) => {
      if (request.method() !== 'GET') posts.push(request.url())
    })
    await page.goto(linkIn(text))
    const diagnose = diagnosePage(page, why)
    await expect(diagnose.verdict).toContainText('from a recording in your page')
    await expect(diagnose.region('What was recorded')).toContainText('dropped or failed: 1006')
    expect(posts).toEqual([])
    expect(await violationsOn(page)).toEqual([])
  })
})

test('loaded by a page of an allowed origin, its connections appear on Live, each with its verdict', async ({
  page,
  context,
}) => {
  await withOwnPage(async (own, why) => {
    await page.goto(why.origin)
    const other = await context.newPage()
    await other.goto(own.origin)
    await other.addScriptTag({ url: `${why.origin}/recorder.js` })
    await other.evaluate((origin) => {
      Object.assign(window, { kept: new WebSocket(`${origin}/kept`) })
    }, own.socketOrigin)
    const rows = page.getByRole('list', { name: 'Recorded connections' }).getByRole('listitem')
    await expect(rows.filter({ hasText: '/kept' })).toContainText('open')
    await other.evaluate(drop, own.socketOrigin)
    await expect(rows.filter({ hasText: '/chat' })).toContainText('closed 1006')
    await other.close()
    await expect(rows.filter({ hasText: '/kept' })).toContainText(/page left|closed 1001/)
    await page.reload()
    await rows.filter({ hasText: '/chat' }).getByRole('link', { name: 'Why?' }).click()
    const diagnose = diagnosePage(page, why)
    await expect(diagnose.verdict).toContainText('from a recording in your page')
    await expect(diagnose.region('What was recorded')).toContainText(own.origin)
  })
})

test('a server that does not allow the page is said once, and the links go on', async ({ page }) => {
  await withOwnPage(
    async (own, why) => {
      const said: string[] = []
      page.on('console', (message) => said.push(message.text()))
      const count = (part: string) => said.filter((text) => text.includes(part)).length
      const refused = `add ${own.origin} to its ALLOWED_ORIGINS`
      await page.goto(own.origin)
      await page.addScriptTag({ url: `${why.origin}/recorder.js` })
      while (count(refused) === 0) await page.evaluate(drop, own.socketOrigin)
      await page.evaluate(drop, own.socketOrigin)
      expect(count('dropped (1006)')).toBeGreaterThan(0)
      expect(count(refused)).toBe(1)
      const kept = await (await fetch(`${why.origin}/api/recordings`)).json()
      expect(kept).toEqual({ recordings: [] })
    },
    { isAllowed: false },
  )
})

test('a link that is cut off or made up is refused in a sentence, and the page stays usable', async ({
  page,
  server,
}) => {
  const diagnose = diagnosePage(page, server)
  for (const [fragment, says] of [
    ['evidence=eyJ0YXJnZXQiOnsidXJsIj', /cut off or damaged/],
    [`evidence=${'A'.repeat(70_000)}`, /longer than 64 KiB/],
    [`evidence=${Buffer.from('{"probe":{}}').toString('base64url')}`, /no recording of a WebSocket/],
  ] as const) {
    await page.goto('about:blank')
    await page.goto(`${server.origin}/diagnose#${fragment}`)
    await expect(diagnose.verdict).toContainText(says)
  }
  await diagnose.url.fill('Error: Unexpected server response: 403')
  await diagnose.run()
  await expect(diagnose.verdict).toContainText('403')
  expect(new URL(page.url()).hash).toBe('')
})

test('Diagnose says how to record, and hands the recorder over', async ({ page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${server.origin}/diagnose`)
  const panel = page.getByRole('region', { name: 'Record in your own page' })
  await panel.getByRole('button', { name: 'Copy the script tag' }).click()
  const read = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(read).toBe(`<script src="${server.origin}/recorder.js"></script>`)
  await panel.getByRole('button', { name: 'Copy the recorder' }).click()
  await expect.poll(read).toBe(await scriptOf(server))
})

test('Firefox: WebSocket is as it was, a drop is told with its link, and Live hears of it @more', async () => {
  test.skip(noFirefox !== undefined, noFirefox)
  await withOwnPage(async (own, why) => {
    const firefox: FirefoxPage = await openFirefox()
    try {
      const habits = `(${websocketHabits})(${JSON.stringify(own.socketOrigin)})`
      await firefox.goto(own.origin)
      const before = await firefox.evaluate(habits)
      await firefox.goto(own.origin)
      await firefox.evaluate(
        `new Promise((done, failed) => document.head.append(Object.assign(document.createElement('script'), { src: '${why.origin}/recorder.js', onload: () => done(1), onerror: failed })))`,
      )
      expect(await firefox.evaluate(habits)).toEqual(before)
      await firefox.evaluate(`(${drop})(${JSON.stringify(own.socketOrigin)})`)
      const text = await firefox.untilSaid('dropped (1006)')
      expect(linkIn(text)).toContain(`${why.origin}/diagnose#evidence=`)
      expect(text).not.toContain('secret1234')
      await expect
        .poll(async () => (await (await fetch(`${why.origin}/api/recordings`)).json()).recordings)
        .toContainEqual(expect.objectContaining({ phase: 'closed', close_code: 1006, origin: own.origin }))

      // Pasted, where no script element is: the link alone.
      await firefox.goto(own.origin)
      await firefox.evaluate(
        await scriptOf(why).then((script) => script.trim().replace(/^(?:\/\/.*\n)+;/, '')),
      )
      const { length } = firefox.said
      await firefox.evaluate(`(${drop})(${JSON.stringify(own.socketOrigin)})`)
      await expect
        .poll(() => firefox.said.slice(length).some((said) => said.includes('dropped (1006)')))
        .toBe(true)
    } finally {
      await firefox.close()
    }
  })
})
