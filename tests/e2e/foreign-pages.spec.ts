/** What pages of other origins can do to this server, by whatever a page of today can send: nothing. */
import { type BrowserContext, chromium } from 'playwright/test'
import { launchOptions } from './support/chromium.ts'
import { type OwnPage, startOwnPage } from './support/own-page.ts'
import { startServer, type TestServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

const posts = [
  '/api/reports',
  '/api/diagnose',
  '/api/checklist',
  '/api/lab/proxies',
  '/api/secure-page',
  '/api/recordings',
  '/api/links',
  '/api/ingest',
  '/sign-in',
]
const reads = [
  ...['/', '/health', '/diagnose', '/reports/x', '/api/events', '/api/events/stream', '/api/reports'],
  ...['/api/links', '/api/access', '/api/ingest/schema', '/sign-in'],
  ...['/api/recordings', '/api/lab', '/api/checklist', '/recorder.js', '/_next/image?url=/x&w=640&q=75'],
]
const sockets = ['/ws', '/ws/echo', '/ws/health', '/ws/diagnostics', '/lab/reset/ws', '/_next/hmr', '/']

/** Runs in the foreign page. What it gets hold of, in words. */
async function attack(at: { origin: string; posts: string[]; reads: string[]; sockets: string[] }) {
  const got: string[] = []
  const settled = (promise: Promise<string | undefined>) =>
    promise.then(
      (found) => found && got.push(found),
      () => {},
    )
  const http = (path: string) => at.origin + path
  const text = '{"text":"1006","url":"ws://127.0.0.1:9/"}'
  const recorded =
    '{"recordings":[{"id":"foreign-page","started":1,"evidence":{"target":{"url":"ws://x/"},"browser":{"events":[]}}}]}'

  await Promise.all([
    ...at.reads.flatMap((path) => [
      settled(fetch(http(path)).then(async (answer) => `read ${path}: ${answer.status}`)),
      settled(
        fetch(http(path), { credentials: 'include' }).then((answer) => `read ${path}: ${answer.status}`),
      ),
      settled(
        fetch(http(path), { mode: 'no-cors' }).then(async (answer) =>
          (await answer.text()) || answer.status ? `read ${path}` : undefined,
        ),
      ),
    ]),
    ...at.posts.flatMap((path) =>
      [text, recorded].flatMap((body) => [
        settled(
          fetch(http(path), { method: 'POST', body }).then(({ status }) => `answer of ${path}: ${status}`),
        ),
        settled(fetch(http(path), { method: 'POST', mode: 'no-cors', body }).then(() => undefined)),
        settled(
          fetch(http(path), {
            method: 'POST',
            mode: 'no-cors',
            keepalive: true,
            body: new Blob([body], { type: 'text/plain;application/json' }),
          }).then(() => undefined),
        ),
        ...['POST', 'PUT', 'DELETE', 'PATCH'].map((method) =>
          settled(
            fetch(http(path), { method, body, headers: { 'Content-Type': 'application/json' } }).then(
              ({ status }) => `answer of ${method} ${path}: ${status}`,
            ),
          ),
        ),
      ]),
    ),
  ])
  for (const path of at.posts) {
    for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded'])
      navigator.sendBeacon(http(path), new Blob([text], { type }))
  }

  const loaded = (element: HTMLElement, what: string) =>
    new Promise<void>((resolve) => {
      element.onload = () => resolve(void got.push(what))
      element.onerror = () => resolve()
      document.body.append(element)
    })
  const elements = at.reads
    .filter((path) => path !== '/recorder.js')
    .flatMap((path) =>
      (['script', 'img'] as const).map((name) =>
        loaded(Object.assign(document.createElement(name), { src: http(path) }), `${name} of ${path}`),
      ),
    )
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: http('/') })
  await Promise.all([...elements, loaded(style, 'a style sheet')])

  await Promise.all(
    ['/api/events/stream', '/'].map(
      (path) =>
        new Promise<void>((resolve) => {
          const source = new EventSource(http(path))
          source.onopen = source.onmessage = () => got.push(`an event source at ${path}`)
          source.onerror = () => {
            source.close()
            resolve()
          }
        }),
    ),
  )

  for (const [index, path] of at.posts.entries()) {
    for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded']) {
      const frame = Object.assign(document.createElement('iframe'), { name: `frame${index}${type}` })
      const form = Object.assign(document.createElement('form'), {
        action: http(path),
        method: 'post',
        enctype: type,
        target: frame.name,
      })
      form.append(
        Object.assign(document.createElement('input'), { name: '{"text":"1006","x":"', value: '"}' }),
      )
      document.body.append(frame, form)
      await new Promise((resolve) => {
        frame.onload = resolve
        form.submit()
      })
    }
  }
  for (const path of ['/', '/diagnose', '/lab', '/api/reports']) {
    const frame = Object.assign(document.createElement('iframe'), { src: http(path) })
    await new Promise((resolve) => {
      frame.onload = resolve
      document.body.append(frame)
    })
    try {
      if (frame.contentWindow?.document.body.innerHTML) got.push(`the document of ${path} in a frame`)
    } catch {}
    if (frame.contentWindow?.length) got.push(`frames inside ${path}`)
  }

  await Promise.all(
    at.sockets.flatMap((path) =>
      [undefined, ['chat', 'v1']].map(
        (protocols) =>
          new Promise<void>((resolve) => {
            const socket = new WebSocket(http(path).replace('http', 'ws'), protocols)
            socket.onopen = () => resolve(void got.push(`a socket at ${path}`))
            socket.onclose = () => resolve()
          }),
      ),
    ),
  )
  return got
}

