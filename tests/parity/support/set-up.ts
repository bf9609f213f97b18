/** A set-up: real servers with one known fault (or none), and the answers that are right for it. */
import type { Outcome } from '#lib/diagnosis/report.ts'
import type { ProbeOptions } from '#server/probe/probe.ts'
import type { ProxyName } from '#tests/parity/support/packages.ts'
import type { Stage } from '#tests/parity/support/stage.ts'

export interface SetUp {
  /** `nginx-no-upgrade-headers`: unique, and the test's name together with `fault`. */
  id: string
  /** What was done to the connection, for people; never part of the evidence. */
  fault: string
  needs?: ProxyName
  /** The one set-up of its mechanism that every `npm test` runs. */
  quick?: true
  /** It is held for so long that it is begun before the others. */
  long?: true
  /** Starts everything on the stage and says what to probe. */
  build: (stage: Stage) => Promise<Built>
  expect: Expectation
}

export interface Built {
  url: string
  options?: ProbeOptions
  /** Called once when the probe begins to watch the open connection. */
  meanwhile?: () => void | Promise<void>
}

export interface Expectation {
  outcomes: readonly Outcome[]
  /** Every acceptable answer, best first; empty when healthy. A `proven` verdict outside of these is wrong. */
  causes: readonly string[]
  /** Id of the protocol above WebSocket that must be recognised; absent: not looked at, null: none may be. */
  application?: string | null
  /** What the first verdict with its fix must say, or, of a healthy server, what its warnings must. */
  says?: readonly RegExp[]
  /** What nothing in the report may say, its commands included. */
  never?: readonly RegExp[]
}

export const healthy: Expectation = { outcomes: ['healthy'], causes: [] }
export const fault = (...causes: string[]): Expectation => ({ outcomes: ['fault'], causes })
/** Nothing is broken for the probe, or what is worth knowing of the server is called a fault. */
export const healthyOr = (...causes: string[]): Expectation => ({
  outcomes: ['healthy', 'fault', 'undetermined'],
  causes,
})
/** The evidence leaves several level, or one slightly ahead: both are honest. */
export const open = (...causes: string[]): Expectation => ({ outcomes: ['undetermined', 'fault'], causes })
