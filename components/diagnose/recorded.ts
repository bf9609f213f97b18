'use client'
import { live } from '#components/core/live-core.ts'
import { recorder } from '#components/experiment/recorder.ts'
import { recordedOf } from '#components/experiment/trial.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Connection } from '#lib/store/connection/connection.ts'

/** What was recorded of a connection of the Live page, with others to the same host beside it; undefined where it is gone or another's. */
export function recordedEvidence(id: string, url: string): Evidence | undefined {
  const { connections, connectionIds } = live.store.getState()
  const connection = connections[id]
  if (connection === undefined || connection.target.url !== url) return undefined
  const host = hostOf(connection)
  const beside = connectionIds.filter((other) => {
    const its = connections[other]
    return other !== id && its !== undefined && hostOf(its) === host
  })
  return recordedOf(live, [id, ...beside], recorder) ?? undefined
}

const hostOf = ({ target }: Connection): string | undefined => URL.parse(target.url)?.host
