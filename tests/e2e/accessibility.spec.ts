/** Every page in every state that it has, in both themes and three sizes: axe finds nothing, nothing overflows. */
import type { Page } from 'playwright/test'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { serving } from '#tests/server/probe/answers/support.ts'
import { violationsOn } from './support/axe.ts'
import { overflow, setTouched, smallTargets } from './support/fingers.ts'
import { startEndingServer, startForeignServer, startMuteServer } from './support/foreign.ts'
import { forbidden, unauthorized } from './support/kinds.ts'
import { livePage } from './support/live-page.ts'
import type { TestServer } from './support/server.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: { allow: [...brokenNetwork.allow, /status of 404/] } })

interface Stage {
  page: Page
  server: TestServer
  live: ReturnType<typeof livePage>
}

/** Brings the page into a state; what it returns is done when everything was looked at. */
type Scene = (stage: Stage) => Promise<undefined | (() => Promise<void>)>

const at =
  (path: string, until?: (page: Page) => Promise<unknown>): Scene =>
  async ({ page, server }) => {
    await page.goto(server.origin + path)
    await expect(page.getByRole('status', { name: 'Server' })).toContainText('Server up')
    await until?.(page)
    return undefined
  }

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' })
const answered = (page: Page) => page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 60_000 })

async function diagnose({ page, server }: Stage, what: string): Promise<void> {
  await page.goto(`${server.origin}/diagnose`)
  const box = page.getByRole('textbox', { name: 'What went wrong?' })
  await box.fill(what)
  await box.press('ControlOrMeta+Enter')
}

/** Live with a row that beats, one that never opened and one that drops. */
async function rows({ live, server }: Stage) {
  const ending = await startEndingServer({ afterMs: 300, by: 'rst' })
  await live.open(server)
  await live.connect(`ws://127.0.0.1:${await freePort()}/nobody`)
  await live.connect(ending.url)
  await expect(live.row('/ending')).toContainText('Why?')
  // axe keeps the machine busy for longer than the pong of a fast heartbeat may take.
  await live.connect(`${server.wsOrigin}/ws/health`, { interval: '2' })
  await expect(live.events.getByText('heartbeat', { exact: true }).first()).toBeVisible()
  await expect(live.heartbeats.locator('.recharts-surface').first()).toBeVisible()
  return ending.stop
}

