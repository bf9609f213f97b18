/** What the proxy's logs say of this connection, read with the parsers of lib/logs. */

import type { Evidence } from '#lib/evidence/schema.ts'
import type { Target } from '#lib/facts/target.ts'
import type { Line } from '#lib/facts/told-line.ts'
import { bareNginxSign } from '#lib/logs/formats/nginx-error.ts'
import { parseLine } from '#lib/logs/line.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import { plainSign } from '#lib/logs/plain-signs.ts'
import type { AccessRecord, LineMemory, LogRecord, NoticeRecord, Sign } from '#lib/logs/record.ts'
import type { Meaning } from '#lib/words/meaning.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

export type At<T> = { record: T; from: string }

export type ProxyView = {
  kind: string | undefined
  /** Access lines that are this connection's, as far as the lines tell. */
  access: readonly At<AccessRecord>[]
  /** Error and notice lines that are this connection's, or nobody's: a reload concerns all. */
  notices: readonly At<NoticeRecord>[]
  /** Lines of the error log that no format takes, or none has a sign for: what they say is in the phrasebook, if anywhere. */
  words: readonly Line[]
  accessWatched: boolean
  errorsWatched: boolean
  /** Lines were there, and none of them could be read. */
  unreadable: boolean
}

const MOST_LINES = 20_000
/** Sentences that are looked up in the phrasebook. */
const MOST_WORDS = 500
const MOST_CHARACTERS = 8000
const LONGEST_CONFIG = 1_000_000
/** Stamps without a year are only compared with each other. */
const YEAR = 2000

export function readProxy(evidence: Evidence, target: Target): ProxyView {
  const { proxy } = evidence
  const access: At<AccessRecord>[] = []
  const notices: At<NoticeRecord>[] = []
  const words: Line[] = []
  let lines = 0
  const memory: LineMemory = {}
  /** A request whose record names its error may be handed on as a line of either log. */
  const known = new Set(proxy?.access_log)
  const custom = proxy?.config === undefined ? [] : parsersOfConfig(proxy.config.slice(0, LONGEST_CONFIG))
  const read = (list: readonly string[] | undefined, path: string) => {
    for (const [at, line] of (list ?? []).slice(0, MOST_LINES).entries()) {
      if (path === 'proxy.error_log' && known.has(line)) continue
      lines += 1
      const record: LogRecord | undefined = parseLine(line.slice(0, MOST_CHARACTERS), {
        year: YEAR,
        custom,
        memory,
      })
      if (record?.kind === 'access') access.push({ record, from: `${path}[${at}]` })
      if (record === undefined && path === 'proxy.error_log' && words.length < MOST_WORDS) {
        words.push({ text: line, from: `${path}[${at}]` })
      }
      if (record?.kind === 'access' && record.error !== undefined && words.length < MOST_WORDS) {
        words.push({ text: record.error, from: `${path}[${at}]` })
      }
      const spoken = noticeIn(record, line)
      if (spoken) notices.push({ record: spoken, from: `${path}[${at}]` })
      if (record?.kind === 'notice') notices.push({ record, from: `${path}[${at}]` })
    }
  }
  read(proxy?.access_log, 'proxy.access_log')
  read(proxy?.error_log, 'proxy.error_log')
  const ours = ofTarget(access, target)
  const own = ofConnection(notices, target)
  return {
    kind: proxy?.kind?.toLowerCase(),
    access: ours,
    notices: own,
    words: [...words, ...own.flatMap(wordsOf)].slice(0, MOST_WORDS),
    accessWatched: proxy?.access_log !== undefined,
    errorsWatched: proxy?.error_log !== undefined,
    unreadable: lines > 0 && access.length + notices.length === 0 && !words.some(isSpoken),
  }
}

const isSpoken = ({ text }: Line): boolean => readSentence(text, { side: 'proxy' }) !== undefined

/** What a module of the proxy says in a line of its log: nginx and Apache write for many. */
const wordsOf = ({ record: { sign, text }, from }: At<NoticeRecord>): Line[] =>
  (sign === 'other' || sign === 'tls-failed') && from.startsWith('proxy.error_log') ? [{ text, from }] : []

/** What a proxy's sentence about its backend is called where its log has a format. */
const SIGN_OF: Partial<Record<Meaning, Sign>> = {
  'backend-refused': 'connect-refused',
  'backend-unresolved': 'unknown-upstream-host',
  'backend-timeout': 'response-timed-out',
  'backend-closed': 'closed-before-response',
  'backend-bad-answer': 'response-invalid',
  'no-backend': 'no-live-upstream',
}

