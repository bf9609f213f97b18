/** Every page in every state that it has, each a real one: what is looked at, by axe and by people. */
import { expect, type Page } from 'playwright/test'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { serving } from '#tests/server/probe/answers/support.ts'
import { startEndingServer, startForeignServer, startMuteServer } from './foreign.ts'
import { forbidden, unauthorized } from './kinds.ts'
import type { livePage } from './live-page.ts'
import type { TestServer } from './server.ts'

export interface Stage {
  page: Page
  server: TestServer
  live: ReturnType<typeof livePage>
}

/** Brings the page into a state; what it returns is done when everything was looked at. */
export type Scene = (stage: Stage) => Promise<undefined | (() => Promise<void>)>

const at =
  (path: string, until?: (page: Page) => Promise<unknown>): Scene =>
  async ({ page, server }) => {
    await page.goto(server.origin + path)
    await expect(page.getByRole('status', { name: 'Server' })).toContainText('Server up')
    await until?.(page)
    return undefined
  }

export const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' })
const answered = (page: Page) => page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 60_000 })

async function diagnose({ page, server }: Stage, what: string): Promise<void> {
  await page.goto(`${server.origin}/diagnose`)
  const box = page.getByRole('textbox', { name: 'What went wrong?' })
  await box.fill(what)
  await box.press('ControlOrMeta+Enter')
}

/** Live with a row that beats, one that never opened and one that drops. */
export async function rows({ live, server }: Stage) {
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

/** One of each outcome, of the last days. */
async function keepReports({ page, server }: Stage): Promise<void> {
  const target = { url: 'wss://axe.test/ws' }
  const opened = {
    browser: {
      events: [
        { type: 'open', ms: 4 },
        { type: 'still_open', ms: 90_004 },
      ],
    },
  }
  const refused = (status: number) => ({ probe: { http: { status, headers: [], ms: 5 } } })
  for (const [at, seen] of [opened, refused(429), refused(403)].entries()) {
    const data = { created: Date.now() / 1000 - (3 - at) * 86_400, evidence: { target, ...seen } }
    await page.request.post(`${server.origin}/api/reports/import`, { data })
  }
}

/** A connection to this server that opened and closed: the Events page has something to show. */
const endConnection = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket('/ws')
        socket.onopen = () => socket.close()
        socket.onclose = () => resolve()
      }),
  )

export const scenes: Readonly<Record<string, Scene>> = {
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
  'the reports': async (stage) => {
    await keepReports(stage)
    return at('/reports', (page) =>
      page.getByRole('link', { name: 'History of wss://axe.test/ws' }).first().waitFor(),
    )(stage)
  },
  'reports of which none fits': at('/reports?text=nobody-says-this&from=2026-01-01', (page) =>
    page.getByText('No report has all of this.').waitFor(),
  ),
  'an import that failed': at('/reports', async (page) => {
    const files = [{ name: 'notes.html', mimeType: 'text/html', buffer: Buffer.from('<!doctype html><p>') }]
    await page.getByLabel('Reports to import').setInputFiles(files)
    await page.getByText('This is not a report.').waitFor()
  }),
  'the history of a URL': async (stage) => {
    await keepReports(stage)
    return at('/reports/history?url=wss://axe.test/ws', (page) =>
      page.getByRole('region', { name: 'What changed' }).getByRole('status').waitFor(),
    )(stage)
  },
  'a URL without history': at('/reports/history?url=wss://nobody.test/', (page) =>
    page.getByText('No report of this URL is kept.').waitFor(),
  ),
  'no such report': at('/reports/nope', (page) =>
    page.getByRole('link', { name: 'Diagnose a URL' }).waitFor(),
  ),
  'the playbook': at('/playbook'),
  'the playbook, searched': at('/playbook?q=403'),
  'the playbook, searched in vain': at('/playbook?q=gremlins'),
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
  'the support bundle': at('/diagnose', async (page) => {
    await page.getByRole('button', { name: 'Support bundle…' }).click()
    await page.getByRole('list', { name: 'Contents' }).waitFor()
  }),
  'watch, with nothing': at('/watch', (page) => page.getByText('Nothing is being watched').waitFor()),
  'watch, with losses': async ({ page, server }) => {
    const target = await startEndingServer({ afterMs: 300, by: 'rst' })
    await page.goto(`${server.origin}/watch?url=${target.url}`)
    await page.getByText('Heartbeat, notification, headers').click()
    await page.getByRole('button', { name: 'Watch', exact: true }).click()
    await page.getByRole('region', { name: 'Losses' }).getByRole('link').first().waitFor()
    return async () => {
      await page.getByRole('button', { name: 'Remove' }).click()
      await page.getByText('Nothing is being watched').waitFor()
      await target.stop()
    }
  },
  'the lab': at('/lab'),
  'a fault of the lab': at('/lab?fault=idle-timeout'),
  'a fault of the lab, run': at('/lab?fault=strip-upgrade-headers', async (page) => {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(verdict(page).getByRole('link', { name: 'Whole report' })).toBeVisible({ timeout: 60_000 })
  }),
  'the events': at('/events?range=all', async (page) => {
    await endConnection(page)
    await page.getByRole('grid', { name: 'Connections' }).waitFor()
    await page.getByRole('region', { name: 'Verdict' }).getByRole('button', { name: 'Why?' }).waitFor()
  }),
  'the events, one story': at('/events?range=all', async (page) => {
    await endConnection(page)
    await page.getByRole('grid').getByRole('row').nth(1).click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  }),
  'the events, logs imported': at('/events', async (page) => {
    await page.getByLabel('Log files').setInputFiles('tests/fixtures/logs/n-idle-rt/access.log')
    await page.getByRole('button', { name: 'Remove imported logs' }).waitFor()
    await page.getByRole('grid', { name: 'Connections' }).waitFor()
  }),
  'the events, no match': at('/events?text=nothing-has-this', (page) =>
    page.getByRole('button', { name: 'Clear the filter' }).waitFor(),
  ),
  'no such page': async ({ page, server }) => {
    await page.goto(`${server.origin}/nowhere`)
    return undefined
  },
}