/** Every name below `test` is this machine, as a hostile name server would have it. */
async function withBrowser(act: (context: BrowserContext) => Promise<void>) {
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...launchOptions.args, '--host-resolver-rules=MAP *.test 127.0.0.1'],
  })
  try {
    await act(await browser.newContext())
  } finally {
    await browser.close()
  }
}

async function withServer(
  act: (why: TestServer, own: OwnPage) => Promise<void>,
  allowed = (_: OwnPage) => '',
) {
  const own = await startOwnPage()
  const why = await startServer({ LOG_LEVEL: 'debug', ALLOWED_ORIGINS: allowed(own) })
  try {
    await act(why, own)
  } finally {
    await why.kill()
    await own.stop()
  }
}

const read = async (why: TestServer, path: string) => (await fetch(why.origin + path)).json()

for (const host of ['evil.test', '127.0.0.1', 'localhost']) {
  test(`a page of another origin, ${host}, reads and changes nothing @more`, async () => {
    await withServer(async (why, own) => {
      await withBrowser(async (context) => {
        const page = await context.newPage()
        await page.goto(own.origin.replace('127.0.0.1', host))
        expect(await page.evaluate(attack, { origin: why.origin, posts, reads, sockets })).toEqual([])
      })
      expect((await read(why, '/api/reports')).reports).toEqual([])
      expect((await read(why, '/api/recordings')).recordings).toEqual([])
      expect((await read(why, '/api/lab')).connections.open).toBe(0)
      const { events } = await read(why, '/api/events?limit=1000')
      const kinds = new Set(events.map(({ kind }: { kind: string }) => kind))
      expect([...kinds].toSorted()).toEqual(['attempt', 'rejected', 'server'])
      // Handshakes are what a reader wants to see; nothing else that a page sends is news.
      const attempts = events.filter(({ kind }: { kind: string }) => kind === 'attempt')
      expect(attempts.every(({ upgrade }: { upgrade?: string }) => upgrade === 'websocket')).toBe(true)
      expect(why.output()).not.toMatch(/\[PAGES\]/)
    })
  })
}

test('a page of ALLOWED_ORIGINS opens sockets and hands in recordings, and no more @more', async () => {
  const ofPage = (own: OwnPage) => own.origin.replace('127.0.0.1', 'friend.test')
  await withServer(async (why, own) => {
    await withBrowser(async (context) => {
      const page = await context.newPage()
      await page.goto(ofPage(own))
      const got = await page.evaluate(attack, { origin: why.origin, posts, reads, sockets })
      expect([...new Set(got)].toSorted()).toEqual([
        'a socket at /ws',
        'a socket at /ws/echo',
        'a socket at /ws/health',
        'answer of /api/recordings: 415',
        'answer of POST /api/recordings: 204',
        'answer of POST /api/recordings: 400',
      ])
    })
    expect((await read(why, '/api/reports')).reports).toEqual([])
    expect((await read(why, '/api/recordings')).recordings).toHaveLength(1)
  }, ofPage)
})

test('a page that opens a page of this server has no hold of it, and cannot talk to it @more', async () => {
  await withServer(async (why, own) => {
    await withBrowser(async (context) => {
      const page = await context.newPage()
      await page.goto(own.origin.replace('127.0.0.1', 'evil.test'))
      for (const path of ['/', '/diagnose', '/lab?fault=reset', '/reports/x', '/playbook']) {
        const opened = context.waitForEvent('page')
        const opener = await page.evaluateHandle((url) => ({ window: open(url) }), why.origin + path)
        const popup = await opened
        await popup.waitForLoadState()
        // The opener learns of it when its browser tells, which no event does.
        await expect.poll(() => opener.evaluate(({ window: held }) => held?.closed)).toBe(true)
        expect(await popup.evaluate(() => opener === null)).toBe(true)
        await opener.evaluate(({ window: held }) =>
          held?.postMessage({ type: 'report', url: 'javascript:1' }, '*'),
        )
        await popup.close()
      }
    })
  })
})

test('a name that is rebound to this machine reads nothing but that the server is well @more', async () => {
  await withServer(async (why) => {
    await withBrowser(async (context) => {
      for (const name of ['rebound.test', 'localhost.evil.test', '127.0.0.1.evil.test']) {
        const page = await context.newPage()
        const origin = why.origin.replace('localhost', name)
        expect((await page.goto(`${origin}/`))?.status()).toBe(421)
        const answers = await page.evaluate(async (paths) => {
          const statuses = await Promise.all(
            paths.map(async (path) => [path, (await fetch(path)).status] as const),
          )
          const opened: string[] = []
          for (const path of ['/ws', '/ws/echo', '/ws/diagnostics', '/lab/reset/ws']) {
            await new Promise<void>((resolve) => {
              const socket = new WebSocket(path.replace(/^/, location.origin.replace('http', 'ws')))
              socket.onopen = () => opened.push(path)
              socket.onclose = () => resolve()
            })
          }
          const post = await fetch('/api/reports', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: '{"text":"1006"}',
          })
          return { statuses, opened, post: post.status }
        }, reads)
        for (const [path, status] of answers.statuses)
          expect([path, status]).toEqual([path, path === '/health' ? 200 : 421])
        expect([answers.opened, answers.post]).toEqual([[], 421])
        await page.close()
      }
    })
    expect((await read(why, '/api/reports')).reports).toEqual([])
  })
})
