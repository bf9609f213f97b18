/** The playbook's six success criteria, judged live for the current attempt of one connection. */
import { closesWith1000 } from '#lib/record/criteria/closes-with-1000.ts'
import type { Circumstances, Criterion, CriterionId, Judgement } from '#lib/record/criteria/criterion.ts'
import { heartbeatEveryInterval } from '#lib/record/criteria/heartbeat-every-interval.ts'
import { opensWithout1006 } from '#lib/record/criteria/opens-without-1006.ts'
import { rightHeaders } from '#lib/record/criteria/right-headers.ts'
import { roundTripUnder100Ms } from '#lib/record/criteria/round-trip-under-100-ms.ts'
import { staysOpenIdle } from '#lib/record/criteria/stays-open-idle.ts'
import type { Connection } from '#lib/store/connection/connection.ts'

/** In the playbook's order. */
export const criteria: readonly Criterion[] = [
  opensWithout1006,
  staysOpenIdle,
  heartbeatEveryInterval,
  roundTripUnder100Ms,
  closesWith1000,
  rightHeaders,
]

const IDLE_MS = 30_000

export interface JudgedCriterion extends Judgement {
  readonly id: CriterionId
  readonly title: string
}

/** Pure: the same connection and circumstances give the same six, in the same order. */
export function judgeSuccess(
  connection: Connection,
  { now, isFeedLive, idleMs = IDLE_MS }: Omit<Circumstances, 'idleMs'> & { readonly idleMs?: number },
): readonly JudgedCriterion[] {
  const circumstances = { now, isFeedLive, idleMs }
  return criteria.map((criterion) => ({
    id: criterion.id,
    title: criterion.title(connection, circumstances),
    ...criterion.judge(connection, circumstances),
  }))
}
