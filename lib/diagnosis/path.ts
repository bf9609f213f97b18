/**
 * The way of one connection as a line of stations: how far it came, where it broke, and how long each stretch took.
 * Drawn while a probe runs and from a stored report alike, so it reads nothing but evidence.
 */

import { isPongDue } from '#lib/evidence/pong-due.ts'
import type { StageName } from '#lib/evidence/progress.ts'
import type { BrowserEvent, Evidence, ProbeEvidence, WireFrame } from '#lib/evidence/schema.ts'
import { hopsOf } from '#lib/playbook/intermediaries/hops.ts'

export const stationIds = [
  'browser',
  'dns',
  'tcp',
  'tls',
  'proxy',
  'upgrade',
  'frames',
  'heartbeat',
  'close',
] as const
export type StationId = (typeof stationIds)[number]

/**
 * `skipped`: there is nothing there (no TLS on ws://, no proxy that shows itself), and the way goes on behind it;
 * `waiting`: not reached.
 */
export type StationState = 'waiting' | 'active' | 'passed' | 'broken' | 'skipped'

export interface Station {
  readonly id: StationId
  readonly state: StationState
  /** A few characters: a time, a status, what broke; a dash where there is nothing to say. */
  readonly says: string
  /** The whole of it, where `says` is short for something. */
  readonly whole?: string
}

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
 */
export function pathOf(evidence: Evidence, running: StageName | null = null): Station[] {
  const { probe = {} } = evidence
  const seen: Record<StationId, Reading | null> = {
    browser: readBrowser(evidence),
    dns: readDns(probe),
    tcp: readTcp(probe),
    tls: readTls(evidence),
    proxy: readProxy(probe),
    upgrade: readUpgrade(probe),
    frames: readFrames(probe),
    heartbeat: readHeartbeat(probe),
    close: readClose(probe),
  }
  const at = running === null ? null : stationOfStage[running]
  // What lies before the place where the probe is may be told later, as frames are at the end of the watch.
  const activeUntil = at === null ? -1 : stationIds.indexOf(at)
  return stationIds.map((id, index) => {
    const reading = seen[id]
    if (reading !== null) return { id, ...reading }
    return { id, state: index <= activeUntil ? 'active' : 'waiting', says: '–' }
  })
}

type Reading = Omit<Station, 'id'>

const passed = (says: string, whole?: string): Reading => ({ state: 'passed', says, ...(whole && { whole }) })
const broken = (says: string, whole?: string): Reading => ({ state: 'broken', says, ...(whole && { whole }) })
const skipped = (says: string): Reading => ({ state: 'skipped', says })

/** A refusal by the browser itself breaks the way here; what it made of a failure further on does not. */
function readBrowser({ browser }: Evidence): Reading | null {
  const events = browser?.events ?? []
  const [first] = events
  if (first === undefined) return null
  if (first.type === 'exception') return broken(first.name ?? 'refused', first.message)
  if (first.type === 'csp_violation') return broken('blocked', first.effective_directive)
  const close = events.findLast(({ type }) => type === 'close')
  const opened = events.find(({ type }) => type === 'open')
  if (close) return passed(`closed ${close.code ?? ''}`.trim(), endWords(opened, close))
  if (opened?.ms !== undefined) return passed(`open, ${inMs(opened.ms)}`)
  const last = events.at(-1)
  if (last?.type === 'still_open' && last.ready_state === 3) return broken('blocked')
  return last?.type === 'still_open' ? passed('connecting') : passed('–')
}

const endWords = (opened: BrowserEvent | undefined, close: BrowserEvent): string =>
  `${opened ? 'It opened' : 'It never opened'}; close event with code ${close.code ?? 'unknown'}, after ${inMs(close.ms ?? 0)}`

function readDns({ dns }: ProbeEvidence): Reading | null {
  if (!dns) return null
  return dns.outcome === 'ok' ? passed(inMs(dns.ms ?? 0)) : broken(dns.code ?? dns.outcome)
}

function readTcp({ dns, tcp }: ProbeEvidence): Reading | null {
  if (!tcp) return null
  if (tcp.outcome !== 'connected') return broken(tcp.outcome, tcp.code)
  return passed(stretch(dns?.ms, tcp.ms), tcp.address)
}

