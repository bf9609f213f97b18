/**
 * HTTP as text: the output of `curl -v` or `curl -i`, a response or a request as somebody copied it. A handshake that
 * was answered is what a probe would have seen.
 */
import type { HeaderList, ProbeHttp } from '#lib/evidence/schema.ts'
import { isConfigurationLine } from '#lib/intake/configurations/nginx.ts'
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
    /^(?:\* {1,3}(?:Trying|Connected|Issue another request|Host |Rebuilt|ALPN|TLSv|SSL|using HTTP| {2}Trying)|> (?:GET|HEAD) \S{1,8000} HTTP\/)/.test(
      first,
    )
  )
    return curlAt(lines, at)
  if (REQUEST_URL.test(first) || (ABOVE.test(first) && REQUEST_URL.test(lines.at(at + 1))))
    return devToolsAt(lines, at)
  const margin = marginOf(first, lines.at(at + 1))
  if (margin !== undefined) return messageAt(lines, at, margin)
  if (STATUS.test(first)) return withBody(lines, at, responseAt(lines, at, ''))
  if (REQUEST.test(first) && HEADER.test(lines.at(at + 1))) return requestAt(lines, at, '')
  return undefined
}

/** What a log puts before the lines of a message: an indent or a label before each, or a label before the first. */
type Margin = { readonly label: string; readonly indent: string }

const INDENT = /^\s{1,60}(?=(?:GET|HEAD|CONNECT) \S|HTTP\/\d)/
const LABEL =
  /^.{0,150}?[\]:>|)-] {0,3}(?:[a-z]{1,20} ){0,3}(?=(?:GET|HEAD|CONNECT) \S{1,8000} HTTP\/1\.[01]\s{0,2}$|HTTP\/1\.[01] \d{3}(?: [A-Z][\w -]{0,60})?\s{0,2}$)/i
/** The headers of which one begins a handshake, or an answer to one, in all programs that print theirs. */
const FIRST_HEADER =
  /^\s{0,60}(?:host|upgrade|connection|sec-websocket-[a-z]{3,12}|origin|user-agent|server|date|content-(?:type|length)|pragma|cache-control|accept|cf-ray|vary|x-[\w-]{1,60}): ?\S/i

/** `[WS-Client][handleHeader] RX: HTTP/1.1 502 Bad Gateway`, `DEBUG:websockets.client:< HTTP/1.1 403 Forbidden`. */
const REPEATED =
  /^.{1,150}?[\]:<>|)-] {0,3}(?=(?:GET|HEAD|CONNECT) \S{1,8000} HTTP\/1\.[01]\s{0,2}$|HTTP\/1\.[01] \d{3}(?: [A-Z][\w -]{0,60})?\s{0,2}$)/

/** `tcpdump -A` prints the headers of IP and TCP before the bytes, dots for what is no character. */
const OF_PACKET =
  /^E[!-~ ]{19,100}?(?=(?:GET|HEAD|CONNECT) \S{1,8000} HTTP\/1\.[01]\s{0,2}$|HTTP\/1\.[01] \d{3}(?: [A-Z][\w -]{0,60})?\s{0,2}$)/

/** Whether a line begins as another does, whatever the time in it. */
function beginsAs(line: string, label: string): boolean {
  const shape = (text: string) => text.replace(/\d/g, '0')
  return shape(line.slice(0, label.length)) === shape(label)
}

/** Undefined where the line is none of a message, or is one without anything before it. */
function marginOf(first: string, below: string): Margin | undefined {
  const packet = OF_PACKET.exec(first)?.[0]
  if (packet !== undefined && FIRST_HEADER.test(below)) return { label: packet, indent: '' }
  const repeated = REPEATED.exec(first)?.[0]
  if (repeated && beginsAs(below, repeated) && FIRST_HEADER.test(below.slice(repeated.length)))
    return { label: repeated, indent: repeated }
  if (!FIRST_HEADER.test(below)) return undefined
  const indent = INDENT.exec(first)?.[0]
  if (indent !== undefined) return { label: indent, indent: /^\s{0,60}/.exec(below)?.[0] ?? '' }
  const label = LABEL.exec(first)?.[0]
  return label ? { label, indent: /^\s{0,60}/.exec(below)?.[0] ?? '' } : undefined
}

function messageAt(lines: Lines, at: number, { label, indent }: Margin): HttpText | undefined {
  const first = lines.at(at).slice(label.length).trim()
  const { headers, end } = headersAt(lines, at + 1, indent)
  const [, version = '', status, text = ''] = STATUS.exec(first) ?? []
  if (status !== undefined)
    return { end, program: 'http', response: { status: Number(status), version, status_text: text, headers } }
  const [, method = '', target = '', asked = ''] = REQUEST.exec(first) ?? []
  return method === ''
    ? undefined
    : { end, program: 'http', request: { method, target, version: asked, headers } }
}

