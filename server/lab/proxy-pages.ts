/**
 * The answers that proxies give of their own accord, as nginx 1.22.1, HAProxy 2.6.12, Apache 2.4 and Caddy 2.6
 * give them: same status line, same header order, same page.
 */
import { encodeResponse } from '#server/lab/head.ts'
import type { HeaderLine } from '#server/wire/http-head.ts'

export interface PageOptions {
  readonly headers?: readonly HeaderLine[]
  /** In place of the proxy's own page. */
  readonly body?: string
}

const nginxVersion = 'nginx/1.22.1'

/** nginx has names of its own for some statuses. */
const nginxReasons: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  401: 'Unauthorized',
  429: 'Too Many Requests',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  200: 'OK',
}

export function nginxAnswer(status: number, { headers = [], body }: PageOptions = {}): Buffer {
  const reason = nginxReasons[status] ?? ''
  // The page of a 401 names it otherwise than the status line does.
  const title = `${status} ${status === 401 ? 'Authorization Required' : status === 302 ? 'Found' : reason}`
  const page =
    body ??
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
      `<hr><center>${nginxVersion}</center>\r\n</body>\r\n</html>\r\n`
  return answer('1.1', status, reason, page, [
    ['Server', nginxVersion],
    ['Date', new Date().toUTCString()],
    ['Content-Type', 'text/html'],
    ['Content-Length', String(Buffer.byteLength(page))],
    ['Connection', 'keep-alive'],
    ...headers,
  ])
}

const haproxyPages: Readonly<Record<number, readonly [reason: string, sentence: string]>> = {
  503: ['Service Unavailable', 'No server is available to handle this request.'],
  504: ['Gateway Time-out', 'The server didn’t respond in time.'.replace('’', "'")],
}

export function haproxyAnswer(status: 503 | 504): Buffer {
  const [reason, sentence] = haproxyPages[status] ?? ['', '']
  const page = `<html><body><h1>${status} ${reason}</h1>\n${sentence}\n</body></html>\n`
  return answer('1.1', status, reason, page, [
    ['content-length', String(Buffer.byteLength(page))],
    ['cache-control', 'no-cache'],
    ['content-type', 'text/html'],
  ])
}

export function apacheAnswer(status: 502 | 503): Buffer {
  const [reason, text] =
    status === 502
      ? [
          'Proxy Error',
          'The proxy server received an invalid\r\nresponse from an upstream server.<br />\r\n' +
            'The proxy server could not handle the request<p>Reason: <strong>Error reading from remote server</strong></p>',
        ]
      : [
          'Service Unavailable',
          'The server is temporarily unable to service your\nrequest due to maintenance downtime or capacity\n' +
            'problems. Please try again later.',
        ]
  const page =
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n' +
    `<html><head>\n<title>${status} ${reason}</title>\n</head><body>\n<h1>${reason}</h1>\n<p>${text}</p>\n</body></html>\n`
  return answer('1.1', status, reason, page, [
    ['Date', new Date().toUTCString()],
    ['Server', 'Apache/2.4.71 (Debian)'],
    ['Content-Length', String(Buffer.byteLength(page))],
    ...(status === 503 ? [['Connection', 'close'] as const] : []),
    ['Content-Type', 'text/html; charset=iso-8859-1'],
  ])
}

export function caddyAnswer(status: 502): Buffer {
  return answer('1.1', status, 'Bad Gateway', '', [
    ['Server', 'Caddy'],
    ['Date', new Date().toUTCString()],
    ['Content-Length', '0'],
  ])
}

/** An answer of no proxy in particular, as an application gives it. */
export function plainAnswer(
  status: number,
  reason: string,
  headers: readonly HeaderLine[],
  body = '',
): Buffer {
  return answer('1.1', status, reason, body, [
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Connection', 'close'],
    ...headers,
  ])
}

function answer(
  version: string,
  status: number,
  statusText: string,
  body: string,
  headers: readonly HeaderLine[],
): Buffer {
  return Buffer.concat([encodeResponse({ version, status, statusText, headers }), Buffer.from(body)])
}
