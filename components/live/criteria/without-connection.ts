import type { CriterionId } from '#lib/record/criteria/criterion.ts'
import type { JudgedCriterion } from '#lib/record/success-criteria.ts'

const titles = {
  'opens-without-1006': 'Opens without 1006',
  'stays-open-idle': 'Stays open idle for 30 s',
  'heartbeat-every-interval': 'Heartbeat every interval',
  'round-trip-under-100-ms': 'Round trip under 100 ms',
  'closes-with-1000': 'Closes with 1000',
  'right-headers': 'Right headers at the server',
} satisfies Record<CriterionId, string>

/** The six before anything is open: what will be judged. */
export const withoutConnection: readonly JudgedCriterion[] = Object.entries(titles).map(([id, title]) => ({
  id: id as CriterionId,
  title,
  status: 'pending',
  evidence: 'no connection yet',
}))
