/** What the other connections of the same server or log say of a lost transport. */
import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf, type ProxyView } from '#lib/facts/proxy.ts'
import { heldFor, wasCut } from '#lib/facts/retries.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import type { Moment } from '#lib/logs/clusters.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { outlivedItsSilence, secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { durationWords } from '#lib/playbook/weighing/duration-words.ts'
import { sentence } from '#lib/text/foreign.ts'

/** The crowd was cut by a timer of this kind, as far as its silences and ages tell; they may fit both kinds. */
export function crowdTimer(facts: Facts, kind: 'idle' | 'lifetime'): Because | undefined {
  const pattern = facts.peers?.pattern
  if (pattern?.kind !== 'idle' && pattern?.kind !== 'lifetime') return rhythmOf(facts, kind)
  const isBothKinds = pattern.or !== undefined || isOwnDefault(facts)
  if (pattern.kind !== kind && !isBothKinds) return undefined
  if (isBothKinds && isRefuted(facts, kind)) return undefined
  if (kind === 'idle' && isOwnAge(facts, pattern.cluster.valueMs)) return undefined
  // Where beats are regular, one age is one silence too; a timer of silence would have struck before.
  if (kind === 'idle' && isBothKinds && outlivedItsSilence(facts)) return undefined
  const { count, of, valueMs } = pattern.cluster
  const what = kind === 'idle' ? 'after the same silence' : 'at the same age'
  return say(sentence`${count} of ${of} connections were cut after ${secondsOf(valueMs)}, ${what}`, 'peers')
}

/** Ages at which Google ends a WebSocket where nothing is set, silent or not: its load balancers, and Cloud Run. */
const DEFAULT_AGES: Readonly<Record<string, readonly number[]>> = { google: [30, 300] }

const isOwnAge = ({ proxy }: Facts, valueMs: number): boolean =>
  (DEFAULT_AGES[proxy.kind ?? ''] ?? []).some((seconds) => closeTo(valueMs, seconds * 1000))

/**
 * Seconds of silence after which nginx (proxy_read_timeout), Apache (Timeout) and an AWS load balancer end a tunnel where
 * nothing is set.
 */
const DEFAULT_SECONDS: Readonly<Record<string, number>> = {
  nginx: 60,
  apache: 60,
  httpd: 60,
  apache2: 60,
  'aws-alb': 60,
}

const MOST_OF_A_GREETING = 4096

/** The proxy whose log it is ends a silent tunnel after just so long, and has no limit of age. */
function isOwnDefault({ peers, proxy, settings, evidence }: Facts): boolean {
  const pattern = peers?.pattern
  if (pattern?.kind !== 'idle' && pattern?.kind !== 'lifetime') return false
  const seconds = DEFAULT_SECONDS[proxy.kind ?? '']
  if (seconds === undefined || settings.lifetime.length > 0) return false
  // A greeting is sent before the silence; whoever moved more was not silent all the time.
  const isQuiet = evidence.peers?.every(({ bytes = 0 }) => bytes <= MOST_OF_A_GREETING) ?? true
  if (pattern.or === undefined && !isQuiet) return false
  const isSet = settings.idle.some(({ isDefault }) => !isDefault)
  return !isSet && closeTo(pattern.cluster.valueMs, seconds * 1000)
}

/** No timer of silence is as long. */
const LONGEST_SILENCE_MS = 4 * 3_600_000

/** Ends in equal distance, of connections whose openings nobody saw. */
function rhythmOf({ peers }: Facts, kind: 'idle' | 'lifetime'): Because | undefined {
  const rhythm = peers?.rhythm
  if (!rhythm || (kind === 'idle' && rhythm.everyMs > LONGEST_SILENCE_MS)) return undefined
  const every = durationWords(rhythm.everyMs / 1000)
  const daily = Math.abs(rhythm.everyMs - DAY_MS) < DAY_MS / 100 ? ', every day at the same time' : ''
  return say(sentence`${rhythm.count} connections ended ${every} one after the other${daily}`, 'peers')
}

const DAY_MS = 86_400_000

/** What fits both kinds alike, a heartbeat has told apart: it keeps an idle timer from striking, and no limit of age. */
function isRefuted({ retries, cuts }: Facts, kind: 'idle' | 'lifetime'): boolean {
  const first = cuts.probe ?? cuts.any
  return (
    first !== undefined &&
    retries.heartbeat.some((retry) =>
      kind === 'idle'
        ? wasCut(retry) && closeTo(retry.outcome.ms ?? 0, first.ageMs)
        : heldFor(retry, first.ageMs * 1.1 + 500),
    )
  )
}

export type CrowdMoment = {
  because: Because
  /** The proxy found no backend right after it. */
  backendGone?: Because
  /** Who may have cut everything at once. */
  by: 'proxy' | 'backend' | 'either'
}

/** A proxy that restarts and a backend that dies both cut everything at once: the next handshakes tell. */
export function crowdMoment({ peers, proxy, backend, told }: Facts): CrowdMoment | undefined {
  if (peers?.pattern.kind !== 'reload') return undefined
  const because = say('Connections of different ages were cut at the same moment', 'peers')
  const backendGone = failureAfter(peers.pattern.moments, proxy)
  if (backendGone) return { because, backendGone, by: 'backend' }
  const restarted =
    terminationOf(proxy)?.by === 'killed' ||
    told.proxy.some(({ means }) => means === 'shutting-down') ||
    noticeOf(proxy, 'reload', 'stop', 'worker-crashed', 'worker-ending') !== undefined ||
    proxy.access.some(({ record }) => record.complete === false)
  // A backend that wrote down the end of its connections was not the one that died.
  return { because, by: restarted || backend.watched ? 'proxy' : 'either' }
}

const SOON_MS = 120_000

function failureAfter(moments: readonly Moment[], { access }: ProxyView): Because | undefined {
  const failing = access.find(
    ({ record: { status = 0, atMs = 0 } }) =>
      [502, 503, 504].includes(status) &&
      moments.some((moment) => atMs >= moment.atMs && atMs - moment.atMs <= SOON_MS),
  )
  return (
    failing &&
    say(
      sentence`Right after it the proxy answered ${failing.record.status ?? 'an error'}: the backend was gone`,
      failing.from,
    )
  )
}
