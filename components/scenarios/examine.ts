'use client'
import { askForSecurePage } from '#components/api/secure-page.ts'
import { examine as examineEvidence } from '#components/experiment/examine.ts'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { Examine, RunPorts } from '#lib/scenarios/run/ports.ts'
import type { Diagnosed } from '#lib/scenarios/run/run-state.ts'

/** Has the server judge what was recorded, and probe the same address where that tells more. */
export const examine: RunPorts['examine'] = async ({ probe, evidence }, tell, signal) =>
  findingOf(
    await examineEvidence({
      recorded: () => evidence,
      probe: probe && (await orderOf(probe)),
      signal,
      tell: ({ says, hold }) => tell(says, hold),
      probed: () => tell('Adding what this page recorded', null),
    }),
  )

async function orderOf({
  url,
  subprotocols,
  holdSeconds,
  patienceSeconds,
}: NonNullable<Examine['probe']>): Promise<DiagnoseOrder> {
  return {
    url,
    // As this page sent it: through a real proxy on a port of its own, the target's own origin would be another.
    origin: location.origin,
    subprotocols: [...subprotocols],
    timeout_seconds: patienceSeconds,
    ...(holdSeconds > 0 && { hold_seconds: holdSeconds }),
    ...(isOnSecurePage(url) && { ca: (await askForSecurePage()).certificate }),
  }
}

/** This page's own https port, whose certificate nobody vouches for: the browser was told to go on, the probe is not. */
const isOnSecurePage = (url: string): boolean =>
  location.protocol === 'https:' && new URL(url).host === location.host && url.startsWith('wss:')

function findingOf({ id, report: { outcome, verdicts } }: StoredReport): Diagnosed {
  const [first] = verdicts
  return {
    reportId: id,
    outcome,
    cause: first?.cause ?? null,
    certainty: first?.certainty ?? null,
    because: first?.because.map(({ says }) => says) ?? [],
  }
}
