/**
 * HTTP as text: the output of `curl -v` or `curl -i`, a response or a request as somebody copied it. A handshake that
 * was answered is what a probe would have seen.
 */
import type { HeaderList, ProbeHttp } from '#lib/evidence/schema.ts'
import type { Lines } from '#lib/intake/lines.ts'

export type HttpText = {
  /** First index after it. */
  end: number
  program: 'curl' | 'http'
  /** Where it is named whole. */
  url?: string
  request?: { method: string; target: string; version: string; headers: HeaderList }
  response?: ProbeHttp & { status: number }
}

const STATUS = /^HTTP\/(\d(?:\.\d)?) (\d{3})(?: (.{0,200}))?$/
const REQUEST = /^(GET|CONNECT|POST|HEAD|OPTIONS) (\S{1,8000}) HTTP\/(\d(?:\.\d)?)$/
const HEADER = /^([!#$%&'*+.^_`|~\w-]{1,200}): ?(.*)$/
const MOST_BODY = 4096
const MOST_BODY_LINES = 60
/** Of those beyond, as of a body, nothing is kept. */
const MOST_HEADERS = 500

/** The HTTP message, or the exchange of `curl -v`, that begins at this line. */
export function httpTextAt(lines: Lines, at: number): HttpText | undefined {
  const first = lines.at(at)
  if (
    /^(?:\* {1,3}(?:Trying|Connected|Host |Rebuilt|ALPN|TLSv|SSL|using HTTP| {2}Trying)|> (?:GET|HEAD) \S{1,8000} HTTP\/)/.test(
      first,
    )
  )
    return curlAt(lines, at)
  if (REQUEST_URL.test(first)) return devToolsAt(lines, at)
  if (STATUS.test(first)) return withBody(lines, at, responseAt(lines, at, ''))
  if (REQUEST.test(first) && HEADER.test(lines.at(at + 1))) return requestAt(lines, at, '')
  return undefined
}

/** `Request URL: wss://…` of DevTools, Postman and Insomnia; Chrome copies name and value as two lines. */
const REQUEST_URL = /^\s{0,8}Request URL:?\s{0,8}(\S{0,4096})$/i
const STATUS_CODE = /^\s{0,8}Status Code:?\s{0,8}(?:(\d{3})(?: (.{0,100}))?)?$/i
/** What else stands in that part of the panel. */
const GENERAL =
  /^\s{0,8}(?:General|Handshake Details|Request Method|Remote Address|Referrer Policy|Status|Version|Transferred|Scheme|Host|Filename|Address|(?:Request|Response) Headers)\b/i
const MOST_GENERAL_LINES = 24

/** The summary of a handshake as a network panel shows it, and the response headers where they follow. */
function devToolsAt(lines: Lines, at: number): HttpText | undefined {
  const found: { url?: string; status?: number; status_text?: string } = {}
  let end = at
  let isValue = false
  for (; end < lines.length && end - at < MOST_GENERAL_LINES; end++) {
    const url = REQUEST_URL.exec(lines.at(end))
    const status = STATUS_CODE.exec(lines.at(end))
    const after = (lines
      .at(end + 1)
      .trim()
      .match(/^\S{1,4096}/) ?? [''])[0]
    if (url) found.url = url[1] || after
    else if (status) {
      found.status = Number(status[1] ?? after)
      if (status[2]) found.status_text = status[2]
    } else if (!GENERAL.test(lines.at(end)) && !isValue && lines.at(end).trim() !== '') break
    // A name alone has its value on the next line.
    isValue = !isValue && /^[^:]{1,40}:?\s{0,8}$/.test(lines.at(end))
  }
  const { url, status, status_text } = found
  if (url === undefined || !URL.canParse(url) || !status) return undefined
  const { headers, end: headersEnd } = headersAt(lines, end, '')
  return {
    end: Math.max(end, headersEnd),
    program: 'http',
    url: url.replace(/^http/, 'ws'),
    response: { status, ...(status_text !== undefined && { status_text }), headers },
  }
}

function requestAt(lines: Lines, at: number, prefix: string): HttpText | undefined {
  const [, method = '', target = '', version = ''] = REQUEST.exec(lines.at(at).slice(prefix.length)) ?? []
  const { headers, end } = headersAt(lines, at + 1, prefix)
  return { end, program: prefix === '' ? 'http' : 'curl', request: { method, target, version, headers } }
}

function responseAt(lines: Lines, at: number, prefix: string): HttpText | undefined {
  const [, version = '', status = '', text = ''] = STATUS.exec(lines.at(at).slice(prefix.length).trim()) ?? []
  const { headers, end } = headersAt(lines, at + 1, prefix)
  const response = { status: Number(status), version, status_text: text, headers }
  return { end, program: prefix === '' ? 'http' : 'curl', response }
}

function headersAt(lines: Lines, at: number, prefix: string): { headers: HeaderList; end: number } {
  const headers: HeaderList = []
  let end = at
  for (; end < lines.length; end++) {
    const text = lines.at(end)
    if (!text.startsWith(prefix)) break
    const [, name, value] = HEADER.exec(text.slice(prefix.length)) ?? []
    if (name === undefined || value === undefined) break
    if (headers.length < MOST_HEADERS) headers.push([name, value.trim()])
  }
  return { headers, end }
}

/** The body of a response that was copied: what follows the blank line, as far as it could be one. */
function withBody(lines: Lines, at: number, http: HttpText | undefined): HttpText | undefined {
  if (http?.response === undefined || http.end >= lines.length || lines.at(http.end).trim() !== '')
    return http
  const body: string[] = []
  let end = http.end + 1
  for (; end < lines.length && body.length < MOST_BODY_LINES; end++) {
    const text = lines.at(end)
    if (text.trim() === '' && body.length > 0) break
    if (STATUS.test(text) || /^\* |^WebSocket connection to '/.test(text)) break
    body.push(text)
  }
  const start = body.join('\n').slice(0, MOST_BODY)
  if (start.trim() === '' || at === lines.length - 1) return http
  return { ...http, end, response: { ...http.response, body_start: start } }
}

/** `> ` was sent, `< ` was received, `* ` is curl's own word; what has none of them is the body. */
function curlAt(lines: Lines, at: number): HttpText {
  let exchange: HttpText = { end: at, program: 'curl' }
  const body: string[] = []
  let end = at
  for (; end < lines.length; end++) {
    const text = lines.at(end)
    if (REQUEST.test(text.slice(2)) && text.startsWith('> ')) {
      const request = requestAt(lines, end, '> ')
      exchange = { ...exchange, ...request, ...(exchange.response && { response: exchange.response }) }
      end = (request?.end ?? end + 1) - 1
    } else if (text.startsWith('< ') && STATUS.test(text.slice(2).trim())) {
      const answer = responseAt(lines, end, '< ')
      exchange = { ...exchange, ...answer, ...(exchange.request && { request: exchange.request }) }
      body.length = 0
      end = (answer?.end ?? end + 1) - 1
    } else if (
      !/^(?:[*<>{}] ?|\s{0,8}% Total|\s{1,20}Dload|\s{0,8}\d{1,3} )/.test(text) &&
      text.trim() !== ''
    ) {
      if (exchange.response === undefined || /^(?:WebSocket connection|\d{4}-\d\d-\d\d)/.test(text)) break
      body.push(text)
    }
  }
  const start = body.join('\n').slice(0, MOST_BODY)
  return {
    ...exchange,
    end,
    ...(exchange.response && start !== '' && { response: { ...exchange.response, body_start: start } }),
  }
}
