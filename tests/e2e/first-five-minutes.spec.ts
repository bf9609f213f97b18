/**
 * What people have when a connection fails, and how soon they have an answer: what they have goes into the box of the
 * first page, Enter is the second action, and no third one is needed. Each server is a real one of its kind.
 */
import type { Locator, Page } from 'playwright/test'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { type Server, serving } from '#tests/server/probe/answers/support.ts'
import { tlsServer } from '#tests/server/probe/support/tls-server.ts'
import { startEndingServer, startForeignServer, startMuteServer } from './support/foreign.ts'
import {
  forbidden,
  graphqlWs,
  notFound,
  signalR,
  singlePage,
  socketIo,
  unauthorized,
  upgradeRequired,
} from './support/kinds.ts'
import { livePage } from './support/live-page.ts'
import type { TestServer } from './support/server.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: brokenNetwork })

/** Action 1: into the box of the first page. Action 2: Enter. */
async function ask(page: Page, server: TestServer, what: string): Promise<Locator> {
  await page.goto(server.origin)
  const box = page.getByRole('textbox', { name: 'What went wrong?' })
  await box.fill(what)
  await box.press('ControlOrMeta+Enter')
  return page.getByRole('region', { name: 'Verdict' })
}

const fix = (page: Page) => page.getByRole('region', { name: 'Fix' })
const headline = (verdict: Locator) => verdict.locator('[data-verdict]')
/** The longest that any of the servers below keeps a connection before it ends it, and as much again. */
const untilDropped = { timeout: 45_000 }

interface Row {
  have: string
  server: Server
  path?: string
  /** The headline of the verdict. */
  says: RegExp
  /** In the fix; else the plan must have a button. */
  fix?: RegExp
}

const rows: readonly Row[] = [
  { have: '401', server: unauthorized, says: /^Authentication required\.proven/, fix: /token/ },
  { have: '403', server: forbidden, says: /^HTTP 403: three causes fit\./ },
  {
    have: '403 for the Origin of a page',
    server: (visit) =>
      visit.isOwnOrigin || visit.origin === undefined ? visit.open() : visit.refuse('403 Forbidden'),
    says: /^Origin not allowed\.proven/,
    fix: /Allow http:\/\/localhost:\d+ at the server/,
  },
  { have: '404', server: notFound, says: /^Not a WebSocket endpoint\./, fix: /WebSocketServer/ },
  { have: '426', server: upgradeRequired, says: /^Upgrade header dropped by a proxy\./, fix: /Upgrade/ },
  { have: 'a page with 200', server: singlePage, says: /^HTTP 200: .* causes fit\./ },
  {
    have: 'an application with Socket.IO, by its bare address',
    server: socketIo,
    path: '',
    says: /^(Application protocol mismatch|No endpoint at this path|Not a WebSocket endpoint)/,
    fix: /\/socket\.io\//,
  },
  {
    have: 'Socket.IO with a client of version 2',
    server: socketIo,
    path: '/socket.io/?EIO=3&transport=websocket',
    says: /^Application protocol mismatch\.proven/,
    fix: /allowEIO3/,
  },
  {
    have: 'graphql-ws without its subprotocol',
    server: graphqlWs,
    path: '/graphql',
    // The retry that asks for it opens; proven where the same was refused once more in time.
    says: /^Subprotocol mismatch\.(?:proven|likely)/,
    fix: /graphql-transport-ws/,
  },
  {
    have: 'a SignalR hub that does not know the session',
    server: signalR(15_000),
    path: '/chathub?id=8Xm',
    says: /^Sticky sessions missing\./,
    fix: /sticky sessions/,
  },
]

for (const { have, server: kind, path = '/ws', says, fix: mends } of rows) {
  test(`a URL: ${have} @more`, async ({ page, server }) => {
    const target = await serving(kind)
    const scheme = path === '' ? 'http' : 'ws'
    const verdict = await ask(page, server, `${scheme}://127.0.0.1:${target.port}${path}`)
    await expect(headline(verdict)).toHaveText(says)
    await expect(headline(verdict)).toBeFocused()
    if (mends) await expect(fix(page)).toContainText(mends)
    else await expect(verdict.getByRole('button', { name: /^(Try it|Paste it)$/ }).first()).toBeVisible()
    await target.close()
  })
}

interface Unreached {
  have: string
  /** What does not get through, and how to end it. */
  start: () => Promise<{ url: string; end?: () => Promise<unknown> }>
  says: RegExp
  fix: RegExp
}