function readTls({ probe = {}, target }: Evidence): Reading | null {
  const { tcp, tls, http } = probe
  const isPassed = http !== undefined || (tcp?.outcome === 'connected' && target?.url?.startsWith('ws:'))
  if (!tls) return isPassed ? skipped('none') : null
  if (tls.outcome !== 'ok') return broken(shortTlsCode(tls.code) ?? tls.outcome, tls.code ?? tls.message)
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

const shortTlsCode = (code: string | undefined): string | undefined =>
  shortTlsCodes.find(([pattern]) => pattern.test(code ?? ''))?.[1] ?? code

function readProxy({ http }: ProbeEvidence): Reading | null {
  if (!http?.headers) return null
  const names = hopsOf(http.headers).map(({ who }) => who)
  return names[0] === undefined ? skipped('none seen') : passed(names[0], names.join(', '))
}

function readUpgrade({ tcp, tls, http, checks, end }: ProbeEvidence): Reading | null {
  if (http?.not_http) return broken('no HTTP')
  if (http?.status !== undefined && http.status !== 101) return broken(String(http.status), http.status_text)
  if (http?.status === 101) {
    const failed = Object.entries(checks ?? {}).filter(([, isRight]) => isRight === false)
    if (failed.length > 0) {
      return broken('101, invalid', `wrong in the 101: ${failed.map(([name]) => name).join(', ')}`)
    }
    return passed(stretch(tls?.ms ?? tcp?.ms, http.ms))
  }
  const isReached = tcp?.outcome === 'connected' && (tls === undefined || tls.outcome === 'ok')
  if (!isReached || !end) return null
  return broken(endNames[end.kind] ?? 'no answer', end.reason)
}

function readFrames({ http, checks, frames, more_frames: more = 0 }: ProbeEvidence): Reading | null {
  if (http?.status !== 101 || Object.values(checks ?? {}).includes(false) || !frames) return null
  const fault = frames.map(violationOf).find((found) => found !== null)
  if (fault !== undefined) return broken(fault)
  const count = frames.length + more
  return passed(count === 1 ? '1 frame' : `${count} frames`)
}

function violationOf({ masked, rsv = 0, utf8, received, length = 0 }: WireFrame): string | null {
  if (masked) return 'masked'
  if (rsv !== 0) return 'reserved bit'
  if (utf8 === false) return 'bad UTF-8'
  return received !== undefined && received < length ? 'half a frame' : null
}

/** Over a violation the probe leaves, as a browser does: what follows was not watched. */
const isLeftOver = ({ frames = [], end }: ProbeEvidence): boolean =>
  end?.kind === 'open' && frames.some((frame) => violationOf(frame) !== null)

function readHeartbeat(probe: ProbeEvidence): Reading | null {
  const { ping, http, end } = probe
  if (!ping || isLeftOver(probe) || (ping.rtt_ms === null && !isPongDue({ http, end }))) return null
  return ping.rtt_ms === null ? broken('no pong') : passed(inMs(ping.rtt_ms), 'round trip of a ping')
}

const endNames: Readonly<Record<string, string>> = {
  fin: 'FIN',
  rst: 'reset',
  error: 'error',
  no_answer: 'no answer',
}

/** Only of a connection that was open: whatever ended before shows at its own station. */
function readClose(probe: ProbeEvidence): Reading | null {
  const { http, checks, end } = probe
  if (isLeftOver(probe) || http?.status !== 101 || Object.values(checks ?? {}).includes(false) || !end)
    return null
  const { kind, code, reason, by } = end
  if (kind === 'close_frame') return by === 'probe' ? passed('1000') : broken(String(code ?? 1005), reason)
  if (kind === 'open') return passed('still open')
  return broken(endNames[kind] ?? kind, reason)
}

/** How long from one station to the next; the evidence counts from the beginning. */
function stretch(fromMs: number | undefined, toMs: number | undefined): string {
  return toMs === undefined ? '–' : inMs(Math.max(0, toMs - (fromMs ?? 0)))
}

function inMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${Number(ms.toFixed(1))} ms` : `${Math.round(ms)} ms`
}
