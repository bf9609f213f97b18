/** Who may have something probed over HTTP, and how often: one judgement for every route that probes. */
import type { IncomingMessage } from 'node:http'
import type { Problem } from '#lib/api/problem.ts'
import type { Access } from '#server/access/access.ts'
import type { Permit, ProbeLimiter } from '#server/probe/limiter.ts'
import type { AddressPolicy, AllowList } from '#server/probe/transport/address-guard.ts'

export type Entry =
  | { admitted: true; policy: AddressPolicy; release: () => void; withdraw: () => void }
  | { admitted: false; problem: Problem; retryAfterSeconds: number }

/** `release` must be called when the probe has ended, or `withdraw` where none was begun. */
export type ProbeAccess = (request: IncomingMessage) => Entry

export function createProbeAccess(
  allow: AllowList,
  limiter: ProbeLimiter,
  access: Pick<Access, 'callerOf' | 'addressOf'>,
): ProbeAccess {
  return (request) => {
    const permit = limiter.admit(access.addressOf(request))
    if (!permit.admitted) {
      return {
        admitted: false,
        problem: tooMany(permit),
        retryAfterSeconds: permit.retryAfterSeconds,
      }
    }
    return {
      admitted: true,
      policy: { caller: access.callerOf(request), allow },
      release: permit.release,
      withdraw: permit.withdraw,
    }
  }
}

function tooMany({ because, retryAfterSeconds }: Extract<Permit, { admitted: false }>): Problem {
  return {
    error: because.replaceAll('-', '_'),
    message:
      because === 'too-many-at-once' ? 'Too many probes running.' : 'Too many probes in the last minute.',
    remedy: `Wait ${retryAfterSeconds} s, or close a diagnosis that is still running.`,
  }
}
