/**
 * The way of one connection as a line of stations: how far it came, where it broke, and how long each stretch took.
 * Drawn while a probe runs and from a stored report alike, so it reads nothing but evidence.
 */

import type { Report } from '#lib/diagnosis/report.ts'
import { type Station, type StationId, stationIds } from '#lib/diagnosis/stations.ts'
import { type ToldStop, toldStops } from '#lib/diagnosis/told-path.ts'
import {
  type EndOnWire,
  endOnWire,
  isLost,
  isPongDue,
  type OpenEnd,
  outcomeOfProbe,
  type ProbeFailure,
  type ProbeOutcome,
} from '#lib/evidence/probe-outcome.ts'
import type { StageName } from '#lib/evidence/progress.ts'
import type { BrowserEvent, Evidence, ProbeEvidence } from '#lib/evidence/schema.ts'
import { hopsOf } from '#lib/playbook/intermediaries/hops.ts'
import { sentence } from '#lib/text/foreign.ts'

const stationOfStage: Readonly<Record<StageName, StationId | null>> = {
  url: null,
  dns: 'dns',
  tcp: 'tcp',
  tls: 'tls',
  http: 'upgrade',
  checks: 'upgrade',
  frames: 'frames',
  watch: 'heartbeat',
  close: 'close',
  retry: null,
}

/**
 * @param evidence what is known so far; of a running probe what its stages have found
 * @param running the stage that the probe is at, null when it runs no more
 * @param told how the connection ended, where nobody probed it
 */
export function pathOf(
  evidence: Evidence,
  running: StageName | null = null,
  told: Report['ending'] = undefined,
): Station[] {
  const { probe = {}, target } = evidence
  const outcome = outcomeOfProbe(probe)
  const opened = outcome.stage === 'open' ? outcome.end : null
  const isPlain = target?.url?.startsWith('ws:') === true
  const seen: Record<StationId, Reading | null> = {
    browser: readBrowser(evidence, running !== null),
    dns: readDns(probe, outcome),
    tcp: readTcp(probe, outcome),
    tls: readTls(probe, outcome, isPlain),
    proxy: readProxy(probe),
    upgrade: readUpgrade(probe, outcome),
    frames: opened && readFrames(probe, opened),
    heartbeat: opened && readHeartbeat(probe, opened),
    close: opened && readClose(opened),
  }
  const toldOf = told === undefined ? {} : toldStops(told, isPlain)
  const at = running === null ? null : stationOfStage[running]
  // What lies before the place where the probe is may be told later, as frames are at the end of the watch.
  const activeUntil = at === null ? -1 : stationIds.indexOf(at)
  return stationIds.map((id, index) => {
    const reading = seen[id]
    if (reading !== null) return { id, ...reading }
    const stop = toldOf[id]
    if (stop !== undefined) return { id, ...spelled(stop) }
    return { id, state: index <= activeUntil ? 'active' : 'waiting', says: sentence`–` }
  })
}

type Reading = Omit<Station, 'id'>

const spelled = ({ state, says, whole }: ToldStop): Reading => reading(state)(says, whole)

const reading =
  (state: Reading['state']) =>
  (says: string, whole?: string): Reading => ({
    state,
    says: sentence`${says}`,
    ...(whole && { whole: sentence`${whole}` }),
  })

const active = reading('active')
const passed = reading('passed')
const noted = reading('noted')
const broken = reading('broken')
const skipped = reading('skipped')

/** A refusal by the browser itself breaks the way here; what it made of a failure further on does not. */
function readBrowser({ browser }: Evidence, isRunning: boolean): Reading | null {
  const events = browser?.events ?? []
  const [first] = events
  if (first === undefined) return null
  if (first.type === 'exception') return broken(first.name ?? 'refused', first.message)
  if (first.type === 'csp_violation') return broken('blocked', first.effective_directive)
  const close = events.findLast(({ type }) => type === 'close')
  const opened = events.find(({ type }) => type === 'open')
  if (close) {
    const isClean = opened !== undefined && close.code === 1000
    return (isClean ? passed : noted)(`closed ${close.code ?? ''}`.trim(), endWords(opened, close))
  }
  if (opened?.ms !== undefined) return passed(`open, ${inMs(opened.ms)}`)
  const last = events.at(-1)
  if (last?.type === 'still_open' && last.ready_state === 3) return broken('blocked')
  if (last?.type !== 'still_open') return noted('–')
  return isRunning ? active('connecting') : noted('connecting')
}

const endWords = (opened: BrowserEvent | undefined, close: BrowserEvent): string =>
  `${opened ? 'It opened' : 'It never opened'}; close event with code ${close.code ?? 'unknown'}, after ${inMs(close.ms ?? 0)}`

function readDns({ dns }: ProbeEvidence, outcome: ProbeOutcome): Reading | null {
  if (outcome.stage === 'dns') return broken(outcome.code || 'error')
  return dns ? passed(inMs(dns.ms ?? 0)) : null
}

