/** The Live page as a person meets it: by role and accessible name. */
import type { Locator, Page } from 'playwright/test'
import type { TestServer } from './server.ts'

export function livePage(page: Page) {
  const connections = page.getByRole('list', { name: 'Connections' })
  const row = (name: string | RegExp): Locator => connections.getByRole('listitem').filter({ hasText: name })
  const press = (within: Locator, name: string) => within.getByRole('button', { name, exact: true }).click()
  return {
    connections,
    row,
    heartbeats: page.getByRole('region', { name: 'Heartbeats' }),
    criteria: page.getByRole('region', { name: 'Success criteria' }),
    messages: page.getByRole('log', { name: 'Messages' }),
    events: page.getByRole('log', { name: 'Server events' }),
    status: page.getByRole('status', { name: 'Server' }),
    url: page.getByRole('combobox', { name: 'URL' }),
    press,
    open: (server: TestServer, search = '') => page.goto(`${server.origin}/${search}`),
    connect: async (url: string, heartbeat: { interval?: string; timeout?: string } = {}) => {
      const form = page.getByRole('form', { name: 'New connection' })
      await form.getByRole('combobox', { name: 'URL' }).fill(url)
      if (heartbeat.interval !== undefined) await form.getByLabel('Ping interval').fill(heartbeat.interval)
      if (heartbeat.timeout !== undefined) await form.getByLabel('Ping timeout').fill(heartbeat.timeout)
      await form.getByRole('button', { name: 'Connect' }).click()
    },
    watchHeartbeat: () => page.getByRole('button', { name: 'Watch a heartbeat' }).click(),
  }
}

/** As when the tab is covered by another, or shown again. */
export function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
