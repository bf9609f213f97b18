/** What holds for a handshake that reaches a `proxy_pass`. */
import { HTTP11_DEFAULT_SINCE } from '#lib/linters/nginx/directives/since.ts'
import { evaluate } from '#lib/linters/nginx/evaluate.ts'
import type { HttpRequest } from '#lib/linters/nginx/request.ts'
import { inherited, inheritedList, type Scope } from '#lib/linters/nginx/scope.ts'
import type { Directive } from '#lib/linters/nginx/tree.ts'
import { compareVersions, parseTime } from '#lib/linters/nginx/values.ts'

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

/** The last `proxy_set_header` of a name that holds, whatever its case. */
export function sentHeader(scope: Scope, name: string, request: HttpRequest): SentHeader | undefined {
  const by = inheritedList(scope, 'proxy_set_header').findLast(
    ({ args }) => args[0]?.toLowerCase() === name.toLowerCase(),
  )
  if (!by) return undefined
  const text = by.args[1] ?? ''
  return { text, value: evaluate(text, request, scope), by }
}

const isWebSocket = (value: string | undefined): boolean => value?.toLowerCase() === 'websocket'

/** Unknown values are given the benefit of the doubt. */
export function passesUpgrade(scope: Scope, request: HttpRequest): boolean {
  const header = sentHeader(scope, 'upgrade', request)
  return header !== undefined && (header.value === undefined || isWebSocket(header.value))
}

/** Of several `Connection` lines all are sent. */
export function passesConnection(scope: Scope, request: HttpRequest): boolean {
  return inheritedList(scope, 'proxy_set_header')
    .filter(({ args }) => args[0]?.toLowerCase() === 'connection')
    .some(({ args }) => {
      const value = evaluate(args[1] ?? '', request, scope)
      return value === undefined || /(^|[\s,])upgrade([\s,]|$)/i.test(value)
    })
}

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
