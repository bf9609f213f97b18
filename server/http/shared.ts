/** `/shared/<secret>`: what a link shows to whoever has it. One report as a file, or one connection as lines that come. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sharedPath } from '#lib/api/links.ts'
import type { Problem } from '#lib/api/problem.ts'
import { formatLine } from '#lib/protocol/log-line.ts'
import { type Markup, markup } from '#lib/text/markup.ts'
import type { Link } from '#server/access/link-store.ts'
import type { Links } from '#server/access/links.ts'
import type { EventStreams } from '#server/http/event-streams.ts'
import type { Encoding } from '#server/journal/encoding.ts'
import type { Reports } from '#server/reports/reports.ts'
import { sendAnswer } from '#server/wire/answer.ts'

export interface SharedOptions {
  readonly links: Links
  readonly reports: Pick<Reports, 'html'>
  readonly streams: EventStreams
}

export type AnswerShared = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Lines of a connection that are shown at once. */
const SHOWN = 500

export function createShared({ links, reports, streams }: SharedOptions): AnswerShared {
  return async (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? ''
    const [, secret = '', lines] = /^\/shared\/([\w-]{43})(\/lines)?$/.exec(path) ?? []
    const link = await links.open(secret)
    if (link === undefined) return sendNothing(request, response)
    const { shared } = link
    if (shared.kind === 'report' && lines === undefined) {
      const html = await reports.html(shared.report)
      if (html === undefined) return sendNothing(request, response)
      return sendPage(response, html, "style-src 'unsafe-inline'; img-src data:")
    }
    if (shared.kind === 'connection' && lines === undefined) {
      const nonce = randomBytes(16).toString('base64')
      const policy = `style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'`
      return sendPage(response, connectionPage(link, shared.clientId, path, nonce), policy)
    }
    if (shared.kind === 'connection') return sendLines(response, link, shared.clientId)
    sendNothing(request, response)
  }

  function sendLines(response: ServerResponse, link: Link, clientId: string): void {
    streams.open(response, { filter: { clientId }, after: undefined, last: SHOWN, batchMs: 0 }, logLines)
    response.once(
      'close',
      links.onceOver(link, () => response.end()),
    )
  }
}

/** What a link leads to leads nowhere else, and nobody who is linked from there learns of it. */
function sendPage(response: ServerResponse, html: string, policy: string, status = 200): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
    'Content-Security-Policy': `default-src 'none'; ${policy}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  })
  response.end(response.req.method === 'HEAD' ? undefined : html)
}

/** Each event as its line of the log. */
const logLines: Encoding = {
  name: 'lines',
  hello: () => ({ bytes: Buffer.from(': hello\n\n'), messages: 1 }),
  gap: () => ({ bytes: Buffer.from('data: …\n\n'), messages: 1 }),
  events: (records) => ({
    bytes: Buffer.from(
      records.map(({ event }) => `id: ${event.id}\ndata: ${formatLine(event)}\n\n`).join(''),
    ),
    messages: records.length,
  }),
}

const nothing: Problem = {
  error: 'not_found',
  message: 'This link opens nothing.',
  remedy: 'It has expired or was taken back. Ask its sender for another one.',
}

/** A colleague reads it in a browser. */
function sendNothing({ headers: { accept } }: IncomingMessage, response: ServerResponse): void {
  if (!accept?.includes('text/html')) {
    sendAnswer(response, { status: 404, body: nothing })
    return
  }
  const nonce = randomBytes(16).toString('base64')
  sendPage(response, nothingPage(nonce), `style-src 'nonce-${nonce}'`, 404)
}

/** @param style beside what both pages have */
const headOf = (title: string, nonce: string, style: Markup): Markup =>
  markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Why1006</title>
<style nonce="${nonce}">
:root { color-scheme: light dark }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem }
h1 { font-size: 1.3rem; margin: 0; overflow-wrap: anywhere }
${style}
</style>`

const nothingPage = (nonce: string): string =>
  markup`${headOf('Nothing here', nonce, markup`main { max-width: 26rem }`)}
<main>
<h1>${nothing.message}</h1>
<p>${nothing.remedy}</p>
</main>
`.html

const listStyle = markup`ol { list-style: none; margin: 1.25rem 0; padding: 0; font: 13px/1.5 ui-monospace, monospace }
li { padding: .35rem 0; border-top: 1px solid #8884; overflow-wrap: anywhere }
p { margin: .25rem 0; color: light-dark(#555, #aaa) }`

const connectionPage = ({ expiresMs }: Link, clientId: string, path: string, nonce: string): string =>
  markup`${headOf(clientId, nonce, listStyle)}
<main>
<h1>Connection ${clientId}</h1>
<p>What the server says of it, newest last. This link shows nothing else, until ${new Date(expiresMs).toISOString().slice(0, 16).replace('T', ' ')} UTC.</p>
<p id="state" role="status">Connecting…</p>
<ol></ol>
</main>
<script nonce="${nonce}" data-lines="${path}/lines">
const list = document.querySelector('ol')
const state = document.querySelector('#state')
const lines = new EventSource(document.currentScript.dataset.lines)
const seen = new Set()
lines.onopen = () => { state.textContent = 'Live' }
lines.onerror = () => { state.textContent = lines.readyState === 2 ? 'The link has ended.' : 'The server does not answer. Trying again…' }
lines.onmessage = ({ data, lastEventId }) => {
  if (seen.has(lastEventId)) return
  seen.add(lastEventId)
  const item = document.createElement('li')
  item.textContent = data.replace('[WS_DIAGNOSTICS] ', '')
  list.append(item)
  if (list.children.length > ${SHOWN}) list.firstChild.remove()
}
</script>
`.html

export const isShared = (path: string): boolean => path.startsWith(sharedPath)