/** The title above the summary. */
const ABOVE = /^\W{0,4}(?:Handshake Details|General|Headers)$/i
/** `Request URL: wss://…` of DevTools, Postman and Insomnia; Chrome copies name and value as two lines. */
const REQUEST_URL = /^\s{0,8}Request URL:?\s{0,8}(\S{0,4096})$/i
const STATUS_CODE = /^\s{0,8}Status Code:?\s{0,8}(?:(\d{3})(?: (.{0,100}))?)?$/i
/** What else is in that part of the panel. */
const GENERAL =
  /^\s{0,8}(?:General|Request Method|Remote Address|Referrer Policy|Status|Version|Transferred|Scheme|Host|Filename|Address)\b/i
/** Its value is on the next line. */
const ALONE =
  /^\s{0,8}(?:Request URL|Request Method|Status Code|Remote Address|Referrer Policy|Status|Version|Transferred|Scheme|Host|Filename|Address):?\s{0,8}$/i
/** `Response Headers (256 B)`, `Request HeadersView source`. */
const HEADERS_OF = /^\W{0,4}(Request|Response) Headers\b.{0,40}$/i
/** A button, a hint, or the title above it all. */
const AROUND =
  /^\W{0,4}(?:Handshake Details|Headers|Raw|View (?:source|parsed)|Provisional headers are shown\b.{0,40})$/i
