/**
 * The whole probe: the first attempt, then the retries that its result calls for. It ends in evidence whatever
 * the server does, within 45 s plus the time spent holding on purpose; when it is interrupted, with what is known.
 */

import { isIP, type Socket } from 'node:net'
import type { Signs } from '#lib/applications/application.ts'
import { hasSaidWhy, isShown, mindsNoSubprotocol, recognize } from '#lib/applications/recognize.ts'
import { signsOf } from '#lib/applications/signs.ts'
import { type GoodTarget, understandTarget } from '#lib/applications/target.ts'
import { createMasker } from '#lib/evidence/mask.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import type { Evidence, ProbeEvidence } from '#lib/evidence/schema.ts'
import { hasSpoken } from '#lib/evidence/spoken.ts'
import { type Sentence, sentence, sentences } from '#lib/text/foreign.ts'
import { planForApplication } from '#server/probe/application-variations.ts'
import { type AttemptOptions, attempt } from '#server/probe/attempt.ts'
import { checkParts, loginHeader } from '#server/probe/handshake/handshake-request.ts'
import { makeRetries } from '#server/probe/retries.ts'
import { planRetries } from '#server/probe/retry-plan.ts'
import { type AddressPolicy, judgeAddress, refusedAddress } from '#server/probe/transport/address-guard.ts'
import { BUDGET, type Budget, createRunClock, RETRY_BUDGET } from '#server/probe/transport/clock.ts'
import { type AskNames, createResolver } from '#server/probe/transport/dns.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { ownOrigin } from '#server/probe/variations.ts'

export interface ProbeOptions {
  /** The Origin to send: null for none; absent: that of a page which the target's own host delivers. */
  origin?: string | null
  /**
   * The origin of the page where the URL was typed, which tries it beside the probe: a path alone means its server,
   * and it is tried too where origins may differ.
   */
  pageOrigin?: string
  subprotocols?: readonly string[]
  headers?: readonly (readonly [string, string])[]
  /** Certificates (PEM) to trust beside Node's. */
  ca?: string
  /** Go on behind a certificate that fails its check. */
  insecure?: boolean
  /** Seconds of silence to hold the connection; 2 s are watched in any case. */
  holdSeconds?: number
  /** Your server’s own address, without the proxy. Tested as well if the first attempt fails. */
  direct?: string
  family?: 4 | 6
  /** Text to send first, in place of what the protocol above WebSocket begins with. */
  send?: string
  /** True: nothing is sent but pings, pongs and the Close frame, whatever protocol is recognized. */
  quiet?: boolean
  /** Seconds between pings; absent: silence after the first one. */
  heartbeatSeconds?: number
  /** False: only the first attempt. */
  retries?: boolean
  budget?: Budget
  /** Of the retries; `RETRY_BUDGET` unless a test gives a busy machine more. */
  retryBudget?: Budget
  /** Milliseconds to watch without a hold: shorter in tests, for hours in `watch`. */
  watchMs?: number
}

export interface ProbeTools {
  policy: AddressPolicy
  signal?: AbortSignal
  onStage?: (event: StageEvent) => void
  /** Monotonic milliseconds. */
  now?: () => number
  /** Resolves names; the system's resolver unless a test passes its own. */
  ask?: AskNames
  /** The first attempt has connected; nothing was asked yet. */
  onConnected?: ((socket: Socket, url: URL) => void) | undefined
}

const WATCH_MS = 2000
/** An hour: longer holds are what `watch` is for. */
export const LONGEST_HOLD_SECONDS = 3600

/**
 * Probes a typed URL. Secrets are masked in what it tells and returns.
 * @throws ProbeRefusal before anything is sent when the target or an option is wrong or not allowed
 */