const scenes: Readonly<Record<string, Scene>> = {
  'Live, first visit': at('/'),
  'Live, three rows': rows,
  'Live, Close with…': async (stage) => {
    const done = await rows(stage)
    await stage.live.press(stage.live.row('/ws/health'), 'Close with…')
    await expect(stage.page.getByRole('dialog')).toBeVisible()
    return done
  },
  'Live, Why?': async (stage) => {
    const done = await rows(stage)
    await stage.page.locator('[data-row-button]').filter({ hasText: '/ending' }).click()
    await stage.live.press(stage.live.row('/ending'), 'Why?')
    await expect(verdict(stage.page).locator('[data-verdict]')).toBeVisible()
    return done
  },
  'Live, Alerts': async (stage) => {
    const done = await rows(stage)
    await stage.page.getByRole('button', { name: 'Alerts' }).click()
    await expect(stage.page.getByRole('dialog')).toBeVisible()
    return done
  },
  'the palette': at('/playbook', async (page) => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('option', { name: 'Theme: dark' })).toBeVisible()
  }),
  'the palette, searched': at('/playbook', async (page) => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox').fill('idle')
    await expect(page.getByRole('option').first()).toBeVisible()
  }),
  'the keys': at('/playbook', async (page) => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  }),
  'Diagnose, nothing asked': at('/diagnose'),
  'Diagnose, nothing entered': at('/diagnose', async (page) => {
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click()
    await expect(page.getByText('Enter a URL, or paste what went wrong.')).toBeVisible()
  }),
  'Diagnose, all options': at(
    '/diagnose?url=wss://board.test/ws&origin=https://board.test&hold=75&subprotocols=a&direct=ws://10.0.0.7/ws',
  ),
  'Diagnose, under way': async (stage) => {
    const mute = await startMuteServer()
    await diagnose(stage, mute.url)
    await expect(stage.page.getByRole('button', { name: 'Cancel' })).toBeVisible()
    return mute.stop
  },
  'Diagnose, a fault': async (stage) => {
    const target = await serving(unauthorized)
    await diagnose(stage, `ws://127.0.0.1:${target.port}/ws`)
    await answered(stage.page)
    return target.close
  },
  'Diagnose, undetermined and unfolded': async (stage) => {
    const target = await serving(forbidden)
    await diagnose(stage, `ws://127.0.0.1:${target.port}/ws`)
    await answered(stage.page)
    await stage.page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    return target.close
  },
  'Diagnose, still watching': async (stage) => {
    const echo = await startForeignServer('echo')
    await diagnose(stage, echo.url)
    await expect(verdict(stage.page).getByRole('timer', { name: 'Silence' })).toBeVisible()
    return echo.stop
  },
  'Diagnose, a refusal': async (stage) => {
    await diagnose(stage, 'ftp://board.test/')
    await expect(stage.page.getByRole('alert').filter({ hasText: 'ftp' })).toBeVisible()
    return undefined
  },
  'Diagnose, what was pasted': async (stage) => {
    await diagnose(
      stage,
      "WebSocket connection to 'wss://board.test/live' failed: Error during WebSocket handshake: Unexpected response code: 426\nserver {\n  location / {\n    proxy_pass http://10.0.0.7:3000;\n  }\n}",
    )
    await answered(stage.page)
    return undefined
  },
  'a report': async (stage) => {
    const target = await serving(unauthorized)
    await diagnose(stage, `ws://127.0.0.1:${target.port}/ws`)
    await answered(stage.page)
    const { reports } = await (
      await stage.page.request.get(`${stage.server.origin}/api/reports?limit=1`)
    ).json()
    await stage.page.goto(`${stage.server.origin}/reports/${reports[0].id}`)
    await expect(verdict(stage.page)).toContainText('Authentication required')
    return target.close
  },
  'no such report': at('/reports/nope', (page) =>
    page.getByRole('link', { name: 'Diagnose a URL' }).waitFor(),
  ),
  'the playbook': at('/playbook'),
  'a cause': at('/playbook/idle-timeout'),
  'close codes': at('/playbook/codes'),
  'the phrasebook': at('/playbook/messages'),
  'the checklist': at('/playbook/checklist'),
  'the checklist, failed': async ({ page, server }) => {
    const target = await serving(forbidden)
    await page.goto(`${server.origin}/playbook/checklist?url=ws://127.0.0.1:${target.port}/ws`)
    await page.getByRole('button', { name: 'Run the checks' }).click()
    await expect(page.getByRole('status', { name: 'Checklist' })).toContainText('2 failed')
    return target.close
  },
  'the checklist of this server': at('/playbook/checklist', async (page) => {
    await page.getByRole('tab', { name: 'This Why1006 server' }).click()
    await expect(page.getByRole('status', { name: 'Checklist' })).toContainText('passed')
  }),
  'a scenario': at('/playbook/scenarios/no-messages'),
  'the lab': at('/lab'),
  'a fault of the lab': at('/lab?fault=idle-timeout'),
  'a fault of the lab, run': at('/lab?fault=strip-upgrade-headers', async (page) => {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(verdict(page).getByRole('link', { name: 'Whole report' })).toBeVisible({ timeout: 60_000 })
  }),
  'no such page': async ({ page, server }) => {
    await page.goto(`${server.origin}/nowhere`)
    return undefined
  },
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
]

