/**
 * The contract of a guided scenario: one row of the matrix made to happen, watched, explained, mended and tried again.
 * Data and pure functions; what opens sockets is in `components/scenarios/`.
 */
import type { Outcome } from '#lib/diagnosis/report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { FaultId } from '#lib/lab/faults.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import type { Code } from '#lib/text/code.ts'

/** `short` fits into a minute; `real` takes what it takes in the field. */
export type Speed = 'short' | 'real'

/** What a step is judged by: the connection as the page recorded it, with the server's own events of it. */
export type Scene = {
  connection: Connection
  /** Opened beside it, to be compared. */
  companions: readonly Connection[]
  /** Epoch milliseconds. */
  now: number
  /** The server's events are being read: their absence then means something. */
  isFeedLive: boolean
}

/** `missed`: it will not come any more, or something else came. */
export type Sight =
  | { is: 'pending'; says?: string }
  | { is: 'seen'; says: string }
  | { is: 'missed'; says: string }

export type Expectation = {
  /** What a person should see, in a phrase. */
  expects: string
  look: (scene: Scene) => Sight
}

/** What is opened. A lab set-up leads through a fault to an endpoint of this server. */
export type Setup =
  | {
      via: 'lab'
      fault: FaultId
      knobs?: Readonly<Record<string, string | number>>
      /** Parameters of the endpoint. */
      query?: Readonly<Record<string, string>>
    }
  | { via: 'url'; url: (page: { origin: string }) => string }

/** What was seen once, for a page on which it cannot happen. It is always said that it is a recording. */
export type Recording = {
  /** With what, and where from. */
  says: string
  evidence: Evidence
  /** What each check of the two steps saw, in their order. */
  saw: { reproduce: readonly string[]; observe: readonly string[] }
}

/** A change as a unified diff without its head: every line begins with a space, `+` or `-`. */
export type Diff = { where: string; text: Code }

export type Scenario = {
  id: string
  /** The row of the matrix. */
  symptom: string
  title: string
  /** What happened to somebody, in Markdown with code only. */
  story: string
  /** What the short form shortens, in seconds; absent where nothing waits. */
  clock?: { what: string; realSeconds: number; shortSeconds: number }
  /** The page must have come over https: browsers judge by that. On any other page the recording stands for it. */
  secure?: { recording: Recording }
  reproduce: {
    says: string
    setup: (speed: Speed) => Setup
    label: string
    expectations: (speed: Speed) => Expectation[]
  }
  /** `commands` are ids of `commands.ts`: the same look at one's own server. */
  observe: { says: string; expectations: (speed: Speed) => Expectation[]; commands: readonly string[] }
  /** What the engine should find. It is compared with its verdict and never part of the evidence. */
  diagnose: { says: string; outcome: Outcome; cause: string; probes: boolean; commands: readonly string[] }
  fix: {
    says: string
    setup: (speed: Speed) => Setup
    label: string
    /** What the click changes here. */
    diffs: (speed: Speed) => Diff[]
    commands: readonly string[]
  }
  /** The six success criteria under the conditions that failed; `idleSeconds` stands for their 30 s. */
  verify: {
    says: string
    idleSeconds: (speed: Speed) => number
    expectations: (speed: Speed) => Expectation[]
  }
}

/** Gives a scenario its type, and nothing else. */
export const defineScenario = (scenario: Scenario): Scenario => scenario

/** How long the fault takes to strike at this speed, in seconds; 0 where nothing waits. */
export function waitSeconds({ clock }: Scenario, speed: Speed): number {
  if (clock === undefined) return 0
  return speed === 'real' ? clock.realSeconds : clock.shortSeconds
}

/** The playbook's criterion: idle for more than half a minute. */
export const REAL_IDLE_SECONDS = 30

/** Its 30 s in the proportion in which this scenario's wait was shortened; a tenth where nothing waits. */
export function shortenedIdleSeconds(clock: Scenario['clock'], speed: Speed): number {
  if (speed === 'real') return REAL_IDLE_SECONDS
  return clock === undefined
    ? REAL_IDLE_SECONDS / 10
    : (REAL_IDLE_SECONDS * clock.shortSeconds) / clock.realSeconds
}
