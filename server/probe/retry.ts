/** One retry: the first attempt's options with one thing changed, and what is kept of its result. */
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'
import { type AttemptOptions, portOf } from '#server/probe/attempt.ts'
import type { PlannedRetry } from '#server/probe/retry-plan.ts'

const LONGEST_BANNER = 200

export function retryOptions({ vary, watchMs }: PlannedRetry, first: AttemptOptions): AttemptOptions {
  const url = retryUrl(vary, first.url)
  const downgraded = first.url.protocol === 'wss:' && url.protocol === 'ws:'
  const trusted = vary.url !== undefined || (url.hostname === first.url.hostname && !downgraded)
  return {
    ...first,
    url,
    // Credentials and cookies are for whom the user named: not for wherever a redirect points, nor in clear.
    headers: trusted ? first.headers : [],
    ...(vary.origin === undefined ? {} : { origin: vary.origin }),
    ...(vary.subprotocols ? { subprotocols: vary.subprotocols } : {}),
    ...(vary.extensions === undefined ? {} : { extensions: vary.extensions }),
    ...(vary.verify === undefined ? {} : { verify: vary.verify }),
    session: {
      ...first.session,
      watchMs,
      closeInOrder: false,
      ...(vary.heartbeat_seconds === undefined ? {} : { heartbeatMs: vary.heartbeat_seconds * 1000 }),
    },
  }
}

function retryUrl(vary: RetryEvidence['vary'], first: URL): URL {
  const given = vary.url ?? vary.location
  if (given !== undefined) return new URL(given)
  const url = new URL(first)
  if (vary.path !== undefined) url.pathname = vary.path
  if (vary.scheme !== undefined) {
    const port = portOf(first)
    url.protocol = `${vary.scheme}:`
    url.port = String(port)
  }
  return url
}

export function retryEvidence(vary: RetryEvidence['vary'], seen: ProbeEvidence): RetryEvidence {
  const failed = failedStage(seen)
  return {
    vary,
    ...(seen.http?.status === undefined ? {} : { status: seen.http.status }),
    ...(failed ? { failed } : {}),
    ...(seen.http?.headers ? { headers: seen.http.headers } : {}),
    ...(seen.checks ? { checks: seen.checks } : {}),
    ...(seen.end ? { end: seen.end } : {}),
    ...(seen.http?.not_http ? { not_http: (seen.http.body_start ?? '').slice(0, LONGEST_BANNER) } : {}),
  }
}

function failedStage(seen: ProbeEvidence): NonNullable<RetryEvidence['failed']> | undefined {
  if (seen.dns?.outcome === 'error')
    return { stage: 'dns', ...(seen.dns.code ? { code: seen.dns.code } : {}) }
  const tcp = seen.tcp
  if (tcp && tcp.outcome !== 'connected') return { stage: 'tcp', code: tcp.code ?? tcp.outcome }
  const tls = seen.tls
  return tls && tls.outcome !== 'ok' ? { stage: 'tls', code: tls.code ?? tls.outcome } : undefined
}
