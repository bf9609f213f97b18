/** Probe, judge, add: what is made of evidence that a page has recorded. */
import { addEvidence, createReport, probeUrl } from '#components/api/reports.ts'
import { now } from '#components/core/now.ts'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { StageEvent, StageName } from '#lib/evidence/progress.ts'
import type { Evidence } from '#lib/evidence/schema.ts'

/** The probe keeps a connection open without a word, or waits for its end. */
export interface Hold {
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly forMs: number
}

/** How far the probe is. */
export interface Progress {
  /** What it began last. */
  readonly stage: StageName | null
  /** Its last sentence. */
  readonly says: string
  readonly hold: Hold | null
  /** What it has found so far. */
  readonly found: NonNullable<Evidence['probe']>
}

export const beforeProbe: Progress = { stage: null, says: 'Starting', hold: null, found: {} }

export interface Examination {
  /** What was recorded by now; asked again behind the probe, since connections go on meanwhile. Null: nothing. */
  readonly recorded: () => Evidence | null
  /** Null: what was recorded is judged as it is. */
  readonly probe: DiagnoseOrder | null
  readonly signal: AbortSignal
  readonly tell: (progress: Progress) => void
  /** The probe's own report, to which what was recorded is added next; it may keep the adding waiting. */
  readonly probed?: (stored: StoredReport) => void | Promise<void>
}

/** Has the server probe, and tells how far it is. @throws ProblemError, or the signal's reason */
export function probeWithProgress(
  order: DiagnoseOrder,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<StoredReport> {
  let progress = beforeProbe
  const onStage = (event: StageEvent) => {
    progress = progressAfter(event, progress)
    tell(progress)
  }
  return probeUrl(order, { signal, onStage })
}

/** Resolves with the report that the server keeps. @throws ProblemError, or the signal's reason */
export async function examine({ recorded, probe, signal, tell, probed }: Examination): Promise<StoredReport> {
  if (probe === null) return createReport(recorded() ?? {})
  const stored = await probeWithProgress(probe, signal, tell)
  await probed?.(stored)
  signal.throwIfAborted()
  const evidence = recorded()
  return evidence === null ? stored : addEvidence(stored.id, { evidence })
}

function progressAfter({ stage, state, says, found, for_ms: forMs }: StageEvent, before: Progress): Progress {
  const isStarted = state === 'started'
  const begun = forMs === undefined ? before.hold : { startedAt: now(), forMs }
  return {
    stage: isStarted ? stage : before.stage,
    says,
    hold: isStarted ? begun : null,
    found: { ...before.found, ...found },
  }
}