function readTcp({ dns, tcp }: ProbeEvidence, outcome: ProbeOutcome): Reading | null {
  if (outcome.stage === 'tcp') return broken(outcome.how, outcome.code)
  return tcp ? passed(stretch(dns?.ms, tcp.ms), tcp.address) : null
}

function readTls({ tcp, tls, http }: ProbeEvidence, outcome: ProbeOutcome, isPlain: boolean): Reading | null {
  if (outcome.stage === 'tls') {
    const { how, code, message } = outcome
    return broken(how === 'silence' ? 'timeout' : shortTlsCode(code) || 'error', code || message)
  }
  const isBehind = http !== undefined || (isPlain && tcp !== undefined && outcome.stage !== 'tcp')
  if (!tls) return isBehind ? skipped('none') : null
  const version = tls.protocol?.replace('TLSv', '')
  return passed([version, stretch(tcp?.ms, tls.ms)].filter(Boolean).join(', '), tls.protocol)
}

const shortTlsCodes: readonly (readonly [RegExp, string])[] = [
  [/SELF_SIGNED/, 'self-signed'],
  [/EXPIRED/, 'expired'],
  [/NOT_YET_VALID/, 'not yet valid'],
  [/ALTNAME/, 'other name'],
  [/UNABLE_TO_(GET|VERIFY)/, 'unknown issuer'],
  [/WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST/, 'not TLS'],
  [/ECONNRESET/, 'reset'],
]

const shortTlsCode = (code: string): string =>
  shortTlsCodes.find(([pattern]) => pattern.test(code))?.[1] ?? code

function readProxy({ http }: ProbeEvidence): Reading | null {
  if (!http?.headers) return null
  const names = hopsOf(http.headers).map(({ who }) => who)
  return names[0] === undefined ? skipped('none seen') : passed(names[0], names.join(', '))
}

function readUpgrade({ tcp, tls, http }: ProbeEvidence, outcome: ProbeOutcome): Reading | null {
  switch (outcome.stage) {
    case 'handshake':
      return broken(hangUpWords[outcome.how], outcome.how === 'error' ? outcome.code : undefined)
    case 'answer':
      return broken(String(outcome.status), http?.status_text)
    case 'checks':
      return broken('101, invalid', `wrong in the 101: ${outcome.failed.join(', ')}`)
    case 'open':
      return passed(stretch(tls?.ms ?? tcp?.ms, http?.ms))
    case 'dns':
    case 'tcp':
    case 'tls':
    case 'unfinished':
      return null
  }
}

const hangUpWords = {
  silence: 'no answer',
  closed: 'FIN',
  reset: 'reset',
  'not-http': 'no HTTP',
  error: 'error',
} satisfies Record<Extract<ProbeFailure, { stage: 'handshake' }>['how'], string>

function readFrames({ frames, more_frames: more = 0 }: ProbeEvidence, end: OpenEnd): Reading | null {
  if (!frames) return null
  if (end.kind === 'violation') return broken(end.violation.short, end.violation.says)
  const isHalf = frames.some(({ received, length = 0 }) => received !== undefined && received < length)
  if (isHalf) return broken('half a frame')
  const count = frames.length + more
  return passed(count === 1 ? '1 frame' : `${count} frames`)
}

/** Over a violation the probe leaves, as a browser does: what follows was not watched. */
const isLeftOver = (end: OpenEnd): boolean => end.kind === 'violation' && !isLost(end.then)

function readHeartbeat(probe: ProbeEvidence, end: OpenEnd): Reading | null {
  const { ping } = probe
  if (!ping || isLeftOver(end) || (ping.rtt_ms === null && !isPongDue(probe))) return null
  return ping.rtt_ms === null ? broken('no pong') : passed(inMs(ping.rtt_ms), 'round trip of a ping')
}

/** Only of a connection that was open: whatever ended before shows at its own station. */
const readClose = (end: OpenEnd): Reading | null => (isLeftOver(end) ? null : readWire(endOnWire(end)))

function readWire(end: EndOnWire): Reading | null {
  switch (end.kind) {
    case 'unseen':
      return null
    case 'open':
    case 'left':
      return passed('still open')
    case 'close':
      return end.by === 'probe' ? passed('1000') : broken(String(end.code), end.reason)
    case 'fin':
      return broken(hangUpWords.closed)
    case 'rst':
      return broken(hangUpWords.reset)
    case 'error':
      return broken(hangUpWords.error, end.code)
  }
}

/** How long from one station to the next; the evidence counts from the beginning. */
function stretch(fromMs: number | undefined, toMs: number | undefined): string {
  return toMs === undefined ? '–' : inMs(Math.max(0, toMs - (fromMs ?? 0)))
}

function inMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${Number(ms.toFixed(1))} ms` : `${Math.round(ms)} ms`
}
