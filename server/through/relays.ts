/** Who may have a connection opened, and how many: the rules of the probe, since both reach what the server reaches. */
import type { IncomingMessage } from 'node:http'
import type { Access } from '#server/access/access.ts'
import type { ProbeLimiter, ProbeLimits } from '#server/probe/limiter.ts'
import type { AllowList } from '#server/probe/transport/address-guard.ts'
import type { AskNames } from '#server/probe/transport/dns.ts'
import {
  type Admission,
  createRelay,
  type PageSocket,
  type Refusal,
  type Relay,
} from '#server/through/relay.ts'

/** A set of saved connections is opened at once, and again after a restart. */
export const THROUGH_LIMITS: ProbeLimits = { atOnce: 50, aMinute: 200, clients: 1000 }
/** Of all clients together: each may hold a few megabytes that one side does not take. */
const MOST_AT_ONCE = 200

export interface RelaysOptions {
  readonly allow: AllowList
  readonly access: Pick<Access, 'callerOf' | 'addressOf'>
  readonly limiter: ProbeLimiter
  /** Of one message, in either direction. */
  readonly maxPayloadBytes: number
  /** Resolves names; the system's resolver unless a test passes its own. */
  readonly ask?: AskNames
}

export interface Relays {
  /** @param handshake of the page's connection */
  open(page: PageSocket, handshake: IncomingMessage): Relay
}

export function createRelays({ allow, access, limiter, maxPayloadBytes, ask }: RelaysOptions): Relays {
  let running = 0

  const admit = (client: string): Admission => {
    if (running >= MOST_AT_ONCE) return { refusal: tooManyOfAll }
    const permit = limiter.admit(client)
    if (!permit.admitted) return { refusal: tooMany(permit.because, permit.retryAfterSeconds) }
    running += 1
    return {
      release: () => {
        running -= 1
        permit.release()
      },
    }
  }

  return {
    open: (page, handshake) =>
      createRelay(page, {
        policy: { caller: access.callerOf(handshake), allow },
        admit: () => admit(access.addressOf(handshake)),
        maxPayloadBytes,
        ...(ask && { ask }),
      }),
  }
}

const tooManyOfAll: Refusal = {
  error: 'too_many_at_once',
  message: `Why1006 already holds ${MOST_AT_ONCE} connections for its pages.`,
  remedy: 'Close some of them, then connect again.',
}

function tooMany(because: string, retryAfterSeconds: number): Refusal {
  return because === 'too-many-at-once'
    ? {
        error: 'too_many_at_once',
        message: `Why1006 already holds ${THROUGH_LIMITS.atOnce} connections for you.`,
        remedy: 'Close some of them, then connect again.',
      }
    : {
        error: 'too_many_a_minute',
        message: 'Why1006 has opened as many connections for you as it does in a minute.',
        remedy: `Wait ${retryAfterSeconds} s, then connect again.`,
      }
}
