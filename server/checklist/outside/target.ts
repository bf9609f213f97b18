/** A running server as the checks from outside ask it: by HTTP and WebSockets, like any client. */
import type { Check } from '#server/checklist/check.ts'

/** One promise of the wire contract, or one line of the checklist for a deployment. */
export interface OutsideCheck extends Check<CheckTarget> {
  /** What must hold, as lists print it. */
  readonly asks: string
}

export interface CheckTarget {
  /** `https://host/prefix`, without a slash at the end. */
  readonly httpBase: string
  readonly wsBase: string
  /** The origin of a page that this server delivers. */
  readonly ownOrigin: string
  readonly headers: readonly (readonly [string, string])[]
  readonly ca: string | undefined
  /** How long an answer may take. */
  readonly patienceMs: number
  /** How long the idle check stays silent. */
  readonly idleSeconds: number
  readonly signal: AbortSignal
}
