/** How far one connection came and how long it was watched: what two reports are compared by. */
import { isLost, outcomeOfProbe, type ProbeOutcome } from '#lib/evidence/probe-outcome.ts'
import type { Evidence, ProbeEvidence } from '#lib/evidence/schema.ts'

export const stages = ['page', 'dns', 'tcp', 'tls', 'upgrade', 'checks', 'open'] as const
export type CourseStage = (typeof stages)[number]

export type Course = {
  /** Where it ended: the stage that failed, or `open` when none did before the opening. */
  stage: CourseStage | undefined
  /** From the beginning to the answer of the handshake. */
  handshakeMs: number | undefined
  /** How long the open connection was looked at. */
  watchedMs: number | undefined
  /** After how long an open connection was lost or closed by the other side. */
  lostAfterMs: number | undefined
}

/** The probe's course, and the page's where there is no probe; of watching and losing, the longer one. */
export function courseOf(evidence: Evidence): Course {
  const probe = evidence.probe && courseOfProbe(evidence.probe)
  const page = courseOfPage(evidence)
  return {
    stage: probe?.stage ?? page.stage,
    handshakeMs: probe?.handshakeMs ?? page.handshakeMs,
    watchedMs: longest(probe?.watchedMs, page.watchedMs),
    lostAfterMs: longest(probe?.lostAfterMs, page.lostAfterMs),
  }
}

function courseOfProbe(probe: ProbeEvidence): Course {
  const outcome = outcomeOfProbe(probe)
  const stage = STAGE_OF[outcome.stage]
  const handshakeMs = probe.http?.ms
  if (outcome.stage !== 'open') return { stage, handshakeMs, watchedMs: undefined, lostAfterMs: undefined }
  const sinceOpen = (ms: number | undefined) => ms && Math.max(0, ms - (handshakeMs ?? 0))
  const { end } = outcome
  // A browser ends it at the frame that breaks the protocol; the probe may have looked on.
  const endMs = end.kind === 'violation' ? (end.violation.ms ?? outcome.ms) : outcome.ms
  const watchedMs = sinceOpen(outcome.ms)
  return { stage, handshakeMs, watchedMs, lostAfterMs: isLost(end) ? sinceOpen(endMs) : undefined }
}

const STAGE_OF = {
  dns: 'dns',
  tcp: 'tcp',
  tls: 'tls',
  handshake: 'upgrade',
  answer: 'upgrade',
  checks: 'checks',
  open: 'open',
  unfinished: undefined,
} satisfies Record<ProbeOutcome['stage'], CourseStage | undefined>

function courseOfPage({ browser }: Evidence): Course {
  const events = browser?.events ?? []
  const opened = events.find(({ type }) => type === 'open')
  const last = events.at(-1)
  const close = events.find(({ type }) => type === 'close')
  const calledFirst = events.some(({ type }) => type === 'close_called')
  if (!opened) {
    return {
      stage: last && 'page',
      handshakeMs: undefined,
      watchedMs: undefined,
      lostAfterMs: undefined,
    }
  }
  const since = (ms: number | undefined) =>
    ms === undefined ? undefined : Math.max(0, ms - (opened.ms ?? 0))
  return {
    stage: 'open',
    handshakeMs: opened.ms,
    watchedMs: since(last?.ms),
    lostAfterMs: close && !calledFirst ? since(close.ms) : undefined,
  }
}

function longest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

export const inSeconds = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`
