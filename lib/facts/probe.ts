/** What a raw socket saw: how far it got, and how it ended. */

import {
  type OpenEnd,
  outcomeOfProbe,
  type ProbeFailure,
  type ProbeOutcome,
} from '#lib/evidence/probe-outcome.ts'
import type { Evidence, ProbeEvidence, WireFrame } from '#lib/evidence/schema.ts'
import { type Because, say } from '#lib/facts/because.ts'

export type ProbeView = {
  evidence: ProbeEvidence
  outcome: ProbeOutcome
  /** The outcome, where the connection did not open. */
  failure: ProbeFailure | undefined
  opened: boolean
  /** How an opened connection ended, or was left. */
  end: OpenEnd | undefined
  /** Milliseconds from the connection's begin to the HTTP answer. */
  answeredMs: number | undefined
  connectedMs: number | undefined
  frames: readonly WireFrame[]
  lastReceivedMs: number | undefined
}

export function readProbe({ probe }: Evidence): ProbeView | undefined {
  if (!probe) return undefined
  const frames = probe.frames ?? []
  const outcome = outcomeOfProbe(probe)
  const opened = outcome.stage === 'open'
  const lastFrameMs = frames.reduce<number | undefined>(
    (latest, frame) => (frame.opcode === 8 ? latest : Math.max(latest ?? 0, frame.ms ?? 0)),
    undefined,
  )
  return {
    evidence: probe,
    outcome,
    failure: outcome.stage === 'open' || outcome.stage === 'unfinished' ? undefined : outcome,
    opened,
    end: outcome.stage === 'open' ? outcome.end : undefined,
    answeredMs: probe.http?.ms,
    connectedMs: probe.tcp?.ms,
    frames,
    lastReceivedMs: opened ? (lastFrameMs ?? probe.http?.ms ?? 0) : undefined,
  }
}

/** At the end the peer answered neither a ping nor the Close frame; where it never said anything, it was gone from the first. */
export function wentSilent(probe: ProbeView | undefined): Because | undefined {
  const { ping, last_ping: lastPing, close } = probe?.evidence ?? {}
  if (lastPing?.rtt_ms !== null || close?.answer !== null) return undefined
  if (typeof ping?.rtt_ms === 'number')
    return say(
      'A ping was answered at first; at the end neither a ping nor the Close frame was',
      'probe.last_ping',
    )
  return ping?.rtt_ms === null && probe?.frames.length === 0
    ? say('Neither a ping nor the Close frame was answered, and nothing else came', 'probe.last_ping')
    : undefined
}
