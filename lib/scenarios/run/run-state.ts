/** The state of one run through a scenario, as the page draws it. */
import type { Outcome } from '#lib/diagnosis/report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import type { Certainty } from '#lib/playbook/cause.ts'
import type { StepId, Walk } from '#lib/scenarios/run/walkthrough.ts'
import type { Sight, Speed } from '#lib/scenarios/scenario.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** What the connection leads through: the relay inside this server, or a proxy that is installed beside it. */
export type Hop = 'simulated' | RealProxyKind

export type Conditions = { readonly speed: Speed; readonly hop: Hop }

/** A real proxy that runs for this opening. */
export type RealHop = {
  readonly label: string
  /** Scheme and authority. */
  readonly url: string
  /** The part of the configuration that matters, and the whole of it. */
  readonly excerpt: string
  readonly config: string
}

export type Subject = { readonly url: string; readonly subprotocols: readonly string[] }

/** What one click opened. */
export type Opening = Subject & {
  /** The first is the one that is looked at; the others were opened to be compared with it. */
  readonly ids: readonly ConnectionId[]
  /** Null: the relay, or no hop at all. */
  readonly hop: RealHop | null
}

/** What the engine found, as far as the walkthrough shows it; the whole is the report of this id. */
export type Diagnosed = {
  readonly reportId: string
  readonly outcome: Outcome
  /** Null where nothing failed. */
  readonly cause: string | null
  readonly certainty: Certainty | null
  readonly because: readonly string[]
}

/** The probe keeps a connection open without a word, or waits for its end. `startedAt` is epoch milliseconds. */
export type Hold = { readonly startedAt: number; readonly forMs: number }

export type Examination =
  | { readonly status: 'none' }
  | { readonly status: 'running'; readonly says: string; readonly hold: Hold | null }
  | { readonly status: 'done'; readonly diagnosed: Diagnosed }

export type RunState = {
  readonly walk: Walk
  readonly conditions: Conditions
  readonly before: Opening | null
  readonly after: Opening | null
  /** One for each expectation of the step; empty before it was run. */
  readonly sights: Readonly<Record<StepId, readonly Sight[]>>
  /** Why the step that failed could not be done at all, in a sentence. */
  readonly problem: string | null
  readonly examination: Examination
  /** What page and server recorded of the failure. */
  readonly evidence: Evidence | null
  /** What failed, as the probe can open it too. */
  readonly subject: Subject | null
  /** The failure was shown from a recording: it could not happen on this page. */
  readonly isRecorded: boolean
}

export const noSights: RunState['sights'] = { reproduce: [], observe: [], diagnose: [], fix: [], verify: [] }
