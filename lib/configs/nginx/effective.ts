/** What holds for a handshake that reaches a `proxy_pass`. */
import { HTTP11_DEFAULT_SINCE } from '#lib/configs/nginx/directives/since.ts'
import { evaluate } from '#lib/configs/nginx/evaluate.ts'
import type { HttpRequest } from '#lib/configs/nginx/request.ts'
import { inherited, inheritedList, type Scope } from '#lib/configs/nginx/scope.ts'
import type { Directive } from '#lib/configs/nginx/tree.ts'
import { compareVersions, parseTime } from '#lib/configs/nginx/values.ts'

/** nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout */
export const DEFAULT_READ_TIMEOUT_SECONDS = 60

export interface SentHeader {
  /** As written, and as sent; the latter undefined where it depends on what is not known. */
  readonly text: string
  readonly value: string | undefined
  readonly by: Directive
}

export interface Effective {
  /** The backend sees `Upgrade: websocket` and the word upgrade in `Connection`. */
  readonly upgrade: boolean
  readonly httpVersion: string
  readonly readTimeoutSeconds: number
  readonly host: '$host' | '$http_host' | '$proxy_host' | 'other'
  /** Where it is `other`: as sent, or as written where that is not known. */
  readonly hostValue?: string
  readonly forwardedProto: boolean
}

/** Every `proxy_set_header` of a name that holds, whatever its case: all of them are sent, but for empty values. */
export function sentHeaders(scope: Scope, name: string, request: HttpRequest): SentHeader[] {
  return inheritedList(scope, 'proxy_set_header')
    .filter(({ args }) => args[0]?.toLowerCase() === name.toLowerCase())
    .map((by) => ({ text: by.args[1] ?? '', value: evaluate(by.args[1] ?? '', request, scope), by }))
}

/** The line of a header that a backend goes by: the first with a value. */
export function sentHeader(scope: Scope, name: string, request: HttpRequest): SentHeader | undefined {
  const lines = sentHeaders(scope, name, request)
  return lines.find(({ value }) => value !== '') ?? lines[0]
}

/** Unknown values are given the benefit of the doubt. Two lines are one list to a backend, and no `websocket`. */
export function passesUpgrade(scope: Scope, request: HttpRequest): boolean {
  const values = sentHeaders(scope, 'upgrade', request).map(({ value }) => value)
  const sent = values.filter((value) => value !== '')
  return values.includes(undefined) || (sent.length === 1 && sent[0]?.toLowerCase() === 'websocket')
}

/** Of several `Connection` lines one with the word is enough. */
export const passesConnection = (scope: Scope, request: HttpRequest): boolean =>
  sentHeaders(scope, 'connection', request).some(({ value }) => {
    return value === undefined || /(^|[\s,])upgrade([\s,]|$)/i.test(value)
  })

export function httpVersion(scope: Scope, nginxVersion: string | undefined): string {
  const set = inherited(scope, 'proxy_http_version')?.args[0]
  if (set !== undefined) return set
  const isNew = nginxVersion !== undefined && compareVersions(nginxVersion, HTTP11_DEFAULT_SINCE) >= 0
  return isNew ? '1.1' : '1.0'
}

export function readTimeoutSeconds(scope: Scope): number {
  const set = inherited(scope, 'proxy_read_timeout')?.args[0]
  return (set === undefined ? undefined : parseTime(set, 'ms')) ?? DEFAULT_READ_TIMEOUT_SECONDS
}

const plainVariable = (text: string): string => text.replace(/^\$\{(\w+)\}$/, '$$$1').toLowerCase()

export function effectiveAt(scope: Scope, request: HttpRequest, nginxVersion: string | undefined): Effective {
  const sentHost = sentHeader(scope, 'host', request)
  const hostText = sentHost?.text
  const plain = hostText === undefined ? '$proxy_host' : plainVariable(hostText)
  const host = plain === '$host' || plain === '$http_host' || plain === '$proxy_host' ? plain : 'other'
  const proto = sentHeader(scope, 'x-forwarded-proto', request)
  return {
    upgrade: passesUpgrade(scope, request) && passesConnection(scope, request),
    httpVersion: httpVersion(scope, nginxVersion),
    readTimeoutSeconds: readTimeoutSeconds(scope),
    host,
    ...(host === 'other' && { hostValue: sentHost?.value ?? hostText ?? '' }),
    forwardedProto: proto !== undefined && proto.value !== '',
  }
}
