/**
 * The probe as the tests run it: from a local caller. Patience is generous, so that a busy machine fails no test;
 * where a peer never answers, the test itself says how short it is.
 */
import type { StageEvent } from '#lib/evidence/progress.ts'
import { type ProbeOptions, probe } from '#server/probe/probe.ts'
import { NOTHING_ALLOWED } from '#server/probe/transport/address-guard.ts'

export const LOCAL = { caller: 'local', allow: NOTHING_ALLOWED } as const

const PATIENT = { stageMs: 5000, runMs: 15_000 }

export function runProbe(url: string, options: ProbeOptions = {}, signal?: AbortSignal) {
  return probe(
    url,
    { watchMs: 120, budget: PATIENT, retryBudget: PATIENT, retries: false, ...options },
    { policy: LOCAL, ...(signal ? { signal } : {}) },
  )
}

export async function runProbeWithStages(url: string, options: ProbeOptions = {}) {
  const stages: StageEvent[] = []
  const evidence = await probe(
    url,
    { watchMs: 120, budget: PATIENT, retryBudget: PATIENT, retries: false, ...options },
    { policy: LOCAL, onStage: (event) => stages.push(event) },
  )
  return { evidence, stages }
}
