/** `GET /recorder.js`: the script that people load into their own pages, or paste into a console. */
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Site } from '#server/config/site.ts'

export const recorderPath = '/recorder.js'

/** How the file in this repository names this server. */
const writtenHome = "'http://localhost:9000'"

/** Lines at its beginning that tell who pastes it what it is. */
const HEAD_LINES = 3

const source = withoutComments(readFileSync(new URL('../recorder/recorder.js', import.meta.url), 'utf8'))

/** Any page may load it: it is nobody's secret, and reports only what the page's own origin is allowed to. */
export function sendRecorder(request: IncomingMessage, response: ServerResponse, site: Site): void {
  const script = Buffer.from(source.replace(writtenHome, () => JSON.stringify(homeOf(request, site))))
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  response.writeHead(200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Content-Length': script.length,
    'Cache-Control': 'no-cache',
  })
  response.end(request.method === 'HEAD' ? undefined : script)
}

/** The origin under which it was asked for, since that is where the reader of a link can get; its Host is known by now. */
function homeOf({ headers: { host = '' }, socket }: IncomingMessage, site: Site): string {
  const base = new URL(site.publicBaseUrl)
  const asked = URL.parse(`${socket instanceof TLSSocket ? 'https' : 'http'}://${host}`)
  return asked === null || asked.host === base.host ? base.origin : asked.origin
}

/** What is for its maintainers, in `/** … *\/` and in lines of their own below the head, is of no use in a page. */
function withoutComments(script: string): string {
  const [first = '', ...others] = script.split('/**')
  const code = [first, ...others.map((part) => part.slice(part.indexOf('*/') + 2))].join('')
  const isForPages = (line: string, index: number) =>
    line.trim() !== '' && (index < HEAD_LINES || !line.trimStart().startsWith('//'))
  return `${code.split('\n').filter(isForPages).join('\n')}\n`
}
