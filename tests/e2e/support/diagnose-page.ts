/** The Diagnose page as a person meets it, and the report that the server keeps of what it shows. */
import { expect, type Page } from 'playwright/test'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { TestServer } from './server.ts'

/** What a link to the form may name. */
export interface Asked {
  readonly url: string
  readonly subprotocols?: readonly string[] | undefined
  readonly direct?: string | undefined
  readonly hold?: number | undefined
}

export function diagnosePage(page: Page, server: TestServer) {
  const region = (name: string) => page.getByRole('region', { name, exact: true })
  const path = region('Path')
  const stations = path.getByRole('list', { name: 'Stations' }).getByRole('listitem')
  return {
    url: page.getByRole('textbox', { name: 'What went wrong?' }),
    button: page.getByRole('button', { name: /^(Diagnose|Run again)$/ }),
    path,
    verdict: region('Verdict'),
    region,
    /** One stop on the way, by its name. */
    station: (name: string) => stations.filter({ hasText: name }),

    /** Fills the form by a link, as every other page does. */
    open: ({ url, subprotocols, direct, hold }: Asked) => {
      const query = new URLSearchParams({ url })
      if (subprotocols) query.set('subprotocols', subprotocols.join(', '))
      if (direct) query.set('direct', direct)
      if (hold) query.set('hold', String(hold))
      return page.goto(`${server.origin}/diagnose?${query}`)
    },
    run: () => page.getByRole('button', { name: /^(Diagnose|Run again)$/ }).click(),
    /** Both have looked, and nobody is awaited any more. */
    untilJudged: async (patienceMs = 20_000) => {
      await expect(path).toContainText('browser, probe', { timeout: patienceMs })
      await expect(region('Verdict')).not.toContainText('still awaited', { timeout: patienceMs })
    },
    /** The newest report of this URL, as the server keeps it. */
    stored: async (url: string): Promise<StoredReport> => {
      const asJson = async (address: string) => (await page.request.get(server.origin + address)).json()
      const { reports } = await asJson(`/api/reports?limit=1&url=${encodeURIComponent(url)}`)
      return asJson(`/api/reports/${reports[0].id}`)
    },
  }
}