const unreached: readonly Unreached[] = [
  {
    have: 'a host name that does not resolve',
    start: async () => ({ url: 'wss://nobody.invalid/ws' }),
    says: /^Host name does not resolve\.proven/,
    fix: /nobody\.invalid/,
  },
  {
    have: 'a port where nothing listens',
    start: async () => ({ url: `ws://127.0.0.1:${await freePort()}/ws` }),
    says: /^Connection refused: nothing is listening\.proven/,
    fix: /Start|listen/,
  },
  {
    have: 'a certificate that no one trusts',
    start: async () => {
      const { url, close } = await tlsServer('selfsigned')
      return { url: url.replace('127.0.0.1', 'localhost'), end: close }
    },
    says: /^Untrusted certificate\.proven/,
    fix: /certificate/,
  },
  {
    have: 'a server that takes the connection and never answers',
    start: async () => {
      const { url, stop } = await startMuteServer()
      return { url, end: stop }
    },
    says: /^No response to the handshake\./,
    fix: /server/,
  },
]

for (const { have, start, says, fix: mends } of unreached) {
  test(`a URL: ${have} @more`, async ({ page, server }) => {
    const target = await start()
    const verdict = await ask(page, server, target.url)
    await expect(headline(verdict)).toHaveText(says, untilDropped)
    await expect(headline(verdict)).toBeFocused()
    await expect(fix(page)).toContainText(mends)
    await target.end?.()
  })
}

test('a URL that works is never called healthy: it is held at once, and the hold is seen', async ({
  page,
  server,
}) => {
  const foreign = await startForeignServer('echo')
  const verdict = await ask(page, server, foreign.url)
  await expect(headline(verdict)).toHaveText(/^No failure in the \d\.\d+ s watched\.ok so far/)
  await expect(verdict.getByRole('timer', { name: 'Silence' })).toContainText(/of 75 s/)
  await expect(verdict.getByRole('button', { name: 'Stop' })).toBeVisible()
  await foreign.stop()
})

test('Socket.IO at its own path is recognized, spoken and held @more', async ({ page, server }) => {
  const target = await serving(socketIo)
  const verdict = await ask(page, server, `ws://127.0.0.1:${target.port}/socket.io/`)
  await expect(headline(verdict)).toHaveText(/^No failure in the/)
  await expect(verdict).toContainText('The probe recognized Socket.IO')
  await expect(verdict.getByRole('timer', { name: 'Silence' })).toBeVisible()
  await target.close()
})

test('a connection that is reset after 8 s @more', async ({ page, server }) => {
  const foreign = await startEndingServer({ afterMs: 8000, by: 'rst' })
  const verdict = await ask(page, server, foreign.url)
  await expect(headline(verdict)).toHaveText(/^No failure in the/)
  await expect(headline(verdict)).toHaveText(/Maximum connection age reached|causes fit/, untilDropped)
  await expect(verdict).toContainText(/at the same age \(8 s\)|dropped without a Close frame/)
  await foreign.stop()
})

test('a server that fails with 1011 after 4 s @more', async ({ page, server }) => {
  const foreign = await startEndingServer({ afterMs: 4000, by: 1011, reason: 'out of luck' })
  const verdict = await ask(page, server, foreign.url)
  await expect(headline(verdict)).toHaveText(/^Server error while open \(1011\)\./, untilDropped)
  await foreign.stop()
})

test('an application that closes with 4001 after 1.5 s @more', async ({ page, server }) => {
  const foreign = await startEndingServer({ afterMs: 1500, by: 4001, reason: 'token expired' })
  const verdict = await ask(page, server, foreign.url)
  await expect(headline(verdict)).toHaveText(/^Closed by the application/, untilDropped)
  await expect(verdict).toContainText('token expired')
  await foreign.stop()
})

test('a SignalR hub that nobody greets, after 15 s @more', async ({ page, server }) => {
  const target = await serving(signalR(15_000))
  const verdict = await ask(page, server, `ws://127.0.0.1:${target.port}/chathub`)
  await expect(headline(verdict)).toHaveText(/^The server waited for a first message/, untilDropped)
  await expect(fix(page)).toContainText('"protocol":"json"')
  await target.close()
})

test('a connection on Live that drops: Connect, then Why? @more', async ({ page, server }) => {
  const foreign = await startEndingServer({ afterMs: 700, by: 'rst' })
  const live = livePage(page)
  await live.open(server)
  await live.connect(foreign.url)
  await live.row('/ending').getByRole('button', { name: 'Why?' }).click()
  const why = page.getByRole('dialog', { name: 'Why did it drop?' })
  await expect(headline(why)).toContainText('causes fit')
  await expect(why.getByRole('button', { name: 'Test with a heartbeat' })).toBeVisible()
  await foreign.stop()
})

