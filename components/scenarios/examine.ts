'use client'
import { inOneLine, ProblemError } from '#components/api/problem.ts'
import { addEvidence, createReport, probeUrl } from '#components/api/reports.ts'
import { askForSecurePage } from '#components/api/secure-page.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import type { Examine, RunPorts } from '#lib/scenarios/run/ports.ts'
import type { Finding, Hold } from '#lib/scenarios/run/run-state.ts'

/** Has the server judge what was recorded, and probe the same address where that tells more. */
export const examine: RunPorts['examine'] = async (order, tell, signal) => {
  try {
    return findingOf(await judge(order, tell, signal))
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError)) throw error
    throw new Error(inOneLine(error.problem))
  }
}

async function judge(
  { probe, evidence }: Examine,
  tell: (says: string, hold: Hold | null) => void,
  signal: AbortSignal,
): Promise<StoredReport> {
  if (probe === null) return createReport(evidence ?? {})
  const { url, subprotocols, holdSeconds, patienceSeconds } = probe
  const order = {
    url,
    // As this page sent it: through a real proxy on a port of its own, the target's own origin would be another.
    origin: location.origin,
    subprotocols: [...subprotocols],
    timeout_seconds: patienceSeconds,
    ...(holdSeconds > 0 && { hold_seconds: holdSeconds }),
    ...(isOnSecurePage(url) && { ca: (await askForSecurePage()).certificate }),
  }
  let hold: Hold | null = null
  const stored = await probeUrl(order, {
    signal,
    onStage: (event) => {
      hold = holdAfter(event, hold)
      tell(event.says, hold)
    },
  })
  if (evidence === null) return stored
  tell('Adding what this page recorded', null)
  return addEvidence(stored.id, { evidence })
}

/** This page's own https port, whose certificate nobody vouches for: the browser was told to go on, the probe is not. */
const isOnSecurePage = (url: string): boolean =>
  location.protocol === 'https:' && new URL(url).host === location.host && url.startsWith('wss:')

function holdAfter({ state, for_ms: forMs }: StageEvent, hold: Hold | null): Hold | null {
  if (state !== 'started') return null
  return forMs === undefined ? hold : { startedAt: performance.timeOrigin + performance.now(), forMs }
}

function findingOf({ id, report: { outcome, verdicts } }: StoredReport): Finding {
  const [first] = verdicts
  return {
    reportId: id,
    outcome,
    cause: first?.cause ?? null,
    certainty: first?.certainty ?? null,
    because: first?.because.map(({ says }) => says) ?? [],
  }
}
