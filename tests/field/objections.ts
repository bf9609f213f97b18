/** What is wrong with an answer, in words; nothing where it is right. */
import type { Finding } from '#lib/configs/nginx/findings.ts'
import type { Report, Verdict } from '#lib/diagnosis/report.ts'
import type { SourceReading } from '#lib/intake/pieces.ts'
import type { Expected, ExpectedFinding, LintQuestion } from '#tests/field/material.ts'

/** It was open and ended without a word: nothing more is known. */
const dropped = [
  'idle-timeout',
  'max-lifetime',
  'backend-dropped',
  'proxy-restart',
  'server-restarting',
  'middlebox-reset',
  'half-open',
  'pong-timeout',
  'peer-not-reading',
  'client-suspended',
  'client-ping-timeout',
  'client-stalled',
  'client-side-interference',
  'network-changed',
  'http2-websocket',
  'service-limit',
]

/** Answered another variation than a good 101. */
const refused = [
  'application-protocol-mismatch',
  'authentication-required',
  'backend-handshake-failure',
  'backend-unreachable',
  'forbidden',
  'gateway-timeout',
  'invalid-handshake-response',
  'not-a-websocket-endpoint',
  'origin-missing',
  'origin-rejected',
  'origin-rewritten',
  'path-not-found',
  'plain-on-tls-port',
  'proxy-misconfigured',
  'rate-limited',
  'redirected',
  'request-too-large',
  'server-error',
  'server-without-websocket',
  'sticky-session-missing',
  'upgrade-headers-stripped',
  'upstream-http-version',
]

/** It never opened. */
const unopened = [
  ...refused,
  'blocked-port',
  'browser-offline',
  'browser-socket-limit',
  'client-side-interference',
  'connect-timeout',
  'connection-refused',
  'csp-blocked',
  'dns-failure',
  'extension-mismatch',
  'handshake-closed',
  'handshake-timeout',
  'host-unreachable',
  'http2-websocket',
  'local-network-access',
  'mixed-content',
  'network-changed',
  'not-http',
  'proxy-authentication-required',
  'subprotocol-mismatch',
  'tls-client-certificate-required',
  'tls-expired',
  'tls-name-mismatch',
  'tls-on-plain-port',
  'tls-untrusted',
  'tls-version-mismatch',
  'wrong-address',
]

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'any:dropped': dropped,
  'any:refused': refused,
  'any:unopened': unopened,
}

/** The first causes that are right, with every group taken apart. */
export const firstOf = ({ first }: Pick<Expected, 'first'>): string[] =>
  first.flatMap((name) => GROUPS[name] ?? [name])

/** A question that has one cause alone may be proven, unless its label says otherwise. */
export const provableOf = ({ proven_ok: provable, first }: Expected): readonly string[] =>
  provable ?? (first.length === 1 ? first : [])

const wordsOf = ({ because, fix }: Verdict): string =>
  [
    ...because.map(({ says }) => says),
    fix.summary,
    ...fix.changes.flatMap(({ where, text }) => [where, text]),
  ].join('\n')

const matches = (pattern: string, text: string): boolean => new RegExp(pattern, 'i').test(text)

function objectionsToWords(
  { mentions = [], not_mentions: unwanted = [] }: Pick<Expected, 'mentions' | 'not_mentions'>,
  text: string,
): string[] {
  return [
    ...mentions
      .filter((pattern) => !matches(pattern, text))
      .map((pattern) => `nothing is said of ${pattern}`),
    ...unwanted.filter((pattern) => matches(pattern, text)).map((pattern) => `${pattern} is spoken of`),
  ]
}

function objectionsToFirst(expected: Expected, { outcome, verdicts }: Report): string[] {
  const first = verdicts[0]?.cause
  const right = firstOf(expected)
  if (first !== undefined) return right.includes(first) ? [] : [`${first} comes first`]
  return right.length === 0 || expected.none_ok || outcome === 'healthy' ? [] : ['no cause is named']
}

