/** What holds for a handshake that reaches a `proxy_pass`, and which directive says so. */
import { HTTP11_DEFAULT_SINCE } from '#lib/configs/nginx/directives/since.ts'
import { evaluate } from '#lib/configs/nginx/routing/evaluate.ts'
import type { HttpRequest } from '#lib/configs/nginx/routing/request.ts'
import { isOpen } from '#lib/configs/nginx/syntax/placeholders.ts'
import { children, inherited, listLevel, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { compareVersions, parseTime } from '#lib/configs/nginx/syntax/values.ts'

/** nginx.org/en/docs/http/ngx_http_proxy_module.html, proxy_read_timeout and proxy_send_timeout */
const DEFAULT_TIMEOUT_SECONDS = 60

export interface SentHeader {
  /** As written, and as sent; the latter undefined where it depends on what is not known. */
  readonly text: string
  readonly value: string | undefined
  readonly by: Directive
}

/** What becomes of one of the two headers that ask for an upgrade. */
export interface Arrival {
  /** The backend sees it as it has to be; undefined where that depends on what is not known. */
  readonly arrives: boolean | undefined
  /** Every line that sends it. */
  readonly lines: readonly SentHeader[]
  /** It does not arrive, unless the lines say otherwise that somebody left out here. */
  readonly unless?: Directive
}

export interface Effective {
  /** Nothing speaks against that the backend sees `Upgrade: websocket` and the word upgrade in `Connection`. */
  readonly upgrade: boolean
  readonly upgradeHeader: Arrival
  readonly connectionHeader: Arrival
  /** These are undefined where a file that is not there may set them, or where the value is none. */
  readonly httpVersion: string | undefined
  readonly readTimeoutSeconds: number | undefined
  readonly sendTimeoutSeconds: number | undefined
  readonly host: '$host' | '$http_host' | '$proxy_host' | 'other' | undefined
  /** Where it is `other`: as sent, or as written where that is not known. */
  readonly hostValue?: string
  /** Where the backend is sent another Origin than the browser's, or none (an empty value). */
  readonly origin?: SentHeader
  readonly forwardedProto: boolean
  /** What sets each; absent where nginx's own default holds. */
  readonly by: {
    readonly httpVersion?: Directive
    readonly readTimeout?: Directive
    readonly sendTimeout?: Directive
    readonly host?: Directive
  }
}

/** Every `proxy_set_header` of a name that holds, whatever its case: all of them are sent, but for empty values. */
export function sentHeaders(scope: Scope, name: string, request: HttpRequest): SentHeader[] {
  const level = listLevel(scope, 'proxy_set_header')
  const lines = (level?.own ?? [])
    .filter(({ args }) => args[0]?.toLowerCase() === name.toLowerCase())
    .map((by) => ({ text: by.args[1] ?? '', value: evaluate(by.args[1] ?? '', request, scope), by }))
  const hidden = unreadInclude(scope, level?.scope, lines.length > 0)
  return hidden ? [...lines, { text: '', value: undefined, by: hidden }] : lines
}

/** The first include without its file, from a level outward to another, or to the level before it. */
function unreadInclude(from: Scope, to: Scope | undefined, before = false): Directive | undefined {
  for (let level: Scope | undefined = from; level; level = level.parent) {
    if (before && level === to) return undefined
    const found = children(level.block, 'include').find(({ unread }) => unread)
    if (found || level === to) return found
  }
  return undefined
}

/** The line of a header that a backend goes by: the first with a value. */
export const leadingLine = (lines: readonly SentHeader[]): SentHeader | undefined =>
  lines.find(({ value }) => value !== '') ?? lines[0]

export const sentHeader = (scope: Scope, name: string, request: HttpRequest): SentHeader | undefined =>
  leadingLine(sentHeaders(scope, name, request))

type Judge = (values: readonly (string | undefined)[]) => boolean | undefined

/** Two lines are one list to a backend, and no `websocket`. */
const isUpgrade: Judge = (values) => {
  const sent = values.filter((value) => value !== '')
  if (sent.includes(undefined)) return undefined
  return sent.length === 1 && sent[0]?.toLowerCase() === 'websocket'
}

/** Of several `Connection` lines one with the word is enough. */
const hasUpgrade: Judge = (values) => {
  if (values.some((value) => /(^|[\s,])upgrade([\s,]|$)/i.test(value ?? ''))) return true
  return values.includes(undefined) ? undefined : false
}

function arrivalOf(lines: readonly SentHeader[], judge: Judge): Arrival {
  const values = lines.map(({ value }) => value)
  const shown = lines.filter(({ by }) => !by.leftOut)
  const hidden = lines.find(({ by }) => by.leftOut)
  const isShownWrong = judge(shown.map(({ value }) => value)) === false
  return { arrives: judge(values), lines: shown, ...(hidden && isShownWrong && { unless: hidden.by }) }
}

const upgradeArrival = (scope: Scope, request: HttpRequest): Arrival =>
  arrivalOf(sentHeaders(scope, 'upgrade', request), isUpgrade)

export const connectionArrival = (scope: Scope, request: HttpRequest): Arrival =>
  arrivalOf(sentHeaders(scope, 'connection', request), hasUpgrade)

/** What cannot be known is given the benefit of the doubt. */
export const mayUpgrade = (scope: Scope, request: HttpRequest): boolean =>
  upgradeArrival(scope, request).arrives !== false && connectionArrival(scope, request).arrives !== false

/** An origin that no server of the configuration has by chance. */
const FOREIGN = 'https://page.invalid'

function changedOrigin(scope: Scope, request: HttpRequest): SentHeader | undefined {
  const foreign = { ...request, headers: { ...request.headers, origin: FOREIGN } }
  const header = sentHeader(scope, 'origin', foreign)
  return header?.value === FOREIGN || header?.by.unread || isOpen(header?.by) ? undefined : header
}

interface Value<T> {
  value: T | undefined
  by?: Directive
}

/** The value of a directive with one argument: inherited, nginx's default, or hidden in a file that is not there. */
function settingOf<T>(scope: Scope, name: string, read: (text: string) => T | undefined, usual: T): Value<T> {
  const by = inherited(scope, name)
  if (by) return { value: isOpen(by) ? undefined : read(by.args[0] ?? ''), by }
  return { value: unreadInclude(scope, undefined) ? undefined : usual }
}

const seconds = (text: string): number | undefined => parseTime(text, 'ms')
const plainVariable = (text: string): string => text.replace(/^\$\{(\w+)\}$/, '$$$1').toLowerCase()

export function effectiveAt(scope: Scope, request: HttpRequest, nginxVersion: string | undefined): Effective {
  const isNew = nginxVersion !== undefined && compareVersions(nginxVersion, HTTP11_DEFAULT_SINCE) >= 0
  const httpVersion = settingOf(scope, 'proxy_http_version', (text) => text, isNew ? '1.1' : '1.0')
  const readTimeout = settingOf(scope, 'proxy_read_timeout', seconds, DEFAULT_TIMEOUT_SECONDS)
  const sendTimeout = settingOf(scope, 'proxy_send_timeout', seconds, DEFAULT_TIMEOUT_SECONDS)
  const upgradeHeader = upgradeArrival(scope, request)
  const connectionHeader = connectionArrival(scope, request)
  const origin = changedOrigin(scope, request)
  const host = sentHeader(scope, 'host', request)
  const proto = sentHeader(scope, 'x-forwarded-proto', request)
  return {
    upgrade: upgradeHeader.arrives !== false && connectionHeader.arrives !== false,
    upgradeHeader,
    connectionHeader,
    httpVersion: httpVersion.value,
    readTimeoutSeconds: readTimeout.value,
    sendTimeoutSeconds: sendTimeout.value,
    ...hostSent(host),
    ...(origin && { origin }),
    forwardedProto: proto !== undefined && proto.value !== '',
    by: {
      ...(httpVersion.by && { httpVersion: httpVersion.by }),
      ...(readTimeout.by && { readTimeout: readTimeout.by }),
      ...(sendTimeout.by && { sendTimeout: sendTimeout.by }),
      ...(host && { host: host.by }),
    },
  }
}

function hostSent(sent: SentHeader | undefined): Pick<Effective, 'host' | 'hostValue'> {
  if (sent?.by.unread) return { host: undefined }
  const plain = sent === undefined ? '$proxy_host' : plainVariable(sent.text)
  if (plain === '$host' || plain === '$http_host' || plain === '$proxy_host') return { host: plain }
  return { host: 'other', hostValue: sent?.value ?? sent?.text ?? '' }
}