/** The fields of HTTP/2: `:authority: app.example`. */
const FIELD = /^\s{0,8}(:?[!#$%&'*+.^_`|~\w-]{1,200}):(?:\s{1,4}(.*))?$/
/** A summary is short; the headers of both sides are not. */
const mostLines = (section: string): number => (section === 'general' ? 24 : 200)

type Panel = {
  url?: string
  method?: string
  status?: number
  status_text?: string
  request: HeaderList
  response: HeaderList
}

/** A handshake as a network panel shows it: its summary, and the headers of both sides where they follow. */
function devToolsAt(lines: Lines, at: number): HttpText | undefined {
  const { panel, end } = panelAt(lines, at)
  const { url, status, status_text, method = 'GET', request, response } = panel
  if (url === undefined || !URL.canParse(url) || !status) return undefined
  const address = new URL(url)
  // Panels leave out what the browser keeps to itself: then nothing is known of the request.
  const isWhole = request.some(([name]) => /^(?:upgrade|sec-websocket-key)$/i.test(name))
  return {
    end,
    program: 'http',
    url: url.replace(/^http/, 'ws'),
    ...(isWhole && {
      request: {
        method,
        target: `${address.pathname}${address.search}`,
        version: '1.1',
        headers: [...request, ...(has(request, 'host') ? [] : [['Host', address.host] as [string, string]])],
      },
    }),
    response: { status, ...(status_text !== undefined && { status_text }), headers: response },
  }
}

const has = (headers: HeaderList, name: string): boolean =>
  headers.some(([each]) => each.toLowerCase() === name)

function panelAt(lines: Lines, at: number): { panel: Panel; end: number } {
  const panel: Panel = { request: [], response: [] }
  /** Whose headers follow; until a title says so, those of the summary. */
  let section: 'general' | 'request' | 'response' = 'general'
  /** Names without a colon, as newer panels copy them. */
  let isBare = false
  let end = at
  for (let from = at; from < lines.length && from - at < mostLines(section); ) {
    const text = lines.at(from)
    const title = HEADERS_OF.exec(text)?.[1]?.toLowerCase()
    // Chrome copies name and value as two lines.
    const below = lines.at(from + 1).trim()
    const { name, value, isSplit } = fieldAt(text, below, isBare)
    let taken = 1
    if (title === 'request' || title === 'response') {
      section = title
      isBare = !FIELD.test(lines.at(from + 1))
    } else if (section !== 'general' && name !== '') {
      if (panel[section].length < MOST_HEADERS) panel[section].push([name, value])
      if (isSplit) taken = 2
    } else if (section === 'general' && readGeneral(panel, text, below)) {
      if (ALONE.test(text) && below !== '') taken = 2
    } else if (section === 'general' && name !== '' && panel.status !== undefined) {
      // No title was copied: what follows the summary is the answer’s.
      section = 'response'
      continue
    } else if (text.trim() !== '' && !AROUND.test(text)) break
    from += taken
    if (text.trim() !== '') end = Math.min(from, lines.length)
  }
  return { panel, end }
}

/** A header on one line or on two; an empty name where it is none. */
function fieldAt(
  text: string,
  below: string,
  isBare: boolean,
): { name: string; value: string; isSplit: boolean } {
  const [, name = '', beside = ''] = FIELD.exec(text) ?? []
  const isNext = below !== '' && !FIELD.test(below) && !HEADERS_OF.test(below)
  if (name !== '') {
    const isSplit = beside.trim() === '' && isNext
    return { name, value: isSplit ? below : beside.trim(), isSplit }
  }
  if (!isBare) return { name: '', value: '', isSplit: false }
  const bare = /^\s{0,8}(:?[a-z][\w-]{1,60})\s{0,8}$/i.exec(text)?.[1] ?? ''
  return { name: isNext ? bare : '', value: below, isSplit: true }
}

/** Whether a line belongs to the summary, which then has what it says. */
function readGeneral(panel: Panel, text: string, below: string): boolean {
  const url = REQUEST_URL.exec(text)
  const status = STATUS_CODE.exec(text)
  const method = /^\s{0,8}Request Method:\s{0,8}([A-Z]{3,10})$/i.exec(text)?.[1]
  if (method !== undefined) panel.method = method
  if (url) panel.url = url[1] || (/^\S{1,4096}/.exec(below)?.[0] ?? '')
  else if (status) {
    panel.status = Number(status[1] ?? /^\d{3}/.exec(below)?.[0] ?? 0)
    if (status[2]) panel.status_text = status[2]
  }
  return url !== null || status !== null || method !== undefined || GENERAL.test(text)
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
    if (!beginsAs(text, prefix)) break
    const [, name, value] = HEADER.exec(text.slice(prefix.length)) ?? []
    if (name === undefined || value === undefined) break
    if (headers.length < MOST_HEADERS) headers.push([name, value.trim()])
  }
  return { headers, end }
}

/** What no body of an answer begins a line with: the next command, a time as logs have it, a console’s message. */
const NEXT = /^(?:[$#%] \S|[[(]?\d{4}[-/]\d\d[-/]\d\d[T ]|[[(]?\d{1,2}:\d\d:\d\d\b|WebSocket connection to ')/

/** The body of a response that was copied: what follows the blank line, as far as it could be one. */
function withBody(lines: Lines, at: number, http: HttpText | undefined): HttpText | undefined {
  if (http?.response === undefined || http.end >= lines.length || lines.at(http.end).trim() !== '')
    return http
  if (http.response.status === SWITCHED) return http
  const body: string[] = []
  let end = http.end + 1
  for (; end < lines.length && body.length < MOST_BODY_LINES; end++) {
    const text = lines.at(end)
    if (text.trim() === '' && body.length > 0) break
    if (STATUS.test(text) || text.startsWith('* ') || NEXT.test(text) || isConfigurationLine(text)) break
    body.push(text)
  }
  const start = body.join('\n').slice(0, MOST_BODY)
  if (start.trim() === '' || at === lines.length - 1) return http
  return { ...http, end, response: { ...http.response, body_start: start } }
}

/** The answer without a body: what follows are frames. */
const SWITCHED = 101

/** The last that curl says of a request. */
const CURL_ENDS =
  /^\* (?:Connection #\d{1,6} to host .{1,300} left intact|Closing connection|shutting down connection)/

/** `> ` was sent, `< ` was received, `* ` is curl's own word; what has none of them is the body. */
function curlAt(lines: Lines, at: number): HttpText {
  let exchange: HttpText = { end: at, program: 'curl' }
  const body: string[] = []
  let end = at
  let isOver = false
  for (; end < lines.length; end++) {
    const text = lines.at(end)
    if (CURL_ENDS.test(text)) isOver = true
    if (REQUEST.test(text.slice(2)) && text.startsWith('> ')) {
      // It asks again: where a redirect leads, or with credentials.
      if (exchange.response !== undefined) break
      const request = requestAt(lines, end, '> ')
      exchange = { ...exchange, ...request }
      end = (request?.end ?? end + 1) - 1
    } else if (text.startsWith('< ') && STATUS.test(text.slice(2).trim())) {
      const answer = responseAt(lines, end, '< ')
      exchange = { ...exchange, ...answer, ...(exchange.request && { request: exchange.request }) }
      body.length = 0
      end = (answer?.end ?? end + 1) - 1
    } else if (
      !/^(?:[*<>](?: |$)|[{}] \[\d{1,12} bytes data|\s{0,8}% Total|\s{1,20}Dload|\s{0,8}\d{1,3} )/.test(
        text,
      ) &&
      text.trim() !== ''
    ) {
      const { response } = exchange
      if (isOver || response === undefined || response.status === SWITCHED || NEXT.test(text)) break
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
