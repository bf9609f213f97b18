'use client'
import { live } from '#components/core/live-core.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { connectionEvidence } from '#lib/record/connection-evidence.ts'
import type { Connection } from '#lib/store/connection/connection.ts'

/** What was recorded of a connection of the Live page, with others to the same host beside it; undefined where it is gone or another's. */
export function recordedEvidence(id: string, url: string): Evidence | undefined {
  const { connections, connectionIds, feed, page } = live.store.getState()
  const connection = connections[id]
  if (connection === undefined || connection.target.url !== url) return undefined
  const host = hostOf(connection)
  const beside = connectionIds
    .filter((other) => other !== id)
    .flatMap((other) => connections[other] ?? [])
    .filter((other) => hostOf(other) === host)
  const nowMs = performance.timeOrigin + performance.now()
  return connectionEvidence({ connection, feed, page, nowMs, beside })
}

const hostOf = ({ target }: Connection): string | undefined => URL.parse(target.url)?.host
