/** Foreign text on the pages (links, evidence, what a server says) runs nothing, asks nobody and opens nothing. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Page } from 'playwright/test'
import { WebSocketServer } from 'ws'
import { livePage } from './support/live-page.ts'
import type { TestServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

const MARK = '__ran'

/** Each would run `MARK` where it became markup, an attribute, an address or a script, or ask somebody else. */
const shapes = [
  [
    `<script>${MARK}=1</script><img src=x onerror=${MARK}=1>`,
    `"><svg onload=${MARK}=1>`,
    `' onmouseover=${MARK}=1 autofocus onfocus=${MARK}=1 x='`,
    `</textarea></title></style></script><iframe srcdoc="<script>parent.${MARK}=1</script>">`,
    `[x](javascript:${MARK}=1)![x](https://evil.invalid/)`,
    `\${${MARK}=1}{{${MARK}=1}}`,
  ].join(''),
  `javascript:${MARK}=1`,
  `data:text/html,<script>opener.${MARK}=1</script>`,
  `{"__proto__":{"${MARK}":1}}`,
  `//evil.invalid/x.js`,
  `https://evil.invalid/?${MARK}`,
  `\u0000\u001b]0;x\u0007\u202e\u2066\u200b\u2028<b>x`,
]

interface Seen {
  ran: string[]
  asked: string[]
}

/** What the pages of a context do that no text may make them do. */
function watch(context: BrowserContext, server: TestServer): Seen {
  const seen: Seen = { ran: [], asked: [] }
  context.on('request', (request) => {
    const url = request.url()
    const isOwn = url.startsWith(server.origin) || url.startsWith('data:') || url.startsWith('blob:')
    if (!isOwn || request.method() !== 'GET') seen.asked.push(`${request.method()} ${url}`)
  })
  const listen = (page: Page) => {
    page.on('dialog', (dialog) => {
      seen.ran.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('pageerror', ({ message }) => seen.ran.push(message))
    page.on('websocket', (socket) => {
      if (!socket.url().includes('/ws/diagnostics')) seen.asked.push(socket.url())
    })
  }
  context.on('page', listen)
  for (const page of context.pages()) listen(page)
  return seen
}

/** What stands in the page, once everything is drawn. */
async function judge(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  return page.evaluate((mark) => {
    const wrong: string[] = []
    if (mark in globalThis || mark in {}) wrong.push('foreign text ran')
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/.test(name)) wrong.push(`${element.tagName} ${name}`)
        if (!['href', 'src', 'action', 'srcdoc', 'formaction', 'xlink:href'].includes(name)) continue
        const { protocol, host } = URL.parse(value, location.href) ?? { protocol: '', host: '' }
        const runs = ['javascript:', 'data:', 'vbscript:'].includes(protocol) && element.tagName !== 'LINK'
        if (name === 'srcdoc' || runs || host === 'evil.invalid')
          wrong.push(`${element.tagName} ${name}=${value.slice(0, 80)}`)
      }
    }
    // What is in a field is the reader's to change.
    const shown = document.body.cloneNode(true) as HTMLElement
    for (const other of shown.querySelectorAll('script, style, textarea')) other.remove()
    // Whatever is neither drawn nor a blank.
    if (/[^\P{C}\n\r\t]/u.test(shown.textContent)) wrong.push('raw controls')
    return wrong
  }, MARK)
}

const links = (text: string): string[] => {
  const each = encodeURIComponent(text.toWellFormed())
  const evidence = Buffer.from(
    JSON.stringify({
      target: { url: `ws://h/${text}`, page_origin: text, subprotocols: [text] },
      browser: {
        events: [
          { ms: 1, type: text, reason: text, message: text, name: text },
          { ms: 2, type: 'close', code: 1006, reason: text },
        ],
        user_agent: text,
      },
    }),
  ).toString('base64url')
  return [
    `/?url=${each}&connection=${each}&compare=${each}&messages=${each}&events=${each}&story=${each}&window=${each}&kinds=${each}`,
    `/diagnose?url=${each}&origin=${each}&subprotocols=${each}&direct=${each}&hold=${each}&connection=${each}&recording=${each}`,
    `/diagnose#evidence=${evidence}`,
    `/diagnose#evidence=${each}`,
    `/lab?fault=${each}&at=${each}&on=nginx`,
    `/lab?fault=reset&after_seconds=${each}&ping_interval=${each}&at=/ws&on=nginx&fixed=yes`,
    `/playbook?q=${each}#${each}`,
    `/playbook/messages?q=${each}`,
    `/playbook/checklist?url=${each}&origin=${each}`,
    `/playbook/scenarios/idle-timeout?at=${each}&speed=${each}&on=${each}&url=${each}`,
    `/playbook/${each}`,
    `/reports/${each}`,
  ]
}