const brought = [
  {
    have: 'a console message',
    text: "app.js:12 WebSocket connection to 'wss://board.test/live' failed: Error during WebSocket handshake: Unexpected response code: 403",
    says: /^HTTP 403: .* causes fit\./,
    button: 'Probe it',
  },
  {
    have: 'a stack trace',
    text: 'Error: Unexpected server response: 502\n    at ClientRequest.<anonymous> (/app/node_modules/ws/lib/websocket.js:912:7)\n    at ClientRequest.emit (node:events:519:28)',
    says: /^HTTP 502: .* causes fit\./,
    button: 'Paste it',
  },
  {
    have: 'lines of a log',
    text: '2026/11/28 15:00:00 [error] 7#7: *1 upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 203.0.113.7, server: board.test, request: "GET /live HTTP/1.1", upstream: "http://10.0.0.7:3000/live", host: "board.test"',
    says: /^Idle timeout at a proxy or load balancer\.proven/,
    fix: /proxy_read_timeout/,
  },
  {
    have: 'a configuration',
    text: 'server {\n  listen 80;\n  server_name board.test;\n  location /live {\n    proxy_pass http://10.0.0.7:3000;\n  }\n}',
    says: /^Upgrade header dropped by a proxy\.likely/,
    fix: /proxy_set_header Upgrade/,
  },
  {
    have: 'a HAR file',
    text: har(),
    says: /^HTTP 401|^Authentication required/,
    button: null,
  },
  { have: '1006 and nothing else', text: '1006', says: /^1006: .* causes fit\./, button: 'Paste it' },
] as const

/** Without a server in between all of these are read in the same way: two tell whether they are read at all. */
const quick: ReadonlySet<string> = new Set(['a console message', 'a configuration'])

for (const row of brought) {
  test(`${row.have}, pasted${quick.has(row.have) ? '' : ' @more'}`, async ({ page, server }) => {
    const verdict = await ask(page, server, row.text)
    await expect(headline(verdict)).toHaveText(row.says)
    await expect(headline(verdict)).toBeFocused()
    if ('fix' in row) await expect(fix(page)).toContainText(row.fix)
    else if (row.button !== null)
      await expect(verdict.getByRole('button', { name: row.button }).first()).toBeVisible()
    await expect(page.getByRole('region', { name: 'What was read' })).toBeVisible()
  })
}

test('a HAR file, dropped on the first page @more', async ({ page, server }) => {
  await page.goto(server.origin)
  const box = page.getByRole('textbox', { name: 'What went wrong?' })
  await expect(box).toBeVisible()
  await page.getByRole('heading', { level: 1 }).evaluate((element, text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'board.har'))
    for (const type of ['dragover', 'drop'])
      element.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  }, har())
  await expect(page.getByRole('button', { name: 'Remove board.har' })).toBeVisible()
  await page.getByRole('button', { name: 'Diagnose', exact: true }).click()
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(headline(verdict)).toHaveText(/^HTTP 401|^Authentication required/)
})

test('1006 in the palette leads to what it means, and to a diagnosis @more', async ({ page, server }) => {
  await page.goto(server.origin)
  await expect(page.getByRole('status', { name: 'Server' })).toContainText('Server up')
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill('1006')
  await expect(palette.getByText('Abnormal Closure')).toBeVisible()
  await palette.getByRole('option', { name: /^Diagnose/ }).click()
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(headline(verdict)).toHaveText(/^1006: .* causes fit\./)
  await expect(verdict.getByRole('button', { name: 'Paste it' }).first()).toBeVisible()
})

/** What DevTools export of one WebSocket that was refused. */
function har(): string {
  const header = (name: string, value: string) => ({ name, value })
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      pages: [],
      entries: [
        {
          startedDateTime: '2026-11-28T15:00:00.000Z',
          time: 12,
          _resourceType: 'websocket',
          request: {
            method: 'GET',
            url: 'wss://board.test/live',
            httpVersion: 'HTTP/1.1',
            headers: [
              header('Connection', 'Upgrade'),
              header('Upgrade', 'websocket'),
              header('Origin', 'https://board.test'),
              header('Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='),
              header('Sec-WebSocket-Version', '13'),
            ],
            queryString: [],
            cookies: [],
            headersSize: -1,
            bodySize: 0,
          },
          response: {
            status: 401,
            statusText: 'Unauthorized',
            httpVersion: 'HTTP/1.1',
            headers: [header('WWW-Authenticate', 'Bearer')],
            cookies: [],
            content: { size: 0, mimeType: 'text/plain' },
            redirectURL: '',
            headersSize: -1,
            bodySize: -1,
          },
          cache: {},
          timings: { send: 0, wait: 12, receive: 0 },
        },
      ],
    },
  })
}
