/** A handshake's HTTP answer, and who gave it: the backend, or a proxy before it. */

import { headerValue } from '#lib/evidence/headers.ts'
import type { HeaderList } from '#lib/evidence/schema.ts'
import { bodyText, reasonHeaders, reasonPhrase } from '#lib/facts/answer-text.ts'
import { type BackendView, serverPath } from '#lib/facts/backend.ts'
import { type Because, say } from '#lib/facts/because.ts'
import type { Ending } from '#lib/facts/ending/ending.ts'
import { isRefusal } from '#lib/facts/ending/of-words.ts'
import type { ProbeView } from '#lib/facts/probe.ts'
import type { ProxyView } from '#lib/facts/proxy.ts'
import type { ProxySettings } from '#lib/facts/settings.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import type { ToldView } from '#lib/facts/told.ts'
import { sentence } from '#lib/text/foreign.ts'

export type Answerer = 'backend' | 'proxy' | 'unknown'

export type Answer = {
  status: number
  by: Answerer
  /** How the answerer is known; empty for unknown. */
  because: Because[]
  /** Where the status stands. */
  from: string
  headers: HeaderList | undefined
  /** What a person would read of its body. */
  body: string
  /** What its status line says in place of the status's name; mostly empty. */
  phrase: string
  /** Headers that hold a reason, as `name: value`. */
  reasons: readonly string[]
  /** The backend was asked and gave a status of its own, or none (null). Undefined: nobody knows. */
  upstreamStatus: number | null | undefined
  /** Time from the attempt's begin to the answer. */
  ms: number | undefined
}

export function readAnswer(
  ending: Ending,
  probe: ProbeView | undefined,
  proxy: ProxyView,
  backend: BackendView,
  settings: ProxySettings,
  told: ToldView,
): Answer | undefined {
  if (ending.kind !== 'answered') return undefined
  const { status } = ending
  const http = probe?.evidence.http?.status === status ? probe.evidence.http : undefined
  const line = proxy.access.find(({ record }) => record.status === status)
  const upstreamStatus = line?.record.upstreamStatus
  return {
    status,
    ...answerer(status, proxy, backend, settings, told),
    from: ending.because[0]?.from ?? 'probe.http.status',
    headers: http?.headers,
    body: http ? bodyText(http) : '',
    phrase: http ? reasonPhrase(http) : '',
    reasons: http ? reasonHeaders(http) : [],
    upstreamStatus,
    ms: http?.ms ?? line?.record.durationMs,
  }
}

function answerer(
  status: number,
  proxy: ProxyView,
  backend: BackendView,
  { own }: ProxySettings,
  told: ToldView,
): { by: Answerer; because: Because[] } {
  // A proxy may answer with a status of its own where the backend gave another.
  if (backend.refusal && (backend.refusal.status ?? status) === status) {
    const says = sentence`The backend itself refused${backend.refusal.status ? ` with ${backend.refusal.status}` : ''}`
    return { by: 'backend', because: [say(says, serverPath(backend.refusal.at))] }
  }
  const words = told.server.find(
    ({ means, phase, status: said = status }) =>
      (isRefusal(means) || phase === 'handshake') && said === status,
  )
  if (words) return { by: 'backend', because: [say(sentence`The backend says: ${words.detail}`, words.from)] }
  if (backend.watched && !backend.arrived) {
    return {
      by: 'proxy',
      because: [say('The backend logged no such request', 'server')],
    }
  }
  const line = proxy.access.find(({ record }) => record.status === status)
  if (line) {
    const { upstreamStatus, upstreamConnectMs } = line.record
    if (upstreamStatus === null) {
      return { by: 'proxy', because: [say('The proxy answered without asking the backend', line.from)] }
    }
    // A gateway's own 502 or 504 is logged as the upstream's; without a connection or a header it can't be.
    if (upstreamStatus === status && status !== 502 && status !== 504) {
      const says = sentence`The proxy’s log names ${status} as the backend’s own answer`
      return { by: 'backend', because: [say(says, line.from)] }
    }
    if (upstreamConnectMs === null) {
      return { by: 'proxy', because: [say('The proxy never reached the backend', line.from)] }
    }
  }
  const end = terminationOf(proxy)
  if (end?.by === 'proxy' || end?.phase === 'queue' || end?.phase === 'connect') {
    return { by: 'proxy', because: [say(sentence`HAProxy ended it itself (${end.flags})`, end.from)] }
  }
  if (own?.status === status) return { by: 'proxy', because: [say(own.says, own.from)] }
  return { by: 'unknown', because: [] }
}

/** Value of a header of the answer, as the probe saw it. */
export const answerHeader = (answer: Answer | undefined, name: string): string | undefined =>
  headerValue(answer?.headers, name)
