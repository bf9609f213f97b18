/** What page script in a real Chromium sees of a WebSocket, event by event. */
import { type Browser, chromium } from 'playwright/test'
import { launchOptions } from '#tests/e2e/support/chromium.ts'

export interface PageSight {
  /** In order: `open`, `message health_status`, `error`, `close 1006 "" unclean`, `still open`. */
  events: string[]
  /** What the browser's console says to people; the URL is taken out. */
  console: string[]
}

/** Why there is no browser, for tests to skip with. */
export const noBrowser =
  launchOptions.executablePath === undefined && 'Chromium is not installed; CHROMIUM_PATH may name one'

export const openBrowser = (): Promise<Browser> => chromium.launch(launchOptions)

/** @param watchMs how long a connection may stay open before it is left alone */
export async function seenByPage(
  browser: Browser,
  { origin, url, watchMs }: { origin: string; url: string; watchMs: number },
): Promise<PageSight> {
  const page = await browser.newPage()
  try {
    const said: string[] = []
    page.on('console', (message) => {
      // The tab's icon is the browser's own wish, and no page here has one.
      if (!message.location().url.endsWith('/favicon.ico')) said.push(message.text().replaceAll(url, 'URL'))
    })
    // Served for real: a page that the test made up has no address, and Chromium lets none of those reach loopback.
    await page.goto(`${origin}/health`)
    const events = await page.evaluate(record, { url, watchMs })
    return { events, console: said }
  } finally {
    await page.close()
  }
}

/** Runs in the page. */
function record({ url, watchMs }: { url: string; watchMs: number }): Promise<string[]> {
  return new Promise((resolve) => {
    const events: string[] = []
    const socket = new WebSocket(url)
    const leave = () => {
      events.push('still open')
      resolve(events)
    }
    let timer = setTimeout(leave, 20_000)
    socket.onopen = () => {
      events.push('open')
      clearTimeout(timer)
      timer = setTimeout(leave, watchMs)
    }
    socket.onmessage = ({ data }) => events.push(`message ${/"type": ?"(\w+)"/.exec(String(data))?.[1]}`)
    socket.onerror = () => events.push('error')
    socket.onclose = ({ code, reason, wasClean }) => {
      clearTimeout(timer)
      events.push(`close ${code} "${reason}" ${wasClean ? 'clean' : 'unclean'}`)
      resolve(events)
    }
  })
}
