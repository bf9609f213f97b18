/** What the same probe found with one thing changed: the cheapest experiments there are. */
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'

export type Retry = {
  from: string
  opened: boolean
  status: number | undefined
  end: RetryEvidence['end']
  failed: RetryEvidence['failed']
  /** The first bytes, where they were no HTTP. */
  notHttp: string | undefined
  vary: RetryEvidence['vary']
}

export type Retries = {
  /** Straight to another address, past what stands in between. */
  direct: readonly Retry[]
  /** The same address, with another path. */
  path: readonly Retry[]
  origin: readonly Retry[]
  subprotocols: readonly Retry[]
  heartbeat: readonly Retry[]
  scheme: readonly Retry[]
}

export function readRetries(evidence: Evidence, sameTarget: (uri: string) => boolean): Retries {
  const all = (evidence.retries ?? []).slice(0, 200).map(
    (retry, at): Retry => ({
      from: `retries[${at}]`,
      opened: retry.status === 101,
      status: retry.status,
      end: retry.end,
      failed: retry.failed,
      notHttp: retry.not_http,
      vary: retry.vary,
    }),
  )
  // A retry that changes two things settles neither.
  const only = (name: keyof RetryEvidence['vary']) =>
    all.filter(
      ({ vary }) =>
        vary[name] !== undefined && Object.values(vary).filter((v) => v !== undefined).length === 1,
    )
  const urls = only('url')
  return {
    direct: urls.filter(({ vary }) => !sameTarget(vary.url ?? '')),
    path: urls.filter(({ vary }) => sameTarget(vary.url ?? '')),
    origin: only('origin'),
    subprotocols: only('subprotocols'),
    heartbeat: only('heartbeat_seconds'),
    scheme: only('scheme'),
  }
}

/** The retried connection was still open when its watch ended after at least this long. */
export const heldFor = (retry: Retry, ms: number): boolean =>
  retry.opened && retry.end?.kind === 'open' && (retry.end.ms ?? 0) >= ms

/** The retried connection was lost without a Close frame. */
export const wasCut = (retry: Retry): boolean =>
  retry.opened && (retry.end?.kind === 'fin' || retry.end?.kind === 'rst')