export async function probe(
  typed: string,
  options: ProbeOptions,
  {
    policy,
    signal = new AbortController().signal,
    onStage: tell = () => {},
    now = () => performance.now(),
    ask,
    onConnected,
  }: ProbeTools,
): Promise<Evidence> {
  const masker = createMasker()
  const onStage = (event: StageEvent) => tell(masker.json(event))
  const target = understandTarget(typed, options.pageOrigin)
  if (!target.ok) throw new ProbeRefusal('target-unreadable', target.says)
  const url = new URL(target.url)
  checkOptions(options, policy)
  const run = createRunClock(now, options.budget ?? BUDGET)
  const resolve = createResolver({
    policy,
    ...(options.family ? { family: options.family } : {}),
    ...(ask ? { ask } : {}),
  })
  const first = firstAttempt(url, target, options)
  checkParts(first)
  onStage({ type: 'stage', stage: 'url', state: 'ok', ms: 0, says: saysTarget(target), found: {} })

  run.excuse(Math.max(0, first.hold.watchMs - WATCH_MS))
  const seen = await attempt(first, { resolve, clock: run.attempt(), signal, onStage, onConnected })
  const asTarget = {
    url: target.url,
    subprotocols: [...first.subprotocols],
    ...(first.origin === null ? {} : { page_origin: first.origin }),
    ...(target.url === target.shown ? {} : { typed: target.shown }),
    ...(target.notes.length === 0 ? {} : { notes: target.notes.map(({ says }) => says) }),
  }
  const signs = signsOf({ target: asTarget, probe: seen })
  const evidence: Evidence = {
    target: asTarget,
    probe: { origin: first.origin, ...seen },
    ...applicationOf(signs, first.speaks),
  }
  if (options.retries === false) return masker.evidence(evidence)
  const asked = new URL(target.asked ?? target.url)
  const plan = planRetries(seen, {
    url,
    hasSpoken: hasSpoken(seen) || hasSaidWhy(signs) || mindsNoSubprotocol(signs),
    own: planForApplication(signs, seen, asked),
    origin: first.origin,
    subprotocols: first.subprotocols,
    ...(options.pageOrigin === undefined ? {} : { pageOrigin: options.pageOrigin }),
    ...(options.direct === undefined ? {} : { direct: directUrl(options.direct, options.pageOrigin) }),
  })
  const clock = run.tightened(options.retryBudget ?? retryBudget(seen))
  const retries = await makeRetries(plan, seen, first, { clock, resolve, signal, onStage, asked })
  return masker.evidence(retries.length === 0 ? evidence : { ...evidence, retries })
}

/** Who was slow to answer gets the time for it again. */
function retryBudget({ http }: ProbeEvidence): Budget {
  const { stageMs, runMs } = RETRY_BUDGET
  return { stageMs: Math.max(stageMs, 2 * (http?.ms ?? 0)), runMs }
}

function checkOptions({ holdSeconds, direct, pageOrigin }: ProbeOptions, policy: AddressPolicy): void {
  if (holdSeconds !== undefined && !(holdSeconds >= 0 && holdSeconds <= LONGEST_HOLD_SECONDS)) {
    throw new ProbeRefusal('option-refused', sentence`A hold lasts 0 to ${LONGEST_HOLD_SECONDS} seconds.`)
  }
  const behind = direct === undefined ? undefined : understandTarget(direct, pageOrigin)
  if (behind && !behind.ok)
    throw new ProbeRefusal('target-unreadable', sentences(sentence`The direct URL:`, behind.says))
  // A name is judged by what it resolves to, when the retry needs it.
  const host = behind && new URL(behind.url).hostname
  if (host !== undefined && isIP(host.replace(/^\[|\]$/g, ''))) {
    const verdict = judgeAddress(host, policy)
    if (!verdict.allowed) throw refusedAddress(host, verdict)
  }
}

function firstAttempt(url: URL, target: GoodTarget, options: ProbeOptions): AttemptOptions {
  const holdMs = (options.holdSeconds ?? 0) * 1000
  const { send } = options
  const headers = [...(options.headers ?? []), ...loginHeader(target.credentials)]
  return {
    url,
    origin: options.origin === undefined ? ownOrigin(url) : options.origin,
    subprotocols: options.subprotocols ?? [],
    headers,
    verify: options.insecure !== true,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    speaks: options.quiet !== true,
    ...(target.asked !== undefined && { asked: target.asked }),
    hold: {
      watchMs: Math.max(options.watchMs ?? WATCH_MS, holdMs),
      closeInOrder: true,
      ...(send === undefined ? {} : { send }),
      ...(options.heartbeatSeconds === undefined ? {} : { heartbeatMs: options.heartbeatSeconds * 1000 }),
    },
  }
}

/** The protocol above WebSocket, where more shows it than a usual path. */
function applicationOf(signs: Signs, speaks: boolean): Pick<Evidence, 'application'> {
  const found = recognize(signs)
  if (found === undefined || !isShown(found.by)) return {}
  const { application, version, by } = found
  return {
    application: {
      protocol: application.id,
      ...(version !== undefined && { version }),
      by,
      ...(!speaks && { quiet: true }),
    },
  }
}

/** Checked by `checkOptions`; what a person typed is read like the target itself. */
function directUrl(typed: string, pageOrigin: string | undefined): string {
  const behind = understandTarget(typed, pageOrigin)
  return behind.ok ? behind.url : typed
}

function saysTarget({ url, notes }: GoodTarget): Sentence {
  return sentences(sentence`${url}`, ...notes.map(({ says }) => sentences(sentence`—`, says)))
}
