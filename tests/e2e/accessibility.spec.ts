/** Every page in every state that it has, in both themes and five sizes: axe finds nothing, nothing overflows. */
import { serving } from '#tests/server/probe/answers/support.ts'
import { violationsOn } from './support/axe.ts'
import { overflow, setTouched, smallTargets } from './support/fingers.ts'
import { forbidden, unauthorized } from './support/kinds.ts'
import { livePage } from './support/live-page.ts'
import { rows, scenes, verdict } from './support/scenes.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: { allow: [...brokenNetwork.allow, /status of 404/] } })

const sizes = [
  { width: 2560, height: 1440 },
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
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