for (const [name, scene] of Object.entries(scenes)) {
  test(`axe finds nothing, all fits, and fingers meet it: ${name} @more`, async ({ page, server }) => {
    test.setTimeout(180_000)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const done = await scene({ page, server, live: livePage(page) })
    const found: Record<string, unknown> = {}
    for (const size of sizes) {
      await page.setViewportSize(size)
      const isTouched = size.width < 1000
      await setTouched(page, isTouched)
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const violations = await violationsOn(page)
        if (violations.length > 0) found[`${size.width} ${colorScheme}`] = violations
      }
      const wider = await overflow(page)
      if (wider > 0) found[`${size.width} wider by`] = wider
      const small = isTouched ? await smallTargets(page) : []
      if (small.length > 0) found[`${size.width} small`] = small
    }
    expect(found).toEqual({})
    await done?.()
  })
}

test('axe finds nothing on Live with a row that beats', async ({ page, server }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const live = livePage(page)
  const done = await rows({ page, server, live })
  expect(await violationsOn(page)).toEqual([])
  await done()
})

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

test('by keyboard alone a URL is diagnosed, and what a screen reader hears leads from the answer to the fix', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const target = await serving(unauthorized)
  await page.goto(`${server.origin}/diagnose`)
  await expect(page.getByRole('textbox', { name: 'What went wrong?' })).toBeFocused()
  await page.keyboard.type(`ws://127.0.0.1:${target.port}/ws`)
  await page.keyboard.press('Enter')
  await expect(verdict(page).locator('[data-verdict]')).toBeFocused()
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Diagnose" [level=1]
      - form "Diagnose":
        - textbox "What went wrong?"
        - button "Run again"
      - status: /Authentication required, proven\\./
      - region "Verdict":
        - heading "Verdict" [level=2]
        - heading /Authentication required\\. proven/ [level=3]
      - region "Fix":
        - heading "Fix" [level=2]
      - region "Path":
        - list "Stations":
          - listitem: /Browser.* reported it, closed 1006/
          - listitem: /DNS.* passed/
          - listitem: /TCP.* passed/
          - listitem: /TLS.* not used, none/
          - listitem: /Proxy.* not used, none seen/
          - listitem: /Upgrade.* failed, 401/
  `)
  await page.keyboard.press('Tab')
  await expect(verdict(page).getByRole('link', { name: 'What happens on the wire' })).toBeFocused()
  await target.close()
})

test('a screen reader hears each row of Live with what can be done about it', async ({ page, server }) => {
  const live = livePage(page)
  const done = await rows({ page, server, live })
  await page.locator('[data-row-button]').filter({ hasText: '/ending' }).click()
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - form "New connection":
        - combobox "URL"
        - button "Connect"
      - region "Connections":
        - status "Dropped connections": /\\d of 3 dropped/
        - list "Connections":
          - listitem:
            - checkbox /Select 127\\.0\\.0\\.1:\\d+\\/ending/
            - button /ending/ [pressed]
            - button "Why?"
      - region "Heartbeats"
      - region "Messages":
        - log "Messages"
        - textbox "Message"
        - button "Send"
  `)
  await done()
})

test('a screen reader hears the checklist by what failed', async ({ page, server }) => {
  const target = await serving(forbidden)
  await page.goto(`${server.origin}/playbook/checklist?url=ws://127.0.0.1:${target.port}/ws`)
  await page.getByRole('button', { name: 'Run the checks' }).press('Enter')
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Checklist" [level=1]
      - form "What to check":
        - textbox "WebSocket URL"
        - textbox "Page’s origin"
        - button "Run the checks"
      - status "Checklist": /2 failed. Upgrade through the proxy \\(403\\), Opens from this browser/
      - tablist "What is checked":
        - tab "Your URL" [selected]
        - tab "This Why1006 server"
      - tabpanel "Your URL":
        - list "Checks":
          - listitem:
            - heading "Upgrade through the proxy" [level=2]
          - listitem:
            - heading "Opens from this browser" [level=2]
  `)
  await target.close()
})