/** What stands in a request’s own record is about the proxy’s connection to its backend, whoever’s words they are. */
const SIGN_IN_RECORD: Partial<Record<Meaning, Sign>> = {
  ...SIGN_OF,
  'cert-untrusted': 'upstream-tls-failed',
  'cert-expired': 'upstream-tls-failed',
  'cert-name': 'upstream-tls-failed',
  'tls-version': 'upstream-tls-failed',
  'tls-client-certificate': 'upstream-tls-failed',
  'tls-garbled': 'upstream-tls-failed',
}

/** Go’s words that say so little that they count nowhere else. */
const BRIEF_IN_RECORD: readonly [RegExp, Sign][] = [
  [/^EOF$/, 'closed-before-response'],
  [/\b(?:tls|x509): /, 'upstream-tls-failed'],
]

const signInRecord = (text: string, means: Meaning): Sign | undefined =>
  SIGN_IN_RECORD[means] ?? BRIEF_IN_RECORD.find(([pattern]) => pattern.test(text))?.[1]

/** The time and process of nginx's error log, behind what somebody put before it. */
const NGINX_HEAD = /^.{0,200}? \[[a-z]{4,6}\] \d{1,10}#\d{1,10}: (?:\*\d{1,18} )?/

/** http-proxy-middleware names the target, Node and Go the address that they could not connect to. */
const UPSTREAM =
  /\bproxy\w{0,4} .{1,400}? to (https?:\/\/[\w.[\]:-]{1,255})|\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|dial tcp) ([\w.[\]:-]{1,255}?:\d{1,5})(?![\w.])/

function upstreamIn(text: string): string | undefined {
  const [, target, address] = UPSTREAM.exec(text) ?? []
  return target ?? (address && `http://${address}`)
}

const OF_OPEN: ReadonlySet<Meaning> = new Set(['dropped', 'client-hung-up'])

/** An error told in a request's own record, or in a line of a proxy that no parser knows. */
function noticeIn(record: LogRecord | undefined, line: string): NoticeRecord | undefined {
  const text = record === undefined ? line : record.kind === 'access' ? record.error : undefined
  if (text === undefined) return undefined
  const { means = 'opened', unsure } = readSentence(text, { side: 'proxy' })?.said ?? {}
  // Said of an open connection, in words that are also said of a handshake.
  if (OF_OPEN.has(means)) return undefined
  // A program that does not start reached no backend, whatever the line that it refuses is about.
  const sign =
    means === 'config-refused'
      ? 'refuses-to-start'
      : unsure && means === 'backend-timeout'
        ? undefined
        : (bareNginxSign(text.replace(NGINX_HEAD, '')) ??
          plainSign(text) ??
          (record === undefined ? SIGN_OF[means] : signInRecord(text, means)))
  if (sign === undefined) return undefined
  const path = record?.kind === 'access' ? record.path : undefined
  const upstream = upstreamIn(text)
  return {
    kind: 'notice',
    format: record?.format ?? 'combined',
    resolutionMs: 1,
    level: 'error',
    sign,
    text,
    ...(path !== undefined && { path }),
    ...(upstream !== undefined && { upstream }),
  }
}

const pathOf = (path: string): string => pathname(path).split('?', 1)[0] ?? ''
// HAProxy writes the absolute form for HTTP/2 requests.
const pathname = (path: string): string => path.replace(/^\w+:\/\/[^/]*/, '')

/** Lines of exactly this request; else of this path; else those that name no path (TCP logs). */
function ofTarget(lines: readonly At<AccessRecord>[], target: Target): At<AccessRecord>[] {
  if (!target.url) return [...lines]
  const exact = lines.filter(({ record }) => record.path && pathname(record.path) === target.requestTarget)
  if (exact.length > 0) return exact
  const samePath = lines.filter(({ record }) => record.path && pathOf(record.path) === target.pathname)
  return samePath.length > 0 ? samePath : lines.filter(({ record }) => record.path === undefined)
}

function ofConnection(lines: readonly At<NoticeRecord>[], target: Target): At<NoticeRecord>[] {
  const mine = (path: string | undefined) =>
    path === undefined || !target.url || pathname(path) === target.requestTarget
  const exact = lines.filter(({ record }) => record.path !== undefined && mine(record.path))
  const nobodys = lines.filter(({ record }) => record.path === undefined)
  if (exact.length > 0) return [...exact, ...nobodys]
  return lines.filter(({ record }) => record.path === undefined || pathOf(record.path) === target.pathname)
}

/** The first line with one of these signs. */
export function noticeOf(proxy: ProxyView, ...signs: Sign[]): At<NoticeRecord> | undefined {
  return proxy.notices.find(({ record }) => signs.includes(record.sign))
}
