/** The contract of one success criterion: judged from what is known of one attempt, never from a wish. */
import type { Connection } from '#lib/store/connection/connection.ts'

export type CriterionId =
  | 'opens-without-1006'
  | 'stays-open-idle'
  | 'heartbeat-every-interval'
  | 'round-trip-under-100-ms'
  | 'closes-with-1000'
  | 'right-headers'

/** `pending`: time will tell. `unknown`: it will not, and the evidence says what would. */
export type CriterionStatus = 'met' | 'unmet' | 'pending' | 'unknown'

export interface Judgement {
  readonly status: CriterionStatus
  /** What was seen, with its units, in a phrase. */
  readonly evidence: string
}

export interface Circumstances {
  readonly now: number
  /** The server's events are being read: their absence then means something. */
  readonly isFeedLive: boolean
  /** The playbook's 30 s, or a scenario's shortened time, which the title then states. */
  readonly idleMs: number
}

export interface Criterion {
  readonly id: CriterionId
  title(connection: Connection, circumstances: Circumstances): string
  judge(connection: Connection, circumstances: Circumstances): Judgement
}

export const met = (evidence: string): Judgement => ({ status: 'met', evidence })
export const unmet = (evidence: string): Judgement => ({ status: 'unmet', evidence })
export const pending = (evidence: string): Judgement => ({ status: 'pending', evidence })
export const unknown = (evidence: string): Judgement => ({ status: 'unknown', evidence })

/** Of foreign servers: there are no events of theirs to go by. */
export const FROM_OUTSIDE = 'judged from outside'