const evidenceOf = (text: string) => ({
  target: {
    url: `wss://h/${encodeURIComponent(text.toWellFormed())}?q=${text}`,
    subprotocols: [text],
    page_origin: text,
  },
  browser: {
    events: [
      { ms: 1, type: 'open', protocol: text, extensions: text },
      { ms: 2, type: 'error', message: text, name: text },
      { ms: 3, type: 'close', code: 1008, reason: text, was_clean: true },
    ],
    console: [text, `WebSocket connection to 'wss://h/${text}' failed: ${text}`],
    user_agent: text,
  },
  server: [
    { type: 'log', line: text, at: 1 },
    {
      type: 'log',
      line: `[error] 1#1: *1 upstream prematurely closed connection, upstream: "http://${text}/"`,
    },
  ],
  proxy: { kind: 'nginx', config: `server { location /ws { proxy_pass http://${text}; } }` },
})

// A browser says what it thinks of addresses that lead nowhere.
test.use({ expectedConsole: { allow: [/./] } })

for (const [index, text] of shapes.entries()) {
  test(`links with hostile text ${index} fill forms, and do nothing else @more`, async ({
    page,
    context,
    server,
  }) => {
    const seen = watch(context, server)
    for (const link of links(text)) {
      await page.goto(server.origin + link)
      expect(await judge(page), link).toEqual([])
    }
    expect(seen).toEqual({ ran: [], asked: [] })
  })
}

test('reports of hostile evidence show it as text @more', async ({ page, context, server }) => {
  const seen = watch(context, server)
  let shown = 0
  for (const text of shapes) {
    for (const body of [
      { evidence: evidenceOf(text) },
      { text: `${text}\nHTTP/1.1 403 ${text}\nX-A: ${text}\n\n${text}` },
    ]) {
      const answer = await fetch(`${server.origin}/api/reports`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (answer.status === 400) continue
      expect(answer.status).toBe(201)
      await page.goto(`${server.origin}/reports/${(await answer.json()).id}`)
      await expect(page.getByRole('button', { name: 'Copy as Markdown' })).toBeVisible()
      await page.evaluate(() => {
        for (const folded of document.querySelectorAll('details')) folded.open = true
      })
      expect(await judge(page), text).toEqual([])
      shown += 1
    }
  }
  expect(shown).toBeGreaterThan(shapes.length)
  expect(seen).toEqual({ ran: [], asked: [] })
})

test('what a hostile server says on Live, in messages and reasons, stays text @more', async ({
  page,
  context,
  server,
}) => {
  const seen = watch(context, server)
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(sockets, 'listening')
  let turn = 0
  sockets.on('connection', (socket) => {
    for (const text of shapes) {
      socket.send(text)
      socket.send(JSON.stringify({ type: text, [text]: text }))
      socket.send(Buffer.from(text))
    }
    const reason = Buffer.from(shapes[turn++ % shapes.length] ?? '')
      .subarray(0, 100)
      .toString()
    if (turn % 2 === 0) socket.close(4000, reason)
  })
  const url = `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/`
  const live = livePage(page)
  await live.open(server)
  for (const _ of shapes) await live.connect(url)
  await expect(live.connections.getByRole('listitem')).toHaveCount(shapes.length)
  await expect(live.messages).toContainText(`${MARK}=1`)
  expect(await judge(page)).toEqual([])
  for (const socket of sockets.clients) socket.terminate()
  sockets.close()
  expect(seen.ran).toEqual([])
})