export function objectionsTo(expected: Expected, report: Report): string[] {
  const { outcome, verdicts, failed_checks: failed } = report
  const { open = [], never = [] } = expected
  const provable = provableOf(expected)
  const right = firstOf(expected)
  const wrong = expected.outcome.includes(outcome) ? [] : [`the outcome is ${outcome}`]
  wrong.push(...objectionsToFirst(expected, report))
  for (const [at, { cause, certainty }] of verdicts.entries()) {
    if (certainty === 'proven' && !provable.includes(cause)) wrong.push(`${cause} is not proven`)
    if (never.includes(cause) && (at === 0 || certainty !== 'possible')) wrong.push(`${cause} is excluded`)
    else if (at > 0 && certainty === 'likely' && ![...right, ...open].includes(cause))
      wrong.push(`${cause} is not likely`)
  }
  const leading = verdicts[0]
  if (leading) wrong.push(...objectionsToWords(expected, wordsOf(leading)))
  for (const { cause, error } of failed) wrong.push(`${cause} threw: ${error}`)
  return wrong
}

export function objectionsToReading(expected: Expected, read: readonly SourceReading[]): string[] {
  const { reads = [], unread_max: most } = expected
  const pieces = read.flatMap((source) => source.pieces.map(({ kind, program = '' }) => `${kind}:${program}`))
  const unread = read.flatMap((source) => source.unread.map(({ text }) => text))
  return [
    ...reads.filter((piece) => !pieces.includes(piece)).map((piece) => `${piece} was not recognized`),
    ...(most !== undefined && unread.length > most ? [`unread: ${unread.join(' | ')}`] : []),
  ]
}

/** How far from the wanted lines a finding may be. */
const NEAR_LINES = 3

/** What `why1006 lint --json` prints, as far as it is judged. */
export type LintDocument = {
  readonly valid: boolean
  readonly error: { readonly message: string; readonly line: number | null } | null
  readonly findings: readonly Found[]
}

type Found = Pick<Finding, 'cause' | 'severity' | 'line'> & { readonly says: string; readonly fix: string }

export function objectionsToLint(question: LintQuestion, { valid, error, findings }: LintDocument): string[] {
  const wrong =
    question.valid === undefined || question.valid === valid
      ? []
      : [`valid is ${valid}: ${error?.message ?? 'no error'}`]
  for (const wanted of question.findings) {
    const objections = [...findings, ...refusalOf(error)]
      .filter((finding) => isWanted(wanted, finding))
      .map(({ says, fix }) => objectionsToWords(wanted, `${says}\n${fix}`))
    if (objections.length === 0) wrong.push(`no finding of ${wanted.cause} at ${wanted.lines}`)
    else if (objections.every((each) => each.length > 0)) wrong.push(...(objections[0] ?? []))
  }
  for (const { cause, severity, line } of findings) {
    if (cause !== null && severity !== 'info' && question.quiet?.includes(cause))
      wrong.push(`${cause} at ${line} is a false alarm`)
  }
  return wrong
}

/** What makes nginx refuse the file is a finding, too. */
const refusalOf = (error: LintDocument['error']): Found[] =>
  error
    ? [
        {
          cause: 'proxy-misconfigured',
          severity: 'error',
          line: error.line ?? 0,
          says: error.message,
          fix: '',
        },
      ]
    : []

const isWanted = ({ cause: causes, severity: severities, lines }: ExpectedFinding, found: Found): boolean =>
  causes.includes(found.cause ?? '') &&
  severities.includes(found.severity) &&
  rangesOf(lines).some(([from, to]) => found.line >= from - NEAR_LINES && found.line <= to + NEAR_LINES)

function rangesOf(lines: ExpectedFinding['lines']): readonly (readonly [number, number])[] {
  const isOne = (value: ExpectedFinding['lines']): value is readonly [number, number] =>
    typeof value[0] === 'number'
  return isOne(lines) ? [lines] : lines
}
