/** The last check of every scenario: the playbook's six success criteria, under the conditions that failed. */
import { judgeSuccess } from '#lib/record/success-criteria.ts'
import { missed, seen, sinceEnd } from '#lib/scenarios/run/sights.ts'
import type { Scene, Sight } from '#lib/scenarios/scenario.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'

export const sixCriteria = 'All six success criteria are met'

/** Events of the server may come a little after what the page saw. */
const AFTER_END_MS = 3_000

export type SixCriteria = {
  sight: Sight
  /** Nothing is left but to close it with 1000, which is the sixth. */
  isReadyToClose: boolean
}

/** @param idleMs what stands for the playbook's 30 s */
export function judgeSix(scene: Scene, idleMs: number): SixCriteria {
  const { connection, now, isFeedLive } = scene
  const judged = judgeSuccess(connection, { now, isFeedLive, idleMs })
  const met = judged.filter(({ status }) => status === 'met').length
  const isReadyToClose =
    connection.state.phase === 'open' &&
    judged.every(({ id, status }) => status === 'met' || id === 'closes-with-1000')
  const score = `${met} of ${judged.length}`
  if (met === judged.length) return { sight: seen(`${score} are met`), isReadyToClose: false }
  if (isOver(connection.state) && sinceEnd(scene) > AFTER_END_MS) {
    const failing = judged.find(({ status }) => status !== 'met')
    return {
      sight: missed(`${score} are met; ${failing?.title}: ${failing?.evidence}`),
      isReadyToClose: false,
    }
  }
  const unmet = judged.find(({ status }) => status === 'unmet')
  const but = unmet === undefined ? '' : `; ${unmet.title}: ${unmet.evidence}`
  return { sight: { is: 'pending', says: `${score} so far${but}` }, isReadyToClose }
}
